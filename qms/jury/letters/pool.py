"""Letters to jurors: a seat is given, a phase begins, a phase ends and something is not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from qms.awards.components.hours import moment_of
from qms.core.letters import Draft, register_kind

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.jury.models import Juror, Phase
    from qms.jury.queries.duties import Duty

ABOUT = {"name": _("the reader's name"), "round": _("name of the round")}
ASKED = {"award": _("name of the award"), "categories": _("the categories")}
PHASE = {
    "phase": _("name of the phase"),
    "until": _("when the phase ends"),
    "promise": _("a reminder of the promise, where it is still to be made"),
    "declare": _("on how many applications nothing is declared yet"),
    "score": _("how many applications wait for scores"),
}

register_kind("jury.invited", _("I am asked into a jury"), placeholders=ABOUT | ASKED)
register_kind("jury.phase_begins", _("A phase of my jury begins"), placeholders=ABOUT | PHASE)
register_kind("jury.phase_ends", _("A phase of my jury ends and something waits for me"), placeholders=ABOUT | PHASE)


def invited(juror: Juror, *, to: User) -> Draft:
    """To a new juror: in which jury, for which categories, and that the promise comes first."""
    titles = (one.title_in(to.language) for one in juror.categories.order_by("position", "pk"))
    with override(to.language):
        path = reverse("jury:promise", args=[juror.pk])
    return _letter("invited", juror, to=to, path=path, categories=", ".join(titles))


def phase_begins(juror: Juror, phase: Phase, *, to: User, duty: Duty) -> Draft:
    """To a juror: a phase has begun, until when it runs, and what waits."""
    return _about(phase, "phase_begins", juror, to=to, duty=duty)


def phase_ends(juror: Juror, phase: Phase, *, to: User, duty: Duty) -> Draft:
    """To a juror who has not done everything: the phase ends soon."""
    return _about(phase, "phase_ends", juror, to=to, duty=duty)


def _about(phase: Phase, name: str, juror: Juror, *, to: User, duty: Duty) -> Draft:
    with override(to.language):
        path, until = reverse("jury:home"), moment_of(juror.round, phase.ends_at)
        first = gettext("First promise to be impartial. Before that nothing is shown to you.")
    waits = {"promise": first if duty.promise else "", "declare": duty.declare, "score": duty.score}
    return _letter(name, juror, to=to, path=path, phase=phase.title_in(to.language), until=until, **waits)


def _letter(name: str, juror: Juror, *, to: User, path: str, **facts: object) -> Draft:
    context = {
        "name": to.name,
        "round": juror.round.title_in(to.language),
        "award": juror.round.programme.title_in(to.language),
        "path": path,
        **facts,
    }
    return Draft(
        kind=f"jury.{name}",
        to=to.email,
        language=to.language,
        template=f"jury/{name}",
        context=context,
        office_id=None,
        user=to,
    )
