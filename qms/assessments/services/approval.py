"""Approval: the director reads, returns or freezes."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from qms.accounts.models import User
from qms.assessments import letters
from qms.assessments.domain import lifecycle
from qms.assessments.domain.snapshot import digest, plain
from qms.assessments.models import Assessment, CriterionResult, Member, NodeResult, Snapshot
from qms.assessments.queries import content_of, open_nodes_of
from qms.core.audit import record
from qms.core.services import post_letter
from qms.lifecycle import Refused, gettext_noop
from qms.offices.queries import directors_of, leads_of

from .locking import locked

Stage = Assessment.Stage
PLACES = Decimal("0.000001")


@transaction.atomic
def send_to_approval(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Hand the agreed results to the director; every node must be agreed or left blank with a reason."""
    assessment = locked(assessment)
    lifecycle.ASSESSMENT.require(assessment.stage, Stage.APPROVAL)
    if missing := open_nodes_of(assessment):
        raise Refused(gettext_noop("Not agreed yet: %(nodes)s."), nodes=", ".join(missing))
    assessment.stage, assessment.sent_at = Stage.APPROVAL, at
    assessment.save(update_fields=["stage", "sent_at", "updated_at"])
    record(assessment, "assessments.send_to_approval", by=by, office_id=assessment.office_id)
    for director in directors_of(assessment.office):
        post_letter(**letters.for_approval(assessment, director).posted())
    return assessment


@transaction.atomic
def return_to_group(assessment: Assessment, *, reason: str, by: User) -> Assessment:
    """Give the results back to the group with the director's remark."""
    assessment = locked(assessment)
    if assessment.stage != Stage.APPROVAL:
        raise Refused(gettext_noop("This step is not open at the moment."))
    if not reason.strip():
        raise Refused(gettext_noop("Write what the group should look at again."))
    lifecycle.ASSESSMENT.require(assessment.stage, Stage.CONSENSUS)
    assessment.stage, assessment.returned_reason = Stage.CONSENSUS, reason.strip()
    assessment.save(update_fields=["stage", "returned_reason", "updated_at"])
    record(assessment, "assessments.return", by=by, office_id=assessment.office_id, reason=reason.strip())
    chairs = assessment.members.present().filter(role=Member.Role.CHAIR)
    for chair in chairs.select_related("user", "assessment__office"):
        post_letter(**letters.returned(chair, reason=reason.strip(), by=by).posted())
    return assessment


@transaction.atomic
def approve(assessment: Assessment, *, by: User, at: datetime) -> Snapshot:
    """Freeze the results with their fingerprint; after this nothing in the assessment changes."""
    assessment = locked(assessment)
    lifecycle.ASSESSMENT.require(assessment.stage, Stage.APPROVED)
    if missing := open_nodes_of(assessment):
        raise Refused(gettext_noop("Not agreed yet: %(nodes)s."), nodes=", ".join(missing))
    content = content_of(assessment) | {"approved": plain({"by": by.name, "at": at})}
    snapshot = Snapshot.objects.create(
        assessment=assessment, content=content, sha256=digest(content), approved_by=by, approved_at=at
    )
    _write_results(assessment, content)
    assessment.stage, assessment.approved_at = Stage.APPROVED, at
    assessment.save(update_fields=["stage", "approved_at", "updated_at"])
    record(assessment, "assessments.approve", by=by, office_id=assessment.office_id, sha256=snapshot.sha256)
    _tell(assessment, by=by)
    return snapshot


def _write_results(assessment: Assessment, content: dict[str, object]) -> None:
    results = content["results"]
    criteria = {**results["criteria"], CriterionResult.TOTAL: results["total"]}  # type: ignore[index]
    NodeResult.objects.bulk_create(
        NodeResult(
            assessment=assessment,
            node=node["id"],
            score=_stored(node["score"]),
            count=node["count"],
            lowest=_stored(node["lowest"]),
            highest=_stored(node["highest"]),
        )
        for node in content["nodes"]  # type: ignore[attr-defined]
    )
    CriterionResult.objects.bulk_create(
        CriterionResult(assessment=assessment, criterion=criterion, score=_stored(score))
        for criterion, score in criteria.items()
    )


def _stored(score: str | None) -> Decimal | None:
    return None if score is None else Decimal(score).quantize(PLACES, rounding=ROUND_HALF_UP)


def _tell(assessment: Assessment, *, by: User) -> None:
    members = [each.user for each in assessment.members.present().select_related("user") if each.user is not None]
    readers = {reader.pk: reader for reader in (*leads_of(assessment.office), *members)}
    readers.pop(by.pk, None)
    for reader in readers.values():
        post_letter(**letters.approved(assessment, reader, by=by).posted())
