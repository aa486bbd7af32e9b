"""The library's own page: what is asked of it and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from qms.goodpractices.components.finding import LibraryPage, library_page
from qms.goodpractices.components.hits import HitRow
from qms.goodpractices.components.jsonld import JsonLd, practice_json_ld
from qms.goodpractices.components.labels import labels_of
from qms.goodpractices.components.similar import similar_rows
from qms.goodpractices.models import PracticeIndexPage, PracticePage
from qms.goodpractices.queries.catalogue import lexicon
from qms.goodpractices.queries.finding import adoption_counters, asked, drops, found
from qms.goodpractices.queries.similar import similar_to
from qms.ui.components import Crumbs, Link

register = template.Library()


@register.simple_tag(takes_context=True)
def practice_library(context: dict[str, Any]) -> LibraryPage:
    """What this address asks of the library, answered."""
    request = context["request"]
    page: PracticeIndexPage = context["page"]
    known = lexicon()
    query = asked(request.GET, language=page.locale.language_code, lexicon=known)
    answer = found(query)
    return library_page(
        query,
        answer,
        () if answer.total else drops(query),
        labels_of(known),
        home=page.get_url(request) or request.path,
        sorts_by_adoption=bool(adoption_counters),
    )


@register.simple_tag
def of_row(by_key: Mapping[int, Any], row: HitRow) -> Any:
    """What a mapping holds for this row's practice; nothing where it holds nothing."""
    return by_key.get(row.pk)


@register.simple_tag(takes_context=True)
def show_hit(context: Context, row: HitRow, adopted: str = "") -> SafeString:
    """A row with what became of its practice elsewhere, in words."""
    return row.adopted_as(adopted).render_html(context)


@register.simple_tag(takes_context=True)
def library_crumbs(context: dict[str, Any], page: PracticeIndexPage) -> Crumbs:
    """The way from the first page to the library."""
    home = page.get_parent()
    links = [Link(gettext("Home"), home.get_url(context["request"]) or "/")] if home else []
    return Crumbs((*links, Link(page.title, "")))


@register.simple_tag(takes_context=True)
def practice_json_ld_of(context: dict[str, Any], page: PracticePage) -> JsonLd:
    """The practice as machines read it."""
    return practice_json_ld(page, url=page.get_full_url(context["request"]) or "")


@register.inclusion_tag("goodpractices/_similar.html", takes_context=True)
def similar_practices(context: dict[str, Any], page: PracticePage) -> dict[str, Any]:
    """The three practices that are most like this one, each with why."""
    library = page.get_parent()
    return {
        "rows": similar_rows(similar_to(page), labels_of(lexicon()), home=library.get_url(context["request"]) or "")
    }
