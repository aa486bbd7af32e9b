"""Letters about CAF external feedback and its clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from qms.core.letters import register_kind

from .base import NAME, OFFICE, WHY, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.improvements.models import Feedback
    from qms.offices.models import Office

ABOUT = NAME | OFFICE
UNTIL = {"until_on": _("the last day")}
LEFT = {"left": _("how many days are left, in words")}
ROUTES = {"seat": "feedback-declare", "conflict": "feedback-team"}
"""Which page a letter about a feedback leads to, if not to the feedback itself; each takes the feedback's key."""

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
    "improvements.feedback_label",
    _("An office has the label of an effective CAF user"),
    placeholders=ABOUT | WHY | UNTIL,
    days=["until_on"],
)
register_kind(
    "improvements.feedback_no_label", _("The external feedback ended without a label"), placeholders=ABOUT | WHY
)
register_kind(
    "improvements.clock_opens",
    _("We can apply for external feedback now"),
    placeholders=ABOUT | UNTIL,
    days=["until_on"],
)
register_kind(
    "improvements.clock_closes",
    _("The time to apply for external feedback ends soon"),
    placeholders=ABOUT | UNTIL | LEFT,
    days=["until_on"],
)
register_kind(
    "improvements.clock_label",
    _("The label of an effective CAF user ends soon"),
    placeholders=ABOUT | UNTIL | LEFT,
    days=["until_on"],
)


def feedback(kind: str, feedback: Feedback, *, to: User, person: User | None = None) -> Draft:
    """A letter about one feedback: submitted, seat, conflict (declared by `person`), report or decision."""
    name = kind
    if kind == "decision":
        name = "label" if feedback.has_label else "no_label"
    context = {
        "office": feedback.office.name,
        "person": "" if person is None else person.name,
        "visit_on": feedback.visit_on,
        "reason": feedback.decision_reason,
        "until_on": feedback.valid_until,
        "path": address(ROUTES.get(kind, "feedback-detail"), feedback.pk, language=to.language),
    }
    return letter_to(to, f"feedback_{name}", office_id=feedback.office_id, context=context)


def clock(which: str, office: Office, *, until_on: date, on: date, to: User) -> Draft:
    """To a lead: the time to apply "opens", soon "closes", or the "label" ends soon."""
    days = (until_on - on).days
    with override(to.language):
        left = ngettext("one day is left", "%(days)s days are left", days) % {"days": days}
    context = {
        "office": office.name,
        "until_on": until_on,
        "left": left,
        "path": address("cycle", language=to.language, query=f"?office={office.pk}"),
    }
    return letter_to(to, f"clock_{which}", office_id=office.pk, context=context)
