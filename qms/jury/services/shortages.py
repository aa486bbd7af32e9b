"""Too few jurors can judge an application: the organiser states who judges it, so that it holds no list up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Application
from qms.core.audit import record
from qms.jury.models import Shortage
from qms.jury.queries.assigning import panel_of
from qms.jury.queries.shortages import lacks
from qms.lifecycle import Refused, gettext_noop

from .assigning import hold_category, lift_shortage
from .standing import restand
from .visiting import end_visits

if TYPE_CHECKING:
    from qms.accounts.models import User

ENOUGH = gettext_noop("Enough jurors score this application, or could be asked to. Ask them first.")
CHANGED = gettext_noop("The jurors of this application changed meanwhile. Read again what you state.")
NO_REASON = gettext_noop("Write why there are not more jurors.")
NOT_SUBMITTED = gettext_noop("The application is not submitted.")
NOTHING = gettext_noop("Nothing was stated about the jurors of this application.")


@transaction.atomic
def state_shortage(application: Application, *, seen: int, reason: str, by: User, at: datetime) -> Shortage:
    """Those who score the application judge it, be it one; where nobody does, it is not judged.

    `seen` is how many the organiser was told there are.
    """
    hold_category(application.category, at)
    held = Application.objects.select_related("category__judging").get(pk=application.pk)
    if held.state not in (Application.State.SUBMITTED, Application.State.REOPENED):
        raise Refused(NOT_SUBMITTED)
    if not reason.strip():
        raise Refused(NO_REASON)
    panel = panel_of(held)
    if not lacks(panel, held):
        raise Refused(ENOUGH)
    if seen != len(panel.ballots):
        raise Refused(CHANGED)
    said = {"jurors": len(panel.ballots), "reason": reason.strip(), "stated_by": by, "stated_at": at}
    shortage, _created = Shortage.objects.update_or_create(application=held, defaults=said)
    restand(held, at)
    record(held, "jury.state_shortage", by=by, jurors=shortage.jurors, reason=shortage.reason)
    if shortage.is_out:
        end_visits(held, by=by)
    return shortage


@transaction.atomic
def withdraw_shortage(application: Application, *, by: User, at: datetime) -> None:
    """Take it back, as long as the jury has not decided: the application waits for jurors again."""
    hold_category(application.category, at)
    held = Application.objects.get(pk=application.pk)
    if not lift_shortage(held, by=by):
        raise Refused(NOTHING)
    restand(held, at)
