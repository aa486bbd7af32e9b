"""What became of the finished round: feedback, diplomas, who was told when, and what the press may write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qms.awards.models import Round
from qms.demo.services.juries import Jury
from qms.jury.models import Decision
from qms.laureates.domain.diplomas import PlanDraft, Signatory
from qms.laureates.domain.texts import ReportTexts
from qms.laureates.models import FeedbackReport, LaureatePractice, PressSummary
from qms.laureates.services import diplomas, feedback, founding, press, telling


@dataclass
class Laureates:
    """The results of a decided round, laid down, approved and told."""

    jury: Jury
    facts: Mapping[str, Any]

    def crown(self) -> None:
        """Everything in the order in which an organiser does it."""
        self._feedback()
        self._diplomas()
        self._tell_laureates()
        self._press()
        self._tell_everybody()
        self._show()

    @property
    def round(self) -> Round:
        """The round with its programme."""
        return self.jury.round

    def _feedback(self) -> None:
        facts, by = self.facts["feedback"], self.jury.organiser
        with self.jury.case.stamped(facts["laid_down"]):
            feedback.lay_down(self.round, by=by)
        with self.jury.case.stamped(facts["approved"]):
            for report in FeedbackReport.objects.filter(application__category__round=self.round).order_by("pk"):
                kind = "laureate" if report.decision["prize"] else "other"
                texts = ReportTexts(opening=facts["opening"][kind], closing=facts["closing"])
                feedback.edit_feedback(report, texts=texts, version=report.version, by=by)
            feedback.approve_feedback(self.round, by=by, at=self.jury.case.moment(facts["approved"]))

    def _diplomas(self) -> None:
        facts, case = self.facts["diplomas"], self.jury.case
        signed = tuple(Signatory(one["name"], one["role"]) for one in facts["signatories"])
        with case.stamped(facts["issued"]):
            draft = PlanDraft(place=facts["place"], given_on=case.on(facts["given"]), signatories=signed)
            diplomas.save_plan(self.round, draft=draft, by=self.jury.organiser)
            diplomas.issue_diplomas(self.round, by=self.jury.organiser, at=case.moment(facts["issued"]))

    def _tell_laureates(self) -> None:
        day = self.facts["told"]["laureates"]
        chosen = Decision.objects.laurels().filter(application__category__round=self.round).values_list("pk", flat=True)
        with self.jury.case.stamped(day):
            telling.tell_laureates(self.round, chosen, by=self.jury.organiser, at=self.jury.case.moment(day))

    def _press(self) -> None:
        facts, case, by = self.facts["press"], self.jury.case, self.jury.organiser
        with case.stamped(facts["asked"]):
            press.begin_press(self.round, language="pl", by=by)
            for summary in self._summaries():
                texts = facts["texts"][summary.application.office.slug]
                press.save_press(summary, texts=texts, version=summary.version, by=by)
            press.ask_press(self.round, by=by, at=case.moment(facts["asked"]))
        with case.stamped(facts["answered"]):
            for summary in self._summaries():
                director = case.person(summary.application.office.slug, "director")
                moment = case.moment(facts["answered"])
                press.answer_press(summary, approves=True, version=summary.version, by=director, at=moment)

    def _tell_everybody(self) -> None:
        day = self.facts["told"]["everybody"]
        with self.jury.case.stamped(day):
            telling.tell_results(self.round, by=None, at=self.jury.case.moment(day))

    def _show(self) -> None:
        """The public page, and the practice that a laureate published."""
        facts, case = self.facts["shown"], self.jury.case
        with case.stamped(facts["day"]):
            founding.show_laureates(self.round, by=self.jury.organiser)
        office, title = facts["practice"]
        if (practice := case.practice((office, title))) is not None:
            application, moment = self.jury.applications[office], case.moment(facts["day"])
            by = case.lead(office)
            LaureatePractice.objects.create(application=application, page=practice, made_by=by, made_at=moment)

    def _summaries(self) -> list[PressSummary]:
        rows = PressSummary.objects.filter(application__category__round=self.round)
        return list(rows.select_related("application__office").order_by("pk"))
