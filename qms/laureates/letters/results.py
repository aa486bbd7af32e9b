"""Letters about results: to laureates in confidence, to everybody after the embargo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.awards.components.hours import moment_of
from qms.core.letters import Draft, register_kind
from qms.jury.models import Decision

if TYPE_CHECKING:
    from qms.accounts.models import User

Outcome = Decision.Outcome
ABOUT = {
    "name": _("the reader's name"),
    "round": _("name of the round"),
    "category": _("category"),
    "office": _("the office that applies"),
    "number": _("number of the application"),
    "prize": _("the prize, if there is one"),
}

register_kind(
    "laureates.embargo",
    _("Our office wins a prize, told in confidence"),
    placeholders=ABOUT | {"until": _("when results are told to everybody"), "gala": _("when and where the gala is")},
    always_goes=True,
    needs=["until"],
)
register_kind(
    "laureates.result",
    _("The result of our application"),
    placeholders=ABOUT | {"reason": _("the jury's reason")},
    always_goes=True,
)
register_kind(
    "laureates.report",
    _("The feedback report of our application, where it came after the result"),
    placeholders={name: said for name, said in ABOUT.items() if name != "prize"},
    always_goes=True,
)


def embargo(decision: Decision, *, to: User) -> Draft:
    """To a laureate's heads before the embargo ends; the subject tells nothing, as others may see it."""
    found = decision.application.category.round
    with override(to.language):
        until = moment_of(found, found.embargo_until)
        gala = ", ".join(filter(None, [moment_of(found, found.gala_at), found.gala_place])) if found.gala_at else ""
    return _letter("embargo", decision, to=to, path=_path("awards:application", decision, to), until=until, gala=gala)


def result(decision: Decision, *, to: User, has_report: bool) -> Draft:
    """To the heads of an office that applied: what was decided, and where the feedback is, or that it will come."""
    path = _path("laureates:result", decision, to)
    return _letter("result", decision, to=to, path=path, reason=decision.reason, has_report=has_report)


def report(decision: Decision, *, to: User) -> Draft:
    """To the heads of an office that knows its result: now the feedback report is there too."""
    return _letter("report", decision, to=to, path=_path("laureates:result", decision, to))


def _path(route: str, decision: Decision, to: User) -> str:
    with override(to.language):
        return reverse(route, args=[decision.application_id])


def _letter(name: str, decision: Decision, *, to: User, path: str, **facts: object) -> Draft:
    application = decision.application
    category = application.category
    context = {
        "name": to.name,
        "round": category.round.title_in(to.language),
        "category": category.title_in(to.language),
        "office": application.office.name,
        "number": application.number,
        "prize": decision.prize.title_in(to.language) if decision.prize else "",
        "is_judged": decision.outcome != Outcome.OUT,
        "path": path,
        **facts,
    }
    return Draft(
        kind=f"laureates.{name}",
        to=to.email,
        language=to.language,
        template=f"laureates/{name}",
        context=context,
        # Letters of a sealed kind are read by this office alone.
        office_id=application.office_id,
        user=to,
    )
