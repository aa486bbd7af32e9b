"""Offers of study visits and the visits themselves, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from qms.exchange.domain.visiting import mean_of
from qms.exchange.models import VisitOffer, VisitRequest, VisitWord
from qms.goodpractices.models import PracticePage
from qms.offices.domain import roles
from qms.offices.models import Office, roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User

HOSTING, GOING, AROUND = "hosting", "going", "around"
OPEN = ("asked", "confirmed")
TAKING = ("asked", "confirmed", "reported")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of offers is narrowed to; nodes as framework:node, regions by code."""

    node: str = ""
    kind: str = ""
    region: str = ""
    online: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """Open offers, narrowed, and what they may be narrowed to."""

    rows: QuerySet[VisitOffer]
    nodes: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    regions: Mapping[str, str] = field(default_factory=dict)
    count: int = 0


def with_free(rows: QuerySet[VisitOffer]) -> Any:
    """The same offers, each with its office and with how many of its visits are still free."""
    taken = (
        VisitRequest.objects.filter(offer=OuterRef("pk"), status__in=TAKING)
        .order_by()
        .values("offer")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = rows.select_related("office__region").annotate(taken=Subquery(taken))
    return rows.annotate(is_full=Q(taken__isnull=False) & Q(taken__gte=F("allowed")))


def offers_open(asked: Asked, *, on: date) -> Offered:
    """The offers to which one may ask to come: those with free visits first, the newest first."""
    every = list(
        VisitOffer.objects.open(on)
        .filter(office__is_active=True)
        .select_related("office__region")
        .only("framework", "nodes", "online", "office__kind", "office__region")
    )
    kept = [one.pk for one in every if _fits(one, asked)]
    regions = {one.office.region.code: one.office.region.name for one in every}
    return Offered(
        rows=with_free(VisitOffer.objects.filter(pk__in=kept)).order_by("is_full", "-created_at", "-pk"),
        nodes=tuple(sorted({(one.framework, node) for one in every for node in one.nodes})),
        kinds=tuple(sorted({one.office.kind for one in every})),
        regions=dict(sorted(regions.items(), key=lambda pair: pair[1])),
        count=len(every),
    )


def offers_of(user: User) -> QuerySet[VisitOffer]:
    """The offers of the person's own offices, open ones first."""
    own = VisitOffer.objects.filter(office__in=roles_of(user).offices())
    return with_free(own).order_by(F("closed_at").asc(nulls_first=True), "-created_at", "-pk")


def _fits(offer: VisitOffer, asked: Asked) -> bool:
    nodes = {f"{offer.framework}:{node}" for node in offer.nodes}
    return (
        (not asked.node or asked.node in nodes)
        and (not asked.kind or asked.kind == offer.office.kind)
        and (not asked.region or asked.region == offer.office.region.code)
        and (not asked.online or offer.online)
    )


# --- Visits ----------------------------------------------------------------------------------------------------------


def visits_in(part: str, user: User) -> QuerySet[VisitRequest]:
    """The visits of one part of the list: those that come to us, those where we go, those in one's region."""
    held = roles_of(user)
    own = held.offices()
    seen = VisitRequest.objects.visible_to(user).select_related("offer__office__region", "office__region")
    if part == HOSTING:
        seen = seen.filter(offer__office__in=own)
    elif part == GOING:
        seen = seen.filter(office__in=own)
    is_open = Q(status__in=OPEN)
    return seen.annotate(is_open=is_open).order_by("-is_open", F("held_on").asc(nulls_first=True), "-pk")


def parts_of(user: User) -> dict[str, int]:
    """Which parts of the list this person has, with how many visits each holds."""
    held = roles_of(user)
    own = held.offices()
    counts: dict[str, Any] = VisitRequest.objects.visible_to(user).aggregate(
        hosting=Count("pk", filter=Q(offer__office__in=own)),
        going=Count("pk", filter=Q(office__in=own)),
        around=Count("pk"),
    )
    coordinates = held.has(roles.NATIONAL_COORDINATOR) or bool(held.regions)
    parts = [HOSTING, GOING] if own or not coordinates else []
    return {part: counts[part] for part in (*parts, *([AROUND] if coordinates else []))}


def visits_with_all() -> QuerySet[VisitRequest]:
    """Visits with what their pages ask for."""
    return VisitRequest.objects.select_related(
        "offer__office__region", "offer__contact", "office__region", "asked_by", "answered_by", "reported_by"
    )


def words_of(visit: VisitRequest) -> dict[str, VisitWord]:
    """What each side said afterwards, by side."""
    return {word.side: word for word in visit.words.select_related("by").order_by("pk")}


def open_visit_of(offer: VisitOffer, user: User) -> VisitRequest | None:
    """The request of one of the person's offices that is under way here."""
    own = roles_of(user).offices()
    return offer.requests.filter(office__in=own, status__in=OPEN).order_by("-pk").first()


def usefulness_of(offer: VisitOffer) -> tuple[Decimal, int] | None:
    """The mean of the guests' ratings and of how many; nothing under five."""
    words = VisitWord.objects.filter(request__offer=offer, side=VisitWord.Side.GUEST).order_by("pk")
    return mean_of(list(words.values_list("rating", flat=True)))


# --- Writing ---------------------------------------------------------------------------------------------------------


def practice_of(offer: VisitOffer) -> PracticePage | None:
    """The practice behind the offer, as long as everybody may read it."""
    practice: PracticePage | None = PracticePage.objects.published().filter(pk=offer.practice_id).first()
    return practice


def practices_to_show(office: Office) -> QuerySet[PracticePage]:
    """The office's published practices, which an offer may show."""
    rows: QuerySet[PracticePage] = PracticePage.objects.published().filter(office=office).order_by("title", "pk")
    return rows


def offices_to_ask(user: User, offer: VisitOffer) -> QuerySet[Office]:
    """The offices in whose name this person may ask to come: headed ones, except for the host's own."""
    headed = set(roles_of(user).offices(roles.QUALITY_LEAD, roles.DIRECTOR)) - {offer.office_id}
    asked = VisitRequest.objects.filter(offer=offer, office=OuterRef("pk"), status__in=OPEN)
    rows = Office.objects.active().filter(pk__in=headed).annotate(has_asked=Exists(asked))
    return rows.order_by("has_asked", "short_name", "pk")


def sides_left(visit: VisitRequest, mine: Iterable[str]) -> tuple[str, ...]:
    """Of these sides those that have not rated the visit yet."""
    said = set(visit.words.values_list("side", flat=True))
    return tuple(side for side in mine if side not in said)
