"""The charts of the results, each with its table."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms import charts
from qms.assessments.components.tables import PlainTable
from qms.assessments.components.telling import Teller, benchmark_name, scored
from qms.assessments.queries import CriterionResultView, NodeResultView, Results
from qms.assessments.queries import Figure as Score
from qms.charts.radars import FEWEST
from qms.frameworks.domain.framework import Framework
from qms.ui import numbers
from qms.ui.components import (
    Band,
    BandKey,
    DataTable,
    Delta,
    Figure,
    HeatCell,
    HeatMap,
    HeatRow,
    KeyItem,
    ScoreRow,
    Scores,
)

from .head import since


def band_of(teller: Teller, figure: Score, *, span: bool = False) -> Band | None:
    """The band of a figure as the page shows it."""
    if figure.band is None:
        return None
    return Band(figure.band.index, teller.said(figure.band.titles), teller.span(figure.band) if span else "")


def _key(results: Results, *, marks: bool) -> tuple[KeyItem, ...]:
    key = [] if marks else [KeyItem(str(results.assessment.year))]
    if results.previous_year is not None:
        key.append(KeyItem(str(results.previous_year), "previous-mark" if marks else "previous"))
    if results.benchmark_offices is not None:
        key.append(KeyItem(benchmark_name(results.benchmark_offices), "benchmark-mark" if marks else "benchmark"))
    return tuple(key)


def criteria_table(results: Results) -> DataTable:
    """Every number that the charts of the criteria draw."""
    teller, places = Teller(results.framework), results.framework.rounding.criterion
    heads = [_("Criterion"), str(results.assessment.year)]
    if results.previous_year is not None:
        heads += [str(results.previous_year), pgettext("difference", "Change")]
    if results.benchmark_offices is not None:
        heads.append(_("Median"))
    heads += [_("Scored"), _("Band")]
    rows = []
    for each in results.criteria:
        figure = each.figure
        cells: list[object] = [teller.named(each.node), numbers.figure(figure.value, places)]
        if results.previous_year is not None:
            cells += [numbers.figure(figure.previous, places), teller.change(figure.change, places)]
        if results.benchmark_offices is not None:
            cells.append(numbers.figure(figure.benchmark, places))
        cells += [f"{each.coverage.scored}/{each.coverage.of}", band_of(teller, figure) or "–"]
        rows.append(tuple(cells))
    return PlainTable(
        _("Criteria, %(scale)s") % {"scale": teller.scale}, tuple(heads), tuple(rows), tuple(range(1, len(heads) - 1))
    )


def radar_of(results: Results) -> Figure | None:
    """All criteria at one glance; nothing where there are too few for a radar."""
    teller = Teller(results.framework)
    if len(results.criteria) < FEWEST:
        return None
    figures = [each.figure for each in results.criteria]
    series = charts.Series(
        [figure.value for figure in figures],
        [figure.previous for figure in figures] if results.previous_year is not None else None,
        [figure.benchmark for figure in figures] if results.benchmark_offices is not None else None,
    )
    picture = charts.radar(
        [charts.Axis(each.node.identifier, teller.short(each.node)) for each in results.criteria],
        series,
        ident="radar",
        title=_("Scores of the criteria"),
        description=_("Radar chart; all its numbers stand in the table below it."),
        maximum=results.framework.highest,
        rings=teller.rings,
        figure=teller.criterion,
    )
    return Figure(
        _("The criteria at a glance"),
        picture,
        number=_("Figure %(number)s") % {"number": 1},
        unit=_("%(scale)s; the rings lie on the bounds of the bands") % {"scale": teller.scale},
        key=_key(results, marks=False),
        table=criteria_table(results),
        how=how_words(results.framework),
    )


def how_words(framework: Framework) -> str:
    """How a criterion and the total come about, in three sentences."""
    total = (
        _("The total is their sum and stands only when every criterion has a score.")
        if framework.rollup.total == "sum"
        else _("The total is their mean and stands only when every criterion has a score.")
    )
    return " ".join(
        (
            _("A criterion is the mean of the agreed scores of its subcriteria; a blank counts in no mean."),
            total,
            _("Figures are rounded only for show, half up."),
        )
    )


def bars_of(results: Results) -> Figure:
    """Each criterion on its scale with its band, the previous cycle and other offices."""
    teller = Teller(results.framework)
    rows = tuple(
        ScoreRow(
            teller.named(each.node),
            each.figure.value,
            band_of(teller, each.figure),
            each.figure.previous,
            each.figure.benchmark,
            None
            if each.figure.change is None
            else Delta(each.figure.change, digits=results.framework.rounding.criterion, note=since(results)),
            digits=results.framework.rounding.criterion,
            maximum=results.framework.highest,
            ticks=teller.edges,
            url=f"#criterion-{each.node.identifier}",
            remark=_partly(each),
        )
        for each in results.criteria
    )
    return Figure(
        _("The criteria and their bands of evidence"),
        Scores(rows),
        number=_("Figure %(number)s") % {"number": 2},
        unit=_("Strokes under the bar are the bounds of the bands"),
        key=_key(results, marks=True),
        table=criteria_table(results),
    )


def _partly(criterion: CriterionResultView) -> str:
    """What a figure that is not made of all its nodes says of itself."""
    coverage = criterion.coverage
    if criterion.figure.value is None or coverage.is_full:
        return ""
    return _("%(scored)s of %(of)s scored") % {"scored": coverage.scored, "of": coverage.of}


def heat_of(results: Results) -> Figure:
    """Every agreed score with its band."""
    teller = Teller(results.framework)
    rows = tuple(
        HeatRow(
            each.node.identifier,
            teller.short(each.node),
            tuple(_cell(teller, node) for node in each.nodes),
        )
        for each in results.criteria
    )
    count = len(scored(results))
    return Figure(
        ngettext("%(count)s agreed score", "%(count)s agreed scores", count) % {"count": count},
        HeatMap(_("Agreed scores of the subcriteria"), rows, keys_of(results.framework)),
        number=_("Table %(number)s") % {"number": 3},
        unit=_("The dial fills with the band; a dash is a subcriterion without a score"),
    )


def _cell(teller: Teller, node: NodeResultView) -> HeatCell:
    identifier = node.node.identifier
    band = band_of(teller, node.figure)
    value = None if node.figure.value is None else numbers.rounded(node.figure.value, teller.framework.rounding.node)
    return HeatCell(identifier, teller.short(node.node), value, band, f"#node-{identifier}")


def keys_of(framework: Framework) -> tuple[BandKey, ...]:
    """The bands as a key."""
    teller = Teller(framework)
    return tuple(
        BandKey(band.index, teller.span(band), teller.said(band.titles), to=band.high) for band in framework.bands
    )
