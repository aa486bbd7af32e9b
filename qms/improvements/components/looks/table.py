"""The plan as a table: its actions in groups, by status, by criterion or by owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import text
from qms.improvements.components.actions import VerdictMark, action_state, owner_of, verdict_of
from qms.improvements.models import Action
from qms.improvements.queries import ActionRow, Criterion, PlanView
from qms.ui import numbers
from qms.ui.components import Part, State

from .pictures import action_url
from .words import due_note, due_words, effect_note, source_words

Status = Action.Status
GROUPINGS = ("status", "criterion", "owner")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `count` is how many the group has on all pages."""

    title: str
    note: str
    rows: tuple[ActionRow, ...]
    count: int


@dataclass(frozen=True)
class Line:
    """One action as the table shows it."""

    code: str
    title: str
    url: str
    source: str
    state: State | None
    owner: str
    due: str
    due_note: str
    late: bool
    priority: str
    quick: bool
    verdict: VerdictMark | None
    effect: str


@dataclass(frozen=True)
class Section:
    """One heading with its lines."""

    title: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ActionsTable(Part):
    """Actions in groups: what it is and where it comes from, whose, until when, how urgent, what came of it."""

    caption: str
    sections: tuple[Section, ...]
    template_name: ClassVar[str] = "components/improvements/actions_table.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        late = Line(
            "D-17",
            "Odpowiedź na każdy pomysł pracownika w 10 dni",
            "#",
            "3.3, ocena 34",
            None,
            "zastępca dyrektora",
            "30 wrz",
            "15 dni po terminie",
            late=True,
            priority="18,8",
            quick=True,
            verdict=None,
            effect="pomiar po zakończeniu",
        )
        done = Line(
            "D-13",
            "Dzień pracodawcy w gminach",
            "#",
            "6.1, badanie pracodawców 3,82",
            State("Zakończone", "done"),
            "specjalista ds. pracodawców",
            "31 sie",
            "",
            late=False,
            priority="16",
            quick=False,
            verdict=VerdictMark("poprawa", "up"),
            effect="+0,35 (od +0,13 do +0,57)",
        )
        parts = (Section("Po terminie", "1", (late,)), Section("Zakończone", "1", (done,)))
        return (cls("Działania według stanu", parts),)


def table_of_actions(groups: Iterable[Group], view: PlanView, *, by: str) -> ActionsTable:
    """The table of these groups; under other headings than the status each line says its own."""
    captions = {
        "status": _("Actions by status"),
        "criterion": _("Actions by criterion"),
        "owner": _("Actions by owner"),
    }
    sections = tuple(
        Section(group.title, group.note, tuple(_line(row, view, stated=by == "status") for row in group.rows))
        for group in groups
    )
    return ActionsTable(captions[by], sections)


def _line(row: ActionRow, view: PlanView, *, stated: bool) -> Line:
    action = row.action
    return Line(
        code=action.code,
        title=action.title,
        url=action_url(row),
        source=source_words(row),
        state=None if stated else action_state(action, view.on),
        owner=owner_of(action),
        due=due_words(action.due_on, view.on),
        due_note=due_note(row),
        late=row.late,
        priority=numbers.figure(row.priority, 1),
        quick=row.quick,
        verdict=verdict_of(row.effect.verdict) if row.effect else None,
        effect=effect_note(row.effect, row),
    )


# --- Groups ----------------------------------------------------------------------------------------------------------


def groups_of(rows: Sequence[ActionRow], view: PlanView, *, by: str) -> tuple[Group, ...]:
    """The rows under their headings, in the order given; empty headings are left out."""
    if by == "criterion":
        return _by_criterion(rows)
    if by == "owner":
        return _by_owner(rows)
    return _by_status(rows, view)


def _by_status(rows: Sequence[ActionRow], view: PlanView) -> tuple[Group, ...]:
    names = {
        "late": _("Late"),
        Status.IN_PROGRESS: _("In progress"),
        "stated": _("Done, effect stated"),
        Status.DONE: _("Done, effect not stated yet"),
        Status.APPROVED: _("Planned"),
        Status.PROPOSED: _("Proposed"),
        Status.POSTPONED: _("Postponed"),
        Status.STOPPED: _("Stopped"),
    }
    found: dict[str, list[ActionRow]] = {key: [] for key in names}
    for row in rows:
        found[_status_key(row)].append(row)
    return tuple(
        Group(names[key], _status_note(key, held, view), tuple(held), len(held)) for key, held in found.items() if held
    )


def _status_key(row: ActionRow) -> str:
    if row.late:
        return "late"
    if row.is_done and row.effect is not None:
        return "stated"
    return row.action.status


def _status_note(key: str, rows: Sequence[ActionRow], view: PlanView) -> str:
    count = str(len(rows))
    if key == "late":
        return f"{count}, " + ngettext("its owner decides what comes next", "their owners decide", len(rows))
    starts = [row.action.start_on for row in rows if row.action.start_on and row.action.start_on > view.on]
    if key == Status.APPROVED and len(starts) == len(rows):
        return f"{count}, " + _("the first begins on %(day)s") % {"day": numbers.day(min(starts))}
    return count


def _by_criterion(rows: Sequence[ActionRow]) -> tuple[Group, ...]:
    """One group a criterion in the order of its number; an action under two criteria stands in both."""
    names: dict[tuple[str, str], Criterion] = {}
    found: dict[tuple[str, str], list[ActionRow]] = {}
    bare = [row for row in rows if not row.criteria]
    for row in rows:
        for criterion in row.criteria:
            key = (criterion.framework, criterion.identifier)
            names[key] = criterion
            found.setdefault(key, []).append(row)
    groups = [
        Group(_criterion_name(names[key]), str(len(found[key])), tuple(found[key]), len(found[key]))
        for key in sorted(found, key=_criterion_order)
    ]
    if bare:
        groups.append(Group(_("Without a criterion"), str(len(bare)), tuple(bare), len(bare)))
    return tuple(groups)


def _criterion_order(key: tuple[str, str]) -> tuple[str, int, str]:
    framework, identifier = key
    return framework, int(identifier) if identifier.isdecimal() else 0, identifier


def _criterion_name(criterion: Criterion) -> str:
    title = text(criterion.titles, (get_language() or "pl")[:2]) if criterion.titles else ""
    return f"{criterion.identifier} {title}".strip()


def _by_owner(rows: Sequence[ActionRow]) -> tuple[Group, ...]:
    """One group a person by name; what nobody owns comes first, because somebody has to take it."""
    found: dict[tuple[str, int], list[ActionRow]] = {}
    for row in rows:
        found.setdefault((row.owner.casefold(), row.action.owner_id or 0), []).append(row)
    return tuple(
        Group(held[0].owner or _("Without an owner"), str(len(held)), tuple(held), len(held))
        for _key, held in sorted(found.items(), key=lambda item: item[0])
    )


def page_of_groups(groups: Sequence[Group], start: int, stop: int) -> tuple[Group, ...]:
    """The part of the groups between two places, counted through all of them; headings stay with their rows."""
    cut, passed = [], 0
    for group in groups:
        rows = group.rows[max(start - passed, 0) : max(stop - passed, 0)]
        passed += len(group.rows)
        if rows:
            cut.append(Group(group.title, group.note, rows, group.count))
    return tuple(cut)
