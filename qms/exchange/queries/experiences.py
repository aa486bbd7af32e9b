"""What participants of evaluation meetings told, as it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qms.exchange.models import Experience

from .speakers import Speaker, common_kinds, speaker_of


@dataclass(frozen=True, slots=True)
class ExperienceRow:
    """One experience as everybody may read it; nobody's own name."""

    pk: int
    speaker: Speaker
    role: str
    helped: str
    hindered: str
    advice: str


def experiences_of(pks: Iterable[int]) -> tuple[ExperienceRow, ...]:
    """Those of these experiences that are not left out, in this order, the office named only with its consent now."""
    wanted = list(dict.fromkeys(pks))
    found = Experience.objects.shown().filter(pk__in=wanted).select_related("office__region").in_bulk()
    if not found:
        return ()
    common = common_kinds()
    return tuple(experience_row(found[pk], common=common) for pk in wanted if pk in found)


def experience_row(one: Experience, *, common: frozenset[str]) -> ExperienceRow:
    """The experience as everybody may read it; its office and region must have been read already."""
    return ExperienceRow(
        one.pk,
        speaker_of(one.office, by_name=one.by_name, common=common),
        one.role,
        one.helped,
        one.hindered,
        one.advice,
    )
