"""The content of a page or of one of its revisions, read back as a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.images import get_image_model

from qms.goodpractices.domain.draft import (
    EvidenceDraft,
    FileDraft,
    FilmDraft,
    PictureDraft,
    PracticeDraft,
    QuotationDraft,
    ResultDraft,
    StepDraft,
)
from qms.goodpractices.models import PracticePage

PLAIN = (
    "title",
    "summary",
    "stage",
    "started_on",
    "ended_on",
    "problem",
    "cost",
    "currency",
    "hours",
    "cost_note",
    "partners",
    "legal_basis",
    "failures",
    "conditions",
    "transferability",
    "contact_role",
    "licence",
    "origin",
    "origin_key",
    "origin_note",
)
FIGURES = ("title", "unit", "better", "before", "after", "low", "high", "count", "source", "verdict")


def draft_of(practice: PracticePage) -> PracticeDraft:
    """All that is written in this page or revision object."""
    return PracticeDraft(
        **{name: getattr(practice, name) for name in PLAIN},
        contact=practice.contact_id,
        criteria=tuple((one.framework, one.node) for one in practice.criteria.all()),
        clients=tuple(one.group for one in practice.clients.all()),
        results=tuple(_result(one) for one in practice.results.all()),
        evidence=tuple(EvidenceDraft(one.get("code", ""), one.get("title", "")) for one in practice.evidence),
        **_body(practice),
    )


def latest_of(practice: PracticePage) -> PracticePage:
    """The practice as it was last saved, published or not."""
    latest: PracticePage = practice.get_latest_revision_as_object()
    return latest


def pictures_of(practice: PracticePage) -> list[Any]:
    """The pictures of the latest version and of the published one."""
    keys = {one.picture for page in (latest_of(practice), practice) for one in draft_of(page).pictures}
    return list(get_image_model().objects.filter(pk__in=keys).order_by("pk"))


def _result(row: Any) -> ResultDraft:
    return ResultDraft(**{name: getattr(row, name) for name in FIGURES})


def _body(practice: PracticePage) -> dict[str, Any]:
    blocks = [(block.block_type, block.value) for block in practice.body]

    def of(kind: str) -> Iterator[Any]:
        return (value for found, value in blocks if found == kind)

    return {
        "steps": tuple(
            StepDraft(step["title"], step.get("text") or "", step.get("when") or "")
            for steps in of("steps")
            for step in steps
        ),
        "texts": tuple(str(text) for text in of("text")),
        "quotations": tuple(QuotationDraft(one["text"], one["who"]) for one in of("quotation")),
        # A picture or a file that was deleted in the store is simply not there any more.
        "pictures": tuple(
            PictureDraft(one["picture"].pk, one["alternative"], one.get("caption") or "")
            for one in of("picture")
            if one["picture"]
        ),
        "files": tuple(FileDraft(one["document"].pk, one["title"]) for one in of("file") if one["document"]),
        "films": tuple(FilmDraft(one["address"], one["title"]) for one in of("video")),
    }
