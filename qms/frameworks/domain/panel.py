"""Panels: how one node is scored, in one dimension or in several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from qms.lifecycle import Refused, gettext_noop

MEAN, SINGLE, CAPPED = "mean", "single", "capped"
WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the scale with a name; its index counts from the lowest, 0 to 5."""

    code: str
    index: int
    low: int
    high: int
    titles: Mapping[str, str]

    def holds(self, mark: int) -> bool:
        """Whether a whole mark lies in it."""
        return self.low <= mark <= self.high


def decimal_of(value: Fraction) -> Decimal:
    """The fraction as a decimal: exact where it ends, else to 28 figures."""
    return Decimal(value.numerator) / Decimal(value.denominator)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One question of a scale, such as Plan, answered by a whole number."""

    code: str
    titles: Mapping[str, str]
    minimum: int
    maximum: int
    questions: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    step: int = 1

    def check(self, mark: object) -> int | None:
        """The mark as a whole number of this dimension; blank is nothing, never zero.

        Whole numbers only, blank for who does not know enough (caf-efqm-awards 2.1).
        """
        written = mark.strip().replace("\u2212", "-") if isinstance(mark, str) else mark
        if written is None or written == "":
            return None
        number = _whole(written)
        if number is None:
            raise Refused(gettext_noop("A score is a whole number: “%(mark)s” is not one."), mark=str(mark)[:40])
        if not self.minimum <= number <= self.maximum:
            raise Refused(
                gettext_noop("A score lies between %(minimum)s and %(maximum)s: %(mark)s does not."),
                minimum=self.minimum,
                maximum=self.maximum,
                mark=number,
            )
        if (number - self.minimum) % self.step:
            raise Refused(
                gettext_noop("Scores go in steps of %(step)s: %(mark)s lies between them."),
                step=self.step,
                mark=number,
            )
        return number


def _whole(written: object) -> int | None:
    if isinstance(written, bool):
        return None
    if isinstance(written, str):
        return int(written) if WHOLE.fullmatch(written) else None
    if isinstance(written, int):
        return written
    if isinstance(written, float) and written.is_integer():
        return int(written)  # spreadsheets hand over 45 as 45.0
    return None


@dataclass(frozen=True, slots=True)
class Scale:
    """The dimensions in which one group of nodes is scored, and how they make one score."""

    dimensions: tuple[Dimension, ...]
    combination: str
    bands: tuple[Band, ...]
    by: str = ""

    def dimension(self, code: str) -> Dimension:
        """The dimension of that code."""
        for dimension in self.dimensions:
            if dimension.code == code:
                return dimension
        raise Refused(
            gettext_noop("There is no “%(dimension)s” here; this is scored by %(known)s."),
            dimension=code[:40],
            known=", ".join(each.code for each in self.dimensions),
        )

    def check(self, marks: Mapping[str, object], *, claimed: Mapping[str, str] | None = None) -> dict[str, int]:
        """The marks as whole numbers, blanks left out; `claimed` names a band per dimension.

        A mark outside the band it claims is refused: 95 is not ACT, which is 71-90 (T6).
        """
        for code in marks:
            self.dimension(code)
        checked = {}
        for dimension in self.dimensions:
            mark = dimension.check(marks.get(dimension.code))
            if mark is not None:
                checked[dimension.code] = mark
        for code, band_code in (claimed or {}).items():
            if self.dimension(code).code in checked and band_code:
                self._require_band(checked[code], band_code)
        return checked

    def _require_band(self, mark: int, band_code: str) -> None:
        for band in self.bands:
            if band.code == band_code:
                if band.holds(mark):
                    return
                raise Refused(
                    gettext_noop("%(mark)s lies outside the chosen band, which is %(low)s to %(high)s."),
                    mark=mark,
                    low=band.low,
                    high=band.high,
                )
        raise Refused(gettext_noop("There is no band %(band)s."), band=band_code[:40])

    def spans(self, lowest: int, highest: int) -> bool:
        """Whether every dimension goes from the one number to the other."""
        return all((one.minimum, one.maximum) == (lowest, highest) for one in self.dimensions)

    def score(self, marks: Mapping[str, int] | None) -> Decimal | None:
        """The exact score, or nothing while any dimension is blank (caf-efqm-awards 2.7).

        Fine-tuned enablers (P+D+C+A)/4 and results (trend+target)/2 are `mean`; the classical
        panel is `single`; RADAR, never above its capping attribute, is `capped` (5.2).
        """
        if not marks or any(dimension.code not in marks for dimension in self.dimensions):
            return None
        values = [marks[dimension.code] for dimension in self.dimensions]
        mean = Fraction(sum(values), len(values))
        if self.combination == CAPPED:
            mean = min(mean, Fraction(marks[self.by]))
        return decimal_of(mean)

    def is_partial(self, marks: Mapping[str, int] | None) -> bool:
        """Whether some dimensions have a mark and others have none."""
        given = [dimension for dimension in self.dimensions if marks and dimension.code in marks]
        return 0 < len(given) < len(self.dimensions)


@dataclass(frozen=True, slots=True)
class Panel:
    """One way of scoring a whole framework: a scale for each group of nodes."""

    code: str
    titles: Mapping[str, str]
    by_group: Mapping[str, Scale]
    about: Mapping[str, str] = field(default_factory=dict)

    def spans(self, lowest: int, highest: int) -> bool:
        """Whether it scores every node from the one number to the other."""
        return all(scale.spans(lowest, highest) for scale in self.by_group.values())
