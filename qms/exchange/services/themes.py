"""Themes of an edition: added, changed, moved, deleted."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from wagtail.models import Page

from qms.accounts.models import User
from qms.core.audit import record
from qms.exchange.blocks import GENERATED
from qms.exchange.domain.drafts import ThemeDraft
from qms.exchange.models import Edition, Theme, ThemePage
from qms.lifecycle import Refused, gettext_noop

MOST_NODES = 6
LONGEST_SLUG = 70


@transaction.atomic
def add_theme(edition: Edition, *, draft: ThemeDraft, by: User) -> Theme:
    """A theme after those that the edition has; its page is built with the next build."""
    held = _changeable(edition)
    last = held.themes.aggregate(last=Max("position"))["last"] or 0
    theme = Theme(edition=held, position=last + 1)
    _write(theme, draft)
    theme.slug = _free_slug(theme)
    theme.save()
    theme.practices.set(draft.practices)
    record(theme, "exchange.add_theme", by=by)
    return theme


@transaction.atomic
def change_theme(theme: Theme, *, draft: ThemeDraft, by: User) -> Theme:
    """Save what stands on the form; the address stays."""
    edition = _changeable(theme.edition)
    held = Theme.objects.select_for_update().get(pk=theme.pk)
    held.edition = edition
    _write(held, draft)
    held.save()
    held.practices.set(draft.practices)
    record(held, "exchange.change_theme", by=by)
    return held


@transaction.atomic
def move_theme(theme: Theme, *, up: bool, by: User) -> None:
    """Let the theme change places with its neighbour."""
    edition = _changeable(theme.edition)
    themes = list(Theme.objects.select_for_update().filter(edition=edition).order_by("position", "pk"))
    here = next(place for place, one in enumerate(themes) if one.pk == theme.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(themes):
        return
    themes[here], themes[there] = themes[there], themes[here]
    for place, one in enumerate(themes, 1):
        one.position = place
    Theme.objects.bulk_update(themes, ["position"])
    record(edition, "exchange.change_edition", by=by, moved=theme.pk)


@transaction.atomic
def delete_theme(theme: Theme, *, by: User) -> None:
    """Delete a theme with its pages and seminars; refused where editors wrote on its pages."""
    _changeable(theme.edition)
    pages = list(ThemePage.objects.filter(theme=theme))
    if any(_has_words(page) for page in pages):
        raise Refused(
            gettext_noop(
                "Words of the editors stand on the page of this theme. Take them off first, or keep the theme."
            )
        )
    record(theme, "exchange.delete_theme", by=by)
    for page in pages:
        # The parent counts its children: it is held like when a page is added.
        Page.objects.select_for_update().get(path=page.path[: -page.steplen])
        ThemePage.objects.get(pk=page.pk).delete()
    theme.delete()


def _changeable(edition: Edition) -> Edition:
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.state == Edition.State.CLOSED:
        raise Refused(gettext_noop("The edition is closed. Open it again to change it."))
    return held


def _write(theme: Theme, draft: ThemeDraft) -> None:
    theme.titles, theme.leads, theme.nodes = _said(draft.titles), _said(draft.leads), list(draft.nodes)
    if not (theme.nodes or theme.titles):
        raise Refused(gettext_noop("Choose a subcriterion, or give the theme a title of its own."))
    if len(theme.nodes) > MOST_NODES:
        raise Refused(gettext_noop("Choose at most %(most)s subcriteria for one theme."), most=MOST_NODES)
    tree = theme.edition.framework.tree()
    if not all(tree.has_node(node) for node in theme.nodes):
        raise Refused(gettext_noop("The framework of this edition has no such subcriterion."))


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _free_slug(theme: Theme) -> str:
    """The title as an address, with a number where another theme of the edition has it already."""
    title = theme.title_in("pl").replace("ł", "l").replace("Ł", "L")
    base = slugify(title)[:LONGEST_SLUG].strip("-") or "theme"
    if base.startswith(("office-", "meeting-")):  # these are the addresses of offices and meetings
        base = f"theme-{base}"
    taken = set(theme.edition.themes.values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _has_words(page: ThemePage) -> bool:
    versions = [page, page.latest_revision.as_object()] if page.latest_revision else [page]
    return any(block["type"] != GENERATED for version in versions for block in version.body.raw_data)
