"""On which pages of editions under way a self-assessment stands with the name of its office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from qms.exchange.models import Edition, Part, ThemePage


@dataclass(frozen=True, slots=True)
class ThemePlace:
    """A theme's page where the name stands among strong offices."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the name stands: themes by their pages, and how many pages of other offices."""

    themes: tuple[ThemePlace, ...] = ()
    offices: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return len(self.themes) + self.offices


def placed_by_name(assessments: Collection[int]) -> dict[int, Placed]:
    """Of each of these self-assessments the pages on which its figures stand beside the office's name."""
    found: dict[int, Placed] = defaultdict(Placed)
    if not assessments:
        return found
    themes: dict[int, list[ThemePlace]] = defaultdict(list)
    offices: dict[int, int] = defaultdict(int)
    parts = list(_parts_that_mention(assessments))
    addresses = _addresses({part.theme_id for part in parts if part.theme_id is not None})
    for part in parts:
        for pk in set(_named_in(part.wanted)) & set(assessments):
            if part.theme is None:
                offices[pk] += 1
            else:
                themes[pk].append(ThemePlace(part.theme.title, addresses.get(part.theme.pk, "")))
    for pk in assessments:
        found[pk] = Placed(tuple(themes[pk]), offices[pk])
    return found


def _parts_that_mention(assessments: Collection[int]) -> Any:
    """Parts in whose text one of the keys may stand; the database looks, so that not all have to be read."""
    mentions = Q()
    for pk in assessments:
        mentions |= Q(words__contains=f'assessment": {pk}')
    parts = Part.objects.filter(edition__state=Edition.State.OPEN, built_at__isnull=False)
    return (
        parts.annotate(words=Cast("wanted", TextField()))
        .filter(mentions)
        .select_related("theme__edition__framework")
        .order_by("edition", "theme__position", "pk")
    )


def _named_in(wanted: list[dict[str, Any]]) -> Iterator[int]:
    """The self-assessments whose figures the blocks show by name."""
    for block in wanted:
        content = block["content"]
        if block["kind"] == "strong":
            for row in content["rows"]:
                yield from (pk for pk in (row["assessment"], row["before_assessment"]) if pk is not None)
        elif block["kind"] == "need":
            hosts = (proposal["because"].get("host_assessment") for proposal in content["proposals"])
            yield from (pk for pk in hosts if pk is not None)


def _addresses(themes: Collection[int]) -> dict[int, str]:
    """The themes' pages, in the reader's language where there is one."""
    found: dict[int, str] = {}
    for page in ThemePage.objects.live().filter(theme__in=themes).select_related("locale").order_by("pk"):
        if page.theme_id not in found or page.locale.language_code == get_language():
            found[page.theme_id] = page.get_url() or ""
    return found
