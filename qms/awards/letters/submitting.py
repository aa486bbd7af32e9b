"""Letters about an application: passed on, submitted, withdrawn, opened for correction, and the closing is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.awards.components.hours import exact_in, moment_of
from qms.core.letters import Draft, register_kind

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.awards.models import Application, Submission

ABOUT = {
    "name": _("the reader's name"),
    "round": _("name of the round"),
    "category": _("category"),
    "office": _("the office that applies"),
}
WHEN = {"closes": _("last moment for applications")}
WHY = {"reason": _("the reason given")}

register_kind("awards.chosen", _("I am chosen to write an application"), placeholders=ABOUT | WHEN)
register_kind("awards.passed_on", _("An application is ready for me to submit"), placeholders=ABOUT | WHEN)
register_kind(
    "awards.submitted",
    _("Our application is submitted"),
    placeholders=ABOUT
    | {"number": _("number of the application"), "moment": _("when it was submitted"), "sha256": _("its fingerprint")},
    always_goes=True,
)
register_kind("awards.withdrawn", _("Our application is withdrawn"), placeholders=ABOUT | WHY)
register_kind(
    "awards.reopened",
    _("Our application is open for correction"),
    placeholders=ABOUT | WHY | {"number": _("number of the application"), "until": _("deadline of the correction")},
    always_goes=True,
)
register_kind("awards.closing", _("A round closes soon and our application is a draft"), placeholders=ABOUT | WHEN)


def chosen(application: Application, *, to: User) -> Draft:
    """To who was chosen to write: where the application is, and until when."""
    return _letter("chosen", application, to=to, route="application")


def passed_on(application: Application, *, to: User) -> Draft:
    """To the director: it is ready to be read and submitted."""
    return _letter("passed_on", application, to=to, route="submit")


def submitted(application: Application, *, to: User, submission: Submission) -> Draft:
    """To the office's heads: the receipt."""
    with override(to.language):
        moment = exact_in(application.category.round.zone, submission.submitted_at)
    facts = {"number": application.number, "moment": moment, "sha256": submission.sha256}
    return _letter("submitted", application, to=to, route="receipt", **facts)


def withdrawn(application: Application, *, to: User) -> Draft:
    """To the office's other heads: it was taken back, and why."""
    return _letter("withdrawn", application, to=to, route="application", reason=application.withdrawn_reason)


def reopened(application: Application, *, to: User) -> Draft:
    """To the office's heads: what to correct, and until when."""
    with override(to.language):
        until = moment_of(application.category.round, application.correction_until)
    facts = {"number": application.number, "until": until, "reason": application.correction_reason}
    return _letter("reopened", application, to=to, route="application", **facts)


def closing(application: Application, *, to: User) -> Draft:
    """To the office's heads: the round closes soon, and the application is not submitted."""
    return _letter("closing", application, to=to, route="application")


def _letter(name: str, application: Application, *, to: User, route: str, **facts: object) -> Draft:
    category = application.category
    with override(to.language):
        path = reverse(f"awards:{route}", args=[application.pk])
        closes = moment_of(category.round, category.round.closes_at)
    context = {
        "name": to.name,
        "round": category.round.title_in(to.language),
        "category": category.title_in(to.language),
        "office": application.office.name,
        "closes": closes,
        "path": path,
        **facts,
    }
    return Draft(
        kind=f"awards.{name}",
        to=to.email,
        language=to.language,
        template=f"awards/{name}",
        context=context,
        office_id=application.office_id,
        user=to,
    )
