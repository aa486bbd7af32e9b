"""What approved self-assessments call strengths of an office: seeds of good practices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from qms.assessments.models import Assessment, Snapshot
from qms.frameworks.domain.framework import Framework, text
from qms.goodpractices.models import PracticePage

if TYPE_CHECKING:
    from qms.offices.models import Office

FINGERPRINT = 12


@dataclass(frozen=True, slots=True)
class Strength:
    """One agreed strength with its evidence, and the practice that was drafted from it."""

    key: str
    words: str
    framework: str
    node: str
    node_title: str
    score: Decimal | None
    evidence: tuple[tuple[str, str], ...]
    assessment: str
    practice: int | None = None
    is_withdrawn: bool = False


def strengths_of(office: Office) -> tuple[Strength, ...]:
    """The strengths of the latest approved assessment of the office and of each of its units, the best scored first."""
    latest: dict[str, int] = {}
    approved = Assessment.objects.approved().filter(office=office).order_by("-approved_at", "-pk")
    for unit, pk in approved.values_list("unit", "pk"):
        latest.setdefault(unit.strip().casefold(), pk)
    if not latest:
        return ()
    snapshots = Snapshot.objects.filter(assessment__in=latest.values()).select_related("assessment__edition")
    made = PracticePage.objects.filter(office=office, origin_key__startswith="strength:")
    practices = dict(made.values_list("origin_key", "pk"))
    found = [one for each in snapshots.order_by("-approved_at", "pk") for one in _strengths_in(each, practices)]
    return tuple(sorted(found, key=lambda one: -(one.score or Decimal(0))))


def strength_of(office: Office, key: str) -> Strength | None:
    """The strength under this key, while it stands in a latest approved assessment."""
    return next((one for one in strengths_of(office) if one.key == key), None)


def _strengths_in(snapshot: Snapshot, practices: Mapping[str, int]) -> Iterator[Strength]:
    assessment, content = snapshot.assessment, snapshot.content
    framework, language = assessment.edition.tree(), get_language() or "pl"
    titles = {piece["code"]: piece["title"] for piece in content["evidence"]}
    name = ", ".join(part for part in (assessment.title, assessment.unit) if part)
    for node in content["nodes"]:
        for strength in node["strengths"]:
            key = f"strength:{assessment.pk}:{fingerprint(node['id'], strength['text'])}"
            yield Strength(
                key=key,
                words=strength["text"],
                framework=framework.code,
                node=node["id"],
                node_title=_title(framework, node, language),
                score=None if node["score"] is None else Decimal(node["score"]),
                evidence=tuple((code, titles.get(code, "")) for code in strength["evidence"]),
                assessment=name,
                practice=practices.get(key),
                is_withdrawn=assessment.consent_withdrawn_at is not None,
            )


def fingerprint(node: str, words: str) -> str:
    """A short name of the text that stays the same as long as the text does."""
    return hashlib.sha256(f"{node}\n{words}".encode()).hexdigest()[:FINGERPRINT]


def _title(framework: Framework, node: Mapping[str, Any], language: str) -> str:
    return text(framework.node(node["id"]).titles, language) if framework.has_node(node["id"]) else ""
