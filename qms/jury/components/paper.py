"""Parts of paper that only protocols have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qms.ui.components import Part


@dataclass(frozen=True)
class Signatures(Part):
    """A line to sign on for each person, with the name and what the person is."""

    people: tuple[tuple[str, str], ...]
    template_name: ClassVar[str] = "documents/jury/signatures.html"


@dataclass(frozen=True)
class Said(Part):
    """What somebody wrote, under who and what it is about."""

    items: tuple[tuple[str, str, str], ...]
    """Who and where, what kind of words, the words."""
    template_name: ClassVar[str] = "documents/jury/said.html"
