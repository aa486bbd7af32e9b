"""Letters about CAF external feedback and its clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.core.letters import register_kind

from .base import NAME, OFFICE, Letter, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.improvements.models import Feedback
    from qms.offices.models import Office

ABOUT = NAME | OFFICE
ROUTES = {
    "submitted": "feedback-detail",
    "seat": "feedback-declare",
    "conflict": "feedback-team",
    "report": "feedback-detail",
    "decision": "feedback-detail",
}
"""Which page each letter about a feedback leads to; every one of them takes the feedback's key."""

register_kind("improvements.feedback_submitted", _("An office applied for external feedback"), placeholders=ABOUT)
register_kind(
    "improvements.feedback_seat",
    _("I am asked into a team of external feedback"),
    placeholders=ABOUT | {"visit_on": _("the day of the visit")},
    days=["visit_on"],
)
register_kind(
    "improvements.feedback_conflict",
    _("Somebody declared a conflict of interest"),
    placeholders=ABOUT | {"person": _("who declared it")},
)
register_kind("improvements.feedback_report", _("The report of the external feedback is ready"), placeholders=ABOUT)
register_kind(
    "improvements.feedback_decision",
    _("The external feedback is decided"),
    placeholders=ABOUT | {"reason": _("the reason given"), "valid_until": _("the last day of the label")},
    days=["valid_until"],
)
register_kind(
    "improvements.feedback_clock",
    _("The time to apply for external feedback opens or ends"),
    placeholders=ABOUT | {"from_on": _("the first day to apply"), "until_on": _("the last day")},
    days=["from_on", "until_on"],
)


def feedback(kind: str, feedback: Feedback, *, to: User, person: User | None = None) -> Letter:
    """A letter about one feedback: submitted, seat, conflict (declared by `person`), report or decision."""
    context = {
        "office": feedback.office.name,
        "person": "" if person is None else person.name,
        "visit_on": feedback.visit_on,
        "has_label": bool(feedback.has_label),
        "reason": feedback.decision_reason,
        "valid_until": feedback.valid_until,
        "path": address(ROUTES[kind], feedback.pk, language=to.language),
    }
    return letter_to(to, f"feedback_{kind}", office_id=feedback.office_id, context=context)


def clock(which: str, office: Office, *, from_on: date | None, until_on: date, days: int, to: User) -> Letter:
    """To a lead: the time to apply "opens", soon "closes", or the "label" ends soon."""
    context = {
        "which": which,
        "office": office.name,
        "from_on": from_on,
        "until_on": until_on,
        "days": days,
        "path": address("cycle", language=to.language, query=f"?office={office.pk}"),
    }
    return letter_to(to, "feedback_clock", office_id=office.pk, context=context)
