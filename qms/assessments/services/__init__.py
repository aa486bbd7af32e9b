"""What is done with a self-assessment; every act is atomic, logged, and refuses with a sentence."""

from .approval import approve, return_to_group, send_to_approval
from .consensus import (
    AgreedEntryDraft,
    AgreementDraft,
    reopen_node,
    save_agreement,
    settle_close_ones,
    settle_node,
    start_consensus,
)
from .consent import change_consent
from .evidence import add_evidence, change_evidence, withdraw_evidence
from .locking import sheets_to_write
from .opening import (
    add_group,
    add_member,
    add_members,
    change_assessment,
    invite_again,
    link_members,
    open_assessment,
    remind_members,
    remove_member,
    replace_chair,
    start_individual,
)
from .scoring import (
    Conflict,
    EntryDraft,
    NodeDraft,
    WrongMarks,
    checked_marks,
    hand_in_sheet,
    import_sheet,
    reopen_sheet,
    save_node,
    save_sheet,
)

__all__ = [
    "AgreedEntryDraft",
    "AgreementDraft",
    "Conflict",
    "EntryDraft",
    "NodeDraft",
    "WrongMarks",
    "add_evidence",
    "add_group",
    "add_member",
    "add_members",
    "approve",
    "change_assessment",
    "change_consent",
    "change_evidence",
    "checked_marks",
    "hand_in_sheet",
    "import_sheet",
    "invite_again",
    "link_members",
    "open_assessment",
    "remind_members",
    "remove_member",
    "reopen_node",
    "reopen_sheet",
    "replace_chair",
    "return_to_group",
    "save_agreement",
    "save_node",
    "save_sheet",
    "send_to_approval",
    "settle_close_ones",
    "settle_node",
    "sheets_to_write",
    "start_consensus",
    "start_individual",
    "withdraw_evidence",
]
