"""The example external feedbacks: one that ended with the label, one in which the team is at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random

from django.db import transaction
from django.utils import timezone, translation

from qms.accounts.models import User
from qms.demo.domain import material
from qms.demo.services.moments import as_of
from qms.improvements.domain.feedback import AgreedDraft, AnswerDraft, ReportDraft, ScoreDraft
from qms.improvements.models import Feedback, FeedbackActor, Plan
from qms.improvements.queries.feedback import tree_of
from qms.improvements.services import feedback as applying
from qms.improvements.services import feedback_report as reporting
from qms.improvements.services import feedback_team as seating

TEXTS = {
    "text": "Opis przykładowy: co zrobiono, kto to zrobił i kiedy.",
    "evidence": "Notatka i lista obecności (dane przykładowe).",
    "comment": "Uwaga przykładowa zespołu.",
    "motivation": "Chcemy spojrzenia z zewnątrz na to, jak prowadzimy samoocenę i plan (dane przykładowe).",
    "agenda": "9.00 rozmowa z kierownictwem, 10.30 zespół samooceny, 12.00 obejście, 14.00 podsumowanie.",
    "notes": "Rozmawiano z jedenastoma osobami. Wizyta była rozmową, nie kontrolą.",
    "strengths": "Plan jest krótki, każde działanie ma właściciela i miernik.",
    "advice": "Mierniki ustalać przed rozpoczęciem działania, także dla usług cyfrowych.",
    "decision": "Profil jest spełniony we wszystkich trzech filarach.",
}


def build_feedbacks(plans: Mapping[str, Plan], *, at: dt.datetime) -> None:
    """One feedback for each plan whose file asks for it, when its window has opened by now."""
    for name, plan in plans.items():
        asked = material.read(f"plans/{name}").get("feedback")
        assessment = plan.assessment
        if asked is None or assessment is None or assessment.approved_at is None:
            continue
        opened = assessment.approved_at + dt.timedelta(days=asked["opened_after"])
        if opened < at - dt.timedelta(days=40):
            with transaction.atomic(), translation.override(plan.office.language):
                _build(plan, asked, opened, at)


def _build(plan: Plan, asked: Mapping[str, object], opened: dt.datetime, at: dt.datetime) -> None:
    assert plan.assessment is not None  # noqa: S101  asked above
    lead = plan.opened_by
    organiser = User.objects.get(memberships__role="national_coordinator", memberships__is_active=True)
    with as_of(opened, until=at):
        feedback = applying.open_feedback(
            plan.assessment, by=lead, at=opened, contact=lead.name, motivation=TEXTS["motivation"]
        )
        _answer(feedback, by=lead)
        applying.submit_feedback(feedback, by=lead, at=opened)
    team = [_seat(feedback, office, key, by=organiser, at=opened, until=at) for office, key in asked["team"]]  # type: ignore[attr-defined]
    begun = opened + dt.timedelta(days=10)
    with as_of(begun, until=at):
        seating.begin_feedback(feedback, by=organiser)
        for place, actor in enumerate(team):
            _give_levels(actor, place)
        seating.hand_in_scores(team[0], at=begun)
    if asked["state"] == "label":
        _decide(feedback, team, organiser, begun, at)


def _answer(feedback: Feedback, *, by: User) -> None:
    luck = Random(feedback.office.slug)  # noqa: S311
    for pillar in tree_of(feedback.scheme).pillars:
        drafts = {
            item.identifier: AnswerDraft(luck.choice((3, 4, 4, 5)), TEXTS["text"], TEXTS["evidence"])
            for item in pillar.items
        }
        applying.save_answers(feedback, pillar, drafts, by=by)


def _seat(feedback: Feedback, office: str, key: str, *, by: User, at: dt.datetime, until: dt.datetime) -> FeedbackActor:
    email = next(person.email for person in material.people() if (person.office, person.key) == (office, key))
    with as_of(at + dt.timedelta(days=5), until=until):
        actor = seating.add_actor(feedback, email=email, by=by)
        return seating.declare(actor, conflict="", at=at + dt.timedelta(days=6))


def _give_levels(actor: FeedbackActor, place: int) -> None:
    luck = Random(f"{actor.feedback.office.slug}:{place}")  # noqa: S311
    for pillar in tree_of(actor.feedback.scheme).pillars:
        drafts = {item.identifier: ScoreDraft(luck.choice((3, 3, 4, 4, 5)), TEXTS["comment"]) for item in pillar.items}
        seating.save_scores(actor, pillar, drafts)


def _decide(
    feedback: Feedback, team: list[FeedbackActor], organiser: User, begun: dt.datetime, at: dt.datetime
) -> None:
    """The other actor hands in, the leader writes the agreement and the report, the organiser gives the label."""
    leader, moment = team[0].user, begun + dt.timedelta(days=20)
    with as_of(moment, until=at):
        for actor in team[1:]:
            seating.hand_in_scores(actor, at=moment)
        for pillar in tree_of(feedback.scheme).pillars:
            drafts = {item.identifier: AgreedDraft(4, TEXTS["comment"]) for item in pillar.items}
            reporting.save_agreed(feedback, pillar, drafts, by=leader)
        report = ReportDraft(
            visit_on=timezone.localdate(moment),
            visit_agenda=TEXTS["agenda"],
            visit_notes=TEXTS["notes"],
            strengths=TEXTS["strengths"],
            advice=TEXTS["advice"],
        )
        reporting.save_report(feedback, report, by=leader)
        reporting.hand_in_report(feedback, by=leader, at=moment)
    decided = moment + dt.timedelta(days=14)
    with as_of(decided, until=at):
        applying.decide_feedback(feedback, has_label=True, reason=TEXTS["decision"], by=organiser, at=decided)
