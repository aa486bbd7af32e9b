"""The example applications, walked through the real services: begun, filled, written, submitted, reopened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from qms.accounts.models import User
from qms.awards.domain.writing import Act, Answered, Piece, Read, SectionDraft
from qms.awards.models import (
    Annex,
    Answer,
    Application,
    Category,
    Comment,
    Paragraph,
    Programme,
    Question,
    ResultRow,
    Round,
    Rule,
    Section,
    SectionState,
    Submission,
)
from qms.awards.services import annexes, beginning, comments, filling, saving, submitting
from qms.awards.services.dossiers import queue_dossier
from qms.core.models import Job
from qms.demo.domain import material
from qms.demo.domain.answers import cells_of, sentences
from qms.demo.services.moments import at_hour
from qms.demo.services.sharing import SharingCase, sharing_case
from qms.offices.models import Office

OWN = (Programme, Round, Category, Application, Paragraph, ResultRow, Answer, Annex, Comment, SectionState)
STATEMENT = "Składam wniosek w imieniu urzędu. Dane są prawdziwe i aktualne."
CONSENT, FILE, TEXT = Question.Kind.CONSENT, Question.Kind.FILE, Question.Kind.TEXT
TITLES = {
    "zus": "Zaświadczenie ZUS o niezaleganiu ze składkami",
    "tax": "Zaświadczenie urzędu skarbowego o niezaleganiu z podatkami",
    "organisation": "Schemat organizacyjny",
}
FILES = {"zus": "zus.pdf", "tax": "tax.pdf", "organisation": "organisation.png"}


def awarding_case(at: dt.datetime) -> SharingCase:
    """The people and offices of the demonstration; what is stamped are the tables of the awards."""
    return replace(sharing_case(at), tables=tuple((model, ("created_at", "updated_at")) for model in OWN))


def build_application(case: SharingCase, category: Category, facts: Mapping[str, Any], *, organiser: User) -> None:
    """One office's application with everything that was done to it."""
    days, office = facts["days"], facts["office"]
    with case.stamped(days["begun"]):
        writing = Writing(case, facts, _begun(case, category, facts))
    if "filled" in days:
        with case.stamped(days["filled"]):
            filling.fill_application(writing.application, by=case.lead(office), at=case.moment(days["filled"]))
            writing.set_back()
    with case.stamped(days.get("written", days["begun"] + 1)):
        writing.write()
    writing.remark()
    if facts["state"] == "draft":
        return
    with case.stamped(days["submitted"]):
        submission = submitting.submit_application(
            writing.application, statement=STATEMENT, by=writing.director, at=case.moment(days["submitted"])
        )
    if submission.application.category.round.embargo_until > case.at:
        _queue_dossier(submission, writing)
    _afterwards(case, writing, facts, organiser=organiser)


def _queue_dossier(submission: Submission, writing: Writing) -> None:
    job = queue_dossier(submission, writing.director, language=writing.office.language)
    # No view sends this job: it counts as overdue, so that the first sweep hands it to a worker.
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())


def _begun(case: SharingCase, category: Category, facts: Mapping[str, Any]) -> Application:
    office, day = facts["office"], facts["days"]["begun"]
    answers = {str(rule.pk): True for rule in category.rules.filter(kind=Rule.Kind.ANSWER)}
    lead = case.lead(office)
    application = beginning.begin_application(
        category, case.office(office), answers=answers, by=lead, at=case.moment(day)
    )
    people = [case.person(office, key) for key in facts.get("writers", ())]
    beginning.set_editors(application, people=people, by=lead)
    return application


def _afterwards(case: SharingCase, writing: Writing, facts: Mapping[str, Any], *, organiser: User) -> None:
    """What happened to it after it was submitted."""
    days, state = facts["days"], facts["state"]
    if state == "withdrawn":
        with case.stamped(days["withdrawn"]):
            submitting.withdraw_application(
                writing.application, reason=facts["reason"], by=writing.director, at=case.moment(days["withdrawn"])
            )
    if state == "reopened":
        with case.stamped(days["reopened"]):
            submitting.reopen_application(
                writing.application,
                reason=facts["reason"],
                until=at_hour(case.on(days["until"]), 15, 30),
                by=organiser,
                at=case.moment(days["reopened"]),
            )


