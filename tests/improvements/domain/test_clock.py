"""When an office may apply for external feedback."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qms.improvements.domain.clock import Periods, periods_of, window_after

PERIODS = Periods(6, 12, 24, 60)
WINDOW = window_after(date(2026, 8, 31), PERIODS)


def test_window_opens_six_months_after_approval_and_closes_after_twelve():
    assert (WINDOW.from_on, WINDOW.until_on) == (date(2027, 2, 28), date(2027, 8, 31))


def test_window_is_early_open_closing_over():
    days = (date(2027, 2, 27), date(2027, 2, 28), date(2027, 7, 1), date(2027, 7, 2), date(2027, 8, 31))

    assert [WINDOW.state(day) for day in days] == ["early", "open", "open", "closing", "closing"]
    assert WINDOW.state(date(2027, 9, 1)) == "over"
    assert WINDOW.days_left(date(2027, 8, 30)) == 1


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_one_may_apply_exactly_from_the_first_to_the_last_day(approved, after):
    window, day = window_after(approved, PERIODS), approved + timedelta(days=after)

    assert (window.state(day) in ("open", "closing")) is (window.from_on <= day <= window.until_on)


def test_without_a_scheme_there_are_no_periods():
    stated = {"apply_from_months": 6, "apply_until_months": 12, "label_months": 24, "remind_days_before": 60}

    assert periods_of(None) is None
    assert periods_of({}) is None
    assert periods_of({"periods": stated}) == PERIODS
