"""Every form of a word finds every other one, with diacritics or without."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.goodpractices.domain.words import MOST_WORDS, folded, forms_of, terms_of

POLISH = [
    ("urzędach", "urząd"),
    ("urząd", "urzędach"),
    ("urzędu", "urzędem"),
    ("pracodawców", "pracodawca"),
    ("pracodawca", "pracodawcami"),
    ("bezrobotnych", "bezrobotny"),
    ("kolejek", "kolejka"),
    ("kolejka", "kolejkach"),
    ("szkolenia", "szkoleniami"),
    ("oferty", "ofertami"),
    ("ofert", "oferta"),
    ("pracowników", "pracownik"),
    ("klientom", "klient"),
    ("mieszkańców", "mieszkaniec"),
    ("gminach", "gmina"),
    ("starostwie", "starostwo"),
    ("ankietę", "ankieta"),
    ("wniosków", "wniosek"),
    ("wniosek", "wnioskami"),
    ("ludzie", "człowiek"),
    ("dzieci", "dziecko"),
    ("tydzień", "tygodnia"),
    ("książek", "książka"),
    ("ręce", "ręka"),
    ("jakości", "jakość"),
    ("rozmów", "rozmowa"),
    ("doradcą", "doradca"),
    ("zażółć", "zazolc"),
    ("łódź", "lodz"),
    ("urząd", "urzedach"),
    ("urzędach", "urzad"),
    ("pracodawców", "pracodawcow"),
    ("mieszkaniec", "mieszkancow"),
    ("książka", "ksiazek"),
]
RUSSIAN = [
    ("безработных", "безработный"),
    ("услугами", "услуга"),
    ("очередей", "очередь"),
    ("людей", "человек"),
    ("детей", "ребёнок"),
    ("ребенок", "ребёнок"),
    ("работодателями", "работодатель"),
    ("учреждениях", "учреждение"),
    ("заявлений", "заявление"),
    ("отчёт", "отчетами"),
    ("приёма", "прием"),
]
ENGLISH = [("offices", "office"), ("children", "child"), ("employers", "employer"), ("measured", "measuring")]


def finds(query, text, language):
    """Whether the query finds the text, as both databases compare them."""
    held = set(forms_of(text, language).split())
    asked = terms_of(query, language)
    return bool(asked) and all(held.intersection(forms) for forms in asked)


@pytest.mark.parametrize(("text", "query"), POLISH)
def test_polish_word_is_found_by_its_other_form(text, query):
    assert finds(query, f"Przed zmianą {text} było mniej.", "pl")


@pytest.mark.parametrize(("text", "query"), RUSSIAN)
def test_russian_word_is_found_by_its_other_form(text, query):
    assert finds(query, f"Раньше {text} было меньше.", "ru")


@pytest.mark.parametrize(("text", "query"), ENGLISH)
def test_english_word_is_found_by_its_other_form(text, query):
    assert finds(query, f"Before, {text} were few.", "en")


@pytest.mark.parametrize("query", ["szkoła", "urodziny", "prawo"])
def test_other_words_do_not_find_the_text(query):
    assert not finds(query, "Każdy pracodawca dostaje opiekuna w urzędzie.", "pl")


def test_all_words_must_be_there_and_little_ones_need_not():
    assert finds("oferty dla pracodawców", "Oferta pracodawcy", "pl")
    assert not finds("oferty dla mieszkańców", "Oferta pracodawcy", "pl")


def test_little_word_alone_is_looked_for():
    assert finds("dla", "Rozmowa dla ludzi", "pl")
    assert not finds("dla", "Rozmowa", "pl")


def test_diacritics_and_capitals_are_folded():
    assert folded("ZAŻÓŁĆ gęślą jaźń, Ёж") == "zazolc gesla jazn, еж"


def test_long_query_keeps_its_first_words():
    assert len(terms_of(" ".join(f"w{number}" for number in range(40)), "en")) == MOST_WORDS


def test_query_of_signs_asks_for_nothing():
    assert terms_of("«» – ' \" * () !", "pl") == ()


@settings(deadline=None, max_examples=60)
@given(text=st.text(min_size=1, max_size=80), language=st.sampled_from(["pl", "ru", "en", "de"]))
def test_every_word_of_a_text_finds_the_text(text, language):
    for word in text.split():
        assert not terms_of(word, language) or finds(word, text, language)


@settings(deadline=None, max_examples=60)
@given(words=st.lists(st.sampled_from([form for pair in POLISH for form in pair]), min_size=1, max_size=6))
def test_every_form_of_every_polish_word_finds_the_text(words):
    for word in words:
        assert finds(word, " ".join(words), "pl")
