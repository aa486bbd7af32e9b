"""Words that an office's report and a practice have in common, to show the reader why the two belong together."""

from __future__ import annotations

from collections.abc import Mapping

from qms.goodpractices.domain.words import SMALL_WORDS, WORD, forms_of

MOST = 3
SHORTEST = 5
MANY = 2  # a word that stands in more than one of so many practices tells nothing
FEW = 4  # in a library smaller than that any word may
# Dictionary forms, without diacritics, of words that say nothing about what a text is about.
EMPTY = {
    "pl": "bardzo byc caly czas czyli dac dawac dobry dobrze duzo duzy dwa dzis gdzie inny jaki jako jeden jedna "
    "jednak jesli jeszcze kazdy kiedy kilka ktory lub malo maly miec mniej moc moze mozna musiec nadal nasz "
    "nawet niektory niski nowy obecnie oraz osoba ostatni pierwszy podczas poniewaz potem poza prowadzic "
    "przed przede robic rok rowniez sam sobie sposob swoj taki takze tam ten teraz trzeba tutaj tyle tylko "
    "urzad wiecej wiele wobec wszystek wszystkie wszystko wtedy wysoki wyzej zaden zawsze zespol znalezc "
    "zostac",
    "ru": "более больше быть весь время всегда год группа давать даже дать делать должный другой если есть еще "
    "каждый когда который мало можно мочь наш некоторый несколько новый один однако очень первый перед потом "
    "почти самый свой сегодня сейчас так также такой тогда только тот учреждение хороший хорошо что чтобы "
    "этот",
    "en": "about after again all also always another any because been before being between both could does doing "
    "each even every first found from give given gives good group have having here into just know last less "
    "like made make makes many more most much need never new not now office often one only other others our "
    "out over own same several should since some still such than that their them then there these they thing "
    "this those three through too two under until very was well were what when where which while who will "
    "with without work would year years your",
}
EMPTY_WORDS = {language: frozenset(words.split()) for language, words in EMPTY.items()}


def words_in(text: str, language: str) -> dict[str, frozenset[str]]:
    """The telling words of a text, in small letters, each with all its forms."""
    small, empty = SMALL_WORDS.get(language, frozenset()), EMPTY_WORDS.get(language, frozenset())
    words = dict.fromkeys(word for word in WORD.findall(text.casefold()) if len(word) >= SHORTEST and word not in small)
    forms = {word: frozenset(forms_of(word, language).split()) for word in words if not word.isdigit()}
    return {word: each for word, each in forms.items() if each.isdisjoint(empty)}


def shared_words(
    own: Mapping[str, frozenset[str]], others: frozenset[str], *, spread: Mapping[str, int], of: int
) -> list[str]:
    """Words of the own text that stand in the other one in whatever form, the rarest first, at most three.

    `spread` tells in how many of the library's practices each form stands.
    """
    found = [
        (min(spread.get(form, 0) for form in common), word) for word, forms in own.items() if (common := forms & others)
    ]
    return [word for times, word in sorted(found) if times * MANY <= max(of, FEW)][:MOST]
