"""What the public will read about laureates: the summaries of a round, and who may be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from qms.awards.models import Round
from qms.awards.models.application import HEADS
from qms.goodpractices.models import PracticePage
from qms.jury.models import Decision
from qms.laureates.models import LaureatePractice, PressSummary, Telling
from qms.offices.models import roles_of

from .diplomas import laurels_of

if TYPE_CHECKING:
    from qms.accounts.models import User

State = PressSummary.State


@dataclass(frozen=True, slots=True)
class Laurel:
    """A prize with what the public will read of it, and whether the laureate knows."""

    decision: Decision
    summary: PressSummary | None
    knows: bool


def with_all() -> QuerySet[PressSummary]:
    """Press summaries with what their pages ask for."""
    return PressSummary.objects.select_related("application__category__round__programme", "application__office")


def laurels_with_press(round: Round, at: datetime) -> list[Laurel]:  # noqa: A002  the word of the awards
    """Every prize that stands with its summary; two queries."""
    rows = list(laurels_of(round).select_related("application__press_summary"))
    told = told_among([one.application_id for one in rows])
    is_over = round.embargo_until <= at
    return [
        Laurel(one, getattr(one.application, "press_summary", None), is_over or one.application_id in told)
        for one in rows
    ]


def told_among(applications: Iterable[int]) -> set[int]:
    """Those whose offices were told under embargo."""
    rows = Telling.objects.filter(application__in=list(applications))
    return set(rows.values_list("application", flat=True))


def knows(summary: PressSummary, at: datetime) -> bool:
    """Whether the office knows that it is a laureate."""
    is_over = summary.application.category.round.embargo_until <= at
    return is_over or bool(told_among([summary.application_id]))


def in_work_for(user: User | AnonymousUser, at: datetime) -> QuerySet[PressSummary]:
    """Texts that are being written about offices that the person heads and that know of their prize."""
    rows = with_all().filter(state=State.DRAFT, application__office__in=roles_of(user).offices(*HEADS))
    told = Exists(Telling.objects.filter(application=OuterRef("application")))
    return rows.filter(told | Q(application__category__round__embargo_until__lte=at))


def laurel_of(summary: PressSummary) -> Decision | None:
    """The prize about which the summary speaks; nothing where it does not stand any more."""
    rows = Decision.objects.laurels().filter(application=summary.application_id).select_related("prize")
    return rows.first()


def practices_of(applications: Iterable[int]) -> dict[int, LaureatePractice]:
    """The practices that came of these applications and that everybody may read, by application."""
    open_to_all = PracticePage.objects.visible_to(AnonymousUser()).values("pk")
    rows = LaureatePractice.objects.filter(application__in=list(applications), page__in=open_to_all)
    return {one.application_id: one for one in rows.select_related("page__locale")}
