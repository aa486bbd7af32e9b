"""What the organiser's pages of feedback show, and the page of one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.components.hours import moment_of
from qms.awards.models import Application
from qms.jury.components.hindrances import without_prize
from qms.jury.models import Decision
from qms.laureates.models import FeedbackReport
from qms.laureates.queries.feedback import Counts
from qms.pdf.models import Rendering
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, Facts, FileRow, Link, Note, Seal, Stat, State, Stats

from .findings import Sent

States = FeedbackReport.State


def state_of(report: FeedbackReport | None) -> State:
    """How far a report is."""
    if report is None:
        return State(pgettext("feedback", "Not laid down"))
    return State(str(report.get_state_display()), "done" if report.state == States.APPROVED else "going")


def stats_of(counts: Counts) -> Stats:
    """How far the reports of a round are."""
    of = _("of %(count)s") % {"count": numbers.figure(counts.received)}
    return Stats(
        (
            Stat(_("Applications decided"), numbers.figure(counts.decided), of),
            Stat(_("Reports laid down"), numbers.figure(counts.laid_down), of),
            Stat(_("Reports approved"), numbers.figure(counts.approved), of),
        )
    )


def lines_table(applications: Iterable[Application], decisions: Mapping[int, Decision]) -> DataTable:
    """Applications with their decision and their report."""
    headers = (_("Number"), _("Office"), _("Category"), pgettext("jury", "Decision"), _("Report"), _("What to do"))
    rows = []
    for one in applications:
        report, decision = getattr(one, "feedback", None), decisions.get(one.pk)
        rows.append(
            (
                one.number,
                one.office.name,
                one.category.title,
                outcome_words(decision) if decision else _("not decided"),
                state_of(report),
                _way(one, report),
            )
        )
    return DataTable(_("Feedback reports"), headers, tuple(rows), stack=True)


def outcome_words(decision: Decision) -> str:
    """The prize, or that there is none."""
    return decision.prize.title if decision.prize else without_prize(decision.outcome) or _("No prize")


def _way(application: Application, report: FeedbackReport | None) -> object:
    if report is None:
        return "–"
    label = _("Read") if report.state == States.APPROVED else _("Read and approve")
    url = reverse("laureates:feedback", args=[report.pk])
    return Button(label, url=url, kind="secondary", small=True, hidden=application.number)


def crumbs_of(report: FeedbackReport, *, runs: bool, last: str = "") -> Crumbs:
    """The way to a report: for the organiser over the list, for the office over its application."""
    application = report.application
    found, title = application.category.round, last or _("Feedback report")
    ways = [
        Link(_("Awards"), reverse("awards:round-list")),
        Link(found.title, reverse("awards:round", args=[found.pk])),
    ]
    if runs:
        ways.append(Link(_("Feedback reports"), reverse("laureates:feedback-list", args=[found.pk])))
        if last:
            ways.append(Link(application.number, reverse("laureates:feedback", args=[report.pk])))
            return Crumbs((*ways, Link(last, "")))
        return Crumbs((*ways, Link(application.number, "")))
    ways.append(Link(_("Result"), reverse("laureates:result", args=[application.pk])))
    return Crumbs((*ways, Link(title, "")))


def facts_of(application: Application, submitted_at: datetime | None) -> Facts:
    """Which application it is about."""
    category = application.category
    return Facts(
        (
            (_("Number"), application.number),
            (_("Office"), application.office.name),
            (_("Round"), category.round.title),
            (_("Category"), category.title),
            (_("Submitted"), moment_of(category.round, submitted_at)),
        )
    )


def reading_note(report: FeedbackReport, at: datetime) -> Note:
    """From when the office reads it."""
    found = report.application.category.round
    if found.embargo_until <= at:
        if report.state == States.APPROVED:
            return Note(_("The office reads this report."))
        return Note(
            _("The embargo has ended. Once approved, the office reads this report and gets a letter."), kind="warn"
        )
    when = {"moment": moment_of(found, found.embargo_until)}
    if report.state == States.APPROVED:
        return Note(_("The office reads this report from %(moment)s on.") % when)
    return Note(_("Only you read this. Once approved, the office reads it from %(moment)s on.") % when)


def approval_seal(report: FeedbackReport) -> Seal:
    """Before the approval: what becomes fixed, and who will see it."""
    found = report.application.category.round
    seen = (
        _("from %(moment)s on: the director and the quality lead of the office")
        % {"moment": moment_of(found, found.embargo_until)},
        _("nobody else"),
    )
    return Seal(
        _("Approve the report"),
        (_("all words, bands and the decision on this page"),),
        seen,
        reverse("laureates:feedback-approve", args=[found.pk]),
        _("I have read this report"),
        Button(_("Approve")),
        fields=Sent((("report", str(report.pk)), ("version", str(report.version)))),
        ident="approval",
    )


def file_row(report: FeedbackReport, rendering: Rendering, name: str) -> FileRow:
    """The report as a file."""
    facts = (
        get_language_info(rendering.language)["name_translated"],
        ngettext("%(count)s page", "%(count)s pages", rendering.pages) % {"count": rendering.pages},
        filesizeformat(rendering.size),
    )
    url = reverse("laureates:feedback-file", args=[report.pk])
    return FileRow(name, "PDF", url, ", ".join(map(str, facts)))
