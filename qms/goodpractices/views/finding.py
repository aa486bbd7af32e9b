"""The library for machines and on a map: RSS, open data, practices by region. Everybody may read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qms.core.spreadsheets import write_csv
from qms.goodpractices.components.finding import name_of
from qms.goodpractices.components.labels import labels_of
from qms.goodpractices.components.map import map_of, table_of
from qms.goodpractices.domain.asking import NEWEST, PracticeQuery
from qms.goodpractices.models import PracticeIndexPage
from qms.goodpractices.queries.catalogue import Lexicon, lexicon
from qms.goodpractices.queries.finding import Hit, asked, found
from qms.goodpractices.queries.opendata import by_region, library_in, records
from qms.goodpractices.sheets import FIELDS, as_json, headings, row_of
from qms.ui.components import Crumbs, DataTable, Link, PageHead


@require_safe
def data_csv(request: HttpRequest) -> HttpResponse:
    """The practices that fit as a table for spreadsheets."""
    query, _known, home = question(request)
    content = write_csv(headings(), (row_of(record, home) for record in records(query)))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="good-practices.csv"'
    return response


@require_safe
def data_json(request: HttpRequest) -> HttpResponse:
    """The practices that fit as JSON, with all their criteria and results."""
    query, _known, home = question(request)
    about = request.build_absolute_uri(reverse("goodpractices:open-data"))
    practices = [as_json(record, home) for record in records(query)]
    answer = {"about": about, "language": query.language, "count": len(practices), "practices": practices}
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"  # open data: any page may read them
    return response


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What the open data hold, field by field, and under which licence."""
    library = library_here()
    head = PageHead(_("Open data of the library"), lead=_("Everything that is published here, for machines too."))
    table = DataTable(
        _("Fields of CSV and JSON"),
        (_("Field"), _("What it holds"), _("In")),
        tuple((field.name, str(field.meaning), field.formats) for field in FIELDS),
        stack=True,
    )
    context = {"head": head, "crumbs": crumbs(library, request, _("Open data")), "table": table}
    return render(request, "goodpractices/open_data.html", context)


@require_safe
def practice_map(request: HttpRequest) -> HttpResponse:
    """How many practices each region shares, of those that fit."""
    library = library_here()
    query, known, home = question(request)
    regions = by_region(query)
    path = library.get_url(request) or home
    links = {region.code: f"{path}?{_in_region(query, region.code).address}" for region in regions}
    head = PageHead(_("Where practices come from"), over=name_of(query, labels_of(known)))
    context = {
        "head": head,
        "crumbs": crumbs(library, request, _("Map")),
        "figure": map_of(regions, links=links),
        "table": table_of([region for region in regions if region.practices], links=links),
    }
    return render(request, "goodpractices/map.html", context)


class PracticeFeed(Feed):
    """The newest practices that fit a question, as RSS."""

    def get_object(self, request: HttpRequest, *_args: Any, **_values: Any) -> tuple[PracticeQuery, Lexicon, str]:
        return question(request, sort=NEWEST)

    def title(self, about: tuple[PracticeQuery, Lexicon, str]) -> str:
        query, known, _home = about
        return _("Good practices: %(name)s") % {"name": name_of(query, labels_of(known))}

    def description(self, _about: object) -> str:
        return _("What offices did, what it cost, whether it helped, and what failed.")

    def link(self, about: tuple[PracticeQuery, Lexicon, str]) -> str:
        query, _known, home = about
        return f"{home}?{query.address}"

    def items(self, about: tuple[PracticeQuery, Lexicon, str]) -> Iterable[tuple[Hit, str]]:
        query, _known, home = about
        return [(hit, home) for hit in found(query).rows]

    def item_title(self, item: tuple[Hit, str]) -> str:
        return item[0].title

    def item_description(self, item: tuple[Hit, str]) -> str:
        return item[0].summary

    def item_link(self, item: tuple[Hit, str]) -> str:
        hit, home = item
        return f"{home}{hit.slug}/"

    def item_pubdate(self, item: tuple[Hit, str]) -> dt.datetime | None:
        return item[0].published_at

    def item_author_name(self, item: tuple[Hit, str]) -> str:
        return item[0].office


def library_here() -> PracticeIndexPage:
    """The library of the address's language; 404 where the site has none."""
    library = library_in((get_language() or "pl")[:2])
    if library is None:
        raise Http404
    return library


def question(request: HttpRequest, *, sort: str = "") -> tuple[PracticeQuery, Lexicon, str]:
    """What the address asks, what may be asked, and the library's full address."""
    library, known = library_here(), lexicon()
    parameters = request.GET.copy()
    if sort:
        parameters["sort"] = sort
    query = asked(parameters, language=library.locale.language_code, lexicon=known)
    return query, known, request.build_absolute_uri(library.get_url(request) or "/")


def crumbs(library: PracticeIndexPage, request: HttpRequest, here: str) -> Crumbs:
    """The way from the library to this page."""
    return Crumbs((Link(library.title, library.get_url(request) or "/"), Link(here, "")))


def _in_region(query: PracticeQuery, code: str) -> PracticeQuery:
    return PracticeQuery(query.language, query.words, {**query.choices, "region": frozenset({code})}, query.sort)
