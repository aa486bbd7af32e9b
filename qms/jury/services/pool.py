"""Who sits in the jury of a round: seated, moved between categories, leaving."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from qms.accounts.models import User
from qms.awards.models import Category, Round
from qms.core.audit import record
from qms.core.services import post_letter
from qms.jury.domain.pool import JurorDraft
from qms.jury.letters.pool import invited
from qms.jury.models import Ballot, Juror, Visit
from qms.jury.permissions import judges
from qms.jury.queries.closing import is_decided
from qms.lifecycle import Refused, gettext_noop

from .exclusions import end_ballots, exclude_by_rule, hold_seats, leave_teams, open_ballots

NO_CATEGORY = gettext_noop("Choose at least one category of this round.")
MOVED = gettext_noop("The juror does not judge this category any more.")
"""Kept in English with the ballot; pages translate it."""


@transaction.atomic
def add_juror(found: Round, *, user: User, draft: JurorDraft, by: User, at: datetime) -> Juror:
    """Give the person a seat, or the earlier one back, and write to them; what a rule excludes is written down."""
    held = _held_round(found)
    if not judges(user):
        raise Refused(gettext_noop("%(name)s does not hold the role of a juror."), name=user.name)
    categories = _categories(held, draft)
    juror = Juror.objects.select_for_update().filter(round=held, user=user).first()
    if juror is None:
        last: int | None = held.jurors.aggregate(last=Max("number"))["last"]
        juror = Juror(round=held, user=user, number=(last or 0) + 1, added_by=by)
    elif juror.left_at is None:
        raise Refused(gettext_noop("%(name)s sits in this jury already."), name=user.name)
    juror.is_chair, juror.left_at, juror.left_reason = draft.is_chair, None, ""
    juror.save()
    juror.categories.set(categories)
    record(juror, "jury.add_juror", by=by, categories=[one.pk for one in categories])
    exclude_by_rule(held, at)
    post_letter(**invited(juror, to=user).posted())
    return juror


@transaction.atomic
def change_juror(juror: Juror, *, draft: JurorDraft, by: User, at: datetime) -> Juror:
    """Save the categories and whether the person chairs; ballots in categories that are taken away end."""
    hold_seats(juror.round)  # all in their order, as excluding by rule holds them
    held = _held(juror)
    categories = _categories(held.round, draft)
    lost = list(held.categories.exclude(pk__in=[one.pk for one in categories]))
    decided = next((one for one in lost if is_decided(one)), None)
    if decided is not None:
        raise Refused(
            gettext_noop("The jury has decided the category “%(category)s”. Its pool stays as it is."),
            category=decided.title,
        )
    held.is_chair = draft.is_chair
    held.save(update_fields=["is_chair", "updated_at"])
    held.categories.set(categories)
    record(held, "jury.change_juror", by=by, categories=[one.pk for one in categories])
    own = Ballot.objects.filter(juror=held)
    end_ballots(open_ballots(own.filter(application__category__in=lost)), reason=MOVED, at=at)
    leave_teams(held, Visit.objects.filter(application__category__in=lost))
    exclude_by_rule(held.round, at)
    return held


@transaction.atomic
def leave(juror: Juror, *, reason: str, by: User, at: datetime) -> Juror:
    """Give the seat up: access ends at once; scores stay in the file and count only where the jury has decided."""
    held = _held(juror)
    held.left_at, held.left_reason = at, reason
    held.save(update_fields=["left_at", "left_reason", "updated_at"])
    # The reason stands in the row alone, for the protocol.
    record(held, "jury.leave", by=by)
    end_ballots(open_ballots(Ballot.objects.filter(juror=held)), reason=reason, at=at)
    leave_teams(held, Visit.objects.all())
    return held


def _held_round(found: Round) -> Round:
    """The round, held so that no two seats get one number."""
    return Round.objects.select_for_update(of=("self",)).select_related("programme").get(pk=found.pk)


def _held(juror: Juror) -> Juror:
    rows = Juror.objects.select_for_update(of=("self",)).select_related("round__programme", "user")
    held: Juror = rows.get(pk=juror.pk)
    if held.left_at is not None:
        raise Refused(gettext_noop("%(name)s has left this jury."), name=held.user.name)
    return held


def _categories(found: Round, draft: JurorDraft) -> list[Category]:
    categories = list(found.categories.filter(pk__in=draft.categories).order_by("position", "pk"))
    if not categories:
        raise Refused(NO_CATEGORY)
    return categories
