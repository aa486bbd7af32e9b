"""Publishing an edition: from here on it is fixed, and offices may use it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from qms.accounts.models import User
from qms.core import audit
from qms.frameworks.domain import document
from qms.frameworks.models import FIXED, Edition
from qms.lifecycle import Refused


@transaction.atomic
def publish_edition(edition: Edition, *, by: User | None, at: dt.datetime) -> Edition:
    """Fix an edition for good."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("file").get(pk=edition.pk)
    if edition.is_published:
        raise Refused(FIXED)
    document.read(edition.file.text)

    edition.state, edition.published_at, edition.published_by = Edition.State.PUBLISHED, at, by
    edition.save(update_fields=["state", "published_at", "published_by", "updated_at"])
    audit.record(edition, "frameworks.publish", by=by, sha256=edition.sha256)
    return edition
