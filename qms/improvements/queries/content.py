"""The content of a plan as one plain document: what a director's approval freezes."""

from __future__ import annotations

from qms.assessments.domain.snapshot import plain
from qms.improvements.models import Action, Finding, Plan

FORMAT = 1


def content_of_plan(plan: Plan) -> dict[str, object]:
    """All that the plan says, in JSON's own types, as it stands at this moment; stopped actions are left out."""
    actions = (
        plan.actions.exclude(status=Action.Status.STOPPED)
        .select_related("owner")
        .prefetch_related("helpers", "findings", "nodes", "tasks__person", "indicators")
        .order_by("number")
    )
    document = {
        "format": FORMAT,
        "plan": {
            "id": plan.pk,
            "title": plan.title,
            "year": plan.year,
            "introduction": plan.introduction,
            "currency": plan.currency,
            "review_on": plan.review_on,
            "assessment": plan.assessment_id,
        },
        "office": {"id": plan.office_id, "name": plan.office.name, "short_name": plan.office.short_name},
        "actions": [_action(action) for action in actions],
    }
    exact = plain(document)
    assert isinstance(exact, dict)  # noqa: S101  a mapping stays a mapping
    return exact


def _action(action: Action) -> dict[str, object]:
    weighing = action.weighing
    return {
        "id": action.pk,
        "code": action.code,
        "title": action.title,
        "problem": action.problem,
        "expected": action.expected,
        "kind": action.kind,
        "client": action.client,
        "unit": action.unit,
        "owner": action.owner.name if action.owner else None,
        "helpers": sorted(person.name for person in action.helpers.all()),
        "start_on": action.start_on,
        "due_on": action.due_on,
        "budget": action.budget,
        "judgements": {
            "stakeholders": weighing.stakeholders,
            "results": weighing.results,
            "visibility": weighing.visibility,
            "difficulty": weighing.difficulty,
            "resources": weighing.resources,
            "speed": weighing.speed,
        },
        "priority": weighing.priority,
        "quick_win": action.is_quick_win,
        "nodes": sorted([one.framework, one.node] for one in action.nodes.all()),
        "findings": [_finding(finding) for finding in sorted(action.findings.all(), key=lambda one: one.pk)],
        "tasks": [
            {"title": task.title, "person": task.person.name if task.person else None, "due_on": task.due_on}
            for task in sorted(action.tasks.all(), key=lambda one: (one.position, one.pk))
        ],
        "indicators": [
            {
                "title": one.title,
                "unit": one.unit,
                "better": one.better,
                "source": one.source,
                "node": one.node,
                "baseline": one.baseline,
                "target": one.target,
            }
            for one in sorted(action.indicators.all(), key=lambda one: (one.position, one.pk))
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "key": finding.key,
        "source": finding.source,
        "title": finding.title,
        "instrument": finding.instrument,
        "node": finding.node,
        "score": finding.score,
        "evidence": finding.evidence,
    }
