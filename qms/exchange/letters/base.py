"""What every letter of experience sharing has, and how it becomes a row of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.core.letters import Draft

if TYPE_CHECKING:
    from qms.accounts.models import User

__all__ = ["BY", "NAME", "WHY", "Draft", "address", "letter_to"]

NAME = {"name": _("the reader's name")}
BY, WHY = {"by": _("who did it")}, {"reason": _("the reason given")}


def letter_to(reader: User, name: str, *, office_id: int | None, context: Mapping[str, object]) -> Draft:
    """A letter of this name to this person, in the person's language."""
    return Draft(
        kind=f"exchange.{name}",
        to=reader.email,
        language=reader.language,
        template=f"exchange/{name}",
        context={"name": reader.name, **context},
        office_id=office_id,
        user=reader,
    )


def address(route: str, *args: object, language: str, query: str = "") -> str:
    """The path of a page of experience sharing in the reader's language."""
    with override(language):
        return reverse(f"exchange:{route}", args=args) + query
