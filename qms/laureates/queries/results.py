"""What the jury decided, as far as it may be told: the one place that asks for the embargo of an application."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from qms.awards.models import Application, Category, Round
from qms.awards.models.round import in_order
from qms.jury.models import Decision, DecisionList
from qms.laureates.models import Diploma, LaureatePractice, PressSummary
from qms.laureates.models.feedback import HEADS
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

PRIZE = DecisionList.Stage.PRIZE


def told_to(user: User | AnonymousUser, at: datetime) -> QuerySet[Application]:
    """Applications of offices that the person heads whose result may be told now: decided, and the embargo over."""
    rows = Application.objects.received().filter(
        Exists(decisions().filter(application=OuterRef("pk"))),
        office__in=roles_of(user).offices(*HEADS),
        category__round__embargo_until__lte=at,
    )
    return rows.select_related("category__round__programme", "office")


def decisions() -> QuerySet[Decision]:
    """Decisions on prizes that stand, also those that nobody may be told yet."""
    return Decision.objects.standing().filter(list__stage=PRIZE)


def decisions_in(found: Round) -> QuerySet[Decision]:
    """The decisions of a round that stand, for its organiser; laureates in the order of prizes, then by number."""
    rows = decisions().filter(list__category__round=found, application__in=Application.objects.received().values("pk"))
    rows = rows.select_related("application__office", "application__category__round__programme", "prize")
    return rows.order_by("application__category__position", "application__category", "prize__position", "application")


def decision_on(application: Application) -> Decision | None:
    """What was decided on an application; whether it may be told, `told_to` says."""
    return decisions().filter(application=application).select_related("prize").first()


def decided_categories(found: Round) -> list[Category]:
    """The categories of a round whose list of prizes is closed."""
    closed = DecisionList.objects.filter(stage=PRIZE, closed_at__isnull=False, category=OuterRef("pk"))
    rows = Category.objects.filter(Exists(closed), round=found).select_related("framework", "round")
    return list(in_order(rows))


def is_told_from(found: Round, at: datetime) -> bool:
    """Whether results of the round may be told at this moment."""
    return found.embargo_until <= at


def diploma_of(decision: Decision) -> Diploma | None:
    """The diploma of a decision, unless it was withdrawn."""
    return Diploma.objects.filter(decision=decision, revoked_at__isnull=True).first()


def press_asked_of(application: Application, user: User | AnonymousUser) -> PressSummary | None:
    """What the public will read, once the laureate was asked about it."""
    return PressSummary.objects.visible_to(user).filter(application=application).first()


def has_practice(application: Application) -> bool:
    """Whether a good practice came of the application."""
    return LaureatePractice.objects.filter(application=application).exists()
