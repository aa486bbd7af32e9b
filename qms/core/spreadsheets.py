"""Sheets that people upload, and sheets that they download."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

from defusedcsv import csv as safe_csv
from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from qms.core.uploads import MEGABYTE, check_upload
from qms.lifecycle import Refused, gettext_noop

MOST_BYTES = 5 * MEGABYTE
MOST_ROWS = 10_000
MOST_COLUMNS = 200
OFFICE_ENCODINGS = {"pl": "cp1250", "ru": "cp1251"}
DELIMITERS = ";,\t"
CELL_LIMIT = 32_767  # Excel's own


@dataclass(frozen=True)
class Row:
    """One line of a sheet: the number that the person sees, and its cells by heading."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """What was read: headings as written, rows without the empty ones."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


# --- Reading ---------------------------------------------------------------------------------------------------------


def read_sheet(file: Any, *, max_bytes: int = MOST_BYTES, max_rows: int = MOST_ROWS) -> Sheet:
    """The rows of an uploaded CSV or XLSX file; a refusal that says what is wrong with it."""
    kind = check_upload(file, kinds=("csv", "xlsx"), max_bytes=max_bytes)
    file.seek(0)
    lines = _xlsx_lines(file) if kind == "xlsx" else _csv_lines(file.read())
    return _sheet_of(lines, max_rows=max_rows)


def _sheet_of(lines: Iterable[tuple[int, list[str]]], *, max_rows: int) -> Sheet:
    filled = ((number, cells) for number, cells in lines if any(cells))
    _, heads = next(filled, (0, []))
    headers = _headers_of(heads)
    rows: list[Row] = []
    for number, cells in filled:
        if len(rows) == max_rows:
            raise Refused(gettext_noop("The file has more than %(count)s rows. Please split it."), count=max_rows)
        if any(cells[len(headers) :]):
            raise Refused(gettext_noop("Row %(line)s has more cells than there are headings."), line=number)
        padded = [*cells, *[""] * len(headers)]
        rows.append(Row(number, dict(zip(headers, padded, strict=False))))
    return Sheet(headers, tuple(rows))


def _headers_of(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if not cells:
        raise Refused(gettext_noop("The file is empty. The first row must hold the headings."))
    if len(cells) > MOST_COLUMNS:
        raise Refused(gettext_noop("The file has more than %(count)s columns."), count=MOST_COLUMNS)
    if "" in cells:
        raise Refused(gettext_noop("Column %(number)s has no heading."), number=cells.index("") + 1)
    twice = next((cell for cell in cells if cells.count(cell) > 1), None)
    if twice:
        raise Refused(gettext_noop("The heading “%(heading)s” appears twice."), heading=twice)
    return tuple(cells)


def _csv_lines(content: bytes) -> Iterable[tuple[int, list[str]]]:
    text = decoded(content)
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error:
        raise Refused(gettext_noop("Row %(line)s cannot be read: check its quotation marks."), line=start) from None


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the encoding that offices' Excel writes in this language."""
    encodings = ["utf-8-sig", OFFICE_ENCODINGS.get((get_language() or "")[:2], "cp1252")]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Refused(gettext_noop("The letters in this file cannot be read. Please save it as CSV UTF-8 or as XLSX."))


def _xlsx_lines(file: BinaryIO) -> Iterable[tuple[int, list[str]]]:
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_text(cell) for cell in cells]
    except (KeyError, ValueError, IndexError, TypeError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        raise Refused(gettext_noop("This spreadsheet is damaged. Please save it again as XLSX.")) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


# --- Writing ---------------------------------------------------------------------------------------------------------


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that Excel opens rightly in the reader's language, and in which nothing is a formula."""
    comma = (get_language() or "")[:2] in OFFICE_ENCODINGS  # where the decimal comma is at home, cells part at ;
    file = io.StringIO()
    writer = safe_csv.writer(file, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_csv_cell(cell, comma=comma) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def _csv_cell(cell: object, *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return _local(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",") if comma else str(cell)
    # A tab or a line break in front would hide a formula from the guard.
    return str(cell).lstrip("\t\r\n")


def write_xlsx(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """An XLSX with a fixed heading row and filters, in which nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(letter for letter in title if letter not in r"[]:*?/\'")[:31] or "1")
    sheet.freeze_panes = "A2"
    widths = [len(str(header)) for header in headers]
    written = [[_xlsx_cell(sheet, cell) for cell in row] for row in rows]
    for cells in written:
        widths = [max(width, len(str(cell.value or ""))) for width, cell in zip(widths, cells, strict=False)]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(width + 2, 8), 60)
    sheet.append([_xlsx_cell(sheet, header, bold=True) for header in headers])
    for cells in written:
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(headers), 1))}{len(written) + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _xlsx_cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, dt.datetime):
        value = _local(value).replace(tzinfo=None)
    elif not isinstance(value, int | float | Decimal | dt.date | None):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:CELL_LIMIT]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # text that begins with = stays text
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    if bold:
        cell.font = Font(bold=True)
    return cell


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
