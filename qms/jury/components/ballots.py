"""What the pages of a juror's own ballot are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.components.hours import moment_of
from qms.awards.components.received import FrozenAnswer, sections_of
from qms.awards.components.submitting import over_of
from qms.awards.domain.form import named, said_code
from qms.frameworks.domain.framework import text
from qms.frameworks.domain.panel import Dimension
from qms.jury.domain.ballot import Answer, MarkDraft
from qms.jury.models import Ballot, Mark
from qms.jury.queries.ballots import BallotView, Line
from qms.jury.queries.shortages import least_of
from qms.ui.components import Button, Conflict, Crumbs, DataTable, Facts, Link, Note, PageHead, Row, Square, State, Turn
from qms.ui.numbers import figure

from .marks import trimmed

SQUARES = {Answer.SCORED: "done", Answer.NOT_JUDGED: "unknown"}


def crumbs_of(ballot: Ballot, *links: Link) -> Crumbs:
    """The way from the juror's work to a page of the ballot."""
    application = ballot.application
    reading = Link(application.office.name, reverse("jury:reading", args=[application.pk]))
    return Crumbs((Link(_("Work as a juror"), reverse("jury:home")), reading, *links))


def ballot_head(view: BallotView) -> PageHead:
    """Whose application it is, how far the ballot is, and until when."""
    ballot = view.ballot
    meta: list[tuple[str, object]] = [(_("Application"), ballot.application.number)]
    if ballot.handed_in_at is not None:
        meta.append(
            (pgettext("scores", "Handed in"), moment_of(ballot.application.category.round, ballot.handed_in_at))
        )
    elif view.phase is not None and view.phase.may_score:
        meta.append((_("Score until"), moment_of(ballot.application.category.round, view.phase.ends_at)))
    meta.append((_("Sections"), done_of(view)))
    label = pgettext("ballot", "Total") if ballot.handed_in_at else _("Total so far")
    meta.append((label, _("%(points)s of 100") % {"points": figure(view.total, 1)}))
    return PageHead(
        ballot.application.office.name, over=over_of(ballot.application), state=state_of(view), meta=tuple(meta)
    )


def state_of(view: BallotView) -> State:
    """How far the ballot is."""
    if view.ballot.state == Ballot.State.HANDED_IN:
        return State(Ballot.State.HANDED_IN.label, "done")
    if view.ballot.unlocked_reason:
        return State(_("Given back"), "wait")
    return State(_("In work"), "going") if any(one.mark for one in view.lines) else State(_("Not begun"))


def done_of(view: BallotView) -> str:
    """How many sections are done, in words."""
    return _("%(done)s of %(count)s done") % {"done": view.done, "count": len(view.lines)}


def turn_of(view: BallotView, *, here: int = 0) -> Turn:
    """Progress over the sections, one square each."""
    squares = (
        Square(
            sign_of(one),
            one.section.title,
            address_of(view.ballot, one),
            SQUARES.get(one.answer, "open"),  # type: ignore[arg-type]
            current=one.section.pk == here,
        )
        for one in view.lines
    )
    return Turn(tuple(squares), _("Progress over the sections"))


def sign_of(line: Line) -> str:
    """The short sign of a section: its number in the form, or its place."""
    return said_code(line.section.code) or str(line.place)


def address_of(ballot: Ballot, line: Line) -> str:
    """The page of one section."""
    return reverse("jury:ballot-section", args=[ballot.pk, line.section.pk])


def lines_table(view: BallotView) -> DataTable:
    """All sections with the score and what was written."""
    heads = (_("Section"), _("Weight"), _("My score"), _("What I wrote"), _("State"))
    rows = tuple(Row(_cells(view.ballot, one)) for one in view.lines)
    return DataTable(_("Sections of my ballot"), heads, rows, numeric=(1, 2), stack=True)


def _cells(ballot: Ballot, one: Line) -> tuple[object, ...]:
    title = Link(named(one.section.code, one.section.title), address_of(ballot, one))
    return (
        title,
        weight_of(one),
        figure(one.score, 1),
        _written(one),
        state_of_line(one),
    )


def weight_of(one: Line) -> str:
    """The weight of a section without needless zeros."""
    return trimmed(one.section.weight)


def _written(one: Line) -> str:
    said = []
    if one.mark and one.mark.strengths:
        said.append(_("strengths"))
    if one.mark and one.mark.areas:
        said.append(_("areas for improvement"))
    return ", ".join(said) or "\u2013"


