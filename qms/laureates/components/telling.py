"""What the page shows from which results are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.components.hours import moment_of
from qms.awards.models import Round
from qms.laureates.queries.telling import Line
from qms.ui import numbers
from qms.ui.components import DataTable, Note, Stat, State, Stats

from .feedback import outcome_words


@dataclass(frozen=True, slots=True)
class Laureate:
    """A laureate in the list, to be ticked while it was not told and somebody there can be told."""

    pk: int
    office: str
    prize: str
    category: str
    told: str = ""
    is_headed: bool = True

    @property
    def is_locked(self) -> bool:
        """Whether it cannot be ticked."""
        return bool(self.told) or not self.is_headed

    @property
    def remark(self) -> str:
        """When it was told, or that nobody there can be."""
        if self.told:
            return _("told %(moment)s") % {"moment": self.told}
        return "" if self.is_headed else _("nobody to tell")


def laureates_of(lines: Sequence[Line], found: Round) -> tuple[Laureate, ...]:
    """Everybody who gets a prize."""
    return tuple(
        Laureate(
            line.decision.pk,
            line.decision.application.office.name,
            outcome_words(line.decision),
            line.decision.application.category.title,
            moment_of(found, line.in_confidence_at) if line.in_confidence_at else "",
            line.is_headed,
        )
        for line in lines
        if line.decision.prize_id is not None
    )


def stats_of(lines: Sequence[Line]) -> Stats:
    """How many are decided, laureates, told."""
    laureates = [line for line in lines if line.decision.prize_id is not None]
    of = _("of %(count)s") % {"count": numbers.figure(len(lines))}
    told_first = numbers.figure(sum(line.in_confidence_at is not None for line in laureates))
    return Stats(
        (
            Stat(_("Laureates"), numbers.figure(len(laureates)), of),
            Stat(_("Told in confidence"), told_first, _("of %(count)s") % {"count": numbers.figure(len(laureates))}),
            Stat(_("Told the result"), numbers.figure(sum(line.told_at is not None for line in lines)), of),
        )
    )


def embargo_note(found: Round, at: datetime, *, untold: int, approved: int, decided: int) -> Note:
    """When results may be told, whether somebody waits for them, and what is still missing by then."""
    when = {"moment": moment_of(found, found.embargo_until)}
    if found.embargo_until <= at and not untold:
        said = _("The embargo ended on %(moment)s.") % when
    elif found.embargo_until <= at:
        said = _("The embargo ended on %(moment)s. Letters go out by themselves within an hour.") % when
    else:
        said = _("Until %(moment)s nobody outside the jury learns a result, unless you tell a laureate here.") % when
    if approved >= decided:
        return Note(said)
    missing = _("%(approved)s of %(decided)s feedback reports are approved.") % {
        "approved": numbers.figure(approved),
        "decided": numbers.figure(decided),
    }
    return Note(f"{said} {missing}", kind="warn")


def unled_note(lines: Sequence[Line]) -> Note | None:
    """Which offices cannot be told, as nobody directs them or leads their quality; nothing where there are none."""
    names = [line.decision.application.office.name for line in lines if line.waits_for_heads]
    if not names:
        return None
    said = _("They are told by themselves once the embargo has ended and somebody there holds one of these roles.")
    return Note(f"{'; '.join(names)}. {said}", _("Neither a director nor a quality lead"), "warn")


def told_table(lines: Sequence[Line], found: Round) -> DataTable:
    """Everybody with a decision, and when they were told it."""
    headers = (_("Number"), _("Office"), pgettext("jury", "Decision"), _("Told the result"))
    rows = tuple(
        (
            line.decision.application.number,
            line.decision.application.office.name,
            outcome_words(line.decision),
            _told(line, found),
        )
        for line in lines
    )
    return DataTable(_("Who was told the result"), headers, rows, stack=True)


def _told(line: Line, found: Round) -> str | State:
    if line.told_at:
        return moment_of(found, line.told_at)
    return State(_("nobody to tell"), "late") if line.waits_for_heads else State(_("not yet"), "wait")
