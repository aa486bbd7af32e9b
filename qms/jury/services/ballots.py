"""A juror's ballot: saving, handing in, and what the organiser gives back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Application, Section
from qms.core.audit import record
from qms.core.services import post_letter
from qms.jury.domain.ballot import MarkDraft, Stale, tidy
from qms.jury.domain.scoring import ballot_total
from qms.jury.letters import scoring as letters
from qms.jury.models import Ballot, Mark
from qms.jury.queries.access import open_to, phase_of
from qms.jury.queries.ballots import WITH, lines_of
from qms.jury.queries.closing import is_decided
from qms.jury.queries.scales import judging_of, scale_of
from qms.lifecycle import Refused, gettext_noop

from .standing import restand

if TYPE_CHECKING:
    from qms.accounts.models import User

LATE = gettext_noop("Scores are taken only while a phase lets jurors score. None does now.")
DECIDED = gettext_noop("The jury has decided. What counted stays as it is.")
TAKEN = gettext_noop("This ballot was taken back. It does not count any more.")
LONGEST_SUMMARY = 4000
WRITTEN = ("marks", "score", "is_na", "reason", "strengths", "areas")


@transaction.atomic
def save_mark(ballot: Ballot, section: Section, *, draft: MarkDraft, version: int, by: User, at: datetime) -> Mark:
    """Save what the juror gives one section; `version` is the one that the page was made from, 0 for none.

    Raises Stale where somebody saved since, or Refused.
    """
    held = _held(ballot)
    _require_open(held, by=by, at=at)
    category = held.application.category
    if section.category_id != category.pk or not section.is_scored:
        raise Refused(gettext_noop("The jury gives this section no score."))
    section.category = category
    scale = scale_of(section, judging_of(category))
    draft = draft.tidied()
    marks = scale.check(draft.marks)
    stored = Mark.objects.filter(ballot=held, section=section).first()
    said = {
        "marks": marks,
        "score": None if draft.is_na else scale.score(marks),
        "is_na": draft.is_na,
        "reason": draft.reason if draft.is_na else "",
        "strengths": draft.strengths,
        "areas": draft.areas,
    }
    if stored is not None and all(getattr(stored, name) == said[name] for name in WRITTEN if name != "score"):
        return stored
    if version != (stored.version if stored else 0):
        raise Stale
    mark = stored or Mark(ballot=held, section=section, version=0)
    for name, value in said.items():
        setattr(mark, name, value)
    mark.version += 1
    mark.save()
    return mark


@transaction.atomic
def save_summary(ballot: Ballot, *, summary: str, version: int, by: User, at: datetime) -> Ballot:
    """Save what the juror says of the application in short; `version` is the one that the page was made from.

    Raises Stale where somebody saved since, or Refused.
    """
    held = _held(ballot)
    _require_open(held, by=by, at=at)
    _sum_up(held, summary, version)
    held.save(update_fields=["summary", "version", "updated_at"])
    return held


@transaction.atomic
def hand_in_ballot(ballot: Ballot, *, summary: str, by: User, at: datetime, version: int = 0) -> Ballot:
    """Hand in the own ballot; from here on it is read-only, and it counts.

    Raises Stale where the words in short were saved since the page was made, or Refused.
    """
    held = _held(ballot)
    _require_open(held, by=by, at=at)
    lines = lines_of(held)
    missing = sum(not one.answer.is_done for one in lines)
    if missing or not lines:
        raise Refused(
            gettext_noop("Sections without a score or a reason: %(count)s. Finish them first."), count=missing
        )
    _sum_up(held, summary, version)
    weights = {one.section.pk: one.section.weight for one in lines}
    held.total = ballot_total({one.section.pk: one.score for one in lines}, weights)
    held.state, held.handed_in_at = Ballot.State.HANDED_IN, at
    held.save(update_fields=["summary", "version", "total", "state", "handed_in_at", "updated_at"])
    record(held, "jury.hand_in", by=by, juror=held.juror.sign)
    restand(held.application, at)
    return held


def _sum_up(held: Ballot, summary: str, version: int) -> None:
    """The words in short, if they differ; sent twice they are the same."""
    words = tidy(summary)[:LONGEST_SUMMARY]
    if words == held.summary:
        return
    if version != held.version:
        raise Stale
    held.summary, held.version = words, held.version + 1


@transaction.atomic
def unlock_ballot(ballot: Ballot, *, reason: str, by: User, at: datetime) -> Ballot:
    """Give a ballot back to its juror to correct; its numbers and those of the others are hidden until it is back."""
    held = _held(ballot)
    if held.ended_at is not None:
        raise Refused(gettext_noop("This ballot does not count any more."))
    if held.state != Ballot.State.HANDED_IN:
        raise Refused(gettext_noop("This ballot is not handed in, so the juror can still change it."))
    if is_decided(held.application.category):
        raise Refused(DECIDED)
    held.state, held.handed_in_at, held.total = Ballot.State.DRAFT, None, None
    held.unlocked_reason = tidy(reason)
    held.save(update_fields=["state", "handed_in_at", "total", "unlocked_reason", "updated_at"])
    record(held, "jury.unlock", by=by, juror=held.juror.sign, reason=held.unlocked_reason)
    post_letter(**letters.unlocked(held, to=held.juror.user).posted())
    restand(held.application, at)
    return held


def _held(ballot: Ballot) -> Ballot:
    """The application under a lock, then the ballot: in this order everywhere, and nothing is decided meanwhile."""
    Application.objects.select_for_update().get(pk=ballot.application_id)
    held: Ballot = Ballot.objects.select_for_update(of=("self",)).select_related(*WITH).get(pk=ballot.pk)
    return held


def _require_open(ballot: Ballot, *, by: User, at: datetime) -> None:
    if ballot.juror.user_id != by.pk:
        raise Refused(gettext_noop("Only the juror scores on a ballot."))
    if ballot.ended_at is not None:
        raise Refused(TAKEN)
    if ballot.state == Ballot.State.HANDED_IN:
        raise Refused(gettext_noop("This ballot is handed in. The organiser can give it back to you."))
    if is_decided(ballot.application.category):
        raise Refused(DECIDED)
    phase = phase_of(ballot.application.category.round, at)
    is_open = open_to(by, at).filter(pk=ballot.application_id).exists()
    if phase is None or not phase.may_score or not is_open:
        raise Refused(LATE)
