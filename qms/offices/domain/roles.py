"""What the roles a person holds amount to."""

from __future__ import annotations

from dataclasses import dataclass

PLATFORM_ADMINISTRATOR = "platform_administrator"
NATIONAL_COORDINATOR = "national_coordinator"
REGIONAL_COORDINATOR = "regional_coordinator"
DIRECTOR = "director"
QUALITY_LEAD = "quality_lead"
EMPLOYEE = "employee"
JUROR = "juror"
MYSTERY_EVALUATOR = "mystery_evaluator"

OFFICE_ROLES = frozenset({DIRECTOR, QUALITY_LEAD, EMPLOYEE})
REGION_ROLES = frozenset({REGIONAL_COORDINATOR})
FREE_ROLES = frozenset({PLATFORM_ADMINISTRATOR, NATIONAL_COORDINATOR, JUROR, MYSTERY_EVALUATOR})
GUARDED_ROLES = frozenset({PLATFORM_ADMINISTRATOR, NATIONAL_COORDINATOR, REGIONAL_COORDINATOR})
"""Roles that open only with a second factor."""


@dataclass(frozen=True, slots=True)
class Held:
    """One role, held at one office, in one region, or anywhere."""

    role: str
    office_id: int | None = None
    region_id: int | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Every role that one person holds now."""

    held: tuple[Held, ...] = ()

    def has(self, *roles: str) -> bool:
        """Whether one of these roles is held anywhere."""
        return any(one.role in roles for one in self.held)

    def has_at(self, office_id: int | None, *roles: str) -> bool:
        """Whether one of these roles (or any at all) is held at this office."""
        return office_id is not None and any(
            one.office_id == office_id and (not roles or one.role in roles) for one in self.held
        )

    def offices(self, *roles: str) -> tuple[int, ...]:
        """The offices where one of these roles (or any at all) is held, in order, once each."""
        return tuple(
            dict.fromkeys(
                one.office_id for one in self.held if one.office_id is not None and (not roles or one.role in roles)
            )
        )

    @property
    def regions(self) -> tuple[int, ...]:
        """The regions that this person coordinates."""
        return tuple(dict.fromkeys(one.region_id for one in self.held if one.region_id is not None))

    @property
    def sees_everything(self) -> bool:
        """Whether every office's work is open to this person."""
        return self.has(PLATFORM_ADMINISTRATOR, NATIONAL_COORDINATOR)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is not enough."""
        return self.has(*GUARDED_ROLES)
