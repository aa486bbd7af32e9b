"""The report: made of the frozen content alone, the same bytes every time, in three languages."""

import io
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from pypdf import PdfReader

from qms.assessments import tasks
from qms.assessments.components.report import Subcriterion, Voices
from qms.assessments.documents import assessment_report
from qms.assessments.domain.snapshot import digest
from qms.assessments.models import Snapshot
from qms.assessments.queries import results as reading
from qms.core import services as core
from qms.core.models import Job
from qms.lifecycle import Refused
from qms.pdf import engine
from qms.pdf import services as pdf
from qms.pdf.components import Numbers, Table
from qms.pdf.models import Rendering
from tests.assessments import report_sample as sample
from tests.factories.assessments import make_approved

TEN = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2")


def report(language="pl", **options):
    """The document of the sample, and the content it is made of; no database is asked."""
    content = sample.content(**options)
    assessment = SimpleNamespace(edition=SimpleNamespace(tree=sample.caf), stage="approved")
    snapshot = SimpleNamespace(
        sha256=digest(content), approved_at=sample.APPROVED, approved_by=SimpleNamespace(name="Anna Nowak")
    )
    return assessment_report(reading._read(assessment, content, snapshot), content, language=language), content


def part(document, ident):
    return next(each for section in document.sections for each in section.parts if getattr(each, "ident", "") == ident)


@pytest.fixture(scope="module")
def whole():
    return report("en")


def test_sections_are_brief_two_chapters_a_chapter_per_criterion_and_three_annexes(whole):
    document, _content = whole

    assert [(section.number, section.ident) for section in document.sections] == [
        ("", "brief"),
        ("1", "how"),
        ("2", "results"),
        *((str(number + 2), f"criterion-{number}") for number in range(1, 10)),
        ("A", "annex-a"),
        ("B", "annex-b"),
        ("C", "annex-c"),
    ]


def test_every_subcriterion_has_its_passage_in_order(whole):
    document, content = whole
    passages = [each for section in document.sections for each in section.parts if isinstance(each, Subcriterion)]

    assert [each.number for each in passages] == [node["id"] for node in content["nodes"]]
    assert [len(each.columns[0].entries) for each in passages] == [len(node["strengths"]) for node in content["nodes"]]
    assert [mark.title for mark in passages[0].marks] == ["Plan", "Do", "Check", "Act"]
    assert [mark.title for mark in passages[-1].marks] == ["Trend", "Target"]


def test_cover_names_office_director_group_total_and_evidence(whole):
    document, _content = whole

    assert document.cover.organisation == "Powiatowy Urząd Pracy w Gołdapi"
    assert document.cover.facts == (
        ("Approved", "director of the office, 16 December 2024"),
        ("Self-assessment group", "8 people, scores agreed 2 December 2024"),
        ("Total of criteria", "440 of 900 (in 2022: 389)"),
        ("Evidence", "42 pieces, listed in annex B"),
    )
    assert document.cover.art.count("<circle") == 28


def test_annex_a_shows_the_spread_without_names(whole):
    document, _content = whole
    table = next(section for section in document.sections if section.number == "A").parts[0]
    first = next(row for row in table.rows if row.cells[0].startswith("1.1"))

    assert [column.title for column in table.columns] == [
        "Criterion and subcriterion",
        "2024",
        "2022",
        "Change",
        "n",
        "Range",
        "Median",
        "Deviation",
        "Band",
    ]
    assert first.cells[1:8] == ("48", "39", "+9", "8", "33–64", "44", "11.7")
    assert len(table.rows) == 9 + 28


def test_dissent_is_printed_where_there_is_any(whole):
    document, content = whole
    voices = [each for each in document.sections[2].parts if isinstance(each, Voices)]

    assert len(voices[0].voices) == sum(bool(node["dissent"]) for node in content["nodes"]) == 2


