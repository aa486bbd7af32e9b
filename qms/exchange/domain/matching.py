"""Matching: which practices, and which visits, fit which weak point of which office.

    fit = need × strength × similarity × willingness × load

Each factor lies above 0 and at most at 1 and is rounded to thousandths before they are multiplied, so that anybody can
reckon the fit again from what the page shows.

need         which share of the scale is still missing: (highest − score) / (highest − lowest), at least 0.01.
strength     what is known of the practice: proven 1, told by the office 0.7, not measured 0.4. Where offices that took
             it over measured, half of what is missing to 1 times the share of those that improved is added; then, where
             the host shows by name a score above the middle of the scale, half of what is still missing times the
             host's share of the scale. A practice filed under a neighbouring subcriterion of the same criterion counts
             half; so does one that must be translated first, because nobody has written it in the office's language.
similarity   `similarity_of`: same kind of office, size, client groups.
willingness  1 where the host takes visitors to see it, 0.8 where the practice names a contact, else 0.5.
load         which share of its visits the host still has to give, at least 0.2; 1 where it offers none, for reading
             burdens nobody.

The weights are this platform's own rule. Nothing depends on the order of what comes in: of equal fits the smaller key
comes first. An office's own practices, those it set aside for this subcriterion and those it took over never come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from qms.exchange.domain.similarity import PLACES, Place, similarity_of

ONE = Decimal(1)
HALF = Decimal("0.5")
EFFECTS = {"proven": ONE, "told": Decimal("0.7"), "none": Decimal("0.4")}
LEAST_NEED = Decimal("0.01")
LEAST_LOAD = Decimal("0.2")
CONTACT = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Scale:
    """From the lowest to the highest score."""

    lowest: int
    highest: int

    @property
    def middle(self) -> Decimal:
        """The middle of the scale: whoever lies above it is strong."""
        return Decimal(self.lowest + self.highest) / 2

    def share(self, score: Decimal) -> Decimal:
        """How much of the scale a score reaches, from 0 to 1."""
        return (score - self.lowest) / (self.highest - self.lowest)


@dataclass(frozen=True, slots=True)
class Need:
    """A weak point of an office."""

    office: int
    node: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice as matching sees it; `office` is the one whose it is."""

    key: str
    office: int
    nodes: frozenset[str] = frozenset()
    clients: frozenset[str] = frozenset()
    effect: str = "none"
    adopted: int = 0
    measured: int = 0
    improved: int = 0
    has_contact: bool = False
    languages: frozenset[str] = frozenset()

    def is_foreign(self, reader: Place) -> bool:
        """Whether nobody has written it in the language of this office."""
        return bool(self.languages and reader.language) and reader.language not in self.languages


@dataclass(frozen=True, slots=True)
class Offer:
    """An open offer of a study visit, and how many visits are left of those it takes on."""

    key: int
    office: int
    nodes: frozenset[str] = frozenset()
    practice: str = ""
    allowed: int = 1
    free: int = 1

    def shows(self, practice: Practice, node: str) -> bool:
        """Whether visitors would see this practice: it is named, or the offer names none and is on this node."""
        if self.office != practice.office:
            return False
        return self.practice == practice.key if self.practice else node in self.nodes


@dataclass(frozen=True, slots=True)
class Fit:
    """The five factors and their product."""

    total: Decimal
    need: Decimal
    strength: Decimal
    similarity: Decimal
    willingness: Decimal
    load: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A practice for a weak point, and the visit on which it can be seen, if one is left for this office.

    `beside` is the neighbouring subcriterion under which the practice is filed; empty where it is filed right here.
    `is_foreign` where it must be translated first.
    """

    practice: str
    host: int
    fit: Fit
    beside: str = ""
    is_foreign: bool = False
    offer: int | None = None

    @property
    def order(self) -> tuple[int, Decimal, str]:
        """What comes first: filed right here and readable, then the better fit, then the smaller key."""
        return bool(self.beside) + self.is_foreign, -self.fit.total, self.practice


@dataclass(frozen=True)
class Market:
    """All that matching knows.

    `criteria` names the criterion of each node; `shown` are scores above the middle that their offices show by name;
    `adopted` and `dismissed` are what is never proposed: (office, practice) and (office, practice, node); `guests`
    have asked for a visit already or been there, by (offer, office), True while it is still to come.
    """

    scale: Scale
    places: Mapping[int, Place]
    practices: tuple[Practice, ...] = ()
    offers: tuple[Offer, ...] = ()
    criteria: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    adopted: frozenset[tuple[int, str]] = frozenset()
    dismissed: frozenset[tuple[int, str, str]] = frozenset()
    guests: Mapping[tuple[int, int], bool] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[str, Practice]:
        """The practices by their keys."""
        return {practice.key: practice for practice in self.practices}

    @cached_property
    def filed(self) -> Mapping[str, tuple[Practice, ...]]:
        """The practices filed under each node, by their keys."""
        found: dict[str, list[Practice]] = defaultdict(list)
        for practice in sorted(self.practices, key=lambda one: one.key):
            for node in practice.nodes:
                found[node].append(practice)
        return {node: tuple(rows) for node, rows in found.items()}

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """The other nodes of the same criterion, in alphabetical order."""
        together: dict[str, list[str]] = defaultdict(list)
        for node in sorted(self.criteria):
            together[self.criteria[node]].append(node)
        return {node: tuple(one for one in together[top] if one != node) for node, top in self.criteria.items()}

    @cached_property
    def hosted(self) -> Mapping[int, tuple[Offer, ...]]:
        """The offers of each office, by their keys."""
        found: dict[int, list[Offer]] = defaultdict(list)
        for offer in sorted(self.offers, key=lambda one: one.key):
            found[offer.office].append(offer)
        return {office: tuple(rows) for office, rows in found.items()}

    @cached_property
    def loads(self) -> Mapping[int, Decimal]:
        """The load factor of every office that offers visits."""
        return {office: load_of(rows) for office, rows in self.hosted.items()}

    def place_of(self, office: int) -> Place:
        """The office, or one of which nothing is known."""
        return self.places.get(office) or Place(office, "")

    def may_propose(self, practice: Practice, office: int, node: str) -> bool:
        """Whether it is another office's, was not taken over, and was not set aside."""
        return (
            practice.office != office
            and (office, practice.key) not in self.adopted
            and (office, practice.key, node) not in self.dismissed
        )


