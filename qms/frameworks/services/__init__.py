"""What can be done with frameworks."""

from qms.frameworks.services.importing import import_edition, load_library
from qms.frameworks.services.publishing import publish_edition

__all__ = ["import_edition", "load_library", "publish_edition"]
