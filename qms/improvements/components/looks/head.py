"""The head of a plan's page: what it is, how far it is, what this person may do, four numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.improvements.components.money import money, spent_of
from qms.improvements.components.plans import state_of_plan
from qms.improvements.models import Action, Effect, Plan
from qms.improvements.queries import PlanView
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, Link, Note, PageHead, Stat, Stats, Tabs

from .words import codes_of

Stage, Status, Verdict = Plan.Stage, Action.Status, Effect.Verdict


@dataclass(frozen=True, slots=True)
class Ways:
    """What the reader may do with the plan."""

    add: bool = False
    send: bool = False
    approve: bool = False
    close: bool = False
    manage: bool = False
    hand_over: bool = False
    findings: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the office's findings an action answers, and how many still wait."""

    answered: int
    waiting: int


def url(name: str, plan: Plan) -> str:
    """The address of one of the plan's pages."""
    return reverse(f"improvements:{name}", args=[plan.pk])


def crumbs_of_plan(plan: Plan) -> Crumbs:
    """The way here."""
    return Crumbs((Link(_("Improvement plans"), reverse("improvements:plan-list")), Link(plan.title, "")))


def head_of_plan(view: PlanView, ways: Ways) -> PageHead:
    """The plan's name, its state in two sentences, its days and money, and the next step of this reader."""
    plan = view.plan
    over = _("Improvement plan of %(office)s") % {"office": plan.office.short_name}
    if plan.assessment is not None:
        over = _("%(plan)s, based on “%(assessment)s”") % {"plan": over, "assessment": plan.assessment.title}
    return PageHead(
        plan.title,
        over=over,
        state=state_of_plan(plan),
        lead=lead_of(view),
        meta=_meta(view),
        action=_buttons(plan, ways) or None,
    )


def lead_of(view: PlanView) -> str:
    """How many actions there are, how many are finished, and what came of those."""
    count, done = len(view.rows), view.done
    if not count:
        return _("The plan has no actions yet.")
    said = ngettext("%(count)s action.", "%(count)s actions.", count) % {"count": count}
    if not done:
        return f"{said} " + _("None is finished yet.")
    finished = ngettext("%(count)s is finished", "%(count)s are finished", len(done)) % {"count": len(done)}
    verdicts = Counter(row.effect.verdict for row in done if row.effect is not None)
    outcome = ", ".join(_outcome(verdict, verdicts[verdict]) for verdict in Verdict.values if verdicts[verdict])
    return f"{said} {finished}: {outcome}." if outcome else f"{said} {finished}."


def _outcome(verdict: str, count: int) -> str:
    words = {
        Verdict.IMPROVED: ngettext("%(count)s brought an improvement", "%(count)s brought an improvement", count),
        Verdict.NO_CHANGE: ngettext("%(count)s changed nothing", "%(count)s changed nothing", count),
        Verdict.WORSE: ngettext("%(count)s made it worse", "%(count)s made it worse", count),
        Verdict.NOT_MEASURABLE: ngettext("%(count)s cannot be measured", "%(count)s cannot be measured", count),
    }
    return words[Verdict(verdict)] % {"count": count}


def _meta(view: PlanView) -> tuple[tuple[str, object], ...]:
    plan = view.plan
    facts: list[tuple[str, object]] = []
    if plan.approved_at:
        who = f", {view.approved_by}" if view.approved_by else ""
        facts.append((_("Approved on"), f"{numbers.day(plan.approved_at)}{who}"))
    elif plan.sent_at and plan.stage == Stage.APPROVAL:
        facts.append((_("Sent to the director"), numbers.day(plan.sent_at)))
    if plan.closed_at:
        facts.append((_("Closed on"), numbers.day(plan.closed_at)))
    elif plan.review_on:
        facts.append((_("Next review"), numbers.day(plan.review_on)))
    if view.budget is not None or view.spent:
        facts.append((_("Spent of the budget"), _money(view)))
    return tuple(facts)


def _money(view: PlanView) -> str:
    currency = view.plan.currency
    if view.budget is None:
        return money(view.spent, currency)
    return spent_of(view.spent, view.budget, currency)


def _buttons(plan: Plan, ways: Ways) -> tuple[Button, ...]:
    """The step that this reader is waited for first; never more than three."""
    buttons = []
    if ways.approve:
        buttons.append(Button(_("Read and approve"), url("plan-approve", plan)))
    if ways.add:
        buttons.append(Button(_("Add an action"), url("action-add", plan)))
    if ways.send:
        buttons.append(Button(_("Send to the director"), url("plan-send", plan), kind="secondary", post=True))
    if ways.close:
        buttons.append(Button(_("Close the plan"), url("plan-close", plan), kind="secondary"))
    return tuple(buttons)


