"""Categories of a round and their conditions; changed only while the round is prepared."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from qms.accounts.models import User
from qms.awards.domain.rounds import CategoryDraft, RuleDraft, said
from qms.awards.models import Category, Round, Rule
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from .naming import slug_of
from .ordering import change_places
from .rounds import held_round


@transaction.atomic
def add_category(found: Round, *, draft: CategoryDraft, by: User) -> Category:
    """A category after those that the round has; its form comes next."""
    held = _prepared(found)
    slugs = set(held.categories.values_list("slug", flat=True))
    category = Category(round=held, position=_next(held.categories), slug=slug_of(draft.titles, "category", slugs))
    _write(category, draft)
    record(category, "awards.add_category", by=by)
    return category


@transaction.atomic
def change_category(category: Category, *, draft: CategoryDraft, by: User) -> Category:
    """Save what stands on the form; the framework stays as long as the form follows its criteria."""
    held = _held(category)
    if held.framework_id != draft.framework and _follows_framework(held):
        raise Refused(
            gettext_noop(
                "The form of this category follows the criteria of its framework. Take those sections off first."
            )
        )
    _write(held, draft)
    record(held, "awards.change_category", by=by)
    return held


@transaction.atomic
def delete_category(category: Category, *, by: User) -> None:
    """Take the category out of the round, with its form and its conditions."""
    held = _held(category)
    record(held, "awards.delete_category", by=by)
    held.delete()


@transaction.atomic
def move_category(category: Category, *, up: bool, by: User) -> None:
    """Let the category change places with its neighbour."""
    held = _held(category)
    if change_places(Category.objects.filter(round=held.round_id), held.pk, up=up):
        record(held, "awards.change_category", by=by, moved=True)


@transaction.atomic
def add_rule(category: Category, *, draft: RuleDraft, by: User) -> Rule:
    """A condition after those that the category has."""
    held = _held(category)
    rule = Rule(category=held, position=_next(held.rules), kind=draft.kind)
    _write_rule(rule, draft)
    record(held, "awards.add_rule", by=by, condition=rule.title)
    return rule


@transaction.atomic
def change_rule(rule: Rule, *, draft: RuleDraft, by: User) -> Rule:
    """Save what stands on the form; a condition keeps its kind."""
    category = _held(rule.category)
    held = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    _write_rule(held, draft)
    record(category, "awards.change_rule", by=by, condition=held.title)
    return held


@transaction.atomic
def delete_rule(rule: Rule, *, by: User) -> None:
    """Take the condition off its category."""
    category = _held(rule.category)
    record(category, "awards.delete_rule", by=by, condition=rule.title)
    Rule.objects.filter(pk=rule.pk).delete()


def _prepared(found: Round) -> Round:
    held = held_round(found)
    if held.state != Round.State.DRAFT:
        raise Refused(gettext_noop("The round is announced. Its categories and conditions stay as they are."))
    return held


def _held(category: Category) -> Category:
    _prepared(category.round)
    return Category.objects.select_for_update(of=("self",)).get(pk=category.pk)


def _follows_framework(category: Category) -> bool:
    sections = category.sections
    return (
        sections.exclude(node="").exists()
        or sections.exclude(questions__node="").filter(questions__isnull=False).exists()
    )


def _next(rows: object) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]  # type: ignore[attr-defined]
    return (last or 0) + 1


def _write(category: Category, draft: CategoryDraft) -> None:
    category.titles, category.leads = said(draft.titles), said(draft.leads)
    category.framework_id = draft.framework
    category.max_pages, category.max_annexes = draft.max_pages, draft.max_annexes
    category.save()


def _write_rule(rule: Rule, draft: RuleDraft) -> None:
    rule.titles, rule.leads, rule.value = said(draft.titles), said(draft.leads), dict(draft.value)
    rule.save()
