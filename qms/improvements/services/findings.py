"""Taking up what was found, adding an own observation, setting one aside, bringing it back, deleting it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import override

from qms.accounts.models import User
from qms.core.audit import record
from qms.frameworks.domain.finding import Finding as Told
from qms.improvements.models import Action, Finding
from qms.improvements.queries.findings import told_by_key
from qms.lifecycle import Refused, gettext_noop
from qms.offices.models import Office

GONE = gettext_noop("No instrument tells this finding any more. Reload the list of findings.")


@transaction.atomic
def take_up(office: Office, key: str, *, by: User) -> Finding:
    """The finding of this key, frozen as it is told now; the same row when it was taken up before."""
    return take_up_all(office, (key,), by=by)[0]


@transaction.atomic
def take_up_all(office: Office, keys: tuple[str, ...], *, by: User) -> list[Finding]:
    """The findings of these keys, in this order, each frozen when it is first taken up."""
    rows = {row.key: row for row in Finding.objects.filter(office=office, key__in=keys)}
    missing = [key for key in keys if key not in rows]
    if missing:
        with override(office.language):
            told = told_by_key(office, missing)
        for key in missing:
            if key not in told:
                raise Refused(GONE)
            rows[key] = _freeze(office, told[key], by=by)
    return [rows[key] for key in dict.fromkeys(keys)]


def _freeze(office: Office, told: Told, *, by: User) -> Finding:
    facts = {
        "source": told.source,
        "title": told.title,
        "detail": told.detail,
        "instrument": told.instrument[:200],
        "framework": told.framework,
        "node": told.node,
        "score": told.score,
        "low": told.low,
        "high": told.high,
        "count": told.count,
        "scale": told.scale,
        "evidence": [{"code": piece.code, "title": piece.title} for piece in told.evidence],
        "found_on": told.found_on,
        "url": told.url,
        "added_by": by,
    }
    finding, is_new = Finding.objects.get_or_create(office=office, key=told.key, defaults=facts)
    if is_new:
        record(finding, "improvements.take_up_finding", by=by, office_id=office.pk)
    return finding


@transaction.atomic
def add_finding(
    office: Office,
    *,
    title: str,
    by: User,
    detail: str = "",
    instrument: str = "",
    framework: str = "",
    node: str = "",
    found_on: date | None = None,
) -> Finding:
    """An observation of the office's own people."""
    if not title.strip():
        raise Refused(gettext_noop("Write what was found."))
    finding = Finding.objects.create(
        office=office,
        key=f"own:{uuid.uuid4().hex}",
        source=Finding.Source.OWN,
        title=title.strip(),
        detail=detail.strip(),
        instrument=instrument.strip(),
        framework=framework if node else "",
        node=node,
        found_on=found_on,
        added_by=by,
    )
    record(finding, "improvements.add_finding", by=by, office_id=office.pk)
    return finding


@transaction.atomic
def dismiss(office: Office, key: str, *, reason: str, by: User, at: datetime) -> Finding:
    """Set a finding aside with a reason; one that an action answers stays."""
    if not reason.strip():
        raise Refused(gettext_noop("Write why the office does nothing about it."))
    finding = Finding.objects.select_for_update().get(pk=take_up(office, key, by=by).pk)
    if codes := _answering(finding):
        raise Refused(gettext_noop("%(actions)s answers this finding. Take it out of the action first."), actions=codes)
    finding.dismissed_at, finding.dismissed_reason = at, reason.strip()
    finding.save(update_fields=["dismissed_at", "dismissed_reason", "updated_at"])
    record(finding, "improvements.dismiss_finding", by=by, office_id=office.pk, reason=reason.strip())
    return finding


@transaction.atomic
def restore(finding: Finding, *, by: User) -> Finding:
    """Bring a finding back that was set aside."""
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if finding.dismissed_at is None:
        return finding
    finding.dismissed_at, finding.dismissed_reason = None, ""
    finding.save(update_fields=["dismissed_at", "dismissed_reason", "updated_at"])
    record(finding, "improvements.restore_finding", by=by, office_id=finding.office_id)
    return finding


@transaction.atomic
def delete_finding(finding: Finding, *, by: User) -> None:
    """Delete an own observation that no action answers."""
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if finding.source != Finding.Source.OWN:
        raise Refused(gettext_noop("What an instrument found is not deleted. Set it aside with a reason."))
    if codes := _answering(finding, stopped=True):
        raise Refused(
            gettext_noop("%(actions)s uses this finding, so it stays. Take it out of the action first."),
            actions=codes,
        )
    record(finding, "improvements.delete_finding", by=by, office_id=finding.office_id)
    finding.delete()


def _answering(finding: Finding, *, stopped: bool = False) -> str:
    actions = finding.actions.order_by("plan", "number")
    if not stopped:
        actions = actions.exclude(status=Action.Status.STOPPED)
    return ", ".join(action.code for action in actions)
