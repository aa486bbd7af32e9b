"""Tables: the individual sheet to be filled in offline, both ways; all numbers of the results, out only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.translation import get_language, gettext, pgettext

from qms.assessments.domain.scoring import require_scored
from qms.assessments.models import Kind
from qms.assessments.queries import Figure, NodeResultView, Results, WholeSheet
from qms.frameworks.domain.framework import Framework, text
from qms.lifecycle import Refused, gettext_noop
from qms.stats.agreement import spread_of

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

    @property
    def is_empty(self) -> bool:
        """Whether the line says nothing at all."""
        return not (self.marks or self.unknown or self.rationale or self.texts)


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


# --- The results, out only -------------------------------------------------------------------------------------------

PLACES = Decimal("0.000001")


def results_title(results: Results) -> str:
    """The name of the table of results."""
    return gettext("Results %(year)s") % {"year": results.assessment.year}


def results_headers(framework: Framework, panel: str) -> tuple[str, ...]:
    """The columns: what it is, its figures, how far the members' scores lay apart, the agreed marks."""
    marks = [text(titles, language()) for titles in dimension_titles(framework, panel).values()]
    return (
        gettext("Level"),
        gettext("Number"),
        gettext("Title"),
        gettext("Score"),
        gettext("Of"),
        gettext("Band"),
        gettext("Previous cycle"),
        pgettext("difference", "Change"),
        gettext("Median of other offices"),
        gettext("Scored"),
        gettext("To be scored"),
        gettext("Members who scored"),
        gettext("Lowest"),
        gettext("Highest"),
        gettext("Range"),
        gettext("Median of members"),
        gettext("Standard deviation"),
        *marks,
    )


def language() -> str:
    """The reader's language."""
    return (get_language() or "pl")[:2]


def dimension_titles(framework: Framework, panel: str) -> dict[str, Mapping[str, str]]:
    """The titles of every dimension of the panel, in order."""
    scales = framework.panel(panel).by_group.values()
    return {dimension.code: dimension.titles for scale in scales for dimension in scale.dimensions}


def result_rows(results: Results, scores: Mapping[str, Sequence[Decimal | None]]) -> list[list[object]]:
    """The total, its parts, every criterion and every subcriterion; a blank cell is a blank, never zero."""
    framework, panel = results.framework, results.assessment.panel
    blank = [None] * (6 + len(dimension_titles(framework, panel)))
    covered = results.coverage
    total = _figures(results.total, results.total_of)
    lines = [[gettext("total"), "", "", *total, covered.scored, covered.of, *blank]]
    for part in results.parts:
        figures = _figures(part.figure, framework.highest)
        lines.append([gettext("part"), "", text(part.titles, language()), *figures, None, None, *blank])
    for criterion in results.criteria:
        title, covered = text(criterion.node.titles, language()), criterion.coverage
        figures = _figures(criterion.figure, framework.highest)
        name = [gettext("criterion"), criterion.node.identifier, title]
        lines.append([*name, *figures, covered.scored, covered.of, *blank])
        lines.extend(_node_line(results, node, scores.get(node.node.identifier, ())) for node in criterion.nodes)
    return lines


def _node_line(results: Results, node: NodeResultView, scores: Sequence[Decimal | None]) -> list[object]:
    framework, spread = results.framework, spread_of(scores)
    apart: list[object] = [0, None, None, None, None, None]
    if spread is not None:
        values = (spread.lowest, spread.highest, spread.range, spread.median, spread.deviation)
        apart = [spread.n, *(_number(value) for value in values)]
    marks = [node.marks.get(code) for code in dimension_titles(framework, results.assessment.panel)]
    name = [gettext("subcriterion"), node.node.identifier, text(node.node.titles, language())]
    return [*name, *_figures(node.figure, framework.highest), int(node.figure.value is not None), 1, *apart, *marks]


def _figures(figure: Figure, of: Decimal | int) -> list[object]:
    band = "" if figure.band is None else text(figure.band.titles, language())
    score, before = _number(figure.value), _number(figure.previous)
    return [score, _number(Decimal(of)), band, before, _number(figure.change), _number(figure.benchmark)]


def _number(value: Decimal | None) -> Decimal | int | None:
    """The exact value to six places; whole ones as whole numbers."""
    if value is None:
        return None
    rounded = value.quantize(PLACES, rounding=ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral_value() else rounded.normalize()
