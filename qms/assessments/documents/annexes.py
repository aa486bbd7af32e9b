"""Annexes: all scores with their spread, all evidence, and the method with its sources."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qms.assessments.components.report import Steps
from qms.assessments.models import Evidence
from qms.assessments.queries import CriterionResultView, EvidenceLine, NodeResultView
from qms.pdf.components import Column, Row, Table, Text
from qms.pdf.document import Section, SectionKind
from qms.stats.disclosure import MINIMUM
from qms.ui import numbers

from .chapters import comparison_cells, comparison_columns, computing_words, scale_words
from .material import Material


def annexes(material: Material) -> tuple[Section, ...]:
    """Annexes A, B and C."""
    return (_scores(material), _evidence(material), _method(material))


def _annex(letter: str) -> str:
    return _("Annex %(letter)s") % {"letter": letter}


# --- A ---------------------------------------------------------------------------------------------------------------


def _scores(material: Material) -> Section:
    rows = []
    for criterion in material.results.criteria:
        rows.append(_criterion_row(material, criterion))
        rows.extend(_node_row(material, node) for node in criterion.nodes if node.node is not criterion.node)
    columns = (
        Column(_("Criterion and subcriterion")),
        *comparison_columns(material),
        *(Column(title, is_number=True) for title in (_("n"), _("Range"), _("Median"), _("Deviation"))),
        Column(_("Band"), width="small"),
    )
    note = _(
        "n: members who scored; range: their lowest and highest score; median and standard deviation: of their scores,"
        " not of the agreed one; a dash: no figure"
    )
    table = Table(columns, tuple(rows), _("Agreed and individual scores, without names"), note=note)
    return Section(_("All scores"), (table,), label=_annex("A"), number="A", ident="annex-a")


def _criterion_row(material: Material, criterion: CriterionResultView) -> Row:
    places = material.framework.rounding.criterion
    cells = comparison_cells(material, criterion, places)
    name = f"{criterion.node.identifier}  {material.teller.short(criterion.node)}"
    if criterion.node.is_scored:
        return Row(
            (
                name,
                *cells,
                *_spread_cells(material, criterion.node.identifier),
                material.mark(criterion.figure, words=False),
            ),
            "head",
        )
    return Row((name, *cells, "", "", "", "", material.mark(criterion.figure, words=False)), "head")


def _node_row(material: Material, node: NodeResultView) -> Row:
    cells = comparison_cells(material, node, material.framework.rounding.node)
    name = f"{node.node.identifier}  {material.teller.short(node.node)}"
    return Row((name, *cells, *_spread_cells(material, node.node.identifier), material.mark(node.figure, words=False)))


def _spread_cells(material: Material, identifier: str) -> tuple[str, str, str, str]:
    spread = material.spread(identifier)
    if spread is None:
        return "0", "–", "–", "–"
    places = material.framework.rounding.node
    span = f"{numbers.figure(spread.lowest, places)}–{numbers.figure(spread.highest, places)}"
    return str(spread.n), span, numbers.figure(spread.median, places), numbers.figure(spread.deviation, 1)


# --- B ---------------------------------------------------------------------------------------------------------------


def _evidence(material: Material) -> Section:
    pieces = material.results.evidence
    kind: SectionKind = "chapter" if pieces else "flow"  # one sentence needs no page of its own
    if not pieces:
        parts: tuple[Table | Text, ...] = (Text((_("The group cited no evidence."),)),)
    else:
        columns = (
            Column(_("No."), width="tiny"),
            Column(_("Evidence")),
            Column(_("Kind, kept by"), width="middle"),
            Column(_("Date"), width="small"),
            Column(_("Cited in"), width="small"),
        )
        parts = (Table(columns, tuple(_piece(material, piece) for piece in pieces), ident="evidence-list"),)
    return Section(_("Evidence"), parts, label=_annex("B"), number="B", kind=kind, ident="annex-b")


def _piece(material: Material, piece: EvidenceLine) -> Row:
    kinds = dict(Evidence.Kind.choices)
    return Row(
        (
            piece.code,
            piece.title,
            ", ".join(filter(None, (str(kinds.get(piece.kind, piece.kind)), piece.owner))),
            numbers.day(piece.dated_on),
            ", ".join(material.cited_in(piece.code)),
        )
    )


# --- C ---------------------------------------------------------------------------------------------------------------


def _method(material: Material) -> Section:
    parts = (
        Section(_("The framework"), (Text(_framework_words(material)),), in_contents=False, ident="method-framework"),
        Section(
            _("From marks to the total"), (Steps(_reckoning(material)),), in_contents=False, ident="method-reckoning"
        ),
        Section(
            _("Agreement and divergence"), (Text(_divergence(material)),), in_contents=False, ident="method-divergence"
        ),
        Section(_("Comparisons"), (Text((_comparisons(),)),), in_contents=False, ident="method-comparisons"),
        Section(
            _("How to check this report"), (Text(_checking(material)),), in_contents=False, ident="method-checking"
        ),
        Section(_("Sources"), (Steps(_sources(material)),), in_contents=False, ident="method-sources"),
    )
    return Section(_("Method and sources"), parts, label=_annex("C"), number="C", ident="annex-c")


def _framework_words(material: Material) -> tuple[str, ...]:
    panel = material.framework.panel(material.panel)
    return tuple(filter(None, (material.teller.said(material.framework.about), material.teller.said(panel.about))))


def _reckoning(material: Material) -> tuple[str, ...]:
    framework, teller = material.framework, material.teller
    panel = framework.panel(material.panel)
    scales = [
        scale_words(material, panel.by_group[group.code], teller.said(group.titles))
        for group in framework.groups
        if group.code in panel.by_group
    ]
    return (
        *scales,
        _("A score with a missing mark is blank. Blanks are left out of every mean, together with their weights."),
        computing_words(material)[0].removeprefix(" ".join(scales)).strip(),
        _("A total stands only where every criterion has a score; else the coverage is stated and the total left out."),
        _(
            "Everything is reckoned with exact decimals. Only what is shown is rounded, half up: subcriteria to"
            " %(node)s, criteria to %(criterion)s, the total to %(total)s decimal places. A band is that of the rounded"
            " whole number."
        )
        % {
            "node": framework.rounding.node,
            "criterion": framework.rounding.criterion,
            "total": framework.rounding.total,
        },
    )


def _divergence(material: Material) -> tuple[str, ...]:
    rule = material.framework.consensus
    return (
        _(
            "Members score alone and see nobody else's sheet before their own is handed in. The group begins with the"
            " widest ranges: above %(wide)s points it discusses, up to %(close)s points within one band it may agree at"
            " once."
        )
        % {"wide": rule.discuss_above, "close": rule.fast_track_to},
        _(
            "The agreed score rests on evidence. Where it lies outside the members' scores, a reason is required."
            " Individual scores stay as they were handed in."
        ),
        _("The standard deviation is that of a sample (n - 1 below the line); of one score there is none."),
    )


def _comparisons() -> str:
    return _(
        "The previous cycle is compared only when it was approved on the same edition of the framework. The median of"
        " other offices takes the latest approved self-assessment of each consenting office and is shown from"
        " %(count)s offices up, so that no office can be recognised."
    ) % {"count": MINIMUM}


def _checking(material: Material) -> tuple[str, ...]:
    return (
        _(
            "The content was frozen when the director approved it. Its fingerprint (SHA-256 of the canonical text) is"
            " %(hash)s; the same fingerprint stands on the page of this self-assessment on the platform."
        )
        % {"hash": " ".join(material.results.sha256[place : place + 8] for place in range(0, 64, 8))},
        _("The framework file is %(code)s, fingerprint %(hash)s.")
        % {"code": material.framework.code, "hash": str(material.content["framework"]["sha256"])[:16]},
    )


def _sources(material: Material) -> tuple[str, ...]:
    found = (
        material.teller.said(material.framework.attribution),
        _(
            "The report follows step 6 of the CAF process: per subcriterion strengths and areas with evidence, scores"
            " and ideas."
        )
        if material.framework.framework == "caf"
        else "",
        _("Range, median and deviation: the qms.stats.agreement method, described in docs/methods of QMS."),
    )
    return tuple(filter(None, found))
