"""Numbers, days and sentences as the reader's language has them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from qms.lifecycle import Refused
from qms.ui import numbers
from qms.ui.words import bind, sentence


@pytest.mark.parametrize(
    ("value", "digits", "language", "shown"),
    [
        (Decimal("59.45"), 1, "pl", "59,5"),
        (Decimal("59.45"), 1, "en", "59.5"),
        (0.5, 0, "pl", "1"),
        (Decimal("-2.5"), 0, "ru", "−3"),
        (Decimal("-0.04"), 1, "pl", "0,0"),
        (218740, 0, "pl", "218\u00a0740"),
        (218740, 0, "en", "218,740"),
        (None, 1, "pl", "–"),
        (0, 0, "pl", "0"),
    ],
)
def test_number_is_rounded_half_up_and_written_as_the_language_does(
    value: object, digits: int, language: str, shown: str
) -> None:
    with translation.override(language):
        assert numbers.figure(value, digits) == shown


@pytest.mark.parametrize(("value", "shown"), [(7, "+7,0"), (-7, "−7,0"), (Decimal("0.04"), "0,0")])
def test_change_has_its_sign(value: object, shown: str) -> None:
    with translation.override("pl"):
        assert numbers.signed(value, 1) == shown


def test_share_stands_off_its_sign_where_the_language_wants_it() -> None:
    with translation.override("pl"):
        assert numbers.share(Decimal("85.7"), 1) == "85,7\u00a0%"
    with translation.override("en"):
        assert numbers.share(Decimal("85.7"), 1) == "85.7%"


@pytest.mark.parametrize(
    ("language", "shown"),
    [("pl", "18 listopada 2026"), ("ru", "18 ноября 2026 г."), ("en", "18 November 2026")],
)
def test_day_is_written_as_the_language_does(language: str, shown: str) -> None:
    with translation.override(language):
        assert numbers.day(date(2026, 11, 18)) == shown


def test_moment_is_told_in_the_time_of_the_server() -> None:
    with translation.override("pl"):
        assert numbers.moment(datetime(2026, 11, 18, 14, 30, tzinfo=UTC)) == "18 listopada 2026, 15:30"
        assert numbers.short_day(datetime(2026, 11, 18, 23, 30, tzinfo=UTC)) == "19 lis"


@pytest.mark.parametrize(
    ("until", "said"),
    [(date(2026, 11, 20), "today"), (date(2026, 11, 21), "1 day left"), (date(2026, 11, 17), "3 days late")],
)
def test_time_left_is_counted_in_days(until: date, said: str) -> None:
    with translation.override("en"):
        assert numbers.time_left(until, date(2026, 11, 20)) == said


def test_refusal_is_a_sentence_with_its_values() -> None:
    refusal = Refused("%(title)s needs a whole number from %(low)s to %(high)s.", title="Plan", low=0, high=100)

    assert sentence(refusal) == "Plan needs a whole number from 0 to 100."


def test_refusal_without_values_keeps_its_percent_sign() -> None:
    assert sentence(Refused("Only 50 % are known.")) == "Only 50 % are known."


def test_one_letter_words_do_not_stand_at_the_end_of_a_line() -> None:
    bound = bind("Praca w urzędzie i z klientem, 85 %, n = 412")

    assert bound.replace("\u00a0", "_") == "Praca w_urzędzie i_z_klientem, 85_%, n_=_412"


def test_safe_text_stays_safe_and_others_do_not_become_so() -> None:
    assert hasattr(bind(mark_safe("<b>a b</b>")), "__html__")
    assert not hasattr(bind("<b>"), "__html__")
