"""Workbooks of several sheets: cells to text and back, in which nothing is a formula."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from qms.core.spreadsheets import CELL_LIMIT, MOST_COLUMNS, MOST_ROWS
from qms.lifecycle import Refused, gettext_noop

WIDE, NARROW = 40, 16
DAMAGED = (KeyError, ValueError, IndexError, TypeError, AttributeError, OSError, SyntaxError, zipfile.BadZipFile)


@dataclass(frozen=True)
class Line:
    """One row that holds something: its number and its cells in order, as text."""

    number: int
    cells: tuple[str, ...]


def read(file: BinaryIO, names: Iterable[str]) -> dict[str, tuple[Line, ...]]:
    """The rows of the named sheets that are there; case and blanks around a name do not matter."""
    wanted = set(names)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        found = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
        return {name: _lines(name, found[name]) for name in found if name in wanted}
    except DAMAGED as error:
        raise Refused(gettext_noop("This spreadsheet is damaged. Please save it again as XLSX.")) from error


def letter(column: int) -> str:
    """The column as people name it: 1 is A."""
    return str(get_column_letter(column))


def _lines(name: str, sheet: Any) -> tuple[Line, ...]:
    lines = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise Refused(
                gettext_noop("The sheet %(sheet)s has more than %(count)s rows."), sheet=name, count=MOST_ROWS
            )
        written = tuple(_text(cell) for cell in cells)
        if any(written):
            lines.append(Line(number, written))
    return tuple(lines)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").strip()


def write(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]], *, literal: Iterable[str]) -> bytes:
    """An XLSX with a fixed heading row on each sheet; columns named `literal` keep 1.10 from becoming 1.1."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (headers, rows) in sheets.items():
        _fill(book.create_sheet(name), headers, rows, set(literal))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, headers: Sequence[str], rows: Iterable[Sequence[object]], literal: set[str]) -> None:
    sheet.freeze_panes = "A2"
    for at, header in enumerate(headers, start=1):
        cell = sheet.cell(1, at, header)
        cell.font = Font(bold=True)
        column = sheet.column_dimensions[letter(at)]
        column.width = NARROW if header.isidentifier() else WIDE
        if header in literal:
            column.number_format = "@"
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            if value is not None and value != "":
                _put(sheet.cell(number, at), value, is_literal=headers[at - 1] in literal)


def _put(cell: Any, value: Any, *, is_literal: bool) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, int | float):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    if len(text) > CELL_LIMIT:
        raise Refused(gettext_noop("A text is too long for a spreadsheet. Please take the YAML file."))
    cell.value = text
    cell.data_type = "s"  # text that begins with = stays text
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    if is_literal:
        cell.number_format = "@"
