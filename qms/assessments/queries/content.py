"""The content of an assessment as one plain document: what approval freezes and what the report is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from qms.assessments.domain.divergence import divergence_of
from qms.assessments.domain.scoring import score_of
from qms.assessments.domain.snapshot import plain
from qms.assessments.models import (
    Assessment,
    ConsensusEntry,
    ConsensusNode,
    CriterionResult,
    Evidence,
    Kind,
    Member,
    NodeResult,
    NodeScore,
    Sheet,
)
from qms.frameworks.domain.framework import Framework, Node
from qms.frameworks.domain.rollup import Outcome, roll_up

from .benchmark import benchmark_of

FORMAT = 1
NAMES = ("email", "first_name", "last_name")
PLURALS = {Kind.STRENGTH: "strengths", Kind.AREA: "areas", Kind.SUGGESTION: "suggestions"}


class Given(NamedTuple):
    """What one member gave one node, under the letter; a plain row, for a large group has many hundreds of them."""

    letter: str
    marks: Mapping[str, int]
    unknown: bool

    @property
    def counted(self) -> Mapping[str, int]:
        """The marks that count: none when the member does not know enough."""
        return {} if self.unknown else self.marks


def content_of(assessment: Assessment) -> dict[str, object]:
    """All that the report says, in JSON's own types, as it stands at this moment."""
    framework, individual = assessment.edition.tree(), _individual(assessment)
    document = agreed_content_of(assessment)
    for node in cast("list[dict[str, object]]", document["nodes"]):
        identifier = str(node["id"])
        node.update(_given(framework, assessment.panel, identifier, individual.get(identifier, [])))
    return document


def agreed_content_of(assessment: Assessment) -> dict[str, object]:
    """The same without what each member gave: all that a preview of the results shows."""
    framework = assessment.edition.tree()
    agreements = {
        each.node: each
        for each in ConsensusNode.objects.settled().filter(assessment=assessment).prefetch_related("dissenters")
    }
    outcome = roll_up(framework, agreed_scores(assessment, framework, agreements))
    texts, evidence = _texts(assessment)
    document = {
        "format": FORMAT,
        "assessment": _head(assessment),
        "office": _office(assessment),
        "framework": {"code": framework.code, "sha256": assessment.edition.sha256, "titles": framework.titles},
        "groups": _groups(assessment),
        "results": _figures(outcome),
        "nodes": [_node(node, outcome, agreements, texts) for node in framework.scored],
        "evidence": evidence,
        "previous": previous_figures(assessment),
        "benchmark": _benchmark(assessment),
    }
    exact = plain(document)
    assert isinstance(exact, dict)  # noqa: S101  a mapping stays a mapping
    return exact


def agreed_scores(
    assessment: Assessment, framework: Framework, agreements: Mapping[str, ConsensusNode]
) -> dict[str, Decimal | None]:
    """The agreed score of every settled node; nothing where the group left it blank."""
    return {
        node: None if each.left_blank else score_of(framework, assessment.panel, node, each.marks)
        for node, each in agreements.items()
    }


def previous_figures(assessment: Assessment) -> dict[str, object] | None:
    """The figures of the previous cycle under today's names; of the followed edition, those of the forerunners."""
    previous = assessment.previous
    if previous is None or previous.approved_at is None:
        return None
    framework = assessment.edition.tree()
    before = framework if previous.edition_id == assessment.edition_id else previous.edition.tree()
    if before.code not in (framework.code, framework.follows) or not is_comparable(framework, before):
        return None
    scores = dict(CriterionResult.objects.filter(assessment=previous).values_list("criterion", "score"))
    nodes = dict(NodeResult.objects.filter(assessment=previous).values_list("node", "score"))
    return {
        "assessment": previous.pk,
        "year": previous.year,
        "title": previous.title,
        "nodes": _renamed(nodes, framework, framework.scored, before.code),
        "criteria": _renamed(scores, framework, framework.criteria, before.code),
        "total": scores.get(CriterionResult.TOTAL) if _has_same_total(framework, before) else None,
    }


def is_comparable(framework: Framework, before: Framework) -> bool:
    """Whether a score means as much in one as in the other: on scales of different length it does not."""
    return (framework.lowest, framework.highest) == (before.lowest, before.highest)


def _has_same_total(framework: Framework, before: Framework) -> bool:
    return framework == before or roll_up(framework, {}).total_of == roll_up(before, {}).total_of


def _renamed(
    scores: Mapping[str, Decimal | None], framework: Framework, nodes: Iterable[Node], edition: str
) -> dict[str, Decimal | None]:
    names = {node.identifier: framework.name_in(edition, node.identifier) for node in nodes}
    return {name: scores[was] for name, was in names.items() if was in scores}


def _head(assessment: Assessment) -> dict[str, object]:
    return {
        "id": assessment.pk,
        "title": assessment.title,
        "year": assessment.year,
        "unit": assessment.unit,
        "panel": assessment.panel,
        "names_shown": assessment.names_shown,
        "started_at": assessment.started_at,
        "consensus_started_at": assessment.consensus_started_at,
        "consensus_on": assessment.consensus_on,
        "closed_early_reason": assessment.closed_early_reason,
    }


