"""Putting a draft into a page: plain fields, body, child rows, and what is reckoned from them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qms.goodpractices.domain.draft import PracticeDraft, effect_of, words_of
from qms.goodpractices.domain.words import forms_of
from qms.goodpractices.models import PracticeClients, PracticeCriterion, PracticePage, PracticeResult

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
)
ORIGIN = ("origin", "origin_key", "origin_note")


def fill(practice: PracticePage, draft: PracticeDraft, *, language: str) -> PracticePage:
    """The page with this content; nothing is saved yet."""
    for name in PLAIN:
        setattr(practice, name, getattr(draft, name))
    practice.title = practice.draft_title = draft.title.strip()
    practice.contact_id = draft.contact
    practice.body = body_of(draft)
    practice.criteria.set([PracticeCriterion(framework=code, node=node) for code, node in draft.criteria])
    practice.clients.set([PracticeClients(group=group) for group in draft.clients])
    practice.results.set(
        [PracticeResult(sort_order=number, **asdict(result)) for number, result in enumerate(draft.results)]
    )
    practice.effect = effect_of(draft.results)
    practice.forms = forms_of(words_of(draft), language)
    return practice


def mark_origin(practice: PracticePage, draft: PracticeDraft) -> PracticePage:
    """The page with where it comes from and the evidence it came with; later versions do not change it."""
    for name in ORIGIN:
        setattr(practice, name, getattr(draft, name))
    practice.evidence = [asdict(one) for one in draft.evidence]
    return practice


def body_of(draft: PracticeDraft) -> list[tuple[str, Any]]:
    """The blocks of the page, in the order in which one reads them."""
    steps = [asdict(step) for step in draft.steps]
    raw: list[dict[str, Any]] = [{"type": "steps", "value": steps}] if steps else []
    raw += [{"type": "text", "value": text} for text in draft.texts]
    raw += [{"type": "quotation", "value": asdict(one)} for one in draft.quotations]
    raw += [{"type": "picture", "value": asdict(one)} for one in draft.pictures]
    raw += [{"type": "file", "value": asdict(one)} for one in draft.files]
    raw += [{"type": "video", "value": asdict(one)} for one in draft.films]
    block: Any = PracticePage._meta.get_field("body").stream_block  # type: ignore[union-attr]  # noqa: SLF001
    return block.to_python(raw)  # type: ignore[no-any-return]
