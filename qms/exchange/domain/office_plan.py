"""What an office's own page is to show: “for you”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from qms.exchange.domain.inviting import Proposals
from qms.exchange.domain.matching import Fit, Need, Proposal
from qms.exchange.domain.material import Report
from qms.exchange.domain.planning import Block, Ground, block, host_score, known_of, told
from qms.exchange.domain.similarity import usual_of
from qms.exchange.domain.telling import shared_words, words_in

MOST_ASKED = 8


def office_blocks(
    ground: Ground, report: Report, needs: Sequence[Need], proposals: Proposals, invited: Mapping[int, frozenset[int]]
) -> list[Block]:
    """The generated blocks of an office's page in their order; none for an office without a weak point."""
    if not needs:
        return []
    blocks = [block("need", f"need-{need.node}", _need(ground, report, need, proposals)) for need in needs]
    if offers := sorted(offer for offer, offices in invited.items() if report.office in offices):
        blocks.append(block("welcome", "welcome", {"offers": offers}))
    if asked := asked_of(ground, report):
        blocks.append(block("asked", "asked", {"rows": asked}))
    return [*blocks, block("how", "how", ground.material.counts)]


def asked_of(ground: Ground, report: Report) -> list[dict[str, Any]]:
    """Calls for help of others where this office is strong: above the middle of the scale and of what is shown."""
    rows = []
    for call in ground.material.calls:
        score = report.scores.get(call.node)
        if call.office == report.office or score is None:
            continue
        decision = ground.decisions.get(call.node)
        median = decision.figure("median") if decision else None
        if score.agreed > ground.material.scale.middle and (median is None or score.agreed >= median):
            rows.append({"call": call.key, "node": call.node, "own": told(score.agreed)})
    return rows[:MOST_ASKED]


def _need(ground: Ground, report: Report, need: Need, proposals: Proposals) -> dict[str, Any]:
    score, reason = report.scores[need.node], report.reasons.get(need.node, "")
    before = report.before.scores.get(need.node) if report.before else None
    words = words_in(reason, ground.material.languages.get(report.office, ""))
    return {
        "framework": ground.material.framework,
        "node": need.node,
        "score": told(score.agreed),
        "lowest": ground.material.scale.lowest,
        "highest": ground.material.scale.highest,
        "assessment": report.assessment,
        "year": report.year,
        "before": told(before),
        "before_year": report.before.year if report.before and before is not None else None,
        "reason": reason,
        "distribution": ground.distribution(need.node),
        "proposals": [
            {
                "practice": one.practice,
                "host": one.host,
                "fit": _figures(one.fit),
                "because": _because(ground, need, one, words),
                "offer": one.offer,
            }
            for one in proposals.get((need.office, need.node), ())
        ],
    }


def _figures(fit: Fit) -> dict[str, str | None]:
    return {each.name: told(getattr(fit, each.name)) for each in fields(fit)}


def _because(ground: Ground, need: Need, one: Proposal, words: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    material = ground.material
    entry, own, host = material.entries[one.practice], material.places[need.office], material.places[one.host]
    report = ground.reports.get(one.host)
    score = host_score(material, report, need.node) if report else None
    return {
        "same_kind": own.kind == host.kind,
        "kind": host.kind,
        "staff": [own.staff, host.staff] if own.staff and host.staff else None,
        "clients": list(usual_of(own, entry.practice.clients)),
        **known_of(entry.practice),
        "host_score": told(score),
        "host_assessment": report.assessment if report and score is not None else None,
        "words": shared_words(words, entry.words, spread=ground.spread_of_words, of=len(material.entries)),
        "beside": one.beside or None,
        "is_foreign": one.is_foreign,
    }
