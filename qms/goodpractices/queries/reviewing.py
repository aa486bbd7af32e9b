"""All that a reviewer reads."""

from __future__ import annotations

from dataclasses import dataclass

from qms.goodpractices.domain.draft import PracticeDraft
from qms.goodpractices.models import PracticePage, Review

from .drafts import draft_of, latest_of
from .forming import names_of_files, names_of_people


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The version that waits, the one that is published, earlier reviews, and names for what the texts point to."""

    practice: PracticePage
    waiting: PracticeDraft
    published: PracticeDraft | None
    earlier: tuple[Review, ...]
    people: dict[int, str]
    files: dict[str, str]


def review_view(practice: PracticePage) -> ReviewView:
    """What waits for the decision."""
    waiting = draft_of(latest_of(practice))
    published = draft_of(practice) if practice.live else None
    earlier = tuple(practice.reviews.select_related("reviewer").order_by("-pk"))
    files = names_of_files(waiting) | (names_of_files(published) if published else {})
    return ReviewView(practice, waiting, published, earlier, names_of_people(practice.office), files)
