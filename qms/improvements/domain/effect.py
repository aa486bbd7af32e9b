"""What was measured before and after an action, and what may be said about it.

The verdict keeps three questions apart: is there a change at all (more than chance), is it large enough to matter, and
did it go the right way. Where one of them cannot be answered, the verdict is "not measurable" with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from qms.stats.disclosure import may_show
from qms.stats.intervals import students_t

Z = Decimal("1.96")
SHARE_THAT_MATTERS = Decimal("0.02")
ZERO = Decimal(0)
AT_MOST = timedelta(days=365)

Window = tuple[date, date]


class Verdict(StrEnum):
    """What may be said of an action."""

    IMPROVED = "improved"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    NOT_MEASURABLE = "not_measurable"


class Test(StrEnum):
    """By what the verdict was reached."""

    CONTROLS = "controls"  # the change against that of untreated offices
    ERRORS = "errors"  # the change against its standard error
    RECORD = "record"  # complete records against the stated smallest change
    NONE = "none"

    __test__ = False  # not one of pytest's


class Reason(StrEnum):
    """Why nothing can be said."""

    NO_INDICATOR = "no_indicator"
    NO_START = "no_start"
    NO_END = "no_end"
    NO_BEFORE = "no_before"
    NO_AFTER = "no_after"
    NO_RULE = "no_rule"  # neither a standard error, nor a stated smallest change, nor other offices


class Lack(StrEnum):
    """Why the change is not held against other offices."""

    NOT_SHARED = "not_shared"  # the values are known of this office only
    TOO_FEW = "too_few"
    ALL_ALIKE = "all_alike"  # no spread: no interval, and the mean would be every single office's change


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value, typed or of an assessment.

    Low and high are the least and the greatest score of a group's members: no interval.
    """

    on: date
    value: Decimal
    standard_error: Decimal | None = None
    count: int | None = None
    label: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    assessment: int | None = None

    @property
    def margin(self) -> Decimal | None:
        """Half of its 95 % interval; none without a standard error."""
        return None if self.standard_error is None else Z * self.standard_error


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as better, and from what size on it matters."""

    higher_is_better: bool = True
    stated: Decimal | None = None
    scale: tuple[Decimal, Decimal] | None = None

    @property
    def least(self) -> Decimal | None:
        """The smallest change that matters: the stated one, else 2 % of the scale, else none."""
        if self.stated is not None or self.scale is None:
            return self.stated
        low, high = self.scale
        return (high - low) * SHARE_THAT_MATTERS

    def side(self, difference: Decimal) -> Verdict:
        """Whether a difference that is no chance and large enough is for the better."""
        return Verdict.IMPROVED if (difference > 0) == self.higher_is_better else Verdict.WORSE


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with the 95 % interval in which it plausibly lies; no interval where no error is known."""

    difference: Decimal
    margin: Decimal | None = None

    @property
    def low(self) -> Decimal | None:
        """The least plausible difference."""
        return None if self.margin is None else self.difference - self.margin

    @property
    def high(self) -> Decimal | None:
        """The greatest plausible difference."""
        return None if self.margin is None else self.difference + self.margin

    @property
    def detectable(self) -> Decimal | None:
        """The smallest difference that the test could have told from chance: the margin itself.

        A true change of exactly this size is still missed every second time; to find it four times out of five it must
        be 2.80 / 1.96 = 1.43 times as large (H. S. Bloom, Minimum detectable effects, Evaluation Review 19(5), 1995).
        """
        return self.margin

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.margin is not None and abs(self.difference) > self.margin