def _office(assessment: Assessment) -> dict[str, object]:
    office = assessment.office
    return {
        "id": office.pk,
        "name": office.name,
        "short_name": office.short_name,
        "kind": office.kind,
        "language": office.language,
        "region": office.region_id,
        "city": office.city,
    }


def _groups(assessment: Assessment) -> list[dict[str, object]]:
    groups: dict[str, list[dict[str, object]]] = {}
    members = (
        Member.objects.present()
        .filter(assessment=assessment)
        .select_related("group", "user", "sheet")
        .only("role", "name", "email", "group__name", "sheet__state", *(f"user__{name}" for name in NAMES))
        .order_by("group__position", "role", "name", "email")
    )
    for member in members:
        # No letter here: beside a name it would say who gave which score.
        line = {"name": member.shown_name, "role": member.role, "handed_in": member.sheet.is_in}
        groups.setdefault(member.group.name, []).append(line)
    return [{"name": name, "members": lines} for name, lines in groups.items()]


def _figures(outcome: Outcome) -> dict[str, object]:
    return {
        "criteria": outcome.criteria,
        "groups": outcome.groups,
        "level": outcome.level,
        "total": outcome.total,
        "total_share": outcome.total_share,
        "total_of": outcome.total_of,
        "coverage": [outcome.coverage.scored, outcome.coverage.of],
        "coverage_by": {name: [each.scored, each.of] for name, each in outcome.coverage_by.items()},
    }


def _node(
    node: Node,
    outcome: Outcome,
    agreements: Mapping[str, ConsensusNode],
    texts: Mapping[str, Mapping[str, list[dict[str, object]]]],
) -> dict[str, object]:
    identifier = node.identifier
    agreement = agreements.get(identifier)
    return {
        "id": identifier,
        "titles": node.titles,
        "settled": agreement is not None,
        "marks": agreement.marks if agreement and not agreement.left_blank else {},
        "score": outcome.nodes[identifier],
        "left_blank": agreement is not None and agreement.left_blank,
        "reason": agreement.reason if agreement else "",
        "dissent": agreement.dissent if agreement else "",
        "dissenters": sorted(member.letter for member in agreement.dissenters.all()) if agreement else [],
        **{name: texts[identifier][kind] for kind, name in PLURALS.items()},
    }


def _given(framework: Framework, panel: str, node: str, rows: list[Given]) -> dict[str, object]:
    divergence = divergence_of(framework, node, [score_of(framework, panel, node, row.counted) for row in rows])
    found = plain(
        {
            "count": len(divergence.scores),
            "lowest": divergence.scores[0] if divergence.scores else None,
            "highest": divergence.scores[-1] if divergence.scores else None,
            "individual": [{"letter": row.letter, "marks": row.counted, "unknown": row.unknown} for row in rows],
        }
    )
    return cast("dict[str, object]", found)


def _individual(assessment: Assessment) -> dict[str, list[Given]]:
    sheets = Sheet.objects.in_play().handed_in().filter(member__assessment=assessment)
    rows: dict[str, list[Given]] = defaultdict(list)
    scores = NodeScore.objects.filter(sheet__in=sheets).order_by("sheet__member__letter", "pk")
    for node, *given in scores.values_list("node", "sheet__member__letter", "marks", "unknown"):
        rows[node].append(Given(*given))
    return rows


def _texts(
    assessment: Assessment,
) -> tuple[dict[str, dict[str, list[dict[str, object]]]], list[dict[str, object]]]:
    texts: dict[str, dict[str, list[dict[str, object]]]] = defaultdict(lambda: defaultdict(list))
    cited: dict[int, Evidence] = {}
    entries = (
        ConsensusEntry.objects.filter(agreement__assessment=assessment, agreement__settled_at__isnull=False)
        .select_related("agreement")
        .prefetch_related("evidence")
        .order_by("position", "pk")
    )
    for entry in entries:
        pieces = sorted(entry.evidence.all(), key=lambda each: each.number)
        cited.update({piece.number: piece for piece in pieces})
        texts[entry.agreement.node][entry.kind].append(
            {"text": entry.text, "evidence": [piece.code for piece in pieces]}
        )
    return texts, [_evidence(cited[number]) for number in sorted(cited)]


def _evidence(piece: Evidence) -> dict[str, object]:
    return {
        "id": piece.pk,
        "code": piece.code,
        "kind": piece.kind,
        "title": piece.title,
        "dated_on": piece.dated_on,
        "owner": piece.owner,
        "url": piece.url,
        "note": piece.note,
        "file_name": piece.file_name,
        "sha256": piece.sha256,
    }


def _benchmark(assessment: Assessment) -> dict[str, object] | None:
    benchmark = benchmark_of(assessment)
    if benchmark is None:
        return None
    return {
        "offices": benchmark.offices,
        "nodes": benchmark.nodes,
        "criteria": benchmark.criteria,
        "total": benchmark.total,
    }
