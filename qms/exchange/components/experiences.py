"""What participants told, grouped: what helped, what hindered, what to do otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from django.utils.translation import gettext as _

from qms.exchange.queries.experiences import ExperienceRow
from qms.ui.components import Part


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody's words, and who says them without a person's name."""

    pk: int
    text: str
    by: str


@dataclass(frozen=True)
class ExperienceGroup(Part):
    """Sayings of one kind under their heading."""

    ident: str
    title: str
    sayings: tuple[Saying, ...]
    level: int = 2
    template_name: ClassVar[str] = "exchange/_experience_group.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        said = Saying(1, "Jedna osoba prowadziła nas przez cały rok.", "PUP Gołdap, członek grupy samooceny")
        return (cls("helped", "Co pomogło", (said,)),)


def groups_of(rows: Iterable[ExperienceRow], *, level: int = 2) -> tuple[ExperienceGroup, ...]:
    """The groups in which somebody told something, each with its sayings in the order of the rows."""
    told = list(rows)
    titles = {"helped": _("What helped"), "hindered": _("What hindered"), "advice": _("What to do otherwise")}
    groups = (ExperienceGroup(name, title, _sayings(told, name), level) for name, title in titles.items())
    return tuple(group for group in groups if group.sayings)


def speaker_line(row: ExperienceRow) -> str:
    """Who tells: the office, or its kind, and the part that the person had."""
    return ", ".join(part for part in (row.speaker.words, row.role) if part)


def _sayings(rows: Iterable[ExperienceRow], name: str) -> tuple[Saying, ...]:
    told = ((row, getattr(row, name)) for row in rows)
    return tuple(Saying(row.pk, text, speaker_line(row)) for row, text in told if text)
