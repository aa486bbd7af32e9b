"""The weekly letter of new finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from qms.core.letters import register_kind

from .base import NAME, Draft, address, letter_to

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.goodpractices.models import SavedSearch
    from qms.goodpractices.queries.searches import Find

MOST_LINES = 10

register_kind(
    "goodpractices.new_finds",
    _("New practices fit a search that I keep"),
    placeholders=NAME | {"practices": _("how many new practices, in words")},
)


@dataclass(frozen=True, slots=True)
class Finds:
    """One kept search with what is new in it."""

    search: SavedSearch
    found: tuple[Find, ...]

    @property
    def shown(self) -> tuple[Find, ...]:
        """As many as a letter lists."""
        return self.found[:MOST_LINES]

    @property
    def more(self) -> int:
        """How many the letter only counts."""
        return len(self.found) - len(self.shown)


def new_finds(told: Sequence[Finds], *, to: User) -> Draft:
    """To whoever keeps searches: what each of them has found since the last letter."""
    count = len({find.pk for finds in told for find in finds.found})
    with override(to.language):
        practices = ngettext("%(count)s new practice", "%(count)s new practices", count) % {"count": count}
    context = {"practices": practices, "searches": list(told), "path": address("searches", language=to.language)}
    return letter_to(to, "new_finds", office_id=None, context=context)
