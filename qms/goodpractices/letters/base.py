"""What every letter of the library has, and how it becomes a row of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.core.letters import Draft

if TYPE_CHECKING:
    from qms.accounts.models import User

NAME = {"name": _("the reader's name")}
# A letter to the practice's own office names the office only in its last line, which is nobody's to word.
OWN_PRACTICE = NAME | {"title": _("the practice")}
PRACTICE = OWN_PRACTICE | {"office": _("the office")}
BY, WHY = {"by": _("who did it")}, {"reason": _("the reason given")}


def letter_to(reader: User, name: str, *, office_id: int | None, context: Mapping[str, object]) -> Draft:
    """A letter of this name to this person, in the person's language."""
    return Draft(
        kind=f"goodpractices.{name}",
        to=reader.email,
        language=reader.language,
        template=f"goodpractices/{name}",
        context={"name": reader.name, **context},
        office_id=office_id,
        user=reader,
    )


def address(route: str, *args: object, language: str, query: str = "") -> str:
    """The path of a page of the library in the reader's language."""
    with override(language):
        return reverse(f"goodpractices:{route}", args=args) + query
