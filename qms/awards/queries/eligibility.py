"""The conditions of a category as one office stands to them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qms.assessments.models import Assessment
from qms.awards.domain.eligibility import OfficeFacts, meets
from qms.awards.models import Application, Category, Rule
from qms.awards.models.round import in_order
from qms.offices.models import Office

from .reports import reports_for


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what the platform knows about it, or what the office answered, and whether it is met."""

    rule: Rule
    met: bool
    answer: bool | None = None
    report: Assessment | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the office itself answers it."""
        return self.rule.kind == Rule.Kind.ANSWER


def conditions_of(
    category: Category, office: Office, answers: Mapping[str, bool], at: datetime
) -> tuple[Condition, ...]:
    """The category's conditions in order, with `answers` as an application keeps them: by the rule's key as text."""
    rules: list[Rule] = list(in_order(category.rules))
    needs_report = any(rule.kind == Rule.Kind.ASSESSMENT for rule in rules)
    report = reports_for(category, office).first() if needs_report else None
    facts = facts_of(office, report, category, at)
    return tuple(_condition(rule, facts, answers, report) for rule in rules)


def conditions_for(application: Application, at: datetime) -> tuple[Condition, ...]:
    """The conditions of an application; one that is corrected is reckoned by when it was submitted in time."""
    if application.state == Application.State.REOPENED:
        in_time = application.submissions.filter(submitted_at__lt=application.category.round.closes_at)
        last = in_time.order_by("-ordinal").first()
        at = last.submitted_at if last is not None else at
    return conditions_of(application.category, application.office, application.eligibility, at)


def facts_of(office: Office, report: Assessment | None, category: Category, at: datetime) -> OfficeFacts:
    """What the platform knows of the office at this moment."""
    zone = category.round.timezone
    approved_at = report.approved_at if report is not None else None
    return OfficeFacts(
        kind=office.kind,
        region=office.region.code,
        country=office.region.country,
        staff=office.staff_count,
        assessed_on=approved_at.astimezone(zone).date() if approved_at is not None else None,
        today=at.astimezone(zone).date(),
    )


def _condition(rule: Rule, facts: OfficeFacts, answers: Mapping[str, bool], report: Assessment | None) -> Condition:
    answer = answers.get(str(rule.pk)) if rule.kind == Rule.Kind.ANSWER else None
    met = meets(rule.kind, rule.value, facts, answer=answer)
    return Condition(rule, met, answer, report if rule.kind == Rule.Kind.ASSESSMENT else None)
