"""A framework as the sheets of a workbook, both ways."""

from qms.frameworks.sheets.filling import export, template
from qms.frameworks.sheets.reading import read_source

__all__ = ["export", "read_source", "template"]
