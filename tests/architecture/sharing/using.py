"""The area "using" of the library, and what improvement plans take from it and give to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from qms.core.models import type_of
from qms.goodpractices.models import Question
from qms.improvements.models import Action
from qms.pdf.models import Rendering
from tests.architecture.cases import Case, of, thing
from tests.factories import improvements as plans
from tests.factories.goodpractices import make_practice

if TYPE_CHECKING:
    from tests.architecture.world import Side, World

PUBLISHED, DRAFT = {"published_practice": thing("used practice")}, {"draft": thing("unused draft")}
QUESTION = {"question": thing("question")}


def strengths(_world: World, side: Side) -> str:
    return f"?office={side.office.pk}"


CASES: dict[str, list[Case]] = {
    "goodpractices:ask": of("POST", **PUBLISHED, **DRAFT),
    "goodpractices:answer": of("GET POST", **QUESTION),
    "goodpractices:hide": of("GET POST", **QUESTION),
    "goodpractices:thank": of("POST", **PUBLISHED),
    "goodpractices:contact": of("GET POST", **PUBLISHED, **DRAFT),
    "goodpractices:print": of("GET POST", **PUBLISHED, **DRAFT),
    "goodpractices:file": of(
        "GET", print_of_practice={"pk": thing("used practice"), "rendering": thing("print of practice")}
    ),
    "improvements:practice-adopt": of("GET POST", **PUBLISHED, **DRAFT),
    "improvements:practice-from-action": of("POST", finished_action=thing("finished action")),
    "improvements:strengths": [Case("GET", "office in the address", path=strengths)],
    "improvements:practice-from-strength": of("POST", office={"office": lambda _world, side: side.office.pk}),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    lead = side.people["lead"]
    practice = make_practice(side.office, contact=side.people["assessor"])
    draft = make_practice(side.office, live=False, owner=lead)
    plan = plans.make_plan(side.office, by=lead, stage="under_way")
    rendering = Rendering.objects.create(
        subject_type=type_of(practice),
        subject_id=practice.pk,
        office_id=side.office.pk,
        name="Good practice",
        language="en",
        content_hash=f"practice of {side.office.slug}",
        file=ContentFile(b"%PDF-1.7", f"{side.office.slug}-practice.pdf"),
        page=ContentFile(b"<html></html>", f"{side.office.slug}-practice.html"),
        sha256="0" * 64,
        size=8,
        pages=1,
        seconds=1,
        peak_kilobytes=1,
        created_by=lead,
    )
    return {
        "used practice": practice.pk,
        "unused draft": draft.pk,
        "question": Question.objects.create(practice=practice, text="Who signs?", asked_by=lead).pk,
        "print of practice": rendering.pk,
        "finished action": plans.make_action(
            plan, by=lead, owner=side.people["assessor"], status=Action.Status.DONE
        ).pk,
    }
