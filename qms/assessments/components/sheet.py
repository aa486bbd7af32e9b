"""What the pages of an individual sheet are made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms import charts
from qms.assessments.models import Evidence, Kind
from qms.assessments.queries import NodeAnswer, NodeState, PreviousNode
from qms.frameworks.domain.framework import Framework, Node, rounded, text
from qms.frameworks.domain.panel import CAPPED, Dimension, Scale
from qms.ui import numbers
from qms.ui.components import Band, BandKey, Chip, MarkRow, Part, ScoreInput, Square, Turn

SQUARES = {"scored": "done", "unknown": "unknown", "empty": "open", "partial": "open"}


def language() -> str:
    """The language in which the page is written."""
    return get_language() or "en"


@dataclass(frozen=True)
class MarkInput(ScoreInput):
    """A score by the framework's own dimensions and bands, whatever their span; what was typed stays as typed."""

    highest: int = 100
    lowest: int = 0
    step: int = 1
    by: str = ""
    template_name: ClassVar[str] = "assessments/_marks.html"
    keeps: ClassVar[bool] = True

    def _bar(self, value: Any, previous: Any) -> str:
        band = self.band_of(value)
        return charts.bar(
            value,
            band=band.index if band else None,
            minimum=self.lowest,
            maximum=self.highest,
            ticks=self.ticks,
            previous=previous,
        )

    @property
    def range_said(self) -> str:
        """What may be typed."""
        if self.step > 1:
            words = _("Whole numbers from %(lowest)s to %(highest)s in steps of %(step)s.")
        else:
            words = _("Whole numbers from %(lowest)s to %(highest)s.")
        return words % {"lowest": self.lowest, "highest": self.highest, "step": self.step}

    @property
    def rule(self) -> str:
        """How the marks make one score, for the script that reckons while one types."""
        return json.dumps({"how": self.combination or CAPPED, "by": self.by, "low": self.lowest, "high": self.highest})


def bands_of(framework: Framework) -> tuple[BandKey, ...]:
    """The bands with their spans and names in the reader's language."""
    return tuple(
        BandKey(band.index, span(band.low, band.high), text(band.titles, language()), to=band.high)
        for band in framework.bands
    )


def ticks_of(framework: Framework) -> tuple[Decimal | float, ...]:
    """Where the scale begins and ends, and the lines between its bands."""
    inner = charts.band_edges(band.high for band in framework.bands)
    return (Decimal(framework.lowest), *inner, Decimal(framework.highest))


def span(low: int, high: int) -> str:
    """From where to where a band goes."""
    return str(low) if low == high else f"{low}\u2013{high}"


def mark_input(
    framework: Framework,
    answer: NodeAnswer,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    total: Decimal | None,
    previous: Decimal | None,
    readonly: bool = False,
) -> MarkInput:
    """The marks of one node as they are typed, with the score that they make."""
    scale = answer.scale
    first = scale.dimensions[0]
    rows = tuple(_row(framework, dimension, typed, errors) for dimension in scale.dimensions)
    single = len(scale.dimensions) == 1
    return MarkInput(
        legend=_("Score of %(node)s") % {"node": answer.node.identifier},
        rows=rows,
        bands=bands_of(framework),
        total=total,
        total_title=_("Score of the subcriterion"),
        formula=formula(scale, numbers_of(scale, typed)),
        previous=previous,
        ticks=ticks_of(framework),
        combination="single" if single else "" if scale.combination == CAPPED else "mean",
        readonly=readonly,
        ident="score",
        highest=first.maximum,
        lowest=first.minimum,
        step=first.step,
        by=scale.by,
    )


def _row(framework: Framework, dimension: Dimension, typed: Mapping[str, str], errors: Mapping[str, str]) -> MarkRow:
    anchors = tuple(
        BandKey(band.index, span(band.low, band.high), "", text(dimension.anchors[band.code], language()))
        for band in framework.bands
        if band.code in dimension.anchors
    )
    return MarkRow(
        name=f"mark-{dimension.code}",
        title=text(dimension.titles, language()),
        question=text(dimension.questions, language()),
        value=typed.get(dimension.code, ""),
        minimum=dimension.minimum,
        maximum=dimension.maximum,
        error=errors.get(dimension.code, ""),
        anchors=anchors,
        ident=f"id_mark-{dimension.code}",
    )


def numbers_of(scale: Scale, typed: Mapping[str, str]) -> dict[str, int]:
    """What is typed and can be read as marks."""
    found = {}
    for dimension in scale.dimensions:
        written = typed.get(dimension.code, "").strip()
        if written.isdecimal() and dimension.minimum <= int(written) <= dimension.maximum:
            found[dimension.code] = int(written)
    return found


def formula(scale: Scale, marks: Mapping[str, int]) -> str:
    """The exact sum: "(85 + 65 + 45 + 40) / 4 = 58.75"; nothing while a mark is missing."""
    score = scale.score(marks)
    if score is None or len(scale.dimensions) == 1:
        return ""
    values = [marks[dimension.code] for dimension in scale.dimensions]
    mean = Decimal(sum(values)) / len(values)
    said = f"({' + '.join(map(str, values))}) / {len(values)} {_equals(mean)}"
    if scale.combination == CAPPED and score < mean:
        capping = text(scale.dimension(scale.by).titles, language())
        cap = _("at most %(mark)s (%(dimension)s)") % {"mark": marks[scale.by], "dimension": capping}
        return f"{said}; {cap}"
    return said


