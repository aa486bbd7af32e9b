"""What people typed, before it is kept; everything may be blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What the applicant says on one item."""

    level: int | None = None
    text: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """One actor's level and comment on one item."""

    level: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class AgreedDraft:
    """What the team agrees on one item; without a level nothing is agreed."""

    level: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """The visit, and what the team tells the office."""

    visit_on: date | None = None
    visit_agenda: str = ""
    visit_notes: str = ""
    strengths: str = ""
    advice: str = ""
