"""Inviting: to which offices a host's few visits are proposed, so that no host is asked more often than it allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from qms.exchange.domain.matching import EFFECTS, ONE, Market, Need, Offer, Proposal, fit_of, need_of
from qms.exchange.domain.similarity import similarity_of

Proposals = Mapping[tuple[int, str], tuple[Proposal, ...]]
Wishes = dict[int, dict[int, Decimal]]  # how well each offer fits each office that it may be proposed to


def invited_to(market: Market, needs: Iterable[Need], proposals: Proposals) -> dict[int, frozenset[int]]:
    """Which offices each offer is proposed to: the best fits, at most as many as it has visits left.

    An offer fits an office as well as the best of the office's proposed practices that it shows; an offer on a weak
    point without such a practice counts like a practice of which nothing was measured. Who has asked already keeps
    the offer and takes no place twice; who has been there is not invited again.
    """
    wishes = _wishes(market, needs, proposals)
    return {
        offer.key: _first(wishes[offer.key], max(0, offer.free)) | _coming(market, offer)
        for offer in market.offers
        if offer.key in wishes or _coming(market, offer)
    }


def with_visits(market: Market, proposals: Proposals, invited: Mapping[int, frozenset[int]]) -> Proposals:
    """The same proposals with the visit on which each practice can be seen."""
    return {
        (office, node): tuple(replace(one, offer=_offer_for(market, one, office, node, invited)) for one in rows)
        for (office, node), rows in proposals.items()
    }


def _wishes(market: Market, needs: Iterable[Need], proposals: Proposals) -> Wishes:
    wishes: Wishes = defaultdict(dict)
    on_nodes = _on_nodes(market)
    for need in needs:
        for one in proposals.get((need.office, need.node), ()):
            for offer in _showing(market, one, need.node):
                _wish(market, wishes, offer, need.office, one.fit.total)
        for offer in on_nodes.get(need.node, ()):
            if _is_welcome(market, offer, need):
                _wish(market, wishes, offer, need.office, _bare_fit(market, offer, need))
    return wishes


def _showing(market: Market, one: Proposal, node: str) -> list[Offer]:
    practice = market.known[one.practice]
    return [offer for offer in market.hosted.get(one.host, ()) if offer.shows(practice, node)]


def _is_welcome(market: Market, offer: Offer, need: Need) -> bool:
    """Whether the practice that the offer names, if any, may be proposed to that office."""
    practice = market.known.get(offer.practice)
    return practice is None or market.may_propose(practice, need.office, need.node)


def _on_nodes(market: Market) -> dict[str, list[Offer]]:
    found: dict[str, list[Offer]] = defaultdict(list)
    for offer in market.offers:
        for node in offer.nodes:
            found[node].append(offer)
    return found


def _wish(market: Market, wishes: Wishes, offer: Offer, office: int, fit: Decimal) -> None:
    """Note the better fit; the host itself and those who asked or came already wish for nothing."""
    if office != offer.office and (offer.key, office) not in market.guests:
        row = wishes[offer.key]
        row[office] = max(row.get(office, fit), fit)


def _bare_fit(market: Market, offer: Offer, need: Need) -> Decimal:
    alike = similarity_of(market.place_of(need.office), market.place_of(offer.office), ())
    return fit_of(
        need_of(market.scale, need.score), EFFECTS["none"], alike, ONE, market.loads.get(offer.office, ONE)
    ).total


def _first(row: Mapping[int, Decimal], places: int) -> frozenset[int]:
    return frozenset(sorted(row, key=lambda office: (-row[office], office))[:places])


def _coming(market: Market, offer: Offer) -> frozenset[int]:
    return frozenset(office for (key, office), still in market.guests.items() if key == offer.key and still)


def _offer_for(
    market: Market, one: Proposal, office: int, node: str, invited: Mapping[int, frozenset[int]]
) -> int | None:
    return next((offer.key for offer in _showing(market, one, node) if office in invited.get(offer.key, ())), None)
