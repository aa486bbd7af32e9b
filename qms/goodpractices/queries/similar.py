"""Practices like this one, with a stated score and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nlargest

from qms.goodpractices.domain import facets
from qms.goodpractices.domain.facets import Catalogue
from qms.goodpractices.domain.likeness import LEAST, Likeness, Profile, likeness_of
from qms.goodpractices.models import PracticePage

from .catalogue import catalogue
from .finding import Hit, children, hits

SHOWN = 3
CLOSER_LOOK = 60  # as many are compared word by word


@dataclass(frozen=True, slots=True)
class Similar:
    """A practice that is like another one."""

    hit: Hit
    likeness: Likeness


def similar_to(practice: PracticePage) -> tuple[Similar, ...]:
    """The three published practices of the same language that are most like this one, best first."""
    known = catalogue(practice.locale.language_code)
    keys = [practice.pk, *_candidates(known, practice)]
    profiles = _profiles(keys)
    own = profiles[practice.pk]
    compared = [(key, likeness_of(own, profiles[key])) for key in keys[1:] if key in profiles]
    best = nlargest(SHOWN, compared, key=lambda pair: (pair[1].score, -pair[0]))
    rows = {hit.pk: hit for hit in hits([key for key, _likeness in best])}
    return tuple(Similar(rows[key], each) for key, each in best if each.score >= LEAST and key in rows)


def _candidates(known: Catalogue, practice: PracticePage) -> list[int]:
    """Keys that share most values of facets with it, itself left out."""
    own = known.bits_of([practice.pk])
    if not own:
        return known.proven_first(known.everything)[:CLOSER_LOOK]
    points: Counter[int] = Counter()
    for facet in (facets.CRITERION, facets.CLIENTS, facets.KIND):
        for mask in known.masks[facet].values():
            if mask & own:
                points.update(known.proven_first(mask & ~own))
    return [key for key, _count in points.most_common(CLOSER_LOOK)]


def _profiles(keys: list[int]) -> dict[int, Profile]:
    criteria, clients = children(keys)
    rows = PracticePage.objects.filter(pk__in=keys).values_list("pk", "office__kind", "forms")
    return {
        pk: Profile(
            frozenset(f"{framework} {node}" for framework, node in criteria.get(pk, ())),
            frozenset(f"{framework} {facets.top_of(node)}" for framework, node in criteria.get(pk, ())),
            frozenset(clients.get(pk, ())),
            kind,
            frozenset(forms.split()),
        )
        for pk, kind, forms in rows
    }
