"""What an office notes at the steps of its cycle."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.core.audit import record
from qms.improvements.domain.cycle import STEPS, Mark
from qms.improvements.models import CycleMark
from qms.improvements.queries.cycle import marks_of_cycle
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office


@transaction.atomic
def mark_step(
    office: Office, assessment: Assessment | None, step: int, *, mark: Mark, before: Mark, by: User, at: datetime
) -> Mark:
    """Note days and words at a step; refused when somebody else noted others than those `before` on the page."""
    # The office goes first, so that two notes at one step follow one another.
    Office.objects.select_for_update().get(pk=office.pk)
    if step not in {one.number for one in STEPS}:
        raise Refused(gettext_noop("There is no such step."))
    if mark.done_on is not None and mark.done_on > timezone.localdate(at):
        raise Refused(gettext_noop("What lies in the future is not done yet. Write it as planned."))
    stands = marks_of_cycle(office, assessment).get(step, Mark())
    if stands not in (before, mark):
        raise Refused(
            gettext_noop("Somebody else noted this step meanwhile: %(stands)s. Compare, then save again."),
            stands=_told(stands),
        )
    _write(office, assessment, step, mark)
    record(office, "improvements.mark_cycle", by=by, office_id=office.pk, step=step, **_facts(assessment, mark))
    return mark


def _write(office: Office, assessment: Assessment | None, step: int, mark: Mark) -> None:
    CycleMark.objects.update_or_create(
        office=office,
        assessment=assessment,
        step=step,
        defaults={"done_on": mark.done_on, "planned_on": mark.planned_on, "note": mark.note.strip()},
    )


def _facts(assessment: Assessment | None, mark: Mark) -> dict[str, object]:
    return {
        "assessment": None if assessment is None else assessment.pk,
        "done_on": _plain(mark.done_on),
        "planned_on": _plain(mark.planned_on),
    }


def _plain(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _told(mark: Mark) -> str:
    told = (_plain(mark.planned_on), _plain(mark.done_on), mark.note)
    return ", ".join(part for part in told if part) or "–"
