"""The office's store of evidence."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from qms.accounts.models import User
from qms.assessments.models import Evidence
from qms.core.audit import record
from qms.core.uploads import DOCUMENTS, check_upload
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.offices.models import Office

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
Kind = Evidence.Kind


@transaction.atomic
def add_evidence(  # noqa: PLR0913  the form has these fields
    office: Office,
    *,
    kind: str,
    title: str,
    by: User,
    file: Any = None,
    url: str = "",
    note: str = "",
    dated_on: date | None = None,
    owner: str = "",
) -> Evidence:
    """A new piece of evidence under the office's next number; files are checked by what is in them."""
    # The office's row is the queue for its numbers.
    type(office).objects.select_for_update().get(pk=office.pk)
    last = Evidence.objects.filter(office=office).aggregate(last=Max("number"))["last"] or 0
    evidence = Evidence(office=office, number=last + 1, kind=kind, added_by=by, dated_on=dated_on, owner=owner.strip())
    _fill(evidence, title=title, file=file, url=url, note=note)
    evidence.save()
    record(evidence, "assessments.add_evidence", by=by, office_id=office.pk, code=evidence.code, title=evidence.title)
    return evidence


@transaction.atomic
def change_evidence(
    evidence: Evidence,
    *,
    title: str,
    by: User,
    url: str = "",
    note: str = "",
    dated_on: date | None = None,
    owner: str = "",
) -> Evidence:
    """Correct what is said of a piece; a file itself is never exchanged, a new one gets a new number."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.withdrawn_at is not None:
        raise Refused(gettext_noop("This evidence has been withdrawn."))
    evidence.dated_on, evidence.owner = dated_on, owner.strip()
    _fill(evidence, title=title, file=evidence.file if evidence.kind == Kind.FILE else None, url=url, note=note)
    evidence.save(update_fields=["title", "url", "note", "dated_on", "owner", "updated_at"])
    record(evidence, "assessments.change_evidence", by=by, office_id=evidence.office_id, code=evidence.code)
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    """Take a piece out of the lists; texts and reports that cite it keep it."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.withdrawn_at is None:
        evidence.withdrawn_at = at
        evidence.save(update_fields=["withdrawn_at", "updated_at"])
        record(evidence, "assessments.withdraw_evidence", by=by, office_id=evidence.office_id, code=evidence.code)
    return evidence


def _fill(evidence: Evidence, *, title: str, file: Any, url: str, note: str) -> None:
    if not title.strip():
        raise Refused(gettext_noop("Give the evidence a title by which others recognise it."))
    evidence.title, evidence.note = title.strip()[:200], note.strip()
    if evidence.kind == Kind.FILE and evidence.pk is None:
        _take_file(evidence, file)
    elif evidence.kind == Kind.LINK:
        evidence.url = _checked_address(url)
    elif evidence.kind == Kind.NOTE and not evidence.note:
        raise Refused(gettext_noop("Write what the note says."))
    elif evidence.kind not in Kind.values:
        raise Refused(gettext_noop("Evidence is a file, a link or a note."))


def _take_file(evidence: Evidence, file: Any) -> None:
    if file is None:
        raise Refused(gettext_noop("Choose a file."))
    check_upload(file, kinds=DOCUMENTS, max_bytes=MOST_BYTES)
    fingerprint = hashlib.sha256()
    for chunk in file.chunks():
        fingerprint.update(chunk)
    file.seek(0)
    evidence.sha256, evidence.file_name = fingerprint.hexdigest(), PurePath(file.name).name[-200:]
    evidence.file = file


def _checked_address(url: str) -> str:
    address = url.strip()
    if not address.lower().startswith(("https://", "http://")) or len(address) > 500 or " " in address:
        raise Refused(gettext_noop("Write the whole address, beginning with https://."))
    return address
