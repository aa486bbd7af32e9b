"""What an organiser writes about a programme, a round and a category; and the calendar of the year after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Texts = Mapping[str, str]


@dataclass(frozen=True)
class ProgrammeDraft:
    """A programme as it stands on its form."""

    titles: Texts
    organiser: str
    leads: Texts = field(default_factory=dict)
    region: int | None = None
    website: str = ""
    source: str = ""


@dataclass(frozen=True)
class RoundDraft:
    """A round as it stands on its form; the moments are exact."""

    titles: Texts
    year: int
    prefix: str
    opens_at: datetime
    closes_at: datetime
    embargo_until: datetime
    zone: str = "Europe/Warsaw"
    leads: Texts = field(default_factory=dict)
    rules: Texts = field(default_factory=dict)
    gala_at: datetime | None = None
    gala_place: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class CategoryDraft:
    """A category as it stands on its form."""

    titles: Texts
    leads: Texts = field(default_factory=dict)
    framework: int | None = None
    max_pages: int | None = None
    max_annexes: int = 20


@dataclass(frozen=True)
class RuleDraft:
    """A condition as it stands on its form."""

    kind: str
    titles: Texts
    leads: Texts = field(default_factory=dict)
    value: Mapping[str, Any] = field(default_factory=dict)


def said(texts: Texts) -> dict[str, str]:
    """The texts without empty ones and without surrounding space."""
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def year_later(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same day and hour by the clock of that zone one year later; the 28th where there is no 29th of February."""
    local = moment.astimezone(zone)
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year + 1, day=day, fold=0).astimezone(UTC)


def of_next_year(text: str, year: int) -> str:
    """The text with the year replaced by the one after, where it stands as a number of its own."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), text)


def texts_of_next_year(texts: Texts, year: int) -> dict[str, str]:
    """Each of the texts with the year replaced by the one after."""
    return {language: of_next_year(text, year) for language, text in texts.items()}


def next_prefix(prefix: str, year: int) -> str:
    """What stands in the numbers of applications of the year after: WMNJ-2027 becomes WMNJ-2028."""
    changed = of_next_year(prefix, year)
    return changed if changed != prefix else f"{prefix[:15].rstrip('-')}-{year + 1}"
