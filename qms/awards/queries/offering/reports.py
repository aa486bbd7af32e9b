"""What an approved self-assessment offers: its strengths with their evidence, and its agreed scores."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from qms.assessments.models import Snapshot
from qms.awards.domain.offer import Offer
from qms.frameworks.domain.framework import Framework, text
from qms.improvements.queries.strengths import fingerprint
from qms.offices.models import Office
from qms.ui import numbers

from .filed import Filed, node_words, titled

Part = Mapping[str, Any]


def report_offers(office: Office, assessments: Collection[int], language: str) -> Iterator[Filed]:
    """Everything that these approved reports of the office offer, in the framework's order; one query."""
    snapshots = Snapshot.objects.filter(assessment__in=assessments, assessment__office=office)
    for snapshot in snapshots.select_related("assessment__edition").order_by("-approved_at", "pk"):
        tree = snapshot.assessment.edition.tree()
        names = {piece["code"]: piece["title"] for piece in snapshot.content.get("evidence", ())}
        for node in snapshot.content["nodes"]:
            yield from _strengths(snapshot, tree, node, names, language)
            if node.get("score") is not None and tree.has_node(node["id"]):
                yield _score(snapshot, tree, node, language)


def _strengths(
    snapshot: Snapshot, tree: Framework, node: Part, names: Mapping[str, str], language: str
) -> Iterator[Filed]:
    for number, strength in enumerate(node.get("strengths", ()), 1):
        name = gettext("%(report)s, %(node)s: strength %(number)s")
        values = {"report": snapshot.assessment.title, "node": node_words(node, language), "number": number}
        offer = Offer(
            source="strength",
            key=f"strength:{snapshot.assessment_id}:{fingerprint(node['id'], strength['text'])}",
            title=titled(name % values),
            url=_address(snapshot, node),
            text=strength["text"].strip() + _evidence(strength.get("evidence", ()), names),
        )
        yield Filed(offer, frozenset({(tree.code, node["id"])}))


def _evidence(codes: Collection[str], names: Mapping[str, str]) -> str:
    if not codes:
        return ""
    listed = "; ".join(f"{code} {names.get(code, '')}".strip() for code in codes)
    return " " + gettext("(Evidence: %(listed)s.)") % {"listed": listed}


def _score(snapshot: Snapshot, tree: Framework, node: Part, language: str) -> Filed:
    score = Decimal(node["score"])
    words = gettext("In our self-assessment “%(node)s” has the agreed score %(score)s of %(highest)s (%(band)s).") % {
        "node": node_words(node, language),
        "score": numbers.figure(score, tree.rounding.node),
        "highest": numbers.figure(tree.highest),
        "band": text(tree.band_of(score).titles, language),
    }
    named = pgettext("source", "%(report)s, %(node)s: agreed score")
    offer = Offer(
        source="score",
        key=f"score:{snapshot.assessment_id}:{node['id']}",
        title=titled(named % {"report": snapshot.assessment.title, "node": node_words(node, language)}),
        url=_address(snapshot, node),
        text=words,
    )
    return Filed(offer, frozenset({(tree.code, node["id"])}))


def _address(snapshot: Snapshot, node: Part) -> str:
    return reverse("assessments:results", args=[snapshot.assessment_id]) + f"#node-{node['id']}"
