"""The example library of good practices: written, handed in, reviewed and read at moments of their own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import translation
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from qms.accounts.models import User
from qms.demo.domain import material
from qms.demo.services.moments import as_of, day_from, moment_from
from qms.goodpractices.domain.draft import PracticeDraft, QuotationDraft, ResultDraft, StepDraft
from qms.goodpractices.models import PracticePage, Question, Review, Thanks
from qms.goodpractices.models.review import RUBRIC
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.queries.people import reviewers_of
from qms.goodpractices.services.founding import found_library
from qms.goodpractices.services.keeping import confirm_practice
from qms.goodpractices.services.moderating import review_practice, submit_practice
from qms.goodpractices.services.questions import answer, ask
from qms.goodpractices.services.thanks import thank
from qms.goodpractices.services.translating import translate_practice
from qms.goodpractices.services.writing import draft_practice, save_practice
from qms.improvements.models import Action
from qms.improvements.services.drafting import practice_from_action
from qms.offices.models import Office

Say = Callable[[str], None]
FILES = ("goldap", "leczna", "starachowice", "krasnystaw", "opole-lubelskie", "poznan", "russia")
MARKS = {"pl": "(dane przykładowe)", "en": "(example data)", "ru": "(данные для примера)"}
CURRENCIES = {"pl": "PLN", "ru": "RUB"}
EDITION = "caf-2020"
GOOD = (4, 4, 3, 4, 4)
DRAFTED, SUBMITTED, TRANSLATED = 16, 9, 20
# What Wagtail and our own tables stamp by the clock: brought to the moment of the example.
STAMPED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (PageLogEntry, ("timestamp",)),
    (Revision, ("created_at",)),
    (WorkflowState, ("created_at",)),
    (TaskState, ("started_at",)),
    (Review, ("created_at", "updated_at")),
    (Question, ("created_at", "updated_at")),
    (Thanks, ("created_at", "updated_at")),
)


@dataclass(frozen=True)
class PracticeCase:
    """One practice while it is built."""

    facts: Mapping[str, Any]
    office: Office
    people: Mapping[tuple[str, str], User]
    at: dt.datetime

    @property
    def lead(self) -> User:
        return self.person("lead")

    @property
    def reviewer(self) -> User:
        return reviewers_of(self.office)[0]

    def person(self, key: str) -> User:
        """Somebody of the practice's own office."""
        return self.people[self.office.slug, key]


def build_practices(*, at: dt.datetime, say: Say) -> None:
    """The libraries, and the practices of every office that has written none yet."""
    found_library()
    users = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    people = {(person.office, person.key): users[person.email] for person in material.people()}
    for name in FILES:
        for told in _offices(material.read(f"practices/{name}")):
            office = Office.objects.select_related("region").get(slug=told["office"])
            if PracticePage.objects.filter(office=office).exists():
                continue
            with transaction.atomic(), translation.override(office.language):
                for facts in told["practices"]:
                    _build(PracticeCase(facts, office, people, at))
            say(f"{office.short_name}: {len(told['practices'])}")
    # When it was last written is stamped by the clock as well; the versions know better by now.
    written = Revision.objects.filter(pk=OuterRef("latest_revision"))
    PracticePage.objects.update(latest_revision_created_at=Subquery(written.values("created_at")[:1]))


