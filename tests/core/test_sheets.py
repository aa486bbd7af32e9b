import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook

from qms.core import spreadsheets, uploads
from qms.core.spreadsheets import Row, read_sheet, write_csv, write_xlsx
from qms.lifecycle import Refused


def upload(name, content):
    return SimpleUploadedFile(name, content)


def packed(entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def sentence(call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return str(refusal.value)


# --- Reading ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_delimiter_that_offices_use(encoding, delimiter):
    text = delimiter.join(["nazwa", "miasto"]) + "\r\n" + delimiter.join(["Urząd Pracy", "Łęczna"]) + "\r\n"

    with translation.override("pl"):
        sheet = read_sheet(upload("urzedy.csv", text.encode(encoding)))

    assert sheet.headers == ("nazwa", "miasto")
    assert sheet.rows == (Row(2, {"nazwa": "Urząd Pracy", "miasto": "Łęczna"}),)


def test_russian_csv_of_an_office_is_read_in_a_russian_interface():
    with translation.override("ru"):
        sheet = read_sheet(upload("x.csv", "имя\nЧебоксары\n".encode("cp1251")))

    assert sheet.rows[0].cells == {"имя": "Чебоксары"}


def test_lines_are_numbered_as_the_person_sees_them():
    content = 'a,b\n\n1,"two\nlines"\n\n3,4\n'

    rows = read_sheet(upload("x.csv", content.encode())).rows

    assert [row.line for row in rows] == [3, 6]


def test_xlsx_is_read_with_days_and_whole_numbers_as_written():
    book = Workbook()
    book.active.append(["name", "day", "count", "share", "blank"])
    book.active.append(["Łęczna", dt.date(2026, 11, 18), 31.0, 0.5, None])
    file = io.BytesIO()
    book.save(file)

    rows = read_sheet(upload("x.xlsx", file.getvalue())).rows

    assert rows == (Row(2, {"name": "Łęczna", "day": "2026-11-18", "count": "31", "share": "0.5", "blank": ""}),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a;a\n1;2\n", "appears twice"),
        (b"a;;c\n1;2;3\n", "Column 2 has no heading."),
        (b"a;b\n1;2;3\n", "Row 2 has more cells"),
        (b"\n\n", "The file is empty. The first row"),
        (b'a;b\n"open;2\n', "Row 2 cannot be read"),
    ],
)
def test_faulty_csv_is_refused_with_its_place(content, words):
    assert words in sentence(read_sheet, upload("x.csv", content))


def test_too_many_rows_are_refused():
    assert "more than 3 rows" in sentence(read_sheet, upload("x.csv", b"a\n" + b"1\n" * 4), max_rows=3)


def test_damaged_xlsx_is_refused():
    content = packed({"xl/workbook.xml": "<broken", "[Content_Types].xml": "<x/>"})

    assert "damaged" in sentence(read_sheet, upload("x.xlsx", content))


# --- Writing ---

EVIL = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", "|calc", "%x"]


def test_nothing_in_a_csv_is_a_formula():
    text = write_csv(["x"], [[evil] for evil in EVIL]).decode("utf-8-sig")

    assert all(line.lstrip('"').startswith("'") for line in text.splitlines()[1:])


def test_csv_is_written_as_the_readers_excel_expects():
    rows = [["Łęczna", Decimal("85.7"), -3, None, dt.date(2026, 11, 18)]]

    with translation.override("pl"):
        polish = write_csv(["a", "b", "c", "d", "e"], rows)
    with translation.override("en"):
        english = write_csv(["a", "b", "c", "d", "e"], rows)

    assert polish == b"\xef\xbb\xbf" + "a;b;c;d;e\r\nŁęczna;85,7;-3;;2026-11-18\r\n".encode()
    assert english == b"\xef\xbb\xbf" + "a,b,c,d,e\r\nŁęczna,85.7,-3,,2026-11-18\r\n".encode()


def test_nothing_in_an_xlsx_is_a_formula_and_numbers_stay_numbers():
    moment = dt.datetime(2026, 11, 18, 14, 32, tzinfo=dt.UTC)
    content = write_xlsx("Urzędy: [1/2]", ["x", "n", "t"], [[evil, Decimal("1.5"), moment] for evil in EVIL])

    sheet = load_workbook(io.BytesIO(content)).active

    assert {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=1) for cell in row} == {"s"}
    assert sheet["B2"].value == 1.5
    assert f"{sheet['C2'].value:%Y-%m-%d %H:%M}" == "2026-11-18 15:32"
    assert (sheet.title, sheet.freeze_panes) == ("Urzędy 12", "A2")


def test_control_letters_do_not_break_an_xlsx():
    content = write_xlsx("x", ["a"], [["bell\x07"], ["x" * 40_000]])

    assert load_workbook(io.BytesIO(content)).active["A2"].value == "bell"


def test_what_was_written_can_be_read():
    rows = [["Łęczna", "31"], ["Gołdap", "7"]]
    content = write_xlsx("x", ["city", "people"], rows)

    assert [list(row.cells.values()) for row in read_sheet(upload("x.xlsx", content)).rows] == rows


# --- Uploads ---

GOOD = {
    "a.pdf": b"%PDF-1.7\n",
    "a.png": b"\x89PNG\r\n\x1a\n....",
    "a.JPG": b"\xff\xd8\xff\xe0..",
    "a.docx": packed({"[Content_Types].xml": "x", "word/document.xml": "x"}),
    "a.xlsx": packed({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}),
    "a.odt": packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
    "a.csv": b"a;b\n1;2\n",
    "a.txt": "zażółć".encode("cp1250"),
}


@pytest.mark.parametrize(("name", "content"), GOOD.items())
def test_honest_files_are_taken(name, content):
    file = upload(name, content)

    kind = uploads.check_upload(file)

    assert name.lower().removeprefix("a.").replace("jpg", "jpeg") == kind
    assert uploads.content_type_of(kind)
    assert file.tell() == 0


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00program", b"PK\x03\x04broken", packed({"evil.exe": "x"}), b"<script>\x00</script>"]
)
def test_disguised_files_are_refused(name, content):
    assert "something else is in it" in sentence(uploads.check_upload, upload(name, content))


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html", "a.pdf.exe", "a", ".pdf", "a.docm"])
def test_unknown_kinds_are_refused(name):
    assert "You can add: PDF, PNG" in sentence(uploads.check_upload, upload(name, b"%PDF-1.7"))


def test_kinds_can_be_narrowed():
    assert "You can add: CSV, XLSX." in sentence(
        uploads.check_upload, upload("a.pdf", GOOD["a.pdf"]), kinds=("csv", "xlsx")
    )


def test_empty_and_large_files_are_refused():
    assert sentence(uploads.check_upload, upload("a.txt", b"")) == "The file is empty."
    large = upload("a.txt", b"x")
    large.size = 21 * uploads.MEGABYTE
    assert sentence(uploads.check_upload, large) == "The file is larger than 20 MB."


def test_files_with_macros_and_bombs_are_refused(monkeypatch):
    macros = packed({"word/document.xml": "x", "word/vbaProject.bin": "x"})
    assert "macros" in sentence(uploads.check_upload, upload("a.docx", macros))
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 1000)
    bomb = packed({"word/document.xml": "0" * 5000})
    assert "unpacks to far more" in sentence(uploads.check_upload, upload("a.docx", bomb))


def test_limits_of_sheets_stand_below_those_of_documents():
    assert spreadsheets.MOST_BYTES < uploads.MOST_BYTES
