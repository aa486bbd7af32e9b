"""Individual scoring: saving, handing in, reopening."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.assessments import letters
from qms.assessments.domain import lifecycle
from qms.assessments.domain.scoring import require_scored
from qms.assessments.models import Assessment, Entry, Evidence, Kind, Member, NodeScore, Sheet
from qms.assessments.queries import NodeAnswer, sheet_view, whole_sheet
from qms.assessments.sheets import SheetLine
from qms.core.audit import record
from qms.core.services import post_letter
from qms.frameworks.domain.framework import Framework
from qms.lifecycle import Refused, gettext_noop

from .locking import locked, locked_sheet, sheets_to_write

LONGEST_TEXT = 5000
MOST_ENTRIES = 30
WRITTEN = ("marks", "unknown", "rationale", "version", "saved_at", "updated_at")


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One text as it was typed; the key comes from the page, so that sending it twice saves it once."""

    kind: str
    text: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeDraft:
    """All that was typed on one node's page."""

    marks: Mapping[str, object] = field(default_factory=dict)
    unknown: bool = False
    rationale: str = ""
    entries: tuple[EntryDraft, ...] = ()


class WrongMarks(Refused):
    """One refusal per mark that cannot be; what was typed stays with the caller."""

    def __init__(self, errors: Mapping[str, Refused]) -> None:
        first = next(iter(errors.values()))
        super().__init__(first.text, **first.values)
        self.errors = dict(errors)


class Conflict(Refused):
    """Somebody saved in between: what is stored now, and what was just typed."""

    def __init__(self, *, stored: object, typed: object) -> None:
        super().__init__(gettext_noop("This was changed elsewhere in the meantime. Compare both versions and choose."))
        self.stored = stored
        self.typed = typed


@transaction.atomic
def save_node(
    sheet: Sheet, node: str, *, draft: NodeDraft, version: int, by: User, at: datetime, is_held: bool = False
) -> NodeScore:
    """Save one node of the own sheet; `version` is the one that the page was made from, 0 for none.

    A sheet that the caller took from `sheets_to_write` in the same transaction `is_held` and is not read again.
    Raises WrongMarks with a refusal per dimension, Conflict with both versions, or Refused.
    """
    if not is_held:
        sheet = sheets_to_write().get(pk=sheet.pk)
    assessment = sheet.member.assessment
    _require_own(sheet, by)
    _require_open(sheet)
    framework = assessment.edition.tree()
    marks = checked_marks(framework, assessment.panel, node, draft.marks)
    entries = _checked_entries(draft.entries, assessment)
    stored = NodeScore.objects.filter(sheet=sheet, node=node).first()
    before = _stored_entries(sheet, node)
    if stored is not None and _says_the_same(stored, before, marks, draft, entries):
        return stored
    if version != (stored.version if stored else 0):
        raise Conflict(stored=_answer(sheet, node), typed=draft)
    score = stored or NodeScore(sheet=sheet, node=node, version=0)
    score.marks, score.unknown, score.rationale = marks, draft.unknown, draft.rationale.strip()
    score.version, score.saved_at = score.version + 1, at
    score.save(update_fields=WRITTEN if stored else None)
    _save_entries(sheet, node, before, entries, at=at)
    return score


@transaction.atomic
def save_sheet(sheet: Sheet, *, drafts: Mapping[str, NodeDraft], by: User, at: datetime) -> int:
    """Save a sheet that was filled in offline; one wrong line and nothing is changed. How many nodes it had."""
    versions = dict(NodeScore.objects.filter(sheet=sheet).values_list("node", "version"))
    for node, draft in drafts.items():
        try:
            save_node(sheet, node, draft=draft, version=versions.get(node, 0), by=by, at=at)
        except (WrongMarks, Refused) as refusal:
            if isinstance(refusal, Conflict):
                raise
            raise Refused("%(node)s: " + refusal.text, **{**refusal.values, "node": node}) from refusal
    record(sheet, "assessments.import_sheet", by=by, office_id=sheet.member.assessment.office_id, nodes=len(drafts))
    return len(drafts)


@transaction.atomic
def import_sheet(sheet: Sheet, *, lines: Mapping[str, SheetLine], by: User, at: datetime) -> int:
    """Take over a table filled in offline: its marks, and the texts that the sheet has not yet; nothing is removed."""
    answers = {answer.node.identifier: answer for answer in whole_sheet(sheet).answers}
    filled = {node: line for node, line in lines.items() if not line.is_empty}
    return save_sheet(sheet, drafts={node: _merged(answers[node], line) for node, line in filled.items()}, by=by, at=at)


