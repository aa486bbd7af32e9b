"""What the results page and the comparison of cycles show, made of the figures alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms import charts
from qms.assessments.models import Assessment
from qms.assessments.queries import CriterionResultView, Cycle, EvidenceLine, NodeResultView, ReportText, Results
from qms.assessments.queries import Figure as Score
from qms.charts.radars import FEWEST
from qms.frameworks.domain.framework import Framework
from qms.ui import numbers
from qms.ui.components import (
    Band,
    BandKey,
    Button,
    Chip,
    Crumbs,
    DataTable,
    Delta,
    Figure,
    HeatCell,
    HeatMap,
    HeatRow,
    KeyItem,
    Link,
    PageHead,
    Part,
    Say,
    ScoreRow,
    Scores,
    Seal,
    Stat,
    State,
    Stats,
)

from .tables import PlainTable
from .telling import Teller, benchmark_name, no_benchmark, part_before, scored, summary

Stage = Assessment.Stage
KINDS = {Stage.CONSENSUS: "going", Stage.APPROVAL: "wait", Stage.APPROVED: "done"}
FEW = 3


def crumbs_of(assessment: Assessment, here: str) -> Crumbs:
    """The way here."""
    return Crumbs(
        (
            Link(_("Self-assessments"), reverse("assessments:assessment-list")),
            Link(assessment.title, reverse("assessments:assessment-detail", args=[assessment.pk])),
            Link(here, ""),
        )
    )


def head_of(results: Results, *, action: Part | None) -> PageHead:
    """What it is, how far it is, in two sentences what came out."""
    teller, assessment = Teller(results.framework), results.assessment
    people = sum(len(group.members) for group in results.groups)
    meta: list[tuple[str, object]] = []
    if results.approved_at is not None:
        meta.append((_("Approved"), numbers.day(results.approved_at)))
    elif assessment.consensus_on is not None:
        meta.append((_("Consensus"), numbers.day(assessment.consensus_on)))
    meta += [
        (_("Self-assessment group"), ngettext("%(count)s person", "%(count)s people", people) % {"count": people}),
        (
            _("Scored"),
            ngettext("%(scored)s of %(of)s subcriterion", "%(scored)s of %(of)s subcriteria", results.coverage.of)
            % {"scored": results.coverage.scored, "of": results.coverage.of},
        ),
        (_("Scoring"), teller.said(results.framework.panel(assessment.panel).titles)),
    ]
    over = f"{teller.framework_name}, {assessment.unit or results.office_name}"
    return PageHead(
        _("Results: %(title)s") % {"title": assessment.title},
        over=over,
        state=State(str(Stage(assessment.stage).label), KINDS[Stage(assessment.stage)]),  # type: ignore[arg-type]
        lead=" ".join(summary(results)),
        meta=tuple(meta),
        action=action,
    )


def stats_of(results: Results) -> Stats:
    """Total, its parts, and other offices: four numbers with what they are of."""
    teller = Teller(results.framework)
    total_of = _("of %(maximum)s") % {"maximum": teller.total(results.total_of)}
    return Stats((_total(results, teller, total_of), *_parts(results, teller), _benchmark(results, teller, total_of)))


def _since(results: Results) -> str:
    return _("since %(year)s") % {"year": results.previous_year}


def _total(results: Results, teller: Teller, of: str) -> Stat:
    if results.total.value is None:
        reason = _("no total while a criterion has no score")
        return Stat(_("Total of criteria"), "–", "", (reason,))
    digits = teller.framework.rounding.total
    notes = () if results.total.change is None else (Delta(results.total.change, digits=digits, note=_since(results)),)
    return Stat(_("Total of criteria"), teller.total(results.total.value), of, notes)


def _parts(results: Results, teller: Teller) -> list[Stat]:
    of = _("of %(maximum)s") % {"maximum": teller.framework.highest}
    digits = teller.framework.rounding.criterion
    found = []
    for part in results.parts:
        before, value = part_before(results, part.code), part.figure.value
        notes = () if before is None or value is None else (Delta(value - before, digits=digits, note=_since(results)),)
        title = _("%(part)s, mean") % {"part": teller.said(part.titles)}
        found.append(Stat(title, teller.criterion(value), of if value is not None else "", notes))
    return found


def _benchmark(results: Results, teller: Teller, of: str) -> Stat:
    title = _("Median of other offices")
    if results.benchmark_offices is None or results.total.benchmark is None:
        return Stat(title, "–", "", (no_benchmark(),))
    note = ngettext("%(count)s office, anonymous", "%(count)s offices, anonymous", results.benchmark_offices)
    return Stat(title, teller.total(results.total.benchmark), of, (note % {"count": results.benchmark_offices},))


# --- Charts ----------------------------------------------------------------------------------------------------------


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
            else Delta(each.figure.change, digits=results.framework.rounding.criterion, note=_since(results)),
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


# --- Texts -----------------------------------------------------------------------------------------------------------


def says_of(
    results: Results, texts: Sequence[ReportText], kind: str, *, opens: Collection[int], count: int = FEW
) -> tuple[Say, ...]:
    """The first texts of that kind, one a subcriterion, with their evidence; chips lead where the reader may go."""
    teller, pieces = Teller(results.framework), {piece.code: piece for piece in results.evidence}
    first: dict[str, ReportText] = {}
    for text in texts:
        first.setdefault(text.node.identifier, text)
    return tuple(
        Say(
            text.text,
            kind,  # type: ignore[arg-type]
            over=_over(teller, text),
            evidence=tuple(_chip(pieces, code, opens) for code in text.evidence),
            bare=True,
        )
        for text in list(first.values())[:count]
    )


def _over(teller: Teller, text: ReportText) -> str:
    if text.figure.value is None:
        return _("%(node)s, not scored") % {"node": teller.named(text.node)}
    return _("%(node)s, score %(score)s") % {"node": teller.named(text.node), "score": teller.score(text.figure.value)}


def _chip(pieces: Mapping[str, EvidenceLine], code: str, opens: Collection[int]) -> Chip:
    piece = pieces.get(code)
    if piece is None:
        return Chip("", code)
    url = reverse("assessments:evidence-detail", args=[piece.pk]) if piece.pk in opens else ""
    return Chip(piece.title, code, url)


# --- Sending and approving -------------------------------------------------------------------------------------------


def fixed_by_approval(results: Results) -> tuple[str, ...]:
    """What can no longer change once it is approved."""
    scores, strengths, areas = len(scored(results)), len(results.strengths), len(results.areas)
    pieces = len(results.evidence)
    return (
        ngettext(
            "%(count)s agreed score with its reason and dissent",
            "%(count)s agreed scores with their reasons and dissents",
            scores,
        )
        % {"count": scores},
        _("%(strengths)s, %(areas)s, %(pieces)s")
        % {
            "strengths": ngettext("%(count)s strength", "%(count)s strengths", strengths) % {"count": strengths},
            "areas": ngettext("%(count)s area for improvement", "%(count)s areas for improvement", areas)
            % {"count": areas},
            "pieces": ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", pieces)
            % {"count": pieces},
        },
        _("the report as PDF with its fingerprint; a later change needs a new self-assessment"),
    )


def seen_after_approval(results: Results) -> tuple[str, ...]:
    """Who may read it then, by the rules of the platform and the consent given."""
    consent = results.assessment.benchmark_consent
    others = {
        Assessment.Consent.NOTHING: _("other offices: nothing"),
        Assessment.Consent.ANONYMOUS: _("other offices: only an anonymous median, from five offices up"),
        Assessment.Consent.NAMED: _("other offices: figures with the name of the office"),
    }
    return (
        _("everyone who works in %(office)s: the report without individual scores") % {"office": results.office_name},
        _("regional and national coordinators: the report"),
        others[Assessment.Consent(consent)],
    )


def approve_seal(results: Results) -> Seal:
    """The director's step: what becomes fixed, who will see it, one box, one button, a way back."""
    return Seal(
        _("Approval of the report"),
        fixed_by_approval(results),
        seen_after_approval(results),
        reverse("assessments:approve", args=[results.assessment.pk]),
        _("I have read the results and approve them in the name of the office."),
        Button(_("Approve the report")),
        Button(_("Return to the group with a remark"), url="#return", kind="secondary"),
        ident="approval",
    )


