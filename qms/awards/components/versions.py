"""The versions of a section: who saved when, and what changed between two of them, word by word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.domain import limits
from qms.awards.domain.diff import Piece, difference
from qms.awards.domain.writing import ROW_FIGURES, ROW_TEXTS
from qms.awards.models import SectionVersion
from qms.frameworks.domain.framework import text
from qms.ui import numbers

from .hours import moment_in
from .pieces import row_words

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    pk: int
    saved: str
    who: str
    length: str
    is_from: bool
    is_to: bool
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph, row or answer that differs."""

    question: str
    label: str
    pieces: tuple[Piece, ...]


def version_lines(
    versions: Sequence[SectionVersion], *, zone: str, earlier: SectionVersion | None, later: SectionVersion | None
) -> list[VersionLine]:
    """The versions, the latest first."""
    return [
        VersionLine(
            one.pk,
            moment_in(zone, one.saved_at),
            one.by.name,
            _length_words(limits.characters_of_section(one.content)),
            is_from=earlier is not None and one.pk == earlier.pk,
            is_to=later is not None and one.pk == later.pk,
            is_latest=place == 0,
        )
        for place, one in enumerate(versions)
    ]


def _length_words(length: int) -> str:
    said = ngettext("%(count)s character", "%(count)s characters", length)
    return said % {"count": numbers.figure(length)}


def changes_between(earlier: Content | None, later: Content) -> list[Change]:
    """Every piece in which the two differ, in the order of the form; against nothing all is new."""
    before = {question["pk"]: question for question in (earlier or {}).get("questions", ())}
    found = []
    for question in later["questions"]:
        title = text(question["titles"], get_language() or "pl")
        old, new = _said(before.get(question["pk"], {})), _said(question)
        for key in [*new, *(key for key in old if key not in new)]:
            label, said = new.get(key, old.get(key, ("", "")))
            was = old.get(key, ("", ""))[1]
            now = said if key in new else ""
            if was != now:
                found.append(Change(title, label, difference(was, now)))
    return found


def _said(question: Content) -> dict[str, tuple[str, str]]:
    """What a question says, piece by piece: its label and its words by its key."""
    says: dict[str, Callable[[], dict[str, tuple[str, str]]]] = {
        "paragraphs": lambda: {
            one["key"]: (_("Paragraph %(number)s") % {"number": number}, one["text"])
            for number, one in enumerate(question["paragraphs"], 1)
        },
        "rows": lambda: {one["key"]: (one["title"], row_words(cells_in(one))) for one in question["rows"]},
        "number": lambda: {"number": ("", question["number"] or "")},
        "chosen": lambda: {"chosen": ("", ", ".join(_titles(question)))},
        "agreed": lambda: {"agreed": ("", pgettext("statement", "Agreed") if question["agreed"] else _("Not agreed"))},
    }
    return next((say() for name, say in says.items() if name in question), {})


def cells_in(row: Content) -> dict[str, Any]:
    """The cells of a row as a version keeps them."""
    series = dict(zip(ROW_FIGURES[:3], row["values"], strict=True))
    return {name: row.get(name) for name in (*ROW_TEXTS, "year", *ROW_FIGURES[3:])} | series


def _titles(question: Content) -> list[str]:
    titles = {one["code"]: text(one["titles"], get_language() or "pl") for one in question.get("options", ())}
    return [titles.get(code, code) for code in question["chosen"]]
