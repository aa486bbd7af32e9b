"""A whole round once more, as a draft of the year after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from qms.accounts.models import User
from qms.awards.domain.rounds import next_prefix, texts_of_next_year, year_later
from qms.awards.models import Category, Judging, Prize, Question, Round, Rule, Section
from qms.core.audit import record

from .naming import free
from .rounds import held_round

LONGEST_PREFIX = 20
TWICE = timedelta(minutes=1)
Row = TypeVar("Row", bound=Model)


@transaction.atomic
def copy_round(found: Round, *, by: User, at: datetime) -> Round:
    """The round of the year after in preparation: same forms, judging and prizes, each date a year later.

    A button that was pressed twice, within a minute, makes one copy.
    """
    held = held_round(found)
    if again := _just_copied(held, by=by, at=at):
        return again
    made = Round.objects.create(
        programme=held.programme,
        year=held.year + 1,
        titles=texts_of_next_year(held.titles, held.year),
        leads=texts_of_next_year(held.leads, held.year),
        rules=texts_of_next_year(held.rules, held.year),
        **_names(held),
        **_calendar(held),
        zone=held.zone,
        gala_place=held.gala_place,
        contact_email=held.contact_email,
        made_by=by,
    )
    _copy_categories(held, made)
    record(made, "awards.copy_round", by=by, copied_from=held.pk)
    return made


def _just_copied(held: Round, *, by: User, at: datetime) -> Round | None:
    facts = {"titles": texts_of_next_year(held.titles, held.year), "year": held.year + 1, "state": Round.State.DRAFT}
    copies = Round.objects.filter(programme=held.programme_id, made_by=by, created_at__gte=at - TWICE, **facts)
    return copies.order_by("pk").last()


def _names(held: Round) -> dict[str, str]:
    prefixes = set(Round.objects.values_list("prefix", flat=True))
    prefix = free(next_prefix(held.prefix, held.year), prefixes, longest=LONGEST_PREFIX)
    slugs = set(held.programme.rounds.values_list("slug", flat=True))
    return {"prefix": prefix, "slug": free(prefix.lower(), slugs, longest=80)}


def _calendar(held: Round) -> dict[str, Any]:
    names = ("opens_at", "closes_at", "embargo_until", "gala_at")
    moments = {name: getattr(held, name) for name in names}
    return {name: year_later(at, held.timezone) if at else None for name, at in moments.items()}


def _copy_categories(held: Round, made: Round) -> None:
    categories = _copied(held.categories.order_by("pk"), round_id=made.pk)
    by_old = dict(categories)
    _copied_under(Rule.objects.filter(category__round=held), "category_id", by_old)
    _copied_under(Judging.objects.filter(category__round=held), "category_id", by_old)
    _copied_under(Prize.objects.filter(category__round=held), "category_id", by_old)
    sections = _copied_under(Section.objects.filter(category__round=held), "category_id", by_old)
    _copied_under(Question.objects.filter(section__category__round=held), "section_id", dict(sections))


def _copied(rows: Iterable[Category], **changes: Any) -> list[tuple[int, int]]:
    pairs = []
    for row in rows:
        old = row.pk
        fresh = _fresh(row, **changes)
        fresh.save(force_insert=True)
        pairs.append((old, fresh.pk))
    return pairs


def _copied_under(rows: Any, name: str, parents: dict[int, int]) -> list[tuple[int, int]]:
    originals = list(rows.order_by("pk"))
    olds = [row.pk for row in originals]
    made = rows.model.objects.bulk_create(_fresh(row, **{name: parents[getattr(row, name)]}) for row in originals)
    return list(zip(olds, (row.pk for row in made), strict=True))


def _fresh(row: Row, **changes: Any) -> Row:
    """A row of the same content that is not in the database yet."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}  # noqa: SLF001  Django's own name
    return type(row)(
        **{name: value for name, value in kept.items() if name not in ("created_at", "updated_at")} | changes
    )
