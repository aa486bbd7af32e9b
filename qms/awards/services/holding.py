"""An application held for a change, and whether it may still be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from qms.accounts.models import User
from qms.awards.models import Application, Category
from qms.lifecycle import Refused, gettext_noop

State = Application.State
NOT_OPEN = {
    State.DRAFT: gettext_noop("The last moment for this round has passed. Nothing more is taken."),
    State.SUBMITTED: gettext_noop("The application is submitted. It cannot be changed now."),
    State.REOPENED: gettext_noop("The deadline of the correction has passed. What was submitted before counts."),
    State.WITHDRAWN: gettext_noop("The application is withdrawn. Take it up again to change it."),
}
NOT_YET = gettext_noop("The round does not take applications at the moment.")


decided: list[Callable[[Category], bool]] = []
"""Filled in `AppConfig.ready()` of the jury: whether it has decided a category, so that its applications stay."""

withdrawn: list[Callable[[Application, User, datetime], None]] = []
"""Filled likewise: what else ends when a submitted application is taken back."""


def require_undecided(application: Application) -> None:
    """Nothing, or a refusal once the jury has decided; asked of a held application, which no closing can pass."""
    if any(asks(application.category) for asks in decided):
        raise Refused(gettext_noop("The jury has decided. The application stays as it was submitted."))


def held_application(application: Application) -> Application:
    """The application as it stands now, with its round and office, held until the transaction ends."""
    rows: QuerySet[Application] = Application.objects.select_for_update(of=("self",))
    return rows.select_related("category__round__programme", "office").get(pk=application.pk)


def require_open(application: Application, at: datetime) -> None:
    """Nothing, or a refusal that says why nothing is taken at this moment."""
    if application.is_open(at):
        return
    if application.state == State.DRAFT and not application.category.round.is_closed(at):
        raise Refused(NOT_YET)
    raise Refused(NOT_OPEN[State(application.state)])
