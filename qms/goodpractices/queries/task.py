"""One thing to do in the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qms.offices.models import Office


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, for which office, until when, and where it is done."""

    kind: str
    text: str
    detail: str
    office: Office
    due_at: datetime | date | None
    url: str
    is_late: bool = False
