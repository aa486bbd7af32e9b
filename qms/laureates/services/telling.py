"""Laureates are told in confidence, everybody else when the embargo has ended; nobody is told anything twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Round
from qms.awards.queries.people import heads_of
from qms.core.audit import record
from qms.core.letters import Draft
from qms.core.services import each, post_letter
from qms.jury.models import Decision
from qms.laureates.letters import results as letters
from qms.laureates.models import Telling
from qms.laureates.queries.results import decisions_in, is_told_from
from qms.laureates.queries.telling import has_report, is_headed, untold, with_new_report
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.accounts.models import User

Kind = Telling.Kind
ENDED = gettext_noop("The embargo has ended. Results are told to everybody now.")
NOT_YET = gettext_noop("The embargo has not ended. Until then only laureates can be told, in confidence.")
NO_LAUREATE = gettext_noop("Choose laureates who were not told yet.")
NOBODY = gettext_noop("There is nobody to tell: no decision stands, or all were told.")
UNLED = gettext_noop("The offices that are still to be told have neither a director nor a quality lead.")


@transaction.atomic
def tell_laureates(found: Round, decisions: Iterable[int], *, by: User, at: datetime) -> int:
    """Tell these laureates under embargo; how many applications were told."""
    held = _held(found)
    if is_told_from(held, at):
        raise Refused(ENDED)
    laurels = decisions_in(held).filter(pk__in=list(decisions), prize__isnull=False)
    waiting = list(untold(laurels, Kind.EMBARGO))
    told = _tell(waiting, letters.embargo)
    if not told:
        raise Refused(UNLED if waiting else NO_LAUREATE)
    _note(told, Kind.EMBARGO, by=by, at=at)
    # Neither office nor number stands with the act: whoever follows the history must not learn who won.
    record(held, "laureates.tell_laureates", by=by)
    return len(told)


@transaction.atomic
def tell_of_later_embargo(found: Round) -> int:
    """Tell the laureates that know already until when they keep it to themselves now; how many were told."""
    knowing = decisions_in(found).filter(prize__isnull=False)
    knowing = knowing.exclude(pk__in=untold(knowing, Kind.EMBARGO).values("pk"))
    return len(_tell(list(untold(knowing, Kind.RESULT)), letters.embargo))


@transaction.atomic
def tell_results(found: Round, *, by: User | None, at: datetime) -> int:
    """Tell every office with a decision what it is, once the embargo has ended; how many applications were told."""
    held = _held(found)
    if not is_told_from(held, at):
        raise Refused(NOT_YET)
    waiting = list(untold(decisions_in(held), Kind.RESULT))
    reported = set(decisions_in(held).filter(has_report()).values_list("pk", flat=True))
    told = _tell(waiting, lambda one, *, to: letters.result(one, to=to, has_report=one.pk in reported))
    _note(told, Kind.RESULT, by=by, at=at)
    # The letter says that the report is there, or that another one will say so.
    _note([one for one in told if one.pk in reported], Kind.REPORT, by=by, at=at)
    for one in told:
        record(one.application, "laureates.tell", by=by, office_id=one.application.office_id)
    if not told and by is not None:
        raise Refused(UNLED if waiting else NOBODY)
    return len(told)


@transaction.atomic
def tell_reports(found: Round, *, by: User | None, at: datetime) -> int:
    """Tell offices that know their result and learn only now that their report is there; how many were told."""
    held = _held(found)
    if not is_told_from(held, at):
        return 0
    told = _tell(list(with_new_report(decisions_in(held))), letters.report)
    _note(told, Kind.REPORT, by=by, at=at)
    for one in told:
        record(one.application, "laureates.tell_report", by=by, office_id=one.application.office_id)
    return len(told)


def tell_due(*, at: datetime) -> int:
    """The hourly round: every round whose embargo has ended; how often an office was told a result or of a report."""
    decided = Decision.objects.standing().filter(is_headed(), list__stage="prize")
    results = each(_rounds(untold(decided, Kind.RESULT), at), lambda one: tell_results(one, by=None, at=at))
    return results + each(_rounds(with_new_report(decided), at), lambda one: tell_reports(one, by=None, at=at))


def _rounds(waiting: QuerySet[Decision], at: datetime) -> list[Round]:
    rounds = Round.objects.public().filter(embargo_until__lte=at, categories__decision_lists__decisions__in=waiting)
    return list(rounds.distinct().order_by("pk"))


def _held(found: Round) -> Round:
    # Two clicks at once: the second waits here, and then finds who was told.
    return Round.objects.select_for_update().get(pk=found.pk)


def _tell(decisions: Sequence[Decision], letter: Callable[..., Draft]) -> list[Decision]:
    """Those that somebody could be told; an office without heads waits until it has one."""
    told = []
    for one in decisions:
        readers = list(heads_of(one.application.office))
        for reader in readers:
            post_letter(**letter(one, to=reader).posted())
        if readers:
            told.append(one)
    return told


def _note(told: Iterable[Decision], kind: Kind, *, by: User | None, at: datetime) -> None:
    Telling.objects.bulk_create(Telling(application=one.application, kind=kind, told_at=at, told_by=by) for one in told)
