"""The board of a plan: a column for each status, a card for each action."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.improvements.models import Action
from qms.ui import numbers
from qms.ui.components import Part

from .actions import Doing, VerdictMark, steps_of, verdict_of

if TYPE_CHECKING:
    from qms.improvements.queries.board import BoardRights
    from qms.improvements.queries.plans import ActionRow, PlanView

Status = Action.Status
COLUMNS = (
    Status.PROPOSED,
    Status.APPROVED,
    Status.IN_PROGRESS,
    Status.DONE,
    Status.POSTPONED,
    Status.STOPPED,
)
ASIDE = (Status.POSTPONED, Status.STOPPED)


@dataclass(frozen=True, slots=True)
class Move:
    """A status to which a card may go from here; some ask for a reason."""

    status: str
    label: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One action: what it is, who does it, until when, and where it may go."""

    pk: int
    code: str
    title: str
    url: str
    owner: str
    due: date | None
    left: str
    late: bool
    priority: str
    quick: bool
    progress: str
    verdict: VerdictMark | None
    version: int
    moves: tuple[Move, ...]
    move_url: str

    @property
    def asks_reason(self) -> bool:
        """Whether one of its moves needs a reason."""
        return any(move.needs_reason for move in self.moves)


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The cards of one status."""

    status: str
    title: str
    cards: tuple[BoardCard, ...]
    aside: bool

    @property
    def count(self) -> str:
        """How many cards there are, for the head of the column."""
        return numbers.figure(len(self.cards))

    @property
    def late(self) -> str:
        """How many of them are late, in words."""
        late = sum(card.late for card in self.cards)
        return ngettext("%(count)s late", "%(count)s late", late) % {"count": late} if late else ""


@dataclass(frozen=True)
class Board(Part):
    """All columns; cards go by a small form, and where scripts run also by dragging."""

    columns: tuple[BoardColumn, ...]
    back: str = ""
    template_name: ClassVar[str] = "improvements/_board.html"

    @property
    def can_move(self) -> bool:
        """Whether this reader may move any card."""
        return any(card.moves for column in self.columns for card in column.cards)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        card = BoardCard(
            12,
            "D-12",
            "Zespół usprawnień w obu filiach",
            "#",
            "Anna Nowak",
            date(2027, 10, 31),
            "16 dni po terminie",
            True,
            "17,5",
            True,
            "40 %",
            None,
            3,
            (Move("done", "Zakończ", False), Move("postponed", "Odłóż", True)),
            "#",
        )
        return (cls((BoardColumn("in_progress", "W toku", (card,), False),)),)


def board_of(view: PlanView, rights: BoardRights, *, only: Collection[int] | None = None) -> Board:
    """The plan as a board; with `only`, the cards of these actions alone."""
    page, move = (reverse(f"improvements:{name}", args=[0]) for name in ("action-detail", "action-move"))
    names = dict(Action.Status.choices)
    rows: dict[str, list[ActionRow]] = {status: [] for status in COLUMNS}
    for row in sorted(view.rows, key=_order):
        if only is None or row.action.pk in only:
            rows[row.action.status].append(row)
    columns = tuple(
        BoardColumn(
            status,
            str(names[status]),
            tuple(_card(row, rights, page, move) for row in rows[status]),
            status in ASIDE,
        )
        for status in COLUMNS
    )
    return Board(columns, reverse("improvements:plan-board", args=[view.plan.pk]))


def _order(row: ActionRow) -> tuple[bool, date, int]:
    return not row.late, row.action.due_on or date.max, row.action.number


def _card(row: ActionRow, rights: BoardRights, page: str, move: str) -> BoardCard:
    action = row.action
    doing = Doing(moves=rights.moves(row), approves=rights.approves(row))
    running = action.status in (Status.APPROVED, Status.IN_PROGRESS)
    return BoardCard(
        pk=action.pk,
        code=action.code,
        title=action.title,
        url=page.replace("/0/", f"/{action.pk}/"),
        owner=row.owner or (_("left: %(name)s") % {"name": row.left_by} if row.left_by else _("no owner yet")),
        due=action.due_on,
        left=numbers.time_left(action.due_on, rights.on) if running and action.due_on else "",
        late=row.late,
        priority="" if row.priority is None else numbers.figure(row.priority, 1),
        quick=row.quick,
        progress=numbers.share(action.progress) if action.status == Status.IN_PROGRESS else "",
        verdict=verdict_of(row.effect.verdict) if row.effect else None,
        version=action.version,
        moves=tuple(Move(to, label, to in ASIDE) for to, label in steps_of(action, doing)),
        move_url=move.replace("/0/", f"/{action.pk}/"),
    )
