"""In which band a score lies, and what an office may be told of its category; told in docs/methods/jury.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from qms.frameworks.domain.panel import Band
from qms.stats.disclosure import median_of_at_least_five

TEN, HIGHEST = 10, 100


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a score lies: a band of the framework with its code, else ten points without one."""

    low: int
    high: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one section of a report says before it is edited."""

    section: int
    code: str
    titles: Mapping[str, str] = field(default_factory=dict)
    strengths: str = ""
    areas: str = ""
    score: Decimal | None = None
    span: Span | None = None
    median: Decimal | None = None

    def row(self) -> dict[str, object]:
        """As the report keeps it."""
        return {
            "pk": self.section,
            "code": self.code,
            "titles": dict(self.titles),
            "strengths": self.strengths,
            "areas": self.areas,
            "score": None if self.score is None else str(self.score),
            "band": self.span.code if self.span else "",
            "low": self.span.low if self.span else None,
            "high": self.span.high if self.span else None,
            "median": None if self.median is None else str(self.median),
        }


def span_of(score: Decimal | None, bands: Sequence[Band]) -> Span | None:
    """The band of a score, rounded half up first as the framework does; without bands its ten points, 60 to 70."""
    if score is None:
        return None
    if bands:
        whole = score.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        band = next((one for one in bands if whole <= one.high), bands[-1])
        return Span(band.low, band.high, band.code)
    low = min(int((score / TEN).to_integral_value(rounding=ROUND_FLOOR)) * TEN, HIGHEST - TEN)
    return Span(low, low + TEN)


def median_told(scores: Iterable[Decimal | None]) -> Decimal | None:
    """The median of a category in whole points; nothing where fewer than five have a score."""
    median = median_of_at_least_five(scores)
    return None if median is None else median.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def laid_together(texts: Iterable[str]) -> str:
    """What several wrote, each thing once, a line each."""
    lines = [line.strip() for words in texts for line in words.splitlines()]
    return "\n".join(dict.fromkeys(line for line in lines if line))
