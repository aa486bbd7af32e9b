"""The page of one external feedback: how far it is, what to do next, what came out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qms.accounts.permissions import signed_in
from qms.assessments.models import Assessment
from qms.core.components import JobRow
from qms.core.models import Job
from qms.core.permissions import get_permitted
from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import (
    lines_of,
    offices_named,
    profile_table,
    profile_words,
    state_of,
    way_of,
)
from qms.improvements.domain.feedback import Scheme
from qms.improvements.forms.feedback import ReportForm
from qms.improvements.models import Feedback, FeedbackActor, Plan
from qms.improvements.permissions import feedback as permissions
from qms.improvements.queries import feedback as queries
from qms.improvements.services.feedback_report import FEEDBACK_REPORT
from qms.offices import permissions as offices
from qms.pdf.models import Rendering
from qms.ui import numbers
from qms.ui.components import Button, DataTable, FileRow, FormFields, Link, PageHead, Progress, Seal

from .shown import counted, crumbs_to, language, rows

Stage, Declaration = Feedback.Stage, FeedbackActor.Declaration


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One feedback as this person may see it."""
    user = signed_in(request)
    feedback = get_permitted(rows(), pk, user, permissions.may_read_feedback)
    scheme = queries.tree_of(feedback.scheme)
    team = list(queries.team_of(feedback))
    present = [actor for actor in team if actor.removed_at is None and actor.declaration != Declaration.CONFLICT]
    seat = permissions.seat_of(user, feedback)
    context = {
        "feedback": feedback,
        "crumbs": crumbs_to(feedback),
        "head": _head(feedback, scheme, user),
        "way": way_of(feedback, present=len(present)),
        "team": [_member(actor) for actor in present],
        "figures": queries.figures_of(feedback, language()),
        "criteria": _criteria(feedback),
        "ways": _ways(feedback, user),
        "pillars": _pillars(feedback, scheme, seat, user),
        "seals": _seals(feedback, scheme, seat, user),
        "tells_wait": _wait(feedback, seat, user),
        "edits": permissions.may_answer(user, feedback),
        **_outcome(request, feedback, scheme),
    }
    return render(request, "improvements/feedback/detail.html", context)


def _head(feedback: Feedback, scheme: Scheme, user: Any) -> PageHead:
    meta: list[tuple[str, object]] = [
        (_("Self-assessment"), f"{feedback.assessment.title}, {feedback.assessment.year}")
    ]
    if feedback.submitted_at:
        meta.append((_("Applied"), numbers.day(feedback.submitted_at)))
    if feedback.visit_on:
        meta.append((_("Visit"), numbers.day(feedback.visit_on)))
    action = None
    if permissions.may_compose_team(user, feedback):
        action = Button(_("Compose the team"), url=reverse("improvements:feedback-team", args=[feedback.pk]))
    elif permissions.may_decide(user, feedback):
        action = Button(_("Decide on the label"), url=reverse("improvements:feedback-decide", args=[feedback.pk]))
    elif permissions.may_agree(user, feedback):
        address = reverse("improvements:feedback-report-edit", args=[feedback.pk])
        action = Button(_("Visit and report"), url=address)
    return PageHead(
        _("External feedback for %(office)s") % {"office": feedback.office.short_name},
        over=text(scheme.titles, language()),
        state=state_of(feedback),
        meta=tuple(meta),
        action=action,
    )


def _member(actor: FeedbackActor) -> dict[str, object]:
    works: Any = actor.user.works  # type: ignore[attr-defined]
    return {
        "name": actor.user.name,
        "offices": offices_named(each.office.short_name for each in works),
        "leads": actor.is_leader,
        "in": actor.handed_in_at is not None,
        "undeclared": actor.declaration == Declaration.NONE,
    }


# --- What is at hand ------------------------------------------------------------------------------------------------


def _criteria(feedback: Feedback) -> DataTable:
    """The approved scores; the team sees these figures without a right to the whole self-assessment."""
    figures = queries.figures_of(feedback, language())
    rows_ = [
        (f"{identifier}  {title}", numbers.figure(score, figures.places[0]))
        for identifier, title, score in figures.criteria
    ]
    total = (_("Total"), numbers.figure(figures.total, figures.places[1]))
    return DataTable(
        _("Approved scores of the self-assessment"), (_("Criterion"), _("Score")), (*rows_, total), numeric=(1,)
    )


def _ways(feedback: Feedback, user: Any) -> list[Link]:
    """Ways to report and plan, where this person may open them anyway."""
    links = []
    if Assessment.objects.visible_to(user).filter(pk=feedback.assessment_id).exists():
        links.append(
            Link(_("Results of the self-assessment"), reverse("assessments:results", args=[feedback.assessment_id]))
        )
    if Plan.objects.visible_to(user).filter(pk=feedback.plan_id).exists():
        links.append(Link(_("Improvement plan"), reverse("improvements:plan-detail", args=[feedback.plan_id])))
    links.append(Link(_("Questionnaires, scale and profile"), reverse("improvements:feedback-schemes")))
    return links