@dataclass
class Writing:
    """One application while its office writes it."""

    case: SharingCase
    facts: Mapping[str, Any]
    application: Application

    @property
    def office(self) -> Office:
        return self.application.office

    @property
    def lead(self) -> User:
        return self.case.lead(self.facts["office"])

    @property
    def director(self) -> User:
        return self.case.person(self.facts["office"], "director")

    @property
    def is_whole(self) -> bool:
        """Whether it is written to its end."""
        return self.facts["state"] != "draft"

    @cached_property
    def day(self) -> int:
        return int(self.facts["days"].get("written", self.facts["days"]["begun"] + 1))

    @cached_property
    def sections(self) -> dict[str, Section]:
        rows = self.application.category.sections.prefetch_related("questions").order_by("position")
        return {section.code: section for section in rows}

    def set_back(self) -> None:
        """Let some paragraphs say what their source said at that time: it was changed afterwards."""
        for one in self.facts.get("since", ()):
            for row in Paragraph.objects.filter(application=self.application, source_text__contains=one["now"]):
                row.text = row.text.replace(one["now"], one["then"])
                row.source_text = row.source_text.replace(one["now"], one["then"])
                row.save(update_fields=["text", "source_text", "updated_at"])

    def write(self) -> None:
        """Every section as the office wrote it, the annexes, and which sections it calls ready."""
        at = self.case.moment(self.day)
        for section in self.sections.values():
            draft = self._draft(section)
            if draft != SectionDraft():
                saving.save_section(self.application, section, draft=draft, act=Act(), by=self.lead, at=at)
            for question in section.questions.all():
                self._annex(question, at)
            if self.is_whole or section.code in self.facts.get("ready", ()):
                saving.mark_ready(self.application, section, is_ready=True, by=self.lead)

    def remark(self) -> None:
        """What those who write said to one another beside the sections."""
        for one in self.facts.get("remarks", ()):
            by = self.case.person(self.facts["office"], one["by"])
            section, at = self.sections[one["section"]], self.case.moment(one["day"])
            with self.case.stamped(one["day"]):
                said = comments.add_comment(self.application, section, text=one["text"], by=by, at=at)
            if "settled" in one:
                with self.case.stamped(one["settled"]):
                    comments.settle_comment(said, by=self.lead, at=self.case.moment(one["settled"]))

    # --- One section

    def _draft(self, section: Section) -> SectionDraft:
        questions = list(section.questions.all())
        return SectionDraft(
            paragraphs=tuple(piece for question in questions for piece in self._paragraphs(question)),
            rows=tuple(piece for question in questions for piece in self._rows(question)),
            answers=tuple(answer for question in questions if (answer := self._answer(question))),
        )

    def _paragraphs(self, question: Question) -> list[Piece]:
        key = self._key(question)
        texts = list(self.facts.get("texts", {}).get(key, ()))
        if not texts and question.kind == TEXT and self.is_whole and not self._is_begun(question) and question.node:
            bank = material.read(f"texts/bank-{self.office.language}")
            texts = [sentences(question.node, bank, seed=self.facts["office"])]
        return [_new(question, text) for text in texts] + self._changed(question)

    def _changed(self, question: Question) -> list[Piece]:
        """Paragraphs from a source in which the office changed a sentence."""
        pieces = []
        for one in self.facts.get("changed", ()):
            if one["question"] != self._key(question):
                continue
            found = Paragraph.objects.filter(
                application=self.application, question=question, text__contains=one["old"]
            ).first()
            if found is not None:
                text = found.text.replace(one["old"], one["new"])
                pieces.append(Piece(found.key, question.pk, text, Read.of(found.version, found.text)))
        return pieces

    def _rows(self, question: Question) -> list[Piece]:
        key, year = self._key(question), timezone.localtime(self.case.at).year
        common = material.dated(material.read("awards/results"), year)
        own = list(self.facts.get("rows", {}).get(key, ()))
        shared = [row for node in self.facts.get("tables", {}).get(key, ()) for row in common[node]]
        beside = self.facts.get("beside", 0)
        return [
            *(_new(question, cells_of(row, year=year)) for row in own),
            *(_new(question, cells_of(row, year=year, beside=beside)) for row in shared),
        ]

    def _answer(self, question: Question) -> Answered | None:
        key = self._key(question)
        if question.kind == CONSENT:
            agreed = self.is_whole or question.code in self.facts.get("agreed", ())
            return Answered(question.pk, {"agreed": True}, Read()) if agreed else None
        if number := self.facts.get("numbers", {}).get(key):
            return Answered(question.pk, {"number": number}, Read())
        if chosen := self.facts.get("chosen", {}).get(key):
            return Answered(question.pk, {"chosen": chosen}, Read())
        return None

    def _annex(self, question: Question, at: dt.datetime) -> None:
        named = question.code in self.facts.get("annexes", ())
        if question.kind != FILE or question.code not in FILES or not (self.is_whole or named):
            return
        name = FILES[question.code]
        content = (files("qms.demo") / "data" / "awards" / "files" / name).read_bytes()
        annexes.add_annex(
            self.application,
            title=TITLES[question.code],
            file=ContentFile(content, name=name),
            question=question,
            by=self.lead,
            at=at,
        )

    def _key(self, question: Question) -> str:
        return f"{question.section.code}/{question.code}"

    def _is_begun(self, question: Question) -> bool:
        return Paragraph.objects.filter(application=self.application, question=question).exists()


def _new(question: Question, content: Any) -> Piece:
    return Piece(uuid4(), question.pk, content, Read())
