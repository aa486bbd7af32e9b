"""Framework files: YAML text or values to framework, and framework to YAML text."""

from qms.frameworks.domain.document.faults import DocumentRefused, Fault
from qms.frameworks.domain.document.lines import Source
from qms.frameworks.domain.document.reading import Document, read, take
from qms.frameworks.domain.document.writing import values_of, write

__all__ = ["Document", "DocumentRefused", "Fault", "Source", "read", "take", "values_of", "write"]