def _merged(answer: NodeAnswer, line: SheetLine) -> NodeDraft:
    kept = [
        EntryDraft(entry.kind, entry.text, entry.key, tuple(piece.pk for piece in entry.evidence))
        for entry in answer.entries
    ]
    known = {(entry.kind, " ".join(entry.text.split())) for entry in kept}
    fresh = [EntryDraft(kind, text) for kind, text in line.texts if (kind, " ".join(text.split())) not in known]
    marks = line.marks or answer.marks
    unknown = line.unknown or (answer.unknown and not line.marks)
    return NodeDraft(marks, unknown, line.rationale or answer.rationale, (*kept, *fresh))


@transaction.atomic
def hand_in_sheet(sheet: Sheet, *, by: User, at: datetime, leave_blank: bool = False) -> Sheet:
    """Hand in the own sheet; from here on it is read-only. Blank nodes must be confirmed."""
    assessment = locked(sheet.member.assessment)
    sheet = locked_sheet(sheet)
    _require_own(sheet, by)
    if assessment.stage != Assessment.Stage.INDIVIDUAL:
        raise Refused(gettext_noop("Individual scoring is closed."))
    lifecycle.SHEET.require(sheet.state, Sheet.State.HANDED_IN)
    blanks = whole_sheet(sheet).blanks
    if blanks and not leave_blank:
        raise Refused(
            gettext_noop(
                "Not answered yet: %(nodes)s. Score them, say that you don't know enough, "
                "or confirm that they stay blank."
            ),
            nodes=", ".join(node.identifier for node in blanks),
        )
    sheet.state, sheet.handed_in_at = Sheet.State.HANDED_IN, at
    sheet.save(update_fields=["state", "handed_in_at", "updated_at"])
    record(sheet, "assessments.hand_in", by=by, office_id=assessment.office_id, blanks=len(blanks))
    out = Sheet.objects.in_play().filter(member__assessment=assessment).exclude(state=Sheet.State.HANDED_IN)
    if not out.exists():
        _tell_chairs(assessment)
    return sheet


@transaction.atomic
def reopen_sheet(sheet: Sheet, *, reason: str, by: User) -> Sheet:
    """Give a sheet back to its member; the chair says why, and the history keeps it."""
    assessment = locked(sheet.member.assessment)
    sheet = locked_sheet(sheet)
    if assessment.stage != Assessment.Stage.INDIVIDUAL:
        raise Refused(gettext_noop("The consensus has begun: individual sheets stay as they are."))
    lifecycle.SHEET.require(sheet.state, Sheet.State.REOPENED)
    if not reason.strip():
        raise Refused(gettext_noop("Say why the sheet is opened again."))
    sheet.state, sheet.handed_in_at, sheet.reopened_reason = Sheet.State.REOPENED, None, reason.strip()
    sheet.save(update_fields=["state", "handed_in_at", "reopened_reason", "updated_at"])
    record(sheet, "assessments.reopen_sheet", by=by, office_id=assessment.office_id, reason=reason.strip())
    post_letter(**letters.reopened(sheet, reason=reason.strip(), by=by).posted())
    return sheet


def checked_marks(framework: Framework, panel: str, node: str, marks: Mapping[str, object]) -> dict[str, int]:
    """The marks as whole numbers; WrongMarks names each one that cannot be."""
    require_scored(framework, node)
    scale = framework.scale(panel, node)
    checked, errors = {}, {}
    for code, typed in marks.items():
        try:
            mark = scale.dimension(code).check(typed)
        except Refused as refusal:
            errors[code] = refusal
        else:
            if mark is not None:
                checked[code] = mark
    if errors:
        raise WrongMarks(errors)
    return checked


def _require_own(sheet: Sheet, by: User) -> None:
    if sheet.member.user_id != by.pk or sheet.member.left_at is not None:
        raise Refused(gettext_noop("This sheet belongs to another person."))


def _require_open(sheet: Sheet) -> None:
    if sheet.is_in:
        raise Refused(gettext_noop("The sheet is handed in. Ask the chair to open it again if something must change."))
    if sheet.member.assessment.stage != Assessment.Stage.INDIVIDUAL:
        raise Refused(gettext_noop("Individual scoring is closed."))


