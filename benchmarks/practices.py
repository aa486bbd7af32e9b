"""Searching 10,000 practices: the library's page with all its facets, against a bare full-text query of the same rows.

The page: everything the server does for one request of a visitor, from the first middleware to the last byte: words in
their forms, counts of eight facets, order, twenty rows with criteria, clients and result, the page around them.
The bare query: the database's own full-text search (FTS5 of SQLite) for the same forms of the same words and the same
choices, in SQL without Django's models: how many published practices there are, and the twenty most relevant ones with
what a row shows of its own table, its office and its region. No facets, no criteria, no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from benchmarks import crowd
from benchmarks.measure import Figure, compared
from qms.goodpractices.domain.words import forms_of, terms_of
from qms.goodpractices.models import (
    PracticeClients,
    PracticeCriterion,
    PracticeIndexPage,
    PracticePage,
    PracticeResult,
)
from qms.goodpractices.queries.finding import holding, search_of
from qms.offices.models import Office

FEW, MANY = 400, 10_000
ROUNDS = 9
LIMIT = 3
WORDS = "employer talk"
CHOSEN = """AND p.effect = 'proven' AND EXISTS (
    SELECT 1 FROM goodpractices_practiceclients c WHERE c.practice_id = p.page_ptr_id AND c."group" = 'employers')"""
QUESTIONS = {  # what the page is asked, and the same choices in SQL
    "search with facets": ("?q=employers+talks", ""),
    "search with facets and choices": ("?q=employer+talk&clients=employers&effect=proven", CHOSEN),
    "search, nearest first": ("?q=employers+talks&sort=words", ""),
}
# CROSS JOIN: SQLite keeps this order and looks the words up once.
FOUND = """FROM wagtailsearch_indexentry_fts f
    CROSS JOIN wagtailsearch_indexentry e ON e.id = f.rowid
    CROSS JOIN goodpractices_practicepage p ON p.page_ptr_id = CAST(e.object_id AS integer)
    CROSS JOIN wagtailcore_page g ON g.id = p.page_ptr_id
    {offices}
    WHERE wagtailsearch_indexentry_fts MATCH %s AND e.content_type_id = %s
    AND g.live AND p.archived_at IS NULL AND p.withheld_at IS NULL AND g.locale_id = %s"""
OFFICES = "CROSS JOIN offices_office o ON o.id = p.office_id CROSS JOIN offices_region r ON r.id = o.region_id"
COUNTED = "SELECT count(*) "
SHOWN = """SELECT g.title, g.slug, p.summary, p.effect, p.stage, p.started_on, p.ended_on, g.first_published_at,
    o.short_name, r.code """
NEAREST = " ORDER BY f.rank LIMIT 20"  # quicker than to ask for bm25() itself
NEWEST = " ORDER BY g.first_published_at DESC, g.id DESC LIMIT 20"
NOUNS = (  # noqa: SIM905 -- a list of words reads better as words
    "talk letter queue vacancy employer adviser training survey meeting desk form telephone visit map week guide list "
    "answer waiting office client young town statistics process result partner law health school transport room"
).split()
VERBS = ("shortens", "opens", "moves", "shares", "measures", "plans", "explains", "checks", "joins", "asks")


def practices() -> Iterator[Figure]:
    """The page's server time against the bare query, and its queries with many practices against few."""
    library = _library()
    offices = crowd.offices(40)
    client, address = Client(), library.get_url()
    _fill(library, offices, FEW)
    counts = {name: _queries(_opened(client, f"{address}{asked}")) for name, (asked, _chosen) in QUESTIONS.items()}
    _fill(library, offices, MANY - FEW)
    for name, (asked, chosen) in QUESTIONS.items():
        opened = _opened(client, f"{address}{asked}")
        count, few = _queries(opened), counts[name]
        title = f"{name}, queries with {MANY} practices against {FEW}"
        yield Figure(title, count, "queries", baseline=few, limit=few, holds=count == few)
        title = f"{name} of {MANY} practices against"
        bare = _bare(library, chosen)
        yield compared(f"{title} a bare full-text query", opened, bare, limit=LIMIT, rounds=ROUNDS)
        # To know them: the same by day instead of by relevance, and the keys alone.
        by_day = compared(
            f"{title} the same by day", opened, _bare(library, chosen, NEWEST), limit=LIMIT, rounds=ROUNDS
        )
        lookup = compared(f"{title} the lookup in the index alone", opened, _lookup, limit=LIMIT, rounds=ROUNDS)
        yield from (replace(figure, limit=None, holds=None) for figure in (by_day, lookup))


