"""What the engine makes, seen in the file itself; and what it refuses to read."""

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
from itertools import pairwise

import pikepdf
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pypdf import PdfReader

from qms.pdf import engine, services

MOMENT = dt.datetime(2026, 12, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def pdf(sample_pdf):
    with pikepdf.open(io.BytesIO(sample_pdf)) as opened:
        yield opened


def elements(pdf):
    """Every element of the structure with the kind of its parent."""

    def walk(element, parent):
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return
        kind = str(element.S)
        yield kind, parent, element
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else []:
            yield from walk(kid, kind)

    for root in pdf.Root.StructTreeRoot.K:
        yield from walk(root, "")


def test_file_says_what_it_is(pdf):
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "pl"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == "Raport z samooceny 2026"
    assert str(pdf.docinfo.Author) == "PUP Gołdap"
    assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_outline_leads_to_each_chapter(pdf):
    with pdf.open_outline() as outline:
        titles = {item.title: [under.title for under in item.children] for item in outline.root}

    assert list(titles)[2:5] == [
        "Rozdział 1. Jak przeprowadzono samoocenę",
        "Rozdział 2. Wyniki",
        "Rozdział 3. Kryterium 1 Przywództwo",
    ]
    assert titles["Rozdział 3. Kryterium 1 Przywództwo"][0] == "1.1 Misja, wizja i wartości"


def test_headings_go_down_one_level_at_a_time_and_hold_no_other(pdf):
    levels = [(int(kind[2]), parent) for kind, parent, _ in elements(pdf) if kind in ("/H1", "/H2", "/H3", "/H4")]
    steps = [after - before for (before, _), (after, _) in pairwise(levels)]

    assert levels[0][0] == 1
    assert max(steps) == 1
    assert not [parent for _, parent in levels if parent.startswith("/H")]


def test_tables_have_headings_that_their_cells_name(pdf):
    found = list(elements(pdf))
    cells = [element for kind, _, element in found if kind == "/TD"]

    assert sum(kind == "/TH" for kind, *_ in found) > 50
    assert all("/Headers" in cell.A for cell in cells)


def test_every_figure_has_a_text(pdf):
    texts = [str(element.get("/Alt", "")) for kind, _, element in elements(pdf) if kind == "/Figure"]

    assert len(texts) == 15
    assert all(len(text) > 10 for text in texts)


def test_contents_name_the_pages_where_chapters_stand(sample_pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(sample_pdf)).pages]
    lines = [line for line in pages[1].splitlines() if line.startswith("2") and "Wyniki" in line]

    assert lines[0].rstrip().endswith("4")
    assert "Rozdział 2" in pages[3]


def test_pages_bear_running_heads_and_their_number(sample_pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(sample_pdf)).pages]

    assert "PUP Gołdap, raport z samooceny CAF 2020" not in pages[0]
    assert all("PUP Gołdap, raport z samooceny CAF 2020" in page for page in pages[1:])
    assert all("Wersja 1, 16 grudnia 2026, 9f2c 41e7" in page for page in pages[1:])
    assert len(pages) == 8


def test_polish_and_cyrillic_letters_are_in_the_fonts(leaflet):
    document = leaflet("Zażółć gęślą jaźń – „Żółw” −5 Съешь ещё этих мягких булок")
    content = engine.html_to_pdf(services.html_of(document), moment=MOMENT, language="pl")
    reader = PdfReader(io.BytesIO(content))

    assert "Zażółć gęślą jaźń – „Żółw” −5 Съешь ещё этих мягких булок" in reader.pages[1].extract_text()
    fonts = {str(font["/BaseFont"]) for font in reader.pages[1]["/Resources"]["/Font"].values()}
    assert all("QMS" in name for name in fonts)


def test_same_input_makes_same_bytes_in_another_process_in_another_zone(sample_pdf):
    script = (
        "import django, hashlib; django.setup()\n"
        "from qms.pdf import engine, samples, services\n"
        "d = samples.report()\n"
        "pdf = engine.html_to_pdf(services.html_of(d), moment=d.moment, language=d.language)\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "4711",
        "TZ": "Asia/Tokyo",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.test"),
    }
    other = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert other.stdout.strip() == hashlib.sha256(sample_pdf).hexdigest()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "https://example.org/logo.png",
        "ftp://example.org/logo.png",
        "data:image/png;base64,AAAA",
        "/etc/passwd",
        "static:../config/settings/base.py",
        "static:pdf/../../../config/settings/base.py",
        "static:pdf/%2e%2e/%2e%2e/core/models.py",
        "static:/etc/passwd",
        "static://host/pdf/print.css",
        "static:pdf/print.css?x=1",
        "static:pdf/no-such-file.css",
        "static:pdf",
        "static:",
        "media:../qms.sqlite3",
        "media:/etc/passwd",
        "media:a/../../b",
        "media:no-such-file.png",
        "media:..\\b",
        "STATIC:../x",
    ],
)
def test_fetcher_answers_nothing_but_our_own_files(address):
    with pytest.raises(engine.Forbidden):
        engine.OwnFiles().fetch(address)


def test_fetcher_answers_for_static_and_media():
    path = default_storage.save("arms/example.svg", ContentFile(b"<svg/>"))

    assert b"@page" in engine.OwnFiles().fetch("static:pdf/print.css").read()
    assert engine.OwnFiles().fetch(f"media:{path}").read() == b"<svg/>"
    assert engine.OwnFiles().fetch("static:pdf/print.css").content_type == "text/css"


def test_fonts_come_unpacked_as_the_engine_would_unpack_them_each_time():
    address = "static:pdf/fonts/paper-400-normal.woff2"

    packed = engine.OwnFiles().fetch(address).read()
    first, second = (engine.UnpackedFiles().fetch(address) for _time in range(2))

    assert (packed[:4], first.content_type) == (b"wOF2", "font/ttf")
    assert first.read() == second.read() != packed
    with pytest.raises(engine.Forbidden):
        engine.UnpackedFiles().fetch("static:../paper-400-normal.woff2")


def test_page_that_asks_for_a_file_of_the_machine_does_not_get_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("4711-secret")
    html = f"""<!doctype html><html lang="en"><head><title>x</title><link rel="attachment" href="file://{secret}">
    <link rel="stylesheet" href="http://127.0.0.1:9/x.css"></head>
    <body><h1>x</h1><img src="file://{secret}" alt="x"><svg><image href="file://{secret}"/></svg></body></html>"""

    content = engine.html_to_pdf(html, moment=MOMENT, language="en")

    assert b"4711-secret" not in content
    assert b"/EmbeddedFile" not in content
