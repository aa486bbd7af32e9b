"""What stands in a person's calendar, and whose calendar a private address leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from qms.accounts.models import User
from qms.improvements.models import Action, CalendarKey, Plan, Task
from qms.improvements.models.action import OPEN_STATES
from qms.improvements.models.plan import HEADS
from qms.offices.models import roles_of

SALT = "improvements.calendar"
FIRST = 1  # the version of an address that was never renewed
MOST = 2000


@dataclass(frozen=True, slots=True)
class Agenda:
    """What has a last day: actions, tasks, and plans that are to be looked through."""

    actions: tuple[Action, ...]
    tasks: tuple[Task, ...]
    reviews: tuple[Plan, ...]

    @property
    def count(self) -> int:
        """How many days there are to keep."""
        return len(self.actions) + len(self.tasks) + len(self.reviews)


def calendar_token(user: User) -> str:
    """The secret part of the person's calendar address, as it is valid now."""
    version = CalendarKey.objects.filter(user=user).values_list("version", flat=True).first() or FIRST
    return _signer().sign(f"{user.pk}-{version}")


def owner_of_calendar(token: str) -> User | None:
    """The active person whose calendar this is; none where the address is void, made up, or its person has left."""
    try:
        pk, _, version = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    user = User.objects.filter(pk=int(pk), is_active=True).select_related("calendar_key").first()
    if user is None:
        return None
    key = getattr(user, "calendar_key", None)
    return user if int(version) == (key.version if key else FIRST) else None


def agenda_of(user: User) -> Agenda:
    """What the person does or heads that is still open and has a last day, earliest first."""
    heads = roles_of(user).offices(*HEADS)
    plans = Plan.objects.visible_to(user).running()
    own = Action.objects.of_person(user).values("pk")
    actions = (
        Action.objects.open()
        .filter(Q(pk__in=own) | Q(plan__office__in=heads), plan__in=plans.values("pk"), due_on__isnull=False)
        .select_related("plan__office", "owner")
        .order_by("due_on", "pk")[:MOST]
    )
    tasks = (
        Task.objects.filter(
            Q(person=user.pk) | Q(person__isnull=True, action__owner=user.pk),
            action__plan__in=plans.values("pk"),
            action__status__in=OPEN_STATES,
            due_on__isnull=False,
            done_on__isnull=True,
        )
        .select_related("action__plan__office")
        .order_by("due_on", "pk")[:MOST]
    )
    reviews = (
        plans.filter(Q(office__in=heads) | Q(pk__in=_with_own(user)), review_on__isnull=False)
        .select_related("office")
        .order_by("review_on", "pk")[:MOST]
    )
    return Agenda(tuple(actions), tuple(tasks), tuple(reviews))


def _with_own(user: User) -> Any:
    """The plans in which the person owns an action or helps with one."""
    return Action.objects.of_person(user).values("plan")


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
