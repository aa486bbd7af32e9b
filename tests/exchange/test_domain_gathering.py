"""Until when participants of an evaluation meeting tell."""

from datetime import date

import pytest

from qms.exchange.domain.gathering import gathers

LAST = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("state", "closes_on", "on", "open_"),
    [
        ("open", None, date(2030, 1, 1), True),
        ("open", LAST, LAST, True),
        ("open", LAST, date(2026, 12, 6), False),
        ("closed", None, LAST, False),
        ("published", LAST, LAST, False),
    ],
)
def test_to_the_end_of_the_last_day_unless_somebody_closed_before(state, closes_on, on, open_):
    assert gathers(state, closes_on, on) is open_
