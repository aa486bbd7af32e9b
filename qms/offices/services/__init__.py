"""What is done with offices, regions, memberships and imported lists."""

from qms.offices.services.importing import import_lines, preview_of, store_upload
from qms.offices.services.jurors import withdraw_juror
from qms.offices.services.members import (
    Welcome,
    add_member,
    change_role,
    end_membership,
    invite_member,
    keep_groups,
    remind_member,
)
from qms.offices.services.places import save_office, save_region

__all__ = [
    "Welcome",
    "add_member",
    "change_role",
    "end_membership",
    "import_lines",
    "invite_member",
    "keep_groups",
    "preview_of",
    "remind_member",
    "save_office",
    "save_region",
    "store_upload",
    "withdraw_juror",
]
