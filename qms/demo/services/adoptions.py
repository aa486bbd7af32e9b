"""Practices of the example library that other offices took over into their plans, some of them measured by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation

from qms.accounts.models import User
from qms.demo.domain import material
from qms.demo.services.moments import as_of, day_from, moment_from
from qms.goodpractices.models import PracticePage
from qms.improvements import services
from qms.improvements.domain.measuring import IndicatorFacts, ReadingFacts
from qms.improvements.models import Action, Indicator, Plan
from qms.improvements.services.adoption import adopt_practice


@dataclass(frozen=True)
class AdoptionCase:
    """One practice on its way into another office's plan."""

    facts: Mapping[str, Any]
    plan: Plan
    people: Mapping[str, User]
    at: dt.datetime

    def on(self, day: int) -> dt.date:
        return day_from(self.at, day)

    def moment(self, day: int) -> dt.datetime:
        return moment_from(self.at, day)


def build_adoptions(*, at: dt.datetime) -> None:
    """Every adoption that is not here yet, as far as the plan is open and the practice is published."""
    users = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    for facts in material.read("practices/adoptions")["adoptions"]:
        slug, title = facts["practice"]
        practice = PracticePage.objects.published().filter(office__slug=slug, title=title).first()  # type: ignore[attr-defined]
        plan = Plan.objects.running().filter(office__slug=facts["office"]).select_related("office").first()
        if practice is None or plan is None or _is_taken(practice, plan):
            continue
        people = {person.key: users[person.email] for person in material.people() if person.office == facts["office"]}
        with transaction.atomic(), translation.override(plan.office.language):
            _build(AdoptionCase(facts, plan, people, at), practice)


def _is_taken(practice: PracticePage, plan: Plan) -> bool:
    return Action.objects.filter(practice=practice, plan__office=plan.office_id).exists()


def _build(case: AdoptionCase, practice: PracticePage) -> None:
    facts, lead, owner = case.facts, case.people["lead"], case.people[case.facts["owner"]]
    with as_of(case.moment(facts["proposed"]), until=case.at):
        action = adopt_practice(case.plan, practice=practice, by=lead)
        _settle(case, action, owner)
        indicator = _measure(case, action)
    if "approved" in facts:
        approved = case.moment(facts["approved"])
        with as_of(approved, until=case.at):
            services.approve_action(action, by=case.people["director"], at=approved)
    if "begun" in facts:
        _move(case, action, "in_progress", facts["begun"], by=owner)
    if "log" in facts:
        line = facts["log"]
        with as_of(case.moment(line["day"]), until=case.at):
            services.report(action, text=line["text"], on=case.on(line["day"]), progress=line["progress"], by=owner)
    if "done" in facts:
        _move(case, action, "done", facts["done"], by=owner)
    if "effect" in facts:
        stated = case.moment(facts["stated"])
        with as_of(stated, until=case.at):
            services.state_effect(action, indicator=indicator, comment=facts["effect"], by=lead, at=stated)


def _settle(case: AdoptionCase, action: Action, owner: User) -> None:
    """The title as the office says it, an owner, days and money."""
    facts = services.ActionFacts(
        title=case.facts["title"],
        problem=action.problem,
        expected=action.expected,
        kind=action.kind,
        client=action.client,
        unit=action.unit,
        owner=owner,
        start_on=case.on(case.facts["start"]),
        due_on=case.on(case.facts["due"]),
        budget=Decimal(case.facts["budget"]),
        nodes=tuple(action.nodes.order_by("framework", "node").values_list("framework", "node")),
    )
    version = Action.objects.values_list("version", flat=True).get(pk=action.pk)
    services.change_action(action, facts=facts, version=version, by=case.people["lead"])


def _measure(case: AdoptionCase, action: Action) -> Indicator | None:
    """The indicator that came with the practice, with the office's own target and readings."""
    indicator = action.indicators.order_by("position", "pk").first()
    if indicator is None or "indicator" not in case.facts:
        return indicator
    readings = case.facts.get("readings", ())
    asked = case.facts["indicator"]
    wanted = IndicatorFacts(
        title=indicator.title,
        unit=indicator.unit,
        better=indicator.better,
        baseline=_decimal(readings[0]["value"]),
        target=_decimal(asked["target"]),
        least_change=_decimal(asked["least"]),
    )
    services.save_indicator(action, facts=wanted, by=case.people["lead"], indicator=indicator)
    # The rule was set when the action was proposed, before anything was measured after it.
    proposed = case.moment(case.facts["proposed"])
    Indicator.objects.filter(pk=indicator.pk).update(created_at=proposed, updated_at=proposed)
    for reading in readings:
        services.add_reading(
            indicator,
            facts=ReadingFacts(
                on=case.on(reading["day"]),
                value=_decimal(reading["value"]),
                standard_error=_decimal(reading["error"]),
                count=reading["count"],
                label=reading["label"],
            ),
            by=case.people["lead"],
            at=case.at,
        )
    return indicator


def _move(case: AdoptionCase, action: Action, to: str, day: int, *, by: User) -> None:
    version = Action.objects.values_list("version", flat=True).get(pk=action.pk)
    moment = case.moment(day)
    with as_of(moment, until=case.at):
        services.move_action(action, to=to, version=version, by=by, at=moment, reason="")


def _decimal(value: object) -> Decimal:
    return Decimal(str(value))
