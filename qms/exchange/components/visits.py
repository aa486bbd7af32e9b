"""What pages show of study visits: offers as lines, visits as tables, how far each is and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.exchange.domain.visiting import days_ahead
from qms.exchange.models import VisitOffer, VisitRequest, VisitWord
from qms.ui import numbers
from qms.ui.components import DataTable, Link, State, Step, Steps
from qms.ui.components.part import StateKind

if TYPE_CHECKING:
    from decimal import Decimal

    from qms.goodpractices.queries.catalogue import Lexicon

Status = VisitRequest.Status
KINDS: dict[str, StateKind] = {
    Status.ASKED: "wait",
    Status.CONFIRMED: "going",
    Status.REPORTED: "done",
    Status.DECLINED: "",
    Status.CANCELLED: "",
}


def state_of(visit: VisitRequest) -> State:
    """How far a visit is."""
    return State(str(visit.get_status_display()), KINDS[visit.status])


def free_of(offer: Any) -> int:
    """How many of its visits are free; asked of an offer that was read with them."""
    return max(offer.allowed - (offer.taken or 0), 0)


def free_words(offer: Any) -> str:
    """How many visits are free, in words."""
    free = free_of(offer)
    if not free:
        return _("all visits are taken")
    return ngettext("%(count)s visit is free", "%(count)s visits are free", free) % {"count": free}


def guests_words(offer: VisitOffer) -> str:
    """How many may come at a time, in words."""
    return ngettext("%(count)s guest at a time", "%(count)s guests at a time", offer.people) % {"count": offer.people}


def offer_state(offer: Any, *, on: date) -> State:
    """Whether one may still ask."""
    if offer.closed_at is not None or (offer.open_until is not None and offer.open_until < on):
        return State(pgettext("offer", "Closed"))
    return State(_("All visits are taken"), "wait") if not free_of(offer) else State(pgettext("offer", "Open"), "going")


def is_asked_for(offer: Any, *, on: date) -> bool:
    """Whether a request would be let through."""
    is_over = offer.closed_at is not None or (offer.open_until is not None and offer.open_until < on)
    return not is_over and free_of(offer) > 0


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer in the list."""

    when: str
    more: str
    office: str
    title: str
    url: str
    nodes: str
    facts: str
    state: State | None
    ask_url: str


def offer_lines(
    offers: Iterable[VisitOffer], *, lexicon: Lexicon, on: date, asks: bool, own: Iterable[int] = ()
) -> tuple[OfferLine, ...]:
    """The offers as lines; where this person may ask, and it is not an own office, with the way to it."""
    mine = set(own)
    return tuple(_offer_line(one, lexicon=lexicon, on=on, asks=asks and one.office_id not in mine) for one in offers)


def _offer_line(offer: VisitOffer, *, lexicon: Lexicon, on: date, asks: bool) -> OfferLine:
    days = days_ahead(offer.days, on=on)
    state = offer_state(offer, on=on)
    facts = [guests_words(offer), free_words(offer)]
    if offer.online:
        facts.append(_("also by video"))
    return OfferLine(
        when=numbers.day(days[0]) if days else _("by arrangement"),
        more=_also(len(days) - 1),
        office=f"{offer.office.short_name}, {offer.office.region.name}",
        title=offer.title,
        url=reverse("exchange:offer", args=[offer.pk]),
        nodes=", ".join(node_words(offer, lexicon)),
        facts=", ".join(facts),
        state=state if state.kind != "going" else None,
        ask_url=reverse("exchange:visit-ask", args=[offer.pk]) if asks and is_asked_for(offer, on=on) else "",
    )


def _also(count: int) -> str:
    if count < 1:
        return ""
    return ngettext("and %(count)s other day", "and %(count)s other days", count) % {"count": count}


def node_words(offer: VisitOffer, lexicon: Lexicon) -> tuple[str, ...]:
    """The subcriteria of the offer with their names."""
    return tuple(f"{node} {lexicon.criterion(offer.framework, node)}".strip() for node in offer.nodes)


