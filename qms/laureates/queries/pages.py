"""The public pages of laureates, and what may be shown on them."""

from __future__ import annotations

from datetime import datetime

from qms.awards.models import AwardRoundPage, Round
from qms.laureates.models import LaureatesPage

from .press import Laurel, laurels_with_press


def round_pages_of(round: Round) -> list[AwardRoundPage]:  # noqa: A002  the word of the awards
    """The public pages of the round, one for each language, as far as they stand on the site."""
    rows = AwardRoundPage.objects.filter(round=round, live=True).select_related("locale")
    return list(rows.order_by("locale__language_code", "pk"))


def pages_of(round: Round) -> list[LaureatesPage]:  # noqa: A002  the word of the awards
    """The pages of the round's laureates that stand on the site."""
    rows = LaureatesPage.objects.filter(round=round, live=True).select_related("locale")
    return list(rows.order_by("locale__language_code", "pk"))


def laurels_told(round: Round, at: datetime) -> list[Laurel]:  # noqa: A002  the word of the awards
    """The laureates that anybody may know; nobody before the embargo ends or while the round is in preparation."""
    if round.state == Round.State.DRAFT or round.embargo_until > at:
        return []
    return laurels_with_press(round, at)
