"""Publishing pages that were built and waited for a coordinator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.models import Job
from qms.core.services import open_job
from qms.exchange.models import Edition
from qms.exchange.queries.waiting import WaitingPage, waiting_pages
from qms.lifecycle import Refused, gettext_noop

APPROVE = "exchange.approve"
GONE = gettext_noop("The page does not wait any more: somebody published it, or it was built anew.")


@transaction.atomic
def approve_page(edition: Edition, *, page: int, by: User, at: datetime) -> None:
    """Publish the latest version of one page, with the editors' words on it."""
    waiting = next((one for one in waiting_pages(edition) if one.pk == page), None)
    if waiting is None:
        raise Refused(GONE)
    _publish(waiting)
    record(edition, "exchange.approve_pages", by=by, page=page, approved_at=at.isoformat())


@transaction.atomic
def order_approval(edition: Edition, *, by: User, at: datetime) -> Job:
    """The job that publishes all pages on which nobody's draft waits; the caller then sends it."""
    if not any(not page.has_editors_draft for page in waiting_pages(edition)):
        raise Refused(gettext_noop("No page waits that could be published without looking at its draft."))
    record(edition, "exchange.approve_pages", by=by, approved_at=at.isoformat())
    title = gettext("Publishing the pages of “%(edition)s”") % {"edition": edition.title}
    return open_job(APPROVE, title=title, subject=edition, by=by)


def approve_all(edition: Edition, *, progress: Callable[[int, str], None]) -> int:
    """Publish every page on which nobody's draft waits, each in a transaction of its own; how many these were."""
    pages = [page for page in waiting_pages(edition) if not page.has_editors_draft]
    for place, page in enumerate(pages):
        with transaction.atomic():
            _publish(page)
        progress(100 * (place + 1) // len(pages), page.title)
    return len(pages)


def _publish(page: WaitingPage) -> None:
    """Publish the version that was looked at; one that somebody saved since then waits on."""
    held = Page.objects.select_for_update(of=("self",)).select_related("latest_revision").get(pk=page.pk)
    if held.latest_revision is not None and held.latest_revision_id == page.revision:
        held.latest_revision.publish(skip_permission_checks=True, log_action=False)
