"""A dossier holds every annex or says why not; the same submission makes the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    RectangleObject,
)

from qms.awards.domain import binding
from qms.awards.models import Application, Dossier
from qms.awards.queries.dossiers import verified
from qms.awards.services import archives
from qms.awards.services.annex_reading import read_annexes
from qms.awards.services.dossiers import DOSSIER, build_dossier, queue_dossier
from qms.core.services import run_job
from qms.lifecycle import Refused
from qms.pdf import guests
from tests.factories.awards import make_application, make_category, make_round
from tests.factories.dossiers import (
    content_of,
    locked_pdf,
    make_annex,
    make_pdf,
    make_png,
    make_submission,
    question_of,
    section_of,
)
from tests.factories.offices import make_office

pytestmark = pytest.mark.django_db


def text_of(reader, number):
    return reader.pages[number - 1].extract_text()


def told(_percent, _step):
    """Nobody waits."""


@pytest.fixture
def full(office, ana):
    """A submission with an annex of every fate."""
    application = make_application(office)
    make_annex(application, make_pdf(3, words="Insurance"), title="No arrears", position=1)
    make_annex(application, make_pdf(1, size="A3 landscape", words="Chart"), title="Structure", position=2)
    make_annex(application, make_png(), "png", title="Hall", position=3)
    make_annex(application, locked_pdf(), title="Pay rules", position=4)
    make_annex(application, b"%PDF-1.7 nothing", title="Resolution", position=5)
    make_annex(application, b"PK", "docx", title="Strategy", position=6)
    return make_submission(application, submitted_by=ana)


def test_no_annex_is_dropped_and_each_fate_has_its_reason(full):
    fates = [(one.title, one.outcome, one.reason, len(one.pages)) for one in read_annexes(full)]

    assert fates == [
        ("No arrears", "merged", "", 3),
        ("Structure", "merged", "", 1),
        ("Hall", "merged", "", 1),
        ("Pay rules", "encrypted", binding.ENCRYPTED, 0),
        ("Resolution", "broken", binding.BROKEN, 0),
        ("Strategy", "listed", binding.OFFICE_FILE, 0),
    ]


def test_the_dossier_tells_on_which_page_each_annex_begins(full):
    dossier = build_dossier(full, language="en")
    with dossier.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))

    assert len(reader.pages) == dossier.pages
    firsts = [(one["title"], one["first_page"]) for one in dossier.annexes]
    assert [first for _title, first in firsts] == [dossier.pages - back for back in (10, 6, 4, 2, 1, 0)]
    for title, first in firsts:
        assert title in text_of(reader, first)
        assert f"page {first} of {dossier.pages}" in text_of(reader, first)


def test_merged_pages_keep_their_text_and_get_the_running_heads(full):
    dossier = build_dossier(full, language="en")
    with dossier.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))
    page = dossier.annexes[0]["first_page"] + 2

    words = text_of(reader, page)
    assert "Insurance 2" in words
    assert f"page {page} of {dossier.pages}" in words
    assert full.sha256[:12] in words
    wide = reader.pages[dossier.annexes[1]["first_page"]].mediabox
    assert wide.width > wide.height


def test_bookmarks_lead_to_sections_and_annexes(full):
    dossier = build_dossier(full, language="en")
    with dossier.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))
    titles = [mark.title for mark in reader.outline if not isinstance(mark, list)]

    assert titles == [
        "Contents",
        "Statement",
        "The office",
        "Section 1. Leadership",
        "Evidence and sources",
        "Annexes",
        *(f"Annex {place}. {one['title']}" for place, one in enumerate(dossier.annexes, start=1)),
    ]


def test_the_same_submission_is_set_once_and_makes_the_same_bytes(full):
    first = build_dossier(full, language="en")
    again = build_dossier(full, language="en")
    assert again.pk == first.pk

    with first.file.open() as file:
        bytes_before = file.read()
    first.file.delete(save=False)
    anew = build_dossier(full, language="en")
    with anew.file.open() as file:
        assert file.read() == bytes_before
    assert (anew.pk, Dossier.objects.count()) == (first.pk, 1)


def test_a_file_that_was_changed_in_the_store_is_not_passed_off_as_the_submitted_one(office):
    application = make_application(office)
    annex = make_annex(application, make_pdf())
    submission = make_submission(application)
    with default_storage.open(annex.file.name, "wb") as file:
        file.write(make_pdf(2))

    (bound,) = read_annexes(submission)
    assert (bound.outcome, bound.reason) == ("broken", binding.CHANGED)


def test_a_file_that_is_gone_is_named(office):
    application = make_application(office)
    annex = make_annex(application, make_pdf())
    submission = make_submission(application)
    default_storage.delete(annex.file.name)

    (bound,) = read_annexes(submission)
    assert (bound.outcome, bound.reason) == ("broken", binding.MISSING)


def test_an_endless_file_is_listed(office, monkeypatch):
    monkeypatch.setattr(binding, "MOST_PAGES", 2)
    application = make_application(office)
    make_annex(application, make_pdf(3))

    (bound,) = read_annexes(make_submission(application))
    assert (bound.outcome, bound.reason) == ("listed", binding.TOO_MANY)


def strange_pdf(contents):
    """A file of one page whose drawing is what `contents` makes of it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(1, words="Form"))))
    writer.pages[0][NameObject("/Contents")] = contents(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def unknown_packing(writer):
    stream = DecodedStreamObject()
    stream.set_data(b"BT ET")
    stream[NameObject("/Filter")] = NameObject("/SecretDecode")
    return ArrayObject([writer._add_object(stream)])


def circle(writer):
    pointer = writer._add_object(NullObject())
    writer._objects[pointer.idnum - 1] = pointer
    return pointer


@pytest.mark.parametrize("contents", [unknown_packing, circle])
def test_an_annex_that_cannot_be_set_in_is_named_and_never_stops_a_dossier(office, contents):
    application = make_application(office)
    make_annex(application, make_pdf(1, words="Whole"), title="Whole", position=1)
    make_annex(application, strange_pdf(contents), title="Strange", position=2)

    dossier = build_dossier(make_submission(application), language="en")

    assert [(one["outcome"], one["reason"]) for one in dossier.annexes] == [("merged", ""), ("broken", binding.BROKEN)]


def test_an_annex_that_unpacks_to_too_much_goes_with_the_dossier_as_a_file(office, monkeypatch):
    monkeypatch.setattr(guests, "MOST_PACKED", 60)
    application = make_application(office)
    make_annex(application, make_pdf(3))

    (bound,) = read_annexes(make_submission(application))
    assert (bound.outcome, bound.reason) == ("listed", binding.TOO_HEAVY)


def filled_form():
    """A page turned by a quarter whose field shows its value in a look of its own, as forms that people fill do."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(1, words="Form"))))
    look = DecodedStreamObject()
    look.set_data(b"BT /F1 12 Tf 2 2 Td (Signed by Ana) Tj ET")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
    )
    look[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    look[NameObject("/Type")], look[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject([FloatObject(edge) for edge in (0, 0, 200, 20)])
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): RectangleObject((100, 100, 300, 120)),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    writer.pages[0].rotate(90)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_filled_fields_and_signatures_are_not_lost(office):
    application = make_application(office)
    make_annex(application, filled_form())
    dossier = build_dossier(make_submission(application), language="en")
    with dossier.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))
    sheet = reader.pages[dossier.pages - 1]

    assert "Signed by Ana" in sheet.extract_text()
    assert sheet.mediabox.width > sheet.mediabox.height
    assert "/Annots" not in sheet


def test_an_application_without_annexes_says_so(office):
    dossier = build_dossier(make_submission(office=office), language="en")
    with dossier.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))

    assert "The application has no annexes." in text_of(reader, dossier.pages)
    assert dossier.annexes == []


def test_nothing_that_was_typed_becomes_markup_or_an_address(office):
    application = make_application(office)
    paragraph = {"key": "p", "text": "<img src='static:x'> & <b>bold</b>", "source": "", "source_title": ""}
    section = section_of(questions=[question_of(1, "text", paragraphs=[paragraph])])
    submission = make_submission(application, content=content_of(application, sections=[section]))
    dossier = build_dossier(submission, language="en")
    with dossier.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))

    assert any("<img src='static:x'> & <b>bold</b>" in page.extract_text() for page in reader.pages)


def test_the_job_belongs_to_who_orders_it_and_to_no_office(full, ana):
    job = queue_dossier(full, ana, language="en")

    assert (job.kind, job.created_by, job.office_id) == (DOSSIER, ana, None)
    assert queue_dossier(full, ana, language="en").pk == job.pk
    assert run_job(job.pk).result_url.endswith(f"/awards/dossiers/{Dossier.objects.get().pk}/file/")


def test_a_code_tells_whether_the_submission_still_stands(office):
    application = make_application(office)
    first = make_submission(application)
    assert verified(first.code).state == "stands"

    second = make_submission(application, ordinal=2)
    assert (verified(first.code).state, verified(second.code).state) == ("replaced", "stands")

    Application.objects.update(state=Application.State.WITHDRAWN)
    assert verified(second.code).state == "withdrawn"
    assert verified("NOBODYSCODE2") is None


@pytest.fixture
def closed(db):
    """A round that closed yesterday, with two applications."""
    now = timezone.now()
    days = {"opens_at": -30, "closes_at": -1, "embargo_until": 30}
    award = make_round(**{name: now + timedelta(days=count) for name, count in days.items()})
    category = make_category(award)
    for number in (1, 2):
        application = make_application(make_office(), category, number=f"{award.prefix}-00{number}")
        if number == 1:
            make_annex(application, b"PK", "docx", file_name="../../strategy.docx")
        make_submission(application)
    return award


def test_the_archive_holds_every_dossier_what_is_not_set_in_and_a_list(closed):
    path = archives.build_archive(closed, language="en", at=timezone.now(), progress=told)
    with default_storage.open(path) as file, zipfile.ZipFile(file) as archive:
        names = archive.namelist()

    one, two = (f"{closed.prefix}-00{number}" for number in (1, 2))
    assert names == ["list.xlsx", f"{one}/{one}.pdf", f"{one}/01-strategy.docx", f"{two}/{two}.pdf"]
    assert archives.archive_that_stands(closed, "en") == path


@pytest.mark.parametrize(
    ("file_name", "packed"),
    [
        ("strategy.docx", "02-strategy.docx"),
        ("../../etc/plan.docx", "02-plan.docx"),
        ("..\\..\\plan.docx", "02-plan.docx"),
        ('Plan: "2027"?.docx', "02-Plan_ _2027__.docx"),
        ("ж" * 195 + ".docx", "02-" + "ж" * 75 + ".docx"),
    ],
)
def test_a_file_in_the_archive_has_a_name_that_every_system_unpacks(file_name, packed):
    assert archives.entry_name(2, file_name) == packed


def test_an_archive_from_before_a_withdrawal_is_given_to_nobody(closed):
    before = archives.build_archive(closed, language="en", at=timezone.now(), progress=told)
    Application.objects.filter(number=f"{closed.prefix}-002").update(state=Application.State.WITHDRAWN)

    assert archives.archive_that_stands(closed, "en") == ""
    after = archives.build_archive(closed, language="en", at=timezone.now(), progress=told)
    assert after != before
    assert not default_storage.exists(before)


def test_no_archive_before_the_closing(nora):
    award = make_round()
    with pytest.raises(Refused):
        archives.order_archive(award, language="en", by=nora, at=timezone.now())
