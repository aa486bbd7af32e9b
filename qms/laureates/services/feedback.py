"""Reports are laid down from what the jury agreed, edited, approved, and until the embargo ends taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Round
from qms.core.audit import record
from qms.jury.models import Decision
from qms.laureates.domain.texts import ReportTexts
from qms.laureates.models import FeedbackReport
from qms.laureates.queries.feedback import decision_rows, findings_of, missing_in
from qms.laureates.queries.results import decided_categories, is_told_from
from qms.lifecycle import Refused, gettext_noop

from .telling import tell_reports

if TYPE_CHECKING:
    from qms.accounts.models import User

State = FeedbackReport.State
NOT_DECIDED = gettext_noop("Reports are laid down when the jury has closed a list of prizes.")
APPROVED = gettext_noop("This report is approved. Take it back to change it.")
STALE = gettext_noop("Somebody changed this report after you opened it. Both versions are on this page.")
CHANGED = gettext_noop("Somebody changed this report after you opened it. Read it again before you approve it.")
SAYS_NOTHING = gettext_noop("The report on %(number)s says nothing yet. Write what is good or what can be better.")
NOTHING_TO_APPROVE = gettext_noop("There is no draft to approve.")
READ = gettext_noop("The embargo has ended, and the office may have read this report. It stays as it is.")


@transaction.atomic
def lay_down(found: Round, *, by: User) -> int:
    """A draft for each application of a decided category that has none; how many were made."""
    held = Round.objects.select_for_update().get(pk=found.pk)
    if not decided_categories(held):
        raise Refused(NOT_DECIDED)
    made = 0
    for category, applications in missing_in(held).items():
        decided, findings = decision_rows(category), findings_of(category, applications)
        reports = [
            FeedbackReport(
                application=one, sections=[each.row() for each in findings[one.pk]], decision=decided[one.pk]
            )
            for one in applications
            if one.pk in decided
        ]
        made += len(FeedbackReport.objects.bulk_create(reports))
    if made:
        record(held, "laureates.lay_down", by=by, reports=made)
    return made


@transaction.atomic
def edit_feedback(report: FeedbackReport, *, texts: ReportTexts, version: int, by: User) -> FeedbackReport:
    """The report with these words; what a stale page sends is refused."""
    held = _held(report)
    if held.state == State.APPROVED:
        raise Refused(APPROVED)
    if held.version != version:
        raise Refused(STALE)
    held.opening, held.closing = texts.opening, texts.closing
    held.sections = [_with_words(row, texts.sections) for row in held.sections]
    held.version += 1
    held.save(update_fields=["opening", "closing", "sections", "version", "updated_at"])
    record(held, "laureates.edit_feedback", by=by)
    return held


@transaction.atomic
def approve_feedback(
    found: Round, reports: Iterable[int] | None = None, *, by: User, at: datetime, version: int | None = None
) -> int:
    """Approve these drafts of the round, or all of them; how many were approved. Each must say something.

    Offices that know their result already are told that their report is there.
    """
    rows = FeedbackReport.objects.select_for_update(of=("self",)).select_related("application")
    rows = rows.filter(application__category__round=found, state=State.DRAFT)
    drafts = list((rows if reports is None else rows.filter(pk__in=list(reports))).order_by("pk"))
    if not drafts:
        raise Refused(NOTHING_TO_APPROVE)
    for one in drafts:
        if version is not None and one.version != version:
            raise Refused(CHANGED)
        if not _says_something(one):
            raise Refused(SAYS_NOTHING, number=one.application.number)
        one.state, one.approved_by, one.approved_at, one.updated_at = State.APPROVED, by, at, at
    FeedbackReport.objects.bulk_update(drafts, ["state", "approved_by", "approved_at", "updated_at"])
    # No office stands with the act: before the embargo its history must not tell that anything was decided.
    record(found, "laureates.approve_feedback", by=by, reports=len(drafts))
    tell_reports(found, by=by, at=at)
    return len(drafts)


@transaction.atomic
def reopen_feedback(report: FeedbackReport, *, by: User, at: datetime) -> FeedbackReport:
    """The report as a draft again; only while no office can have read it."""
    held = _held(report)
    if is_told_from(held.application.category.round, at):
        raise Refused(READ)
    if held.state == State.DRAFT:
        return held
    held.state, held.approved_by, held.approved_at, held.version = State.DRAFT, None, None, held.version + 1
    held.save(update_fields=["state", "approved_by", "approved_at", "version", "updated_at"])
    record(held, "laureates.reopen_feedback", by=by)
    return held


def _held(report: FeedbackReport) -> FeedbackReport:
    rows = FeedbackReport.objects.select_for_update(of=("self",)).select_related("application__category__round")
    return rows.get(pk=report.pk)


def _with_words(row: dict[str, object], words: Mapping[int, tuple[str, str]]) -> dict[str, object]:
    pk = row["pk"]
    if not isinstance(pk, int) or pk not in words:
        return row
    strengths, areas = words[pk]
    return row | {"strengths": strengths, "areas": areas}


def _says_something(report: FeedbackReport) -> bool:
    """Whether there is anything to read; where nobody could judge, the reason of the decision is enough."""
    if report.decision.get("outcome") == Decision.Outcome.OUT:
        return True
    words = (row.get(name) for row in report.sections for name in ("strengths", "areas"))
    return any((report.opening, report.closing, *words))
