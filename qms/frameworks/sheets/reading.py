"""A filled workbook as the values of a framework file that remember their cells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from qms.frameworks.domain.document import DocumentRefused, Fault, Source
from qms.frameworks.sheets import workbook
from qms.frameworks.sheets.columns import BETWEEN, FIELD, FIELDS, FIRST, LIST, SHEETS, SPOKEN, VALUE, WORDS
from qms.lifecycle import gettext_noop

Place = tuple[str | int, ...]
DEEPEST = 12
WHOLE = re.compile(r"-?[0-9]{1,9}")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
UNKNOWN = gettext_noop("“%(found)s” is not known here.")
TWICE = gettext_noop("“%(name)s” is used twice.")


@dataclass(frozen=True)
class Cell:
    """One filled cell: its text and its column's letters."""

    text: str
    column: str


@dataclass(frozen=True)
class Row:
    """One filled row of a sheet, by heading."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """What stands under that heading; nothing where the cell is empty."""
        return self.cells[name].text if name in self.cells else ""

    def fault(self, heading: str, text: str, /, **values: str) -> Fault:
        """What is wrong under that heading."""
        column = self.cells[heading].column if heading in self.cells else "A"
        return Fault(text, line=self.number, sheet=self.sheet, column=column, **values)


def read_source(file: BinaryIO) -> Source:
    """The values of the workbook; a DocumentRefused names sheet, row and column of every fault."""
    reader = _Reader(workbook.read(file, (FIRST, *SHEETS)))
    values = reader.values()
    if reader.faults:
        raise DocumentRefused(reader.faults)
    return Source(values, reader.lines, reader.cells)


@dataclass
class _Reader:
    book: Mapping[str, tuple[workbook.Line, ...]]
    faults: list[Fault] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=dict)
    cells: dict[Place, tuple[str, str]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Everything in the order of a file; what is missing is left out and told by the rules of files."""
        self._put((), FIRST, 1, "A")
        whole: dict[str, Any] = {"format": 1, **self._first()}
        for name in ("groups", "bands"):
            self._put((name,), name, 1, "A")
            whole[name] = [self._plain(row, (name, at)) for at, row in enumerate(self._rows(name))]
        whole["panels"] = self._panels()
        whole["nodes"] = self._nodes()
        return {name: value for name, value in whole.items() if value not in ([], {}, "")}

    # --- rows and cells

    def _put(self, place: Place, sheet: str, row: int, column: str) -> None:
        self.lines.setdefault(place, row)
        self.cells.setdefault(place, (sheet, column))

    def _note(self, place: Place, row: Row, name: str = "") -> None:
        self._put(place, row.sheet, row.number, row.cells[name].column if name in row.cells else "A")

    def _rows(self, sheet: str) -> Iterator[Row]:
        columns = SHEETS[sheet]
        spoken = {*columns.texts, *columns.lists}
        yield from self._read(sheet, lambda name: name in columns.plain or name.partition(BETWEEN)[0] in spoken)

    def _read(self, sheet: str, is_known: Any) -> Iterator[Row]:
        head, *lines = self.book.get(sheet, ()) or (workbook.Line(1, ()),)
        names = [" ".join(name.split()) for name in head.cells]
        for at, name in enumerate(names):
            here = {"line": head.number, "sheet": sheet, "column": workbook.letter(at + 1)}
            if name and names.index(name) < at:
                self.faults.append(Fault(TWICE, name=name, **here))  # type: ignore[arg-type]
            elif name and not is_known(name):
                self.faults.append(Fault(UNKNOWN, found=name, **here))  # type: ignore[arg-type]
        for line in lines:
            cells = {}
            for at, text in enumerate(line.cells):
                name, column = names[at] if at < len(names) else "", workbook.letter(at + 1)
                if text and not name:
                    without = gettext_noop("This column has no heading.")
                    self.faults.append(Fault(without, line=line.number, sheet=sheet, column=column))
                elif text:
                    cells[name] = Cell(text, column)
            yield Row(sheet, line.number, cells)

    # --- the first sheet

    def _first(self) -> dict[str, Any]:
        values: dict[str, Any] = {"rounding": {"mode": "half-up"}}
        seen: set[str] = set()
        for row in self._read(FIRST, bool):
            name = row.text(FIELD)
            if name not in FIELDS or name in seen:
                self.faults.append(row.fault(FIELD, TWICE if name in seen else UNKNOWN, name=name, found=name))
                continue
            seen.add(name)
            place: Place = tuple(name.split("."))
            self._note(place[:1], row, VALUE)
            self._note(place, row, VALUE)
            if name in SPOKEN:
                values[name] = self._by_language(row, place)
            elif row.text(VALUE):
                self._set(values, place, _value(name, row.text(VALUE)))
        return values

    @staticmethod
    def _set(values: dict[str, Any], place: Place, value: object) -> None:
        *above, last = place
        for step in above:
            values = values.setdefault(str(step), {})
        values[str(last)] = value

    def _by_language(self, row: Row, place: Place) -> dict[str, str]:
        texts = {name: cell.text for name, cell in row.cells.items() if name not in (FIELD, VALUE)}
        for name in texts:
            self._note((*place, name), row, name)
        return texts

    # --- the others

    def _plain(self, row: Row, place: Place, *leave: str) -> dict[str, Any]:
        """The row's cells as values, without those that only say where the row belongs."""
        columns = SHEETS[row.sheet]
        self._note(place, row)
        values: dict[str, Any] = {}
        for heading, cell in row.cells.items():
            name, _between, language = heading.partition(BETWEEN)
            if name in leave:
                continue
            here: Place = (*place, name, language) if language else (*place, name)
            self._note(here[: len(place) + 1], row, heading)
            self._note(here, row, heading)
            if name in columns.texts:
                values.setdefault(name, {})[language] = cell.text
            elif name in columns.lists:
                items = [item.strip() for item in cell.text.splitlines() if item.strip()]
                values.setdefault(name, {})[language] = items
            elif name in columns.whole:
                values[name] = _whole(cell.text)
            else:
                values[name] = _number(cell.text) if name == "weight" else cell.text
        return values

    def _panels(self) -> list[dict[str, Any]]:
        self._put(("panels",), "panels", 1, "A")
        panels = [self._plain(row, ("panels", at)) for at, row in enumerate(self._rows("panels"))]
        number = {panel["code"]: at for at, panel in reversed(list(enumerate(panels))) if "code" in panel}
        for row in self._rows("dimensions"):
            at = self._panel_of(row, number)
            if at is not None:
                self._dimension(row, panels[at], ("panels", at, "scales", row.text("group")))
        for row in self._rows("anchors"):
            at = self._panel_of(row, number)
            if at is not None:
                self._anchor(row, panels[at], ("panels", at, "scales", row.text("group")))
        return panels

    def _panel_of(self, row: Row, number: Mapping[str, int]) -> int | None:
        at = number.get(row.text("panel"))
        if at is None:
            self.faults.append(
                row.fault("panel", gettext_noop("There is no panel %(panel)s."), panel=row.text("panel"))
            )
        return at

    def _dimension(self, row: Row, panel: dict[str, Any], place: Place) -> None:
        scale = panel.setdefault("scales", {}).setdefault(row.text("group"), {"dimensions": []})
        self._note(place, row, "group")
        for name in ("combination", "by"):
            if row.text(name) and scale.setdefault(name, row.text(name)) != row.text(name):
                self.faults.append(row.fault(name, gettext_noop("All dimensions of one scale say the same here.")))
            self._note((*place, name), row, name)
        leave = ("panel", "group", "combination", "by")
        scale["dimensions"].append(self._plain(row, (*place, "dimensions", len(scale["dimensions"])), *leave))

    def _anchor(self, row: Row, panel: dict[str, Any], place: Place) -> None:
        dimensions = panel.get("scales", {}).get(row.text("group"), {}).get("dimensions", [])
        code, band = row.text("dimension"), row.text("band")
        at = next((at for at, each in enumerate(dimensions) if each.get("code") == code), None)
        self._note((*place, "dimensions", at or 0, "anchors", band), row, "band")
        texts = self._plain(row, (*place, "dimensions", at or 0, "anchors", band), *SHEETS["anchors"].plain)
        if at is None:
            self.faults.append(row.fault("dimension", gettext_noop("No dimension is called “%(by)s”."), by=code))
        elif texts and dimensions[at].setdefault("anchors", {}).setdefault(band, texts["anchor"]) != texts["anchor"]:
            self.faults.append(row.fault("band", TWICE, name=band))

    def _nodes(self) -> list[dict[str, Any]]:
        self._put(("nodes",), "nodes", 1, "A")
        roots: list[dict[str, Any]] = []
        known: dict[str, tuple[dict[str, Any], Place, int]] = {}
        for row in self._rows("nodes"):
            parent = row.text("parent")
            if parent and parent not in known:
                self.faults.append(
                    row.fault("parent", gettext_noop("No row above has the number %(node)s."), node=parent)
                )
                continue
            above, place, depth = known[parent] if parent else ({}, (), 0)
            if depth == DEEPEST:
                self.faults.append(row.fault("parent", gettext_noop("This is nested too deep.")))
                continue
            beside = above.setdefault("nodes", []) if parent else roots
            here: Place = (*place, "nodes", len(beside))
            node = self._plain(row, here, "parent")
            beside.append(node)
            known.setdefault(row.text("id"), (node, here, depth + 1))
        return roots


def _value(name: str, written: str) -> object:
    if name == "languages":
        return [code.strip() for code in written.split(LIST) if code.strip()]
    if name.endswith("same_band"):
        return {"true": True, "false": False}.get(written.lower(), written)
    return written if name in WORDS else _whole(written)


def _whole(written: str) -> object:
    return int(written) if WHOLE.fullmatch(written) else written


def _number(written: str) -> object:
    number = float(written.replace(",", ".")) if NUMBER.fullmatch(written) else math.inf
    if not math.isfinite(number):
        return written
    return int(number) if number.is_integer() else number
