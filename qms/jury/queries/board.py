"""What the board of a category shows: who scores what, how far it is, and numbers once they are revealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from qms.awards.models import Application, Category, Judging
from qms.jury.domain.ranking import Entry, Severity, placed, severity
from qms.jury.models import Agreed, Ballot, Exclusion, Juror, Mark, Phase

from . import access

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

PAGE_SIZE = 50
Show = Literal["", "talk", "open"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a juror was asked for and how far it is; a total only once it is revealed."""

    application: int
    juror: int
    is_in: bool
    is_begun: bool
    total: Decimal | None
    # Added after the numbers of the application had been open.
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands, in one row."""

    application: int
    number: str
    office: str
    ballots: int
    handed_in: int
    is_revealed: bool
    total: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    median: Decimal | None
    needs_talk: bool
    excluded: int
    # By how many it is judged where too few could be found; 0: not judged.
    stated: int | None = None

    @property
    def is_out(self) -> bool:
        """Whether nobody judges it."""
        return self.stated == 0


@dataclass(frozen=True, slots=True)
class Line:
    """One application of the board."""

    standing: Standing
    given: Mapping[int, Given]
    excluded: Mapping[int, Exclusion]
    is_agreed: bool


@dataclass(frozen=True)
class Board:
    """Everything on the page of the board."""

    seats: tuple[Juror, ...]
    standings: tuple[Standing, ...]
    given: tuple[Given, ...]
    page: Page[Standing]
    lines: tuple[Line, ...]
    severity: Mapping[int, Severity]
    tied: int


def judging_of(category: Category) -> Judging:
    """How the category is judged; where nothing was announced, only what lies wholly apart is marked."""
    found: Judging | None = getattr(category, "judging", None)
    return found or Judging(category=category, talk_above=Decimal(100), far_from_median=Decimal(100))


def scope_of(category: Category, user: User | AnonymousUser, at: datetime, *, runs: bool) -> QuerySet[Application]:
    """The applications on the board: all that were received, or for a juror those that are open now."""
    rows = access.run_by(user, at) if runs else access.open_to(user, at)
    return rows.filter(category=category).select_related(None)


def phases_of(category: Category) -> list[Phase]:
    """The phases of its round, in time."""
    return list(Phase.objects.filter(round=category.round_id).order_by("starts_at"))


def running(phases: Iterable[Phase], at: datetime) -> Phase | None:
    """The phase that runs now."""
    return next((one for one in phases if one.starts_at <= at < one.ends_at), None)


def sits_in(user: User | AnonymousUser, category: Category) -> bool:
    """Whether the person is in the pool of the category and has promised to judge impartially."""
    return access.seats_of(user).filter(categories=category, accepted_at__isnull=False).exists()


def seats_in(category: Category) -> tuple[Juror, ...]:
    """The jurors in the pool of the category, by their number."""
    return tuple(Juror.objects.seated().filter(categories=category).select_related("user").order_by("number"))


def board_of(scope: QuerySet[Application], category: Category, *, show: Show, page: str | None) -> Board:
    """The board over these applications: the highest total first, then those that are not revealed yet."""
    standings = _standings(scope)
    shown = Paginator([one for one in standings if _is_shown(one, show)], PAGE_SIZE).get_page(page)
    given = _given(scope)
    return Board(
        seats=_seats(category, given),
        standings=standings,
        given=given,
        page=shown,
        lines=_lines(list(shown), given),
        severity=severity(_revealed(given)),
        tied=_tied(standings, judging_of(category)),
    )


def _seats(category: Category, given: Iterable[Given]) -> tuple[Juror, ...]:
    """The pool, and who left it after the jury had decided: those ballots count."""
    asked = {one.juror for one in given}
    rows = Juror.objects.filter(Q(left_at__isnull=True, categories=category) | Q(pk__in=asked)).distinct()
    return tuple(rows.select_related("user").order_by("number"))


def _standings(scope: QuerySet[Application]) -> tuple[Standing, ...]:
    order = (F("standing__total").desc(nulls_last=True), "number", "pk")
    fields = ("ballots", "handed_in", "is_revealed", "total", "lowest", "highest", "median", "needs_talk")
    rows = scope.order_by(*order).annotate(out=Count("exclusions__juror", distinct=True))
    found = rows.values_list(
        "pk", "number", "office__short_name", "out", "shortage__jurors", *(f"standing__{name}" for name in fields)
    )
    return tuple(
        Standing(
            application=pk,
            number=number,
            office=office,
            ballots=ballots or 0,
            handed_in=handed_in or 0,
            is_revealed=bool(revealed),
            total=total,
            lowest=lowest,
            highest=highest,
            median=median,
            needs_talk=bool(talk),
            excluded=out,
            stated=stated,
        )
        for pk, number, office, out, stated, ballots, handed_in, revealed, total, lowest, highest, median, talk in found
    )


def _is_shown(one: Standing, show: Show) -> bool:
    return one.needs_talk if show == "talk" else not (show == "open" and (one.is_revealed or one.is_out))


def _given(scope: QuerySet[Application]) -> tuple[Given, ...]:
    """All ballots that count; what is not revealed does not leave the database."""
    handed_in = Q(state=Ballot.State.HANDED_IN)
    rows = Ballot.objects.counting().filter(application__in=scope.values("pk"))
    rows = rows.annotate(
        is_begun=handed_in | Exists(Mark.objects.filter(ballot=OuterRef("pk"))),
        shown=Case(When(handed_in & Q(application__standing__is_revealed=True), then=F("total"))),
    )
    found = rows.values_list("application", "juror", "state", "is_begun", "shown", "late_reason")
    return tuple(
        Given(application, juror, state == Ballot.State.HANDED_IN, begun, total, bool(late))
        for application, juror, state, begun, total, late in found
    )


def _revealed(given: Iterable[Given]) -> dict[int, dict[int, Decimal]]:
    totals: dict[int, dict[int, Decimal]] = {}
    for one in given:
        if one.total is not None:
            totals.setdefault(one.application, {})[one.juror] = one.total
    return totals


def _lines(standings: Sequence[Standing], given: Iterable[Given]) -> tuple[Line, ...]:
    keys = [one.application for one in standings]
    ballots: dict[int, dict[int, Given]] = {key: {} for key in keys}
    for one in given:
        if one.application in ballots:
            ballots[one.application][one.juror] = one
    excluded: dict[int, dict[int, Exclusion]] = {key: {} for key in keys}
    for row in Exclusion.objects.filter(application__in=keys).order_by("-made_at", "-pk"):
        excluded[row.application_id][row.juror_id] = row
    agreed = set(Agreed.objects.holding().filter(application__in=keys).values_list("application", flat=True))
    return tuple(
        Line(one, ballots[one.application], excluded[one.application], one.application in agreed) for one in standings
    )


def _tied(standings: Iterable[Standing], judging: Judging) -> int:
    """How many lie too close to another to tell them apart."""
    entries = [Entry(one.application, one.total) for one in standings]
    return sum(bool(place.close_to) for place in placed(entries, judging.tie_below))
