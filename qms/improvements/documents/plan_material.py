"""What the printed plan is made of: plain content, read once into typed actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qms.improvements.domain.priority import Weighing

if TYPE_CHECKING:
    from qms.improvements.queries.plans import ActionRow
    from qms.improvements.queries.printing import PrintedPlan


@dataclass(frozen=True)
class PrintedAction:
    """One action of the content."""

    content: Mapping[str, Any]
    standing: ActionRow | None = None

    def text(self, name: str) -> str:
        """A text of the action; nothing where none is written."""
        return str(self.content.get(name) or "")

    def day(self, name: str) -> date | None:
        """A day of the action."""
        value = self.content.get(name)
        return date.fromisoformat(value) if value else None

    @property
    def code(self) -> str:
        return self.text("code")

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def owner(self) -> str:
        return self.text("owner")

    @property
    def quick(self) -> bool:
        return bool(self.content.get("quick_win"))

    @property
    def findings(self) -> list[Mapping[str, Any]]:
        return list(self.content.get("findings") or ())

    @property
    def budget(self) -> Decimal | None:
        """What it may cost."""
        value = self.content.get("budget")
        return Decimal(value) if value is not None else None

    @cached_property
    def weighing(self) -> Weighing:
        """Its six judgements."""
        return Weighing(**self.content["judgements"])

    @property
    def by_priority(self) -> tuple[bool, Decimal, int]:
        """The order from the highest priority to the lowest; those not judged come last."""
        priority = self.weighing.priority
        return priority is None, -(priority or Decimal(0)), int(self.content["id"])


@dataclass(frozen=True)
class Material:
    """The content with its actions; nothing here asks the database."""

    printed: PrintedPlan

    @property
    def head(self) -> Mapping[str, Any]:
        """The plan's own facts."""
        return self.printed.content["plan"]  # type: ignore[no-any-return]

    @property
    def office(self) -> Mapping[str, Any]:
        return self.printed.content["office"]  # type: ignore[no-any-return]

    @property
    def currency(self) -> str:
        return str(self.head["currency"])

    @cached_property
    def actions(self) -> tuple[PrintedAction, ...]:
        """The actions by number."""
        standing = self.printed.standing
        return tuple(PrintedAction(each, standing.get(each["id"])) for each in self.printed.content["actions"])

    @property
    def budget(self) -> Decimal | None:
        """What all actions may cost; none where nobody has set a budget."""
        given = [action.budget for action in self.actions if action.budget is not None]
        return sum(given, Decimal(0)) if given else None

    @property
    def days(self) -> list[date]:
        found = (action.day(name) for action in self.actions for name in ("start_on", "due_on"))
        return [day for day in found if day is not None]

    @property
    def first_day(self) -> date | None:
        return min(self.days, default=None)

    @property
    def last_day(self) -> date | None:
        return max(self.days, default=None)
