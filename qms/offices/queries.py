"""Reads about offices, people and their roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet

from qms.accounts.models import Invitation, User
from qms.offices.domain import roles
from qms.offices.models import Membership, Office, roles_of

__all__ = [
    "Task",
    "answers_for",
    "colleagues_of",
    "current_office",
    "forget_roles",
    "history_scope_of",
    "leads_of",
    "listed_offices",
    "memberships_of",
    "needs_second_factor",
    "offices_of",
    "people",
    "roles_of",
]

REMEMBER_SECONDS = 60


@dataclass(frozen=True, slots=True)
class InvitedJuror:
    """A person whom somebody invited to judge, and the letter: open, run out, or not needed any more."""

    person: User
    invitation: Invitation
    is_open: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that a person has to do: what, for which office (none: for the country), until when, and where."""

    kind: str
    text: str
    detail: str
    office: Office | None
    due_at: datetime | date | None
    url: str
    is_late: bool = False


def forget_roles(user: User) -> None:
    """Read this person's roles anew when they are next asked for, here and at the next request."""
    user.__dict__.pop("_roles", None)
    transaction.on_commit(lambda: cache.delete(_factor_key(user.pk)))


def needs_second_factor(user: User) -> bool:
    """Whether a role of this person opens with a second factor only; asked at every request, so remembered a minute.

    A role that is given or ended forgets it at once.
    """
    needs = cache.get(_factor_key(user.pk))
    if needs is None:
        needs = roles_of(user).needs_second_factor
        cache.set(_factor_key(user.pk), needs, REMEMBER_SECONDS)
    return bool(needs)


def _factor_key(user_id: int) -> str:
    return f"offices:second-factor:{user_id}"


def offices_of(user: Any) -> QuerySet[Office]:
    """The offices where this person holds a role, by name."""
    return Office.objects.filter(pk__in=roles_of(user).offices()).order_by("short_name", "pk")


def current_office(user: Any, chosen: int | None = None) -> Office | None:
    """The office that the person chose, if it may be seen; else the first own one."""
    own = roles_of(user).offices()
    if chosen is not None and (office := Office.objects.visible_to(user).filter(pk=chosen).first()):
        return office
    return offices_of(user).first() if own else None


def history_scope_of(user: Any) -> Literal["all"] | None:
    """Who keeps the platform may follow the acts, jobs and letters of all offices."""
    return "all" if roles_of(user).sees_everything else None


def answers_for(user: Any) -> set[int]:
    """The offices whose acts, jobs, letters and documents this person may read: directed or led ones."""
    return set(roles_of(user).offices("director", "quality_lead"))


def listed_offices(user: Any) -> QuerySet[Office]:
    """The list of offices, each with its region and the number of its active people."""
    return (
        Office.objects.listed_for(user)
        .select_related("region")
        .annotate(people=Count("memberships__user", filter=Q(memberships__is_active=True), distinct=True))
    )


def colleagues_of(office: Office) -> QuerySet[Membership]:
    """Who holds which role at this office now, by role and name."""
    return (
        Membership.objects.active()
        .at(office)
        .select_related("user", "office")
        .order_by("role", "user__last_name", "user__first_name", "user__email", "pk")
    )


def memberships_of(user: User) -> QuerySet[Membership]:
    """Every role this person holds now, with its place."""
    return Membership.objects.active().filter(user=user).select_related("office", "region").order_by("role", "pk")


def leads_of(office: Office) -> QuerySet[User]:
    """The quality leads of this office."""
    return _holders(office, [Membership.Role.QUALITY_LEAD])


def directors_of(office: Office) -> QuerySet[User]:
    """The directors of this office."""
    return _holders(office, [Membership.Role.DIRECTOR])


def _holders(office: Office, wanted: Iterable[str]) -> QuerySet[User]:
    held = Membership.objects.active().at(office).in_role(*wanted)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("last_name", "first_name", "pk")


def people() -> QuerySet[User]:
    """Everyone, with the roles they hold now."""
    held = Membership.objects.active().select_related("office", "region").order_by("role", "pk")
    return User.objects.prefetch_related(Prefetch("memberships", queryset=held, to_attr="held"))


def jurors_invited_by(user: User, at: datetime) -> tuple[InvitedJuror, ...]:
    """The people with a juror's role to whom this person sent the invitation, by name, each with the last letter."""
    letters = juror_invitations(user).filter(withdrawn_at=None).order_by("pk")
    latest = {one.email: one for one in letters}
    jurors = Membership.objects.active().in_role(roles.JUROR).values("user")
    found = User.objects.filter(pk__in=jurors, email__in=latest).order_by("last_name", "first_name", "email")
    return tuple(InvitedJuror(one, latest[one.email], latest[one.email].is_open(at)) for one in found)


def juror_invitations(user: User) -> QuerySet[Invitation]:
    """The person's own invitations that name no office and no region, as those of jurors."""
    return Invitation.objects.filter(invited_by=user, purpose="")


def juror_of(invitation: Invitation) -> Membership | None:
    """The role of a juror that was given with this invitation, not one that was given later."""
    held = Membership.objects.active().in_role(roles.JUROR).filter(user__email=invitation.email)
    return held.filter(created_at__lte=invitation.created_at).first()
