"""What a built page may show at this moment: all that its blocks name, looked up anew each time it is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import get_language

from qms.exchange.models import Dismissal, HelpRequest, Presentation, Release, Seminar, VisitOffer, VisitRequest
from qms.goodpractices.models import PracticePage, Question
from qms.improvements.queries.adoptions import adoptions
from qms.offices.models import Office

from .calls import CallRow, calls_of, node_titles
from .experiences import ExperienceRow, experiences_of
from .naming import named_now
from .visits import with_free

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qms.exchange.domain.mentions import Mentions, NodePair

UNDER_WAY = (VisitRequest.Status.ASKED, VisitRequest.Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Own:
    """What the office of the page did with what is proposed to it."""

    set_aside: frozenset[tuple[str, str, str]] = frozenset()
    taken_over: frozenset[str] = frozenset()
    visits: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """All that may be shown now, by key; what is missing here is not shown."""

    practices: Mapping[str, PracticePage] = field(default_factory=dict)
    named: frozenset[int] = frozenset()
    offices: Mapping[int, Office] = field(default_factory=dict)
    offers: Mapping[int, VisitOffer] = field(default_factory=dict)
    calls: Mapping[int, CallRow] = field(default_factory=dict)
    seminars: Mapping[int, Seminar] = field(default_factory=dict)
    questions: Mapping[int, Question] = field(default_factory=dict)
    withdrawn: frozenset[int] = frozenset()
    experiences: Mapping[int, ExperienceRow] = field(default_factory=dict)
    titles: Mapping[NodePair, str] = field(default_factory=dict)
    own: Own = field(default_factory=Own)

    def title_of(self, framework: str, node: str) -> str:
        """What the subcriterion is called in the reader's language."""
        return self.titles.get((framework, node), "")


def shown(mentions: Mentions, *, on: date, office: Office | None = None) -> Shown:
    """What of all that is mentioned may be shown now; with an office also what it did with it.

    As many queries for many keys as for few.
    """
    questions = _questions(mentions.questions)
    own = _own(office, mentions) if office is not None else Own()
    calls = calls_of(mentions.calls)
    return Shown(
        practices=practices_in_library(mentions.practices),
        named=named_now(mentions.assessments),
        offices=Office.objects.select_related("region").in_bulk(mentions.offices),
        offers=_offers(mentions.offers, on=on, visited=own.visits),
        calls={row.pk: row for row in calls},
        seminars=_seminars(mentions.seminars),
        questions=questions,
        withdrawn=_withdrawn(mentions.releases),
        experiences={row.pk: row for row in experiences_of(mentions.experiences)},
        titles=node_titles(mentions.nodes) if mentions.nodes else {},
        own=own,
    )


def practices_in_library(keys: Iterable[str]) -> dict[str, PracticePage]:
    """Published practices by the key of all their languages: in the reader's where there is one, else the original."""
    wanted = tuple(keys)
    if not wanted:
        return {}
    published: Any = PracticePage.objects.published().filter(translation_key__in=wanted, withheld_at__isnull=True)
    rows = published.select_related("office__region", "locale").defer_streamfields().prefetch_related("results")
    found: dict[str, PracticePage] = {}
    for page in rows.order_by("pk"):
        key = str(page.translation_key)
        if key not in found or page.locale.language_code == get_language():
            found[key] = page
    return found


def _offers(keys: Collection[int], *, on: date, visited: Mapping[int, int]) -> dict[int, VisitOffer]:
    """Open offers with a place left, and those that the office of the page has asked for."""
    if not keys:
        return {}
    rows = with_free(VisitOffer.objects.open(on).filter(pk__in=keys, office__is_active=True))
    return {offer.pk: offer for offer in rows if not offer.is_full or offer.pk in visited}  # type: ignore[attr-defined]


def _seminars(keys: Collection[int]) -> dict[int, Seminar]:
    if not keys:
        return {}
    told = Presentation.objects.select_related("office__region", "practice__locale").order_by("position", "pk")
    return dict(Seminar.objects.prefetch_related(Prefetch("presentations", told)).in_bulk(keys))


def _questions(keys: Collection[int]) -> dict[int, Question]:
    """Those that everybody reads and nobody has answered, about practices in the library."""
    if not keys:
        return {}
    waiting = Question.objects.shown().filter(answered_at__isnull=True, practice__withheld_at__isnull=True)
    about = waiting.filter(practice__live=True, practice__archived_at__isnull=True)
    return about.select_related("practice__locale", "practice__office__region").in_bulk(keys)


def _withdrawn(keys: Collection[int]) -> frozenset[int]:
    """Distributions of which an office has withdrawn since."""
    if not keys:
        return frozenset()
    kept = set(Release.objects.filter(pk__in=keys, withdrawn_at__isnull=True).values_list("pk", flat=True))
    return frozenset(keys) - kept


def _own(office: Office, mentions: Mentions) -> Own:
    aside = Dismissal.objects.filter(office=office).values_list("practice_key", "framework", "node")
    taken = adoptions().filter(plan__office=office, practice__translation_key__in=mentions.practices)
    visits = VisitRequest.objects.filter(office=office, offer__in=mentions.offers, status__in=UNDER_WAY)
    return Own(
        frozenset((str(key), framework, node) for key, framework, node in aside),
        frozenset(str(key) for key in taken.values_list("practice__translation_key", flat=True)),
        dict(visits.order_by("pk").values_list("offer", "pk")),
    )


@dataclass(frozen=True, slots=True)
class Open:
    """The keys of all that is open now, for counting without reading it."""

    practices: frozenset[str]
    offers: frozenset[int]
    calls: frozenset[int]

    def counts_of(self, mentions: Mentions) -> tuple[int, int, int]:
        """How many practices, offers of visits and calls for help of these are there now."""
        return (
            len(mentions.practices & self.practices),
            len(mentions.offers & self.offers),
            len(set(mentions.calls) & self.calls),
        )


def open_now(*, on: date) -> Open:
    """All that is open now, in three queries."""
    practices: Any = PracticePage.objects.published().filter(withheld_at__isnull=True)
    offers = with_free(VisitOffer.objects.open(on).filter(office__is_active=True)).filter(is_full=False)
    return Open(
        frozenset(map(str, practices.values_list("translation_key", flat=True))),
        frozenset(offers.values_list("pk", flat=True)),
        frozenset(HelpRequest.objects.open().filter(office__is_active=True).values_list("pk", flat=True)),
    )
