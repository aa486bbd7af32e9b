"""Lists for pages, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from qms.assessments.models import Assessment, CriterionResult, Evidence, Group, Sheet
from qms.frameworks.models import Edition

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.offices.models import Office


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One line of the list of assessments; the total only of approved ones."""

    assessment: Assessment
    sheets: int
    sheets_in: int
    settled: int
    nodes: int
    total: Decimal | None


def assessments_listed(user: User, *, office: Office | None = None) -> tuple[AssessmentRow, ...]:
    """The assessments this person may open, newest first; of one office when it is named."""
    rows = Assessment.objects.visible_to(user)
    if office is not None:
        rows = rows.filter(office=office)
    present = Q(members__left_at__isnull=True)
    total = CriterionResult.objects.filter(assessment=OuterRef("pk"), criterion=CriterionResult.TOTAL)
    counted: QuerySet[Any] = (
        rows.select_related("office", "edition")
        .annotate(
            sheets=Count("members", filter=present, distinct=True),
            sheets_in=Count("members", filter=present & Q(members__sheet__state=Sheet.State.HANDED_IN), distinct=True),
            agreed=Count("consensus", filter=Q(consensus__settled_at__isnull=False), distinct=True),
            total=Subquery(total.values("score")[:1]),
        )
        .order_by("-year", "-pk")
    )
    return tuple(
        AssessmentRow(row, row.sheets, row.sheets_in, row.agreed, len(row.edition.tree().scored), row.total)
        for row in counted
    )


def groups_of(assessment: Assessment) -> tuple[Group, ...]:
    """The groups in their order, each with its present members in `members_present`."""
    from_members = {group.pk: group for group in assessment.groups.order_by("position")}
    for group in from_members.values():
        group.members_present = []  # type: ignore[attr-defined]
    for member in assessment.members.present().select_related("user", "sheet", "invitation").order_by("role", "name"):
        from_members[member.group_id].members_present.append(member)  # type: ignore[attr-defined]
    return tuple(from_members.values())


def evidence_of(office: Office) -> Iterable[Evidence]:
    """The office's evidence that has not been withdrawn, by number."""
    return Evidence.objects.current().filter(office=office).order_by("number")


def own_sheet_of(assessment: Assessment, user: User) -> Sheet | None:
    """The person's own sheet in this assessment, if the person is in a group."""
    return Sheet.objects.visible_to(user).with_assessment().filter(member__assessment=assessment).first()


def previous_candidates(office: Office, edition_id: int) -> Iterable[Assessment]:
    """Approved assessments of the office on this edition or on the one it follows, newest first."""
    follows = Edition.objects.get(pk=edition_id).tree().follows
    of_either = Q(edition=edition_id) | Q(edition__code=follows) if follows else Q(edition=edition_id)
    return Assessment.objects.approved().filter(of_either, office=office).order_by("-approved_at")
