"""Programmes and rounds: prepared, changed, announced, taken back, finished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from qms.accounts.models import User
from qms.awards.domain import lifecycle
from qms.awards.domain.rounds import ProgrammeDraft, RoundDraft, said
from qms.awards.models import Application, AwardProgrammePage, AwardRoundPage, Programme, Round
from qms.awards.queries.rounds import hindrances_of
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from . import founding, holding
from .naming import free, slug_of

State = Round.State
FIXED = ("year", "prefix", "zone", "opens_at")
"""What stays once a round is announced."""
TAKEN = gettext_noop("Another round has the numbers %(prefix)s already.")
embargo_moved: list[Callable[[Round], object]] = []
"""Filled in `AppConfig.ready()` of the laureates: who learns that results are told later than was said."""
KEPT = gettext_noop("The round is announced: year, numbers, time zone and opening stay as they are.")


@transaction.atomic
def add_programme(*, draft: ProgrammeDraft, by: User) -> Programme:
    """A new award; its rounds come next."""
    programme = Programme(slug=slug_of(draft.titles, "award", _slugs_of_programmes()))
    _write_programme(programme, draft)
    record(programme, "awards.add_programme", by=by)
    return programme


@transaction.atomic
def change_programme(programme: Programme, *, draft: ProgrammeDraft, by: User) -> Programme:
    """Save what stands on the form; its public page follows."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    _write_programme(held, draft)
    record(held, "awards.change_programme", by=by)
    announced = Round.objects.public().filter(programme=held).select_related("programme").order_by("-pk").first()
    if announced is not None:
        founding.show_round(announced)
    return held


@transaction.atomic
def prepare_round(programme: Programme, *, draft: RoundDraft, by: User) -> Round:
    """A new round, seen by its organisers only until it is announced."""
    _require_free(draft.prefix)
    slugs = programme.rounds.values_list("slug", flat=True)
    made = Round(programme=programme, made_by=by, slug=free(draft.prefix.lower(), set(slugs), longest=80))
    _write_round(made, draft)
    record(made, "awards.prepare_round", by=by)
    return made


@transaction.atomic
def change_round(found: Round, *, draft: RoundDraft, by: User, at: datetime) -> Round:
    """Save what stands on the form; of an announced round texts and contact, and dates that move to later."""
    held = held_round(found)
    if held.state == State.FINISHED:
        raise Refused(gettext_noop("The round is finished. It cannot be changed."))
    if held.state == State.PUBLISHED:
        _check_announced(held, draft, at)
    elif held.prefix != draft.prefix:
        _require_free(draft.prefix)
    earlier, told_from = held.closes_at, held.embargo_until
    _write_round(held, draft)
    closing = held.closes_at.isoformat() if held.closes_at != earlier else None
    record(held, "awards.change_round", by=by, closing_moved_to=closing)
    if held.state == State.PUBLISHED:
        founding.show_round(held)
    if held.embargo_until != told_from:
        for tells in embargo_moved:
            tells(held)
    return held


@transaction.atomic
def publish_round(found: Round, *, by: User, at: datetime) -> Round:
    """Announce the round, or go on with a finished one: everybody with a role sees it, its public pages stand."""
    held = held_round(found)
    lifecycle.ROUND.require(held.state, State.PUBLISHED)
    hindrances = hindrances_of(held, at) if held.state == State.DRAFT else ()
    if hindrances:
        raise hindrances[0]
    return _move(held, State.PUBLISHED, act="awards.publish_round", by=by)


@transaction.atomic
def unpublish_round(found: Round, *, by: User) -> Round:
    """Take the round back into preparation, as long as nobody has begun an application."""
    held = held_round(found)
    lifecycle.ROUND.require(held.state, State.DRAFT)
    if Application.objects.filter(category__round=held).exists():
        raise Refused(gettext_noop("An office has begun an application. The round stays announced."))
    return _move(held, State.DRAFT, act="awards.unpublish_round", by=by)


