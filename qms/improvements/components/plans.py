"""What the list of plans and the director's page show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import text
from qms.improvements.models import Plan
from qms.improvements.queries import ActionRow, PlanView
from qms.improvements.queries.lists import PlanRow
from qms.ui.components import Button, Crumbs, DataTable, Facts, Link, Row, Seal, Stat, State, Stats
from qms.ui.components.part import Part, StateKind
from qms.ui.numbers import day, figure, moment

from .money import money

Stage = Plan.Stage
KINDS: dict[str, StateKind] = {
    Stage.DRAFT: "",
    Stage.APPROVAL: "wait",
    Stage.APPROVED: "going",
    Stage.UNDER_WAY: "going",
    Stage.CLOSED: "done",
}
HIGHEST = 25


def state_of_plan(plan: Plan) -> State:
    """How far the plan is."""
    return State(plan.get_stage_display(), KINDS[plan.stage])


def crumbs_to_plan(plan: Plan, here: str) -> Crumbs:
    """The way from the list through this plan to the page."""
    return Crumbs(
        (
            Link(_("Improvement plans"), reverse("improvements:plan-list")),
            Link(plan.title, reverse("improvements:plan-detail", args=[plan.pk])),
            Link(here, ""),
        )
    )


def plans_table(rows: Sequence[PlanRow]) -> DataTable:
    """The plans, newest first."""
    headers = (_("Plan"), _("Office"), _("Year"), _("Stage"), _("Done"), _("Overdue"), _("Next review"))
    lines = tuple(_plan_row(row) for row in rows)
    return DataTable(_("Improvement plans"), headers, lines, numeric=(2, 4, 5), stack=True)


def _plan_row(row: PlanRow) -> Row:
    plan = row.plan
    name = Link(plan.title, reverse("improvements:plan-detail", args=[plan.pk]))
    done = _("%(done)s of %(of)s") % {"done": row.done, "of": row.actions}
    review = day(plan.review_on) if plan.review_on else "–"
    late = str(row.late) if row.late else "–"
    return Row((name, plan.office.short_name, str(plan.year), state_of_plan(plan), done, late, review))


# --- The director's page ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActionBrief(Part):
    """One action as a director reads it before approving: why, what for, who, when, for how much."""

    code: str
    title: str
    marks: tuple[State, ...]
    facts: Facts
    problem: str
    expected: str
    findings: tuple[str, ...]
    nodes: str
    template_name: ClassVar[str] = "improvements/_action_brief.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        facts = Facts((("Właściciel", "Anna Nowak"), ("Termin", "30 czerwca 2027"), ("Priorytet", "16 z 25")))
        return (
            cls(
                "D-1",
                "Prosty język w wezwaniach",
                (State("szybka korzyść", "done"),),
                facts,
                "Co trzeci klient dzwoni z pytaniem, co ma zrobić z pismem.",
                "Klienci wiedzą z pisma, co zrobić i do kiedy.",
                ("6.1 Pisma są niezrozumiałe, ocena 34",),
                "6.1 Wyniki postrzegania",
            ),
        )


def briefs_of(view: PlanView) -> tuple[ActionBrief, ...]:
    """Every action that is not stopped, by number."""
    return tuple(_brief(view.plan, row) for row in view.rows if row.action.status != row.action.Status.STOPPED)


def _brief(plan: Plan, row: ActionRow) -> ActionBrief:
    action = row.action
    marks = []
    if row.quick:
        marks.append(State(_("quick win"), "done"))
    if not row.sources:
        marks.append(State(_("without a finding"), "wait"))
    facts: list[tuple[str, object]] = [
        (_("Owner"), row.owner or _("nobody yet")),
        (_("Time"), f"{day(action.start_on)} – {day(action.due_on)}" if action.start_on else day(action.due_on)),
        (_("Budget"), money(action.budget, plan.currency) if action.budget is not None else _("none")),
        (_("Priority"), priority_said(row.priority)),
        (_("Kind"), f"{action.get_kind_display()}, {action.get_client_display()}"),
    ]
    if action.unit:
        facts.append((_("Unit"), action.unit))
    return ActionBrief(
        code=action.code,
        title=action.title,
        marks=tuple(marks),
        facts=Facts(tuple(facts)),
        problem=action.problem,
        expected=action.expected,
        findings=tuple(_source(finding) for finding in row.sources),
        nodes=", ".join(dict.fromkeys(_criterion(row))),
    )


def _criterion(row: ActionRow) -> list[str]:
    language = get_language() or "pl"
    return [f"{one.identifier} {text(one.titles, language)}".strip() for one in row.criteria]


def _source(finding: object) -> str:
    node, title, score = (getattr(finding, name) for name in ("node", "title", "score"))
    said = f"{node} {title}".strip()
    return said if score is None else " · ".join((said, _("score %(score)s") % {"score": figure(score)}))


def priority_said(priority: object) -> str:
    """The priority beside its highest value, or that nobody has judged it yet."""
    if priority is None:
        return _("not judged yet")
    return _("%(priority)s of %(most)s") % {"priority": figure(priority, 1), "most": HIGHEST}


def approval_stats(view: PlanView, *, answered: int, found: int) -> Stats:
    """What the director sees at a glance."""
    actions = [row for row in view.rows if row.action.is_open]
    without = sum(not row.sources for row in actions)
    budget = money(view.budget, view.plan.currency) if view.budget is not None else "–"
    return Stats(
        (
            Stat(_("Actions"), str(len(actions)), notes=(_without(without),)),
            Stat(_("Quick wins"), str(len(view.quick_wins)), notes=(_("easy and done within six months"),)),
            Stat(_("Budget"), budget, notes=(_("sum of all actions"),)),
            Stat(
                _("Findings answered"),
                str(answered),
                _("of %(found)s") % {"found": found},
                notes=(_("the others wait or are set aside"),),
            ),
        )
    )


def _without(count: int) -> str:
    if not count:
        return _("each answers a finding")
    return ngettext("%(count)s without a finding", "%(count)s without a finding", count) % {"count": count}


def approve_seal(view: PlanView) -> Seal:
    """The director's step: what becomes fixed, who will see it, one box, one button, a way back."""
    plan, count = view.plan, sum(row.action.is_open for row in view.rows)
    fixed = ngettext(
        "%(count)s action with its owner, dates and budget", "%(count)s actions with owners, dates and budgets", count
    ) % {"count": count}
    return Seal(
        _("Approval of the plan"),
        (
            fixed,
            _("the plan of today with its fingerprint; later changes stand beside it and are logged"),
        ),
        (
            _("all staff of %(office)s: the whole plan and its progress") % {"office": plan.office.short_name},
            _("coordinators of the region and the country: the whole plan and its progress"),
            _("the owners: a letter that their actions are approved"),
        ),
        reverse("improvements:plan-approve", args=[plan.pk]),
        _("I have read the plan and approve it in the name of the office."),
        Button(_("Approve the plan")),
        Button(_("Return with a remark"), url="#return", kind="secondary"),
        ident="approval",
    )


def sent_at(plan: Plan) -> str:
    """When it came to the director's desk."""
    return moment(plan.sent_at)
