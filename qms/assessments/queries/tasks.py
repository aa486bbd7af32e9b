"""What each person has to do now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from qms.assessments.models import Assessment, ConsensusNode, Member, Sheet
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User


REMIND_WITHIN = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, for which assessment, until when, and where it is done."""

    kind: str
    text: str
    detail: str
    assessment: Assessment
    due_at: datetime | date | None
    route: str
    argument: int
    is_late: bool = False

    @property
    def url(self) -> str:
        """The address of the page on which it is done."""
        return reverse(self.route, args=[self.argument])


def tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """The person's open tasks in assessments, the most urgent first."""
    if not user.is_authenticated:
        return ()
    tasks = [*_sheets(user, at), *_as_chair(user, at), *_as_lead(user, at), *_as_director(user, at)]
    return tuple(sorted(tasks, key=lambda task: (_moment(task.due_at) is None, _moment(task.due_at) or "")))


def _moment(due: datetime | date | None) -> str | None:
    return None if due is None else due.isoformat()


def _is_past(due: datetime | date | None, at: datetime) -> bool:
    if due is None:
        return False
    return due < at if isinstance(due, datetime) else due < timezone.localdate(at)


def _counted(assessments: QuerySet[Assessment]) -> QuerySet[Any]:
    present = Q(members__left_at__isnull=True)
    return assessments.select_related("office", "edition").annotate(
        sheets=Count("members", filter=present, distinct=True),
        sheets_in=Count("members", filter=present & Q(members__sheet__state=Sheet.State.HANDED_IN), distinct=True),
        agreed=Count("consensus", filter=Q(consensus__settled_at__isnull=False), distinct=True),
    )


def _sheets(user: User, at: datetime) -> Iterator[Task]:
    sheets: QuerySet[Any] = (
        Sheet.objects.visible_to(user)
        .with_assessment()
        .exclude(state=Sheet.State.HANDED_IN)
        .filter(member__assessment__stage=Assessment.Stage.INDIVIDUAL)
        .annotate(touched=Count("scores"))
    )
    for sheet in sheets:
        assessment = sheet.member.assessment
        of = len(assessment.edition.tree().scored)
        if sheet.state == Sheet.State.REOPENED:
            text = gettext("Correct your individual sheet and hand it in again")
        else:
            text = gettext("Fill in your individual sheet and hand it in")
        detail = gettext("%(touched)s of %(of)s begun") % {"touched": sheet.touched, "of": of}
        due = assessment.individual_due_at
        yield Task("sheet", text, detail, assessment, due, "assessments:sheet", sheet.pk, _is_past(due, at))


def _as_chair(user: User, at: datetime) -> Iterator[Task]:
    chaired = Member.objects.present().filter(user_id=user.pk, role=Member.Role.CHAIR).values("assessment")
    stages = (Assessment.Stage.INDIVIDUAL, Assessment.Stage.CONSENSUS)
    for assessment in _counted(Assessment.objects.filter(pk__in=chaired, stage__in=stages)):
        if assessment.stage == Assessment.Stage.INDIVIDUAL:
            late = _is_past(assessment.individual_due_at, at)
            if assessment.sheets_in == assessment.sheets or late:
                yield _open_consensus(assessment, at)
            continue
        of = len(assessment.edition.tree().scored)
        left = of - assessment.agreed
        due = assessment.consensus_on
        if left:
            text = gettext("Lead the group to its agreed scores")
            detail = ngettext("%(left)s of %(of)s left", "%(left)s of %(of)s left", left) % {"left": left, "of": of}
            yield Task(
                "consensus", text, detail, assessment, due, "assessments:consensus", assessment.pk, _is_past(due, at)
            )
        else:
            text = gettext("Send the agreed results for approval")
            yield Task("send", text, "", assessment, due, "assessments:results", assessment.pk, _is_past(due, at))


def _open_consensus(assessment: Any, at: datetime) -> Task:
    text = gettext("Begin the consensus")
    detail = gettext("%(sheets_in)s of %(of)s sheets are in") % {
        "sheets_in": assessment.sheets_in,
        "of": assessment.sheets,
    }
    due = assessment.consensus_on
    return Task(
        "open_consensus",
        text,
        detail,
        assessment,
        due,
        "assessments:assessment-detail",
        assessment.pk,
        _is_past(due, at),
    )


def _as_lead(user: User, at: datetime) -> Iterator[Task]:
    offices = roles_of(user).offices(roles.QUALITY_LEAD)
    drafts = Assessment.objects.filter(office__in=offices, stage=Assessment.Stage.DRAFT)
    for assessment in drafts.select_related("office", "edition"):
        text = gettext("Compose the group and send the invitations")
        due = assessment.individual_due_at
        yield Task(
            "start", text, "", assessment, due, "assessments:assessment-detail", assessment.pk, _is_past(due, at)
        )

    under_way = Assessment.objects.filter(office__in=offices, stage=Assessment.Stage.INDIVIDUAL)
    for assessment in _counted(under_way):
        out = assessment.sheets - assessment.sheets_in
        due = assessment.individual_due_at
        if out and due is not None and due - at <= REMIND_WITHIN:
            text = ngettext(
                "Remind one person of the individual sheet", "Remind %(count)s people of their individual sheets", out
            ) % {"count": out}
            detail = gettext("%(in)s of %(of)s sheets are in") % {"in": assessment.sheets_in, "of": assessment.sheets}
            route = "assessments:assessment-detail"
            yield Task("remind", text, detail, assessment, due, route, assessment.pk, _is_past(due, at))


def _as_director(user: User, at: datetime) -> Iterator[Task]:
    offices = roles_of(user).offices(roles.DIRECTOR)
    waiting = Assessment.objects.filter(office__in=offices, stage=Assessment.Stage.APPROVAL)
    for assessment in waiting.select_related("office", "edition"):
        text = gettext("Read the results and approve them")
        due = assessment.approve_by
        yield Task("approve", text, "", assessment, due, "assessments:results", assessment.pk, _is_past(due, at))


def open_nodes_of(assessment: Assessment) -> tuple[str, ...]:
    """The identifiers of nodes that the group has not agreed yet, in the framework's order."""
    settled = set(ConsensusNode.objects.settled().filter(assessment=assessment).values_list("node", flat=True))
    return tuple(node.identifier for node in assessment.edition.tree().scored if node.identifier not in settled)
