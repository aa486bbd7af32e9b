"""A chapter per criterion: every subcriterion with its score, its marks and what the group wrote."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms import charts
from qms.assessments.components.report import PhaseMark, Said, Subcriterion
from qms.assessments.queries import CriterionResultView, NodeResultView, ReportText
from qms.pdf.components import Entries, Entry
from qms.pdf.document import Section

from .chapters import bar_of
from .material import Material


def criterion_chapter(material: Material, criterion: CriterionResultView, chapter: int) -> Section:
    """One criterion with all its subcriteria."""
    return Section(
        _("Criterion %(identifier)s %(title)s")
        % {"identifier": criterion.node.identifier, "title": material.teller.title(criterion.node)},
        tuple(_passage(material, node) for node in criterion.nodes),
        label=_("Chapter %(number)s") % {"number": chapter},
        number=str(chapter),
        lead=_lead(material, criterion),
        # Only the first one begins a page: nine short chapters would leave nine pages half empty.
        kind="chapter" if criterion is material.results.criteria[0] else "flow",
        ident=f"criterion-{criterion.node.identifier}",
    )


def _lead(material: Material, criterion: CriterionResultView) -> str:
    figure, teller = criterion.figure, material.teller
    if figure.value is None:
        return _("No subcriterion of it was scored.")
    said = [
        _("%(score)s of %(maximum)s") % {"score": teller.criterion(figure.value), "maximum": material.framework.highest}
    ]
    if figure.band is not None:
        said.append(teller.said(figure.band.titles))
    lead = ", ".join(said)
    if figure.previous is not None:
        lead += "; " + _("in %(year)s: %(score)s") % {
            "year": material.results.previous_year,
            "score": teller.criterion(figure.previous),
        }
    if figure.benchmark is not None:
        lead += "; " + _("median: %(score)s") % {"score": teller.criterion(figure.benchmark)}
    if not criterion.coverage.is_full:
        lead += "; " + ngettext(
            "%(scored)s of %(of)s subcriterion scored", "%(scored)s of %(of)s subcriteria scored", criterion.coverage.of
        ) % {"scored": criterion.coverage.scored, "of": criterion.coverage.of}
    return lead


def _passage(material: Material, node: NodeResultView) -> Subcriterion:
    identifier, teller = node.node.identifier, material.teller
    remark = _remark(material, node)
    value = teller.score(node.figure.value)
    return Subcriterion(
        number=identifier,
        title=teller.title(node.node),
        picture=bar_of(material, node, ident=f"score-{identifier}", words=f"{value} {remark}"),
        value=value,
        band=material.mark(node.figure),
        remark=remark,
        before=_before(material, node),
        marks=_marks(material, node),
        columns=(
            _entries(material, _("Strengths"), node.strengths, "strength", _("none noted")),
            _entries(material, _("Areas for improvement"), node.areas, "area", _("none noted")),
        ),
        notes=_notes(material, node),
        tongue=material.tongue,
        ident=f"node-{identifier}",
    )


def _remark(material: Material, node: NodeResultView) -> str:
    figure = node.figure
    if figure.value is None:
        return _("not scored; not counted as zero")
    remark = _("of %(maximum)s") % {"maximum": material.framework.highest}
    return remark if figure.band is None else f"{remark}, {material.teller.said(figure.band.titles)}"


def _before(material: Material, node: NodeResultView) -> str:
    """What the previous cycle had, and other offices have."""
    figure, said = node.figure, []
    if figure.previous is not None:
        score = material.teller.score(figure.previous)
        said.append(_("in %(year)s: %(score)s") % {"year": material.results.previous_year, "score": score})
    if figure.benchmark is not None:
        said.append(_("median: %(score)s") % {"score": material.teller.score(figure.benchmark)})
    return "; ".join(said)


def _marks(material: Material, node: NodeResultView) -> tuple[PhaseMark, ...]:
    """The agreed marks by dimension; none where the group agreed one number, or the scale has but one."""
    scale = material.framework.scale(material.panel, node.node.identifier)
    given = [dimension for dimension in scale.dimensions if dimension.code in node.marks]
    if len(scale.dimensions) == 1 or not given:
        return ()
    marks = []
    for dimension in given:
        mark, title = node.marks[dimension.code], material.teller.said(dimension.titles)
        picture = charts.bar(
            mark,
            ident=f"mark-{node.node.identifier}-{dimension.code}",
            title=title,
            description=str(mark),
            band=material.framework.band_of(mark).index,
            minimum=dimension.minimum,
            maximum=dimension.maximum,
            ticks=material.teller.edges,
        )
        marks.append(PhaseMark(title, picture, str(mark)))
    return tuple(marks)


def _entries(material: Material, title: str, texts: Iterable[ReportText], kind: str, empty: str) -> Entries:
    entries = tuple(
        Entry(
            text.text,
            tuple((code, material.titles.get(code, "")) for code in text.evidence),
            "" if text.evidence else _("no evidence cited"),
        )
        for text in texts
    )
    return Entries(title, entries, kind, empty)  # type: ignore[arg-type]


def _notes(material: Material, node: NodeResultView) -> tuple[Said, ...]:
    suggestions = tuple(text.text for text in node.suggestions)
    found = (
        Said(ngettext("Suggestion", "Suggestions", max(len(suggestions), 1)), suggestions),
        Said(
            _("Why no score") if node.left_blank else _("Reason of the agreement"),
            (node.reason,) if node.reason else (),
        ),
        Said(_("Dissent"), (node.dissent,) if node.dissent else ()),
    )
    return tuple(note for note in found if note.texts)
