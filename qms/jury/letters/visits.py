"""Letters about a visit: planned, changed, called off; to the heads of the office and to the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from qms.awards.components.hours import moment_of
from qms.awards.models import Application
from qms.core.letters import Draft, register_kind
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.jury.models import Visit

ABOUT = {
    "name": _("the reader's name"),
    "round": _("name of the round"),
    "office": _("the office that is visited"),
    "number": _("number of the application"),
    "moment": _("when the visit begins"),
    "place": _("where it is"),
}
MESSAGE, WHY = {"message": _("message to the office")}, {"reason": _("the reason given")}

register_kind("jury.visit_planned", _("A visit of the jury is planned"), placeholders=ABOUT | MESSAGE, always_goes=True)
register_kind(
    "jury.visit_changed", _("A visit of the jury has changed"), placeholders=ABOUT | MESSAGE, always_goes=True
)
register_kind(
    "jury.visit_cancelled", _("A visit of the jury is called off"), placeholders=ABOUT | WHY, always_goes=True
)

GONE = Application.State.WITHDRAWN


def visit_planned(visit: Visit, *, to: User) -> Draft:
    """When and where the jury comes."""
    return _letter("visit_planned", visit, to=to, message=visit.message)


def visit_changed(visit: Visit, *, to: User) -> Draft:
    """The new day, hour or place."""
    return _letter("visit_changed", visit, to=to, message=visit.message)


def visit_cancelled(visit: Visit, *, to: User) -> Draft:
    """The visit does not take place, and why."""
    with override(to.language):
        reason = gettext(visit.cancelled_reason)
    return _letter("visit_cancelled", visit, to=to, reason=reason)


def _letter(name: str, visit: Visit, *, to: User, **facts: object) -> Draft:
    application = visit.application
    own = roles_of(to).has_at(application.office_id)
    with override(to.language):
        # What the office has withdrawn, its jurors open no more.
        path = reverse("jury:visit", args=[visit.pk]) if own or application.state != GONE else ""
        moment = moment_of(application.category.round, visit.starts_at)
    context = {
        "name": to.name,
        "round": application.category.round.title_in(to.language),
        "office": application.office.name,
        "number": application.number,
        "moment": moment,
        "place": visit.place,
        "path": path,
        **facts,
    }
    return Draft(
        kind=f"jury.{name}",
        to=to.email,
        language=to.language,
        template=f"jury/{name}",
        context=context,
        # What jurors get belongs to no office, and nobody else reads it.
        office_id=application.office_id if own else None,
        user=to,
        is_personal=not own,
    )
