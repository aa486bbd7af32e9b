"""Published practices that nobody has confirmed for a year."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from qms.goodpractices.domain.confirming import year_before
from qms.goodpractices.models import PracticePage
from qms.goodpractices.models.practice import PracticeQuerySet


def to_confirm(on: date) -> PracticeQuerySet:
    """Those whose last confirmation, or first publication without one, is a year old on this day."""
    limit = year_before(on)
    end_of_limit = timezone.make_aware(datetime.combine(limit, time.max))
    old = Q(confirmed_on__lte=limit) | Q(confirmed_on__isnull=True, first_published_at__lte=end_of_limit)
    found: PracticeQuerySet = PracticePage.objects.published().filter(old)
    return found


def to_ask(on: date) -> PracticeQuerySet:
    """Those to confirm about which no letter went out within the year."""
    return to_confirm(on).filter(Q(asked_on__isnull=True) | Q(asked_on__lte=year_before(on)))