def node_choices(nodes: Iterable[tuple[str, str]], lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Subcriteria to choose from, with the framework where there are several."""
    nodes = tuple(nodes)
    several = len({framework for framework, _node in nodes}) > 1

    def words(framework: str, node: str) -> str:
        edition = lexicon.editions.get(framework)
        own = f" ({edition.short_in(get_language() or 'pl') if edition else framework})" if several else ""
        return f"{node} {lexicon.criterion(framework, node)}".strip() + own

    return tuple((f"{framework}:{node}", words(framework, node)) for framework, node in nodes)


# --- Visits ----------------------------------------------------------------------------------------------------------


def visits_table(caption: str, visits: Iterable[VisitRequest], *, host: bool = True, guest: bool = True) -> DataTable:
    """Visits, each with its two offices as far as they are asked for."""
    headers = [_("What is visited"), _("Host"), _("Guests"), _("Day"), _("State")]
    shown = [True, host, guest, True, True]
    rows = [tuple(cell for cell, is_shown in zip(_cells(visit), shown, strict=True) if is_shown) for visit in visits]
    return DataTable(
        caption,
        tuple(header for header, is_shown in zip(headers, shown, strict=True) if is_shown),
        tuple(rows),
        stack=True,
    )


def guests_table(caption: str, visits: Iterable[VisitRequest]) -> DataTable:
    """The visits to one offer: who has asked, for which day, how far it is."""
    rows = (
        (
            Link(visit.office.short_name, reverse("exchange:visit", args=[visit.pk])),
            visit.office.region.name,
            day_words(visit),
            state_of(visit),
        )
        for visit in visits
    )
    return DataTable(caption, (_("Guests"), _("Region"), _("Day"), _("State")), tuple(rows), stack=True)


def _cells(visit: VisitRequest) -> tuple[object, ...]:
    title = Link(visit.offer.title, reverse("exchange:visit", args=[visit.pk]))
    return title, visit.offer.office.short_name, visit.office.short_name, day_words(visit), state_of(visit)


def day_words(visit: VisitRequest) -> str:
    """The day of the visit, else the one that the guests would like."""
    if visit.held_on is not None:
        return numbers.day(visit.held_on)
    if visit.wished_on is not None:
        return _("wished: %(day)s") % {"day": numbers.day(visit.wished_on)}
    return _("by arrangement")


def is_on(visit: VisitRequest) -> bool:
    """Whether it has a day that both sides know."""
    return visit.status in (Status.CONFIRMED, Status.REPORTED) and visit.held_on is not None


def is_over(visit: VisitRequest, *, on: date) -> bool:
    """Whether its day has come, so that one may tell of it."""
    return is_on(visit) and visit.held_on is not None and visit.held_on <= on


def way_of(visit: VisitRequest, words: Mapping[str, VisitWord], *, on: date) -> Steps:
    """The way of a visit and where it stands; nothing lies ahead of one that does not take place."""
    asked = Step(_("Asked"), numbers.day(visit.created_at), "past")
    if visit.status in (Status.DECLINED, Status.CANCELLED):
        return Steps((asked, Step(str(visit.get_status_display()), numbers.day(visit.updated_at), "now")), across=True)
    confirmed = visit.status in (Status.CONFIRMED, Status.REPORTED)
    is_past = confirmed and visit.held_on is not None and visit.held_on <= on
    is_rated = len(words) == len(VisitWord.Side.values)
    done = (confirmed, is_past, visit.status == Status.REPORTED, is_rated)
    titles = (_("Confirmed"), _("Visit"), _("Report"), _("Both sides rate it"))
    notes = ("", numbers.day(visit.held_on) if confirmed else "", "", "")
    stages: list[Any] = ["past" if one else "next" for one in done]
    if False in done:
        stages[done.index(False)] = "now"
    steps = (Step(title, note, stage) for title, note, stage in zip(titles, notes, stages, strict=True))
    return Steps((asked, *steps), across=True)


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said after the visit."""

    office: str
    rating: str
    words: str


def said_of(visit: VisitRequest, words: Mapping[str, VisitWord]) -> tuple[Said, ...]:
    """Both sides' ratings; what is still awaited says so."""
    sides = ((VisitWord.Side.GUEST, visit.office), (VisitWord.Side.HOST, visit.offer.office))
    return tuple(
        Said(
            f"{office.short_name} ({side.label})",
            _("%(rating)s of 5") % {"rating": words[side].rating} if side in words else _("not rated yet"),
            words[side].words if side in words else "",
        )
        for side, office in sides
    )


def usefulness_words(mean: tuple[Decimal, int] | None) -> str:
    """What guests think of it, in words; nothing while too few have said it."""
    if mean is None:
        return ""
    value, count = mean
    return _("%(mean)s of 5, the mean of %(count)s guest offices") % {"mean": numbers.figure(value, 1), "count": count}
