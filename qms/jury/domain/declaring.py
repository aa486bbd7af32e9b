"""What a juror says of the offices that applied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one application: nothing ties the juror to its office, or something does, with the reason."""

    application: int
    is_conflict: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """How many answers were written down, by kind."""

    clear: int = 0
    conflicts: int = 0
