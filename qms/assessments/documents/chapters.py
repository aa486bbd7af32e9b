"""Chapters 1 and 2: how the self-assessment was done, and what came out."""

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
    no_benchmark,
    part_before,
    remarks,
)
from qms.assessments.models import Member
from qms.assessments.queries import CriterionResultView, NodeResultView
from qms.charts.radars import FEWEST
from qms.frameworks.domain.panel import CAPPED, MEAN, Scale
from qms.pdf.components import BandMark, Bar, Bars, Column, Figure, Number, Pair, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part

from .material import Material


def part_numbers(material: Material) -> tuple[Number, ...]:
    """Enablers and results, each as one number with its change."""
    teller, places = material.teller, material.framework.rounding.criterion
    found = []
    for part in material.results.parts:
        if part.figure.value is None:
            continue
        before = part_before(material.results, part.code)
        note = ""
        if before is not None:
            change = numbers.rounded(part.figure.value, places) - numbers.rounded(before, places)
            note = _("%(change)s since %(year)s") % {
                "change": teller.change(change, places),
                "year": material.results.previous_year,
            }
        title = _("%(part)s, mean") % {"part": teller.said(part.titles)}
        of = _("of %(maximum)s") % {"maximum": material.framework.highest}
        found.append(Number(title, teller.criterion(part.figure.value), of, note))
    return tuple(found)


# --- Chapter 1 -------------------------------------------------------------------------------------------------------


def how_it_was_done(material: Material) -> Section:
    """Steps, group, scale, how figures come about."""
    return Section(
        _("How the self-assessment was done"),
        (_steps(material), _people(material), _scale(material), _computing(material)),
        label=_("Chapter %(number)s") % {"number": 1},
        number="1",
        lead=ngettext(
            "%(count)s person scored the office alone; the group then agreed common scores on the evidence.",
            "%(count)s people scored the office each alone, then agreed common scores on the evidence.",
            material.members,
        )
        % {"count": material.members},
        ident="how",
    )


def _steps(material: Material) -> Table:
    given, possible = material.answers
    settled = sum(node.is_settled for node in material.results.nodes)
    people = ngettext("%(count)s person", "%(count)s people", material.members) % {"count": material.members}
    rows = (
        (
            _("Self-assessment group"),
            _("quality lead and the members of the group"),
            _day(material, "started_at"),
            people,
        ),
        (
            _("Individual scoring"),
            _("each member alone, without sight of the other sheets"),
            _between(material),
            _("%(given)s of %(of)s scores") % {"given": given, "of": possible},
        ),
        (
            _("Consensus"),
            _("the group, led by its chair"),
            _day(material, "consensus_on", "consensus_started_at"),
            ngettext("%(count)s agreement", "%(count)s agreements", settled) % {"count": settled},
        ),
        (
            _("Approval"),
            _("director of the office"),
            numbers.day(material.approved_at),
            _("this report"),
        ),
    )
    note = ""
    if reason := material.head["closed_early_reason"]:
        note = _("Individual scoring was closed before every sheet was in: %(reason)s") % {"reason": reason}
    columns = (
        Column(_("Step"), width="middle"),
        Column(_("Who")),
        Column(_("When"), width="middle"),
        Column(_("Outcome"), is_number=True),
    )
    return Table(
        columns,
        tuple(Row(row) for row in rows),
        _("The course"),
        number=_("Table %(number)s") % {"number": 2},
        note=note,
        contents=_("The course"),
        ident="how-steps",
    )


def _day(material: Material, *names: str) -> str:
    return next((numbers.day(day) for name in names if (day := material.day(name))), "–")


def _between(material: Material) -> str:
    first, last = material.day("started_at"), material.day("consensus_started_at")
    if first is None or last is None:
        return "–"
    return _("%(first)s to %(last)s") % {"first": numbers.day(first), "last": numbers.day(last)}


def _people(material: Material) -> Table:
    several = len(material.results.groups) > 1
    roles = dict(Member.Role.choices)
    rows = []
    for group in material.results.groups:
        if several:
            rows.append(Row((group.name, "", ""), "head"))
        rows.extend(
            Row((member.name, str(roles.get(member.role, member.role)), _("in") if member.handed_in else _("not in")))
            for member in group.members
        )
    return Table(
        (Column(_("Name")), Column(_("Role"), width="large"), Column(_("Individual sheet"), width="middle")),
        tuple(rows),
        _("The self-assessment group"),
        number=_("Table %(number)s") % {"number": 3},
        note=_("Nobody is told which score was whose; this report holds no individual scores with names."),
        contents=_("The self-assessment group"),
        ident="how-group",
    )


