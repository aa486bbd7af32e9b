"""What a team needs of report and plan: approved figures, shown without a right to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.utils import timezone

from qms.assessments.models import CriterionResult
from qms.frameworks.domain.framework import text
from qms.improvements.models import Action, Feedback


@dataclass(frozen=True, slots=True)
class Figures:
    """The approved scores of the self-assessment, and how many actions of the plan stand where."""

    framework: str
    assessed_on: date | None
    criteria: tuple[tuple[str, str, Decimal | None], ...]
    total: Decimal | None
    places: tuple[int, int]
    planned_on: date | None
    actions: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many actions the plan has."""
        return sum(count for _status, count in self.actions)


def figures_of(feedback: Feedback, language: str) -> Figures:
    """The figures beside an application; scores are those that the director approved."""
    assessment, plan = feedback.assessment, feedback.plan
    tree = assessment.edition.tree()
    scores = dict(CriterionResult.objects.filter(assessment=assessment).values_list("criterion", "score"))
    counted = dict(Action.objects.filter(plan=plan).order_by().values_list("status").annotate(count=Count("pk")))
    return Figures(
        framework=assessment.edition.short_in(language),
        assessed_on=timezone.localdate(assessment.approved_at) if assessment.approved_at else None,
        criteria=tuple(
            (node.identifier, text(node.titles, language), scores.get(node.identifier)) for node in tree.criteria
        ),
        total=scores.get(CriterionResult.TOTAL),
        places=(tree.rounding.criterion, tree.rounding.total),
        planned_on=timezone.localdate(plan.approved_at) if plan.approved_at else None,
        actions=tuple((str(label), counted[value]) for value, label in Action.Status.choices if value in counted),
    )
