"""Dossiers: the whole job against WeasyPrint and pypdf alone on the same parts."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import weasyprint
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader, PdfWriter
from weasyprint.text.fonts import FontConfiguration

from benchmarks.measure import Figure, compared
from qms.accounts.models import User
from qms.assessments.domain.snapshot import digest
from qms.awards.documents.dossier import TEMPLATE, dossier_of
from qms.awards.models import Annex, Application, Category, Dossier, Programme, Round, Submission
from qms.awards.services.annex_reading import read_annexes
from qms.awards.services.dossiers import build_dossier, verify_address
from qms.offices.models import Office
from qms.pdf.engine import STYLES, VARIANT, OwnFiles, html_to_pdf
from qms.pdf.services import html_of

ROUNDS = 3
LIMIT = 1.15
LANGUAGE = "pl"
ALONE = """
from pathlib import Path
from qms.awards.models import Dossier, Submission
from qms.awards.services.dossiers import build_dossier
Dossier.objects.filter(submission={pk}).delete()  # else the one that is there would be taken
build_dossier(Submission.objects.get(pk={pk}), language="{language}")
lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(lines["VmHWM"].split()[0])  # not ru_maxrss, which a new program takes over from the one that started it
"""
SAID = "Co miesiąc kierownicy omawiają wnioski z badań klientów i zapisują, co zmienią do następnego spotkania. "


def awards() -> Iterator[Figure]:
    """A dossier of forty pages, and one of three hundred with twenty annexes."""
    yield from _dossier("dossier of 40 pages", paragraphs=32, annexes=0, leaves=0)
    yield from _dossier("dossier of 300 pages with 20 annexes", paragraphs=80, annexes=20, leaves=10)


def _dossier(name: str, *, paragraphs: int, annexes: int, leaves: int) -> Iterator[Figure]:
    submission = _submission(name, paragraphs=paragraphs, annexes=annexes, leaves=leaves)
    made: list[Dossier] = []

    def whole_job() -> None:
        Dossier.objects.filter(submission=submission).delete()
        made[:] = [build_dossier(submission, language=LANGUAGE)]

    # The bare side sets the words only: annexes follow as they are, without our heads and numbers on their pages.
    html = html_of(_document(submission), template=TEMPLATE).replace('<div class="sheet"></div>', "")
    files = [default_storage.open(annex.file.name).read() for annex in submission.application.annexes.all()]

    def bare() -> None:
        fetcher, fonts = OwnFiles(), FontConfiguration()
        styles = [weasyprint.CSS(url=f"static:{style}", url_fetcher=fetcher, font_config=fonts) for style in STYLES]
        document = weasyprint.HTML(string=html, url_fetcher=fetcher)
        content = document.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant=VARIANT)
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
        for file in files:
            writer.append(io.BytesIO(file))
        writer.write(io.BytesIO())

    yield compared(f"{name}, whole job", whole_job, bare, limit=LIMIT, rounds=ROUNDS, unit="s")
    yield Figure(f"{name}, pages", made[0].pages, "pages")
    yield Figure(f"{name}, peak memory of a process that sets nothing else", _peak_alone(submission), "MB")


def _peak_alone(submission: Submission) -> int:
    """In MB, measured from outside this process, whose peak holds the demonstration's loading and the bare side too."""
    code = ALONE.format(pk=submission.pk, language=LANGUAGE)
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    return round(int(done.stdout) / 1024)


def _document(submission: Submission) -> Any:
    address = verify_address(submission, LANGUAGE)
    return dossier_of(submission, read_annexes(submission), address=address, language=LANGUAGE)


def _submission(name: str, *, paragraphs: int, annexes: int, leaves: int) -> Submission:
    user, office, now = User.objects.order_by("pk")[0], Office.objects.order_by("pk")[0], timezone.now()
    slug = f"bench-{paragraphs}"
    programme = Programme.objects.create(titles={"en": name}, slug=slug, organiser="Benchmark")
    dates = {"opens_at": now, "closes_at": now + timedelta(days=9), "embargo_until": now + timedelta(days=99)}
    award = Round.objects.create(
        programme=programme, titles={"en": name}, year=2027, slug=slug, prefix=slug, made_by=user, **dates
    )
    category = Category.objects.create(round=award, titles={"en": name}, slug=slug)
    application = Application.objects.create(category=category, office=office, started_by=user, number=f"{slug}-001")
    rows = [_annex(application, user, number, leaves) for number in range(annexes)]
    content = _content(application, paragraphs, rows)
    return Submission.objects.create(
        application=application,
        ordinal=1,
        content=content,
        sha256=digest(content),
        statement="-",
        submitted_by=user,
        submitted_at=now,
    )


def _annex(application: Application, user: User, number: int, leaves: int) -> Annex:
    body = "".join(f"<p style='break-after: page'>{SAID * 12} {number}/{leaf}</p>" for leaf in range(leaves - 1))
    html = f"<html lang='pl'><head><title>{number}</title></head><body>{body}<p>{SAID}</p></body></html>"
    content = html_to_pdf(html, moment=timezone.now(), language=LANGUAGE)
    facts = {"title": f"Annex {number}", "file_name": f"{number}.pdf", "kind": "pdf", "size": len(content)}
    annex = Annex(
        application=application, position=number, sha256=hashlib.sha256(content).hexdigest(), added_by=user, **facts
    )
    annex.file.save(f"{number}.pdf", ContentFile(content), save=False)
    annex.save()
    return annex


def _content(application: Application, paragraphs: int, annexes: list[Annex]) -> dict[str, Any]:
    award, office = application.category.round, application.office
    office_facts = {name: getattr(office, name) for name in ("pk", "name", "short_name", "kind", "city")}
    keys = ("pk", "title", "file_name", "kind", "size", "sha256", "scan")
    return {
        "number": application.number,
        "round": {"titles": award.titles, "organiser": "Benchmark", "zone": award.zone},
        "category": {"titles": award.titles, "max_pages": None},
        "office": office_facts | {"region": "-", "address": "-", "website": "", "staff_count": 31},
        "eligibility": [],
        "assessment": None,
        "sections": [_section(number, paragraphs) for number in range(9)],
        "annexes": [{key: getattr(annex, key) for key in keys} | {"question": None} for annex in annexes],
    }


def _section(number: int, paragraphs: int) -> dict[str, Any]:
    text = {"text": SAID * 8, "source": "strength", "source_title": "1.1", "source_url": ""}
    row = {"title": "Klienci", "unit": "%", "better": "higher", "year": 2025, "values": ["61.5", "70", "78"]}
    row |= {"target": "75", "comparison": "64", "comparison_note": "-", "evidence": "E1"}
    row |= {"source": "", "source_title": ""}
    asked = {"titles": {"pl": "Co robicie?"}, "leads": {}, "unit": "", "options": []}
    questions = [
        asked | {"pk": number * 10, "kind": "text", "paragraphs": [text] * (paragraphs // 4)},
        asked | {"pk": number * 10 + 1, "kind": "results", "rows": [row] * (paragraphs // 4)},
    ]
    return {"titles": {"pl": f"Rozdział {number}"}, "leads": {}, "max_pages": None, "questions": questions}
