"""The board: applications against jurors, with a mark for each pair, the spread of totals, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal, Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.models import Judging
from qms.jury.models import Exclusion, Juror
from qms.jury.queries.board import Board, Given, Line
from qms.ui.components import Part
from qms.ui.numbers import figure

MOST_COLUMNS = 8
"""With more jurors than that each mark carries its sign, and only those who have to do with an application stand."""
Kind = Literal["open", "open far", "shut", "going", "none", "ban", ""]
SIGNS: Mapping[Kind, str] = {"shut": "✓", "going": "…", "none": "–", "ban": "⊘"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one juror has to do with one application: a number, a sign with its words, or nothing."""

    juror: str
    kind: Kind = ""
    shown: str = ""
    words: str = ""
    # Added after the numbers had been open: a star beside the mark.
    late: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One application; places on the strip are in points, written for a drawing."""

    number: str
    office: str
    url: str
    cells: tuple[Cell, ...]
    total: str
    range: str
    dots: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    agreed: str = ""
    waiting: str = ""
    talk: str = ""
    talk_url: str = ""
    few: str = ""


@dataclass(frozen=True)
class BoardTable(Part):
    """All applications of this page of the board."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[BoardRow, ...]
    is_wide: bool = False
    template_name: ClassVar[str] = "jury/_board.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        marks = (Cell("E1", "open", "82"), Cell("E2", "open far", "41", "odstaje"), Cell("E3", "ban", "⊘", "konflikt"))
        dots = ("41", "82")
        row = BoardRow(
            "W-02", "urząd miejski", "#", marks, "61,5", "41", dots, "41", "82", talk="rozmowa", talk_url="#"
        )
        shut = (Cell("E1", "shut", "✓", "oddana"), Cell("E2", "going", "…", "w pracy"), Cell("E3"))
        late = (Cell("E1", "open", "64"), Cell("E2", "open", "60", late="dodana później"), Cell("E3"))
        third = BoardRow("W-09", "urząd pracy", "#", late, "62,0", "4", ("60", "64"), "60", "64", few="2 ekspertów")
        other = BoardRow(
            "W-06", "urząd gminy", "#", shut, "–", "–", waiting="zakryty do ostatniej oceny: 1 z 2 oddanych"
        )
        heads = (("E1", ""), ("E2", ""), ("E3", ""))
        rows = (row, other, third)
        return (cls("Oceny ekspertów", heads, rows), cls("Oceny ekspertów", heads, rows, is_wide=True))


@dataclass(frozen=True)
class MarkKey(Part):
    """What the marks mean."""

    marks: tuple[Cell, ...]
    template_name: ClassVar[str] = "jury/_mark_key.html"


def table_of(board: Board, judging: Judging, *, runs: bool, names: bool) -> BoardTable:
    """The table with a column for each juror, or with signed marks where there are many."""
    wide = len(board.seats) > MOST_COLUMNS
    words = words_of()
    rows = tuple(_row(line, board.seats, judging, words, runs=runs, wide=wide) for line in board.lines)
    heads = tuple((seat.sign, seat.user.name if names else "") for seat in board.seats)
    caption = _("Applications with the marks of each juror, the spread of totals, their range and the total")
    return BoardTable(caption, heads, rows, is_wide=wide)


def words_of() -> dict[Kind, str]:
    """The marks in words."""
    return {
        "open": pgettext("scores", "revealed"),
        "open far": pgettext("scores", "far from the median"),
        "shut": pgettext("scores", "handed in, hidden"),
        "going": pgettext("scores", "in work"),
        "none": pgettext("scores", "not begun"),
        "ban": _("conflict of interest"),
    }


def key_of(judging: Judging) -> MarkKey:
    """The key of the marks, with the number from which a score is far."""
    words = words_of()
    far = _("more than %(points)s from the median") % {"points": figure(judging.far_from_median)}
    shown: dict[Kind, tuple[str, str]] = {"open": ("71", words["open"]), "open far": ("41", far)}
    shown |= {kind: (sign, words[kind]) for kind, sign in SIGNS.items()}
    late = Cell("", "open", "71", late_words(), late=late_words())
    return MarkKey((*(Cell("", kind, sign, label) for kind, (sign, label) in shown.items()), late))


