"""Who may do what with offices and people; each predicate is asked (user, object)."""

from __future__ import annotations

from typing import Any

from qms.accounts.models import Invitation
from qms.offices.domain import roles
from qms.offices.models import Membership, Office, Region, roles_of

_ALL = tuple(Membership.Role.values)
_OFFICE = (roles.DIRECTOR, roles.QUALITY_LEAD, roles.EMPLOYEE)
_BY_NATIONAL = (*_OFFICE, roles.REGIONAL_COORDINATOR, roles.JUROR, roles.MYSTERY_EVALUATOR)
_BY_REGION = (roles.JUROR,)
_BY_LEAD = (roles.QUALITY_LEAD, roles.EMPLOYEE)


def is_platform_administrator(user: Any, _about: object = None) -> bool:
    return roles_of(user).has(roles.PLATFORM_ADMINISTRATOR)


def is_national_coordinator(user: Any, _about: object = None) -> bool:
    return roles_of(user).has(roles.NATIONAL_COORDINATOR)


def is_regional_coordinator_of(user: Any, region: Region) -> bool:
    return region.pk in roles_of(user).regions


def helps(user: Any, office: Office) -> bool:
    """Whether the person coordinates the region of this office."""
    return office.region_id in roles_of(user).regions


def leads(user: Any, office: Office) -> bool:
    return roles_of(user).has_at(office.pk, roles.QUALITY_LEAD)


def directs(user: Any, office: Office) -> bool:
    return roles_of(user).has_at(office.pk, roles.DIRECTOR)


def works_in(user: Any, office: Office) -> bool:
    return roles_of(user).has_at(office.pk)


def may_see_office(user: Any, office: Office) -> bool:
    """Whether the office's work is open to this person."""
    return roles_of(user).sees_everything or works_in(user, office) or helps(user, office)


def may_manage_offices(user: Any, _about: object = None) -> bool:
    """Whether the person keeps the list of offices and regions."""
    return roles_of(user).sees_everything


def may_edit_office(user: Any, office: Office) -> bool:
    """Whether the person may change the office's public facts."""
    return may_manage_offices(user) or leads(user, office) or directs(user, office)


def may_manage_people(user: Any, office: Office) -> bool:
    """Whether the person may invite to this office, change roles and end them."""
    return bool(grantable_at(user, office))


def may_manage_everyone(user: Any, _about: object = None) -> bool:
    """Whether the person keeps the list of all people."""
    return roles_of(user).sees_everything


def may_import_people(user: Any, _about: object = None) -> bool:
    """Whether the person may bring in a list of people, for whichever offices."""
    held = roles_of(user)
    return held.sees_everything or bool(held.regions) or held.has(roles.DIRECTOR, roles.QUALITY_LEAD)


def grantable_at(user: Any, office: Office) -> tuple[str, ...]:
    """The roles that this person may give and end at this office; a lead makes no directors."""
    if may_manage_offices(user) or helps(user, office) or directs(user, office):
        return _OFFICE
    return _BY_LEAD if leads(user, office) else ()


def grantable_anywhere(user: Any) -> tuple[str, ...]:
    """The roles that this person may give on the whole platform or in a region; a region's coordinator seats juries."""
    if is_platform_administrator(user):
        return tuple(role for role in _ALL if role not in _OFFICE)
    if is_national_coordinator(user):
        return tuple(role for role in _BY_NATIONAL if role not in _OFFICE)
    return _BY_REGION if roles_of(user).regions else ()


def may_grant(user: Any, role: str, office: Office | None = None) -> bool:
    """Whether the person may give this role, at this office or, without one, elsewhere."""
    return role in (grantable_at(user, office) if office else grantable_anywhere(user))


def may_invite_jurors(user: Any, _about: object = None) -> bool:
    """Whether the person may invite jurors: the coordinators of the country and of regions, and the administrator."""
    return may_grant(user, roles.JUROR)


def may_withdraw(user: Any, invitation: Invitation) -> bool:
    """Whether the person may withdraw this invitation of a juror: the own one."""
    return may_invite_jurors(user) and invitation.invited_by_id == user.pk


def may_end(user: Any, membership: Membership) -> bool:
    """Whether the person may end or change this role; beyond an office only who keeps the list of all people."""
    reaches = membership.office is not None or may_manage_everyone(user)
    return membership.is_active and reaches and may_grant(user, membership.role, membership.office)
