"""What a coordinator writes on the forms of an edition, its themes and its seminars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True)
class EditionDraft:
    """An edition as it stands on its form; titles and introductions by language."""

    titles: Mapping[str, str]
    framework: int
    starts_on: date
    ends_on: date
    languages: tuple[str, ...]
    leads: Mapping[str, str] = field(default_factory=dict)
    publishing: str = "automatic"
    needs: int = 3
    proposals: int = 2


@dataclass(frozen=True)
class ThemeDraft:
    """A theme as it stands on its form: subcriteria, chosen practices, or both."""

    titles: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[str, ...] = ()
    practices: tuple[int, ...] = ()


@dataclass(frozen=True)
class PresentationDraft:
    """What one office presents: an office of the platform by its key, any other by its name."""

    office: int | None = None
    office_name: str = ""
    title: str = ""
    practice: int | None = None


@dataclass(frozen=True)
class SeminarDraft:
    """A seminar as it stands on its form."""

    title: str
    held_on: date | None = None
    starts_at: time | None = None
    place: str = ""
    link: str = ""
    text: str = ""
    source: str = ""
    presentations: tuple[PresentationDraft, ...] = ()
