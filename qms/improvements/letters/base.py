"""What every letter of the app has, and how it becomes a row of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from qms.core.letters import Draft

if TYPE_CHECKING:
    from qms.accounts.models import User

NAME = {"name": _("the reader's name")}
OFFICE = {"office": _("the office")}
PLAN = NAME | OFFICE | {"title": _("the improvement plan")}
BY, WHY = {"by": _("who did it")}, {"reason": _("the reason given")}


def letter_to(reader: User, name: str, *, office_id: int | None, context: Mapping[str, object]) -> Draft:
    """A letter of this name to this person, in the person's language."""
    return Draft(
        kind=f"improvements.{name}",
        to=reader.email,
        language=reader.language,
        template=f"improvements/{name}",
        context={"name": reader.name, **context},
        office_id=office_id,
        user=reader,
    )


def address(route: str, *args: object, language: str, query: str = "") -> str:
    """The path of a page of the app in the reader's language."""
    with override(language):
        return reverse(f"improvements:{route}", args=args) + query


def counted(count: int, *, language: str) -> str:
    """How many actions, in the reader's words."""
    with override(language):
        return ngettext("one action", "%(count)s actions", count) % {"count": count}
