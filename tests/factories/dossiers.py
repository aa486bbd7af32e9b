"""Submissions with content of the frozen shape, and files to hang on them."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader, PdfWriter

from qms.assessments.domain.snapshot import digest
from qms.awards.models import Annex, Application, Dossier, Submission
from qms.pdf import engine
from tests.factories.accounts import make_user
from tests.factories.awards import make_application

MOMENT = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)


def make_pdf(pages: int = 1, *, size: str = "A4", words: str = "An annex") -> bytes:
    """A small real PDF."""
    body = "".join(f"<p style='break-after: page'>{words} {number}</p>" for number in range(1, pages))
    html = f"<html lang='en'><head><title>{words}</title><style>@page {{ size: {size} }}</style></head>"
    return engine.html_to_pdf(f"{html}<body>{body}<p>{words} {pages}</p></body></html>", moment=MOMENT, language="en")


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf())))
    writer.encrypt(user_password=MOMENT.isoformat(), algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def make_png(width: int = 60, height: int = 40) -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5557").save(made, "PNG")
    return made.getvalue()


def make_annex(application: Application, content: bytes, kind: str = "pdf", **more: Any) -> Annex:
    """A stored annex."""
    name = more.pop("file_name", f"annex.{kind}")
    annex = Annex(
        application=application,
        file_name=name,
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=more.pop("added_by", None) or make_user(),
        **{"title": f"Annex {name}"} | more,
    )
    annex.file.save(name, ContentFile(content), save=False)
    annex.save()
    return annex


def content_of(application: Application, **more: Any) -> dict[str, Any]:
    """An application as it would be frozen: a section of text and results, its annexes, two conditions."""
    round_, office = application.category.round, application.office
    annexes = application.annexes.order_by("position", "pk")
    return {
        "number": application.number or f"{round_.prefix}-001",
        "submitted_at": MOMENT.isoformat(),
        "statement": "We state that what we submit is true.",
        "round": {
            "pk": round_.pk,
            "prefix": round_.prefix,
            "titles": round_.titles,
            "programme": round_.programme.titles,
            "organiser": round_.programme.organiser,
            "year": round_.year,
            "zone": round_.zone,
            "closes_at": round_.closes_at.isoformat(),
        },
        "category": {
            "pk": application.category.pk,
            "titles": application.category.titles,
            "framework": "caf-2020",
            "max_pages": 40,
        },
        "office": {
            "pk": office.pk,
            "name": office.name,
            "short_name": office.short_name,
            "kind": office.kind,
            "region": office.region.name_pl,
            "city": office.city,
            "address": "ul. Żeromskiego 18",
            "website": "https://goldap.praca.gov.pl",
            "staff_count": 31,
        },
        "eligibility": [
            {"titles": {"en": "We are a public body."}, "kind": "answer", "met": True, "answer": "yes"},
            {"titles": {"en": "We employ at least ten."}, "kind": "staff", "met": True, "answer": "31"},
        ],
        "assessment": None,
        "sections": [section_of()],
        "annexes": [
            {
                "pk": annex.pk,
                "title": annex.title,
                "file_name": annex.file_name,
                "kind": annex.kind,
                "size": annex.size,
                "sha256": annex.sha256,
                "scan": annex.scan,
                "question": None,
            }
            for annex in annexes
        ],
    } | more


def section_of(code: str = "s1", **more: Any) -> dict[str, Any]:
    """A section with a question of text, one of results and one of each small kind."""
    row = {
        "key": "r1",
        "title": "Clients served within a day",
        "unit": "%",
        "better": "higher",
        "year": 2025,
        "values": ["61.5", "70", "78"],
        "target": "75",
        "comparison": "64",
        "comparison_note": "median of the region",
        "evidence": "Register of visits",
        "source": "effect",
        "source_title": "Action 3, effect",
    }
    paragraph = {"key": "p1", "text": "We listen.", "source": "", "source_title": "", "source_url": ""}
    taken = paragraph | {"key": "p2", "text": "We act.", "source": "strength", "source_title": "1.1, strength 2"}
    return {
        "pk": 1,
        "code": code,
        "titles": {"en": "Leadership", "pl": "Przywództwo"},
        "leads": {},
        "node": "1",
        "weight": "1",
        "max_pages": "4",
        "is_scored": True,
        "questions": [
            question_of(1, "text", paragraphs=[paragraph, taken]),
            question_of(2, "results", rows=[row]),
            question_of(3, "number", number="12.5", unit="h"),
            question_of(4, "choices", chosen=["a"], options=_options()),
            question_of(5, "consent", agreed=True),
            question_of(6, "file", annexes=[]),
        ],
    } | more


def _options() -> list[dict[str, Any]]:
    return [{"code": "a", "titles": {"en": "By post"}}, {"code": "b", "titles": {"en": "By e-mail"}}]


def question_of(pk: int, kind: str, **more: Any) -> dict[str, Any]:
    """One question with its answer."""
    said = {"titles": {"en": f"Question {pk}?"}, "leads": {}, "is_required": True, "max_characters": None}
    return {"pk": pk, "code": f"q{pk}", "kind": kind, "unit": "", "options": [], **said} | more


def make_submission(application: Application | None = None, office: Any = None, **more: Any) -> Submission:
    """What an office submitted; its application stands submitted."""
    application = application or make_application(office)
    content = more.pop("content", None) or content_of(application)
    if not application.number:
        application.number = content["number"]
    application.state = Application.State.SUBMITTED
    application.save()
    facts = {
        "ordinal": 1,
        "statement": content["statement"],
        "submitted_by": more.pop("submitted_by", None) or make_user(),
        "submitted_at": MOMENT,
        "sha256": digest(content),
    }
    return Submission.objects.create(application=application, content=content, **facts | more)


def make_dossier(submission: Submission, content: bytes = b"%PDF-1.7 a dossier", **more: Any) -> Dossier:
    """A file that was set of it, without setting it."""
    digest_of_file = hashlib.sha256(content).hexdigest()
    facts = {"language": settings.LANGUAGE_CODE, "content_hash": digest_of_file, "sha256": digest_of_file, "pages": 7}
    dossier = Dossier(submission=submission, size=len(content), **facts | more)
    dossier.file.save(f"{digest_of_file[:32]}.pdf", ContentFile(content), save=False)
    dossier.save()
    return dossier
