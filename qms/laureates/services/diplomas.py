"""Diplomas: what stands on all of them, issuing, issuing anew and withdrawing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qms.accounts.models import User
from qms.awards.models import Round
from qms.core.audit import record
from qms.jury.models import Decision
from qms.laureates.domain.diplomas import PlanDraft, issue_of, number_of
from qms.laureates.models import Diploma, DiplomaPlan
from qms.laureates.queries.diplomas import (
    applied_in,
    diploma_of,
    last_sequence,
    laurels_of,
    plan_of,
    prizes_of,
    with_all,
)
from qms.lifecycle import Refused, gettext_noop

NO_PLAN = gettext_noop("Write first who signs the diplomas, and on which day.")
NO_LAURELS = gettext_noop("No prize stands yet. Close the list of prizes first.")
ALL_ISSUED = gettext_noop("Every laureate has a diploma already.")
NO_REASON = gettext_noop("Write the reason.")
REVOKED = gettext_noop("This diploma is withdrawn already.")


@transaction.atomic
def save_plan(round: Round, *, draft: PlanDraft, by: User) -> DiplomaPlan:  # noqa: A002  the word of the awards
    """Place, day and signatories; diplomas that are issued keep what they say."""
    held = _held(round)
    facts = {"place": draft.place.strip(), "given_on": draft.given_on, "signatories": draft.signed}
    plan, _made = DiplomaPlan.objects.update_or_create(round=held, defaults=facts)
    record(held, "laureates.plan_diplomas", by=by)
    return plan


@transaction.atomic
def issue_diplomas(round: Round, *, by: User, at: datetime) -> int:  # noqa: A002  the word of the awards
    """A diploma for every prize that has none; how many were issued."""
    held = _held(round)
    plan = plan_of(held)
    if plan is None:
        raise Refused(NO_PLAN)
    laurels = list(laurels_of(held))
    if not laurels:
        raise Refused(NO_LAURELS)
    missing = [one for one in laurels if diploma_of(one) is None]
    if not missing:
        raise Refused(ALL_ISSUED)
    first = last_sequence(held) + 1
    for sequence, decision in enumerate(missing, start=first):
        number = number_of(held.prefix, sequence)
        content = _content(decision, plan, number=number, issue=1)
        made = Diploma.objects.create(decision=decision, number=number, content=content, issued_at=at, issued_by=by)
        record(made, "laureates.issue_diploma", by=by)
    return len(missing)


@transaction.atomic
def reissue_diploma(diploma: Diploma, *, reason: str, by: User, at: datetime) -> Diploma:
    """The diploma as it would be issued today, under its number; an earlier paper no longer counts."""
    if not reason.strip():
        raise Refused(NO_REASON)
    held = _held_diploma(diploma)
    plan = plan_of(held.decision.application.category.round)
    if plan is None:
        raise Refused(NO_PLAN)
    held.content = _content(held.decision, plan, number=held.number, issue=issue_of(held.content) + 1)
    held.issued_at, held.issued_by = at, by
    held.revoked_at, held.revoked_reason = None, ""
    held.save(update_fields=["content", "issued_at", "issued_by", "revoked_at", "revoked_reason", "updated_at"])
    record(held, "laureates.reissue_diploma", by=by, reason=reason.strip(), issue=issue_of(held.content))
    return held


@transaction.atomic
def revoke_diploma(diploma: Diploma, *, reason: str, by: User, at: datetime) -> Diploma:
    """Withdraw the diploma; whoever verifies it is told so."""
    if not reason.strip():
        raise Refused(NO_REASON)
    held = _held_diploma(diploma)
    if held.revoked_at is not None:
        raise Refused(REVOKED)
    held.revoked_at, held.revoked_reason = at, reason.strip()
    held.save(update_fields=["revoked_at", "revoked_reason", "updated_at"])
    record(held, "laureates.revoke_diploma", by=by, reason=held.revoked_reason)
    return held


def _held(round: Round) -> Round:  # noqa: A002  the word of the awards
    """The round held until this ends, so that two people issue no number twice."""
    return Round.objects.select_for_update(of=("self",)).select_related("programme").get(pk=round.pk)


def _held_diploma(diploma: Diploma) -> Diploma:
    return with_all().select_related("decision__prize").select_for_update(of=("self",)).get(pk=diploma.pk)


def _content(decision: Decision, plan: DiplomaPlan, *, number: str, issue: int) -> dict[str, Any]:
    """All that the paper says, in each language it can be printed in."""
    application, prize = decision.application, decision.prize
    category, office = application.category, application.office
    if prize is None:
        raise Refused(NO_LAURELS)
    prizes = prizes_of(category.pk)
    return {
        "number": number,
        "issue": issue,
        "office": office.name,
        "city": office.city,
        "prize": prize.titles,
        "kind": prize.kind,
        "ladder": [one.titles for one in prizes],
        "rung": next(place for place, one in enumerate(prizes) if one.pk == prize.pk),
        "applied": applied_in(category.pk),
        "category": category.titles,
        "round": category.round.titles,
        "year": category.round.year,
        "programme": category.round.programme.titles,
        "organiser": category.round.programme.organiser,
        "place": plan.place,
        "given_on": plan.given_on.isoformat(),
        "signatories": plan.signatories,
    }