def send_seal(results: Results) -> Seal:
    """The step of the lead or the chair: what closes, who reads it now."""
    return Seal(
        _("Send for approval"),
        (
            _("the agreed scores, reasons and texts; while the director reads, nobody changes them"),
            _("individual sheets stay as they were handed in"),
        ),
        (
            _("the director, who approves the results or returns them with a remark"),
            _("the lead and the members of the group, as now"),
        ),
        reverse("assessments:results-send", args=[results.assessment.pk]),
        _("The group has agreed on these results."),
        Button(_("Send for approval")),
        ident="send",
    )


# --- Cycles ----------------------------------------------------------------------------------------------------------


def cycles_table(framework: Framework, cycles: Sequence[Cycle]) -> DataTable:
    """The criteria of all cycles, oldest first, and the change from the first to the last."""
    teller, places = Teller(framework), framework.rounding.criterion
    heads = (_("Criterion"), *(str(cycle.year) for cycle in cycles), pgettext("difference", "Change"))
    rows: list[tuple[object, ...]] = []
    for node in framework.criteria:
        values = [cycle.criteria.get(node.identifier) for cycle in cycles]
        change = teller.change(cycles[-1].change_since(cycles[0], node), places)
        rows.append((teller.named(node), *(numbers.figure(value, places) for value in values), change))
    totals, digits = [cycle.total for cycle in cycles], framework.rounding.total
    change = teller.change(cycles[-1].total_change_since(cycles[0]), digits)
    rows.append((_("Total"), *(numbers.figure(total, digits) for total in totals), change))
    return DataTable(
        _("Criteria by cycle, %(scale)s") % {"scale": teller.scale}, heads, tuple(rows), tuple(range(1, len(heads)))
    )


