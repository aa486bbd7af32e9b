"""Jurors with open ballots get a letter when the organiser asks for it; nobody twice in a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Q
from wagtail.models import ModelLogEntry

from qms.accounts.models import User
from qms.awards.models import Application, Category
from qms.core.audit import record
from qms.core.services import post_letter
from qms.jury.letters.board import ballots_open
from qms.jury.models import Ballot, Juror
from qms.jury.queries.access import phase_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.domain import roles
from qms.offices.models import Membership

ACT = "jury.prompt"
GONE = gettext_noop("Whoever has an open ballot cannot score any more. Take these ballots away and ask others.")
PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """How many letters were written, and how many jurors had one less than a day ago."""

    written: int
    spared: int


@transaction.atomic
def remind_jurors(category: Category, *, by: User, at: datetime) -> Told:
    """A letter to each juror of the category who has not handed in all ballots."""
    phase = phase_of(category.round, at)
    if phase is None or not phase.may_score:
        raise Refused(gettext_noop("Jurors cannot score now, so nobody is reminded."))
    # Two reminders at once: the second waits here, and then finds whom the first has told.
    locked = Juror.objects.select_for_update(of=("self",)).seated().filter(categories=category).order_by("pk")
    keys = [juror.pk for juror in locked]
    received = Application.objects.received().filter(category=category).values("pk")
    open_ones = Q(ballots__ended_at__isnull=True, ballots__state=Ballot.State.DRAFT, ballots__application__in=received)
    rows = Juror.objects.filter(pk__in=keys).select_related("user").order_by("number")
    late = rows.annotate(waiting=Count("ballots", filter=open_ones)).filter(waiting__gt=0)
    if not late.exists():
        raise Refused(gettext_noop("Every ballot is handed in."))
    # Without the role nothing can be scored, whatever the seat says.
    judging = Membership.objects.active().filter(role=roles.JUROR).values("user")
    jurors = list(late.filter(user__is_active=True, user__in=judging))
    if not jurors:
        raise Refused(GONE)
    told = _told_since(jurors, at - PAUSE)
    for juror in jurors:
        if juror.pk not in told:
            letter = ballots_open(category, to=juror.user, count=juror.waiting, until=phase.ends_at)
            post_letter(**letter.posted())
            record(juror, ACT, by=by, at=at.isoformat())
    return Told(len(jurors) - len(told), len(told))


def _told_since(jurors: Sequence[Juror], since: datetime) -> set[int]:
    kind = ContentType.objects.get_for_model(Juror)
    rows = ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(one.pk) for one in jurors], action=ACT)
    return {int(row.object_id) for row in rows if datetime.fromisoformat(row.data["at"]) > since}
