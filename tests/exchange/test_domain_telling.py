"""Words that a report and a practice have in common."""

from collections import Counter

import pytest

from qms.exchange.domain.telling import shared_words, words_in
from qms.goodpractices.domain.words import forms_of


def forms(text, language="pl"):
    return frozenset(forms_of(text, language).split())


@pytest.mark.parametrize(
    ("language", "text", "telling"),
    [
        ("pl", "Zespół znalazł dwa mierniki, które były bez celu.", ["mierniki"]),
        ("en", "We found that letters would often take too long in 2026.", ["letters"]),
        ("ru", "Группа нашла только одну анкету посетителей.", ["нашла", "анкету", "посетителей"]),
        ("pl", "", []),
    ],
)
def test_words_that_say_nothing_about_a_subject_are_left_out(language, text, telling):
    assert list(words_in(text, language)) == telling


def test_a_word_is_shared_in_whatever_form_it_stands():
    own = words_in("Brakuje ankiet wśród pracodawców.", "pl")

    assert shared_words(own, forms("Ankieta dla pracodawcy"), spread={}, of=40) == ["ankiet", "pracodawców"]


def test_the_rarest_words_come_first_and_common_ones_not_at_all():
    own = words_in("Kolejki do rejestracji, ankiety i doradcy w szkołach", "pl")
    spread = Counter(
        {form: times for word, times in (("kolejki", 9), ("ankiety", 2), ("rejestracji", 1)) for form in forms(word)}
    )

    said = shared_words(own, forms("kolejka, ankieta, rejestracja"), spread=spread, of=10)

    assert said == ["rejestracji", "ankiety"]


def test_three_words_are_enough():
    own = words_in("queues letters forms surveys complaints", "en")

    assert shared_words(own, forms("queue letter form survey complaint", "en"), spread={}, of=9) == [
        "complaints",
        "forms",
        "letters",
    ]
