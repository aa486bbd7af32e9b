"""Which actions wait for a new owner, and who could take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qms.accounts.models import User
from qms.improvements.models import Action, Plan
from qms.offices.models import Membership, Office

if TYPE_CHECKING:
    from collections.abc import Sequence

NOBODY = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody, or nobody, who owns open actions of the plan, and how many."""

    user: User | None
    count: int

    @property
    def key(self) -> str:
        """How the address names it."""
        return NOBODY if self.user is None else str(self.user.pk)


def open_actions(plan: Plan) -> QuerySet[Action]:
    """The plan's actions that still wait for something, in their order."""
    return plan.actions.open().order_by("number")  # type: ignore[attr-defined]


def actions_of_holder(plan: Plan, owner: User | None) -> QuerySet[Action]:
    """The open actions of this owner, or those that nobody owns, with who left them."""
    return open_actions(plan).filter(owner=owner).select_related("owner", "left_by")


def holders_of(plan: Plan) -> tuple[Holder, ...]:
    """Nobody first, then everyone who owns open actions of the plan, by name."""
    counted: dict[int | None, int] = dict(
        open_actions(plan).order_by().values_list("owner").annotate(count=Count("pk")).values_list("owner", "count")
    )
    owners = User.objects.filter(pk__in=[pk for pk in counted if pk]).order_by("last_name", "first_name", "pk")
    nobody = Holder(None, counted.get(None, 0))
    return (nobody, *(Holder(owner, counted[owner.pk]) for owner in owners))


def colleagues_at(office: Office) -> QuerySet[User]:
    """Everyone who works in the office now, by name."""
    held = Membership.objects.active().at(office)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("last_name", "first_name", "pk")


def works_there(user: User, office: Office) -> bool:
    """Whether the person works in the office now, as the database has it."""
    return colleagues_at(office).filter(pk=user.pk).exists()


def left_behind() -> QuerySet[Action]:
    """Open actions of running plans whose owner works in the office no longer."""
    return Action.objects.open().filter(_gone("owner"), plan__in=Plan.objects.running()).exclude(owner=None)


def plans_with_orphans(offices: Sequence[int]) -> QuerySet[Plan]:
    """Running plans of these offices in which somebody left open actions behind, each with how many (`orphans`)."""
    left = Q(actions__owner=None, actions__left_by__isnull=False)
    waits = Q(actions__status__in=("proposed", "approved", "in_progress", "postponed"))
    counted = Plan.objects.running().filter(office__in=offices).annotate(orphans=Count("actions", filter=left & waits))
    return counted.filter(orphans__gt=0).select_related("office").order_by("pk")


def _gone(who: str) -> Q:
    there = Membership.objects.active().filter(user=OuterRef(who), office=OuterRef("plan__office"))
    return ~Exists(there) | Q(**{f"{who}__is_active": False})