def _equals(value: Decimal) -> str:
    short = rounded(value, 2)
    sign = "=" if short == value else "\u2248"
    digits = 0 if short == short.to_integral_value() else 1 if short * 10 == (short * 10).to_integral_value() else 2
    return f"{sign} {numbers.figure(short, digits)}"


def squares(nodes: tuple[NodeState, ...], sheet_id: int, *, here: str = "") -> Turn:
    """Progress over all subcriteria, one square each."""
    return Turn(
        tuple(
            Square(
                state.node.identifier,
                short_of(state.node),
                reverse("assessments:sheet-node", args=[sheet_id, state.node.identifier]),
                SQUARES[state.state],  # type: ignore[arg-type]
                current=state.node.identifier == here,
            )
            for state in nodes
        ),
        _("Progress over the subcriteria"),
    )


def short_of(node: Node) -> str:
    """The node's short name, else its title, in the reader's language."""
    return text(node.shorts, language()) or text(node.titles, language())


def title_of(node: Node) -> str:
    """The node's title in the reader's language."""
    return text(node.titles, language())


def chip_of(evidence: Evidence) -> Chip:
    """A piece of evidence as texts cite it, with the way to it."""
    return Chip(evidence.title, evidence.code, address_of(evidence))


def address_of(evidence: Evidence) -> str:
    """Where one sees the piece: the file, the page that the link names, or the note."""
    if evidence.kind == Evidence.Kind.FILE:
        return reverse("assessments:evidence-file", args=[evidence.pk])
    return reverse("assessments:evidence-detail", args=[evidence.pk])


@dataclass(frozen=True)
class EntryRow(Part):
    """One text to write, with its evidence and what can be done with it."""

    key: str
    kind: str
    label: str
    text: str = ""
    errors: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    focused: bool = False
    template_name: ClassVar[str] = "assessments/_entry.html"

    @property
    def chips(self) -> tuple[tuple[Chip, int], ...]:
        """The pieces that hang on it, each with its id."""
        return tuple((chip_of(piece), piece.pk) for piece in self.evidence)

    @property
    def name(self) -> str:
        """What the names of its fields begin with."""
        return f"entry-{self.key}"


@dataclass(frozen=True)
class EntryList(Part):
    """All texts of one kind, and a way to add one."""

    kind: str
    rows: tuple[EntryRow, ...]
    template_name: ClassVar[str] = "assessments/_entries.html"

    @property
    def title(self) -> str:
        """The heading."""
        return {
            Kind.STRENGTH: _("Strengths"),
            Kind.AREA: _("Areas for improvement"),
            Kind.SUGGESTION: _("Suggestions"),
        }[Kind(self.kind)]

    @property
    def hint(self) -> str:
        """What belongs there."""
        return {
            Kind.STRENGTH: _("What the office does well, and how one knows it. One entry is one thought."),
            Kind.AREA: _("What is missing or works unevenly, and what it leads to."),
            Kind.SUGGESTION: _("What you would do about it. The group decides later."),
        }[Kind(self.kind)]

    @property
    def add(self) -> str:
        """What the button says."""
        return {
            Kind.STRENGTH: _("Add a strength"),
            Kind.AREA: _("Add an area"),
            Kind.SUGGESTION: _("Add a suggestion"),
        }[Kind(self.kind)]

    @property
    def pattern(self) -> EntryRow:
        """An empty row from which the script makes more."""
        labels = {
            Kind.STRENGTH: _("Strength %(number)s"),
            Kind.AREA: _("Area for improvement %(number)s"),
            Kind.SUGGESTION: _("Suggestion %(number)s"),
        }
        return EntryRow("--key--", self.kind, labels[Kind(self.kind)] % {"number": "--number--"})


@dataclass(frozen=True)
class Guide(Part):
    """What to look at in this subcriterion."""

    node: Node
    framework: Framework
    template_name: ClassVar[str] = "assessments/_guide.html"

    @property
    def guidance(self) -> str:
        return text(self.node.guidance, language())

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple(text(self.node.examples, language()))

    @property
    def hints(self) -> tuple[str, ...]:
        return tuple(text(self.node.evidence_hints, language()))

    @property
    def source(self) -> str:
        """Whose examples they are."""
        name = text(self.framework.shorts, language()) or text(self.framework.titles, language())
        return _("Examples of %(framework)s are hints, not a list to tick off.") % {"framework": name}


@dataclass(frozen=True)
class Previous(Part):
    """What the last cycle agreed on the same subcriterion."""

    previous: PreviousNode
    highest: int
    template_name: ClassVar[str] = "assessments/_previous.html"

    @property
    def band(self) -> Band | None:
        """The band of its score."""
        band = self.previous.band
        return None if band is None else Band(band.index, text(band.titles, language()))
