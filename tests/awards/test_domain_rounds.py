"""The calendar and the names of the year after."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from qms.awards.domain.rounds import next_prefix, of_next_year, said, texts_of_next_year, year_later

WARSAW = ZoneInfo("Europe/Warsaw")
FIRST, LAST = datetime(2020, 1, 1), datetime(2090, 1, 1)  # noqa: DTZ001  the strategy adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def test_closing_keeps_its_hour_by_the_clock_of_the_round():
    before_summer_time = datetime(2027, 3, 27, 15, 30, tzinfo=WARSAW)
    in_summer_time = datetime(2028, 3, 27, 15, 30, tzinfo=WARSAW)

    assert year_later(before_summer_time, WARSAW) == in_summer_time
    assert in_summer_time.astimezone(UTC) - before_summer_time.astimezone(UTC) == timedelta(days=366, hours=-1)


def test_leap_day_is_followed_by_the_28th():
    assert year_later(datetime(2028, 2, 29, 12, tzinfo=UTC), WARSAW) == datetime(2029, 2, 28, 12, tzinfo=UTC)


@given(
    MOMENTS,
    MOMENTS,
    st.sampled_from([WARSAW, ZoneInfo("UTC"), ZoneInfo("Europe/London")]),
)
def test_days_in_order_stay_in_order_a_year_later(one, other, zone):
    first, second = sorted((one, other))

    assert year_later(first, zone) <= year_later(second, zone) + timedelta(days=1)


def test_year_is_replaced_where_it_stands_alone():
    assert of_next_year("Nagroda 2027, nr 20271", 2027) == "Nagroda 2028, nr 20271"
    assert texts_of_next_year({"pl": "Edycja 2027", "en": "Round"}, 2027) == {"pl": "Edycja 2028", "en": "Round"}


def test_prefix_of_the_next_year_always_tells_the_year():
    assert (next_prefix("WMNJ-2027", 2027), next_prefix("EPSA", 2027)) == ("WMNJ-2028", "EPSA-2028")
    assert len(next_prefix("A" * 20, 2027)) == 20


def test_texts_without_words_are_left_out():
    assert said({"pl": " Nagroda ", "en": "  "}) == {"pl": "Nagroda"}
