"""Finding practices: words in all their forms, facets with counts, one page of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import import_module
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, Or, PlainText, SearchQuery

from qms.goodpractices.domain.asking import ADOPTED, NEWEST, WORDS, PracticeQuery, query_of
from qms.goodpractices.domain.draft import IMPROVED
from qms.goodpractices.domain.facets import Catalogue, most_first
from qms.goodpractices.domain.results import Change, change_of, digits_of
from qms.goodpractices.domain.words import terms_of
from qms.goodpractices.models import PracticeClients, PracticeCriterion, PracticePage, PracticeResult

from .catalogue import Lexicon, catalogue
from .titles import in_titles

ON_A_PAGE = 20
SHOWN = (
    "pk",
    "title",
    "slug",
    "summary",
    "effect",
    "stage",
    "started_on",
    "ended_on",
    "first_published_at",
    "office__short_name",
    "office__region__code",
)
Counts = Mapping[str, Mapping[str, int]]

adoption_counters: list[Callable[[Sequence[int]], Mapping[int, int]]] = []
"""How many offices took each of these practices over; filled in `AppConfig.ready()` by the app that knows plans."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result that a row shows: what changed, by how much, between which ends."""

    title: str
    unit: str
    better: str
    change: Change | None
    digits: int
    count: int | None
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One practice as the list shows it."""

    pk: int
    title: str
    slug: str
    summary: str
    effect: str
    stage: str
    started_on: date | None
    ended_on: date | None
    published_at: datetime | None
    office: str
    region: str
    criteria: tuple[tuple[str, str], ...] = ()
    clients: tuple[str, ...] = ()
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how many practices every other choice would leave."""

    rows: tuple[Hit, ...]
    total: int
    of_all: int
    facets: Counts
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Drop:
    """One choice (or the words, where no facet is named) that could go, and how many practices that would leave."""

    facet: str
    value: str
    left: int


def asked(parameters: Any, *, language: str, lexicon: Lexicon) -> PracticeQuery:
    """The question in the parameters of an address (a QueryDict)."""
    return query_of(dict(parameters.lists()), language=language, known=lexicon.known)