def _checked_entries(drafts: Sequence[EntryDraft], assessment: Assessment) -> list[EntryDraft]:
    entries = [draft for draft in drafts if draft.text.strip()]
    if len(entries) > MOST_ENTRIES:
        raise Refused(gettext_noop("There is room for %(most)s entries here."), most=MOST_ENTRIES)
    for draft in entries:
        check_text(draft.kind, draft.text)
    if len({draft.key for draft in entries}) < len(entries):
        raise Refused(gettext_noop("The same entry was sent twice. Reload the page; nothing saved is lost."))
    check_evidence(assessment, {pk for draft in entries for pk in draft.evidence})
    return entries


def check_text(kind: str, text: str) -> None:
    """Nothing, or a refusal when the text is of no known kind or far too long."""
    if kind not in Kind.values:
        raise Refused(gettext_noop("An entry is a strength, an area for improvement or a suggestion."))
    if len(text) > LONGEST_TEXT:
        raise Refused(gettext_noop("One entry has at most %(most)s characters."), most=LONGEST_TEXT)


def check_evidence(assessment: Assessment, keys: set[int]) -> None:
    """Nothing, or a refusal when a piece is not in the office's store."""
    if keys and Evidence.objects.filter(pk__in=keys, office=assessment.office_id).count() != len(keys):
        raise Refused(gettext_noop("This evidence is not in the office's store."))


@dataclass(slots=True)
class _Stored:
    """One entry as it is in the database, with the pieces of evidence that it cites."""

    pk: int
    key: uuid.UUID
    kind: str
    text: str
    position: int
    version: int
    cited: set[int] = field(default_factory=set)


def _stored_entries(sheet: Sheet, node: str) -> dict[uuid.UUID, _Stored]:
    """The entries of one node in their order, read at once: one row for each piece of evidence, at least one."""
    rows = Entry.objects.filter(sheet=sheet, node=node).order_by("position", "pk")
    found: dict[uuid.UUID, _Stored] = {}
    columns = ("pk", "key", "kind", "text", "position", "version", "evidence")
    for pk, key, kind, text, position, version, piece in rows.values_list(*columns):
        entry = found.setdefault(key, _Stored(pk, key, kind, text, position, version))
        if piece is not None:
            entry.cited.add(piece)
    return found


def _says_the_same(
    stored: NodeScore,
    before: Mapping[uuid.UUID, _Stored],
    marks: Mapping[str, int],
    draft: NodeDraft,
    entries: list[EntryDraft],
) -> bool:
    """Whether the page sent what is stored already: an answer that got lost on the way back, or no change."""
    same = (stored.marks, stored.unknown, stored.rationale) == (dict(marks), draft.unknown, draft.rationale.strip())
    if not same:
        return False
    kept = [(e.key, e.kind, e.text, e.cited) for e in before.values()]
    return kept == [(e.key, e.kind, e.text.strip(), set(e.evidence)) for e in entries]


def _save_entries(
    sheet: Sheet, node: str, before: Mapping[uuid.UUID, _Stored], drafts: list[EntryDraft], *, at: datetime
) -> None:
    for position, draft in enumerate(drafts):
        known, wanted = before.get(draft.key), (draft.kind, draft.text.strip(), position)
        if known is None:
            kind, text, place = wanted
            entry = Entry(sheet=sheet, node=node, key=draft.key, kind=kind, text=text, position=place)
            entry.save()
            entry.evidence.set(draft.evidence)
            continue
        if (known.kind, known.text, known.position) != wanted:
            kind, text, place = wanted
            Entry.objects.filter(pk=known.pk).update(
                kind=kind, text=text, position=place, version=known.version + 1, updated_at=at
            )
        if known.cited != set(draft.evidence):
            Entry(pk=known.pk).evidence.set(draft.evidence)
    left = before.keys() - {draft.key for draft in drafts}
    if left:
        Entry.objects.filter(pk__in=[before[key].pk for key in left]).delete()


def _answer(sheet: Sheet, node: str) -> NodeAnswer:
    return sheet_view(sheet, node).answer


def _tell_chairs(assessment: Assessment) -> None:
    chairs = assessment.members.present().filter(role=Member.Role.CHAIR)
    for chair in chairs.select_related("user", "assessment__office"):
        post_letter(**letters.all_in(chair).posted())
