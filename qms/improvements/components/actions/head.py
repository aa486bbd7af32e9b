"""The top of an action's page: the way there, its facts, its way from the finding to the effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext

from qms.improvements.components.money import spent_of
from qms.improvements.models import Action
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, Link, PageHead

from .body import scale_of, score_of
from .parts import Chain, ChainStep, Doing, MoveButton
from .words import action_state, owner_of, status_name, step_name, steps_of, verdict_of

if TYPE_CHECKING:
    from qms.improvements.models import Plan
    from qms.improvements.queries.actions import ActionView, SourceView

Status = Action.Status
FORWARD = {
    Status.PROPOSED: Status.APPROVED,
    Status.APPROVED: Status.IN_PROGRESS,
    Status.IN_PROGRESS: Status.DONE,
    Status.POSTPONED: Status.IN_PROGRESS,
}
SHOWN_SOURCES = 2


def crumbs_of(action: Action, here: str = "") -> Crumbs:
    """The way from the list of plans through the plan to this action, and to a page behind it."""
    links = [Link(gettext("Improvement plans"), reverse("improvements:plan-list")), _plan_link(action.plan)]
    if here:
        links.append(Link(action.code, reverse("improvements:action-detail", args=[action.pk])))
    return Crumbs((*links, Link(here or action.code, "")))


def _plan_link(plan: Plan) -> Link:
    return Link(plan.title, reverse("improvements:plan-detail", args=[plan.pk]))


def head_of(view: ActionView, doing: Doing) -> PageHead:
    """Name, state and the facts one asks first; the step that is due stands beside them."""
    action = view.action
    return PageHead(
        action.title,
        over=gettext("Action %(code)s, %(plan)s") % {"code": action.code, "plan": action.plan.title},
        state=action_state(action, view.on),
        meta=tuple(_meta(view)),
        action=tuple(_buttons(view, doing)),
    )


def _meta(view: ActionView) -> list[tuple[str, object]]:
    action = view.action
    facts: list[tuple[str, object]] = [(gettext("Owner"), owner_of(action)), (gettext("Time"), _span(action))]
    if cost := spent_of(action.spent, action.budget, action.plan.currency):
        facts.append((gettext("Cost"), cost))
    if (priority := action.weighing.priority) is not None:
        said = gettext("%(priority)s of 25") % {"priority": numbers.figure(priority, 1)}
        facts.append((gettext("Priority"), f"{said}, {gettext('quick win')}" if action.is_quick_win else said))
    if action.status not in (Status.PROPOSED, Status.APPROVED):
        facts.append((gettext("Progress"), numbers.share(action.progress)))
    return facts


def _span(action: Action) -> str:
    if action.start_on and action.due_on:
        return f"{numbers.day(action.start_on)} \u2013 {numbers.day(action.due_on)}"
    if action.due_on:
        return gettext("until %(day)s") % {"day": numbers.day(action.due_on)}
    return gettext("from %(day)s") % {"day": numbers.day(action.start_on)} if action.start_on else "\u2013"


def _buttons(view: ActionView, doing: Doing) -> list[Button | MoveButton]:
    action = view.action
    forward = FORWARD.get(Status(action.status), "")
    buttons: list[Button | MoveButton] = []
    if forward and forward in dict(steps_of(action, doing)):
        buttons.append(MoveButton(action.pk, forward, action.version, step_name(action.status, forward)))
    elif view.lacks_effect and doing.states_effect:
        buttons.append(Button(gettext("State the effect"), url=reverse("improvements:effect", args=[action.pk])))
    if doing.changes:
        edit = reverse("improvements:action-edit", args=[action.pk])
        buttons.append(Button(gettext("Change the action"), url=edit, kind="secondary"))
    return buttons


def chain_of(view: ActionView) -> Chain:
    """From the findings through the plan to the effect and what is next."""
    steps = [_source_step(source) for source in view.sources[:SHOWN_SOURCES]]
    more = len(view.sources) - SHOWN_SOURCES
    if more > 0:
        words = ngettext("%(count)s more finding", "%(count)s more findings", more) % {"count": more}
        steps.append(ChainStep(gettext("Further"), words, "#sources"))
    if not steps:
        steps.append(ChainStep(gettext("Where it comes from"), gettext("no finding stands behind it"), kind="next"))
    action = view.action
    here = f"{action.code}, {status_name(action.status)}"
    steps.append(ChainStep(action.plan.title, here, _plan_link(action.plan).url, "" if view.stated else "now"))
    if view.stated is not None:
        steps.append(ChainStep(gettext("Effect"), "", "#effect", "now", verdict_of(view.stated.verdict)))
    steps.append(ChainStep(pgettext("what follows", "Next"), next_of(view), kind="next"))
    return Chain(tuple(steps))


def _source_step(source: SourceView) -> ChainStep:
    finding = source.finding
    over = finding.instrument or str(finding.get_source_display())
    if finding.score is not None and finding.node:
        return ChainStep(over, f"{finding.node}: {score_of(source)} {scale_of(source)}".strip(), "#sources")
    return ChainStep(over, Truncator(finding.title).chars(60), "#sources")


def next_of(view: ActionView) -> str:
    """What follows for the action, in a few words."""
    action = view.action
    if action.status == Status.DONE and view.stated is not None:
        improved = view.stated.verdict == "improved"
        return gettext("a good practice for other offices") if improved else gettext("learn from it, plan anew")
    due = numbers.day(action.due_on)
    return {
        Status.PROPOSED: gettext("approval by the director"),
        Status.APPROVED: gettext("begin on %(day)s") % {"day": numbers.day(action.start_on)}
        if action.start_on
        else gettext("begin work"),
        Status.IN_PROGRESS: gettext("finish by %(day)s, then measure") % {"day": due}
        if action.due_on
        else gettext("finish, then measure"),
        Status.POSTPONED: gettext("take it up again"),
        Status.DONE: gettext("measure and state the effect"),
        Status.STOPPED: gettext("nothing; the reason stands in the log"),
    }[Status(action.status)]