def found(query: PracticeQuery) -> Found:
    """One page of the practices that fit, the counts of all facets, and how many there are."""
    known = catalogue(query.language)
    among = among_words(known, query)
    left = known.narrowed(among, query.choices)
    keys = sorted_keys(known, left, query)
    pages = max(1, -(-len(keys) // ON_A_PAGE))
    page = min(query.page, pages)
    shown = keys[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Found(hits(shown), len(keys), len(known.keys), known.counts(among, query.choices), page, pages)


def drops(query: PracticeQuery) -> tuple[Drop, ...]:
    """What one could leave out of a question that finds nothing, the choice that helps most first."""
    known = catalogue(query.language)
    among = among_words(known, query)
    found_without = [
        Drop(facet, value, known.narrowed(among, query.without(facet, value).choices).bit_count())
        for facet, values in query.choices.items()
        for value in sorted(values)
    ]
    if query.words:
        found_without.append(Drop("", query.words, known.narrowed(known.everything, query.choices).bit_count()))
    return tuple(sorted((one for one in found_without if one.left), key=lambda one: -one.left))


def keys_of(query: PracticeQuery) -> list[int]:
    """Keys of all practices that fit, in the order asked for."""
    known = catalogue(query.language)
    return sorted_keys(known, known.narrowed(among_words(known, query), query.choices), query)


def among_words(known: Catalogue, query: PracticeQuery) -> int:
    """The practices that hold the words: all where none were given, none where they are only signs."""
    if not query.words:
        return known.everything
    groups = terms_of(query.words, query.language)
    return known.bits_of(holding(groups)) if groups else 0


def holding(groups: Sequence[Sequence[str]]) -> Iterable[int]:
    """Keys of practices, in whichever language and state, that hold a form of each of these words.

    Whoever asks keeps those of the catalogue, which holds published ones only.
    """
    found = PracticePage.objects.search(search_of(groups), order_by_relevance=False)
    if connection.vendor == "sqlite":
        return _holding_in_sqlite(found.query_compiler)
    return found.get_queryset().order_by().values_list("page_ptr_id", flat=True).iterator(chunk_size=5000)


def _holding_in_sqlite(compiler: Any) -> Iterable[int]:
    """The same with the words looked up first: joined to the entries, SQLite looks for them anew at every entry."""
    sqlite = import_module("modelsearch.backends.database.sqlite.query")  # only there where SQLite is
    match = sqlite.MatchExpression(compiler.FTS_TABLE_FIELDS, compiler.build_search_query(compiler.query))
    rows = sqlite.SQLiteFTSIndexEntry.objects.filter(match).values("pk")
    kind = ContentType.objects.get_for_model(PracticePage)
    entries = IndexEntry.objects.filter(pk__in=rows, content_type=kind)
    return (int(key) for key in entries.values_list("object_id", flat=True))


def search_of(groups: Sequence[Sequence[str]]) -> SearchQuery:
    """One form of every word, as the search of both databases takes it."""
    words = [_any([PlainText(form) for form in group]) for group in groups]
    return words[0] if len(words) == 1 else And(words)


def _any(forms: list[SearchQuery]) -> SearchQuery:
    return forms[0] if len(forms) == 1 else Or(forms)


def sorted_keys(known: Catalogue, bits: int, query: PracticeQuery) -> list[int]:
    """The keys of these bits in the order asked for; what ties stays in the order "best proven"."""
    if query.sort == NEWEST:
        return known.newest_first(bits)
    if query.sort == WORDS and query.words:
        near = in_titles(known, query.language, terms_of(query.words, query.language))
        return [key for level in most_first(bits, near) for key in known.proven_first(level)]
    keys = known.proven_first(bits)
    if query.sort == ADOPTED and adoption_counters:
        counts = adoption_counters[0](keys)
        return sorted(keys, key=lambda key: -counts.get(key, 0))
    return keys


def hits(keys: Sequence[int]) -> tuple[Hit, ...]:
    """The rows with these keys, in their order."""
    rows = {row[0]: row for row in PracticePage.objects.filter(pk__in=keys).values_list(*SHOWN)}
    criteria, clients = children(keys)
    results = _results(keys)
    return tuple(
        replace(
            Hit(*rows[key]),
            criteria=tuple(criteria.get(key, ())),
            clients=tuple(clients.get(key, ())),
            result=results.get(key),
        )
        for key in keys
        if key in rows
    )


def children(keys: Sequence[int]) -> tuple[dict[int, list[tuple[str, str]]], dict[int, list[str]]]:
    """Criteria and client groups of these practices."""
    criteria: dict[int, list[tuple[str, str]]] = defaultdict(list)
    clients: dict[int, list[str]] = defaultdict(list)
    filed = PracticeCriterion.objects.filter(practice__in=keys).order_by("framework", "node")
    for key, framework, node in filed.values_list("practice", "framework", "node"):
        criteria[key].append((framework, node))
    served = PracticeClients.objects.filter(practice__in=keys).order_by("group")
    for key, group in served.values_list("practice", "group"):
        clients[key].append(group)
    return criteria, clients


def _results(keys: Sequence[int]) -> dict[int, Result]:
    best: dict[int, Result] = {}
    for row in PracticeResult.objects.filter(practice__in=keys).order_by("practice", "sort_order", "pk"):
        result, earlier = _result(row), best.get(row.practice_id)
        if earlier is None or (result.is_proven and not earlier.is_proven):
            best[row.practice_id] = result
    return best


def _result(result: PracticeResult) -> Result:
    change = change_of(result.before, result.after, result.low, result.high)
    digits = digits_of((result.before, result.after, result.low, result.high))
    return Result(result.title, result.unit, result.better, change, digits, result.count, result.verdict == IMPROVED)
