"""What pages of external feedback are made of: items with their levels, voices, the way, the profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.frameworks.domain.framework import text
from qms.improvements.domain.feedback import Level, Pillar, Profile
from qms.improvements.models import Feedback
from qms.ui import numbers
from qms.ui.components import DataTable, Part, State, Step, Steps
from qms.ui.components.part import StateKind

WIDE = 2  # levels so far apart are talked about first
STATES: Mapping[str, StateKind] = {
    Feedback.Stage.DRAFT: "",
    Feedback.Stage.SUBMITTED: "wait",
    Feedback.Stage.SCORING: "going",
    Feedback.Stage.REPORTING: "wait",
    Feedback.Stage.DECIDED: "done",
    Feedback.Stage.WITHDRAWN: "",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One level that can be chosen."""

    ident: str
    value: str
    title: str
    about: str
    checked: bool


@dataclass(frozen=True)
class LevelPick(Part):
    """Five levels side by side, and "not yet"; the descriptions only where they are the item's own."""

    bound: BoundField
    levels: tuple[Level, ...]
    language: str
    described: bool = False
    template_name: ClassVar[str] = "improvements/feedback/parts/level_pick.html"

    @property
    def options(self) -> list[Option]:
        """What can be chosen, the lowest level first."""
        about = {str(level.value): text(level.about, self.language) for level in self.levels}
        titles = {str(level.value): text(level.titles, self.language) for level in self.levels}
        chosen = self.bound.value()
        return [
            Option(
                str(widget.data["attrs"]["id"]),
                value,
                titles.get(value, str(widget.choice_label)),
                about.get(value, "") if self.described else "",
                value == ("" if chosen is None else str(chosen)),
            )
            for widget in self.bound.subwidgets
            for value in (str(widget.data["value"]),)
        ]

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}_error"


@dataclass(frozen=True)
class Voice(Part):
    """What somebody said on an item: the level and the words."""

    who: str
    level: int | None
    title: str
    words: str = ""
    evidence: str = ""
    kind: Literal["", "own", "agreed"] = ""
    template_name: ClassVar[str] = "improvements/feedback/parts/voice.html"


@dataclass(frozen=True)
class Spread(Part):
    """How the levels of the actors lie on the scale, in a drawing and in words."""

    levels: tuple[int, ...]
    template_name: ClassVar[str] = "improvements/feedback/parts/spread.html"

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Each level of the scale, and how many gave it."""
        return [(value, self.levels.count(value)) for value in range(1, 6)]

    @property
    def words(self) -> str:
        """The spread in words."""
        if not self.levels:
            return _("no level was given")
        low, high = self.levels[0], self.levels[-1]
        if low == high:
            return _("all gave %(level)s") % {"level": low}
        if high - low < WIDE:
            return _("from %(low)s to %(high)s") % {"low": low, "high": high}
        return _("from %(low)s to %(high)s; talk about it") % {"low": low, "high": high}


@dataclass(frozen=True)
class ItemBlock(Part):
    """One item: what is asked, what was said, what is to be filled in."""

    identifier: str
    title: str
    guidance: str
    pick: Part | None = None
    fields: tuple[Part, ...] = ()
    voices: tuple[Part, ...] = ()
    open_state: str = ""
    template_name: ClassVar[str] = "improvements/feedback/parts/item.html"


@dataclass(frozen=True)
class StepBlock(Part):
    """A step with its items; a principle is its own only item and needs no heading over it."""

    identifier: str
    title: str
    blocks: tuple[ItemBlock, ...]
    note: str = ""
    single: bool = False
    template_name: ClassVar[str] = "improvements/feedback/parts/step.html"


@dataclass(frozen=True)
class ScaleKey(Part):
    """The five levels with their descriptions."""

    title: str
    levels: tuple[tuple[int, str, str], ...]
    template_name: ClassVar[str] = "improvements/feedback/parts/scale_key.html"


def scale_key(pillar: Pillar, language: str) -> ScaleKey:
    """The scale of a questionnaire."""
    levels = tuple(
        (level.value, text(level.titles, language), text(level.about, language)) for level in pillar.scale.levels
    )
    return ScaleKey(text(pillar.scale.titles, language), levels)


def level_title(pillar: Pillar, level: int | None, language: str) -> str:
    """What a level is called."""
    found = next((each for each in pillar.scale.levels if each.value == level), None)
    return "" if found is None else text(found.titles, language)


def state_of(feedback: Feedback) -> State:
    """How far a feedback is; a decided one says what was decided."""
    if feedback.stage == Feedback.Stage.DECIDED:
        return State(_("Label given"), "done") if feedback.has_label else State(_("No label"), "late")
    return State(str(feedback.get_stage_display()), STATES[feedback.stage])


def way_of(feedback: Feedback, *, present: int) -> Steps:
    """The whole way with the place where this feedback stands."""
    order = (Feedback.Stage.DRAFT, Feedback.Stage.SUBMITTED, Feedback.Stage.SCORING, Feedback.Stage.REPORTING)
    stage = Feedback.Stage(feedback.stage)
    here = order.index(stage) if stage in order else len(order)
    team = ngettext("%(count)s actor", "%(count)s actors", present) % {"count": present} if present else ""
    lines = (
        (_("Application"), numbers.day(feedback.submitted_at) if feedback.submitted_at else _("three questionnaires")),
        (_("Team"), team or _("peers of other offices")),
        (
            _("Feedback and visit"),
            _("visit %(day)s") % {"day": numbers.day(feedback.visit_on)} if feedback.visit_on else "",
        ),
        (_("Decision"), numbers.day(feedback.decided_on) if feedback.decided_on else _("on the report")),
    )
    if stage == Feedback.Stage.WITHDRAWN:
        return Steps(tuple(Step(title, note) for title, note in lines), across=True)
    return Steps(
        tuple(
            Step(title, note, "past" if at < here else "now" if at == here else "next")
            for at, (title, note) in enumerate(lines)
        ),
        across=True,
    )


def profile_table(profile: Profile, language: str) -> DataTable:
    """Each step: its mean, what the profile asks for, whether it is met."""
    rows = tuple(
        (
            text(result.step.titles, language),
            numbers.figure(result.mean, 1) if result.mean is not None else "–",
            numbers.figure(result.step.at_least, 1),
            State(pgettext("profile", "met"), "done") if result.met else State(pgettext("profile", "not met"), "late"),
        )
        for result in profile.steps
    )
    headers = (_("Step or principle"), _("Mean"), _("At least"), _("Profile"))
    return DataTable(_("Means of the agreed levels against the profile"), headers, rows, numeric=(1, 2), stack=True)


def profile_words(profile: Profile) -> str:
    """Whether the profile is met, in one sentence."""
    if profile.met:
        return _("The profile is met: every step and every principle reaches what is asked for.")
    count = len(profile.failed)
    return ngettext(
        "The profile is not met: %(count)s step or principle stays below what is asked for.",
        "The profile is not met: %(count)s steps or principles stay below what is asked for.",
        count,
    ) % {"count": count}


def lines_of(words: str) -> tuple[str, ...]:
    """One thing a line, without blank lines and bullets."""
    return tuple(filter(None, (line.strip().lstrip("-*•– ").strip() for line in words.splitlines())))


def offices_named(names: Iterable[str]) -> str:
    """Offices in a row, each once."""
    return ", ".join(dict.fromkeys(names))
