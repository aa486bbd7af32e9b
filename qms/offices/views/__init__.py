"""Pages about offices, their people, and imported lists."""

from qms.offices.views.importing import import_confirm, import_preview, import_template, import_upload
from qms.offices.views.jurors import juror_withdraw, jurors
from qms.offices.views.members import (
    everyone,
    membership,
    membership_change,
    membership_end,
    membership_remind,
    office_people,
    person,
)
from qms.offices.views.places import choose, office_detail, office_edit, office_list, office_new, region_edit, regions

__all__ = [
    "choose",
    "everyone",
    "import_confirm",
    "import_preview",
    "import_template",
    "import_upload",
    "juror_withdraw",
    "jurors",
    "membership",
    "membership_change",
    "membership_end",
    "membership_remind",
    "office_detail",
    "office_edit",
    "office_list",
    "office_new",
    "office_people",
    "person",
    "region_edit",
    "regions",
]
