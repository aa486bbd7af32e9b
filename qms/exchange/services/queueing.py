"""Queueing: which parts of an edition wait for a worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.models import Job
from qms.core.services import Order, open_job, open_jobs
from qms.exchange.models import Edition, Part
from qms.exchange.queries.standing import unsound_parts
from qms.lifecycle import Refused, gettext_noop

from .building import build_part
from .founding import found_pages
from .planning import plan_edition

PART = "exchange.part"
NOT_OPEN = gettext_noop("Only an edition under way is built.")


def queue_parts(edition: Edition, *, at: datetime) -> list[Job]:
    """Plan the edition anew; the jobs of those parts that do not stand as they are wanted, for the caller to send."""
    return _open_jobs(_parts_to_build(edition, at=at))


def build_edition(edition: Edition, *, at: datetime) -> int:
    """Plan the edition and build every part that needs it in this very process; how many pages were written."""
    return sum(build_part(part, at=at) for part in _parts_to_build(edition, at=at))


@transaction.atomic
def try_part_again(part: Part, *, by: User, at: datetime) -> Job:
    """The job that builds this part once more, for the caller to send."""
    held = Part.objects.select_for_update().get(pk=part.pk)
    if held.edition.state != Edition.State.OPEN:
        raise Refused(NOT_OPEN)
    Part.objects.filter(pk=held.pk).update(state=Part.State.WAITING, reason="", reason_values={})
    record(held.edition, "exchange.order_build", by=by, part=held.pk, ordered_at=at.isoformat())
    order = _order(held)
    return open_job(PART, title=order.title, subject=held, by=None, arguments=order.arguments)


def _parts_to_build(edition: Edition, *, at: datetime) -> list[Part]:
    if edition.state != Edition.State.OPEN:
        raise Refused(NOT_OPEN)
    found_pages(edition)
    planned = plan_edition(edition, at=at)
    wanted = Part.objects.filter(pk__in=unsound_parts(edition).union(planned.parts))
    wanted.update(state=Part.State.WAITING, reason="", reason_values={})
    # Themes first: there are few of them, and everybody reads them.
    parts = wanted.select_related("theme__edition__framework", "office").order_by("office_id", "theme__position", "pk")
    return sorted(parts, key=lambda part: part.theme is None)


def _open_jobs(parts: list[Part]) -> list[Job]:
    return open_jobs(PART, [_order(part) for part in parts], by=None)


def _order(part: Part) -> Order:
    # The content belongs to what is ordered: a part that is planned anew while a worker holds it gets a job of its own.
    return Order(part.name[:300], part, {"wanted": part.wanted_digest})
