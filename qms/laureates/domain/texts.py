"""What an organiser writes into a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """First and last words, and by section its strengths and its areas for improvement."""

    opening: str = ""
    closing: str = ""
    sections: Mapping[int, tuple[str, str]] = field(default_factory=dict)
