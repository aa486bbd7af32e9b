"""Who may do what with awards; each predicate is asked (user, object)."""

from __future__ import annotations

from typing import Any

from qms.awards.models import Application, Programme, Round
from qms.offices import permissions as offices
from qms.offices.models import Office, roles_of


def takes_part(user: Any, _about: object = None) -> bool:
    """Whether the person holds any role, and so reads about rounds."""
    return bool(roles_of(user).held)


def may_found(user: Any, _about: object = None) -> bool:
    """Whether the person may found programmes: coordinators of the country and of regions."""
    return offices.is_national_coordinator(user) or bool(roles_of(user).regions)


def may_found_example(user: Any, _about: object = None) -> bool:
    """Whether the person may begin with a shipped example: the country's coordinator, as one of them is a region's."""
    return offices.is_national_coordinator(user)


def may_run(user: Any, about: Programme | Round) -> bool:
    """Whether the person runs the programme: the country's coordinator, a region's own its coordinator."""
    programme = about.programme if isinstance(about, Round) else about
    return offices.is_national_coordinator(user) or (
        programme.region_id is not None and programme.region_id in roles_of(user).regions
    )


def heads(user: Any, office: Office) -> bool:
    """Whether the person speaks for the office: its lead and its director."""
    return offices.leads(user, office) or offices.directs(user, office)


def may_apply(user: Any, office: Office) -> bool:
    """Whether the person may begin an application of the office."""
    return heads(user, office)


def may_read(user: Any, application: Application) -> bool:
    """Whether the person reads the application: the office's heads and who writes with them."""
    return heads(user, application.office) or _writes(user, application)


def own_office_of(user: Any, application: Application) -> int | None:
    """The office in whose history stands what this person does: the own one, for of organisers it reads nothing."""
    return application.office_id if may_read(user, application) else None


def may_write(user: Any, application: Application) -> bool:
    """Whether the person writes it, as long as it is a draft or open for correction; the clock is asked by services."""
    return application.state in ("draft", "reopened") and may_read(user, application)


def may_manage(user: Any, application: Application) -> bool:
    """Whether the person decides who writes, which assessment fills it, and when the director gets it."""
    return heads(user, application.office)


def may_submit(user: Any, application: Application) -> bool:
    """Whether the person submits it and takes it back: the office's director."""
    return offices.directs(user, application.office)


def may_receive(user: Any, application: Application) -> bool:
    """Whether the person organises the round to which it was submitted; asked after `.for_organiser(user, at)`."""
    return may_run(user, application.category.round)


def _writes(user: Any, application: Application) -> bool:
    return offices.works_in(user, application.office) and application.editors.filter(pk=user.pk).exists()
