"""Reminders of the clock of external feedback, each sent once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from qms.assessments.models import Assessment
from qms.core.audit import record
from qms.core.services import each, post_letter
from qms.improvements import letters
from qms.improvements.domain.clock import Periods
from qms.improvements.models import Feedback
from qms.improvements.queries.cycle import Clock, clock_of, current_periods, last_report, offices_with_clocks
from qms.improvements.queries.reminders import clock_told
from qms.offices.models import Office
from qms.offices.queries import leads_of

OPENS, CLOSES, LABEL = "opens", "closes", "label"


def remind_of_clocks(*, at: datetime) -> int:
    """Tell leads when they may apply, when that time ends soon, and when a label ends soon; how many letters."""
    periods = current_periods()
    if periods is None:
        return 0
    return each(offices_with_clocks(), lambda office: _remind_office(office, periods, at=at))


@transaction.atomic
def _remind_office(office: Office, periods: Periods, *, at: datetime) -> int:
    Office.objects.select_for_update().get(pk=office.pk)
    clock = clock_of(office, at, periods=periods)
    count = 0
    report = last_report(office)
    if report is not None and clock.window is not None and clock.state in ("open", "closing"):
        which = OPENS if clock.state == "open" else CLOSES
        count += _tell(which, office, report, until_on=clock.window.until_on, on=clock.today)
    if clock.label is not None and clock.label_is_ending and not _follows(clock):
        count += _tell(LABEL, office, clock.label, until_on=clock.label.valid_until, on=clock.today)
    return count


def _follows(clock: Clock) -> bool:
    """Whether the office has applied anew since it got its label."""
    return clock.feedback is not None and clock.state == "applied" and clock.feedback != clock.label


def _tell(which: str, office: Office, subject: Assessment | Feedback, *, until_on: date | None, on: date) -> int:
    if until_on is None or (which, until_on.isoformat()) in clock_told(subject):
        return 0
    leads = list(leads_of(office))
    for lead in leads:
        post_letter(**letters.clock(which, office, until_on=until_on, on=on, to=lead).posted())
    if leads:
        facts = {"which": which, "until": until_on.isoformat()}
        record(subject, "improvements.remind_clock", by=None, office_id=office.pk, **facts)
    return len(leads)
