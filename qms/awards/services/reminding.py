"""Offices with a draft are reminded that the round closes; nothing is said twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry

from qms.awards import letters
from qms.awards.domain.reminders import BEFORE, step_reached
from qms.awards.models import Application, Round
from qms.awards.queries.people import heads_of
from qms.core.audit import record
from qms.core.services import each, post_letter

from .holding import held_application

ACT = "awards.remind"


def remind(*, at: datetime) -> int:
    """The daily round over all drafts of rounds that close soon; how many letters were written."""
    soon = Round.objects.receiving(at).filter(closes_at__lte=at + timedelta(days=BEFORE[0]))
    drafts = Application.objects.filter(state=Application.State.DRAFT, category__round__in=soon.values("pk"))
    return each(drafts.order_by("pk"), lambda draft: _remind_of(draft, at=at))


@transaction.atomic
def _remind_of(draft: Application, *, at: datetime) -> int:
    # Two rounds at once: the second waits here, and then finds what the first has said.
    held = held_application(draft)
    closes_at = held.category.round.closes_at
    step = step_reached(closes_at, at)
    if step is None or not held.is_open(at) or _said(held, closes_at, step):
        return 0
    readers = list(heads_of(held.office))
    for reader in readers:
        post_letter(**letters.closing(held, to=reader).posted())
    record(held, ACT, by=None, office_id=held.office_id, step=step, closes_at=closes_at.isoformat())
    return len(readers)


def _said(application: Application, closes_at: datetime, step: int) -> bool:
    """Whether it was said already; a later closing begins anew."""
    kind = ContentType.objects.get_for_model(Application)
    told = ModelLogEntry.objects.filter(content_type=kind, object_id=str(application.pk), action=ACT)
    return told.filter(data__step=step, data__closes_at=closes_at.isoformat()).exists()
