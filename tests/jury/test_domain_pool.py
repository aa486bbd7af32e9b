"""The usual phases of a jury."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from qms.jury.domain.pool import USUAL, last_moment, suggested

WARSAW = ZoneInfo("Europe/Warsaw")
CLOSING = datetime(2027, 3, 15, 15, tzinfo=UTC)


def test_usual_phases_change_at_midnight_of_the_round_where_there_is_time():
    phases = suggested(CLOSING, datetime(2027, 6, 10, 16, tzinfo=UTC), WARSAW)

    assert [one.code for one, _start, _end in phases] == ["declarations", "scores", "talks", "visits", "decisions"]
    assert [start.astimezone(WARSAW).strftime("%d.%m %H:%M") for _one, start, _end in phases] == [
        "15.03 16:00",
        "24.03 00:00",
        "28.04 00:00",
        "11.05 00:00",
        "28.05 00:00",
    ]


def test_a_phase_that_ends_at_midnight_is_told_by_the_day_before():
    midnight = datetime(2027, 3, 24, tzinfo=WARSAW)

    assert [last_moment(end).date().day for end in (midnight, midnight + timedelta(hours=8))] == [23, 24]


@given(hours=st.integers(min_value=1, max_value=10_000))
def test_usual_phases_fill_the_time_without_a_gap(hours):
    end = CLOSING + timedelta(hours=hours)
    phases = suggested(CLOSING, end, WARSAW)

    starts, ends = [start for _one, start, _end in phases], [end for _one, _start, end in phases]
    assert (starts[0], ends[-1], starts[1:]) == (CLOSING, end, ends[:-1])
    assert all(start < end for start, end in zip(starts, ends, strict=True))


def test_who_scores_reads_in_every_usual_phase():
    assert [one.code for one in USUAL if one.policy.get("may_score") and one.policy.get("sees", "none") == "none"] == []
