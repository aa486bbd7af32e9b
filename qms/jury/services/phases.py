"""Phases of a jury: one row says everything that is open in its time; they never overlap."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from qms.accounts.models import User
from qms.awards.domain.rounds import said
from qms.awards.models import Round
from qms.core.audit import record
from qms.jury.domain.pool import PhaseDraft, suggested
from qms.jury.models import Phase
from qms.lifecycle import Refused, gettext_noop

TITLES = {
    "declarations": gettext_noop("Declarations"),
    "scores": gettext_noop("Blind scores"),
    "talks": gettext_noop("Talks"),
    "visits": gettext_noop("Visits"),
    "decisions": gettext_noop("Decisions"),
}
OVER = gettext_noop("The phase is over. It stays as it was.")
POLICY = (
    "starts_at",
    "ends_at",
    "may_declare",
    "sees",
    "may_score",
    "shows_scores",
    "shows_names",
    "may_agree",
    "may_visit",
    "may_decide",
)


@transaction.atomic
def add_phase(found: Round, *, draft: PhaseDraft, by: User, at: datetime) -> Phase:
    """One more phase of the round's jury."""
    held = _held_round(found)
    _check_end(draft, at)
    return _write(Phase(round=held), held, draft, act="jury.add_phase", by=by)


@transaction.atomic
def change_phase(phase: Phase, *, draft: PhaseDraft, by: User, at: datetime) -> Phase:
    """Save what stands on the form; it counts at once. One that has begun keeps its beginning."""
    held = _held_round(phase.round)
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if row.ends_at <= at:
        raise Refused(OVER)
    if row.starts_at <= at and draft.starts_at != row.starts_at:
        raise Refused(gettext_noop("The phase has begun. Its beginning stays."))
    _check_end(draft, at)
    return _write(row, held, draft, act="jury.change_phase", by=by)


@transaction.atomic
def delete_phase(phase: Phase, *, by: User, at: datetime) -> None:
    """Take a phase away that has not begun."""
    held = _held_round(phase.round)
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if row.starts_at <= at:
        raise Refused(gettext_noop("The phase has begun. Move its end instead."))
    record(held, "jury.delete_phase", by=by, phase=row.title)
    row.delete()


@transaction.atomic
def suggest_phases(found: Round, *, by: User, at: datetime) -> tuple[Phase, ...]:
    """The usual five phases from the closing, or from now, until results are told; only where there are none yet."""
    held = _held_round(found)
    if held.phases.exists():
        raise Refused(gettext_noop("The jury has phases already. Change them one by one."))
    proposed = suggested(max(held.closes_at, at), held.embargo_until, held.timezone)
    if any(start >= end for _one, start, end in proposed):
        raise Refused(gettext_noop("Between the closing and the telling of results there is no time for phases."))
    drafts = (PhaseDraft(_titles(one.code), start, end, **one.policy) for one, start, end in proposed)
    return tuple(_write(Phase(round=held), held, draft, act="jury.add_phase", by=by) for draft in drafts)


def _held_round(found: Round) -> Round:
    """The round, held so that no two phases are written at the same time."""
    return Round.objects.select_for_update(of=("self",)).select_related("programme").get(pk=found.pk)


def _check_end(draft: PhaseDraft, at: datetime) -> None:
    if draft.ends_at <= at:
        raise Refused(gettext_noop("The end lies in the past. Choose a later one."))


def _write(row: Phase, held: Round, draft: PhaseDraft, *, act: str, by: User) -> Phase:
    if draft.ends_at <= draft.starts_at:
        raise Refused(gettext_noop("The end must come after the beginning."))
    # A closing that was moved to later must not lock the phase that it overtook.
    if draft.starts_at < held.closes_at and draft.starts_at != row.starts_at:
        raise Refused(gettext_noop("A phase begins with the closing of the round or later."))
    if draft.may_score and draft.sees == Phase.Sees.NOTHING:
        raise Refused(gettext_noop("Who scores must read. Choose what jurors read."))
    near = held.phases.exclude(pk=row.pk).filter(starts_at__lt=draft.ends_at, ends_at__gt=draft.starts_at)
    other = near.order_by("starts_at").first()
    if other is not None:
        raise Refused(gettext_noop("The phase “%(phase)s” runs at that time. Phases never overlap."), phase=other.title)
    row.titles, row.leads = said(draft.titles), said(draft.leads)
    for name in POLICY:
        setattr(row, name, getattr(draft, name))
    row.save()
    record(held, act, by=by, phase=row.title)
    return row


def _titles(code: str) -> dict[str, str]:
    titles = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            titles[language] = gettext(TITLES[code])
    return titles
