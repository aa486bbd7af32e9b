"""Pages that were built and wait until a coordinator has looked at them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page, Revision

from qms.exchange.blocks import GENERATED
from qms.exchange.models import Edition, OfficePage, ThemePage


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page whose latest version is not published yet."""

    pk: int
    revision: int
    title: str
    language: str
    is_theme: bool
    is_new: bool
    # Whether somebody wrote or moved words on it that readers do not see yet.
    has_editors_draft: bool
    since: datetime


def waiting_pages(edition: Edition) -> list[WaitingPage]:
    """Those of an edition whose pages a coordinator publishes: themes first, by title."""
    if edition.publishing != Edition.Publishing.WORKFLOW:
        return []
    fields = ("pk", "draft_title", "locale__language_code", "live", "body", "latest_revision_id")
    unpublished = {"has_unpublished_changes": True, "latest_revision__isnull": False}
    rows = [
        *((True, *row) for row in ThemePage.objects.filter(theme__edition=edition, **unpublished).values_list(*fields)),
        *((False, *row) for row in OfficePage.objects.filter(edition=edition, **unpublished).values_list(*fields)),
    ]
    latest = Revision.objects.filter(pk__in=[row[-1] for row in rows])
    versions = {pk: (content, at) for pk, content, at in latest.values_list("pk", "content", "created_at")}
    pages = [
        WaitingPage(
            pk,
            revision,
            title,
            language,
            is_theme,
            not live,
            _differs(body.raw_data if live else (), versions[revision]),
            versions[revision][1],
        )
        for is_theme, pk, title, language, live, body, revision in rows
        if any(block["type"] == GENERATED for block in json.loads(versions[revision][0]["body"]))
    ]
    return sorted(pages, key=lambda page: (not page.is_theme, page.title, page.language))


def pages_built(edition: Edition) -> Any:
    """All pages of themes and offices of this edition, as plain pages."""
    themes = ThemePage.objects.filter(theme__edition=edition).values("pk")
    offices = OfficePage.objects.filter(edition=edition).values("pk")
    return Page.objects.filter(pk__in=themes.union(offices))


def _differs(shown: Iterable[Any], version: tuple[Any, datetime]) -> bool:
    return _words(shown) != _words(json.loads(version[0]["body"]))


def _words(body: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(block["type"], block["value"]) for block in body if block["type"] != GENERATED]
