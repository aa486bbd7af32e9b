"""Words in all their forms: how a text is written down for the search, and how a query is read.

A word is kept as it stands, as its dictionary form (simplemma) and as its stem (Snowball), all without diacritics; a
query is read the same way, so that both databases need to know nothing of Polish or Russian. A word that was typed
without its diacritics ("urzedach") is looked up with those that it may have lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import snowballstemmer
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

WORD = re.compile(r"[^\W_]+")
STEMMERS = {"pl": "polish", "ru": "russian", "en": "english"}
# Letters that Unicode does not take apart into a letter and a mark.
WHOLE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})
LOST = {
    "pl": {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"},
    "ru": {"е": "ё"},
}
MOST_LOST = 3  # no common word lost more
MOST_PLACES = 9
LONGEST_WORD = 60
MOST_WORDS = 12
SMALL = {
    "pl": "a aby albo ale co czy dla do i ich jak jest już lub na nad nie o od oraz po pod przez przy się są to u w "
    "we z za ze że",
    "ru": "а без в во для до и из или к как на не о об от по под при с со то у что это",
    "en": "a an and are as at be by for from in is it of on or that the to with",
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in SMALL.items()}

_lemmatizer = Lemmatizer(lemmatization_strategy=DefaultStrategy(low_memory=True))


def forms_of(text: str, language: str) -> str:
    """Every word of the text in all its forms, once each: what the search looks through."""
    kept: dict[str, None] = {}
    for word in _words(text):
        kept.update(dict.fromkeys(_forms(word, language)))
    return " ".join(kept)


def terms_of(query: str, language: str) -> tuple[tuple[str, ...], ...]:
    """For each word asked for, the forms of which one must be there; little words count only without others."""
    words = list(dict.fromkeys(_words(query)))[:MOST_WORDS]
    telling = [word for word in words if word not in SMALL_WORDS.get(language, frozenset())]
    groups = (_forms(word, language) for word in telling or words)
    return tuple(dict.fromkeys(group for group in groups if group))


def folded(text: str) -> str:
    """The text in small letters without diacritics: „Zażółć” is zazolc, «ёж» is еж."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE))
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if not unicodedata.combining(mark)))


def _words(text: str) -> Iterator[str]:
    for found in WORD.finditer(unicodedata.normalize("NFC", text).casefold()):
        yield found.group()[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def _forms(word: str, language: str) -> tuple[str, ...]:
    found = [word]
    if language in STEMMERS:
        found += [_lemma(word, language), _stemmer(language).stemWord(word)]
        found += [_lemma(each, language) for each in _restored(word, language)]
    return tuple(dict.fromkeys(part for form in found for part in WORD.findall(folded(form))))


def _lemma(word: str, language: str) -> str:
    return _lemmatizer.lemmatize(word, lang=language)


@lru_cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


def _restored(word: str, language: str) -> Iterator[str]:
    """Words of the dictionary that look like this one without their diacritics; none for a word that has some."""
    lost = LOST.get(language, {})
    places = [place for place, letter in enumerate(word) if letter in lost][:MOST_PLACES]
    if not places or folded(word) != word:
        return
    known = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)
    if known.get(word) is not None:
        return
    for many in range(1, MOST_LOST + 1):
        for chosen in combinations(places, many):
            yield from (each for each in _with(word, chosen, lost) if known.get(each) is not None)


def _with(word: str, places: tuple[int, ...], lost: dict[str, str]) -> list[str]:
    spellings = [word]
    for place in places:
        spellings = [each[:place] + mark + each[place + 1 :] for each in spellings for mark in lost[word[place]]]
    return spellings
