"""The library's facets, read once and remembered until something in it changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Max
from django.utils.translation import get_language
from wagtail.models import PageLogEntry

from qms.frameworks.models import Edition
from qms.goodpractices.domain import facets
from qms.goodpractices.domain.asking import BANDS, Known
from qms.goodpractices.domain.facets import Catalogue, Entry, catalogue_of
from qms.goodpractices.models import PracticeClients, PracticeCriterion, PracticePage
from qms.offices.models import Office, Region

KEY = "goodpractices:catalogue"
REMEMBER_SECONDS = 300
LOOK_AGAIN_SECONDS = 5
RANKS = {PracticePage.Effect.PROVEN: 0, PracticePage.Effect.TOLD: 1, PracticePage.Effect.NONE: 2}


Stamp = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """What may be asked for, and what it is called: regions and editions of frameworks."""

    regions: dict[str, str]
    editions: dict[str, Edition]

    @property
    def known(self) -> Known:
        """The values that each facet knows."""
        tops = {f"{code}:{node.identifier}" for code, each in self.editions.items() for node in each.tree().criteria}
        return {
            facets.CRITERION: tops,
            facets.CLIENTS: PracticeClients.Group.values,
            facets.KIND: Office.Kind.values,
            facets.REGION: self.regions,
            facets.STAGE: PracticePage.Stage.values,
            facets.EFFECT: PracticePage.Effect.values,
            **BANDS,
        }

    def criterion(self, framework: str, node: str) -> str:
        """What a criterion is called in the reader's language; nothing where the edition is not known."""
        edition = self.editions.get(framework)
        if edition is None or not edition.tree().has_node(node):
            return ""
        found, language = edition.tree().node(node), get_language() or "en"
        return next((texts[language[:2]] for texts in (found.shorts, found.titles) if language[:2] in texts), "") or (
            next(iter(found.titles.values()), "")
        )


def lexicon() -> Lexicon:
    """Regions and editions by their codes."""
    regions = sorted(Region.objects.all(), key=lambda region: region.name)
    editions = Edition.objects.published().order_by("code")
    return Lexicon({region.code: region.name for region in regions}, {each.code: each for each in editions})


def catalogue(language: str) -> Catalogue:
    """All published practices of this language by their facets.

    The process keeps its own copy as long as nothing was written in the history of practices; now and then, and
    whenever something was, it is held against the practices themselves.
    """
    mark, now = _mark(), monotonic()
    kept = _kept.get(language)
    if kept is not None and kept.mark == mark and now - kept.seen_at < LOOK_AGAIN_SECONDS:
        return kept.catalogue
    stamp = _stamp(language)
    known = kept.catalogue if kept is not None and (kept.stamp, kept.mark[0]) == (stamp, mark[0]) else _known(stamp)
    _kept[language] = Kept(mark, stamp, now, known)
    return known


@dataclass(frozen=True, slots=True)
class Kept:
    """The copy of one process, by what it is known to be true."""

    mark: tuple[object, ...]
    stamp: Stamp
    seen_at: float
    catalogue: Catalogue


_kept: dict[str, Kept] = {}


def _mark() -> tuple[object, ...]:
    """What changes with every act on a practice or an office, told by the ends of four indexes."""
    return (
        cache.get_or_set(f"{KEY}:copies", lambda: uuid4().hex, None),  # a cleared cache clears the copies too
        PageLogEntry.objects.filter(content_type=_kind()).aggregate(last=Max("pk"))["last"],
        PracticePage.objects.order_by().aggregate(last=Max("pk"))["last"],
        Office.objects.aggregate(last=Max("updated_at"))["last"],
    )


def _stamp(language: str) -> Stamp:
    """What the practices themselves say of their state."""
    stamp = _published(language).aggregate(
        n=Count("pk"), a=Max("pk"), b=Max("last_published_at"), c=Max("latest_revision"), d=Max("office__updated_at")
    )
    return (language, *(_plain(stamp[name]) for name in "nabcd"))


def _known(stamp: Stamp) -> Catalogue:
    """The catalogue that all processes share, read anew where there is none in this state."""
    key = f"{KEY}:{'-'.join(stamp)}"
    known: Catalogue | None = cache.get(key)
    if known is None:
        known = catalogue_of(_entries(_published(stamp[0])))
        cache.set(key, known, REMEMBER_SECONDS)
    return known


def _published(language: str) -> Any:
    return PracticePage.objects.published().filter(locale__language_code=language)


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(PracticePage)


def _plain(value: Any) -> str:
    return "".join(sign for sign in str(value) if sign.isalnum())


def _entries(practices: Any) -> list[Entry]:
    rows = list(
        practices.values_list(
            "pk", "effect", "stage", "cost", "hours", "office__kind", "office__region__code", "first_published_at"
        )
    )
    criteria, clients = _criteria(practices), _clients(practices)
    latest = sorted(rows, key=lambda row: (row[7] is not None, row[7], row[0]) if row[7] else (False, 0, row[0]))
    newest = {row[0]: place for place, row in enumerate(reversed(latest))}
    rows.sort(key=lambda row: (RANKS[row[1]], newest[row[0]]))
    return [
        Entry(
            pk,
            {
                facets.CRITERION: criteria.get(pk, ()),
                facets.CLIENTS: clients.get(pk, ()),
                facets.KIND: (kind,),
                facets.REGION: (region,),
                facets.STAGE: (stage,),
                facets.EFFECT: (effect,),
                facets.COST: facets.band_of(cost, facets.COSTS),
                facets.HOURS: facets.band_of(hours, facets.WORK),
            },
            newest[pk],
        )
        for pk, effect, stage, cost, hours, kind, region, _published in rows
    ]


def _criteria(practices: Any) -> dict[int, tuple[str, ...]]:
    tops: dict[tuple[str, str], str] = {}
    trees = {each.code: each.tree() for each in Edition.objects.published()}
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = PracticeCriterion.objects.filter(practice__in=practices.values("pk"))
    for pk, framework, node in rows.values_list("practice", "framework", "node"):
        if (framework, node) not in tops:
            tree = trees.get(framework)
            has_it = tree is not None and tree.has_node(node)
            top = tree.criterion_of(node).identifier if tree is not None and has_it else facets.top_of(node)
            tops[framework, node] = f"{framework}:{top}"
        found[pk][tops[framework, node]] = None
    return {pk: tuple(values) for pk, values in found.items()}


def _clients(practices: Any) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = PracticeClients.objects.filter(practice__in=practices.values("pk"))
    for pk, group in rows.values_list("practice", "group"):
        found[pk].append(group)
    return {pk: tuple(values) for pk, values in found.items()}