def _offices(content: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The offices of one file: one, or several."""
    return content.get("offices") or [content]


def _build(case: PracticeCase) -> None:
    facts, published = case.facts, case.facts["published"]
    with _stamped(case.at, published - DRAFTED):
        practice = _drafted(case)
    if practice is None or facts.get("state") == "draft":
        return
    _hand_in(case, practice, day=published)
    if facts.get("state") is None:
        practice = PracticePage.objects.get(pk=practice.pk)
        _read(case, practice)
        for language, words in facts.get("translated", {}).items():
            _translate(case, practice, language, words)


def _drafted(case: PracticeCase) -> PracticePage | None:
    """The draft: a new one, or that which a finished action gives, written out; none where that is not finished."""
    language = case.office.language
    if "from" not in case.facts:
        return draft_practice(case.office, draft=_draft(case), language=language, by=case.lead)
    finished = Action.objects.filter(plan__office=case.office, status=Action.Status.DONE)
    action = finished.filter(number=case.facts["from"]).order_by("pk").first()
    if action is None:
        return None
    practice = practice_from_action(action, language=language, by=case.lead)
    given = draft_of(latest_of(practice))
    told = _draft(case)
    wanted = replace(
        given,
        **{name: getattr(told, name) for name in WRITTEN},
        contact=told.contact,
        contact_role=told.contact_role,
        cost_note=told.cost_note or given.cost_note,
    )
    return save_practice(practice, draft=wanted, revision=practice.latest_revision_id, by=case.lead)


WRITTEN = (
    "title",
    "summary",
    "stage",
    "clients",
    "steps",
    "hours",
    "partners",
    "legal_basis",
    "failures",
    "conditions",
    "transferability",
    "quotations",
)


def _draft(case: PracticeCase) -> PracticeDraft:
    facts, language = case.facts, case.office.language
    contact = case.person(facts.get("contact", "lead"))
    return PracticeDraft(
        title=facts["title"],
        summary=f"{facts['summary']} {MARKS[language]}",
        stage=facts["stage"],
        started_on=day_from(case.at, facts["since"]) if "since" in facts else None,
        criteria=tuple((EDITION, node) for node in facts.get("criteria", ())),
        clients=tuple(facts["clients"]),
        problem=facts.get("problem", ""),
        steps=_steps(facts["steps"]),
        results=tuple(_result(result) for result in facts.get("results", ())),
        cost=_decimal(facts.get("cost")),
        currency=CURRENCIES[language],
        hours=facts.get("hours"),
        cost_note=facts.get("note", ""),
        partners=facts.get("partners", ""),
        legal_basis=facts.get("legal", ""),
        failures=facts.get("failures", ""),
        conditions=facts.get("conditions", ""),
        transferability=facts.get("transfer"),
        quotations=tuple(QuotationDraft(*facts[name]) for name in ("quote",) if name in facts),
        contact=contact.pk,
        contact_role=contact.first_name,
    )


def _steps(rows: Sequence[Sequence[str]]) -> tuple[StepDraft, ...]:
    return tuple(StepDraft(*row) for row in rows)


def _result(facts: Mapping[str, Any]) -> ResultDraft:
    figures: dict[str, Any] = {name: _decimal(facts.get(name)) for name in ("before", "after", "low", "high")}
    plain = {name: facts[name] for name in ("title", "unit", "better", "count", "source") if name in facts}
    return ResultDraft(**plain, **figures)


def _hand_in(case: PracticeCase, practice: PracticePage, *, day: int) -> None:
    """Handed in some days before, then reviewed unless it still waits."""
    state = case.facts.get("state", "published")
    with _stamped(case.at, day - SUBMITTED):
        submit_practice(practice, by=case.lead)
    if state == "review":
        return
    marks = dict(zip(RUBRIC, case.facts.get("marks", GOOD), strict=True))
    moment = moment_from(case.at, day)
    with _stamped(case.at, day):
        comment = case.facts.get("remark", "")
        review_practice(practice, outcome=state, marks=marks, comment=comment, by=case.reviewer, at=moment)
        tasks = TaskState.objects.filter(workflow_state__object_id=str(practice.pk))
        tasks.filter(finished_at__isnull=False).update(finished_at=moment)
    if state == "published":
        rows = PracticePage.objects.filter(pk=practice.pk)
        rows.update(first_published_at=moment, last_published_at=moment)
        if "confirmed" in case.facts:
            with _stamped(case.at, case.facts["confirmed"]):
                confirm_practice(practice, by=case.lead, on=day_from(case.at, case.facts["confirmed"]))


def _read(case: PracticeCase, practice: PracticePage) -> None:
    """What readers of other offices asked and what they were told, and whom the practice helped."""
    for asked in case.facts.get("questions", ()):
        with _stamped(case.at, asked["day"]):
            question = ask(practice, text=asked["text"], by=case.people[tuple(asked["by"])])
        if "answer" in asked:
            day = asked["day"] + asked["after"]
            with as_of(moment_from(case.at, day), until=case.at):
                answer(question, text=asked["answer"], by=case.lead, at=moment_from(case.at, day))
    for number, reader in enumerate(case.facts.get("thanks", ())):
        with _stamped(case.at, min(-1, case.facts["published"] + 5 + 11 * number)):
            thank(practice, by=case.people[tuple(reader)])


def _translate(case: PracticeCase, practice: PracticePage, language: str, words: Mapping[str, Any]) -> None:
    day = min(-2, case.facts["published"] + TRANSLATED)
    with _stamped(case.at, day - SUBMITTED - 1):
        copy = translate_practice(practice, language=language, by=case.lead)
        given = draft_of(latest_of(copy))
        results = [
            replace(result, title=title, unit=unit, source=source)
            for result, (title, unit, source) in zip(given.results, words.get("results", ()), strict=True)
        ]
        wanted = replace(
            given,
            title=words["title"],
            summary=f"{words['summary']} {MARKS[language]}",
            problem=words["problem"],
            steps=_steps(words["steps"]),
            results=tuple(results),
            cost_note=words.get("note", ""),
            partners=words.get("partners", ""),
            legal_basis=words.get("legal", ""),
            failures=words["failures"],
            conditions=words["conditions"],
            quotations=tuple(QuotationDraft(*words[name]) for name in ("quote",) if name in words),
            contact_role=words.get("role", ""),
        )
        copy = save_practice(copy, draft=wanted, revision=copy.latest_revision_id, by=case.lead)
    _hand_in(case, copy, day=day)


@contextmanager
def _stamped(at: dt.datetime, day: int) -> Iterator[None]:
    """What is written inside bears the moment of that day, also in Wagtail's own tables."""
    moment = moment_from(at, day)
    last = [model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for model, _ in STAMPED]
    with as_of(moment, until=at):
        yield
    for (model, names), pk in zip(STAMPED, last, strict=True):
        model.objects.filter(pk__gt=pk).update(**dict.fromkeys(names, moment))


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
