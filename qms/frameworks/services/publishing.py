"""Publishing an edition: from here on it is fixed, and offices may use it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from qms.accounts.models import User
from qms.core import audit
from qms.frameworks.domain import document
from qms.frameworks.domain.framework import Framework
from qms.frameworks.models import FIXED, Edition
from qms.lifecycle import Refused, gettext_noop


@transaction.atomic
def publish_edition(edition: Edition, *, by: User | None, at: dt.datetime) -> Edition:
    """Fix an edition for good."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("file").get(pk=edition.pk)
    if edition.is_published:
        raise Refused(FIXED)
    _require_forerunners(document.read(edition.file.text).framework)

    edition.state, edition.published_at, edition.published_by = Edition.State.PUBLISHED, at, by
    edition.save(update_fields=["state", "published_at", "published_by", "updated_at"])
    audit.record(edition, "frameworks.publish", by=by, sha256=edition.sha256)
    return edition


def _require_forerunners(framework: Framework) -> None:
    """What an edition follows must be there, or its comparison with earlier cycles would stay empty unnoticed."""
    if not framework.follows:
        return
    followed = Edition.objects.published().filter(code=framework.follows).first()
    if followed is None:
        raise Refused(gettext_noop("There is no published edition %(code)s to follow."), code=framework.follows)
    tree = followed.tree()
    for node in (node for root in framework.criteria for node in root.walk()):
        if node.was:
            tree.node(node.was)