def test_blank_is_a_dash_and_no_total_is_made_up():
    document, _content = report("en", blank=("8.1", "8.2"), previous=False, benchmark=False)
    numbers = next(each for each in document.sections[0].parts if isinstance(each, Numbers))
    table = part(document, "results-table")

    assert [number.value for number in numbers.numbers] == ["–", "50.9", "53.5", "–"]
    assert numbers.numbers[-1].note == "not shown: fewer than five offices share figures"
    assert next(row.cells[1:3] for row in table.rows if row.cells[0].startswith("8 ")) == ("–", "0/2")
    assert dict(document.cover.facts)["Total of criteria"] == "none: 26 of 28 subcriteria have a score"


def test_nobody_is_named_beside_a_score(whole):
    document, content = whole
    html = pdf.html_of(document)
    after_group = html[html.index('id="how-scale"') :]

    assert [name for name in sample.NAMES if name in after_group] == []
    assert isinstance(part(document, "how-group"), Table)
    assert "individual" in content["nodes"][0]


def test_texts_of_the_office_keep_their_language_in_every_report():
    html = pdf.html_of(report("ru")[0])

    assert '<html lang="ru">' in html
    assert len(re.findall('<span lang="pl">', html)) > 100
    assert "Лидерство" in html


def test_same_content_makes_the_same_page_and_the_same_bytes():
    documents = [report("pl", blank=TEN)[0] for _ in range(2)]
    pages = [pdf.html_of(document) for document in documents]
    short = [re.sub(r"(?s)<section class=\"node\">.*?</section>", "", page) for page in pages]
    files = [engine.html_to_pdf(page, moment=sample.APPROVED, language="pl") for page in short]

    assert pages[0] == pages[1]
    assert files[0] == files[1]


# --- The job ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def approved(office, lena, ana, clara, boris):
    return make_approved(office, by=lena, director=ana, people=[clara, boris])


def order(assessment, by, language="en"):
    return core.open_job(
        tasks.REPORT,
        title="Report",
        subject=assessment,
        by=by,
        office_id=assessment.office_id,
        arguments={"language": language},
    )


@pytest.mark.django_db
def test_job_sets_the_report_with_its_text_and_is_idempotent(approved, ana):
    first = core.run_job(order(approved, ana).pk)
    again = core.run_job(order(approved, ana).pk)
    rendering = Rendering.objects.about(approved).get()
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(rendering.file.read())).pages)
    flat = " ".join(text.split())

    assert (first.state, again.state) == (Job.State.DONE, Job.State.DONE)
    assert first.result_url == again.result_url == reverse("assessments:report", args=[approved.pk, rendering.pk])
    assert (rendering.name, rendering.language) == ("Self-assessment report 2026, PUP Gołdap (en)", "en")
    for wanted in ("Powiatowy Urząd Pracy w Gołdapi", "In brief", "How we compute", "Agreed strength", "Annex C"):
        assert wanted in flat


@pytest.mark.django_db
def test_job_in_another_language_is_another_file(approved, ana):
    core.run_job(order(approved, ana).pk)
    core.run_job(order(approved, ana, "ru").pk)

    assert sorted(Rendering.objects.about(approved).values_list("language", flat=True)) == ["en", "ru"]


@pytest.mark.django_db
def test_content_that_lost_its_fingerprint_is_not_printed(approved, ana):
    content = Snapshot.objects.get(assessment=approved).content
    content["office"]["name"] = "Another office"
    models_update = super(type(Snapshot.objects.all()), Snapshot.objects.filter(assessment=approved)).update
    models_update(content=content)

    job = core.run_job(order(approved, ana).pk)

    assert job.state == Job.State.FAILED
    assert job.reason == (
        "The approved content does not match its fingerprint any more. Please tell the administrator."
    )


@pytest.mark.django_db
def test_snapshot_cannot_be_changed(approved):
    with pytest.raises(Refused):
        Snapshot.objects.filter(assessment=approved).update(sha256="0" * 64)
