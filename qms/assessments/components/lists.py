"""What the list of assessments and the page of one show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from qms.assessments.models import Assessment
from qms.assessments.queries import AssessmentRow, Progress
from qms.frameworks.domain.framework import text
from qms.ui.components import DataTable, Link, Row, State, Step, Steps
from qms.ui.components.part import StateKind
from qms.ui.numbers import day, figure, moment

Stage = Assessment.Stage
KINDS: dict[str, StateKind] = {
    Stage.DRAFT: "",
    Stage.INDIVIDUAL: "going",
    Stage.CONSENSUS: "going",
    Stage.APPROVAL: "wait",
    Stage.APPROVED: "done",
}


def state_of(assessment: Assessment) -> State:
    """How far the assessment is."""
    return State(assessment.get_stage_display(), KINDS[assessment.stage])


def panel_title(assessment: Assessment) -> str:
    """The way of scoring in the reader's language."""
    return text(assessment.edition.tree().panel(assessment.panel).titles, get_language() or "pl")


def table_of(rows: Sequence[AssessmentRow]) -> DataTable:
    """The assessments, newest first."""
    headers = (gettext("Self-assessment"), gettext("Office"), gettext("Year"), gettext("State"), gettext("Progress"))
    return DataTable(gettext("Self-assessments"), headers, tuple(_row(row) for row in rows), numeric=(2,), stack=True)


def _row(row: AssessmentRow) -> Row:
    assessment = row.assessment
    name = Link(assessment.title, reverse("assessments:assessment-detail", args=[assessment.pk]))
    return Row((name, assessment.office.short_name, str(assessment.year), state_of(assessment), _far(row)))


def _far(row: AssessmentRow) -> str:
    stage = row.assessment.stage
    if stage == Stage.INDIVIDUAL:
        return gettext("%(in)s of %(of)s sheets handed in") % {"in": row.sheets_in, "of": row.sheets}
    if stage == Stage.CONSENSUS:
        return gettext("%(in)s of %(of)s agreed") % {"in": row.settled, "of": row.nodes}
    if stage == Stage.APPROVED and row.total is not None:
        rollup = row.assessment.edition.tree().rollup
        if rollup.maximum:
            return gettext("%(total)s of %(most)s points") % {"total": figure(row.total), "most": rollup.maximum}
        return gettext("%(total)s points") % {"total": figure(row.total, 1)}
    if stage == Stage.DRAFT:
        return ngettext("%(count)s person in the group", "%(count)s people in the group", row.sheets) % {
            "count": row.sheets
        }
    return ""


def steps_of(assessment: Assessment, progress: Progress | None) -> Steps:
    """The way from the group to the approved report, with its dates."""
    here = list(Stage).index(Stage(assessment.stage))
    far = ""
    if progress is not None and assessment.stage == Stage.INDIVIDUAL:
        far = gettext("%(in)s of %(of)s sheets handed in") % {"in": progress.handed_in, "of": len(progress.members)}
    if progress is not None and assessment.stage == Stage.CONSENSUS:
        far = gettext("%(in)s of %(of)s agreed") % {"in": progress.settled, "of": progress.nodes}
    due = assessment.individual_due_at
    notes = (
        (gettext("Group and dates"), ""),
        (gettext("Individual work"), gettext("until %(day)s") % {"day": moment(due)} if due else ""),
        (gettext("Consensus"), day(assessment.consensus_on) if assessment.consensus_on else ""),
        (
            gettext("Approval of the report"),
            gettext("until %(day)s") % {"day": day(assessment.approve_by)} if assessment.approve_by else "",
        ),
    )
    steps = []
    for place, (title, note) in enumerate(notes):
        stage: Literal["past", "now", "next"] = "past" if place < here else "now" if place == here else "next"
        steps.append(Step(title, " · ".join(part for part in (note, far if stage == "now" else "") if part), stage))
    return Steps(tuple(steps), across=True)