def _pillars(feedback: Feedback, scheme: Scheme, seat: FeedbackActor | None, user: Any) -> list[dict[str, object]]:
    """The three questionnaires, and what this person does with them now."""
    if permissions.may_agree(user, feedback):
        route, missing = "feedback-agree", queries.missing_agreements_of(feedback, scheme)
        act = _("Agree")
    elif seat is not None and permissions.may_score_feedback(user, seat):
        route, missing = "feedback-score", queries.missing_scores_of(seat, scheme)
        act = _("Give my levels")
    else:
        route, missing = "feedback-answers", queries.missing_answers_of(feedback, scheme)
        act = _("Fill in") if permissions.may_answer(user, feedback) else _("Read")
    counts = counted(scheme, missing)
    lines = []
    for pillar in scheme.pillars:
        done, _slash, of = counts[pillar.identifier].partition("/")
        words = _("%(done)s of %(of)s items") % {"done": done, "of": of}
        lines.append(
            {
                "title": text(pillar.titles, language()),
                "about": text(pillar.about, language()),
                "identifier": pillar.identifier,
                "url": reverse(f"improvements:{route}", args=[feedback.pk, int(pillar.identifier)]),
                "act": act,
                "progress": Progress(int(done), int(of), words),
            }
        )
    return lines


def _wait(feedback: Feedback, seat: FeedbackActor | None, user: Any) -> str:
    """What one waits for, where there is nothing to do."""
    if seat is not None and feedback.stage == Stage.SUBMITTED:
        return _(
            "The organiser completes the team. You can read the application; levels are given when the team begins."
        )
    if seat is not None and feedback.stage == Stage.SCORING and seat.handed_in_at is not None and not seat.is_leader:
        return _("Your levels are in. The leader of the team writes down what you agree together.")
    if not offices.works_in(user, feedback.office):
        return ""
    return {
        Stage.SUBMITTED: _("The organiser composes the team. You can read your answers, not change them."),
        Stage.SCORING: _("The team is at work. It will agree a day for the visit with you."),
        Stage.REPORTING: _("The report is written; the organiser decides on the label. You see both then."),
    }.get(Stage(feedback.stage), "")


def _seals(feedback: Feedback, scheme: Scheme, seat: FeedbackActor | None, user: Any) -> list[Seal]:
    seals = []
    if permissions.may_answer(user, feedback):
        seals.append(_submit_seal(feedback, queries.missing_answers_of(feedback, scheme)))
    if seat is not None and permissions.may_score_feedback(user, seat):
        seals.append(_hand_in_seal(feedback, queries.missing_scores_of(seat, scheme)))
    return seals


def _submit_seal(feedback: Feedback, missing: tuple[str, ...]) -> Seal:
    count = len(missing)
    lack = ngettext("%(count)s item is still open", "%(count)s items are still open", count) % {"count": count}
    return Seal(
        _("Apply"),
        (
            lack if missing else _("the answers to all three questionnaires"),
            _("the self-assessment and the plan they speak of"),
        ),
        (
            _("the coordinator of the region or the country"),
            _("the feedback team, after declaring that there is no conflict: answers and approved figures"),
        ),
        reverse("improvements:feedback-submit", args=[feedback.pk]),
        _("The answers are complete and true"),
        Button(_("Hand in the application")),
        ident="apply",
    )


def _hand_in_seal(feedback: Feedback, missing: tuple[str, ...]) -> Seal:
    count = len(missing)
    lack = ngettext("%(count)s level is still missing", "%(count)s levels are still missing", count) % {"count": count}
    return Seal(
        _("Hand in my levels"),
        (lack if missing else _("your levels and comments on all items"),),
        (_("the leader of the team, when everybody's levels are in; the office never sees single levels"),),
        reverse("improvements:feedback-score-hand-in", args=[feedback.pk]),
        _("My levels are complete"),
        Button(_("Hand in my levels")),
        ident="hand-in",
    )


# --- What came out --------------------------------------------------------------------------------------------------


def _outcome(request: HttpRequest, feedback: Feedback, scheme: Scheme) -> dict[str, object]:
    if not permissions.may_read_outcome(request.user, feedback):
        return {"outcome": False, "withdraws": permissions.may_withdraw_feedback(request.user, feedback)}
    profile = queries.profile_of(feedback)
    return {
        "outcome": True,
        "label": text(scheme.label, language()),
        "profile_words": profile_words(profile),
        "profile": profile_table(profile, language()),
        "strengths": lines_of(feedback.strengths),
        "advice": lines_of(feedback.advice),
        "report_fields": FormFields(ReportForm(initial={"language": language()})),
        "files": _files(feedback),
        "jobs": _jobs(request, feedback),
    }


def _files(feedback: Feedback) -> list[FileRow]:
    """The latest file of each language."""
    latest: dict[str, Rendering] = {}
    for rendering in Rendering.objects.about(feedback).order_by("-pk"):
        latest.setdefault(rendering.language, rendering)
    return [_file(feedback, rendering) for rendering in latest.values()]


def _file(feedback: Feedback, rendering: Rendering) -> FileRow:
    facts = (
        get_language_info(rendering.language)["name_translated"],
        ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages},
        filesizeformat(rendering.size),
        numbers.moment(rendering.created_at),
    )
    address = reverse("improvements:feedback-report-file", args=[feedback.pk, rendering.pk])
    preview = Link(_("As a page"), f"{address}?as=html")
    return FileRow(rendering.name, "PDF", address, ", ".join(str(fact) for fact in facts), action=preview)


def _jobs(request: HttpRequest, feedback: Feedback) -> list[JobRow]:
    """The latest job of each language, unless it is done: then its file stands in its place."""
    latest: dict[str, Job] = {}
    jobs: Iterable[Job] = (
        Job.objects.visible_to(request.user).about(feedback).filter(kind=FEEDBACK_REPORT).order_by("-pk")
    )
    for job in jobs:
        latest.setdefault(job.arguments["language"], job)
    return [JobRow(job) for job in latest.values() if job.state != Job.State.DONE]
