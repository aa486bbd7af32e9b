"""The example improvement plans, walked through the real services with moments of their own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.assessments.queries import findings_of
from qms.demo.domain import material
from qms.demo.services.moments import as_of, day_from, moment_from
from qms.improvements import services
from qms.improvements.domain.measuring import IndicatorFacts, ReadingFacts
from qms.improvements.models import Action, CycleMark, Indicator, Plan
from qms.offices.models import Office

Say = Callable[[str], None]
PLANS = ("goldap", "leczna", "poznan", "krasnystaw", "opole-lubelskie", "yaroslavl")
JUDGEMENTS = ("stakeholders", "results", "visibility", "difficulty", "resources", "speed")
OPENED, SENT, APPROVED = (dt.timedelta(days=days) for days in (20, 30, 44))


@dataclass
class PlanCase:
    """One plan while it is built."""

    facts: Mapping[str, Any]
    office: Office
    people: Mapping[str, User]
    assessment: Assessment
    at: dt.datetime
    taken: set[str] = field(default_factory=set)

    @property
    def lead(self) -> User:
        return self.people["lead"]

    @property
    def director(self) -> User:
        return self.people["director"]

    def after_report(self, days: dt.timedelta) -> dt.datetime:
        """So many days after the report was approved, but never later than yesterday."""
        approved = self.assessment.approved_at
        assert approved is not None  # noqa: S101  only approved ones are answered
        return min(approved + days, self.at - dt.timedelta(days=1))

    def on(self, day: int) -> dt.date:
        """The working day that lies so many days from today."""
        return day_from(self.at, day)

    def moment(self, day: int) -> dt.datetime:
        """Two in the afternoon of that day, never in the future."""
        return moment_from(self.at, day)


def build_plans(*, at: dt.datetime, say: Say) -> dict[str, Plan]:
    """Every plan that is not here yet, by its key; closing ones are left under way for `close_plans`."""
    built = {}
    users = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    for name in PLANS:
        facts = material.dated(material.read(f"plans/{name}"), timezone.localtime(at).year)
        office = Office.objects.get(slug=facts["office"])
        already = Plan.objects.filter(office=office).order_by("pk").first()
        if already is not None:
            continue
        people = {person.key: users[person.email] for person in material.people() if person.office == office.slug}
        assessment = Assessment.objects.approved().filter(office=office).order_by("-year", "-pk").first()
        assert assessment is not None, office  # noqa: S101  the assessments were built just before
        case = PlanCase(facts, office, people, assessment, at)
        with transaction.atomic(), translation.override(office.language):
            built[name] = _build(case)
        say(f"{office.short_name}: {built[name].title}")
    return built


def close_plans(built: Mapping[str, Plan], *, at: dt.datetime) -> None:
    """Close those whose file says so: an external feedback was applied for while they were under way."""
    for name, plan in built.items():
        facts = material.read(f"plans/{name}")
        if facts["stage"] == "closed":
            with transaction.atomic(), as_of(at - dt.timedelta(days=30), until=at):
                moment = at - dt.timedelta(days=30)
                services.close_plan(plan, conclusion=facts["conclusion"], by=plan.opened_by, at=moment)


def _build(case: PlanCase) -> Plan:
    plan = _open(case)
    actions = [_propose(case, plan, facts) for facts in case.facts["actions"]]
    _set_aside(case)
    _note_steps(case)
    if case.facts["stage"] == "draft":
        return plan
    sent = case.after_report(SENT)
    with as_of(sent, until=case.at):
        services.send_plan(plan, by=case.lead, at=sent)
    if case.facts["stage"] == "approval":
        return plan
    approved = case.after_report(APPROVED)
    with as_of(approved, until=case.at):
        services.approve_plan(plan, by=case.director, at=approved)
    for action, facts in zip(actions, case.facts["actions"], strict=True):
        _work(case, action, facts)
    return Plan.objects.get(pk=plan.pk)


def _open(case: PlanCase) -> Plan:
    opened = case.after_report(OPENED)
    with as_of(opened, until=case.at):
        return services.open_plan(
            case.office,
            title=case.facts["title"],
            year=timezone.localtime(opened).year,
            introduction=case.facts.get("introduction", ""),
            currency=case.facts.get("currency", Plan.Currency.PLN),
            assessment=case.assessment,
            review_on=case.on(case.facts["review"]) if "review" in case.facts else None,
            by=case.lead,
        )


def _propose(case: PlanCase, plan: Plan, facts: Mapping[str, Any]) -> Action:
    moment = case.after_report(OPENED + dt.timedelta(days=3))
    wanted = services.ActionFacts(
        title=facts["title"],
        problem=facts["problem"],
        expected=facts["expected"],
        kind=facts["kind"],
        client=facts["client"],
        unit=facts.get("unit", ""),
        owner=case.people[facts["owner"]],
        helpers=tuple(case.people[key] for key in facts.get("helpers", ())),
        start_on=case.on(facts["start"]),
        due_on=case.on(facts["due"]),
        budget=Decimal(facts["budget"]),
        findings=_findings(case, facts["nodes"]),
        nodes=tuple((case.assessment.edition.code, node) for node in facts["nodes"]),
        **dict(zip(JUDGEMENTS, facts["weighing"], strict=True)),
    )
    with as_of(moment, until=case.at):
        action = services.add_action(plan, facts=wanted, by=case.lead)
        lines = [services.TaskLine(title=title) for title in facts.get("tasks", ())]
        if lines:
            services.save_tasks(action, lines=lines, by=case.lead)
        if "indicator" in facts:
            _measure(case, action, facts)
    return action


def _findings(case: PlanCase, nodes: list[str]) -> tuple[str, ...]:
    """For each node its first finding that no other action answers yet."""
    keys = []
    for node in nodes:
        told = (one.key for one in findings_of(case.office) if one.node == node and one.key not in case.taken)
        if (key := next(told, None)) is not None:
            case.taken.add(key)
            keys.append(key)
    return tuple(keys)


def _measure(case: PlanCase, action: Action, facts: Mapping[str, Any]) -> None:
    asked = facts["indicator"]
    indicator = services.save_indicator(
        action,
        facts=IndicatorFacts(
            title=asked["title"],
            unit=asked["unit"],
            better=asked["better"],
            baseline=_decimal(asked.get("baseline")),
            target=_decimal(asked.get("target")),
            least_change=_decimal(asked.get("least")),
        ),
        by=case.lead,
    )
    # The rule was set when the action was proposed, before anything was measured after it.
    proposed = case.after_report(OPENED + dt.timedelta(days=3))
    Indicator.objects.filter(pk=indicator.pk).update(created_at=proposed, updated_at=proposed)
    for reading in facts.get("readings", ()):
        services.add_reading(
            indicator,
            facts=ReadingFacts(
                on=case.on(reading["day"]),
                value=Decimal(str(reading["value"])),
                standard_error=_decimal(reading.get("error")),
                count=reading.get("count"),
                label=reading["label"],
            ),
            by=case.lead,
            at=case.at,
        )


def _work(case: PlanCase, action: Action, facts: Mapping[str, Any]) -> None:
    """What has happened until today: begun, reported, told, done and measured, or stopped."""
    if facts["start"] > 0:
        return
    owner = case.people[facts["owner"]]
    _move(case, action, "in_progress", day=facts["start"], by=owner)
    for line in facts.get("log", ()):
        spent = Decimal(facts["spent"]) if line is facts["log"][-1] and "spent" in facts else None
        with as_of(case.moment(line["day"]), until=case.at):
            services.report(
                action, text=line["text"], on=case.on(line["day"]), progress=line["progress"], spent=spent, by=owner
            )
    if "stopped" in facts:
        stopped = facts["stopped"]
        _move(case, action, "stopped", day=stopped["day"], by=case.lead, reason=stopped["reason"])
    if "done" in facts:
        _finish(case, action, facts, by=owner)


def _finish(case: PlanCase, action: Action, facts: Mapping[str, Any], *, by: User) -> None:
    tasks = set(action.tasks.values_list("pk", flat=True))
    with as_of(case.moment(facts["done"]), until=case.at):
        services.tick_tasks(action, done=tasks, before=(), by=by, on=case.on(facts["done"]))
    _move(case, action, "done", day=facts["done"], by=by)
    stated = case.moment(-15)
    with as_of(stated, until=case.at):
        for told in facts.get("told", ()):
            services.save_communication(
                action,
                said=told["said"],
                done=told["done"],
                outcome=told["outcome"],
                audience=told["audience"],
                channel=told["channel"],
                told_on=case.on(told["day"]),
                by=case.lead,
            )
        if "lessons" in facts:
            services.save_lessons(action, text=facts["lessons"], before="", by=by)
        if "effect" in facts:
            indicator = action.indicators.order_by("position", "pk").first()
            services.state_effect(action, indicator=indicator, comment=facts["effect"], by=by, at=stated)


def _move(case: PlanCase, action: Action, to: str, *, day: int, by: User, reason: str = "") -> None:
    version = Action.objects.values_list("version", flat=True).get(pk=action.pk)
    moment = case.moment(day)
    with as_of(moment, until=case.at):
        services.move_action(action, to=to, version=version, by=by, at=moment, reason=reason)


def _set_aside(case: PlanCase) -> None:
    """One finding set aside with a reason, and one observation that was typed."""
    moment = case.after_report(OPENED + dt.timedelta(days=4))
    with as_of(moment, until=case.at):
        if "dismissed" in case.facts:
            for key in _findings(case, [case.facts["dismissed"]["node"]]):
                reason = case.facts["dismissed"]["reason"]
                services.dismiss(case.office, key, reason=reason, by=case.lead, at=moment)
        if "observation" in case.facts:
            services.add_finding(
                case.office, **case.facts["observation"], found_on=timezone.localdate(moment), by=case.lead
            )


def _note_steps(case: PlanCase) -> None:
    """What the office noted at the steps of its cycle."""
    CycleMark.objects.bulk_create(
        CycleMark(
            office=case.office,
            assessment=case.assessment,
            step=mark["step"],
            done_on=min(case.on(mark["done"]), timezone.localtime(case.at).date()),
            note=mark["note"],
        )
        for mark in case.facts.get("marks", ())
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
