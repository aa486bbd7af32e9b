"""Who is in a feedback team, who could be, and who organises it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from qms.accounts.models import User
from qms.improvements.models import Feedback, FeedbackActor
from qms.offices.models import Membership

MOST = 20
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Peer:
    """A person who may be asked, and the offices where the person works."""

    user: User
    offices: tuple[str, ...]


def team_of(feedback: Feedback) -> QuerySet[FeedbackActor]:
    """Everybody who was ever named, the leader first; those with a conflict or taken off come last."""
    works = Membership.objects.active().filter(office__isnull=False).select_related("office").order_by("pk")
    return (
        FeedbackActor.objects.filter(feedback=feedback)
        .select_related("user")
        .prefetch_related(Prefetch("user__memberships", queryset=works, to_attr="works"))
        .order_by("removed_at", "-is_leader", "pk")
    )


def peers_for(feedback: Feedback, asked: str) -> tuple[Peer, ...]:
    """People of other offices whose name, address or office has these words; nobody of the applicant's own office."""
    words = asked.split()
    if len("".join(words)) < SHORTEST:
        return ()
    works = Membership.objects.active().filter(office__isnull=False)
    people = (
        User.objects.filter(is_active=True, pk__in=works.values("user"))
        .exclude(pk__in=works.filter(office=feedback.office_id).values("user"))
        .exclude(pk__in=FeedbackActor.objects.filter(feedback=feedback, removed_at__isnull=True).values("user"))
    )
    for word in words:
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(pk__in=works.filter(office__short_name__icontains=word).values("user"))
        )
    shown = works.select_related("office").order_by("office__short_name", "pk")
    people = people.prefetch_related(Prefetch("memberships", queryset=shown, to_attr="works"))
    return tuple(Peer(each, _offices(each)) for each in people.order_by("last_name", "first_name", "pk")[:MOST])


def _offices(user: User) -> tuple[str, ...]:
    works: list[Membership] = user.works  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(each.office.short_name for each in works if each.office is not None))


def organisers_of(feedback: Feedback) -> QuerySet[User]:
    """The coordinators of the applicant's region; where there is none, those of the country."""
    held = Membership.objects.active()
    region = held.filter(role=Membership.Role.REGIONAL_COORDINATOR, region=feedback.office.region_id)
    wanted = region if region.exists() else held.filter(role=Membership.Role.NATIONAL_COORDINATOR)
    people = User.objects.filter(pk__in=wanted.values("user"), is_active=True)
    return people.exclude(pk__in=held.filter(office=feedback.office_id).values("user")).order_by("pk")
