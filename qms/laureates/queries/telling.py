"""Who was told what when, and who is still to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qms.awards.models import Round
from qms.jury.models import Decision
from qms.laureates.models import Telling

from .results import decisions_in


@dataclass(frozen=True, slots=True)
class Line:
    """One application with its decision, and when its office was told."""

    decision: Decision
    in_confidence_at: datetime | None = None
    told_at: datetime | None = None


def lines_of(found: Round) -> tuple[Line, ...]:
    """All decisions of the round that stand, laureates first; in two queries."""
    told: dict[tuple[int, str], datetime] = {
        (one.application_id, one.kind): one.told_at
        for one in Telling.objects.filter(application__category__round=found)
    }
    lines = [
        Line(
            one,
            told.get((one.application_id, Telling.Kind.EMBARGO)),
            told.get((one.application_id, Telling.Kind.RESULT)),
        )
        for one in decisions_in(found)
    ]
    return tuple(sorted(lines, key=lambda line: line.decision.prize_id is None))
