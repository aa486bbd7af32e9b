"""What the pages of rounds read: rounds with own applications, counts by category, what hinders announcing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qms.awards.models import Application, Category, Judging, Prize, Programme, Question, Round, Rule, Section
from qms.awards.models.application import HEADS
from qms.awards.models.round import in_order
from qms.frameworks.domain.panel import Panel
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Region, roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User

CURRENT, PAST, DRAFTS = "", "past", "drafts"


@dataclass(frozen=True)
class CategoryRow:
    """One category as the page of its round shows it."""

    category: Category
    rules: tuple[Rule, ...]
    questions: int
    prizes: tuple[Prize, ...] = ()
    own: tuple[Application, ...] = ()
    can_begin: bool = False


@dataclass(frozen=True)
class CategoryCount:
    """How many applications a category has, by what became of them."""

    category: Category
    drafts: int
    submitted: int
    reopened: int
    withdrawn: int


def rounds_listed(user: User, at: datetime, kind: str) -> QuerySet[Round]:
    """The rounds of that kind that the person may see: current, past, or in preparation."""
    seen = Round.objects.visible_to(user).select_related("programme__region")
    if kind == DRAFTS:
        return seen.filter(state=Round.State.DRAFT).order_by("closes_at", "pk")
    over = Q(state=Round.State.FINISHED) | Q(closes_at__lte=at)
    announced = seen.exclude(state=Round.State.DRAFT)
    if kind == PAST:
        return announced.filter(over).order_by("-closes_at", "-pk")
    return announced.exclude(over).order_by("closes_at", "pk")


def programmes_run_by(user: User) -> QuerySet[Programme]:
    """The programmes that the person runs, those of the whole country first."""
    return Programme.objects.run_by(user).select_related("region").order_by("region__code", "pk")


def own_applications(user: User, rounds: Iterable[Round]) -> dict[int, list[Application]]:
    """The applications that the person may read in these rounds, by round."""
    found: dict[int, list[Application]] = {}
    rows = Application.objects.visible_to(user).filter(category__round__in=[one.pk for one in rounds])
    for one in rows.select_related("category", "office").order_by("office__short_name", "category__position", "pk"):
        found.setdefault(one.category.round_id, []).append(one)
    return found


def categories_of(found: Round, user: User, at: datetime) -> tuple[CategoryRow, ...]:
    """The categories of the round with their conditions, own applications, and whether one may be begun."""
    categories = in_order(found.categories.select_related("framework", "judging"))
    counted = list(categories.annotate(asked=Count("sections__questions")))
    own: dict[int, list[Application]] = {}
    for one in own_applications(user, [found]).get(found.pk, ()):
        own.setdefault(one.category_id, []).append(one)
    rules: dict[int, list[Rule]] = {}
    for rule in in_order(Rule.objects.filter(category__round=found)):
        rules.setdefault(rule.category_id, []).append(rule)
    prizes: dict[int, list[Prize]] = {}
    for prize in in_order(Prize.objects.filter(category__round=found)):
        prizes.setdefault(prize.category_id, []).append(prize)
    headed = set(roles_of(user).offices(*HEADS)) if found.receives(at) else set()
    return tuple(
        CategoryRow(
            category,
            tuple(rules.get(category.pk, ())),
            category.asked,
            tuple(prizes.get(category.pk, ())),
            tuple(own.get(category.pk, ())),
            can_begin=bool(headed - {one.office_id for one in own.get(category.pk, ())}),
        )
        for category in counted
    )


def counts_of(found: Round) -> tuple[CategoryCount, ...]:
    """How many applications each category has: numbers only, so they may be told before the closing."""

    def of(state: str) -> Count:
        return Count("applications", filter=Q(applications__state=state))

    states = {state.value: of(state.value) for state in Application.State}
    rows = in_order(found.categories.annotate(**{f"n_{state}": count for state, count in states.items()}))
    return tuple(CategoryCount(row, row.n_draft, row.n_submitted, row.n_reopened, row.n_withdrawn) for row in rows)


def hindrances_of(found: Round, at: datetime) -> tuple[Refused, ...]:
    """What is missing before the round can be announced, each as a sentence."""
    asked = Exists(Question.objects.filter(section__category=OuterRef("pk")))
    scored = Exists(Section.objects.filter(category=OuterRef("pk"), is_scored=True))
    rows = found.categories.select_related("framework", "judging").annotate(has_question=asked, has_score=scored)
    categories = list(in_order(rows))
    missing = []
    if not categories:
        missing.append(Refused(gettext_noop("Add at least one category.")))
    missing.extend(
        Refused(gettext_noop("The category “%(category)s” has no question yet."), category=one.title)
        for one in categories
        if not one.has_question
    )
    missing.extend(
        Refused(gettext_noop("The category “%(category)s” does not say yet how it is judged."), category=one.title)
        for one in categories
        if one.has_score and not is_judged(one)
    )
    if found.is_closed(at):
        missing.append(Refused(gettext_noop("The closing lies in the past. Choose a later one.")))
    return tuple(missing)


def is_judged(category: Category) -> bool:
    """Whether it is said how the category is judged, on a panel that its framework has."""
    judging: Judging | None = getattr(category, "judging", None)
    if judging is None or category.framework is None:
        return judging is not None
    return judging.panel in ({one.code for one in panels_in_points(category)} or {""})


def panels_in_points(category: Category) -> tuple[Panel, ...]:
    """The panels of the category's framework from which totals, thresholds and ties can be reckoned: 0 to 100."""
    panels = category.framework.tree().panels if category.framework else ()
    return tuple(one for one in panels if one.spans(0, 100))


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """The regions that conditions name, by the code that is written there."""
    wanted = {code: code.rpartition("-")[2] for code in codes}
    both = {*wanted, *(code.lower() for code in wanted), *wanted.values()}
    known = {region.code.lower(): region.name for region in Region.objects.filter(code__in=both)}
    return {code: known.get(code.lower()) or known.get(short, code) for code, short in wanted.items()}