@dataclass(frozen=True, slots=True)
class Controls:
    """How untreated offices changed meanwhile, as one figure over all of them."""

    count: int
    mean: Decimal | None = None
    deviation: Decimal | None = None

    @property
    def lack(self) -> Lack | None:
        """Why they cannot be used; none when they can."""
        if not may_show(self.count) or self.mean is None or self.deviation is None:
            return Lack.TOO_FEW
        return None if self.deviation > 0 else Lack.ALL_ALIKE


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that was reckoned on one indicator."""

    verdict: Verdict
    test: Test = Test.NONE
    reason: Reason | None = None
    before: Reading | None = None
    after: Reading | None = None
    change: Change | None = None
    controls: Controls | None = None
    lack: Lack | None = Lack.NOT_SHARED
    against: Change | None = None  # difference in differences
    least: Decimal | None = None

    @property
    def deciding(self) -> Change | None:
        """The change by which the verdict was reached."""
        return self.against if self.test == Test.CONTROLS else self.change

    @property
    def is_small(self) -> bool:
        """Whether there is a change beyond chance that is too small to matter."""
        found = self.deciding
        return self.verdict == Verdict.NO_CHANGE and found is not None and found.is_beyond_chance

    @property
    def is_blind(self) -> bool:
        """Whether a change that matters might have stayed unseen: "no change" then says little."""
        found = self.deciding
        if self.verdict != Verdict.NO_CHANGE or found is None or found.detectable is None or self.is_small:
            return False
        return self.least is None or found.detectable > self.least


def measure(
    readings: Iterable[Reading],
    *,
    start: date | None,
    end: date | None,
    rule: Rule,
    controls: Controls | None = None,
) -> Outcome:
    """The verdict on one indicator of an action that ran from start to end (done, else due).

    Before is the last reading on or before the start; after is the last reading later than the end. What was read in
    between is shown and not used. The rule is this platform's own (docs/methods/improvements.md).
    """
    if start is None:
        return Outcome(Verdict.NOT_MEASURABLE, reason=Reason.NO_START)
    if end is None:
        return Outcome(Verdict.NOT_MEASURABLE, reason=Reason.NO_END)
    before, after = before_and_after(readings, start=start, end=end)
    if before is None or after is None:
        reason = Reason.NO_BEFORE if before is None else Reason.NO_AFTER
        return Outcome(Verdict.NOT_MEASURABLE, reason=reason, before=before, after=after)
    change = difference_of(before, after)
    lack = Lack.NOT_SHARED if controls is None else controls.lack
    against = difference_in_differences(change.difference, controls) if controls and lack is None else None
    verdict, test, least = decide(change, against, rule)
    return Outcome(
        verdict,
        test,
        reason=Reason.NO_RULE if test == Test.NONE else None,
        before=before,
        after=after,
        change=change,
        controls=controls,
        lack=lack,
        against=against,
        least=least,
    )


def before_and_after(readings: Iterable[Reading], *, start: date, end: date) -> tuple[Reading | None, Reading | None]:
    """The last reading on or before the start, and the last one later than the end."""
    in_order = sorted(readings, key=lambda reading: reading.on)
    earlier = [reading for reading in in_order if reading.on <= start]
    later = [reading for reading in in_order if reading.on > max(start, end)]
    return (earlier[-1] if earlier else None), (later[-1] if later else None)


def windows_of(before: Reading, after: Reading, *, start: date, end: date) -> tuple[Window, Window]:
    """Between which days another office's readings count as before and after, both days included.

    At most a year from the own ones, and on the same side of the action.
    """
    return (
        (before.on - AT_MOST, min(start, before.on + AT_MOST)),
        (max(max(start, end) + timedelta(days=1), after.on - AT_MOST), after.on + AT_MOST),
    )


def difference_of(before: Reading, after: Reading) -> Change:
    """After minus before; SE = sqrt(se1² + se2²) for two independent measurements, interval ± 1.96 SE."""
    difference = after.value - before.value
    if before.standard_error is None or after.standard_error is None:
        return Change(difference)
    error = (before.standard_error**2 + after.standard_error**2).sqrt()
    return Change(difference, Z * error)


def difference_in_differences(own: Decimal, controls: Controls) -> Change:
    """Own change minus the mean change of m untreated offices, ± t(m − 1, 0.975) · s · √(1 + 1/m).

    One treated office against m others: the interval asks where one more untreated office's change would have lain
    (a prediction interval), s being the standard deviation of the m changes. Source: S. G. Donald and K. Lang,
    Inference with difference-in-differences and other panel data, Review of Economics and Statistics 89(2), 2007, for
    the t distribution over groups. It assumes that without the action the office would have changed as the others did,
    that the changes are independent of one another and about normally distributed with one spread, and that nothing
    of the action reached the others.
    """
    if controls.lack is not None or controls.mean is None or controls.deviation is None:
        raise ValueError("There are no offices to compare with.")
    count = controls.count
    quantile = Decimal(repr(students_t(count - 1)))
    margin = quantile * controls.deviation * (1 + Decimal(1) / count).sqrt()
    return Change(own - controls.mean, margin)


def decide(change: Change, against: Change | None, rule: Rule) -> tuple[Verdict, Test, Decimal | None]:
    """The verdict, the test that gave it, and the smallest change that was asked for.

    Other offices decide where there are enough of them; else the standard errors; else the smallest change that was
    stated for the indicator, which two complete records are held against.
    """
    if against is not None:
        return _tested(against, rule), Test.CONTROLS, rule.least
    if change.margin is not None:
        return _tested(change, rule), Test.ERRORS, rule.least
    if rule.stated is None:
        return Verdict.NOT_MEASURABLE, Test.NONE, None
    if change.difference != 0 and abs(change.difference) >= rule.stated:
        return rule.side(change.difference), Test.RECORD, rule.stated
    return Verdict.NO_CHANGE, Test.RECORD, rule.stated


def _tested(change: Change, rule: Rule) -> Verdict:
    least = ZERO if rule.least is None else rule.least
    if not change.is_beyond_chance or abs(change.difference) < least:
        return Verdict.NO_CHANGE
    return rule.side(change.difference)
