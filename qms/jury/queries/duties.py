"""What the jurors of a round have not done yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qms.awards.models import Application, Round
from qms.jury.models import Ballot, Declaration, Exclusion, Juror, Phase

from .closing import decided


@dataclass(frozen=True, slots=True)
class Duty:
    """What one juror has not done: the promise, declarations, scores."""

    promise: bool
    declare: int
    score: int

    def __bool__(self) -> bool:
        return self.promise or bool(self.declare or self.score)


def duties_of(found: Round, jurors: Iterable[Juror], phase: Phase) -> dict[int, Duty]:
    """By juror, what this phase lets and nobody has done yet; in five queries for all of them."""
    jurors = list(jurors)
    declare = _undeclared(found, jurors) if phase.may_declare else Counter()
    score = _unscored(found, jurors) if phase.may_score else Counter()
    return {one.pk: Duty(one.accepted_at is None, declare[one.pk], score[one.pk]) for one in jurors}


def _undeclared(found: Round, jurors: list[Juror]) -> Counter[int]:
    received: dict[int, set[int]] = {}
    waiting = Application.objects.received().filter(category__round=found).exclude(category__in=decided())
    for pk, category in waiting.values_list("pk", "category"):
        received.setdefault(category, set()).add(pk)
    told: dict[int, set[int]] = {}
    for model in (Declaration, Exclusion):
        for juror, application in model.objects.filter(juror__in=jurors).values_list("juror", "application"):
            told.setdefault(juror, set()).add(application)
    seats = Juror.categories.through.objects.filter(juror__in=jurors).values_list("juror", "category")
    counts: Counter[int] = Counter()
    for juror, category in seats:
        counts[juror] += len(received.get(category, set()) - told.get(juror, set()))
    return counts


def _unscored(found: Round, jurors: list[Juror]) -> Counter[int]:
    received = Application.objects.received().filter(category__round=found).values("pk")
    rows = Ballot.objects.counting().filter(juror__in=jurors, state=Ballot.State.DRAFT, application__in=received)
    return Counter(rows.values_list("juror", flat=True))
