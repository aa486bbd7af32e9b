"""What an action's form offers to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.frameworks.domain.framework import Framework, text
from qms.frameworks.models import Edition
from qms.improvements.models import Action, Plan
from qms.offices.models import Membership
from qms.ui.numbers import figure

from .findings import FindingView, findings_view

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qms.offices.models import Office

FALLBACK: Final = "caf-2020"
LABEL: Final = 160


@dataclass(frozen=True, slots=True)
class FindingChoice:
    """One finding to tick."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ActionChoices:
    """Findings, nodes and people of one office; findings that the action has come first, then the open ones."""

    findings: tuple[FindingChoice, ...]
    nodes: tuple[tuple[str, str], ...]
    people: QuerySet[User]

    def people_with(self, action: Action) -> QuerySet[User]:
        """The people, and those who help with the action already."""
        helping = Action.helpers.through.objects.filter(action=action).values("user_id")
        return User.objects.filter(Q(pk__in=self.people.values("pk")) | Q(pk__in=helping)).order_by(
            "last_name", "first_name", "pk"
        )


def choices_of(plan: Plan, action: Action | None = None) -> ActionChoices:
    """What the form of an action of this plan offers."""
    found = [one for one in findings_view(plan.office) if not one.is_dismissed or _answers(one, action)]
    found.sort(key=lambda one: (not _answers(one, action), one.is_answered))
    own = [(node.framework, node.node) for node in action.nodes.all()] if action else []
    own += [(one.framework, one.node) for one in found if _answers(one, action) and one.framework]
    return ActionChoices(
        findings=tuple(FindingChoice(one.key, _label(one, action)) for one in found),
        nodes=_nodes(framework_of(plan), own),
        people=people_of(plan.office),
    )


def people_of(office: Office) -> QuerySet[User]:
    """Everyone who works in the office now, by name."""
    here = Membership.objects.active().at(office).values("user")
    return User.objects.filter(pk__in=here, is_active=True).order_by("last_name", "first_name", "pk")


def framework_of(plan: Plan) -> Framework | None:
    """The framework under whose nodes the plan files its actions."""
    if plan.assessment is not None:
        return plan.assessment.edition.tree()
    return framework_of_office(plan.office)


def framework_of_office(office: Office) -> Framework | None:
    """The framework of the office's latest approved assessment, else CAF 2020, else the first published one."""
    latest = (
        Assessment.objects.approved().filter(office=office).select_related("edition").order_by("-approved_at").first()
    )
    if latest is not None:
        return latest.edition.tree()
    published = Edition.objects.published()
    edition = published.filter(code=FALLBACK).first() or published.order_by("pk").first()
    return edition.tree() if edition else None


def _answers(one: FindingView, action: Action | None) -> bool:
    return action is not None and any(answer.pk == action.pk for answer in one.answers)


def _label(one: FindingView, action: Action | None) -> str:
    words = " ".join(part for part in (one.node, Truncator(one.title).chars(LABEL)) if part)
    said = [words]
    if one.score is not None:
        said.append(gettext("score %(score)s") % {"score": figure(one.score)})
    others = [answer.code for answer in one.answers if action is None or answer.pk != action.pk]
    if others:
        said.append(gettext("answered by %(actions)s") % {"actions": ", ".join(others)})
    return " · ".join(said)


def _nodes(framework: Framework | None, own: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    language = get_language() or "pl"
    known = framework.scored if framework else ()
    code = framework.code if framework else ""
    listed = {(code, node.identifier): f"{node.identifier} {text(node.titles, language)}" for node in known}
    for pair in own:
        listed.setdefault(pair, f"{pair[1]} ({pair[0]})")
    return tuple((f"{owner}:{node}", title) for (owner, node), title in listed.items())