def _scale(material: Material) -> Table:
    teller = material.teller
    panel = material.framework.panel(material.panel)
    groups = [group for group in material.framework.groups if group.code in panel.by_group]
    rows = tuple(
        Row(
            (
                material_mark(material, band.index),
                teller.said(band.titles),
                *(_anchor(material, panel.by_group[group.code], band.code) for group in groups),
            )
        )
        for band in material.framework.bands
    )
    columns = (
        Column(_("Points"), width="tiny"),
        Column(_("Evidence"), width="small"),
        *(Column(_about(material, panel.by_group[group.code], teller.said(group.titles))) for group in groups),
    )
    return Table(
        columns,
        rows,
        _("The scale"),
        number=_("Table %(number)s") % {"number": 4},
        note=_("The dial shows the band in the whole report"),
        contents=_("The scale"),
        ident="how-scale",
    )


def material_mark(material: Material, index: int) -> Part:
    """The dial of a band with its span."""
    return BandMark(index, material.teller.span(material.framework.bands[index]))


def _about(material: Material, scale: Scale, group: str) -> str:
    first = material.teller.said(scale.dimensions[0].titles)
    return (
        group
        if len(scale.dimensions) == 1
        else _("%(group)s, for example “%(dimension)s”")
        % {
            "group": group,
            "dimension": first,
        }
    )


def _anchor(material: Material, scale: Scale, band: str) -> str:
    return material.teller.said(scale.dimensions[0].anchors.get(band, {}))


def _computing(material: Material) -> Section:
    return Section(_("How we compute"), (Text(computing_words(material)),), ident="how-computing")


def computing_words(material: Material) -> tuple[str, ...]:
    """How scores come about, in three paragraphs."""
    return (_formulas(material), _blanks(material), _others(material))


def _formulas(material: Material) -> str:
    teller, framework = material.teller, material.framework
    panel = framework.panel(material.panel)
    said = [
        scale_words(material, panel.by_group[group.code], teller.said(group.titles))
        for group in framework.groups
        if group.code in panel.by_group
    ]
    weighted = any(node.weight is not None for root in framework.criteria for node in root.walk())
    said.append(
        _("A criterion is the weighted mean of its subcriteria.")
        if weighted
        else _("A criterion is the mean of its subcriteria, without weights.")
    )
    if framework.rollup.total == "sum":
        said.append(
            _("The total is the sum of the criteria, at most %(maximum)s.")
            % {"maximum": teller.total(material.results.total_of)}
        )
    else:
        said.append(_("The total is the mean of the criteria."))
    return " ".join(said)


def scale_words(material: Material, scale: Scale, group: str) -> str:
    """How one group of nodes is scored."""
    names = ", ".join(material.teller.said(dimension.titles) for dimension in scale.dimensions)
    if scale.combination == MEAN and len(scale.dimensions) > 1:
        return _("%(group)s: the score is the mean of %(count)s marks (%(names)s).") % {
            "group": group,
            "count": len(scale.dimensions),
            "names": names,
        }
    if scale.combination == CAPPED:
        cap = material.teller.said(scale.dimension(scale.by).titles)
        return _("%(group)s: the score is the mean of %(names)s, never above “%(cap)s”.") % {
            "group": group,
            "names": names,
            "cap": cap,
        }
    return _("%(group)s: the score is one mark on the scale.") % {"group": group}


def _blanks(material: Material) -> str:
    given, possible = material.answers
    said = _(
        "“I don't know enough” is a blank and never counts as zero: of %(of)s possible individual scores"
        " %(given)s were given. The agreed score is what the group decided on the evidence, not a mean of its"
        " members; the range and the median of their scores stand in annex A."
    ) % {"given": given, "of": possible}
    coverage = material.results.coverage
    if coverage.is_full:
        return said
    return (
        said
        + " "
        + _("The group left %(blank)s of %(of)s subcriteria without a score; they count in no mean.")
        % {"blank": coverage.of - coverage.scored, "of": coverage.of}
    )


def _others(material: Material) -> str:
    if material.has_benchmark:
        first = _("The median of other offices is anonymous and shown only when at least five offices share figures.")
    else:
        first = no_benchmark()
    return first + " " + _("Self-assessment serves improvement; it is no ranking.")


# --- Chapter 2 -------------------------------------------------------------------------------------------------------


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
