"""Laureates are told in confidence, everybody else when the embargo has ended; nobody is told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from qms.awards.models import Round
from qms.awards.queries.people import heads_of
from qms.core.audit import record
from qms.core.letters import Draft
from qms.core.services import post_letter
from qms.jury.models import Decision
from qms.laureates.letters import results as letters
from qms.laureates.models import Telling
from qms.laureates.queries.results import decisions_in, is_told_from
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User

Kind = Telling.Kind
ENDED = gettext_noop("The embargo has ended. Results are told to everybody now.")
NOT_YET = gettext_noop("The embargo has not ended. Until then only laureates can be told, in confidence.")
NO_LAUREATE = gettext_noop("Choose laureates who were not told yet.")
NOBODY = gettext_noop("There is nobody to tell: no decision stands, or all were told.")


@transaction.atomic
def tell_laureates(found: Round, decisions: Iterable[int], *, by: User, at: datetime) -> int:
    """Tell these laureates under embargo; how many applications were told."""
    held = _held(found)
    if is_told_from(held, at):
        raise Refused(ENDED)
    laurels = decisions_in(held).filter(pk__in=list(decisions), prize__isnull=False)
    told = _tell(list(_untold(laurels, Kind.EMBARGO)), Kind.EMBARGO, letters.embargo, by=by, at=at)
    if not told:
        raise Refused(NO_LAUREATE)
    # Neither office nor number stands with the act: whoever follows the history must not learn who won.
    record(held, "laureates.tell_laureates", by=by)
    return len(told)


@transaction.atomic
def tell_results(found: Round, *, by: User | None, at: datetime) -> int:
    """Tell every office with a decision what it is, once the embargo has ended; how many applications were told."""
    held = _held(found)
    if not is_told_from(held, at):
        raise Refused(NOT_YET)
    told = _tell(list(_untold(decisions_in(held), Kind.RESULT)), Kind.RESULT, letters.result, by=by, at=at)
    for one in told:
        record(one.application, "laureates.tell", by=by, office_id=one.application.office_id)
    if not told and by is not None:
        raise Refused(NOBODY)
    return len(told)


def tell_due(*, at: datetime) -> int:
    """The daily round: results of every round whose embargo has ended; how many applications were told."""
    waiting = _untold(Decision.objects.standing().filter(list__stage="prize"), Kind.RESULT)
    rounds = Round.objects.public().filter(embargo_until__lte=at, categories__decision_lists__decisions__in=waiting)
    return sum(tell_results(one, by=None, at=at) for one in rounds.distinct().order_by("pk"))


def _held(found: Round) -> Round:
    # Two clicks at once: the second waits here, and then finds who was told.
    return Round.objects.select_for_update().get(pk=found.pk)


def _untold(rows: Any, kind: Kind) -> Any:
    return rows.exclude(Exists(Telling.objects.filter(application=OuterRef("application"), kind=kind)))


def _tell(
    decisions: Sequence[Decision], kind: Kind, letter: Callable[..., Draft], *, by: User | None, at: datetime
) -> Sequence[Decision]:
    tellings = [Telling(application=one.application, kind=kind, told_at=at, told_by=by) for one in decisions]
    Telling.objects.bulk_create(tellings)
    for one in decisions:
        for reader in heads_of(one.application.office):
            post_letter(**letter(one, to=reader).posted())
    return decisions
