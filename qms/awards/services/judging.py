"""How a category is judged, and its prizes; changed only while the round is prepared."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from qms.accounts.models import User
from qms.awards.domain.judging import JudgingDraft, PrizeDraft
from qms.awards.domain.rounds import said
from qms.awards.models import Category, Judging, Prize, Round
from qms.awards.queries.rounds import panels_in_points
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from .ordering import change_places
from .rounds import held_round

FIXED = gettext_noop("The round is announced: judging and prizes stay as they are.")
SAME_NAME = gettext_noop("The category has a prize of this name already. Change how many of it there are, or its name.")


@transaction.atomic
def set_judging(category: Category, *, draft: JudgingDraft, by: User) -> Judging:
    """Save how the category is judged; the panel is one of its framework."""
    held = _held(category)
    if draft.panel not in panels_of(held):
        raise Refused(gettext_noop("The framework of this category has no such scoring panel."))
    judging, _made = Judging.objects.update_or_create(category=held, defaults=asdict(draft))
    record(held, "awards.set_judging", by=by)
    return judging


@transaction.atomic
def add_prize(category: Category, *, draft: PrizeDraft, by: User) -> Prize:
    """A prize after those that the category has."""
    held = _held(category)
    last: int | None = held.prizes.aggregate(last=Max("position"))["last"]
    prize = Prize(category=held, position=(last or 0) + 1)
    _write(prize, draft)
    record(held, "awards.add_prize", by=by, prize=prize.title)
    return prize


@transaction.atomic
def change_prize(prize: Prize, *, draft: PrizeDraft, by: User) -> Prize:
    """Save what stands on the form; the prize keeps its place."""
    category = _held(prize.category)
    held = Prize.objects.select_for_update(of=("self",)).get(pk=prize.pk)
    _write(held, draft)
    record(category, "awards.change_prize", by=by, prize=held.title)
    return held


@transaction.atomic
def delete_prize(prize: Prize, *, by: User) -> None:
    """Take a prize off its category."""
    category = _held(prize.category)
    record(category, "awards.delete_prize", by=by, prize=prize.title)
    Prize.objects.filter(pk=prize.pk).delete()


@transaction.atomic
def move_prize(prize: Prize, *, up: bool, by: User) -> None:
    """Let the prize change places with its neighbour: the highest stands first."""
    category = _held(prize.category)
    if change_places(Prize.objects.filter(category=category), prize.pk, up=up):
        record(category, "awards.change_prize", by=by, prize=prize.title)


def panels_of(category: Category) -> tuple[str, ...]:
    """The panels on which the category may be scored; where none goes from 0 to 100 sections get plain points."""
    return tuple(one.code for one in panels_in_points(category)) or ("",)


def _held(category: Category) -> Category:
    """The category while its round is held, so that nobody announces it at the same time."""
    if held_round(category.round).state != Round.State.DRAFT:
        raise Refused(FIXED)
    return Category.objects.select_related("framework").get(pk=category.pk)


def _write(prize: Prize, draft: PrizeDraft) -> None:
    titles = said(draft.titles)
    others = Prize.objects.filter(category=prize.category_id).exclude(pk=prize.pk)
    if any(titles.items() & other.titles.items() for other in others):
        raise Refused(SAME_NAME)
    prize.titles, prize.leads, prize.kind = titles, said(draft.leads), draft.kind
    prize.at_most, prize.from_points = draft.at_most, draft.from_points
    prize.save()
