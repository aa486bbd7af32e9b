"""How far what works in one office may work in another one: kind, size, and whom both serve."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

LEAST = Decimal("0.2")  # offices always have something in common
KIND, SIZE, CLIENTS = Decimal("0.4"), Decimal("0.3"), Decimal("0.3")
UNKNOWN = Decimal("0.5")
PLACES = Decimal("0.001")

# Whom an office of each kind usually serves; every office has its own staff.
USUAL_CLIENTS: dict[str, frozenset[str]] = {
    "county_labour_office": frozenset({"unemployed", "seekers", "young", "disabled", "employers", "staff"}),
    "employment_centre": frozenset({"unemployed", "seekers", "young", "disabled", "employers", "staff"}),
    "town_hall": frozenset({"residents", "businesses", "disabled", "young", "staff"}),
    "statistical_office": frozenset({"residents", "businesses", "offices", "staff"}),
    "other": frozenset({"residents", "offices", "staff"}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An office as matching sees it."""

    key: int
    kind: str
    staff: int | None = None
    language: str = ""


def similarity_of(own: Place, host: Place, clients: Collection[str]) -> Decimal:
    """From 0.2 to 1: 0.2 + 0.8 × (0.4 same kind + 0.3 size + 0.3 clients).

    Size is the smaller number of staff by the larger one; clients is the share of the practice's client groups that
    offices of the own kind usually serve. What is not known counts half.
    """
    alike = KIND * (own.kind == host.kind) + SIZE * size_ratio(own.staff, host.staff) + CLIENTS * served(own, clients)
    return (LEAST + (1 - LEAST) * alike).quantize(PLACES)


def size_ratio(own: int | None, host: int | None) -> Decimal:
    """The smaller number of staff by the larger one; a half where one is not known."""
    return Decimal(min(own, host)) / max(own, host) if own and host else UNKNOWN


def served(own: Place, clients: Collection[str]) -> Decimal:
    """Which share of these client groups an office of this kind usually serves; a half where none are told."""
    return Decimal(len(usual_of(own, clients))) / len(set(clients)) if clients else UNKNOWN


def usual_of(own: Place, clients: Collection[str]) -> tuple[str, ...]:
    """Those of these client groups that an office of this kind usually serves, in alphabetical order."""
    return tuple(sorted(USUAL_CLIENTS.get(own.kind, frozenset()) & set(clients)))
