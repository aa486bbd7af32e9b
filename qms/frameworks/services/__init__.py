"""What can be done with frameworks."""

from qms.frameworks.services.editing import edit_head, edit_node, edit_weights, renew_edition
from qms.frameworks.services.importing import import_edition, import_file, import_workbook, load_library
from qms.frameworks.services.publishing import publish_edition

__all__ = [
    "edit_head",
    "edit_node",
    "edit_weights",
    "import_edition",
    "import_file",
    "import_workbook",
    "load_library",
    "publish_edition",
    "renew_edition",
]
