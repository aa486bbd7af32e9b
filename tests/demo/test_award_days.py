"""The days of the example rounds, which move with the day on which the demonstration is built."""

from datetime import UTC, datetime, timedelta

import pytest

from qms.demo.domain import material
from qms.demo.services.moments import at_hour, day_from

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVERY_DAY = [MONDAY + timedelta(days=day) for day in range(7)]


@pytest.mark.parametrize("at", EVERY_DAY, ids=lambda at: f"{at:%A}")
@pytest.mark.parametrize("key", ["closed", "finished"])
def test_the_first_phase_of_a_jury_begins_after_the_closing_on_any_day_of_the_week(key, at):
    closing = at_hour(day_from(at, material.read("awards/rounds")[key]["closes"]), 15, 30)
    phases = material.read("awards/juries")[key]["phases"]

    begins = [at_hour(day_from(at, phase["from"]), 8) for phase in phases]

    assert min(begins) >= closing
    assert begins == sorted(set(begins))
