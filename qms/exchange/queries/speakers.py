"""Who speaks: an office by its name where it wants that, else its kind, else nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext

from qms.offices.models import Office

FEWEST: Final = 5
"""Of how many offices one kind must be before the kind may stand in place of a name."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """An office as strangers may read of it: `office` and `region` only with its consent, `kind` only where common."""

    office: str = ""
    region: str = ""
    kind: str = ""

    @property
    def words(self) -> str:
        """The name with the region, or the kind, or that it is some office."""
        if self.office:
            return ", ".join(part for part in (self.office, self.region) if part)
        return self.kind or gettext("a public office")


def common_kinds() -> frozenset[str]:
    """The kinds of which there are so many offices that the kind alone gives none of them away."""
    counted = Office.objects.active().values("kind").annotate(many=Count("pk")).filter(many__gte=FEWEST)
    return frozenset(counted.values_list("kind", flat=True))


def speaker_of(office: Office, *, by_name: bool, common: frozenset[str]) -> Speaker:
    """The office by its name, or without it; its region must have been read already."""
    if by_name:
        return Speaker(office=office.short_name or office.name, region=office.region.name)
    return Speaker(kind=str(office.get_kind_display())) if office.kind in common else Speaker()


def stands_for(office: Office) -> str:
    """What strangers read in place of the office's name."""
    return speaker_of(office, by_name=False, common=common_kinds()).words
