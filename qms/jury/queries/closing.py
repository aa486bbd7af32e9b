"""Whether the jury has decided a category: after that nothing that counted changes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from qms.awards.models import Category
from qms.jury.models import DecisionList


def is_decided(category: Category) -> bool:
    """Whether the list of prizes is closed, so that scores, agreements and visits stand as they are."""
    return _closed(category, DecisionList.Stage.PRIZE)


def decided() -> QuerySet[Any]:
    """The keys of all categories whose list of prizes is closed."""
    closed = DecisionList.objects.filter(stage=DecisionList.Stage.PRIZE, closed_at__isnull=False)
    return closed.values("category")


def is_shortlisted(category: Category) -> bool:
    """Whether the list for visits is closed."""
    return _closed(category, DecisionList.Stage.VISIT)


def _closed(category: Category, stage: DecisionList.Stage) -> bool:
    rows = DecisionList.objects.filter(category=category, stage=stage, closed_at__isnull=False)
    return rows.exists()
