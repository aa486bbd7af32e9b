"""What can be read about editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from qms.core.permissions import Person
from qms.frameworks.domain import document
from qms.frameworks.domain.document import Fault
from qms.frameworks.models import Edition, EditionFile


@dataclass(frozen=True)
class EditionLine:
    """An edition as a list shows it."""

    edition: Edition
    criteria: int
    scored: int
    languages: tuple[str, ...]


def editions_for(user: Person) -> list[EditionLine]:
    """The editions that the person may see, by code."""
    counts = {
        "criteria_count": Count("nodes", filter=Q(nodes__parent=None)),
        "scored_count": Count("nodes", filter=Q(nodes__is_scored=True)),
    }
    editions: Iterable[Any] = Edition.objects.visible_to(user).annotate(**counts).order_by("code")
    return [EditionLine(each, each.criteria_count, each.scored_count, tuple(each.titles)) for each in editions]


def file_text_of(edition: Edition) -> str:
    """The very text of the edition's file."""
    return EditionFile.objects.values_list("text", flat=True).get(edition=edition)


def warnings_of(edition: Edition) -> tuple[Fault, ...]:
    """What readers of this edition will miss: absent translations and anchors."""
    return document.read(file_text_of(edition)).warnings
