"""The library as an edition sees it: each practice once, whatever languages it is written in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from qms.assessments.domain.snapshot import plain
from qms.exchange.domain.matching import Practice
from qms.exchange.domain.material import Entry
from qms.goodpractices.domain.words import forms_of
from qms.goodpractices.models import PracticeClients, PracticeCriterion, PracticePage, PracticeResult
from qms.improvements.queries.adoptions import NOBODY, adoptions_of

FIGURES = ("before", "after", "low", "high")
SHOWN = ("pk", "translation_key", "locale__language_code", "title", "summary", "office", "effect", "contact")
TEXTS = ("title", "unit", "better", "verdict")


def entries_of(framework: str, chosen: Collection[str] = ()) -> dict[str, Entry]:
    """The published practices filed under this framework, and the chosen ones, by the key of their translations.

    The text that was written first speaks for all of them; the words are those of all titles and summaries.
    """
    filed = PracticeCriterion.objects.filter(framework=framework).values("practice")
    published: Any = PracticePage.objects.published().filter(Q(pk__in=filed) | Q(translation_key__in=chosen))
    first: dict[str, tuple[int, Any]] = {}
    words: dict[str, set[str]] = defaultdict(set)
    languages: dict[str, set[str]] = defaultdict(set)
    rows = published.order_by("pk").values_list(*SHOWN)
    for pk, translations, language, title, summary, *facts in rows:
        key = str(translations)
        first.setdefault(key, (pk, facts))
        languages[key].add(language)
        words[key].update(forms_of(f"{title} {summary}", language).split())
    pks = [pk for pk, _facts in first.values()]
    nodes = _many(PracticeCriterion.objects.filter(practice__in=pks, framework=framework), "node")
    clients = _many(PracticeClients.objects.filter(practice__in=pks), "group")
    results, adoptions = _results(pks), adoptions_of(pks)
    entries = {}
    for key, (pk, (office, effect, contact)) in first.items():
        adoption = adoptions.get(pk, NOBODY)
        practice = Practice(
            key=key,
            office=office,
            nodes=nodes.get(pk, frozenset()),
            clients=clients.get(pk, frozenset()),
            effect=effect,
            adopted=adoption.offices,
            measured=adoption.measured,
            improved=adoption.improved,
            has_contact=contact is not None,
            languages=frozenset(languages[key]),
        )
        entries[key] = Entry(practice, results.get(pk, ()), frozenset(words[key]))
    return entries


def _many(rows: Any, name: str) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, value in rows.values_list("practice", name):
        found[pk].add(value)
    return {pk: frozenset(values) for pk, values in found.items()}


def _results(pks: Collection[int]) -> dict[int, tuple[Mapping[str, Any], ...]]:
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    rows = PracticeResult.objects.filter(practice__in=pks).order_by("practice", "sort_order", "pk")
    for pk, *values in rows.values_list("practice", *TEXTS, *FIGURES):
        result = plain(dict(zip((*TEXTS, *FIGURES), values, strict=True)))
        assert isinstance(result, dict)  # noqa: S101  a mapping stays a mapping
        found[pk].append(result)
    return {pk: tuple(results) for pk, results in found.items()}
