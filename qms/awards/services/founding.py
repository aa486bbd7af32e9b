"""Founding the public pages: the front of the awards, a page for each award and for each of its announced rounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from qms.awards.domain import keys
from qms.awards.models import AwardIndexPage, AwardProgrammePage, AwardRoundPage, Programme, Round

SLUGS = {"pl": "nagrody-jakosci", "en": "quality-awards", "ru": "premii-kachestva"}
LONGEST_TITLE = 255
AnyPage = TypeVar("AnyPage", bound=Page)


@transaction.atomic
def found_awards() -> list[AwardIndexPage]:
    """The front of the awards under every home page; what is there already stays."""
    return [index for language, _name in settings.LANGUAGES if (index := _index(language))]


@transaction.atomic
def show_round(round: Round) -> list[AwardRoundPage]:  # noqa: A002  the word of the awards
    """The pages of the round and of its award, in each language of the site, under their present titles."""
    shown = []
    for index in found_awards():
        programme_page = _programme_page(round.programme, index)
        page = _round_page(round, programme_page)
        for one, about in ((programme_page, round.programme), (page, round)):
            _show(one, about.title_in(index.locale.language_code))
        shown.append(page)
    return shown


@transaction.atomic
def hide_round(round: Round) -> None:  # noqa: A002  the word of the awards
    """Take the pages of the round off the site, and those of an award that has no other announced round."""
    _hide(AwardRoundPage.objects.filter(round=round, live=True))
    others = Round.objects.public().filter(programme=round.programme_id).exclude(pk=round.pk)
    if not others.exists():
        _hide(AwardProgrammePage.objects.filter(programme=round.programme_id, live=True))


def _index(language: str) -> AwardIndexPage | None:
    # The home pages belong to the portal, which stands above us: they are known by their kind only.
    homes = Page.objects.filter(content_type__app_label="portal", content_type__model="homepage")
    home = homes.filter(locale__language_code=language).order_by("path").first()
    if home is None:
        return None
    already: AwardIndexPage | None = AwardIndexPage.objects.child_of(home).first()
    if already is not None:
        return already
    with override(language):
        index = AwardIndexPage(
            title=gettext("Quality awards"),
            intro=gettext("Which awards an office can win, who may apply, what is asked, and until when."),
            slug=SLUGS[language],
            locale=Locale.objects.get(language_code=language),
            translation_key=keys.index_key(),
            show_in_menus=True,
        )
    return _add_under(home, index)


def _programme_page(programme: Programme, index: AwardIndexPage) -> AwardProgrammePage:
    page = AwardProgrammePage(
        programme=programme,
        title=_title(programme, index),
        slug=programme.slug,
        locale=index.locale,
        translation_key=keys.page_key(keys.PROGRAMME, programme.pk),
        live=False,
    )
    return _add_under(index, page)


def _round_page(round: Round, home: AwardProgrammePage) -> AwardRoundPage:  # noqa: A002  the word of the awards
    page = AwardRoundPage(
        round=round,
        title=_title(round, home),
        slug=round.slug,
        locale=home.locale,
        translation_key=keys.page_key(keys.ROUND, round.pk),
        live=False,
    )
    return _add_under(home, page)


def _title(about: Programme | Round, parent: Page) -> str:
    return about.title_in(parent.locale.language_code)[:LONGEST_TITLE]


def _add_under(parent: Page, page: AnyPage) -> AnyPage:
    """The page under this parent, or the one that is there already; the parent is held until this ends."""
    held = Page.objects.select_for_update().get(pk=parent.pk)
    already: AnyPage | None = (
        type(page).objects.filter(translation_key=page.translation_key, locale=page.locale).first()
    )
    if already is not None:
        return already
    held.add_child(instance=page)
    return page


def _show(page: Page, title: str) -> None:
    """Let the page stand on the site under this title; what editors wrote stays."""
    page.title = page.draft_title = title[:LONGEST_TITLE]
    page.live, page.expired = True, False
    # Only these: how many children it has was changed beside us.
    page.save(update_fields=["title", "draft_title", "live", "expired"], clean=False)


def _hide(pages: Iterable[Page]) -> None:
    for page in pages:
        page.unpublish()
