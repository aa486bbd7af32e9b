"""Searches that people keep, and what is new in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from qms.accounts.models import User
from qms.goodpractices.domain.asking import PracticeQuery
from qms.goodpractices.models import PracticePage, SavedSearch

from .finding import keys_of


@dataclass(frozen=True, slots=True)
class Find:
    """A practice that is new in a search."""

    pk: int
    title: str
    office: str
    url: str


def searches_of(user: User) -> QuerySet[SavedSearch]:
    """What this person keeps, by name."""
    return SavedSearch.objects.filter(user=user).order_by("name", "pk")


def new_finds(query: PracticeQuery, *, since: datetime) -> tuple[Find, ...]:
    """Practices that fit and were first published after that moment, newest first."""
    fresh = PracticePage.objects.published().filter(locale__language_code=query.language, first_published_at__gt=since)
    if not fresh.exists():
        return ()
    found = fresh.filter(pk__in=keys_of(query)).select_related("office", "locale").defer_streamfields()
    return tuple(
        Find(practice.pk, practice.title, practice.office.short_name, practice.get_url() or "")
        for practice in found.order_by("-first_published_at", "-pk")
    )
