"""The library's page: search, facets with counts, rows, what to keep and to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from qms.goodpractices.components.hits import HitRow, hit_row
from qms.goodpractices.components.labels import Labels
from qms.goodpractices.domain import facets
from qms.goodpractices.domain.asking import ADOPTED, NEWEST, PROVEN, WORDS, PracticeQuery
from qms.goodpractices.queries.finding import ON_A_PAGE, Drop, Found
from qms.ui.components import Button, Chip, Empty, FacetGroup, FacetOption, Facets, Link, Pagination, Part, Picked

OPEN = frozenset({facets.CRITERION, facets.CLIENTS, facets.KIND, facets.EFFECT})


@dataclass(frozen=True)
class PracticeSearch(Part):
    """The field for words; the choices made so far travel with them."""

    value: str
    kept: tuple[tuple[str, str], ...] = ()
    template_name: ClassVar[str] = "components/goodpractices/search.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("pracodawca oferta", (("effect", "proven"),)),)


@dataclass(frozen=True)
class SortBox(Part):
    """In which order the rows stand; words and choices travel with it."""

    options: tuple[tuple[str, str, bool], ...]
    kept: tuple[tuple[str, str], ...] = ()
    template_name: ClassVar[str] = "components/goodpractices/sort.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls((("proven", "najlepiej potwierdzone", True), ("newest", "najnowsze", False))),)


@dataclass(frozen=True)
class PracticeFacets(Facets):
    """Filters that stay folded on a phone, so that the list stands first."""

    template_name: ClassVar[str] = "components/goodpractices/facets.html"


@dataclass(frozen=True)
class LibraryPage:
    """Everything that the library's page shows."""

    search: PracticeSearch
    facets: Facets
    heading: str
    sort: SortBox
    picked: Picked | None
    ignored: str
    rows: tuple[HitRow, ...]
    pages: Pagination
    empty: Empty | None
    drops: tuple[Link, ...]
    address: str
    name: str


def library_page(
    query: PracticeQuery, found: Found, drops: tuple[Drop, ...], labels: Labels, *, home: str, sorts_by_adoption: bool
) -> LibraryPage:
    """The page of what was found; `home` is the library's own address."""
    pairs = query.pairs
    address = f"?{query.address}" if query.address else ""
    whole = QueryDict(query.address)
    return LibraryPage(
        search=PracticeSearch(query.words, tuple(pair for pair in pairs if pair[0] != "q")),
        facets=facets_of(query, found, labels),
        heading=heading(query, found),
        sort=sort_box(query, sorts_by_adoption=sorts_by_adoption),
        picked=picked(query, labels, home=home),
        ignored=ignored(query),
        rows=tuple(hit_row(hit, labels, home=home) for hit in found.rows),
        pages=Pagination(Paginator(range(found.total), ON_A_PAGE).get_page(found.page), whole),
        empty=None if found.total else empty(query, found, drops, home=home),
        drops=() if found.total else tuple(_drop(query, drop, labels, home=home) for drop in drops),
        address=address,
        name=name_of(query, labels),
    )


def heading(query: PracticeQuery, found: Found) -> str:
    """How many there are, and of how many."""
    counts = {"count": found.total, "all": found.of_all}
    if query.is_narrowed:
        return ngettext("%(count)s practice of %(all)s", "%(count)s practices of %(all)s", found.total) % counts
    return ngettext("%(count)s practice", "%(count)s practices", found.total) % counts


def name_of(query: PracticeQuery, labels: Labels) -> str:
    """A question in a few words: its own and those of its choices."""
    parts = [query.words] if query.words else []
    parts += [labels.value(facet, value) for facet, value in query.pairs if facet in facets.FACETS]
    return ", ".join(parts)[:120] or gettext("All practices")


def facets_of(query: PracticeQuery, found: Found, labels: Labels) -> Facets:
    """The boxes to tick, with how many practices each would leave; a choice that leaves none is not offered."""
    groups = []
    for facet in facets.FACETS:
        counts, chosen = found.facets.get(facet, {}), query.choices.get(facet, frozenset())
        for legend, values in labels.groups(facet):
            options = tuple(
                FacetOption(value, labels.value(facet, value), counts.get(value, 0), value in chosen)
                for value in values
                if counts.get(value) or value in chosen
            )
            if options:
                is_open = facet in OPEN or any(option.chosen for option in options)
                groups.append(FacetGroup(legend, facet, options, is_open))
    kept = tuple(pair for pair in query.pairs if pair[0] in ("q", "sort"))
    return PracticeFacets(tuple(groups), kept=kept)


def sort_box(query: PracticeQuery, *, sorts_by_adoption: bool) -> SortBox:
    """The orders there are; nearness only where there are words, adoption only where somebody counts it."""
    names = {PROVEN: gettext("best proven"), NEWEST: gettext("newest")}
    if query.words:
        names[WORDS] = gettext("nearest to the words")
    if sorts_by_adoption:
        names[ADOPTED] = gettext("most adopted")
    options = tuple((code, name, code == query.sort) for code, name in names.items())
    return SortBox(options, tuple(pair for pair in query.pairs if pair[0] != "sort"))


def picked(query: PracticeQuery, labels: Labels, *, home: str) -> Picked | None:
    """What narrows the list, each to be taken away."""
    chips = [
        Chip(labels.value(facet, value), url=_to(home, query.without(facet, value)), removes=True)
        for facet, value in query.pairs
        if facet in facets.FACETS
    ]
    if query.words:
        chips.insert(0, Chip(quoted(query.words), url=_to(home, query.without()), removes=True))
    if not chips:
        return None
    return Picked((*chips, Chip(gettext("Clear all"), url=home or "?")) if len(chips) > 1 else tuple(chips))


def ignored(query: PracticeQuery) -> str:
    """A sentence on what the address asked for and the library does not know."""
    if not query.ignored:
        return ""
    values = ", ".join(quoted(value) for value in query.ignored)
    return gettext("The address asks for something that the library does not know; we left it out: %(values)s.") % {
        "values": values
    }


def quoted(words: str) -> str:
    """Words in the quotation marks of the reader's language."""
    return gettext("“%(words)s”") % {"words": words}


def empty(query: PracticeQuery, found: Found, drops: tuple[Drop, ...], *, home: str) -> Empty:
    """Why there is nothing, and what one can do about it."""
    if not found.of_all:
        text = gettext("Offices are writing their first practices. They appear here as soon as they are published.")
        return Empty(gettext("The library is still empty"), text, None, 3)
    text = gettext("No practice fits all of this together.")
    if drops:
        text += " " + gettext("Leave out one of these:")
    else:
        text += " " + gettext("Try fewer or other words; any form of a word will do, with or without its accents.")
    button = Button(gettext("Show all practices"), url=home or "?", kind="secondary", small=True)
    return Empty(gettext("Nothing found"), text, None if drops else button, 3)


def _drop(query: PracticeQuery, drop: Drop, labels: Labels, *, home: str) -> Link:
    what = labels.value(drop.facet, drop.value) if drop.facet else quoted(drop.value)
    label = ngettext("%(what)s: %(count)s practice is left", "%(what)s: %(count)s practices are left", drop.left)
    return Link(label % {"what": what, "count": drop.left}, _to(home, query.without(drop.facet, drop.value)))


def _to(home: str, query: PracticeQuery) -> str:
    return f"{home}?{query.address}" if query.address else home or "?"
