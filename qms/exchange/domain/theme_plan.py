"""What the page of a theme is to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qms.exchange.domain.material import Entry, Report, ThemePlan
from qms.exchange.domain.planning import Block, Ground, block, host_score, known_of, told

MOST_STRONG = 8
MOST_PRACTICES = 12
QUARTER = 4
EFFECTS = ("proven", "told", "none")


def theme_blocks(ground: Ground, theme: ThemePlan) -> list[Block]:
    """The generated blocks of a theme in their order; what has nothing to show is left out."""
    practices = practices_of(ground, theme)
    keys = {entry.practice.key for entry in practices}
    blocks = [block("distribution", f"distribution-{node}", shown) for node, shown in _distributions(ground, theme)]
    if strong := strong_rows(ground, theme):
        blocks.append(block("strong", "strong", {"rows": strong}))
    if practices:
        rows = [_practice(entry, theme) for entry in practices[:MOST_PRACTICES]]
        blocks.append(block("practices", "practices", {"rows": rows, "more": len(practices) - len(rows)}))
    lists = {
        "visits": ("offers", _offers(ground, theme, keys)),
        "help": ("calls", [call.key for call in ground.material.calls if call.node in theme.nodes]),
        "seminars": ("seminars", list(theme.seminars)),
        "questions": ("questions", [key for key, practice in ground.material.questions if practice in keys]),
    }
    blocks += [block(kind, kind, {name: rows}) for kind, (name, rows) in lists.items() if rows]
    return blocks


def practices_of(ground: Ground, theme: ThemePlan) -> list[Entry]:
    """The practices filed under the theme's nodes and the chosen ones: proven first, then what helped elsewhere."""
    nodes = set(theme.nodes)
    found = [
        entry
        for key, entry in ground.material.entries.items()
        if key in theme.practices or not nodes.isdisjoint(entry.practice.nodes)
    ]
    return sorted(found, key=_best_first)


def strong_rows(ground: Ground, theme: ThemePlan) -> list[dict[str, Any]]:
    """Offices that show their scores by name and lie in the best quarter and above the middle, the best first.

    The best quarter is that of the distribution that is shown, so that it tells no more than the distribution does;
    where none is shown, that of the scores shown by name.
    """
    found = []
    for node in theme.nodes:
        named = [report for report in ground.material.reports if _is_shown(ground, report) and node in report.scores]
        scores = sorted((report.scores[node].agreed for report in named), reverse=True)
        decision = ground.decisions.get(node)
        upper = decision.figure("upper") if decision else None
        if upper is None and scores:
            upper = scores[max(1, len(scores) // QUARTER) - 1]
        for report in named:
            score = host_score(ground.material, report, node)
            if score is not None and upper is not None and score >= upper:
                found.append((score, ground.order.get(node, 0), report, node))
    found.sort(key=lambda one: (-one[0], one[1], one[2].office))
    return [_strong(report, node) for _score, _place, report, node in found[:MOST_STRONG]]


def _is_shown(ground: Ground, report: Report) -> bool:
    return report.is_named and report.office in ground.material.active


def _strong(report: Report, node: str) -> dict[str, Any]:
    before = report.before if report.before and report.before.is_named else None
    score = before.scores.get(node) if before else None
    return {
        "assessment": report.assessment,
        "office": report.office,
        "node": node,
        "score": told(report.scores[node].agreed),
        "year": report.year,
        "before": told(score),
        "before_year": before.year if before and score is not None else None,
        "before_assessment": before.assessment if before and score is not None else None,
    }


def _distributions(ground: Ground, theme: ThemePlan) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in theme.nodes:
        if (shown := ground.distribution(node)) is not None:
            yield node, shown


def _practice(entry: Entry, theme: ThemePlan) -> dict[str, Any]:
    practice = entry.practice
    return {
        "practice": practice.key,
        "nodes": [node for node in theme.nodes if node in practice.nodes],
        **known_of(practice),
        "results": [dict(result) for result in entry.results],
    }


def _best_first(entry: Entry) -> tuple[Any, ...]:
    practice = entry.practice
    place = EFFECTS.index(practice.effect) if practice.effect in EFFECTS else len(EFFECTS)
    return place, -practice.improved, -practice.adopted, practice.key


def _offers(ground: Ground, theme: ThemePlan, practices: set[str]) -> list[int]:
    nodes = set(theme.nodes)
    return [
        offer.key
        for offer in ground.material.offers
        if offer.free > 0 and (offer.practice in practices or not nodes.isdisjoint(offer.nodes))
    ]
