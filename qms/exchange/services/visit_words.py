"""What both sides say after a study visit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.exchange import letters
from qms.exchange.models import VisitRequest, VisitWord
from qms.exchange.queries.visit_people import hosts_of
from qms.lifecycle import Refused, gettext_noop

from .visits import MEANWHILE, Status, locked_visit, require, tell

AHEAD = gettext_noop("The day of the visit is still to come. Come back to this page after it.")


@transaction.atomic
def report_visit(visit: VisitRequest, *, learned: str, intends: str, by: User, at: datetime, on: date) -> VisitRequest:
    """The guests' short report; the host reads it."""
    held = locked_visit(visit)
    require(held, Status.REPORTED)
    _require_past(held, on=on)
    if not learned.strip():
        raise Refused(gettext_noop("Write what you saw and learned."))
    held.status, held.learned, held.intends = Status.REPORTED, learned.strip(), intends.strip()
    held.reported_by, held.reported_at = by, at
    held.save(update_fields=["status", "learned", "intends", "reported_by", "reported_at", "updated_at"])
    record(held, "exchange.report_visit", by=by, office_id=held.office_id, host=held.offer.office_id)
    tell(letters.visit_reported, held, readers=hosts_of(held.offer), by=by)
    return held


@transaction.atomic
def rate_visit(visit: VisitRequest, *, side: str, rating: int, words: str, by: User, on: date) -> VisitWord:
    """How useful it was for one side; each side says it once."""
    held = locked_visit(visit)
    if held.status not in (Status.CONFIRMED, Status.REPORTED):
        raise Refused(MEANWHILE[Status(held.status)])
    _require_past(held, on=on)
    if held.words.filter(side=side).exists():
        raise Refused(gettext_noop("Your office has rated this visit already."))
    if rating not in range(1, 6):
        raise Refused(gettext_noop("Choose a rating from 1 to 5."))
    word = VisitWord.objects.create(request=held, side=side, rating=rating, words=words.strip(), by=by)
    own = held.office_id if side == VisitWord.Side.GUEST else held.offer.office_id
    record(held, "exchange.rate_visit", by=by, office_id=own, side=side)
    return word


def _require_past(visit: VisitRequest, *, on: date) -> None:
    if visit.held_on is not None and visit.held_on > on:
        raise Refused(AHEAD)
