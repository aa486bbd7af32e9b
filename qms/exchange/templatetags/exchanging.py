"""The pages of experience sharing: everything that they show is looked up when they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from qms.exchange import permissions
from qms.exchange.components.fronts import EditionFront, Front, Way, edition_front, front_of, ways_of
from qms.exchange.components.heads import closed_note, edition_head, meeting_head, office_head, theme_head
from qms.exchange.components.pieces import Setting, Shelf, blocks_of, shelves_of
from qms.exchange.components.reader import NOBODY, Reader
from qms.exchange.domain.mentions import mentions_of
from qms.exchange.models import EditionPage, ExchangeIndexPage, MeetingPage, OfficePage, ThemePage
from qms.exchange.queries import for_you
from qms.exchange.queries.showing import open_now, shown
from qms.goodpractices.domain.facets import CRITERION, top_of
from qms.offices import permissions as offices
from qms.offices.models import Office, roles_of
from qms.ui.components import Crumbs, Link, Note, PageHead

register = template.Library()
TREE_DEPTH = 3  # the front of experience sharing stands under a home page, which stands under the root


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its head, what must be said first, its pieces."""

    head: PageHead
    shelves: tuple[Shelf, ...]
    note: Note | None = None
    ways: tuple[Way, ...] = ()


def reader_of(user: Any, page: Page, office: Office | None = None) -> Reader:
    """What this person may do on the page; the office is the one whose page it is."""
    if not user.is_authenticated:
        return NOBODY
    speaks_for_some = bool(roles_of(user).offices("quality_lead", "director"))
    return Reader(
        takes_part=permissions.takes_part(user),
        is_own=office is not None and offices.works_in(user, office),
        may_adopt=office is not None and offices.leads(user, office),
        may_set_aside=office is not None and permissions.may_set_aside(user, office),
        may_visit=permissions.heads(user, office) if office is not None else speaks_for_some,
        may_offer=speaks_for_some,
        may_ask=speaks_for_some,
        may_edit=permissions.may_edit_words(user, page),
        page=page.pk,
        offices=frozenset(roles_of(user).offices()),
    )


def _reader(context: dict[str, Any], page: Page, office: Office | None = None) -> Reader:
    request = context["request"]
    user = getattr(request, "user", None)
    if user is None or getattr(request, "is_preview", False):
        return NOBODY
    return reader_of(user, page, office)


@register.simple_tag(takes_context=True)
def office_page(context: dict[str, Any], page: OfficePage) -> Sheet:
    """The page of an office as this reader may see it now."""
    office = Office.objects.select_related("region").get(pk=page.office_id)
    page.office = office
    blocks, on, reader = blocks_of(page.body), timezone.localdate(), _reader(context, page, office)
    setting = Setting(shown(mentions_of(blocks), on=on, office=office), reader, on)
    built = for_you.built_at(page.edition_id, office=office.pk)
    head = office_head(page, office, blocks, reader, built=built)
    ways = tuple(ways_of(reader))[1:] if reader.is_own else ()
    return Sheet(head, shelves_of(page.body, setting), closed_note(page.edition), ways)


@register.simple_tag(takes_context=True)
def theme_page(context: dict[str, Any], page: ThemePage) -> Sheet:
    """The page of a theme."""
    blocks, on, reader = blocks_of(page.body), timezone.localdate(), _reader(context, page)
    edition = page.theme.edition
    library = _library(context, edition.framework.code, page.theme.nodes)
    setting = Setting(shown(mentions_of(blocks), on=on), reader, on, library)
    head = theme_head(
        page,
        reader,
        language=get_language() or "pl",
        built=for_you.built_at(edition.pk, theme=page.theme_id),
    )
    return Sheet(head, shelves_of(page.body, setting), closed_note(edition))


@register.simple_tag(takes_context=True)
def meeting_page(context: dict[str, Any], page: MeetingPage) -> Sheet:
    """The page of an evaluation meeting."""
    blocks, on, reader = blocks_of(page.body), timezone.localdate(), _reader(context, page)
    setting = Setting(shown(mentions_of(blocks), on=on), reader, on)
    head = meeting_head(page, reader, voices=len(setting.shown.experiences))
    return Sheet(head, shelves_of(page.body, setting))


@register.simple_tag(takes_context=True)
def exchange_edition(context: dict[str, Any], page: EditionPage) -> EditionFront:
    """The page of an edition: its themes with what each holds now, and the way to one's own page."""
    reader, on = _reader(context, page), timezone.localdate()
    themes = for_you.theme_pages(page)
    blocks = blocks_of(page.body)
    setting = Setting(shown(mentions_of(blocks), on=on), reader, on)
    found = open_now(on=on) if themes else None
    counted = [(theme, found.counts_of(mentions_of(blocks_of(theme.body)))) for theme in themes] if found else []
    return edition_front(
        edition_head(page, reader, language=get_language() or "pl"),
        counted,
        for_you.meeting_pages(page),
        shelves_of(page.body, setting),
        reader,
        language=get_language() or "pl",
        note=closed_note(page.edition),
    )


@register.simple_tag(takes_context=True)
def exchange_front(context: dict[str, Any], page: ExchangeIndexPage) -> Front:
    """The front of experience sharing: the newest edition with its themes, and the ways in."""
    reader = _reader(context, page)
    edition = for_you.newest_edition()
    themes: Sequence[Any] = list(edition.themes.order_by("position", "pk")) if edition else []
    for theme in themes:
        theme.edition = edition
    address = for_you.edition_page(edition) if edition and reader.takes_part else None
    return front_of(
        edition,
        themes,
        for_you.meeting_pages(page, below=True),
        reader,
        edition_url=address.get_url() or "" if address else "",
        language=get_language() or "pl",
    )


@register.simple_tag(takes_context=True)
def exchange_crumbs(context: dict[str, Any], page: Page) -> Crumbs:
    """The way from the front of experience sharing to this page."""
    above = page.get_ancestors().filter(depth__gte=TREE_DEPTH).select_related("locale") if page.path else []
    links = [Link(each.title, each.get_url(context["request"]) or "") for each in above]
    start = [Link(gettext("My tasks"), reverse("portal:tasks"))] if _is_known(context) else []
    return Crumbs((*start, *links, Link(page.title, "")))


def _is_known(context: dict[str, Any]) -> bool:
    user = getattr(context["request"], "user", None)
    return bool(user is not None and user.is_authenticated)


def _library(context: dict[str, Any], framework: str, nodes: Sequence[str]) -> str:
    """The library, narrowed to the criteria of the theme."""
    found = for_you.library_page()
    if found is None:
        return ""
    tops = dict.fromkeys(top_of(node) for node in nodes)
    query = urlencode([(CRITERION, f"{framework}:{top}") for top in tops])
    return f"{found.get_url(context['request']) or ''}?{query}"
