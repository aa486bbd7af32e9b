"""Jurors are told that a phase has begun, and before its end what they have not done; nothing is said twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry

from qms.awards.models import Round
from qms.core.audit import record
from qms.core.services import each, post_letter
from qms.jury.letters import pool as letters
from qms.jury.models import Juror, Phase
from qms.jury.queries.duties import duties_of
from qms.offices.domain import roles
from qms.offices.models import Membership

from .exclusions import exclude_by_rule

ACT = "jury.tell_phase"
BEGINS, ENDS = "begins", "ends"
FRESH, BEFORE = timedelta(days=3), timedelta(days=3)


def remind(*, at: datetime) -> int:
    """The daily round over all phases that run; how many letters were written."""
    judged = Round.objects.filter(state=Round.State.PUBLISHED, closes_at__lte=at)
    each(judged.filter(jurors__isnull=False).distinct().order_by("pk"), lambda found: exclude_by_rule(found, at))
    running = Phase.objects.current(at).filter(round__in=judged.values("pk"))
    return each(running.order_by("pk").values_list("pk", flat=True), lambda pk: _tell(pk, at))


@transaction.atomic
def _tell(pk: int, at: datetime) -> int:
    # Two rounds at once: the second waits here, and then finds what the first has said.
    phase = Phase.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=pk)
    said = _said(phase)
    if BEGINS not in said and at - phase.starts_at <= FRESH:
        return _write(phase, BEGINS)
    if ENDS not in said and phase.ends_at - at <= BEFORE:
        return _write(phase, ENDS)
    return 0


def _write(phase: Phase, step: str) -> int:
    judging = Membership.objects.active().filter(role=roles.JUROR).values("user")
    rows = Juror.objects.seated().filter(round=phase.round, user__in=judging, user__is_active=True)
    jurors = list(rows.select_related("user").order_by("number"))
    duties = duties_of(phase.round, jurors, phase)
    letter = letters.phase_begins if step == BEGINS else letters.phase_ends
    told = [juror for juror in jurors if step == BEGINS or duties[juror.pk]]
    for juror in told:
        juror.round = phase.round
        post_letter(**letter(juror, phase, to=juror.user, duty=duties[juror.pk]).posted())
    record(phase, ACT, by=None, step=step, ends_at=phase.ends_at.isoformat())
    return len(told)


def _said(phase: Phase) -> set[str]:
    """Which steps were told; a later end begins anew."""
    kind = ContentType.objects.get_for_model(Phase)
    told = ModelLogEntry.objects.filter(content_type=kind, object_id=str(phase.pk), action=ACT)
    ends_at = phase.ends_at.isoformat()
    return {row.data["step"] for row in told if row.data["step"] == BEGINS or row.data["ends_at"] == ends_at}
