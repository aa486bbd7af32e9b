"""Founding the public page of a round's laureates, in each language under the page of the round."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Page

from qms.accounts.models import User
from qms.awards.models import AwardRoundPage, Round
from qms.core.audit import record
from qms.laureates.models import LaureatesPage
from qms.laureates.queries.pages import round_pages_of
from qms.lifecycle import Refused, gettext_noop

SLUGS = {"pl": "laureaci", "en": "laureates", "ru": "laureaty"}
LONGEST_TITLE = 255
NO_PAGE = gettext_noop("The round has no public page. Announce the round first.")


@transaction.atomic
def show_laureates(round: Round, *, by: User) -> list[LaureatesPage]:  # noqa: A002  the word of the awards
    """The page in each language of the round's own pages; what editors wrote on it stays."""
    homes = round_pages_of(round)
    if not homes:
        raise Refused(NO_PAGE)
    shown = [_shown(_page(round, home), round) for home in homes]
    record(round, "laureates.show_laureates", by=by)
    return shown


def page_key(pk: int) -> UUID:
    """The key of a round's page of laureates, the same in all languages."""
    return uuid5(NAMESPACE_URL, f"qms:laureates:{pk}")


def _page(round: Round, home: AwardRoundPage) -> LaureatesPage:  # noqa: A002  the word of the awards
    """The page under this one, or the one that is there already; the parent is held until this ends."""
    held = Page.objects.select_for_update().get(pk=home.pk)
    already: LaureatesPage | None = LaureatesPage.objects.child_of(held).first()
    if already is not None:
        return already
    language = home.locale.language_code
    page = LaureatesPage(
        round=round,
        title=_title(round, language),
        slug=SLUGS.get(language, SLUGS["en"]),
        locale=home.locale,
        translation_key=page_key(round.pk),
    )
    held.add_child(instance=page)
    return page


def _shown(page: LaureatesPage, round: Round) -> LaureatesPage:  # noqa: A002  the word of the awards
    page.title = page.draft_title = _title(round, page.locale.language_code)
    page.live, page.expired = True, False
    page.save(update_fields=["title", "draft_title", "live", "expired"], clean=False)
    return page


def _title(round: Round, language: str) -> str:  # noqa: A002  the word of the awards
    with override(language):
        return (gettext("Laureates: %(round)s") % {"round": round.title_in(language)})[:LONGEST_TITLE]
