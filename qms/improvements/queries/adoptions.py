"""What became of practices where other offices took them over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qms.goodpractices.models import PracticePage
from qms.improvements.models import Action, Effect, Plan
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.stats.disclosure import may_show

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.offices.models import Office

Verdict = Effect.Verdict
JUDGED = (Verdict.IMPROVED, Verdict.NO_CHANGE, Verdict.WORSE)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one office measured after taking the practice over; nothing in it says which office it is."""

    indicator: str
    unit: str
    better: str
    verdict: str
    difference: Decimal
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Adoption:
    """How many offices took the practice over, how many of them measured, and how many of those improved."""

    offices: int = 0
    measured: int = 0
    improved: int = 0
    rows: tuple[Measured, ...] = field(default=())

    def comparable(self, indicator: str, unit: str) -> tuple[Measured, ...]:
        """The changes of those who measured the same; nothing while they are fewer than five."""
        same = tuple(one for one in self.rows if (one.indicator, one.unit) == (indicator, unit))
        return same if may_show(len(same)) else ()


NOBODY = Adoption()


def adoption_of(practice: PracticePage) -> Adoption:
    """What became of one practice elsewhere, in whichever language it was read."""
    return adoptions_of([practice.pk]).get(practice.pk, NOBODY)


def adoptions_of(pks: Iterable[int]) -> Mapping[int, Adoption]:
    """The same for many practices, in two queries; practices that nobody took over are left out."""
    keys = dict(PracticePage.objects.filter(pk__in=tuple(pks)).values_list("pk", "translation_key"))
    rows: dict[Any, dict[int, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    if keys:
        taken = adoptions().filter(practice__translation_key__in=set(keys.values())).order_by("effect__stated_at", "pk")
        for key, office, *effect in taken.values_list(
            "practice__translation_key",
            "plan__office_id",
            "effect__verdict",
            "effect__difference",
            "effect__low",
            "effect__high",
            "effect__indicator__title",
            "effect__indicator__unit",
            "effect__indicator__better",
        ):
            rows[key][office].append(tuple(effect))
    return {pk: _adoption(rows[key]) for pk, key in keys.items() if key in rows}


def counts_of(pks: Sequence[int]) -> Mapping[int, int]:
    """By how many offices each of these practices was taken over, for the order of a list."""
    return {pk: one.offices for pk, one in adoptions_of(pks).items()}


def adoptions() -> QuerySet[Action]:
    """Actions that take a practice over and were not stopped."""
    return Action.objects.filter(practice__isnull=False).exclude(status=Action.Status.STOPPED)


def open_adoption(practice: PracticePage, offices: Iterable[Office | int]) -> Action | None:
    """The action by which one of these offices takes the practice over in a plan that is still open."""
    taken = adoptions().filter(practice__translation_key=practice.translation_key, plan__office__in=list(offices))
    return taken.exclude(plan__stage=Plan.Stage.CLOSED).select_related("plan__office").order_by("pk").first()


def source_of(action: Action) -> PracticePage | None:
    """The practice that the action takes over, while its page can be read."""
    if action.practice_id is None:
        return None
    live: Any = PracticePage.objects.live().filter(pk=action.practice_id, withheld_at__isnull=True)
    return live.defer_streamfields().first()  # type: ignore[no-any-return]


def shared_by(office: Office) -> QuerySet[PracticePage]:
    """The office's practices in the library, newest first."""
    published: Any = PracticePage.objects.published()
    return published.filter(office=office).order_by("-first_published_at", "-pk")  # type: ignore[no-any-return]


def adopted_by(office: Office, user: Any) -> QuerySet[Action]:
    """The actions by which the office takes practices over, newest first; a stranger sees those of approved plans."""
    plans = Plan.objects.filter(office=office)
    approved = plans.exclude(stage__in=(Plan.Stage.DRAFT, Plan.Stage.APPROVAL))
    seen = approved | plans.filter(pk__in=Plan.objects.visible_to(user).values("pk"))
    open_ones = adoptions().filter(practice__live=True, practice__withheld_at__isnull=True)
    shown = open_ones.filter(plan__in=seen.values("pk"))
    return shown.select_related("practice__office", "plan", "effect").order_by("-pk")


def _adoption(by_office: Mapping[int, list[tuple[Any, ...]]]) -> Adoption:
    """One row for each office: its latest measured effect."""
    latest = [judged[-1] for rows in by_office.values() if (judged := [row for row in rows if row[0] in JUDGED])]
    measured = [
        Measured(title or "", unit or "", better or "higher", verdict, difference, low, high)
        for verdict, difference, low, high, title, unit, better in latest
        if difference is not None
    ]
    return Adoption(
        offices=len(by_office),
        measured=len(latest),
        improved=sum(row[0] == Verdict.IMPROVED for row in latest),
        rows=tuple(sorted(measured, key=best_first)),
    )


def best_first(row: Measured) -> Decimal:
    """What sorts changes so that the best stands first, whichever way is better."""
    return row.difference if row.better == "lower" else -row.difference


def plans_to_adopt_into(user: Any) -> list[Plan]:
    """The open plans of the offices whose quality the person leads, the newest first."""
    led = roles_of(user).offices(roles.QUALITY_LEAD)
    return list(Plan.objects.running().filter(office__in=led).select_related("office").order_by("-year", "-pk"))
