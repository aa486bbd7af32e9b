"""The area "feedback" of improvement plans."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from qms.core.models import type_of
from qms.improvements.models import Feedback, FeedbackActor
from qms.improvements.queries.feedback import current_scheme
from qms.pdf.models import Rendering
from tests.architecture.cases import Case, Pick, of, plain, thing
from tests.factories import feedback as made

STAGES = ("draft", "submitted", "scoring", "reporting", "decided")


def _at(*stages: str) -> dict[str, Pick]:
    return {f"{stage}_feedback": thing(f"feedback {stage}") for stage in stages}


def _pillar(*stages: str) -> dict[str, dict[str, Pick]]:
    return {name: {"pk": pick, "pillar": lambda _world, _side: 1} for name, pick in _at(*stages).items()}


def _scheme(_world: Any, _side: Any) -> int:
    scheme = current_scheme()
    assert scheme is not None
    return scheme.pk


REPORT: dict[str, Pick] = {"pk": thing("feedback decided"), "rendering": thing("feedback rendering")}

CASES: dict[str, list[Case]] = {
    "improvements:feedback-list": plain("GET"),
    "improvements:feedback-start": plain("GET", "POST"),
    "improvements:feedback-detail": of("GET", **_at(*STAGES)),
    "improvements:feedback-edit": of("GET POST", **_at("draft", "submitted")),
    "improvements:feedback-answers": of("GET POST", **_pillar("draft", "submitted", "decided")),
    "improvements:feedback-submit": of("POST", **_at("draft", "submitted")),
    "improvements:feedback-withdraw": of("POST", **_at("draft", "submitted", "decided")),
    "improvements:feedback-team": of("GET POST", **_at("draft", "submitted", "decided")),
    "improvements:feedback-begin": of("POST", **_at("submitted", "decided")),
    "improvements:feedback-leader": of("POST", actor=thing("feedback actor")),
    "improvements:feedback-remove": of("POST", actor=thing("feedback actor")),
    "improvements:feedback-declare": of("GET POST", **_at("submitted", "scoring")),
    "improvements:feedback-score": of("GET POST", **_pillar("submitted", "scoring")),
    "improvements:feedback-score-hand-in": of("POST", **_at("submitted", "scoring")),
    "improvements:feedback-agree": of("GET POST", **_pillar("submitted", "scoring")),
    "improvements:feedback-report-edit": of("GET POST", **_at("scoring", "decided")),
    "improvements:feedback-report": of("POST", **_at("scoring", "reporting", "decided")),
    "improvements:feedback-report-file": of("GET", report=REPORT),
    "improvements:feedback-decide": of("GET POST", **_at("scoring", "reporting", "decided")),
    "improvements:feedback-return": of("POST", **_at("scoring", "reporting")),
    "improvements:feedback-schemes": plain("GET", "POST"),
    "improvements:feedback-scheme-file": of("GET", belongs=False, questionnaires=_scheme),
    "improvements:feedback-scheme-use": of("POST", belongs=False, questionnaires=_scheme),
}


def things_of(side: Any) -> dict[str, Any]:
    """One feedback in each stage, the seat of an actor, a report that was set."""
    lead, director = side.people["lead"], side.people["director"]
    found = {stage: made.make_feedback(side.office, lead=lead, director=director, stage=stage) for stage in STAGES}
    return {
        **{f"feedback {stage}": feedback.pk for stage, feedback in found.items()},
        "feedback actor": FeedbackActor.objects.filter(feedback=found["scoring"]).earliest("pk").pk,
        "feedback rendering": _rendering(found["decided"]),
    }


def _rendering(feedback: Feedback) -> int:
    return Rendering.objects.create(
        subject_type=type_of(feedback),
        subject_id=feedback.pk,
        office_id=feedback.office_id,
        name="Report",
        language="en",
        content_hash=f"feedback {feedback.pk}",
        file=ContentFile(b"%PDF-1.7", f"feedback-{feedback.pk}.pdf"),
        page=ContentFile(b"<html></html>", f"feedback-{feedback.pk}.html"),
        sha256="0" * 64,
        size=8,
        pages=1,
        seconds=1,
        peak_kilobytes=1,
        created_by=feedback.opened_by,
    ).pk
