"""Tasks of the cycle: actions to hand over, clocks that run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.improvements.queries.cycle import Clock, clock_of, current_periods, offices_with_clocks
from qms.improvements.queries.handover import plans_with_orphans
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of
from qms.offices.queries import Task

if TYPE_CHECKING:
    from qms.accounts.models import User


def cycle_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """What a lead has to do: give away what people left behind, apply in time, begin anew before a label ends."""
    offices = tuple(roles_of(user).offices(roles.QUALITY_LEAD))
    if not offices:
        return ()
    return (*_hand_over(offices), *_clocks(offices, at))


def _hand_over(offices: tuple[int, ...]) -> Iterator[Task]:
    for plan in plans_with_orphans(offices):
        count = plan.orphans  # type: ignore[attr-defined]
        text = ngettext(
            "Give an action a new owner: who owned it left",
            "Give %(count)s actions new owners: who owned them left",
            count,
        ) % {"count": count}
        yield Task("hand_over", text, plan.title, plan.office, None, reverse("improvements:hand-over", args=[plan.pk]))


def _clocks(offices: tuple[int, ...], at: datetime) -> Iterator[Task]:
    periods = current_periods()
    if periods is None:
        return
    for office in offices_with_clocks().filter(pk__in=offices):
        yield from _of_clock(office, clock_of(office, at, periods=periods))


def _of_clock(office: Office, clock: Clock) -> Iterator[Task]:
    url = f"{reverse('improvements:cycle')}?office={office.pk}#clock-head"
    if clock.window is not None and clock.state in ("open", "closing"):
        text = gettext("Decide whether to apply for external feedback")
        detail = gettext("The office can apply now.")
        yield Task("clock", text, detail, office, clock.window.until_on, url)
    if clock.label is not None and clock.label_is_ending and clock.state != "applied":
        text = gettext("The label of an effective CAF user ends: plan the next cycle")
        yield Task("label", text, "", office, clock.label.valid_until, url)
