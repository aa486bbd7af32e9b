"""The words of all titles, read once for a catalogue: which practices hold the words of a question there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from qms.goodpractices.domain.facets import Catalogue
from qms.goodpractices.domain.words import forms_of
from qms.goodpractices.models import PracticePage

_kept: dict[str, tuple[Catalogue, Mapping[str, int]]] = {}


def in_titles(known: Catalogue, language: str, groups: Sequence[Sequence[str]]) -> list[int]:
    """For each word asked for, the bits of the practices whose titles hold a form of it."""
    words = _words(known, language)
    return [reduce(or_, (words.get(form, 0) for form in group), 0) for group in groups]


def _words(known: Catalogue, language: str) -> Mapping[str, int]:
    """Each word of the titles with the bits of its practices; kept as long as the process keeps the catalogue."""
    kept = _kept.get(language)
    if kept is not None and kept[0] is known:
        return kept[1]
    held: dict[str, list[int]] = defaultdict(list)
    published = PracticePage.objects.published().filter(locale__language_code=language).order_by()  # type: ignore[attr-defined]
    for pk, title in published.values_list("pk", "title"):
        for form in forms_of(title, language).split():
            held[form].append(pk)
    words = {form: known.bits_of(keys) for form, keys in held.items()}
    _kept[language] = known, words
    return words
