"""What the group has before it in consensus."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms import charts
from qms.assessments.components.sheet import MarkInput, bands_of, chip_of, language, short_of, span
from qms.assessments.components.tables import PlainTable
from qms.assessments.domain.scoring import WHOLE
from qms.assessments.models import Assessment, Kind
from qms.assessments.queries import ConsensusView, DivergenceList, DivergenceRow, MemberScore
from qms.assessments.queries import Text as Written
from qms.frameworks.domain.framework import Framework, text
from qms.stats.agreement import Spread
from qms.ui import numbers
from qms.ui.components import Band, Chip, MarkRow, Part, Row, Say, StripRow, Strips

WIDEST_FIRST = 10


def ticks_of(framework: Framework) -> tuple[Decimal | int, ...]:
    """Where one band ends and the next begins."""
    return (framework.lowest, *(band.high + Decimal("0.5") for band in framework.bands[:-1]), framework.highest)


def strips_of(rows: Sequence[DivergenceRow], assessment: Assessment, framework: Framework, *, here: str) -> Strips:
    """Subcriteria by divergence; the one on the page is marked."""
    ticks = ticks_of(framework)
    return Strips(
        tuple(
            StripRow(
                row.node.identifier,
                short_of(row.node),
                reverse("assessments:consensus-node", args=[assessment.pk, row.node.identifier]),
                row.divergence.scores,
                agreed=row.agreed,
                current=row.node.identifier == here,
                ticks=ticks,
            )
            for row in rows
        )
    )


def ranked(divergences: DivergenceList, here: str) -> tuple[tuple[DivergenceRow, ...], tuple[DivergenceRow, ...]]:
    """The widest ones with the one on the page, and the rest."""
    first = divergences.rows[:WIDEST_FIRST]
    shown = {row.node.identifier for row in first}
    own = tuple(row for row in divergences.rows if row.node.identifier == here and here not in shown)
    return (*own, *first), tuple(row for row in divergences.rows[WIDEST_FIRST:] if row not in own)


def spread_title(spread: Spread | None, blank: int) -> str:
    """Who scored from where to where, in one sentence."""
    if spread is None:
        return _("Nobody gave a score")
    if spread.n == 1:
        said = _("One person gave %(score)s") % {"score": numbers.figure(spread.lowest)}
    elif spread.lowest == spread.highest:
        words = ngettext("%(count)s person gave %(score)s", "%(count)s people all gave %(score)s", spread.n)
        said = words % {"count": spread.n, "score": numbers.figure(spread.lowest)}
    else:
        words = ngettext(
            "%(count)s person gave from %(low)s to %(high)s", "%(count)s people gave from %(low)s to %(high)s", spread.n
        )
        said = words % {
            "count": spread.n,
            "low": numbers.figure(spread.lowest),
            "high": numbers.figure(spread.highest),
        }
    if blank:
        left = ngettext("one left it blank", "%(count)s left it blank", blank) % {"count": blank}
        return f"{said}, {left}"
    return said


def spread_note(spread: Spread | None, framework: Framework) -> str:
    """Scale, middle, range and deviation."""
    scale = _("Points %(low)s to %(high)s.") % {"low": framework.lowest, "high": framework.highest}
    if spread is None:
        return scale
    facts = [_("Median %(median)s") % {"median": numbers.figure(spread.median, 1)}]
    facts.append(_("range %(range)s") % {"range": numbers.figure(spread.range, 1)})
    if spread.deviation is not None:
        facts.append(_("standard deviation %(deviation)s") % {"deviation": numbers.figure(spread.deviation, 1)})
    return f"{scale} {', '.join(facts)}. " + _("Ticks part the bands.")


def spread_drawing(view: ConsensusView) -> str:
    """All scores on the scale, large, with the agreed one."""
    spread = view.divergence.spread
    return charts.strip(
        view.divergence.scores,
        agreed=view.agreed.score,
        median=spread.median if spread else None,
        ticks=ticks_of(view.framework),
        minimum=view.framework.lowest,
        maximum=view.framework.highest,
        axis=True,
        large=True,
    )


def scores_table(view: ConsensusView) -> PlainTable:
    """Every member's score with its marks, its band and what decided; letters instead of names unless chosen."""
    marks = [text(dimension.titles, language()) for dimension in view.scale.dimensions]
    several = marks if len(marks) > 1 else []
    headers = (_("Person"), _("Score"), _("Band"), *several, _("What decided"))
    rows = tuple(_score_row(score, view, several) for score in view.scores)
    caption = _("Individual scores of %(node)s") % {"node": view.node.identifier}
    return PlainTable(caption, headers, rows, numeric=(1, *range(3, 3 + len(several))), stack=True)


def _score_row(score: MemberScore, view: ConsensusView, several: Sequence[str]) -> Row:
    who = f"{score.letter}, {score.name}" if score.name else score.letter
    band: object = "\u2013"
    if score.band is not None:
        band = Band(score.band.index, span=span(score.band.low, score.band.high))
    given = [numbers.figure(score.marks.get(dimension.code)) for dimension in view.scale.dimensions] if several else []
    why = score.rationale or (_("does not know enough") if score.unknown else "")
    return Row((who, numbers.figure(score.score), band, *given, why))


def dissent_of(view: ConsensusView, dissenters: Collection[int]) -> tuple[tuple[int, str, bool], ...]:
    """Everyone who may keep another score: the member, how the list calls them, whether they do."""
    return tuple(
        (
            one.member_id,
            f"{one.name or _('Person %(letter)s') % {'letter': one.letter}} ({numbers.figure(one.score)})",
            one.member_id in dissenters,
        )
        for one in view.scores
    )


