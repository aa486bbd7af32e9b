"""Building the pages of an edition: what the planner wants is woven between what editors wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from qms.assessments.domain.snapshot import canonical
from qms.exchange.blocks import GENERATED
from qms.exchange.domain.keys import block_id
from qms.exchange.domain.weaving import Piece, woven
from qms.exchange.models import Edition, OfficePage, Part, ThemePage
from qms.exchange.queries.standing import title_of, was_taken_down

from .founding import found_page, found_pages, pages_of
from .weaving import fill, pieces_of, publish_woven

BuiltPage = ThemePage | OfficePage
MOST_ROUNDS = 5


def build_part(part: Part, *, at: datetime) -> int:
    """Bring the pages of this part, one for each language, to what is wanted; how many pages were written.

    May be done again, and by two workers at once: pages are known by their keys, and each is held while it is
    written. What is planned anew meanwhile is built too.
    """
    written = 0
    for _round in range(MOST_ROUNDS):
        part = Part.objects.select_related("edition__framework", "theme", "office").get(pk=part.pk)
        if part.theme is not None:
            part.theme.edition = part.edition
        for home in pages_of(part.edition) or found_pages(part.edition):
            written += write_page(found_page(part, home), part=part, language=home.locale.language_code)
        if _is_settled(part, at=at):
            break
    return written


@transaction.atomic
def fail_part(part: Part, *, reason: str, values: Mapping[str, object] | None = None) -> None:
    """Note why the pages of this part could not be built."""
    held = Part.objects.select_for_update().get(pk=part.pk)
    held.state, held.reason = Part.State.FAILED, reason
    held.reason_values = {name: str(value) for name, value in (values or {}).items()}
    held.save(update_fields=["state", "reason", "reason_values", "updated_at"])


@transaction.atomic
def write_page(page: BuiltPage, *, part: Part, language: str) -> bool:
    """Weave what is wanted into one page; whether anything had to be written.

    What readers see and an editor's unpublished draft are woven apart, so that the draft stays what it was: a draft.
    """
    held: Any = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    wanted, title = pieces_wanted(part, held), title_of(part, language)
    if not wanted:
        return _take_off(held, title)
    if part.edition.publishing == Edition.Publishing.AUTOMATIC and not was_taken_down(held):
        return publish_woven(held, wanted, title)
    return _lay_down(held, wanted, title)


def pieces_wanted(part: Part, page: BuiltPage) -> list[Piece]:
    """The generated blocks of this part as they stand on this page."""
    return [
        Piece(
            block_id(page.translation_key, block["key"]),
            GENERATED,
            {"kind": block["kind"], "key": block["key"], "content": canonical(block["content"])},
        )
        for block in part.wanted
    ]


def _take_off(page: Any, title: str) -> bool:
    """A page on which nothing is wanted leaves the site; editors' words on it stay in its latest version."""
    written = _lay_down(page, (), title) if page.latest_revision else False
    if page.live:
        type(page).objects.get(pk=page.pk).unpublish(set_expired=False, log_action=False)
        return True
    return written


def _lay_down(page: Any, wanted: Sequence[Piece], title: str) -> bool:
    """Save the woven latest version; a coordinator publishes it."""
    latest = page.latest_revision
    newest = latest.as_object() if latest else page
    before = pieces_of(newest)
    after = list(woven(before, wanted))
    if latest and before == after and newest.title == title:
        return False
    fill(newest, after, title)
    newest.save_revision(user=latest.user if latest and page.has_unpublished_changes else None, clean=False)
    return True


@transaction.atomic
def _is_settled(part: Part, *, at: datetime) -> bool:
    """Note that the pages stand; False where the part was planned anew while they were written."""
    held = Part.objects.select_for_update().get(pk=part.pk)
    if held.wanted_digest != part.wanted_digest:
        return False
    if held.state != Part.State.BUILT or held.built_digest != part.wanted_digest:
        held.state, held.built_digest, held.built_at = Part.State.BUILT, part.wanted_digest, at
        held.reason, held.reason_values = "", {}
        held.save(update_fields=["state", "built_digest", "built_at", "reason", "reason_values", "updated_at"])
    return True