def proposals_of(market: Market, needs: Iterable[Need], *, each: int) -> dict[tuple[int, str], tuple[Proposal, ...]]:
    """For every weak point, by (office, node), the best practices, at most `each`; visits are left to `invited_to`.

    An office is proposed a practice once, for the weakest of the points for which it is among the best.
    """
    reckoner = _Reckoner(market)
    proposals: dict[tuple[int, str], tuple[Proposal, ...]] = {}
    taken: dict[int, set[str]] = defaultdict(set)
    for need in sorted(needs, key=lambda one: (one.office, one.score, one.node)):
        best = reckoner.best(need, each, without=taken[need.office])
        taken[need.office].update(one.practice for one in best)
        proposals[need.office, need.node] = best
    return proposals


def need_of(scale: Scale, score: Decimal) -> Decimal:
    """Which share of the scale is still missing."""
    return max(LEAST_NEED, ONE - scale.share(score)).quantize(PLACES)


def strength_of(practice: Practice, host_share: Decimal | None = None, *, halved: int = 0) -> Decimal:
    """What is known of the practice: its effect, what others measured, and how strong its office is here.

    It counts half as often as `halved` tells: for a neighbouring subcriterion, for a language to translate from.
    """
    strength = EFFECTS.get(practice.effect, EFFECTS["none"])
    if practice.measured:
        strength += (ONE - strength) * HALF * practice.improved / practice.measured
    if host_share is not None:
        strength += (ONE - strength) * HALF * host_share
    return (strength * HALF**halved).quantize(PLACES)


def load_of(offers: Iterable[Offer]) -> Decimal:
    """Which share of its visits a host still has to give; 1 where it offers none."""
    rows = tuple(offers)
    allowed = sum(offer.allowed for offer in rows)
    if not allowed:
        return ONE
    free = sum(max(0, offer.free) for offer in rows)
    return max(LEAST_LOAD, Decimal(free) / allowed).quantize(PLACES)


def fit_of(need: Decimal, strength: Decimal, similarity: Decimal, willingness: Decimal, load: Decimal) -> Fit:
    """The product of the five factors, with six decimal places."""
    total = need * strength * similarity * willingness * load
    return Fit(total.quantize(Decimal("0.000001")), need, strength, similarity, willingness, load)


class _Reckoner:
    """Reckons each factor once for all weak points that share it."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._strengths: dict[tuple[str, str, int], Decimal] = {}
        self._willing: dict[tuple[str, str], Decimal] = {}
        self._alike: dict[tuple[str, int | None, str], Decimal] = {}

    def best(self, need: Need, each: int, *, without: Collection[str] = ()) -> tuple[Proposal, ...]:
        """The best fits; those of neighbouring subcriteria and those to translate only fill up."""
        rows = [row for row in self._rows(need, need.node) if row.practice not in without]
        if sum(not row.is_foreign for row in rows) < each:
            taken = {row.practice for row in rows} | set(without)
            for node in self.market.neighbours.get(need.node, ()):
                more = [row for row in self._rows(need, node) if row.practice not in taken]
                taken.update(row.practice for row in more)
                rows += more
        return tuple(sorted(rows, key=lambda row: row.order)[:each])

    def _rows(self, need: Need, node: str) -> Iterator[Proposal]:
        missing, own = need_of(self.market.scale, need.score), self.market.place_of(need.office)
        beside = node if node != need.node else ""
        for practice in self.market.filed.get(node, ()):
            if self.market.may_propose(practice, need.office, need.node):
                is_foreign = practice.is_foreign(own)
                fit = fit_of(
                    missing,
                    self._strength(practice, need.node, halved=bool(beside) + is_foreign),
                    self._similarity(own, practice),
                    self._willingness(practice, need.node),
                    self.market.loads.get(practice.office, ONE),
                )
                yield Proposal(practice.key, practice.office, fit, beside, is_foreign)

    def _strength(self, practice: Practice, node: str, *, halved: int) -> Decimal:
        key = (practice.key, node, halved)
        if key not in self._strengths:
            score = self.market.shown.get((practice.office, node))
            share = None if score is None else self.market.scale.share(score)
            self._strengths[key] = strength_of(practice, share, halved=halved)
        return self._strengths[key]

    def _similarity(self, own: Place, practice: Practice) -> Decimal:
        key = (own.kind, own.staff, practice.key)
        if key not in self._alike:
            host = self.market.place_of(practice.office)
            self._alike[key] = similarity_of(own, host, practice.clients)
        return self._alike[key]

    def _willingness(self, practice: Practice, node: str) -> Decimal:
        key = (practice.key, node)
        if key not in self._willing:
            offers = self.market.hosted.get(practice.office, ())
            hosts = any(offer.free > 0 and offer.shows(practice, node) for offer in offers)
            self._willing[key] = ONE if hosts else CONTACT if practice.has_contact else HALF
        return self._willing[key]