def state_of_line(one: Line) -> State:
    """How far a section is."""
    match one.answer:
        case Answer.SCORED:
            return State(pgettext("section", "scored"), "done")
        case Answer.NOT_JUDGED:
            return State(_("cannot be judged"), "done")
        case Answer.PARTIAL:
            return State(_("a mark is missing"), "going")
    return State(pgettext("section", "empty"))


def notes_of(view: BallotView) -> tuple[Note, ...]:
    """What the juror has to know now: given back, closed, handed in."""
    ballot, notes = view.ballot, []
    if ballot.state == Ballot.State.HANDED_IN:
        words = _("You can read it here. If something has to be corrected, the organiser can give it back to you.")
        notes.append(Note(words, _("Your ballot is handed in"), level=2))
        return tuple(notes)
    if ballot.unlocked_reason:
        notes.append(Note(ballot.unlocked_reason, _("The organiser gave the ballot back"), "warn", level=2))
    if not view.may_score:
        words = _("Scores are taken only while a phase lets jurors score. None does now. What you wrote is kept.")
        notes.append(Note(words, _("No scores now"), "warn", level=2))
    return tuple(notes)


def marks_facts(line: Line) -> Facts:
    """The marks by dimension, to read."""
    given = line.mark.marks if line.mark else {}
    return Facts(tuple((dimension_of(one), figure(given.get(one.code))) for one in line.scale.dimensions))


def dimension_of(one: Dimension) -> str:
    """What a dimension is called; the only one of a section without a panel has no name of its own."""
    return text(one.titles, get_language() or "pl") or _("Score")


def seen_words(view: BallotView) -> tuple[str, ...]:
    """Who will read the ballot once it is in."""
    blind = _("nobody until every juror of this application has handed in, at least two")
    if least_of(view.ballot.application) == 1:
        blind = _("nobody until every juror of this application has handed in")
    after = _("then the organiser, and the jurors as the phases let")
    return blind, after, _("the office never reads who gave which score")


def missing_words(view: BallotView) -> str:
    """What is still missing before the ballot can be handed in."""
    many = len(view.missing)
    if not many:
        return ""
    said = ngettext(
        "%(count)s section has neither a score nor a reason.",
        "%(count)s sections have neither a score nor a reason.",
        many,
    )
    return said % {"count": many}


def answers_of(content: Mapping[str, Any] | None) -> tuple[FrozenAnswer, ...]:
    """What the office wrote in the section; annexes lead where jurors may open them."""
    if content is None:
        return ()
    known = {one["pk"] for one in content["annexes"]}
    pairs = zip(content["sections"], sections_of(content), strict=True)
    return tuple(
        _for_jurors(answer, [pk for pk in question.get("annexes", ()) if pk in known])
        for section, shown in pairs
        for question, answer in zip(section["questions"], shown.answers, strict=True)
    )


def _for_jurors(answer: FrozenAnswer, annexes: Sequence[int]) -> FrozenAnswer:
    """The same answer; its files lead where jurors may open them."""
    pairs = zip(answer.files, annexes, strict=False)
    return replace(answer, files=tuple(replace(one, url=reverse("jury:annex", args=[pk])) for one, pk in pairs))


def clash_of(line: Line, *, typed: MarkDraft, url: str) -> Conflict:
    """What was typed beside what is stored."""
    take = Button(_("Take the stored version"), url=url, kind="secondary", small=True)
    stored = draft_of(line.mark) if line.mark else MarkDraft()
    return Conflict(words_of(line, typed), words_of(line, stored), buttons=(take,))


def clash_of_summary(ballot: Ballot, *, typed: str) -> Conflict:
    """The words in short as they were typed beside those that are stored."""
    url = reverse("jury:ballot", args=[ballot.pk])
    take = Button(_("Take the stored version"), url=url, kind="secondary", small=True)
    return Conflict(typed, ballot.summary, buttons=(take,))


def draft_of(mark: Mark) -> MarkDraft:
    """A stored mark as if it were typed."""
    return MarkDraft(mark.marks, mark.is_na, mark.reason, mark.strengths, mark.areas)


def words_of(line: Line, draft: MarkDraft) -> str:
    """A whole answer as one text."""
    marks = [f"{dimension_of(one)}: {figure(draft.marks.get(one.code))}" for one in line.scale.dimensions]
    said = [", ".join(marks)]
    if draft.is_na:
        said.append(f"{_('cannot be judged')}: {draft.reason}")
    if draft.strengths:
        said.append(f"{_('Strengths')}: {draft.strengths}")
    if draft.areas:
        said.append(f"{_('Areas for improvement')}: {draft.areas}")
    return "\n".join(said)
