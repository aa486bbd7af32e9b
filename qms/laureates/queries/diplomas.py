"""Prizes of a round with their diplomas, and what a verification code stands for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from qms.awards.models import Application, Prize, Round
from qms.awards.models.round import in_order
from qms.jury.models import Decision
from qms.laureates.models import Diploma, DiplomaPlan

ABOUT = "decision__application__category__round__programme"


def laurels_of(round: Round) -> QuerySet[Decision]:  # noqa: A002  the word of the awards
    """The prizes that stand, by category and prize, each with its application, office and diploma; one query."""
    received = Application.objects.received().filter(category__round=round).values("pk")
    rows = Decision.objects.laurels().filter(application__in=received)
    rows = rows.select_related("prize", "application__office", "application__category__round__programme", "diploma")
    order = ("application__category__position", "application__category", "prize__position", "prize")
    return rows.order_by(*order, "place_from", "application__number", "pk")


def with_all() -> QuerySet[Diploma]:
    """Diplomas with what their pages ask for."""
    return Diploma.objects.select_related(ABOUT, "decision__application__office")


def standing_of(round: Round) -> list[Diploma]:  # noqa: A002  the word of the awards
    """The diplomas of a round that were not withdrawn, by number."""
    rows = with_all().filter(decision__application__category__round=round, revoked_at__isnull=True)
    return list(rows.order_by("number"))


def diploma_of(decision: Decision) -> Diploma | None:
    """The diploma of a prize; nothing while none was issued."""
    return getattr(decision, "diploma", None)


def plan_of(round: Round) -> DiplomaPlan | None:  # noqa: A002  the word of the awards
    """What stands on all diplomas of the round, if it was written."""
    return DiplomaPlan.objects.filter(round=round).first()


def prizes_of(category_id: int) -> list[Prize]:
    """The prizes of a category, the highest first."""
    return list(in_order(Prize.objects.filter(category=category_id)))


def last_sequence(round: Round) -> int:  # noqa: A002  the word of the awards
    """How many diplomas were ever issued in the round."""
    return Diploma.objects.filter(decision__application__category__round=round).count()


def verified(code: str, at: datetime) -> Diploma | None:
    """The diploma with this code; nothing before the embargo of its round has ended, for anybody."""
    rows = with_all().filter(decision__application__category__round__embargo_until__lte=at)
    return rows.filter(code=code).first()


def applied_in(category_id: int) -> int:
    """How many applications the jury had to choose from."""
    return Application.objects.received().filter(category=category_id).count()