def chips_of(view: ConsensusView) -> dict[int, Chip]:
    """Every piece of evidence that a text of the node cites, once."""
    cited = (*(one.evidence for one in view.texts), *(one.evidence for one in view.agreed.entries))
    pieces = {piece.pk: piece for evidence in cited for piece in evidence}
    return {pk: chip_of(piece) for pk, piece in pieces.items()}


def voices_of(written: Sequence[Written], chips: Mapping[int, Chip]) -> tuple[Say, ...]:
    """Texts as the members wrote them, with their letters and evidence."""
    return tuple(
        Say(
            one.text,
            one.kind,
            ngettext("Person %(letters)s", "People %(letters)s", len(one.letters))
            % {"letters": ", ".join(one.letters)},
            tuple(chips[piece.pk] for piece in one.evidence),
            bare=True,
        )
        for one in written
    )


@dataclass(frozen=True)
class AgreedRow(Part):
    """One text of the report, to be worded; it can be joined to another of its kind."""

    number: int
    place: int
    kind: str
    text: str
    key: str = field(compare=False)  # written by the list: it may be another one at each visit
    sources: str
    evidence: str
    chips: tuple[Chip, ...]
    choices: str = ""
    join: str = ""
    template_name: ClassVar[str] = "assessments/_agreed_row.html"
    keeps: ClassVar[bool] = True

    @property
    def name(self) -> str:
        return f"entry-{self.number}"

    @property
    def label(self) -> str:
        """What it is, with its number."""
        labels = {
            Kind.STRENGTH: _("Strength %(number)s"),
            Kind.AREA: _("Area for improvement %(number)s"),
            Kind.SUGGESTION: _("Suggestion %(number)s"),
        }
        return labels[Kind(self.kind)] % {"number": self.place}

    @property
    def options(self) -> str:
        """Those of its kind that it could be joined to; its own place is left out, the chosen one marked."""
        own, chosen = _option(str(self.number), str(self.place)), f'<option value="{escape(self.join)}">'
        return mark_safe(  # made by options_of, of numbers alone
            self.choices.replace(own, "").replace(chosen, f"{chosen[:-1]} selected>")
        )


def options_of(places: Sequence[tuple[int, int]]) -> str:
    """The choices of one kind, number on the page and place in its list: written once for all rows of a long list."""
    return "".join(_option(str(number), str(place)) for number, place in places)


def _option(value: str, label: str) -> str:
    return f'<option value="{value}">{label}</option>'


def whole_input(view: ConsensusView, typed: Mapping[str, str], errors: Mapping[str, str]) -> MarkInput:
    """The agreed score as one whole number."""
    only = len(view.scale.dimensions) == 1
    code = view.scale.dimensions[0].code if only else WHOLE
    written = typed.get(code, "")
    number = int(written) if written.isdecimal() and int(written) <= view.framework.highest else None
    row = MarkRow(
        name=f"mark-{code}",
        title=_("Agreed score of %(node)s") % {"node": view.node.identifier},
        question=_("A whole number from %(low)s to %(high)s.")
        % {"low": view.scale.dimensions[0].minimum, "high": view.scale.dimensions[0].maximum},
        value=written,
        minimum=view.scale.dimensions[0].minimum,
        maximum=view.scale.dimensions[0].maximum,
        error=errors.get(code, ""),
        previous=view.previous.score if view.previous else None,
        ident=f"id_mark-{code}",
    )
    return _marks(view, (row,), single=True, total=number, legend=_("Agreed score"), ident="whole")


def parts_input(view: ConsensusView, typed: Mapping[str, str], errors: Mapping[str, str]) -> MarkInput | None:
    """The agreed score dimension by dimension; nothing where the panel has only one."""
    if len(view.scale.dimensions) == 1:
        return None
    rows = tuple(
        MarkRow(
            name=f"mark-{dimension.code}",
            title=text(dimension.titles, language()),
            question=_middle_of(view, dimension.code),
            value=typed.get(dimension.code, ""),
            minimum=dimension.minimum,
            maximum=dimension.maximum,
            error=errors.get(dimension.code, ""),
            ident=f"id_mark-{dimension.code}",
        )
        for dimension in view.scale.dimensions
    )
    marks = {name: int(value) for name, value in typed.items() if value.isdecimal() and name != WHOLE}
    known = {dimension.code for dimension in view.scale.dimensions}
    complete = known <= marks.keys()
    total = view.scale.score({name: marks[name] for name in known}) if complete else None
    return _marks(view, rows, single=False, total=total, legend=_("Agreed score by phase"), ident="parts")


def _middle_of(view: ConsensusView, code: str) -> str:
    given = sorted(score.marks[code] for score in view.scores if code in score.marks)
    if not given:
        return _("nobody gave a mark")
    return _("given: %(marks)s") % {"marks": ", ".join(map(str, given))}


def _marks(
    view: ConsensusView,
    rows: tuple[MarkRow, ...],
    *,
    single: bool,
    total: Decimal | int | None,
    legend: str,
    ident: str,
) -> MarkInput:
    first = view.scale.dimensions[0]
    return MarkInput(
        legend=legend,
        rows=rows,
        bands=bands_of(view.framework),
        total=total,
        total_title=_("Score of the subcriterion"),
        previous=view.previous.score if view.previous else None,
        ticks=ticks_of(view.framework),
        combination="single" if single else "mean" if view.scale.combination == "mean" else "",
        ident=ident,
        highest=first.maximum,
        lowest=first.minimum,
        step=first.step,
        by=view.scale.by,
    )
