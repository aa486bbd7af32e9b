"""Similar practices, each with why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qms.goodpractices.domain import facets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qms.goodpractices.components.labels import Labels
    from qms.goodpractices.queries.similar import Similar


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """One similar practice: where it leads, whose it is, how alike it is, and in what."""

    title: str
    url: str
    office: str
    score: int
    why: str


def similar_rows(found: Iterable[Similar], labels: Labels, *, home: str) -> tuple[SimilarRow, ...]:
    """The rows as the page of a practice shows them."""
    return tuple(
        SimilarRow(one.hit.title, f"{home}{one.hit.slug}/", one.hit.office, one.likeness.score, why(one, labels))
        for one in found
    )


def why(similar: Similar, labels: Labels) -> str:
    """In what the two are alike, in one sentence."""
    likeness, parts = similar.likeness, []
    shared = likeness.nodes or likeness.criteria
    if shared:
        named = ", ".join(_criterion(each, labels) for each in shared[:2])
        parts.append(gettext("filed under %(criteria)s too") % {"criteria": named})
    if likeness.clients:
        named = ", ".join(labels.value(facets.CLIENTS, group) for group in likeness.clients)
        parts.append(gettext("for the same people: %(clients)s") % {"clients": named})
    if likeness.same_kind:
        parts.append(gettext("the same kind of office"))
    if not parts:
        parts.append(gettext("tells of the same in similar words"))
    return "; ".join(parts)


def _criterion(filed: str, labels: Labels) -> str:
    framework, _, node = filed.partition(" ")
    return f"{node} {labels.lexicon.criterion(framework, node)}".strip()
