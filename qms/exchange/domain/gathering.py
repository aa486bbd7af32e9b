"""What participants of an evaluation meeting tell, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Told:
    """What one participant tells, and whether the office's name may stand beside it."""

    helped: str = ""
    hindered: str = ""
    advice: str = ""
    role: str = ""
    by_name: bool = False


def gathers(state: str, closes_on: date | None, on: date) -> bool:
    """Until somebody closes the gathering, and no longer than to the end of its last day."""
    return state == "open" and (closes_on is None or on <= closes_on)
