"""What happens on one action: it moves, it is reported on, its tasks are ticked, its people are told."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.uploads import check_upload
from qms.improvements.domain import lifecycle
from qms.improvements.domain.journal import Moved
from qms.improvements.models import Action, LogAttachment, LogEntry, Plan, Task
from qms.lifecycle import Refused, gettext_noop

from .actions import lacks_of
from .locking import locked_action, locked_plan
from .plans import begin_plan

Status = Action.Status
Stage = Plan.Stage
MOST_FILES = 10
MOST_TASKS = 60
NEEDS_REASON = (Status.STOPPED, Status.POSTPONED)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task as it is typed; a line without a key is new."""

    title: str
    person: User | None = None
    due_on: date | None = None
    done_on: date | None = None
    pk: int | None = None
    removed: bool = False


@transaction.atomic
def move_action(
    action: Action, *, to: str, version: int, by: User, at: datetime, reason: str = "", on: date | None = None
) -> Action:
    """Give the action another status; refused when somebody moved it since the reader's page was made."""
    # The plan goes first, as everywhere: approving it changes its actions.
    plan = locked_plan(action.plan)
    held = locked_action(action, version=version)
    held.plan = plan
    today = timezone.localdate(at)
    _require_running(held.plan)
    lifecycle.ACTION.require(held.status, to)
    _require_reason(to, reason)
    if to == Status.APPROVED and (lacking := lacks_of(held)):
        raise Refused(lacking)
    if on is not None and on > today:
        raise Refused(gettext_noop("The day lies in the future."))
    moved = Moved(held.status, to, reason.strip())
    _put(held, to, by=by, at=at, on=on or today, reason=reason.strip())
    LogEntry.objects.create(
        action=held, kind=LogEntry.Kind.STATUS, on=on or today, text=moved.line, progress=held.progress, by=by
    )
    record(held, "improvements.move_action", by=by, office_id=held.plan.office_id, before=moved.before, after=to)
    if to == Status.IN_PROGRESS and plan.stage == Stage.APPROVED:
        begin_plan(plan, by=by)
    return held


@transaction.atomic
def report(
    action: Action,
    *,
    text: str,
    by: User,
    on: date,
    progress: int | None = None,
    spent: Decimal | None = None,
    files: Sequence[Any] = (),
) -> LogEntry:
    """Add a line to the progress log, with how far the action is, what it has cost and what shows it."""
    held = locked_action(action)
    _require_running(held.plan)
    _require_reportable(held, text=text, on=on, progress=progress, files=files)
    entry = LogEntry.objects.create(action=held, on=on, text=text.strip(), progress=progress, by=by)
    for file in files:
        _attach(entry, file)
    held.progress = held.progress if progress is None else progress
    held.spent = held.spent if spent is None else spent
    held.save(update_fields=["progress", "spent", "updated_at"])
    record(held, "improvements.report", by=by, office_id=held.plan.office_id, progress=progress, files=len(files))
    return entry


@transaction.atomic
def save_tasks(action: Action, *, lines: Sequence[TaskLine], by: User) -> tuple[Task, ...]:
    """Keep the tasks as they are typed, in that order; a task that is not among them stays untouched."""
    held = locked_action(action)
    _require_open(held.plan)
    stored = {task.pk: task for task in held.tasks.select_for_update()}
    if len(stored) + sum(line.pk is None for line in lines) > MOST_TASKS:
        raise Refused(gettext_noop("An action has at most %(most)s tasks."), most=MOST_TASKS)
    kept = []
    for position, line in enumerate(lines):
        task = stored.get(line.pk) if line.pk is not None else Task(action=held)
        if task is None:
            continue  # somebody else took it off meanwhile
        if line.removed:
            if task.pk is not None:
                task.delete()
            continue
        if not line.title.strip():
            raise Refused(gettext_noop("Write what the task is."))
        task.title, task.person, task.position = line.title.strip(), line.person, position
        task.due_on, task.done_on = line.due_on, line.done_on
        task.save()
        kept.append(task)
    record(held, "improvements.save_tasks", by=by, office_id=held.plan.office_id, tasks=len(kept))
    return tuple(kept)


@transaction.atomic
def tick_tasks(action: Action, *, done: Collection[int], before: Collection[int], by: User, on: date) -> int:
    """Tick and untick what the reader changed on the page (`before` were ticked there); how many that were."""
    held = locked_action(action)
    _require_running(held.plan)
    changed = 0
    for task in held.tasks.select_for_update().filter(pk__in=set(done) ^ set(before)):
        task.done_on = (task.done_on or on) if task.pk in done else None
        task.save(update_fields=["done_on", "updated_at"])
        changed += 1
    if changed:
        record(held, "improvements.tick_tasks", by=by, office_id=held.plan.office_id, tasks=changed)
    return changed


def _put(action: Action, to: str, *, by: User, at: datetime, on: date, reason: str) -> None:
    if to == Status.APPROVED:
        action.approved_by, action.approved_at = by, at
    elif to == Status.PROPOSED:
        action.approved_by = action.approved_at = None
    if to == Status.DONE:
        action.progress = 100
    action.done_on = on if to == Status.DONE else None
    action.status, action.status_reason = to, reason if to in NEEDS_REASON else ""
    action.version += 1
    fields = ["status", "status_reason", "approved_by", "approved_at", "progress", "done_on", "version", "updated_at"]
    action.save(update_fields=fields)


def _require_running(plan: Plan) -> None:
    _require_open(plan)
    if not plan.is_approved:
        raise Refused(gettext_noop("The plan is not approved yet. Work on its actions begins after that."))


def _require_open(plan: Plan) -> None:
    if not plan.is_open:
        raise Refused(gettext_noop("The plan is closed. Its actions stay as they are."))


def _require_reason(to: str, reason: str) -> None:
    if to == Status.STOPPED and not reason.strip():
        raise Refused(gettext_noop("Write why the action is stopped."))
    if to == Status.POSTPONED and not reason.strip():
        raise Refused(gettext_noop("Write why the action is postponed."))


def _require_reportable(action: Action, *, text: str, on: date, progress: int | None, files: Sequence[Any]) -> None:
    if action.status == Status.PROPOSED:
        raise Refused(gettext_noop("The action is not approved yet. Its log begins after that."))
    if not text.strip():
        raise Refused(gettext_noop("Write what has happened."))
    if on > timezone.localdate():
        raise Refused(gettext_noop("The day lies in the future."))
    if progress is not None and not 0 <= progress <= 100:
        raise Refused(gettext_noop("Progress is a number from 0 to 100."))
    if action.status == Status.DONE and progress not in (None, 100):
        raise Refused(gettext_noop("A finished action stands at 100. Take it up again before you report less."))
    if len(files) > MOST_FILES:
        raise Refused(gettext_noop("Add at most %(most)s files at once."), most=MOST_FILES)


def _attach(entry: LogEntry, file: Any) -> LogAttachment:
    check_upload(file)
    fingerprint = hashlib.sha256()
    for chunk in file.chunks():
        fingerprint.update(chunk)
    file.seek(0)
    name = PurePath(file.name).name[-200:]
    return LogAttachment.objects.create(entry=entry, file=file, file_name=name, sha256=fingerprint.hexdigest())