def cycles_figure(framework: Framework, cycles: Sequence[Cycle]) -> Figure:
    """The latest cycle on its scale, the one before it as a mark."""
    teller, (before, latest) = Teller(framework), cycles[-2:]
    rows = []
    for node in framework.criteria:
        now, then = latest.criteria.get(node.identifier), before.criteria.get(node.identifier)
        figure = Score(now, None if now is None else framework.band_of(now), then, None)
        change = latest.change_since(before, node)
        note = _("since %(year)s") % {"year": before.year}
        rows.append(
            ScoreRow(
                teller.named(node),
                now,
                band_of(teller, figure),
                then,
                None,
                None if change is None else Delta(change, digits=framework.rounding.criterion, note=note),
                digits=framework.rounding.criterion,
                maximum=framework.highest,
                ticks=teller.edges,
            )
        )
    return Figure(
        _("%(now)s against %(then)s") % {"now": latest.year, "then": before.year},
        Scores(tuple(rows)),
        number=_("Figure %(number)s") % {"number": 1},
        unit=_("Strokes under the bar are the bounds of the bands"),
        key=(KeyItem(str(before.year), "previous-mark"),),
        table=cycles_table(framework, cycles),
    )


def totals_of(framework: Framework, cycles: Sequence[Cycle]) -> Stats:
    """The total of each of the last four cycles with its change."""
    teller, shown = Teller(framework), []
    for place, cycle in list(enumerate(cycles))[-4:]:
        before = cycles[place - 1] if place else None
        notes: tuple[object, ...] = (Link(_("Results"), reverse("assessments:results", args=[cycle.pk])),)
        change = None if before is None else cycle.total_change_since(before)
        if before is not None and change is not None:
            note = _("since %(year)s") % {"year": before.year}
            notes = (Delta(change, digits=framework.rounding.total, note=note), *notes)
        shown.append(Stat(str(cycle.year), teller.total(cycle.total), "", notes))
    return Stats(tuple(shown))