def _bare(library: PracticeIndexPage, chosen: str, order: str = NEAREST) -> Callable[[], None]:
    """The database's own search: how many there are, and the first twenty rows."""
    found = PracticePage.objects.search(search_of(terms_of(WORDS, "en")), order_by_relevance=False).query_compiler
    sqlite = import_module("modelsearch.backends.database.sqlite.query")
    match = sqlite.MatchExpression(found.FTS_TABLE_FIELDS, found.build_search_query(found.query))
    _sql, (words,) = sqlite.SQLiteFTSIndexEntry.objects.filter(match).values("pk").query.sql_with_params()
    values = (words, ContentType.objects.get_for_model(PracticePage).pk, library.locale_id)

    def search() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{COUNTED} {FOUND.format(offices='')} {chosen}", values)
            assert cursor.fetchone()[0] > FEW // 10
            cursor.execute(f"{SHOWN} {FOUND.format(offices=OFFICES)} {chosen} {order}", values)
            assert len(cursor.fetchall()) == 20

    return search


def _lookup() -> None:
    assert list(holding(terms_of(WORDS, "en")))


def _opened(client: Client, address: str) -> Callable[[], None]:
    def open_it() -> None:
        assert client.get(address).status_code == 200

    return open_it


def _queries(work: Callable[[], object]) -> int:
    """How many queries it takes; not those by which the process now and then looks whether its copy is still true."""
    work()  # what is remembered is read
    return min(_asked(work) for _turn in range(2))


def _asked(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


# --- Practices in bulk -----------------------------------------------------------------------------------------------


def _library() -> PracticeIndexPage:
    """A library of its own beside the demonstration's: the English one, emptied of nothing."""
    found = PracticeIndexPage.objects.filter(locale__language_code="en").first()
    if found is not None:
        return found
    home = Page.objects.filter(content_type__model="homepage", locale__language_code="en").get()
    library = PracticeIndexPage(title="Practices", slug="practices", locale=Locale.objects.get(language_code="en"))
    return home.add_child(instance=library)


def _fill(library: PracticeIndexPage, offices: list[Office], size: int) -> None:
    """So many published practices as a tree of pages holds them, with their child rows and their place in the index."""
    luck, now = Random(size), timezone.now()  # noqa: S311
    start = library.numchild
    made = [_practice(library, offices, luck, place, now) for place in range(start, start + size)]
    names = [field.name for field in Page._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    parents = [Page(**{name: getattr(page, name) for name in names}) for page in made]
    Page.objects.bulk_create(parents)
    with transaction.atomic():
        for page, parent in zip(made, parents, strict=True):
            page.page_ptr_id = page.id = parent.pk
            page.save_base(raw=True, force_insert=True)  # its own row alone: bulk_create knows no inheritance
    PracticeIndexPage.objects.filter(pk=library.pk).update(numchild=start + size)
    library.numchild = start + size
    PracticeCriterion.objects.bulk_create(
        PracticeCriterion(practice=page, framework="caf-2020", node=f"{top}.1")
        for page in made
        for top in luck.sample(range(1, 10), 2)
    )
    groups = PracticeClients.Group.values
    PracticeClients.objects.bulk_create(
        PracticeClients(practice=page, group=group) for page in made for group in luck.sample(groups, 2)
    )
    PracticeResult.objects.bulk_create(
        PracticeResult(practice=page, title="Days", before=20, after=14, low=-9, high=-3) for page in made
    )
    get_search_backend().add_bulk(PracticePage, made)


def _practice(library: PracticeIndexPage, offices: list[Office], luck: Random, place: int, now: object) -> PracticePage:
    sentences = [
        f"The {luck.choice(NOUNS)} {luck.choice(VERBS)} every {luck.choice(NOUNS)} of the {luck.choice(NOUNS)}."
        for _number in range(12)
    ]
    title = f"A {luck.choice(NOUNS)} for every {luck.choice(NOUNS)} {place}"
    page = PracticePage(
        title=title,
        draft_title=title,
        slug=f"bench-{place}",
        path=PracticePage._get_path(library.path, library.depth + 1, 1000 + place),  # noqa: SLF001
        depth=library.depth + 1,
        url_path=f"{library.url_path}bench-{place}/",
        locale=library.locale,
        office=offices[place % len(offices)],
        summary=" ".join(sentences[:2]),
        problem=" ".join(sentences),
        forms=forms_of(" ".join([title, *sentences]), "en"),
        effect=luck.choice(PracticePage.Effect.values),
        stage=luck.choice(PracticePage.Stage.values),
        cost=luck.choice([None, 0, 900, 5000, 20_000]),
        hours=luck.choice([None, 20, 100, 400]),
        first_published_at=now - timedelta(minutes=place),  # type: ignore[operator]
        last_published_at=now,
    )
    page.content_type_id = page.cached_content_type.pk
    return page
