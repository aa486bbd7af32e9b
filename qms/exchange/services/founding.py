"""Founding the tree of pages: the front of experience sharing, editions, and a page for each theme and office."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from qms.exchange.domain import keys
from qms.exchange.models import Edition, EditionPage, ExchangeIndexPage, OfficePage, Part, ThemePage
from qms.exchange.queries.standing import title_of

SLUGS = {"pl": "wymiana-doswiadczen", "en": "experience-sharing", "ru": "obmen-opytom"}
AnyPage = TypeVar("AnyPage", bound=Page)


def add_under(parent: Page, page: AnyPage) -> AnyPage:
    """The page as a child of this parent; the one with the same key that is there already, where there is one.

    Two workers who add under one parent follow one another: the parent is held until this short transaction ends.
    """
    with transaction.atomic():
        held = Page.objects.select_for_update().get(pk=parent.pk)
        already: AnyPage | None = (
            type(page).objects.filter(translation_key=page.translation_key, locale=page.locale).first()
        )
        if already is not None:
            return already
        held.add_child(instance=page)
    return page


def found_exchange() -> list[ExchangeIndexPage]:
    """The front of experience sharing under every home page; what is there already stays."""
    return [index for language, _name in settings.LANGUAGES if (index := _index(language))]


def found_pages(edition: Edition) -> list[EditionPage]:
    """The pages of the edition itself, one for each of its languages that has a home page, under its present title."""
    wanted = [index for index in found_exchange() if index.locale.language_code in edition.languages]
    return [_edition_page(edition, index) for index in wanted]


def pages_of(edition: Edition) -> list[EditionPage]:
    """The pages of the edition that stand, in the order of its languages."""
    found = EditionPage.objects.filter(edition=edition).select_related("locale")
    return sorted(found, key=lambda page: _place(page.locale.language_code, edition.languages))


def found_page(part: Part, home: EditionPage) -> ThemePage | OfficePage:
    """The page of this part under the page of its edition; a new one waits unpublished for its content."""
    language = home.locale.language_code
    if part.theme is not None:
        key = keys.page_key(part.edition_id, keys.THEME, part.theme.pk)
        theme_page = ThemePage.objects.filter(translation_key=key, locale=home.locale).first()
        return theme_page or add_under(
            home,
            ThemePage(
                theme=part.theme,
                title=title_of(part, language),
                slug=part.theme.slug,
                locale=home.locale,
                translation_key=key,
                live=False,
            ),
        )
    key = keys.page_key(part.edition_id, keys.OFFICE, part.office_id or 0)
    office_page = OfficePage.objects.filter(translation_key=key, locale=home.locale).first()
    return office_page or add_under(
        home,
        OfficePage(
            edition_id=part.edition_id,
            office=part.office,
            title=title_of(part, language),
            slug=f"office-{part.office.slug}" if part.office else "",
            locale=home.locale,
            translation_key=key,
            live=False,
        ),
    )


def _index(language: str) -> ExchangeIndexPage | None:
    # The home pages belong to the portal, which stands above us: they are known by their kind only.
    homes = Page.objects.filter(content_type__app_label="portal", content_type__model="homepage")
    home = homes.filter(locale__language_code=language).order_by("path").first()
    if home is None:
        return None
    already: ExchangeIndexPage | None = ExchangeIndexPage.objects.child_of(home).first()
    if already is not None:
        return already
    with override(language):
        index = ExchangeIndexPage(
            title=gettext("Experience sharing"),
            lead=gettext("What others did where you are still weak, and whom you can ask, visit or help."),
            slug=SLUGS[language],
            locale=Locale.objects.get(language_code=language),
            translation_key=keys.index_key(),
            show_in_menus=True,
        )
    return add_under(home, index)


def _edition_page(edition: Edition, index: ExchangeIndexPage) -> EditionPage:
    title = edition.title_in(index.locale.language_code)
    page = EditionPage(
        edition=edition,
        title=title,
        slug=edition.slug,
        locale=index.locale,
        translation_key=keys.page_key(edition.pk),
    )
    page = add_under(index, page)
    if page.title != title:
        page.title = page.draft_title = title
        page.save(update_fields=["title", "draft_title"], clean=False)
    return page


def _place(language: str, languages: list[str]) -> int:
    return languages.index(language) if language in languages else len(languages)