def late_words() -> str:
    """What is said at a ballot that came when numbers were known."""
    return pgettext("scores", "added after the numbers were open")


def _row(
    line: Line, seats: tuple[Juror, ...], judging: Judging, words: Mapping[Kind, str], *, runs: bool, wide: bool
) -> BoardRow:
    one = line.standing
    cells = (_cell(seat, line, judging.far_from_median, words) for seat in seats)
    row = BoardRow(
        number=one.number,
        office=one.office,
        url=reverse("jury:ballot-add" if runs else "jury:reading", args=[one.application]),
        cells=tuple(cell for cell in cells if cell.kind or not wide),
        total=figure(one.total, 1),
        range=figure(None),
        waiting="" if one.is_revealed else _waiting(line),
        few=few_words(one.ballots) if one.is_revealed and one.stated is not None else "",
    )
    return _revealed(row, line, judging) if one.is_revealed else row


def _revealed(row: BoardRow, line: Line, judging: Judging) -> BoardRow:
    one = line.standing
    low, high = one.lowest or Decimal(0), one.highest or Decimal(0)
    dots = sorted(given.total for given in line.given.values() if given.total is not None)
    is_apart = high - low > judging.talk_above
    return replace(
        row,
        range=figure(high - low if one.highest is not None and one.ballots > 1 else None),
        dots=tuple(f"{dot:.1f}" for dot in dots),
        low=f"{low:.1f}",
        high=f"{high:.1f}",
        agreed=pgettext("scores", "agreed") if line.is_agreed else "",
        talk=pgettext("scores", "talk") if one.needs_talk else "",
        talk_url=reverse("jury:talk", args=[one.application]) if is_apart or one.needs_talk else "",
    )


def few_words(ballots: int) -> str:
    """By how many an application is judged where that is stated; the interval of one total is not known."""
    if ballots == 1:
        return _("one juror, as stated; interval unknown")
    return ngettext("%(count)s juror, as stated", "%(count)s jurors, as stated", ballots) % {"count": ballots}


def _cell(seat: Juror, line: Line, far: Decimal, words: Mapping[Kind, str]) -> Cell:
    given = line.given.get(seat.pk)
    cell = _mark(seat, line, far, words)
    return replace(cell, late=late_words()) if given is not None and given.is_late and cell.kind != "ban" else cell


def _mark(seat: Juror, line: Line, far: Decimal, words: Mapping[Kind, str]) -> Cell:
    given, median = line.given.get(seat.pk), line.standing.median
    if seat.pk in line.excluded:
        kind: Kind = "ban"
    elif given is None:
        return Cell(seat.sign)
    elif given.total is not None and median is not None:
        is_far = abs(given.total - median) > far
        kind = "open far" if is_far else "open"
        return Cell(seat.sign, kind, figure(given.total), words[kind] if is_far else "")
    else:
        kind = _state(given)
    return Cell(seat.sign, kind, SIGNS[kind], words[kind])


def _state(given: Given) -> Kind:
    if given.is_in:
        return "shut"
    return "going" if given.is_begun else "none"


def _waiting(line: Line) -> str:
    one = line.standing
    if one.is_out:
        return _("not judged, out of competition")
    if one.stated is not None and one.stated > one.ballots == one.handed_in:
        return _("fewer jurors than stated: state it again or add one")
    if not one.ballots:
        return _("no juror yet")
    if one.ballots == 1 and one.stated is None:
        return _("one juror only: a second one is needed")
    words = _("hidden until the last score: %(count)s of %(all)s handed in")
    return words % {"count": one.handed_in, "all": one.ballots}


def reasons_of(board: Board) -> list[tuple[str, str, Exclusion]]:
    """The exclusions of the applications on this page: number, sign of the juror, the row."""
    signs = {seat.pk: seat.sign for seat in board.seats}
    return [
        (line.standing.number, signs[juror], row)
        for line in board.lines
        for juror, row in sorted(line.excluded.items())
        if juror in signs
    ]
