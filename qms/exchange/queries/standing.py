"""Whether the pages of an edition stand as they were planned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import PageLogEntry, Revision

from qms.assessments.domain.snapshot import canonical
from qms.exchange.blocks import GENERATED
from qms.exchange.models import Edition, EditionPage, OfficePage, Part, ThemePage

Blocks = list[tuple[str, str, str]]
FATE = ("wagtail.publish", "wagtail.unpublish")


@dataclass(frozen=True, slots=True)
class _Standing:
    """What one page holds: what readers see, and what its latest version holds where that differs."""

    live: bool
    is_new: bool
    title: str
    latest_title: str
    shown: Blocks
    latest: Blocks

    def is_sound(self, wanted: Blocks, title: str, *, automatic: bool) -> bool:
        """Whether it stands as it is wanted, as far as the platform may bring it there."""
        if not wanted:
            return not self.live and not self.latest
        if automatic and self.is_new:
            return False
        if automatic and self.live and (self.shown != wanted or self.title != title):
            return False
        return self.latest == wanted and self.latest_title == title


def title_of(part: Part, language: str) -> str:
    """What the page of this part is called in this language."""
    if part.theme is not None:
        return part.theme.title_in(language) or part.theme.slug
    return part.office.short_name if part.office else ""


def was_taken_down(page: Any) -> bool:
    """Whether somebody took the page off the site by hand; then the platform does not put it back."""
    if page.live or page.first_published_at is None:
        return False
    fates = PageLogEntry.objects.filter(page=page.pk, action__in=FATE).order_by("-timestamp", "-pk")
    return bool(fates.values_list("action", flat=True).first() == "wagtail.unpublish")


def unsound_parts(edition: Edition) -> frozenset[int]:
    """Parts whose pages are not there or do not hold the generated blocks that are wanted.

    An editor who saved from a page that was opened before the last build, or took a block off, makes a part unsound.
    """
    homes = EditionPage.objects.filter(edition=edition).values_list("locale__language_code", flat=True).distinct()
    languages, standing = list(homes), _standing(edition)
    automatic = edition.publishing == Edition.Publishing.AUTOMATIC
    unsound = set()
    for part in Part.objects.filter(edition=edition).select_related("theme", "office"):
        if part.theme is not None:
            part.theme.edition = edition
        blocks = [(one["kind"], one["key"], canonical(one["content"])) for one in part.wanted]
        pages = standing.get(("theme", part.theme_id) if part.theme_id else ("office", part.office_id), {})
        if not all(
            language in pages and pages[language].is_sound(blocks, title_of(part, language), automatic=automatic)
            for language in languages
        ):
            unsound.add(part.pk)
    return frozenset(unsound)


def generated_in(body: Iterable[Any]) -> Blocks:
    """The generated blocks of a body in their order: kind, key, content."""
    return [
        (block["value"].get("kind", ""), block["value"].get("key", ""), block["value"].get("content", ""))
        for block in body
        if block["type"] == GENERATED
    ]


def _standing(edition: Edition) -> dict[tuple[str, int | None], dict[str, _Standing]]:
    """By theme or office, then by language."""
    place = ("locale__language_code", "live", "first_published_at", "title", "draft_title")
    fields = (*place, "body", "has_unpublished_changes", "latest_revision_id")
    rows = [
        *(("theme", *row) for row in ThemePage.objects.filter(theme__edition=edition).values_list("theme_id", *fields)),
        *(("office", *row) for row in OfficePage.objects.filter(edition=edition).values_list("office_id", *fields)),
    ]
    apart = [revision for *_rest, live, _first, _t, _d, _b, differs, revision in rows if differs or not live]
    drafts = dict(Revision.objects.filter(pk__in=[pk for pk in apart if pk]).values_list("pk", "content"))
    found: dict[tuple[str, int | None], dict[str, _Standing]] = {}
    for kind, pk, language, live, first, title, draft_title, body, _differs, revision in rows:
        shown, draft = generated_in(body.raw_data), drafts.get(revision)
        latest = generated_in(json.loads(draft["body"])) if draft else shown
        page = _Standing(live, not live and first is None, title, draft_title, shown, latest)
        found.setdefault((kind, pk), {})[language] = page
    return found
