"""The individual sheet as a table to be filled in offline: what its columns are, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext

from qms.assessments.domain.scoring import require_scored
from qms.assessments.models import Kind
from qms.assessments.queries import WholeSheet
from qms.frameworks.domain.framework import Framework, text
from qms.lifecycle import Refused, gettext_noop

NODE, UNKNOWN, RATIONALE = "node", "unknown", "rationale"
TEXTS: Mapping[str, str] = {Kind.STRENGTH: "strengths", Kind.AREA: "areas", Kind.SUGGESTION: "suggestions"}
YES = frozenset({"1", "x", "yes", "true", "tak", "t", "да"})


class Line(Protocol):
    """One line of a table that was read: its number and its cells by heading."""

    @property
    def line(self) -> int: ...

    @property
    def cells(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One node as it stands in the file, unchecked."""

    marks: Mapping[str, object]
    unknown: bool = False
    rationale: str = ""
    texts: tuple[tuple[str, str], ...] = ()


def headers(framework: Framework, panel: str) -> tuple[str, ...]:
    """The columns: codes that no translation changes, so that any language's file can be read back."""
    return (NODE, "title", *dimensions(framework, panel), UNKNOWN, RATIONALE, *TEXTS.values())


def dimensions(framework: Framework, panel: str) -> tuple[str, ...]:
    """Every dimension of the panel once, in order: plan, do, check, act, trend, target."""
    scales = framework.panel(panel).by_group.values()
    return tuple(dict.fromkeys(dimension.code for scale in scales for dimension in scale.dimensions))


def title_of(framework: Framework) -> str:
    """The name of the table."""
    return gettext("Sheet %(framework)s") % {"framework": framework.code}


def rows(sheet: WholeSheet, *, language: str) -> list[list[object]]:
    """One line per node; several texts of a kind stand in one cell, one per line."""
    codes = dimensions(sheet.framework, sheet.assessment.panel)
    lines: list[list[object]] = []
    for answer in sheet.answers:
        own = {dimension.code for dimension in answer.scale.dimensions}
        marks = [answer.marks.get(code, "") if code in own else "–" for code in codes]
        texts = ["\n".join(" ".join(e.text.split()) for e in answer.of_kind(kind)) for kind in TEXTS]
        unknown = "x" if answer.unknown else ""
        title = text(answer.node.titles, language)
        lines.append([answer.node.identifier, title, *marks, unknown, answer.rationale, *texts])
    return lines


def read(framework: Framework, panel: str, lines: Iterable[Line]) -> dict[str, SheetLine]:
    """The nodes of a filled table; a refusal names the line. Blank cells are blank, never zero."""
    known = dimensions(framework, panel)
    nodes: dict[str, SheetLine] = {}
    for line in lines:
        cells = {name.strip().lower(): str(cell).strip() for name, cell in line.cells.items()}
        if NODE not in cells:
            raise Refused(gettext_noop("The table has no column “node”."))
        node = cells[NODE]
        if not node:
            continue
        try:
            require_scored(framework, node)
            _require_new(nodes, node)
        except Refused as refusal:
            raise Refused("%(line)s: " + refusal.text, **{**refusal.values, "line": line.line}) from refusal
        nodes[node] = _line(cells, known)
    return nodes


def _require_new(nodes: Mapping[str, SheetLine], node: str) -> None:
    if node in nodes:
        raise Refused(gettext_noop("%(node)s stands there twice."), node=node)


def _line(cells: Mapping[str, str], known: Sequence[str]) -> SheetLine:
    marks = {code: cells[code] for code in known if cells.get(code, "") not in ("", "–", "-")}
    texts = tuple(
        (kind, part.strip())
        for kind, column in TEXTS.items()
        for part in cells.get(column, "").splitlines()
        if part.strip()
    )
    return SheetLine(marks, cells.get(UNKNOWN, "").lower() in YES, cells.get(RATIONALE, ""), texts)
