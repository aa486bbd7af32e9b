"""The ten steps of an office as a track, and the clock of external feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from qms.improvements.domain.cycle import PHASES, STEPS, Standing, next_of
from qms.improvements.queries.cycle import Clock, CycleView
from qms.ui import numbers
from qms.ui.components import Link, Part, State

TITLES = {
    "decide": _("Decide how to organise and plan the self-assessment"),
    "communicate": _("Communicate the self-assessment project"),
    "compose": _("Compose the self-assessment group"),
    "train": _("Organise training"),
    "assess": _("Undertake the self-assessment"),
    "report": _("Draw up a report describing the results"),
    "plan": _("Draft an improvement plan"),
    "tell_plan": _("Communicate the improvement plan"),
    "implement": _("Implement the improvement plan"),
    "next_cycle": _("Plan the next self-assessment"),
}
ABOUT = {
    "decide": _("A clear decision of the management: scope, way of scoring, who leads it, until when."),
    "communicate": _("Everyone in the office learns why the office does this, what will happen and when."),
    "compose": _("A chair and members from all parts of the office."),
    "train": _("The group learns the criteria and the way of scoring before it begins."),
    "assess": _("First each member alone, then consensus in the group."),
    "report": _("The director approves the results; from that day the clock of external feedback runs."),
    "plan": _("Findings become actions with an owner and a day; the director approves the plan."),
    "tell_plan": _("People learn what follows from what they said: you said, we did."),
    "implement": _("Owners work and report, effects are measured; then the plan is closed."),
    "next_cycle": _("Usually two years after the last one."),
}
PHASE_TITLES = {1: _("The start"), 2: _("The self-assessment"), 3: _("The improvement plan")}


@dataclass(frozen=True, slots=True)
class Reach:
    """What the reader may open and do on this track."""

    keeps: bool = False
    assessment: bool = False
    plan: bool = False


@dataclass(frozen=True)
class StepRow:
    """One step: its number and title, its state in words, its days, the note, and where it is done."""

    number: int
    title: str
    about: str
    state: State
    shape: str
    day: str = ""
    late: str = ""
    note: str = ""
    link: Link | None = None
    mark: Link | None = None
    current: bool = False


@dataclass(frozen=True)
class Phase:
    """One of the three phases with its steps."""

    number: int
    title: str
    told: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True)
class Track(Part):
    """The three phases with their ten steps."""

    phases: tuple[Phase, ...]
    template_name: ClassVar[str] = "improvements/_track.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        row = StepRow(1, "Decyzja", "Zakres i terminy.", State("zrobione", "done"), "done", day="2 marca 2026")
        return (cls((Phase(1, "Początek", "1 z 2", (row,)),)),)


def track_of(view: CycleView, reach: Reach) -> Track:
    """The track as this reader sees it."""
    turn = next_of(view.steps) if view.is_latest else None
    phases = []
    for number in PHASES:
        steps = [one for one in view.steps if one.step.phase == number]
        done = sum(one.state == "done" for one in steps)
        told = gettext("%(done)s of %(of)s done") % {"done": done, "of": len(steps)}
        rows = tuple(_row(one, view, reach, current=one is turn) for one in steps)
        phases.append(Phase(number, str(PHASE_TITLES[number]), told, rows))
    return Track(tuple(phases))


def lead_of(view: CycleView) -> str:
    """One sentence: how many steps are done and what comes next."""
    done = sum(one.state == "done" for one in view.steps)
    turn = next_of(view.steps)
    if turn is None:
        return gettext("All ten steps are done.")
    facts = {"done": done, "of": len(STEPS), "step": TITLES[turn.step.key]}
    if turn.state == "now":
        return gettext("%(done)s of %(of)s steps are done. Under way: %(step)s.") % facts
    return gettext("%(done)s of %(of)s steps are done. Next: %(step)s.") % facts


def link_of(standing: Standing, view: CycleView, reach: Reach) -> Link | None:
    """Where the step is done, for who may go there."""
    key = standing.step.key
    if key in ("decide", "next_cycle") and standing.state != "done":
        start = Link(gettext("Start a self-assessment"), reverse("assessments:assessment-start"))
        return start if reach.keeps and view.is_latest and (view.assessment is None or key == "next_cycle") else None
    if key in ("decide", "compose", "assess", "report"):
        return _link_to_assessment(key, view, reach)
    if key in ("plan", "tell_plan", "implement"):
        return _link_to_plan(key, view, reach)
    return None


def _link_to_assessment(key: str, view: CycleView, reach: Reach) -> Link | None:
    if view.assessment is None or not reach.assessment:
        return None
    routes = {
        "decide": (gettext("Open the self-assessment"), "assessment-detail"),
        "compose": (gettext("Open the self-assessment"), "assessment-detail"),
        "assess": (gettext("Open the self-assessment"), "assessment-detail"),
        "report": (gettext("See the results"), "results"),
    }
    label, route = routes[key]
    if key == "report" and not view.assessment.shows_scores:
        return None
    return Link(label, reverse(f"assessments:{route}", args=[view.assessment.pk]))


def _link_to_plan(key: str, view: CycleView, reach: Reach) -> Link | None:
    if view.plan is not None and reach.plan:
        return Link(gettext("Open the improvement plan"), reverse("improvements:plan-detail", args=[view.plan.pk]))
    approved = view.assessment is not None and not view.assessment.is_open
    if key == "plan" and view.plan is None and reach.keeps and approved:
        address = reverse("improvements:plan-start") + f"?office={view.office.pk}"
        return Link(gettext("Begin the improvement plan"), address)
    return None


def _row(one: Standing, view: CycleView, reach: Reach, *, current: bool) -> StepRow:
    late = one.is_late(view.today) and one.planned_on is not None
    return StepRow(
        number=one.step.number,
        title=str(TITLES[one.step.key]),
        about=str(ABOUT[one.step.key]),
        state=_state(one),
        shape=one.state,
        day=_day(one),
        late=numbers.time_left(one.planned_on, view.today) if late and one.planned_on else "",
        note=one.note,
        link=link_of(one, view, reach),
        mark=_mark(one, view) if reach.keeps else None,
        current=current,
    )


def _state(one: Standing) -> State:
    return {
        "done": State(pgettext("step", "done"), "done"),
        "now": State(pgettext("step", "under way"), "going"),
        "next": State(pgettext("step", "next")),
        "missed": State(pgettext("step", "not noted"), "wait"),
        "planned": State(pgettext("step", "to come")),
    }[one.state]


def _day(one: Standing) -> str:
    if one.done_on is not None:
        return numbers.day(one.done_on)
    if one.planned_on is not None:
        return gettext("planned for %(day)s") % {"day": numbers.day(one.planned_on)}
    return ""


def _mark(one: Standing, view: CycleView) -> Link:
    address = reverse("improvements:cycle-mark", args=[view.office.pk, one.step.number])
    if view.assessment is not None:
        address += f"?cycle={view.assessment.pk}"
    label = gettext("Change what is noted") if one.note or one.planned_on else gettext("Note days or words")
    return Link(label, address, title=str(TITLES[one.step.key]))


@dataclass(frozen=True)
class ClockPart(Part):
    """The clock of external feedback: what it says, its days, the label, and the bar with today."""

    state: State
    text: str
    facts: tuple[tuple[str, str, str], ...] = ()
    start: float = 0
    width: float = 0
    now: float | None = None
    ends: tuple[str, str] = ("", "")
    title: str = ""
    action: Part | None = None
    template_name: ClassVar[str] = "improvements/_clock.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        facts = (("Wniosek od", "1 marca 2027", ""), ("Wniosek do", "1 września 2027", "zostało 40 dni"))
        return (cls(State("otwarte", "going"), "Można złożyć wniosek.", facts, 50, 50, 75, ("2026", "2027")),)


def clock_part(clock: Clock, approved_on: date | None, *, action: Part | None = None) -> ClockPart:
    """The clock as a page shows it."""
    facts = [*_window_facts(clock), *_label_facts(clock)]
    state, text = _clock_words(clock)
    if clock.window is None or approved_on is None:
        return ClockPart(state, text, tuple(facts), action=action)
    whole = (clock.window.until_on - approved_on).days or 1
    start = round(100 * (clock.window.from_on - approved_on).days / whole, 2)
    passed = round(100 * (clock.today - approved_on).days / whole, 2)
    return ClockPart(
        state,
        text,
        tuple(facts),
        start=start,
        width=round(100 - start, 2),
        now=passed if 0 <= passed <= 100 else None,
        ends=(numbers.day(approved_on), numbers.day(clock.window.until_on)),
        title=gettext("From the approval of the report to the last day to apply"),
        action=action,
    )


def _clock_words(clock: Clock) -> tuple[State, str]:
    return {
        "no_scheme": (
            State(pgettext("clock", "not set")),
            gettext(
                "No scheme of external feedback is set, so its periods are not known. The national coordinator sets it."
            ),
        ),
        "no_report": (
            State(pgettext("clock", "not running")),
            gettext("The clock starts when the director approves the report of a CAF self-assessment."),
        ),
        "applied": (State(pgettext("clock", "applied"), "done"), gettext("The office has applied for this cycle.")),
        "early": (
            State(pgettext("clock", "too early")),
            gettext("The office can apply when the plan has been worked on for a while."),
        ),
        "open": (State(pgettext("clock", "open"), "going"), gettext("The office can apply now.")),
        "closing": (
            State(pgettext("clock", "ends soon"), "wait"),
            gettext("The office can apply now, but not much longer."),
        ),
        "over": (
            State(pgettext("clock", "over"), "late"),
            gettext("The time to apply for this cycle has passed. The next one opens after the next report."),
        ),
    }[clock.state]


def _window_facts(clock: Clock) -> list[tuple[str, str, str]]:
    if clock.window is None:
        return []
    before, running = clock.state == "early", clock.state in ("open", "closing")
    opens = numbers.time_left(clock.window.from_on, clock.today) if before else ""
    closes = numbers.time_left(clock.window.until_on, clock.today) if running else ""
    return [
        (gettext("Apply from"), numbers.day(clock.window.from_on), opens),
        (gettext("Apply until"), numbers.day(clock.window.until_on), closes),
    ]


def _label_facts(clock: Clock) -> list[tuple[str, str, str]]:
    if clock.label is None or clock.label.valid_until is None:
        return [(gettext("Label"), gettext("none at present"), "")] if clock.window else []
    left = numbers.time_left(clock.label.valid_until, clock.today)
    return [(gettext("Label valid until"), numbers.day(clock.label.valid_until), left)]
