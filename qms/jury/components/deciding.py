"""The page of a list: the order with its ties and its threshold, the choices, what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.charts.palette import PAPER
from qms.charts.svg import Scale, element, level, picture, tinted
from qms.jury.domain.deciding import PRIZE, Verdict, VisitState, is_below, scale_for
from qms.jury.models import Decision, DecisionList
from qms.jury.queries.deciding import Row, Sheet
from qms.ui import numbers
from qms.ui.components import DataTable, State
from qms.ui.components.part import StateKind

from .board import few_words
from .hindrances import named

KINDS: Mapping[str, StateKind] = {
    "visit": "done",
    "talk": "wait",
    "no_visit": "",
    "prize": "done",
    "no_prize": "",
    "out": "",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button."""

    value: str
    label: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One application in the order."""

    pk: int
    place: str
    number: str
    office: str
    url: str
    total: str
    note: str
    svg: str
    # The thresholds that lie between the one before and this one.
    cuts: tuple[str, ...] = ()
    is_tie: bool = False
    tie: str = ""
    # What it waits for: a talk, or how far its visit is.
    talk: str = ""
    visit: str = ""
    # By how many it is judged where too few could be found.
    few: str = ""
    options: tuple[Option, ...] = ()
    reason: str = ""
    error: str = ""
    decided: State | None = None


def labels_of(sheet: Sheet) -> dict[str, str]:
    """What each radio button is called."""
    if sheet.stage == DecisionList.Stage.VISIT:
        return {one: str(Decision.Outcome(one).label) for one in ("visit", "talk", "no_visit")}
    prizes = {f"prize-{one.pk}": one.title for one in sheet.prizes}
    return prizes | {"no_prize": str(Decision.Outcome.NO_PRIZE.label)}


def lines_of(
    sheet: Sheet, chosen: Mapping[int, str], reasons: Mapping[int, str], errors: Mapping[int, str], *, runs: bool
) -> tuple[Line, ...]:
    """The applications that the form asks about, in their order; choices as they stand on the page."""
    rows = [row for row in sheet.rows if row.pk in errors]
    labels, ends = labels_of(sheet), ends_of(rows)
    by_key = {row.pk: row.application.number for row in sheet.rows}
    cuts = list(_cuts(sheet))
    lines: list[Line] = []
    for row in rows:
        passed = [words for words, below in cuts if below(row)]
        cuts = [cut for cut in cuts if cut[0] not in passed]
        choice, verdict = chosen.get(row.pk, ""), row.verdict
        lines.append(
            Line(
                pk=row.pk,
                place=_place(row.candidate.first, row.candidate.last),
                number=row.application.number,
                office=row.application.office.short_name or row.application.office.name,
                url=_page_of(row, runs=runs),
                total=numbers.figure(row.candidate.total, 1),
                note=_margin(row),
                svg=drawn(row, ends),
                cuts=tuple(passed) if lines else (),
                is_tie=bool(row.close_to),
                tie=_tie(row, by_key),
                talk=_("needs a talk first") if row.candidate.needs_talk else "",
                visit=_visit(row.candidate.visit) if sheet.stage == DecisionList.Stage.PRIZE else "",
                few=_few(row),
                options=tuple(Option(value, label, value == choice) for value, label in labels.items()),
                reason=reasons.get(row.pk, ""),
                error=errors.get(row.pk, ""),
                decided=State(said(verdict, labels), KINDS[verdict.outcome]) if verdict.outcome else None,
            )
        )
    return tuple(lines)


def said(verdict: Verdict, labels: Mapping[str, str]) -> str:
    """A decision in words; a dash where there is none."""
    key = f"prize-{verdict.prize}" if verdict.outcome == PRIZE else verdict.outcome
    return labels.get(key, "–")


def ends_of(rows: Sequence[Row]) -> tuple[int, int]:
    """The scale of the drawing: the tens between which all totals and intervals lie."""
    values = [float(row.candidate.total) for row in rows if row.candidate.total is not None]
    margins = [row.margin for row in rows if row.margin is not None]
    return scale_for([*values, *(one.low for one in margins), *(one.high for one in margins)])


def drawn(row: Row, ends: tuple[int, int]) -> str:
    """The total as a dot on its interval; decoration, as the numbers stand beside it."""
    scale = Scale(*ends, 1)
    body = [tinted("grid", PAPER.grid, level("0", "100%", 9, stroke_opacity=0.6))]
    if row.margin is not None:
        ends_at = scale.at(row.margin.low), scale.at(row.margin.high)
        body.append(level(*ends_at, 9, stroke_width=5, stroke_opacity=0.45))
    if row.candidate.total is not None:
        body.append(element("circle", cx=scale.at(row.candidate.total), cy=9, r=5.5, fill="currentColor"))
    return picture(*body, ident="", title="", description="", color=PAPER.accent, width="100%", height=20)


def finding_of(sheet: Sheet) -> str:
    """What the order says, in a sentence or two."""
    placed = [row for row in sheet.rows if row.candidate.first]
    if not placed:
        return _("No application has a place yet.")
    first = placed[0]
    count = first.candidate.last
    if first.candidate.last == 1:
        words = _("%(number)s leads.") % {"number": first.application.number}
    else:
        words = ngettext("%(count)s application leads.", "%(count)s applications share the first place.", count) % {
            "count": count
        }
    ties = sum(1 for row in placed if row.candidate.first != row.candidate.last)
    if not ties:
        return words
    more = ngettext("Points do not settle %(count)s place.", "Points do not settle %(count)s places.", ties)
    return f"{words} {more % {'count': ties}}"


def scale_words(sheet: Sheet) -> str:
    """What the drawing shows, and from where to where."""
    low, high = ends_of([row for row in sheet.rows if row.candidate.is_revealed])
    words = _("The dot is the total, the band the 95 %% interval of the jurors' mean; scale from %(low)s to %(high)s.")
    return words % {"low": low, "high": high}


def waiting_words(sheet: Sheet) -> str:
    """Which applications are not in the order yet."""
    hidden = [row for row in sheet.rows if not row.candidate.is_revealed]
    waiting = [row.application.number for row in hidden if not row.candidate.is_out]
    if not waiting:
        return ""
    words = ngettext(
        "%(numbers)s enters the order when its scores are revealed.",
        "%(numbers)s enter the order when their scores are revealed.",
        len(waiting),
    )
    return words % {"numbers": named(waiting)}


def out_words(sheet: Sheet) -> str:
    """Which applications nobody judges."""
    out = [row.application.number for row in sheet.rows if row.candidate.is_out]
    return _("Not judged, out of competition: %(numbers)s.") % {"numbers": named(out)} if out else ""


def differences(sheet: Sheet, found: Sequence[tuple[Verdict, Verdict]]) -> DataTable | None:
    """What was typed here beside what somebody else saved."""
    if not found:
        return None
    by_key, labels = {row.pk: row.application.number for row in sheet.rows}, labels_of(sheet)
    rows = tuple((by_key.get(mine.application, ""), _both(mine, labels), _both(other, labels)) for mine, other in found)
    headers = (_("Application"), _("On this page"), _("Saved meanwhile"))
    return DataTable(_("Where this page differs from what is saved"), headers, rows, stack=True)


def typed_words(sheet: Sheet, sent: Mapping[str, str]) -> str:
    """All that was typed on a list, as one text to copy."""
    labels = labels_of(sheet)
    said = []
    for row in sheet.rows:
        choice, reason = labels.get(sent.get(f"choice-{row.pk}", ""), ""), sent.get(f"reason-{row.pk}", "").strip()
        if words := ". ".join(part for part in (choice, reason) if part):
            said.append(f"{row.application.number}: {words}")
    more = (sent.get(name, "").strip() for name in ("common", "note"))
    return "\n\n".join((*said, *filter(None, more)))


def _both(verdict: Verdict, labels: Mapping[str, str]) -> str:
    return ". ".join(part for part in (said(verdict, labels), verdict.reason) if part)


def _place(first: int, last: int) -> str:
    if not first:
        return "–"
    return f"{first}." if first == last else f"{first}.–{last}."


def _margin(row: Row) -> str:
    count = _("n = %(count)s") % {"count": len(row.totals)}
    if row.margin is None:
        return count
    return f"{numbers.figure(row.margin.low, 1)}–{numbers.figure(row.margin.high, 1)}, {count}"


def _few(row: Row) -> str:
    return few_words(len(row.totals)) if row.shortage else ""


def _visit(state: VisitState) -> str:
    words = {"due": _("visit not planned yet"), "planned": _("visit planned"), "done": _("visit held or cancelled")}
    return words.get(state, "")


def _page_of(row: Row, *, runs: bool) -> str:
    name = "awards:received-detail" if runs else "jury:reading"
    return reverse(name, args=[row.pk])


def _tie(row: Row, by_key: Mapping[int, str]) -> str:
    others = [by_key[pk] for pk in row.close_to if pk in by_key]
    return _("tie with %(numbers)s") % {"numbers": named(others)} if others else ""


def _cuts(sheet: Sheet) -> Iterator[tuple[str, Callable[[Row], bool]]]:
    """Each threshold with the question whether an application lies below it."""
    judging = sheet.judging
    if sheet.stage == DecisionList.Stage.VISIT:
        if judging is not None and (words := _visit_limit(judging.visit_from, judging.most_visits)):
            yield words, partial(_no_visit, visit_from=judging.visit_from, most=judging.most_visits)
        return
    for prize in sheet.prizes:
        if prize.from_points is not None:
            facts = {"prize": prize.title, "points": numbers.figure(prize.from_points, 1)}
            words = _("%(prize)s: from %(points)s points") % facts
            yield words, partial(_no_prize, points=prize.from_points)


def _no_prize(row: Row, points: Decimal) -> bool:
    return is_below(row.candidate.total, points)


def _no_visit(row: Row, visit_from: Decimal | None, most: int | None) -> bool:
    return is_below(row.candidate.total, visit_from) or (most is not None and row.candidate.first > most)


def _visit_limit(visit_from: Decimal | None, most: int | None) -> str:
    said = []
    if visit_from is not None:
        said.append(_("visit from %(points)s points") % {"points": numbers.figure(visit_from, 1)})
    if most is not None:
        said.append(ngettext("at most %(count)s visit", "at most %(count)s visits", most) % {"count": most})
    return ", ".join(said)
