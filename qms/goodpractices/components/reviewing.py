"""The page on which a practice is reviewed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.goodpractices.models import PracticePage, Review
from qms.goodpractices.queries.reviewing import ReviewView
from qms.ui.components import Button, Crumbs, DataTable, ErrorSummary, FormFields, Link, PageHead
from qms.ui.numbers import day

from .desk import withheld_note
from .versions import Change, changes_between, record_of


def reviewing_page(view: ReviewView, form: Any, *, wrong: bool) -> dict[str, Any]:
    """What the template shows."""
    practice, back = view.practice, reverse("goodpractices:to-review")
    changes: tuple[Change, ...] = ()
    if view.published is not None:
        labels = (_("Published"), _("Handed in"))
        changes = changes_between(view.published, view.waiting, labels=labels, people=view.people, files=view.files)
    return {
        "head": PageHead(
            view.waiting.title,
            over=_("Review of a good practice"),
            meta=_facts(practice),
            action=Button(
                _("See it as readers will"), url=reverse("goodpractices:preview", args=[practice.pk]), kind="secondary"
            ),
        ),
        "crumbs": Crumbs((Link(_("Practices to review"), back), Link(view.waiting.title, ""))),
        "errors": ErrorSummary(form) if wrong else None,
        "withheld": withheld_note(practice),
        "changes": changes,
        "record": record_of(view.waiting, people={}, files=view.files),
        "earlier": _earlier(view) if view.earlier else None,
        "fields": FormFields(form),
        "back": back,
    }


def _facts(practice: PracticePage) -> tuple[tuple[str, object], ...]:
    return (
        (_("Office"), practice.office.name),
        (_("Region"), practice.office.region.name),
        (_("Written by"), practice.owner.name if practice.owner else "–"),
        (_("Handed in"), day(practice.latest_revision_created_at)),
    )


def _earlier(view: ReviewView) -> DataTable:
    rows = tuple(_row(review) for review in view.earlier)
    headers = (_("Day"), _("Reviewer"), _("Decision"), _("Marks"), _("Remarks"))
    return DataTable(_("Earlier reviews"), headers, rows, stack=True)


def _row(review: Review) -> tuple[object, ...]:
    marks = (review.relevance, review.evidence, review.effect, review.transferability, review.clarity)
    said = ", ".join(str(mark) for mark in marks)
    return (day(review.created_at), review.reviewer.name, review.get_outcome_display(), said, review.comment or "–")
