"""Annexes: checked by content, scanned, put in order, taken out."""

from __future__ import annotations

import hashlib
import io
import socketserver
import struct
import threading
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qms.awards.models import Annex
from qms.awards.services import annexes as services
from qms.lifecycle import Refused
from tests.factories.awards import make_application, make_category, make_question, make_section

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(name="letter.pdf", content=b"%PDF-1.7\nexample"):
    return SimpleUploadedFile(name, content)


def add(application, by, file=None, title="Letter", question=None, at=None):
    facts = {"title": title, "file": file or pdf(), "question": question}
    return services.add_annex(application, by=by, at=at or timezone.now(), **facts)


@pytest.fixture
def application(office, lena):
    return make_application(office, started_by=lena)


@pytest.fixture
def clamd(settings):
    """A tiny server that speaks clamd's INSTREAM over a real socket."""

    class Clamd(socketserver.StreamRequestHandler):
        def handle(self):
            assert self.rfile.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!L", self.rfile.read(4))[0]:
                content += self.rfile.read(length)
            self.server.heard.append(content)
            self.wfile.write(self.server.says or self.verdict(content))

        def verdict(self, content):
            return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.heard, server.says = [], b""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.QMS_CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def refusal_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def test_annex_keeps_its_name_kind_size_and_fingerprint(application, lena):
    annex = add(application, lena)

    assert (annex.title, annex.file_name, annex.kind, annex.size) == ("Letter", "letter.pdf", "pdf", 16)
    assert annex.sha256 == hashlib.sha256(b"%PDF-1.7\nexample").hexdigest()
    assert annex.scan == Annex.Scan.NONE
    assert annex.file.read() == b"%PDF-1.7\nexample"


def test_word_file_renamed_to_pdf_is_refused(application, lena):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    said = refusal_of(lambda: add(application, lena, pdf("plan.pdf", packed.getvalue())))

    assert said == "This file says that it is PDF, but something else is in it."
    assert not Annex.objects.exists()


def test_file_of_200_megabytes_is_refused_unread(application, lena):
    huge = pdf()
    huge.size = 200 * 1024 * 1024

    assert refusal_of(lambda: add(application, lena, huge)) == "The file is larger than 20 MB."


def test_clean_file_is_scanned_whole(application, lena, clamd):
    content = b"%PDF-1.7\n" + b"x" * 200_000

    annex = add(application, lena, pdf(content=content))

    assert annex.scan == Annex.Scan.CLEAN
    assert clamd.heard == [content]
    assert annex.file.read() == content


def test_infected_file_is_refused(application, lena, clamd):
    said = refusal_of(lambda: add(application, lena, pdf(content=b"%PDF-1.7\n" + EICAR)))

    assert said == (
        "The virus scanner found Eicar-Test-Signature in this file, so it was not taken. Check your computer."
    )
    assert not Annex.objects.exists()


def test_no_file_is_taken_while_the_scanner_is_down(application, lena, settings):
    settings.QMS_CLAMAV = "unix:/nowhere/clamd.ctl"

    said = refusal_of(lambda: add(application, lena))

    assert said == "The virus scanner does not answer, so the file was not taken. Please try again later."
    assert not Annex.objects.exists()


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"\0"])
def test_no_file_is_taken_that_the_scanner_could_not_judge(application, lena, clamd, says):
    clamd.says = says

    assert "does not answer" in refusal_of(lambda: add(application, lena))
    assert not Annex.objects.exists()


def test_address_of_the_scanner_that_is_no_address_takes_nothing(application, lena, settings):
    settings.QMS_CLAMAV = "localhost:port"

    assert "does not answer" in refusal_of(lambda: add(application, lena))


def test_one_second_after_the_closing_no_annex_is_taken(application, lena):
    closes = application.category.round.closes_at
    add(application, lena, at=closes - timedelta(seconds=1))

    said = refusal_of(lambda: add(application, lena, pdf(content=b"%PDF-2"), at=closes))

    assert said == "The last moment for this round has passed. Nothing more is taken."


def test_the_same_file_is_taken_once(application, lena):
    add(application, lena)

    said = refusal_of(lambda: add(application, lena, title="Again"))

    assert said == "This file is attached already, as “Letter”."


def test_more_annexes_than_the_category_allows_are_refused(office, lena):
    application = make_application(office, make_category(max_annexes=1))
    add(application, lena)

    said = refusal_of(lambda: add(application, lena, pdf(content=b"%PDF-2")))

    assert said == "The application has 1 annexes already, and no more are allowed. Take one out first."


def test_annex_answers_only_a_question_of_its_own_form(application, lena):
    other = make_question(make_section(make_category()), "file")

    assert refusal_of(lambda: add(application, lena, question=other)) == "This annex is not asked for here."


def test_annexes_change_places(application, lena):
    first, second = (add(application, lena, pdf(content=b"%%PDF-%d" % n), f"No. {n}") for n in (1, 2))

    services.move_annex(second, to="up", by=lena, at=timezone.now())
    services.move_annex(second, to="up", by=lena, at=timezone.now())

    assert list(Annex.objects.order_by("position")) == [second, first]


def test_file_that_was_never_submitted_goes_with_its_annex(application, lena, django_capture_on_commit_callbacks):
    annex = add(application, lena)
    storage, name = annex.file.storage, annex.file.name

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_annex(annex, by=lena, at=timezone.now())

    assert not Annex.objects.exists()
    assert not storage.exists(name)


def test_annex_is_taken_out_once(application, lena):
    annex = add(application, lena)
    services.remove_annex(annex, by=lena, at=timezone.now())

    said = refusal_of(lambda: services.remove_annex(annex, by=lena, at=timezone.now()))

    assert said == "This annex was taken out meanwhile."
