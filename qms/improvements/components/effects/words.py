"""What is said of an effect, the same on the page, in the draft of a practice and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from qms.improvements.domain.effect import Change, Lack, Outcome, Reading, Reason, Test, Verdict
from qms.improvements.domain.effect_record import Measured
from qms.improvements.models import Indicator
from qms.improvements.models import Reading as StoredReading
from qms.stats.disclosure import MINIMUM
from qms.ui import numbers

ASSESSMENT = Indicator.Source.ASSESSMENT
MOST_DIGITS = 2


def verdict_name(verdict: Verdict) -> str:
    """The verdict as a heading."""
    return {
        Verdict.IMPROVED: pgettext("verdict", "Improved"),
        Verdict.NO_CHANGE: pgettext("verdict", "No change"),
        Verdict.WORSE: pgettext("verdict", "Worse"),
        Verdict.NOT_MEASURABLE: pgettext("verdict", "Not measurable"),
    }[verdict]


def verdict_meanings() -> tuple[tuple[Verdict, str], ...]:
    """What each verdict means, for whoever meets it for the first time."""
    return (
        (
            Verdict.IMPROVED,
            gettext("A change the right way, large enough to matter and, where an error is known, more than chance."),
        ),
        (Verdict.NO_CHANGE, gettext("No change can be told from chance, or it is too small to matter.")),
        (
            Verdict.WORSE,
            gettext("A change the wrong way, large enough to matter and, where an error is known, more than chance."),
        ),
        (Verdict.NOT_MEASURABLE, gettext("A value or a limit is missing, so nothing can be said. That is no failure.")),
    )


# --- Numbers ---------------------------------------------------------------------------------------------------------


def digits_of(readings: Iterable[Reading]) -> int:
    """As many decimal places as the readings themselves have, at most two."""
    exponents = (-int(reading.value.normalize().as_tuple().exponent) for reading in readings)
    return min(MOST_DIGITS, max((0, *exponents)))


def change_digits(measured: Measured) -> int:
    """One more for what was reckoned with an interval, at most two."""
    digits, found = digits_of(measured.readings), measured.outcome
    has_interval = found.against is not None or (found.change is not None and found.change.margin is not None)
    return min(MOST_DIGITS, max(digits, 1)) if has_interval else digits


def bounds_of(measured: Measured) -> tuple[Decimal, Decimal] | None:
    """From where to where values are drawn, so that a small change does not look large; none where intervals tell.

    The scale where there is one; else from zero on where no value lies below it.
    """
    if any(reading.standard_error is not None for reading in measured.readings):
        return None
    values = [reading.value for reading in measured.readings]
    values += [value for value in (measured.target,) if value is not None]
    if measured.scale is not None and all(measured.scale[0] <= value <= measured.scale[1] for value in values):
        return measured.scale
    if min(values) < 0 or max(values) == 0:
        return None
    return Decimal(0), max(values) * Decimal("1.1")


def with_unit(text: str, measured: Measured) -> str:
    """A number with the unit of its indicator."""
    unit = measured.unit.strip()
    if not unit:
        return text
    return f"{text}{numbers.NARROW}{unit}"


def value_of(value: Decimal | None, measured: Measured) -> str:
    """A measured value with its unit."""
    text = numbers.figure(value, digits_of(measured.readings) if value is None else _digits(value, measured))
    return text if value is None else with_unit(text, measured)


def _digits(value: Decimal, measured: Measured) -> int:
    own = max(0, -int(value.normalize().as_tuple().exponent))
    return min(MOST_DIGITS, max(own, digits_of(measured.readings)))


def change_of(value: Decimal | None, measured: Measured) -> str:
    """A change with its sign."""
    return numbers.figure(None) if value is None else numbers.signed(value, change_digits(measured))


def span_of(low: Decimal | None, high: Decimal | None, digits: int, *, signs: bool = False) -> str:
    """From where to where, or nothing where no interval is known."""
    if low is None or high is None:
        return ""
    show = numbers.signed if signs else numbers.figure
    return pgettext("interval", "%(low)s to %(high)s") % {"low": show(low, digits), "high": show(high, digits)}


def change_span(change: Change, measured: Measured) -> str:
    """The interval of a change."""
    return span_of(change.low, change.high, change_digits(measured), signs=True)


def count_of(reading: Reading) -> str:
    """How many stand behind a value."""
    return "" if reading.count is None else f"n = {numbers.figure(reading.count)}"


# --- Sentences -------------------------------------------------------------------------------------------------------


def summary(measured: Measured) -> str:
    """What came out, in one or two sentences."""
    found = measured.outcome
    if found.verdict == Verdict.NOT_MEASURABLE:
        return reason_words(found.reason)
    values = {
        "before": value_of(found.before.value if found.before else None, measured),
        "after": value_of(found.after.value if found.after else None, measured),
        "change": change_of(found.change.difference if found.change else None, measured),
    }
    first = gettext("Before %(before)s, after %(after)s: a difference of %(change)s.") % values
    return f"{first} {_verdict_words(measured)}"


def _verdict_words(measured: Measured) -> str:
    found = measured.outcome
    if found.test == Test.CONTROLS and found.against is not None:
        against = change_of(found.against.difference, measured)
        return {
            Verdict.IMPROVED: gettext(
                "Held against offices without such an action it is %(against)s: better than theirs."
            ),
            Verdict.WORSE: gettext("Held against offices without such an action it is %(against)s: worse than theirs."),
            Verdict.NO_CHANGE: gettext(
                "Held against offices without such an action it is %(against)s: that cannot be told from chance."
            ),
        }[found.verdict] % {"against": against}
    if found.is_small:
        return gettext("The difference is more than chance, but smaller than the smallest change that matters.")
    if found.test == Test.RECORD:
        return {
            Verdict.IMPROVED: gettext("That reaches the smallest change that matters, the right way."),
            Verdict.WORSE: gettext("That reaches the smallest change that matters, the wrong way."),
            Verdict.NO_CHANGE: gettext("That is less than the smallest change that matters."),
        }[found.verdict]
    return {
        Verdict.IMPROVED: gettext("That is more than chance, and the right way."),
        Verdict.WORSE: gettext("That is more than chance, and the wrong way."),
        Verdict.NO_CHANGE: gettext("That cannot be told from chance."),
    }[found.verdict]


def reason_words(reason: Reason | None) -> str:
    """Why nothing can be said."""
    return {
        None: "",
        Reason.NO_INDICATOR: gettext("The action has no indicator, so nothing was measured."),
        Reason.NO_START: gettext("The action has no start day, so nothing tells which value stands before it."),
        Reason.NO_END: gettext("The action has no last day, so nothing tells which value stands after it."),
        Reason.NO_BEFORE: gettext("There is no value from before the start of the action."),
        Reason.NO_AFTER: gettext("There is no value from after the end of the action yet."),
        Reason.NO_RULE: gettext(
            "The values have no standard error, and no smallest change that matters was stated for the indicator. So"
            " nothing tells a change from chance."
        ),
    }[reason]


def power(measured: Measured) -> str:
    """What the comparison could not have seen; nothing where no error is known."""
    found = measured.outcome
    change = found.deciding
    if change is None or change.detectable is None:
        return ""
    values = {"least": numbers.figure(change.detectable, change_digits(measured))}
    seen = gettext("The comparison could not have told a change smaller than %(least)s from chance.") % values
    if found.is_blind:
        blind = gettext(
            "“No change” here does not mean that nothing changed: a change that matters may have stayed unseen."
        )
        return f"{seen} {blind}"
    return seen


def how(measured: Measured) -> str:
    """How it is computed and when which word is said."""
    found = measured.outcome
    parts = [
        gettext(
            "Before is the last value on or before the first day of the action, after the last one later than its end."
        ),
        {
            Test.CONTROLS: gettext(
                "From the office's change we take the mean change of offices of the same region that had no such action"
                " meanwhile; the interval (95 %%) is Student's, for one office against %(count)s."
            )
            % {"count": found.controls.count if found.controls else 0},
            Test.ERRORS: gettext("The interval (95 %) is 1.96 times the standard error of the difference."),
            Test.RECORD: gettext(
                "The values are complete records, so the difference is held against the stated limit alone."
            ),
            Test.NONE: "",
        }[found.test],
        _rule_words(measured),
        _lack_words(measured) if found.test != Test.NONE or found.before else "",
    ]
    return " ".join(filter(None, parts))


def _rule_words(measured: Measured) -> str:
    found = measured.outcome
    if found.test == Test.NONE:
        return ""
    limit = (
        "" if found.least is None else with_unit(numbers.figure(found.least, _digits(found.least, measured)), measured)
    )
    if found.test == Test.RECORD:
        return gettext("We say “improved” or “worse” from %(limit)s on, else “no change”.") % {"limit": limit}
    if not limit:
        return gettext(
            "We say “improved” or “worse” when the whole interval lies on one side of zero, else “no change”."
        )
    return gettext(
        "We say “improved” or “worse” when the whole interval lies on one side of zero and the difference reaches"
        " %(limit)s, else “no change”."
    ) % {"limit": limit}


def _lack_words(measured: Measured) -> str:
    """Why other offices are not shown; nothing where they are."""
    lack = measured.outcome.lack
    if lack is None:
        return ""
    if lack == Lack.NOT_SHARED:
        return gettext("These values are known of this office only, so it is not compared with others.")
    if lack == Lack.ALL_ALIKE:
        return gettext("The other offices all changed alike, which leaves no measure of chance; they are not shown.")
    return gettext(
        "Fewer than %(count)s other offices of the region were measured before and after without such an action, so"
        " they are not shown."
    ) % {"count": MINIMUM}


def outcome_line(measured: Measured) -> str:
    """The verdict with its change, for a choice or a row."""
    found: Outcome = measured.outcome
    name = verdict_name(found.verdict)
    if found.deciding is None or found.verdict == Verdict.NOT_MEASURABLE:
        return name
    return f"{name} ({change_of(found.deciding.difference, measured)})"


def reading_named(reading: StoredReading) -> dict[str, str]:
    """A measured value in words."""
    digits = max(0, -int(reading.value.normalize().as_tuple().exponent))
    value = numbers.figure(reading.value, digits)
    return {"title": reading.indicator.title, "value": value, "day": numbers.day(reading.on)}
