"""The form of a category, as those who build it and those who apply see it."""

from __future__ import annotations

from django.db.models import Prefetch

from qms.awards.models import Category, Question, Section
from qms.awards.models.round import in_order


def sections_of(category: Category) -> list[Section]:
    """The sections with their questions, in order; two queries."""
    questions = Prefetch("questions", queryset=in_order(Question.objects.all()), to_attr="asked")
    return list(in_order(Section.objects.filter(category=category)).prefetch_related(questions))


def asked_in(section: Section) -> list[Question]:
    """The questions of a section read by `sections_of`."""
    asked: list[Question] = getattr(section, "asked")  # noqa: B009  a prefetched attribute, which the type does not know
    return asked
