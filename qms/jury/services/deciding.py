"""Lists of decisions: saved as often as the jury likes, closed once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from qms.awards.models import Category, Prize
from qms.core.audit import record
from qms.core.services import post_letter
from qms.jury.domain.deciding import Meeting, Verdict
from qms.jury.letters import deciding as letters
from qms.jury.models import Decision, DecisionList, Juror, Protocol
from qms.jury.queries.closing import is_decided
from qms.jury.queries.deciding import Row, sheet_of
from qms.jury.queries.readers import told_of_closing
from qms.lifecycle import Refused, gettext_noop

from .exclusions import exclude_by_rule
from .protocols import write_protocol

if TYPE_CHECKING:
    from qms.accounts.models import User

Stage = DecisionList.Stage
KEPT = ("outcome", "prize", "reason")
FROZEN = ("total", "place_from", "place_to")

CLOSED = gettext_noop("The list is closed: its decisions stand.")
HINDERED = gettext_noop("The list cannot be closed yet. Below stands what is missing.")
STALE = gettext_noop("Somebody saved this list meanwhile. Compare, then save again.")
NOT_SAVED = gettext_noop("Save the list before it is closed.")
FOREIGN = gettext_noop("Only applications and prizes of this category can be decided on.")


class Stale(Refused):
    """The page was read before somebody else saved the list."""


@transaction.atomic
def save_list(
    category: Category,
    stage: Stage,
    *,
    version: int,
    verdicts: Sequence[Verdict],
    meeting: Meeting,
    by: User,
) -> DecisionList:
    """The list with these verdicts; those of applications that are not named stay as they are."""
    held = _held(category, stage)
    if held.closed_at is not None or is_decided(category):
        raise Refused(CLOSED)
    if version != held.version:
        raise Stale(STALE)
    _check(category, verdicts)
    _write(held, verdicts)
    held.version += 1
    held.met_at, held.note = meeting.met_at, meeting.note
    held.save(update_fields=["version", "met_at", "note", "updated_at"])
    # Who was present stays so after leaving the pool.
    known = Q(categories=category) | Q(pk__in=held.present.values("pk"))
    held.present.set(Juror.objects.filter(known, pk__in=meeting.present).distinct())
    record(category, f"jury.save_{stage}s", by=by)
    return held


def close_list(category: Category, stage: Stage, *, version: int, by: User, at: datetime) -> Protocol:
    """The decisions stand from now on, with totals and places as they are now; everything that counted is written."""
    # Who took a role in an office since does not count. It stands too where the list then cannot be closed.
    exclude_by_rule(category.round, at)
    return _close(category, stage, version=version, by=by, at=at)


@transaction.atomic
def _close(category: Category, stage: Stage, *, version: int, by: User, at: datetime) -> Protocol:
    held = _held(category, stage)
    if held.closed_at is not None or is_decided(category):
        raise Refused(CLOSED)
    if held.version == 0:
        raise Refused(NOT_SAVED)
    if version != held.version:
        raise Stale(STALE)
    # What counts is changed under the lock of its application: from here on nobody changes it.
    list(category.applications.select_for_update().order_by("pk").values_list("pk", flat=True))
    sheet = sheet_of(category, stage)
    if sheet.hindrances:
        raise Refused(HINDERED)
    _freeze(held, sheet.rows)
    held.closed_at, held.closed_by, held.version = at, by, held.version + 1
    held.save(update_fields=["closed_at", "closed_by", "version", "updated_at"])
    protocol = write_protocol(held, by=by, at=at)
    record(category, f"jury.close_{stage}s", by=by, sha256=protocol.sha256)
    for reader, reads in told_of_closing(category, at).items():
        post_letter(**letters.closed(protocol, to=reader, reads=reads).posted())
    return protocol


def _held(category: Category, stage: Stage) -> DecisionList:
    """The list, locked; the category is locked first, so that two do not begin it, and nobody decides both at once."""
    Category.objects.select_for_update().get(pk=category.pk)
    found, _created = DecisionList.objects.get_or_create(category=category, stage=stage, defaults={"version": 0})
    return DecisionList.objects.select_for_update().get(pk=found.pk)


def _check(category: Category, verdicts: Sequence[Verdict]) -> None:
    wanted = {one.application for one in verdicts}
    prizes = {one.prize for one in verdicts if one.prize is not None}
    known = category.applications.received().filter(pk__in=wanted).count()
    if known != len(wanted) or Prize.objects.filter(category=category, pk__in=prizes).count() != len(prizes):
        raise Refused(FOREIGN)


def _write(held: DecisionList, verdicts: Collection[Verdict]) -> None:
    """One row for each application on which something was decided."""
    known = {one.application_id: one for one in held.decisions.all()}
    changed: list[Decision] = []
    added: list[Decision] = []
    for verdict in verdicts:
        row = known.get(verdict.application)
        if not verdict.outcome:
            if row is not None:
                row.delete()
            continue
        fresh = row or Decision(list=held, application_id=verdict.application)
        fresh.outcome, fresh.prize_id, fresh.reason = verdict.outcome, verdict.prize, verdict.reason
        (changed if row else added).append(fresh)
    Decision.objects.bulk_update(changed, KEPT)
    Decision.objects.bulk_create(added)


def _freeze(held: DecisionList, rows: Sequence[Row]) -> None:
    """Totals and places go into the decisions; what was withdrawn meanwhile is not decided on."""
    held.decisions.exclude(application__in=[row.pk for row in rows]).delete()
    known = {one.application_id: one for one in held.decisions.all()}
    frozen = []
    for row in rows:
        candidate = row.candidate
        decision = known[row.pk] if not candidate.is_out else _out(held, known.get(row.pk), row)
        decision.total = candidate.total
        decision.place_from, decision.place_to = candidate.first or None, candidate.last or None
        frozen.append(decision)
    Decision.objects.bulk_update(frozen, FROZEN)


def _out(held: DecisionList, known: Decision | None, row: Row) -> Decision:
    """What nobody could judge stands out of competition, with the reason that the office will read."""
    decision = known or Decision(list=held, application=row.application)
    decision.outcome, decision.prize, decision.reason = Decision.Outcome.OUT, None, row.verdict.reason
    decision.save()
    return decision
