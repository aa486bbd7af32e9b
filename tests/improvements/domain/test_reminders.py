"""When people are reminded."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qms.improvements.domain.reminders import is_long_late, silent_days, step_reached

DUE = date(2026, 6, 30)


def step_at(left):
    return step_reached(DUE, DUE - timedelta(days=left))


def test_reminders_come_fourteen_and_three_days_before_and_one_and_seven_days_after():
    days = (15, 14, 4, 3, 0, -1, -6, -7, -20, -21, -34, -35, -49)

    assert [step_at(left) for left in days] == [None, 14, 14, 3, 3, -1, -1, -7, -7, -21, -21, -35, -49]


@given(st.integers(-2000, 13))
def test_a_later_day_never_goes_back_to_an_earlier_reminder(left):
    assert step_at(left) <= step_at(left + 1)


@given(st.integers(-2000, -7))
def test_after_a_week_a_reminder_holds_for_fourteen_days(left):
    assert 0 <= step_at(left) - left < 14


def test_lead_hears_of_what_is_fourteen_days_late_and_nothing_without_a_last_day_is_late():
    assert is_long_late(DUE, DUE + timedelta(days=14), 14)
    assert not is_long_late(DUE, DUE + timedelta(days=13), 14)
    assert not is_long_late(None, DUE, 14)


def test_silence_counts_from_sixty_days_on():
    assert [silent_days(DUE, DUE + timedelta(days=days)) for days in (59, 60, 75)] == [0, 60, 75]
