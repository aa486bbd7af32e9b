"""Agreed strengths as rows, each with its evidence and the way to a practice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from qms.ui import numbers
from qms.ui.components import Chip, Say

if TYPE_CHECKING:
    from qms.improvements.queries.strengths import Strength


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """One strength, and either its practice or the key to make one."""

    key: str
    words: str
    say: Say
    practice_url: str = ""


def strength_rows(strengths: Iterable[Strength]) -> tuple[StrengthRow, ...]:
    """The strengths as the page shows them."""
    return tuple(_row(one) for one in strengths)


def _row(one: Strength) -> StrengthRow:
    parts = [f"{one.node} {one.node_title}".strip()]
    if one.score is not None:
        parts.append(gettext("score %(score)s") % {"score": numbers.figure(one.score)})
    parts.append(one.assessment)
    return StrengthRow(
        key=one.key,
        words=one.words,
        say=Say(one.words, "strength", ", ".join(parts), tuple(Chip(title, code) for code, title in one.evidence)),
        practice_url=reverse("goodpractices:edit", args=[one.practice]) if one.practice else "",
    )
