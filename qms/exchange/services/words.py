"""The editors' words on a page: written without the CMS, kept from build to build."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import override
from wagtail.blocks import StreamValue

from qms.core.audit import record
from qms.exchange.domain.weaving import Piece
from qms.exchange.domain.wording import EDITORIAL, mark_of, with_changed, with_words, without, words_in
from qms.exchange.models import Edition
from qms.exchange.permissions import may_run
from qms.exchange.queries.wording import edition_of, newest_of, pieces_of
from qms.lifecycle import Refused, gettext_noop
from qms.offices.domain import roles
from qms.offices.models import Membership, roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User

Change = Callable[[list[Piece]], list[Piece]]
CHANGED = gettext_noop("Somebody else changed these words meanwhile. Compare them with yours, then save again.")
GONE = gettext_noop("Somebody else took these words off the page meanwhile. Yours stand below as new words.")


class Conflict(Refused):
    """The words are no longer those that this person read; `theirs` is what stands now, nothing where they are gone."""

    def __init__(self, theirs: str | None) -> None:
        super().__init__(GONE if theirs is None else CHANGED)
        self.theirs = theirs

    def __reduce__(self) -> tuple[object, ...]:
        return Conflict, (self.theirs,)


@transaction.atomic
def add_words(page: Any, *, text: str, after: str, by: User, on: date) -> str:
    """Put new words on the page; their id on it."""
    held = _held(page)
    words = Piece(str(uuid4()), EDITORIAL, _value(held, text, by=by, on=on))
    _write(held, lambda pieces: with_words(pieces, words, after=after), by=by)
    record(held, "exchange.add_words", by=by, office_id=_office_of(held))
    return words.id


@transaction.atomic
def change_words(page: Any, *, ident: str, text: str, was: str, by: User, on: date) -> None:
    """Write other words in their place; a conflict where somebody else did so since this person read them."""
    held = _held(page)
    _check(held, ident, was)
    value = _value(held, text, by=by, on=on)
    _write(held, lambda pieces: with_changed(pieces, ident, value), by=by)
    record(held, "exchange.change_words", by=by, office_id=_office_of(held))


@transaction.atomic
def delete_words(page: Any, *, ident: str, was: str, by: User) -> None:
    """Take words off the page; a conflict where somebody else changed them since this person read them."""
    held = _held(page)
    _check(held, ident, was)
    _write(held, lambda pieces: without(pieces, ident), by=by)
    record(held, "exchange.delete_words", by=by, office_id=_office_of(held))


def _held(page: Any) -> Any:
    return type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)


def _office_of(page: Any) -> int | None:
    return getattr(page, "office_id", None)


def _check(page: Any, ident: str, was: str) -> None:
    stands = next((piece for piece in words_in(pieces_of(newest_of(page))) if piece.id == ident), None)
    if stands is None:
        raise Conflict(None)
    if mark_of(stands.value["text"]) != was:
        raise Conflict(stands.value["text"])


def _value(page: Any, text: str, *, by: User, on: date) -> dict[str, str]:
    return {"text": text.strip(), "who": _role_of(by, page.locale.language_code), "added_on": on.isoformat()}


def _role_of(by: User, language: str) -> str:
    """The role in which the person writes, in the language of the page."""
    held = roles_of(by)
    role = roles.NATIONAL_COORDINATOR if held.has(roles.NATIONAL_COORDINATOR) else roles.REGIONAL_COORDINATOR
    with override(language):
        return str(Membership.Role(role).label)


def _write(page: Any, change: Change, *, by: User) -> None:
    """Change what readers see and a draft beside it, each by itself; the draft stays a draft.

    Where pages wait for a coordinator, words of others than who runs the edition wait too.
    """
    draft = page.latest_revision if page.has_unpublished_changes or not page.live else None
    goes_out = page.live and (edition_of(page).publishing == Edition.Publishing.AUTOMATIC or may_run(by))
    theirs = draft.as_object() if draft else None
    if goes_out:
        _fill(page, change(pieces_of(page)))
        page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    if theirs is not None or not goes_out:
        newest = theirs or page
        _fill(newest, change(pieces_of(newest)))
        newest.save_revision(user=by, clean=False)


def _fill(page: Any, pieces: list[Piece]) -> None:
    raw = [{"type": piece.kind, "value": piece.value, "id": piece.id} for piece in pieces]
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)