@transaction.atomic
def finish_round(found: Round, *, by: User, at: datetime) -> Round:
    """Put the round among the past ones, once its closing has passed."""
    held = held_round(found)
    lifecycle.ROUND.require(held.state, State.FINISHED)
    if not held.is_closed(at):
        raise Refused(gettext_noop("The round still takes applications. Finish it after its closing."))
    return _move(held, State.FINISHED, act="awards.finish_round", by=by)


@transaction.atomic
def delete_round(found: Round, *, by: User) -> None:
    """Throw away a round that was never announced, with its categories and forms."""
    held = held_round(found)
    if held.state != State.DRAFT or Application.objects.filter(category__round=held).exists():
        raise Refused(gettext_noop("Only a round in preparation can be deleted."))
    record(held, "awards.delete_round", by=by, prefix=held.prefix)
    for page in AwardRoundPage.objects.filter(round=held):
        page.delete()
    try:
        held.delete()
    except ProtectedError as kept:
        raise Refused(gettext_noop("People sit in the jury of this round already. It cannot be deleted.")) from kept


@transaction.atomic
def delete_programme(programme: Programme, *, by: User) -> None:
    """Throw away an award that has no round."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    if held.rounds.exists():
        raise Refused(gettext_noop("The award has rounds. Only an award without a round can be deleted."))
    record(held, "awards.delete_programme", by=by)
    for page in AwardProgrammePage.objects.filter(programme=held):
        page.delete()
    held.delete()


def held_round(found: Round) -> Round:
    """The round as it stands now, held until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).select_related("programme").get(pk=found.pk)


def _move(held: Round, state: str, *, act: str, by: User) -> Round:
    held.state = state
    held.save(update_fields=["state", "updated_at"])
    if state == State.DRAFT:
        founding.hide_round(held)
    else:
        founding.show_round(held)
    record(held, act, by=by)
    return held


def _check_announced(held: Round, draft: RoundDraft, at: datetime) -> None:
    if any(getattr(held, name) != getattr(draft, name) for name in FIXED):
        raise Refused(KEPT)
    if draft.closes_at != held.closes_at and held.is_closed(at):
        raise Refused(gettext_noop("The round is closed. Its closing cannot be moved any more."))
    if draft.closes_at < held.closes_at:
        raise Refused(gettext_noop("The round is announced: its closing can only be moved to a later time."))
    if draft.embargo_until < held.embargo_until:
        raise Refused(gettext_noop("The round is announced: results can only be told later, not earlier."))
    if draft.embargo_until != held.embargo_until <= at and _is_decided(held):
        raise Refused(gettext_noop("The results are told already. The moment from which they may be told stays."))


def _is_decided(held: Round) -> bool:
    return any(asks(category) for category in held.categories.all() for asks in holding.decided)


def _require_free(prefix: str) -> None:
    if Round.objects.filter(prefix__iexact=prefix).exists():
        raise Refused(TAKEN, prefix=prefix)


def _slugs_of_programmes() -> set[str]:
    return set(Programme.objects.values_list("slug", flat=True))


def _write_programme(programme: Programme, draft: ProgrammeDraft) -> None:
    programme.titles, programme.leads = said(draft.titles), said(draft.leads)
    programme.organiser, programme.region_id = draft.organiser, draft.region
    programme.website, programme.source = draft.website, draft.source
    programme.save()


def _write_round(held: Round, draft: RoundDraft) -> None:
    held.titles, held.leads, held.rules = said(draft.titles), said(draft.leads), said(draft.rules)
    held.year, held.prefix, held.zone = draft.year, draft.prefix, draft.zone
    held.opens_at, held.closes_at, held.embargo_until = draft.opens_at, draft.closes_at, draft.embargo_until
    held.gala_at, held.gala_place, held.contact_email = draft.gala_at, draft.gala_place, draft.contact_email
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as twin:  # somebody else took the numbers in the same second
        raise Refused(TAKEN, prefix=draft.prefix) from twin
