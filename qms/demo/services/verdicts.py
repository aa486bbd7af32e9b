"""How the jury of the finished round came to its decisions: talks, visits, two lists with their protocols."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from qms.awards.models import Application, Category, Section
from qms.demo.services.juries import Jury
from qms.demo.services.moments import at_hour
from qms.jury.domain.ballot import AgreedDraft
from qms.jury.domain.deciding import Meeting, Verdict
from qms.jury.models import AgendaItem, Decision, DecisionList, Visit, VisitNote
from qms.jury.queries.talks import talk_of
from qms.jury.services import agreeing, deciding

Outcome = Decision.Outcome
TALKED, LONG = "talk", dt.timedelta(hours=4)


@dataclass
class Verdicts:
    """What the jury of a round agreed and decided."""

    jury: Jury

    def reach(self) -> None:
        """Talks, then the list for visits, the visits, what they changed, and the prizes."""
        facts = self.jury.facts
        for one in facts["agreed"]:
            if one["stage"] == TALKED:
                self._agree(one)
        self._agree_close(facts["close"])
        self._close(DecisionList.Stage.VISIT, facts["lists"]["visit"])
        for one in facts["visits"]:
            self._visit(one, facts["visit_text"])
        for one in facts["agreed"]:
            if one["stage"] != TALKED:
                self._agree(one)
        self._close(DecisionList.Stage.PRIZE, facts["lists"]["prize"])

    @property
    def category(self) -> Category:
        """The one category of the finished round."""
        return self.jury.round.categories.get()

    # --- Talks

    def _agree(self, facts: Mapping[str, Any]) -> None:
        application, moment = self.jury.applications[facts["office"]], self.jury.case.moment(facts["day"])
        talk, by = talk_of(application), self.jury.organiser
        with self.jury.case.stamped(facts["day"]):
            for section in self.jury.sections(application):
                line = talk.line(section.pk)
                if line is None or section.code not in facts["scores"]:
                    continue
                draft = AgreedDraft(
                    marks={"score": facts["scores"][section.code]},
                    reason=facts["reason"],
                    strengths=agreeing.words_of(line, "strengths"),
                    areas=agreeing.words_of(line, "areas"),
                    stage=facts["stage"],
                )
                agreeing.agree_section(application, section, draft=draft, version=line.version, by=by, at=moment)

    def _agree_close(self, day: int) -> None:
        with self.jury.case.stamped(day):
            for application in self.jury.applications.values():
                agreeing.agree_close(application, by=self.jury.organiser, at=self.jury.case.moment(day))

    # --- Visits

    def _visit(self, facts: Mapping[str, Any], text: Mapping[str, Any]) -> None:
        case, application = self.jury.case, self.jury.applications[facts["office"]]
        starts = at_hour(case.on(facts["day"]), facts["hour"])
        team = [self.jury.jurors[key] for key in facts["team"]]
        with case.stamped(facts["planned"]):
            visit = Visit.objects.create(
                application=application,
                starts_at=starts,
                ends_at=starts + LONG,
                place=facts["place"],
                message=text["message"],
                planned_by=self.jury.organiser,
                state=Visit.State.HELD,
                report=text["report"],
                reported_by=team[0].user,
                reported_at=case.moment(facts["day"] + 1),
            )
            visit.team.set(team)
        sections = {one.code: one for one in self.jury.sections(application)}
        self._agenda(visit, text, sections)
        VisitNote.objects.bulk_create(
            VisitNote(visit=visit, section=sections[code], **note) for code, note in text["notes"].items()
        )

    def _agenda(self, visit: Visit, text: Mapping[str, Any], sections: Mapping[str, Section]) -> None:
        begins = timezone.localtime(visit.starts_at)
        AgendaItem.objects.bulk_create(
            AgendaItem(
                visit=visit,
                position=position,
                starts=(begins + dt.timedelta(minutes=one["after"])).time(),
                title=one["title"],
                section=sections.get(one.get("section", "")),
            )
            for position, one in enumerate(text["agenda"], 1)
        )

    # --- Lists

    def _close(self, stage: DecisionList.Stage, facts: Mapping[str, Any]) -> None:
        moment, by = self.jury.case.moment(facts["day"]), self.jury.organiser
        verdicts = [self._verdict(stage, one, facts) for one in self.jury.applications.values()]
        present = tuple(one.pk for one in self.jury.jurors.values())
        meeting = Meeting(met_at=moment - dt.timedelta(hours=3), present=present, note=facts["note"])
        with self.jury.case.stamped(facts["day"]):
            held = deciding.save_list(self.category, stage, version=0, verdicts=verdicts, meeting=meeting, by=by)
            deciding.close_list(self.category, stage, version=held.version, by=by, at=moment)

    def _verdict(self, stage: DecisionList.Stage, application: Application, facts: Mapping[str, Any]) -> Verdict:
        office = application.office.slug
        if stage == DecisionList.Stage.VISIT:
            if office in facts["chosen"]:
                return Verdict(application.pk, Outcome.VISIT)
            return Verdict(application.pk, Outcome.NO_VISIT, reason=facts["reasons"])
        told = facts["prizes"].get(office)
        if told is None:
            return Verdict(application.pk, Outcome.NO_PRIZE, reason=facts["reasons"])
        prize = self.category.prizes.get(kind=told["kind"])
        return Verdict(application.pk, Outcome.PRIZE, prize.pk, told["reason"])
