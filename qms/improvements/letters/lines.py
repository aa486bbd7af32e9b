"""One line of a letter that lists actions and tasks, and the list in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from qms.core.letters import absolute
from qms.improvements.models import Action

from .base import address


@dataclass(frozen=True, slots=True)
class Line:
    """One action or task: what, of which office, until when, how far that is, whose, how long it has been silent."""

    title: str
    action_id: int
    office: str
    office_id: int
    due_on: date | None = None
    days: int = 0
    owner: str = ""
    silent_days: int = 0

    @classmethod
    def of(cls, action: Action, on: date, *, title: str = "", due_on: date | None = None, silent: int = 0) -> Line:
        """The line of an action, or of a task of it, as it stands on this day."""
        due = due_on or action.due_on
        return cls(
            title=title or f"{action.code} {action.title}",
            action_id=action.pk,
            office=action.plan.office.name,
            office_id=action.plan.office_id,
            due_on=due,
            days=0 if due is None else (due - on).days,
            owner="" if action.owner is None else action.owner.name,
            silent_days=silent,
        )

    @property
    def is_late(self) -> bool:
        """Whether its last day has passed."""
        return self.due_on is not None and self.days < 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as its letter shows it, in the reader's language."""

    title: str
    note: str
    path: str


def entry_of(line: Line, *, language: str, whose: bool = False) -> Entry:
    """The line in the language of the moment; `whose` also tells the owner."""
    notes = [_when(line), _silence(line)]
    if whose:
        notes.append(line.owner or gettext("nobody owns it"))
    path = address("action-detail", line.action_id, language=language)
    return Entry(line.title, "; ".join(note for note in notes if note), path)


def text_of(entries: Iterable[Entry]) -> str:
    """The entries as plain text, each with its address."""
    return "\n".join(
        "\n  ".join(part for part in (f"* {entry.title}", entry.note, absolute(entry.path)) if part)
        for entry in entries
    )


def _when(line: Line) -> str:
    if line.due_on is None:
        return ""
    day = date_format(line.due_on, "DATE_FORMAT")
    if line.days == 0:
        return gettext("due %(day)s, that is today") % {"day": day}
    if line.days > 0:
        words = ngettext("due %(day)s, one day left", "due %(day)s, %(days)s days left", line.days)
    else:
        words = ngettext("was due %(day)s, one day late", "was due %(day)s, %(days)s days late", -line.days)
    return words % {"day": day, "days": abs(line.days)}


def _silence(line: Line) -> str:
    if not line.silent_days:
        return ""
    words = ngettext("nothing reported for one day", "nothing reported for %(days)s days", line.silent_days)
    return words % {"days": line.silent_days}
