"""Consensus: the group's agreement, written beside the individual scores and never over them."""

from __future__ import annotations

import random
import string
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP

from django.db import transaction

from qms.accounts.models import User
from qms.assessments.domain import lifecycle
from qms.assessments.domain.consensus import check_agreement
from qms.assessments.domain.divergence import FAST_TRACK, divergence_of
from qms.assessments.domain.scoring import WHOLE, check_agreed, require_scored
from qms.assessments.models import Assessment, ConsensusEntry, ConsensusNode, Entry, Member, Sheet
from qms.assessments.queries import individual_scores, node_for_consensus, require_look
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop
from qms.stats.agreement import median_of

from .locking import locked
from .scoring import MOST_ENTRIES, Conflict, check_evidence, check_text

Stage = Assessment.Stage
FEWEST_SHEETS = 2


@dataclass(frozen=True, slots=True)
class AgreedEntryDraft:
    """One text as the group words it: which entries it joins (ids), and what shows it (ids)."""

    kind: str
    text: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    sources: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """All that the chair typed on one node's page; marks by dimension, or {"score": 34} for the node."""

    marks: Mapping[str, object] = field(default_factory=dict)
    left_blank: bool = False
    reason: str = ""
    dissent: str = ""
    dissenters: tuple[int, ...] = ()
    entries: tuple[AgreedEntryDraft, ...] = ()


@transaction.atomic
def start_consensus(assessment: Assessment, *, by: User, at: datetime, reason: str = "") -> Assessment:
    """Close individual scoring and let scores meet; a reason is needed while sheets are still out."""
    assessment = locked(assessment)
    lifecycle.ASSESSMENT.require(assessment.stage, Stage.CONSENSUS)
    sheets = list(Sheet.objects.in_play().filter(member__assessment=assessment).select_related("member"))
    sheets_in = [sheet for sheet in sheets if sheet.is_in]
    if all(sheet.member.user_id != by.pk for sheet in sheets_in):
        raise Refused(gettext_noop("Hand in your own sheet first: until then the others' scores stay hidden from you."))
    if len(sheets_in) < FEWEST_SHEETS:
        raise Refused(gettext_noop("At least %(fewest)s sheets must be in."), fewest=FEWEST_SHEETS)
    if len(sheets_in) < len(sheets) and not reason.strip():
        raise Refused(
            gettext_noop("%(sheets_in)s of %(of)s sheets are in. Say why the group goes on without the others."),
            sheets_in=len(sheets_in),
            of=len(sheets),
        )
    _draw_letters([sheet.member for sheet in sheets])
    assessment.stage, assessment.consensus_started_at = Stage.CONSENSUS, at
    assessment.closed_early_reason = reason.strip() if len(sheets_in) < len(sheets) else ""
    assessment.save(update_fields=["stage", "consensus_started_at", "closed_early_reason", "updated_at"])
    facts = {"sheets_in": len(sheets_in), "sheets": len(sheets), "reason": assessment.closed_early_reason}
    record(assessment, "assessments.start_consensus", by=by, office_id=assessment.office_id, **facts)
    return assessment


@transaction.atomic
def save_agreement(
    assessment: Assessment, node: str, *, draft: AgreementDraft, version: int, by: User, at: datetime
) -> ConsensusNode:
    """Keep what the chair typed without closing the node; Conflict carries both versions."""
    assessment = locked(assessment)
    _require_consensus(assessment, by)
    require_scored(assessment.edition.tree(), node)
    agreement = _versioned(assessment, node, draft=draft, version=version, by=by)
    if agreement.is_settled:
        raise Refused(gettext_noop("%(node)s is agreed. Open it again to change it."), node=node)
    marks = check_agreed(assessment.edition.tree(), assessment.panel, node, draft.marks)
    _write(agreement, marks, draft, at)
    return agreement


@transaction.atomic
def settle_node(
    assessment: Assessment, node: str, *, draft: AgreementDraft, version: int, by: User, at: datetime
) -> ConsensusNode:
    """Write down the group's agreement on one node; a reason is required outside the members' range."""
    assessment = locked(assessment)
    _require_consensus(assessment, by)
    framework = assessment.edition.tree()
    require_scored(framework, node)
    agreement = _versioned(assessment, node, draft=draft, version=version, by=by)
    agreed = check_agreement(
        framework,
        assessment.panel,
        node,
        marks=draft.marks,
        left_blank=draft.left_blank,
        reason=draft.reason,
        scores=individual_scores(assessment).get(node, []),
    )
    agreement.settled_at, agreement.settled_by = at, by
    _write(agreement, agreed.marks, draft, at)
    # Not the score: the history is also read by those from whom it is hidden.
    record(agreement, "assessments.settle", by=by, office_id=assessment.office_id, node=node)
    return agreement


@transaction.atomic
def reopen_node(assessment: Assessment, node: str, *, reason: str, by: User, at: datetime) -> ConsensusNode:
    """Open an agreed node for another talk; what was agreed stays as the draft."""
    assessment = locked(assessment)
    _require_consensus(assessment, by)
    agreement = ConsensusNode.objects.select_for_update().filter(assessment=assessment, node=node).first()
    if agreement is None or not agreement.is_settled:
        raise Refused(gettext_noop("%(node)s is not agreed yet."), node=node)
    if not reason.strip():
        raise Refused(gettext_noop("Say why the group talks about it again."))
    agreement.settled_at, agreement.settled_by = None, None
    agreement.reopened_reason, agreement.version = reason.strip(), agreement.version + 1
    agreement.saved_at = at
    agreement.save()
    record(
        agreement, "assessments.reopen_node", by=by, office_id=assessment.office_id, node=node, reason=reason.strip()
    )
    return agreement


