"""Pages that were built and wait for the coordinator: what the workshop shows of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.exchange.models import Edition
from qms.exchange.queries.waiting import WaitingPage
from qms.ui.components import Button, DataTable, Link, Note, Row
from qms.ui.numbers import moment


def waiting_table(edition: Edition, pages: Sequence[WaitingPage]) -> DataTable:
    """Pages that wait for the coordinator: look, then publish."""
    headers = (_("Page"), _("Language"), _("What is new"), _("Since"), _("What to do"))
    action = reverse("exchange:page-approve", args=[edition.pk])
    names = dict(settings.LANGUAGES)
    rows = tuple(
        Row(
            (
                Link(page.title, reverse("exchange:page-look", args=[page.pk])),
                names.get(page.language, page.language),
                _what_is_new(page),
                moment(page.since),
                Button(
                    _("Publish"),
                    url=action,
                    name="page",
                    value=str(page.pk),
                    kind="secondary",
                    post=True,
                    small=True,
                    hidden=f"{page.title} ({page.language.upper()})",
                ),
            )
        )
        for page in pages
    )
    return DataTable(_("Pages that wait for you"), headers, rows, stack=True)


def publish_all(edition: Edition, pages: Sequence[WaitingPage]) -> Button | None:
    """One button for all pages on which nobody's draft waits."""
    ready = sum(not page.has_editors_draft for page in pages)
    if not ready:
        return None
    label = ngettext("Publish %(count)s page", "Publish all %(count)s pages", ready) % {"count": ready}
    return Button(label, url=reverse("exchange:page-approve", args=[edition.pk]), post=True)


def drafts_note(pages: Sequence[WaitingPage]) -> Note | None:
    """Pages with somebody's unfinished words are published one by one."""
    drafts = sum(page.has_editors_draft for page in pages)
    if not drafts:
        return None
    said = ngettext(
        "On %(count)s page words of the editors wait too. Look at it and publish it by itself.",
        "On %(count)s pages words of the editors wait too. Look at them and publish each by itself.",
        drafts,
    )
    return Note(said % {"count": drafts})


def _what_is_new(page: WaitingPage) -> str:
    if page.has_editors_draft:
        return _("words of the editors, not finished perhaps")
    return _("a new page") if page.is_new else _("newer figures and practices")
