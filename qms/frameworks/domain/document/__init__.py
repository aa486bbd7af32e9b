"""Framework files: YAML text to framework, and framework to YAML text."""

from qms.frameworks.domain.document.faults import DocumentRefused, Fault
from qms.frameworks.domain.document.reading import Document, read
from qms.frameworks.domain.document.writing import write

__all__ = ["Document", "DocumentRefused", "Fault", "read", "write"]