@transaction.atomic
def settle_close_ones(
    assessment: Assessment, *, by: User, at: datetime, nodes: Collection[str] | None = None
) -> tuple[str, ...]:
    """Agree the close nodes at their median with the members' own texts; which nodes that were."""
    assessment = locked(assessment)
    _require_consensus(assessment, by)
    framework, given = assessment.edition.tree(), individual_scores(assessment)
    touched = set(ConsensusNode.objects.filter(assessment=assessment).values_list("node", flat=True))
    done = []
    for place in framework.scored:
        node = place.identifier
        divergence = divergence_of(framework, node, given.get(node, []))
        chosen = nodes is None or node in nodes
        if not chosen or node in touched or divergence.verdict != FAST_TRACK:
            continue
        middle = median_of(divergence.scores).quantize(1, rounding=ROUND_HALF_UP)
        draft = AgreementDraft(
            marks=_as_marks(framework.scale(assessment.panel, node), int(middle)), entries=_own_texts(assessment, node)
        )
        settle_node(assessment, node, draft=draft, version=0, by=by, at=at)
        done.append(node)
    return tuple(done)


def _as_marks(scale: object, score: int) -> dict[str, int]:
    dimensions = scale.dimensions  # type: ignore[attr-defined]
    return {dimensions[0].code: score} if len(dimensions) == 1 else {WHOLE: score}


def _own_texts(assessment: Assessment, node: str) -> tuple[AgreedEntryDraft, ...]:
    entries = (
        Entry.objects.filter(sheet__member__assessment=assessment, sheet__member__left_at__isnull=True, node=node)
        .filter(sheet__state=Sheet.State.HANDED_IN)
        .prefetch_related("evidence")
        .order_by("kind", "sheet__member__letter", "position")
    )
    return tuple(
        AgreedEntryDraft(
            entry.kind, entry.text, sources=(entry.pk,), evidence=tuple(piece.pk for piece in entry.evidence.all())
        )
        for entry in entries
    )


def _require_consensus(assessment: Assessment, by: User) -> None:
    if assessment.stage != Stage.CONSENSUS:
        raise Refused(gettext_noop("Agreements are written while the group is in consensus."))
    require_look(assessment, by)


def _versioned(assessment: Assessment, node: str, *, draft: AgreementDraft, version: int, by: User) -> ConsensusNode:
    agreement = ConsensusNode.objects.select_for_update().filter(assessment=assessment, node=node).first()
    if version != (agreement.version if agreement else 0):
        raise Conflict(stored=node_for_consensus(assessment, node, viewer=by).agreed, typed=draft)
    return agreement or ConsensusNode(assessment=assessment, node=node, version=0)


def _write(agreement: ConsensusNode, marks: Mapping[str, int], draft: AgreementDraft, at: datetime) -> None:
    assessment = agreement.assessment
    entries = [entry for entry in draft.entries if entry.text.strip()]
    dissenters = list(Member.objects.present().filter(assessment=assessment, pk__in=draft.dissenters))
    _check_entries(assessment, agreement.node, entries)
    if len(dissenters) != len(set(draft.dissenters)):
        raise Refused(gettext_noop("A dissenting voice belongs to a member of the group."))
    agreement.marks, agreement.left_blank = dict(marks), draft.left_blank
    agreement.reason, agreement.dissent = draft.reason.strip(), draft.dissent.strip()
    agreement.version, agreement.saved_at = agreement.version + 1, at
    agreement.save()
    agreement.dissenters.set(dissenters)
    _write_entries(agreement, entries)


def _check_entries(assessment: Assessment, node: str, entries: Sequence[AgreedEntryDraft]) -> None:
    if len(entries) > MOST_ENTRIES * 10:
        raise Refused(gettext_noop("There is room for %(most)s entries here."), most=MOST_ENTRIES * 10)
    for entry in entries:
        check_text(entry.kind, entry.text)
    check_evidence(assessment, {pk for entry in entries for pk in entry.evidence})
    sources = {pk for entry in entries for pk in entry.sources}
    known = Entry.objects.filter(pk__in=sources, node=node, sheet__member__assessment=assessment)
    if sources and known.count() != len(sources):
        raise Refused(gettext_noop("An agreed text comes from entries of this group on this subcriterion."))


def _write_entries(agreement: ConsensusNode, drafts: Sequence[AgreedEntryDraft]) -> None:
    stored = {entry.key: entry for entry in agreement.entries.all()}
    for position, draft in enumerate(drafts):
        entry = stored.pop(draft.key, None) or ConsensusEntry(agreement=agreement, key=draft.key)
        entry.kind, entry.text, entry.position = draft.kind, draft.text.strip(), position
        entry.save()
        entry.sources.set(draft.sources)
        entry.evidence.set(draft.evidence)
    ConsensusEntry.objects.filter(pk__in=[entry.pk for entry in stored.values()]).delete()


def _draw_letters(members: Sequence[Member]) -> None:
    """Give each member a letter by lot, so that no list of names gives the letters away."""
    shuffled = random.SystemRandom().sample(list(members), len(members))
    for member, letter in zip(shuffled, _letters(), strict=False):
        member.letter = letter
    Member.objects.bulk_update(shuffled, ["letter"])


def _letters() -> Iterator[str]:
    """A to Z, then AA to ZZ."""
    yield from string.ascii_uppercase
    yield from (first + second for first in string.ascii_uppercase for second in string.ascii_uppercase)
