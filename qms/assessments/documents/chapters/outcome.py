"""The chapter that tells what came out: radar, tables, bars, extremes, dissent."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms import charts
from qms.assessments.components.report import Voices
from qms.assessments.components.telling import (
    benchmark_name,
    dissents,
    highest,
    lowest,
    remarks,
)
from qms.assessments.documents.material import Material
from qms.assessments.queries import CriterionResultView, NodeResultView
from qms.charts.radars import FEWEST
from qms.pdf.components import Bar, Bars, Column, Figure, Pair, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part


def what_came_out(material: Material) -> Section:
    """Radar, bars, tables, extremes, dissent."""
    parts: list[Part] = [_radar(material), _criteria_table(material), _bars(material), _extremes(material)]
    if voices := _dissent(material):
        parts.append(voices)
    return Section(
        _("Results"), tuple(parts), label=_("Chapter %(number)s") % {"number": 2}, number="2", ident="results"
    )


def key_of(material: Material, *, marks: bool) -> tuple[tuple[str, str], ...]:
    """What the lines, or the marks, of a chart mean."""
    results, suffix = material.results, "-mark" if marks else ""
    key = [] if marks else [("current", str(material.year))]
    if results.previous_year is not None:
        key.append((f"previous{suffix}", str(results.previous_year)))
    if results.benchmark_offices is not None:
        key.append((f"benchmark{suffix}", benchmark_name(results.benchmark_offices)))
    return tuple(key)


def _values(material: Material, name: str) -> list[object]:
    return [getattr(each.figure, name) for each in material.results.criteria]


def _radar(material: Material) -> Figure | Text:
    criteria, teller = material.results.criteria, material.teller
    if len(criteria) < FEWEST:
        return Text(tuple(f"{remark.value}: {remark.text}" for remark in remarks(material.results)))
    picture = charts.radar(
        [charts.Axis(each.node.identifier, teller.short(each.node)) for each in criteria],
        charts.Series(
            _values(material, "value"),  # type: ignore[arg-type]
            _values(material, "previous") if material.has_previous else None,  # type: ignore[arg-type]
            _values(material, "benchmark") if material.has_benchmark else None,  # type: ignore[arg-type]
        ),
        ident="radar",
        title=_("Scores of the criteria"),
        description=_("Radar chart; all its numbers are in table %(number)s.") % {"number": 5},
        maximum=material.framework.highest,
        rings=teller.rings,
        figure=teller.criterion,
    )
    return Figure(
        _radar_title(material),
        picture,
        number=_("Figure %(number)s") % {"number": 1},
        unit=_("%(scale)s; the rings lie on the bounds of the bands") % {"scale": teller.scale},
        key=key_of(material, marks=False),  # type: ignore[arg-type]
        points=tuple((remark.value, remark.text) for remark in remarks(material.results)),
        contents=_("The criteria at a glance"),
        ident="results-radar",
    )


def _radar_title(material: Material) -> str:
    if material.has_previous and material.has_benchmark:
        return _("The criteria against %(year)s and other offices") % {"year": material.results.previous_year}
    if material.has_previous:
        return _("The criteria against %(year)s") % {"year": material.results.previous_year}
    return _("The criteria at a glance")


def comparison_columns(material: Material) -> tuple[Column, ...]:
    """Year, previous year, change: as many as there are figures for."""
    columns = [Column(str(material.year), is_number=True)]
    if material.has_previous:
        columns += [
            Column(str(material.results.previous_year), is_number=True),
            Column(pgettext("difference", "Change"), is_number=True),
        ]
    return tuple(columns)


def comparison_cells(material: Material, each: CriterionResultView | NodeResultView, places: int) -> tuple[str, ...]:
    """The figures under those columns."""
    figure = each.figure
    cells = [numbers.figure(figure.value, places)]
    if material.has_previous:
        cells += [numbers.figure(figure.previous, places), material.signed(figure, places)]
    return tuple(cells)


def _criteria_table(material: Material) -> Table:
    teller, places = material.teller, material.framework.rounding.criterion
    full = material.results.coverage.is_full
    rows = tuple(
        Row(
            (
                f"{each.node.identifier}  {teller.title(each.node)}",
                *comparison_cells(material, each, places),
                *((numbers.figure(each.figure.benchmark, places),) if material.has_benchmark else ()),
                *(() if full else (f"{each.coverage.scored}/{each.coverage.of}",)),
                material.mark(each.figure),
            )
        )
        for each in material.results.criteria
    )
    columns = (
        Column(_("Criterion")),
        *comparison_columns(material),
        *((Column(_("Median"), is_number=True),) if material.has_benchmark else ()),
        *(() if full else (Column(_("Scored"), is_number=True),)),
        Column(_("Band"), width="middle"),
    )
    return Table(
        columns,
        rows,
        _("Criteria, %(scale)s") % {"scale": teller.scale[:1].lower() + teller.scale[1:]},
        number=_("Table %(number)s") % {"number": 5},
        note="" if full else _("Scored: how many subcriteria have a score; the others count in no mean"),
        contents=_("Table of criteria"),
        ident="results-table",
    )


def bar_of(material: Material, each: CriterionResultView | NodeResultView, *, ident: str, words: str) -> str:
    """A score on its scale with the marks of the previous cycle and of other offices."""
    figure = each.figure
    return charts.bar(
        figure.value,
        ident=ident,
        title=f"{each.node.identifier} {material.teller.short(each.node)}",
        description=words,
        band=figure.band.index if figure.band else None,
        minimum=material.framework.lowest,
        maximum=material.framework.highest,
        ticks=material.teller.edges,
        previous=figure.previous,
        benchmark=figure.benchmark,
    )


def _bars(material: Material) -> Bars:
    teller = material.teller
    bars = tuple(
        Bar(
            f"{each.node.identifier}  {teller.short(each.node)}",
            bar_of(
                material,
                each,
                ident=f"bar-{each.node.identifier}",
                words=_("%(score)s of %(maximum)s")
                % {"score": teller.criterion(each.figure.value), "maximum": material.framework.highest},
            ),
            teller.criterion(each.figure.value),
            material.mark(each.figure),
        )
        for each in material.results.criteria
    )
    return Bars(
        _("The criteria and their bands of evidence"),
        bars,
        ("", _("0 to 100") if material.framework.highest == 100 else teller.scale, "", ""),
        number=_("Figure %(number)s") % {"number": 2},
        unit=_bars_unit(material),
        contents=_("The criteria and their bands"),
        ident="results-bars",
        begins_page=True,
    )


def _bars_unit(material: Material) -> str:
    said = []
    if material.has_previous:
        said.append(_("triangle: %(year)s") % {"year": material.results.previous_year})
    if material.results.benchmark_offices is not None:
        said.append(
            _("upright stroke: %(benchmark)s") % {"benchmark": benchmark_name(material.results.benchmark_offices)}
        )
    said.append(_("strokes under the bar: bounds of the bands"))
    joined = "; ".join(said)
    return joined[:1].upper() + joined[1:]


def _extremes(material: Material) -> Pair:
    return Pair(
        _ranked(material, _("Highest five"), highest(material.results)),
        _ranked(material, _("Lowest five"), lowest(material.results)),
    )


def _ranked(material: Material, title: str, nodes: list[NodeResultView]) -> Table:
    places = material.framework.rounding.node
    rows = tuple(
        Row(
            (
                material.mark_named(node.figure, f"{node.node.identifier}  {material.teller.short(node.node)}"),
                numbers.figure(node.figure.value, places),
                *((material.signed(node.figure, places),) if material.has_previous else ()),
            )
        )
        for node in nodes
    )
    change = (Column(pgettext("difference", "Change"), is_number=True),) if material.has_previous else ()
    return Table((Column(_("Subcriterion")), Column(str(material.year), is_number=True), *change), rows, title)


def _dissent(material: Material) -> Voices | None:
    found = dissents(material.results)
    if not found:
        return None
    lead = ngettext(
        "At one subcriterion somebody kept another opinion. It is printed as it was written.",
        "At %(count)s subcriteria somebody kept another opinion. They are printed as they were written.",
        len(found),
    ) % {"count": len(found)}
    return Voices(
        _("Dissenting opinions"),
        lead,
        tuple((_dissent_name(material, node), node.dissent) for node in found),
        material.tongue,
    )


def _dissent_name(material: Material, node: NodeResultView) -> str:
    return _("%(node)s (agreed: %(score)s).") % {
        "node": material.teller.named(node.node),
        "score": material.teller.score(node.figure.value),
    }
