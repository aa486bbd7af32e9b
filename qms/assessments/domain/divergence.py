"""How far the members' scores lie apart, and what a group had better talk about first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from qms.frameworks.domain.framework import Framework
from qms.stats.agreement import Spread, spread_of
from qms.stats.agreement import widest_first as width_of

DISCUSS: Final = "discuss"
FAST_TRACK: Final = "fast_track"
REVIEW: Final = "review"
UNSCORED: Final = "unscored"


@dataclass(frozen=True, slots=True)
class Divergence:
    """One node's scores, lowest first, with their spread and what follows from it."""

    node: str
    scores: tuple[Decimal, ...]
    spread: Spread | None
    verdict: str

    @property
    def range(self) -> Decimal | None:
        """The highest score minus the lowest."""
        return None if self.spread is None else self.spread.range


def divergence_of(framework: Framework, node: str, scores: Sequence[Decimal | None]) -> Divergence:
    """The divergence of one node; members who left it blank do not count."""
    given = tuple(sorted(score for score in scores if score is not None))
    return Divergence(node, given, spread_of(given), verdict_of(framework, given))


def verdict_of(framework: Framework, scores: Sequence[Decimal]) -> str:
    """Discuss the wide ones, pass the close ones quickly, look at the rest (caf-efqm-awards 3.4).

    One score alone agrees with nobody: it is looked at and not passed.
    """
    if not scores:
        return UNSCORED
    lowest, highest = min(scores), max(scores)
    rule = framework.consensus
    if highest - lowest > rule.discuss_above:
        return DISCUSS
    same_band = framework.band_of(lowest) == framework.band_of(highest)
    close = highest - lowest <= rule.fast_track_to and (same_band or not rule.fast_track_same_band)
    return FAST_TRACK if close and len(scores) > 1 else REVIEW


def widest_first(items: Iterable[Divergence]) -> tuple[Divergence, ...]:
    """The widest range first, then the larger deviation; equal ones keep the framework's order."""
    return tuple(sorted(items, key=lambda item: width_of(item.spread)))


def divergences(framework: Framework, scores: Mapping[str, Sequence[Decimal | None]]) -> tuple[Divergence, ...]:
    """Every scored node's divergence, widest first."""
    return widest_first(
        divergence_of(framework, node.identifier, scores.get(node.identifier, ())) for node in framework.scored
    )
