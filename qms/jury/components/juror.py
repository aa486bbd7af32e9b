"""What a juror's own pages show: phases, what waits, ballots, declarations, visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.components.deadline import left_words
from qms.awards.components.hours import moment_of
from qms.awards.models import Round
from qms.jury.domain.pool import last_moment
from qms.jury.models import Ballot, Exclusion, Phase, Visit
from qms.jury.queries.desk import Desk, Told
from qms.offices.queries import Task as Waiting
from qms.ui import numbers
from qms.ui.components import DataTable, Empty, Link, Note, Part, Row, State, Step, Steps, Task, TaskList


@dataclass(frozen=True)
class Kept(Part):
    """What was typed and could not be taken, to copy; it names no office."""

    why: str
    text: str
    template_name: ClassVar[str] = "jury/_kept.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Oświadczeń teraz się nie przyjmuje.", "Pracuje tam moja siostra."),)


@dataclass(frozen=True, slots=True)
class DeskPart:
    """One seat on the juror's home."""

    ident: str
    title: str
    over: str
    state: State
    steps: Steps | None
    note: Note
    tasks: TaskList | Empty
    ballots: DataTable | None
    visits: DataTable | None
    declare: Link | None


def desk_part(desk: Desk, tasks: Iterable[Waiting], at: datetime) -> DeskPart:
    """One seat with its phases, what waits, the ballots and visits."""
    seat, award = desk.seat, desk.seat.round
    waiting = tuple(_task(one, award, at) for one in tasks)
    nothing = Empty(_("Nothing waits for you now"), _("You get a letter when something does."), level=3)
    sign = _("%(sign)s, chair of the jury") if seat.is_chair else _("%(sign)s in the jury")
    return DeskPart(
        ident=f"seat-{seat.pk}",
        title=award.title,
        over=award.programme.title,
        state=State(sign % {"sign": seat.sign}, "done" if seat.accepted_at else "wait"),
        steps=phase_steps(desk.phases, award, at) if desk.phases else None,
        note=phase_note(desk, at),
        tasks=TaskList(_("What waits for you"), waiting, level=3) if waiting else nothing,
        ballots=_ballots_table(desk) if desk.ballots else None,
        visits=visits_table(desk.visits, award) if desk.visits else None,
        declare=Link(_("Offices and conflicts of interest"), reverse("jury:declare", args=[seat.pk]))
        if seat.accepted_at
        else None,
    )


def _task(one: Waiting, award: Round, at: datetime) -> Task:
    due = one.due_at if isinstance(one.due_at, datetime) else None
    left = left_words(due - at) if due is not None and due > at else ""
    detail = f"{one.detail}." if one.kind == "jury_report" else ""
    if due is not None:
        detail = f"{detail} {_('Until')}: {moment_of(award, due)}.".strip()
    on = timezone.localtime(due, award.timezone).date() if due is not None else None
    return Task(one.text, one.url, detail, on, left or ("" if due is None else _("late")), late=one.is_late)


def phase_steps(phases: Iterable[Phase], award: Round, at: datetime) -> Steps:
    """The phases of the jury, and which one runs."""
    steps = []
    with timezone.override(award.zone):
        for one in phases:
            stage = "past" if one.ends_at <= at else "now" if one.starts_at <= at else "next"
            note = f"{numbers.short_day(one.starts_at)} – {numbers.short_day(last_moment(one.ends_at))}"
            steps.append(Step(one.title, note, stage))  # type: ignore[arg-type]
    return Steps(tuple(steps), across=True)


def phase_note(desk: Desk, at: datetime) -> Note:
    """What the phase lets, and until when; between phases when the next one begins."""
    award, phase = desk.seat.round, desk.phase
    if phase is not None:
        words = " ".join(_lets(phase)) or _("Nothing is open to jurors.")
        until = _("It ends: %(moment)s.") % {"moment": moment_of(award, phase.ends_at)}
        return Note(f"{words} {until}", phase.title)
    if desk.next_phase is not None:
        begins = moment_of(award, desk.next_phase.starts_at)
        words = _("The phase “%(phase)s” begins: %(moment)s. Until then applications are closed.")
        return Note(words % {"phase": desk.next_phase.title, "moment": begins}, _("No phase runs now"))
    if desk.phases:
        return Note(_("All phases have ended. Applications are closed."), _("No phase runs now"))
    return Note(_("The organiser has not set the phases yet."), _("No phase runs now"))


def _lets(phase: Phase) -> Iterable[str]:
    if phase.may_declare:
        yield _("You declare conflicts of interest.")
    if phase.sees == Phase.Sees.ASSIGNED:
        yield _("You read the applications that you score.")
    if phase.sees == Phase.Sees.CATEGORY:
        yield _("You read all applications of your categories.")
    if phase.may_score:
        yield _("You score.")
    if phase.shows_scores:
        yield _("You see each other's scores once all are in.")
    if phase.may_visit:
        yield _("You visit offices and report.")


def _ballots_table(desk: Desk) -> DataTable:
    rows = tuple(Row(_ballot_cells(one)) for one in desk.ballots)
    heads = (_("Office"), _("Number"), _("Category"), _("My scores"), _("Next step"))
    return DataTable(_("Applications that I score"), heads, rows, stack=True)


def _ballot_cells(ballot: Ballot) -> tuple[object, ...]:
    application = ballot.application
    is_in = ballot.state == Ballot.State.HANDED_IN
    state = State(ballot.get_state_display(), "done" if is_in else "going")
    label = _("My scores") if is_in else pgettext("juror", "Score")
    return (
        Link(application.office.name, reverse("jury:reading", args=[application.pk])),
        application.number,
        application.category.title,
        state,
        Link(label, reverse("jury:ballot", args=[ballot.pk])),
    )


def visits_table(visits: Iterable[Visit], award: Round) -> DataTable:
    """Visits in which the juror takes part."""
    rows = tuple(
        (
            Link(one.application.office.name, reverse("jury:visit", args=[one.pk])),
            moment_of(award, one.starts_at),
            one.place,
            visit_state(one),
        )
        for one in visits
    )
    return DataTable(_("My visits"), (_("Office"), _("Begins"), _("Place"), _("State")), rows, stack=True)


def visit_state(visit: Visit) -> State:
    """How far a visit is."""
    kinds = {Visit.State.PLANNED: "going", Visit.State.HELD: "done", Visit.State.CANCELLED: ""}
    return State(visit.get_state_display(), kinds[Visit.State(visit.state)])  # type: ignore[arg-type]


def told_table(rows: Iterable[Told]) -> DataTable:
    """What the juror said of each office, with the way to read it or to declare a conflict later."""
    heads = (_("Office"), _("Number"), _("Place"), _("Declaration"), _("Next step"))
    return DataTable(_("What you declared"), heads, tuple(Row(_told_cells(one)) for one in rows), stack=True)


def _told_cells(one: Told) -> tuple[object, ...]:
    application, office = one.application, one.application.office
    name: object = office.name
    if one.is_open:
        name = Link(office.name, reverse("jury:reading", args=[application.pk]))
    state = State(_("nothing ties me"), "done")
    step: object = Link(_("Declare a conflict"), reverse("jury:conflict", args=[application.pk]))
    if one.exclusion is not None:
        is_told = one.exclusion.kind == Exclusion.Kind.DECLARED
        state = State(pgettext("juror", "conflict") if is_told else one.exclusion.get_kind_display(), "late")
        step = one.exclusion.reason if is_told else ""
    return name, application.number, f"{office.city}, {office.region.name}", state, step