def tabs_of_plan(plan: Plan, ways: Ways) -> Tabs:
    """The other looks at the plan, and what belongs to it."""
    links = [Link(_("Plan"), url("plan-detail", plan), current=True), Link(_("Board"), url("plan-board", plan))]
    if ways.findings:
        findings = reverse("improvements:finding-list") + f"?office={plan.office_id}"
        links.append(Link(_("Findings"), findings))
    if ways.hand_over:
        links.append(Link(_("Hand over actions"), url("hand-over", plan)))
    if ways.manage:
        links.append(Link(_("Title and days"), url("plan-edit", plan)))
    return Tabs(_("Ways to see the plan"), tuple(links))


def notes_of(view: PlanView) -> tuple[Note, ...]:
    """What a reader must know before the figures."""
    plan = view.plan
    notes = []
    if plan.stage == Stage.DRAFT and plan.returned_reason:
        notes.append(Note(plan.returned_reason, _("Returned by the director"), "warn", level=2))
    if plan.stage == Stage.APPROVAL:
        text = _("The plan is with the director; nothing in it changes until it is decided.")
        notes.append(Note(text, level=2))
    added = [row for row in view.rows if row.action.status == Status.PROPOSED]
    if plan.stage in (Stage.APPROVED, Stage.UNDER_WAY) and added:
        text = _("Added after the plan's approval: %(codes)s.") % {"codes": codes_of(added)}
        title = ngettext("%(count)s action awaits its approval", "%(count)s actions await their approval", len(added))
        notes.append(Note(text, title % {"count": len(added)}, "warn", level=2))
    return tuple(notes)


def stats_of_plan(view: PlanView, coverage: Coverage | None) -> Stats:
    """Four numbers: what is finished, under way and late; before approval how much, how quickly, for how much."""
    if not view.plan.is_approved:
        return Stats((_planned(view), _quick(view), _cost(view), _covered(view, coverage)))
    return Stats((_done(view), _running(view), _late(view), _covered(view, coverage)))


def _planned(view: PlanView) -> Stat:
    free = sum(not row.owner for row in view.rows)
    if not view.rows:
        note = _("none yet")
    elif free:
        note = ngettext("%(count)s without an owner", "%(count)s without an owner", free) % {"count": free}
    else:
        note = _("each with an owner")
    return Stat(pgettext("improvement plan", "Actions"), str(len(view.rows)), notes=(note,))


def _quick(view: PlanView) -> Stat:
    return Stat(_("Quick wins"), str(len(view.quick_wins)), notes=(_("easy and done within six months"),))


def _cost(view: PlanView) -> Stat:
    bare = sum(row.action.budget is None for row in view.rows)
    said = "–" if view.budget is None else money(view.budget, view.plan.currency)
    note = ngettext("%(count)s action without a budget", "%(count)s actions without a budget", bare) % {"count": bare}
    return Stat(_("Budget"), said, notes=(note,) if bare else (_("sum of all actions"),))


def _done(view: PlanView) -> Stat:
    done = view.done
    open_ones = sum(row.effect is None for row in done)
    if not done:
        note = _("none yet")
    elif open_ones:
        note = ngettext("%(count)s without a verdict", "%(count)s without a verdict", open_ones) % {"count": open_ones}
    else:
        note = _("each with a verdict")
    return Stat(_("Finished"), str(len(done)), _("of %(count)s") % {"count": len(view.rows)}, (note,))


def _running(view: PlanView) -> Stat:
    running = [row for row in view.running if not row.late]
    days = [row.action.due_on for row in running if row.action.due_on]
    if not running:
        note = _("none at the moment")
    elif days:
        note = _("next due %(day)s") % {"day": numbers.day(min(days))}
    else:
        note = ""
    return Stat(_("In progress"), str(len(running)), notes=(note,) if note else ())


def _late(view: PlanView) -> Stat:
    late = view.late
    note = _("every one is in time")
    if late:
        days = late[0].days_late
        words = ngettext("%(code)s, by %(days)s day", "%(code)s, by %(days)s days", days)
        note = words % {"code": late[0].action.code, "days": days}
    return Stat(_("Late"), str(len(late)), notes=(note,))


def _covered(view: PlanView, coverage: Coverage | None) -> Stat:
    if coverage is None:
        return Stat(_("Findings answered"), str(len(view.answered)), notes=(_("by the actions of this plan"),))
    of = _("of %(count)s") % {"count": coverage.answered + coverage.waiting}
    note: object = _("each is decided")
    if coverage.waiting:
        words = ngettext("%(count)s awaits a decision", "%(count)s await a decision", coverage.waiting)
        address = reverse("improvements:finding-list") + f"?office={view.plan.office_id}"
        note = Link(words % {"count": coverage.waiting}, address)
    return Stat(_("Findings answered"), str(coverage.answered), of, (note,))
