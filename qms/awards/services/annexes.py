"""The files that go with an application: taken in, put in order, taken out."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal

from django.db import transaction

from qms.accounts.models import User
from qms.awards.models import Annex, Application, Question
from qms.awards.models.round import in_order
from qms.core.audit import record
from qms.core.uploads import DOCUMENTS, check_upload
from qms.lifecycle import Refused, gettext_noop

from .holding import held_application, require_open
from .scanning import scan

NO_TITLE = gettext_noop("Give the annex a title by which the jury recognises it.")
ENOUGH = gettext_noop("The application has %(most)s annexes already, and no more are allowed. Take one out first.")
TWICE = gettext_noop("This file is attached already, as “%(title)s”.")
GONE = gettext_noop("This annex was taken out meanwhile.")
ELSEWHERE = gettext_noop("This annex is not asked for here.")


def add_annex(
    application: Application, *, title: str, file: Any, question: Question | None, by: User, at: datetime
) -> Annex:
    """A new annex at the end; its file is checked by what is in it and scanned before anything is kept."""
    if not title.strip():
        raise Refused(NO_TITLE)
    require_open(application, at)
    kind = check_upload(file, kinds=DOCUMENTS)
    sha256 = _fingerprint(file)
    # A scan takes seconds: nobody else waits for it.
    checked = scan(file)
    annex = Annex(
        application=application,
        question=question,
        title=title.strip()[:200],
        file_name=PurePath(file.name).name[-200:],
        kind=kind,
        size=file.size,
        sha256=sha256,
        scan=checked,
        added_by=by,
    )
    return _keep(annex, file=file, by=by, at=at)


@transaction.atomic
def _keep(annex: Annex, *, file: Any, by: User, at: datetime) -> Annex:
    held = held_application(annex.application)
    require_open(held, at)
    question = annex.question
    if question is not None and (
        question.kind != Question.Kind.FILE or question.section.category_id != held.category_id
    ):
        raise Refused(ELSEWHERE)
    others = list(in_order(Annex.objects.current().filter(application=held)))
    if len(others) >= held.category.max_annexes:
        raise Refused(ENOUGH, most=held.category.max_annexes)
    for other in others:
        if other.sha256 == annex.sha256:
            raise Refused(TWICE, title=other.title)
    annex.application, annex.file = held, file
    annex.position = others[-1].position + 1 if others else 1
    annex.save()
    record(annex, "awards.add_annex", by=by, office_id=held.office_id, application=held.pk, sha256=annex.sha256)
    return annex


@transaction.atomic
def remove_annex(annex: Annex, *, by: User, at: datetime) -> None:
    """Take an annex out; its file goes too, unless it was submitted once."""
    held = held_application(annex.application)
    require_open(held, at)
    found = _current(annex)
    record(found, "awards.remove_annex", by=by, office_id=held.office_id, application=held.pk, sha256=found.sha256)
    if held.submissions.exists():
        found.removed_at = at
        found.save(update_fields=["removed_at", "updated_at"])
        return
    storage, name = found.file.storage, str(found.file.name)
    found.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def move_annex(annex: Annex, *, to: Literal["up", "down"], by: User, at: datetime) -> None:
    """Change places with the one before or after it; the first and the last stay where they are."""
    held = held_application(annex.application)
    require_open(held, at)
    _current(annex)
    rows = list(in_order(Annex.objects.current().filter(application=held)))
    here = next(place for place, row in enumerate(rows) if row.pk == annex.pk)
    there = here - 1 if to == "up" else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Annex.objects.bulk_update(rows, ["position"])
    record(rows[there], "awards.move_annex", by=by, office_id=held.office_id, application=held.pk)


def _current(annex: Annex) -> Annex:
    found = Annex.objects.current().filter(pk=annex.pk).first()
    if found is None:
        raise Refused(GONE)
    return found


def _fingerprint(file: Any) -> str:
    fingerprint = hashlib.sha256()
    for chunk in file.chunks():
        fingerprint.update(chunk)
    file.seek(0)
    return fingerprint.hexdigest()
