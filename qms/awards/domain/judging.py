"""What an organiser writes about the judging of a category and its prizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Texts = Mapping[str, str]


@dataclass(frozen=True)
class JudgingDraft:
    """How a category is judged, as it stands on its form."""

    panel: str = ""
    jurors: int = 3
    blocks_region: bool = False
    talk_above: Decimal = Decimal(20)
    far_from_median: Decimal = Decimal(10)
    tie_below: Decimal = Decimal(1)
    tie_rule: str = "share"
    visit_from: Decimal | None = None
    most_visits: int | None = None


@dataclass(frozen=True)
class PrizeDraft:
    """A prize as it stands on its form."""

    titles: Texts
    kind: str = "statuette"
    leads: Texts = field(default_factory=dict)
    at_most: int | None = None
    from_points: Decimal | None = None
