"""Editions: prepared, opened, built, closed by the coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.models import Job
from qms.core.services import open_job
from qms.exchange.domain import lifecycle
from qms.exchange.domain.drafts import EditionDraft
from qms.exchange.models import Edition
from qms.frameworks.models import Edition as Framework
from qms.lifecycle import Refused, gettext_noop

from .founding import found_pages

BUILD = "exchange.edition"
LONGEST_SLUG = 70


@transaction.atomic
def prepare_edition(*, draft: EditionDraft, by: User) -> Edition:
    """A new edition, seen by coordinators only until it is opened."""
    edition = Edition(opened_by=by, slug=_free_slug(draft.titles))
    _write(edition, draft)
    edition.save()
    record(edition, "exchange.open_edition", by=by)
    return edition


@transaction.atomic
def change_edition(edition: Edition, *, draft: EditionDraft, by: User) -> Edition:
    """Save what stands on the form; once pages are there the framework stays."""
    held = _held(edition)
    if held.state == Edition.State.CLOSED:
        raise Refused(gettext_noop("The edition is closed. Open it again to change it."))
    if held.state != Edition.State.DRAFT and held.framework_id != draft.framework:
        raise Refused(gettext_noop("The framework of an edition under way cannot be changed: prepare a new edition."))
    if held.framework_id != draft.framework and any(held.themes.values_list("nodes", flat=True)):
        raise Refused(gettext_noop("Its themes hang on the framework: take their subcriteria off first."))
    _write(held, draft)
    held.save()
    if held.state == Edition.State.OPEN:
        found_pages(held)
    record(held, "exchange.change_edition", by=by)
    return held


@transaction.atomic
def open_edition(edition: Edition, *, by: User, at: datetime) -> Job:
    """Begin the edition, or go on with a closed one: its front pages stand, the job that builds the rest is open.

    The caller then sends the job.
    """
    held = _held(edition)
    lifecycle.EDITION.require(held.state, Edition.State.OPEN)
    if not held.themes.exists():
        raise Refused(gettext_noop("Add at least one theme first."))
    held.state = Edition.State.OPEN
    held.save(update_fields=["state", "updated_at"])
    if not found_pages(held):
        raise Refused(gettext_noop("No home page stands in any of the languages of this edition."))
    record(held, "exchange.begin_edition", by=by)
    return order_build(held, by=by, at=at)


@transaction.atomic
def close_edition(edition: Edition, *, by: User, at: datetime) -> Edition:
    """End the edition: its pages stay to be read and are not built any more."""
    held = _held(edition)
    lifecycle.EDITION.require(held.state, Edition.State.CLOSED)
    held.state = Edition.State.CLOSED
    held.save(update_fields=["state", "updated_at"])
    record(held, "exchange.close_edition", by=by, closed_at=at.isoformat())
    return held


@transaction.atomic
def order_build(edition: Edition, *, by: User | None, at: datetime) -> Job:
    """The job that plans the edition anew and has every part built that needs it; the caller then sends it."""
    if edition.state != Edition.State.OPEN:
        raise Refused(gettext_noop("Only an edition under way is built."))
    if by is not None:
        record(edition, "exchange.order_build", by=by, ordered_at=at.isoformat())
    title = gettext("Pages of “%(edition)s”") % {"edition": edition.title}
    return open_job(BUILD, title=title, subject=edition, by=by)


def _held(edition: Edition) -> Edition:
    return Edition.objects.select_for_update().get(pk=edition.pk)


def _write(edition: Edition, draft: EditionDraft) -> None:
    edition.titles, edition.leads = _said(draft.titles), _said(draft.leads)
    edition.framework = Framework.objects.get(pk=draft.framework)
    edition.starts_on, edition.ends_on = draft.starts_on, draft.ends_on
    edition.languages, edition.publishing = list(draft.languages), draft.publishing
    edition.needs, edition.proposals = draft.needs, draft.proposals


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _free_slug(titles: Mapping[str, str]) -> str:
    """The title as an address, with a number where another edition has it already."""
    title = titles.get("pl") or next(iter(titles.values()), "")
    base = slugify(title.replace("ł", "l").replace("Ł", "L"))[:LONGEST_SLUG].strip("-") or "edition"
    taken = set(Edition.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
