"""What approved self-assessments tell an office to improve; the rules stand in docs/methods/improvements.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from qms.assessments.domain.divergence import DISCUSS, verdict_of
from qms.assessments.models import Assessment, Snapshot
from qms.frameworks.domain.finding import Evidence, Finding
from qms.frameworks.domain.framework import Framework, text

if TYPE_CHECKING:
    from qms.offices.models import Office

LOW_COUNT = 5
LONGEST_TITLE = 200
Part = Mapping[str, Any]


def findings_of(office: Office) -> tuple[Finding, ...]:
    """Areas, low and disputed subcriteria of the latest approved assessment of the office and of each of its units.

    They are read from what the director approved, the gravest first; two queries, however many there are.
    """
    latest: dict[str, int] = {}
    approved = Assessment.objects.approved().filter(office=office).order_by("-approved_at", "-pk")
    for unit, pk in approved.values_list("unit", "pk"):
        latest.setdefault(unit.strip().casefold(), pk)
    if not latest:
        return ()
    snapshots = Snapshot.objects.filter(assessment__in=latest.values()).select_related("assessment__edition")
    found = [one for snapshot in snapshots.order_by("-approved_at", "pk") for one in _findings_in(snapshot)]
    return tuple(sorted(found, key=lambda one: -one.severity))


def _findings_in(snapshot: Snapshot) -> Iterator[Finding]:
    assessment, content = snapshot.assessment, snapshot.content
    framework = assessment.edition.tree()
    nodes: list[Part] = [node for node in content["nodes"] if framework.has_node(node["id"])]
    titles = {piece["code"]: piece["title"] for piece in content["evidence"]}
    low = low_nodes(framework, {node["id"]: _number(node["score"]) for node in nodes})
    for node in nodes:
        about = _about(snapshot, framework, node)
        for number, area in enumerate(node["areas"], 1):
            yield _area(assessment, node, number, area, titles, about)
        if node["id"] in low:
            yield _low(assessment, framework, node, about)
        if is_disputed(framework, _number(node["lowest"]), _number(node["highest"])):
            yield _disputed(assessment, framework, node, about)


def low_nodes(framework: Framework, scores: Mapping[str, Decimal | None]) -> frozenset[str]:
    """The nodes called low: all in the lowest band, and the five lowest under the middle of the scale.

    Of equal ones the framework's order decides.
    """
    given = [(score, node) for node, score in scores.items() if score is not None]
    bottom = {node for score, node in given if framework.band_of(score) == framework.bands[0]}
    middle = Decimal(framework.lowest + framework.highest) / 2
    under = sorted((pair for pair in given if pair[0] < middle), key=lambda pair: pair[0])
    return frozenset(bottom | {node for _score, node in under[:LOW_COUNT]})


def is_disputed(framework: Framework, lowest: Decimal | None, highest: Decimal | None) -> bool:
    """Whether the members' scores lay so far apart that the framework makes a group talk."""
    if lowest is None or highest is None:
        return False
    return verdict_of(framework, (lowest, highest)) == DISCUSS


def _about(snapshot: Snapshot, framework: Framework, node: Part) -> dict[str, Any]:
    """What all findings of one node have in common."""
    assessment, score = snapshot.assessment, _number(node["score"])
    return {
        "instrument": ", ".join(part for part in (assessment.title, assessment.unit) if part),
        "framework": framework.code,
        "node": node["id"],
        "score": score,
        "low": _number(node["lowest"]),
        "high": _number(node["highest"]),
        "count": node["count"],
        "scale": f"{framework.lowest}–{framework.highest}",
        "found_on": _day(snapshot.approved_at),
        "url": reverse("assessments:results", args=[assessment.pk]) + f"#node-{node['id']}",
        "severity": share_of(framework, framework.highest - score) if score is not None else Decimal(0),
    }


def _area(
    assessment: Assessment, node: Part, number: int, area: Part, titles: Mapping[str, str], about: dict[str, Any]
) -> Finding:
    words = " ".join(area["text"].split())
    title = Truncator(words).chars(LONGEST_TITLE)
    return Finding(
        key=f"assessment:{assessment.pk}:area:{node['id']}:{number}",
        source="area",
        title=title,
        detail=area["text"] if title != words else "",
        evidence=tuple(Evidence(code, titles.get(code, "")) for code in area["evidence"]),
        **about,
    )


def _low(assessment: Assessment, framework: Framework, node: Part, about: dict[str, Any]) -> Finding:
    named = gettext("Low score: %(title)s") % {"title": _title(framework, node)}
    return Finding(
        key=f"assessment:{assessment.pk}:low:{node['id']}",
        source="low",
        title=named[:LONGEST_TITLE],
        detail=node["reason"],
        **about,
    )


def _disputed(assessment: Assessment, framework: Framework, node: Part, about: dict[str, Any]) -> Finding:
    named = gettext("Opinions lay far apart: %(title)s") % {"title": _title(framework, node)}
    return Finding(
        key=f"assessment:{assessment.pk}:disputed:{node['id']}",
        source="disputed",
        title=named[:LONGEST_TITLE],
        detail=node["dissent"],
        **{**about, "severity": share_of(framework, about["high"] - about["low"])},
    )


def share_of(framework: Framework, length: Decimal) -> Decimal:
    """A stretch of the framework's scale in hundredths of the whole."""
    return length * 100 / (framework.highest - framework.lowest)


def _title(framework: Framework, node: Part) -> str:
    return text(framework.node(node["id"]).titles, get_language() or "pl")


def _number(written: str | int | None) -> Decimal | None:
    return None if written is None else Decimal(str(written))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
