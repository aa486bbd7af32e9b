"""The ways in from the pages of rounds and applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from qms.awards.components.doors import Door
from qms.awards.components.hours import moment_of
from qms.awards.models import Application, Category, Round
from qms.awards.models.application import HEADS
from qms.awards.models.round import in_order
from qms.jury.models import Visit
from qms.jury.queries.access import phase_of, seats_of
from qms.jury.queries.deciding import decides_now
from qms.jury.queries.pool import runs, sits_in
from qms.offices.models import roles_of


def doors_of_round(found: Round, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from a round: the organiser its jury and scores, a juror the own work."""
    if runs(user, found):
        yield from _organiser(found, at)
    elif decides_now(user, found, at):
        yield from _decisions(found.categories.filter(jurors__in=seats_of(user)))
    if sits_in(user, found):
        note = _("Promise, declarations, applications and scores.")
        yield Door(_("My work as a juror"), reverse("jury:home"), note)
        yield from _boards(found, user, at)


def _organiser(found: Round, at: datetime) -> Iterator[Door]:
    jury = _("Who judges, conflicts of interest, phases.")
    yield Door(_("Jury"), reverse("jury:pool", args=[found.pk]), jury)
    if not found.is_closed(at):
        return
    for one in in_order(found.categories.all()):
        title = _("Scores: %(category)s") % {"category": one.title}
        note = _("Who scores what, how far it is, what needs a talk.")
        yield Door(title, reverse("jury:board", args=[one.pk]), note)
        title = _("Visits: %(category)s") % {"category": one.title}
        yield Door(title, reverse("jury:visit-list", args=[one.pk]), _("Who is visited, when, by whom; reports."))
    yield from _decisions(found.categories.all())


def _boards(found: Round, user: Any, at: datetime) -> Iterator[Door]:
    """The scores of a juror's own categories, while the phase shows them."""
    phase = phase_of(found, at)
    if phase is None or not phase.shows_scores or runs(user, found):
        return
    for seat in seats_of(user).filter(round=found, accepted_at__isnull=False):
        for one in in_order(seat.categories.all()):
            title = _("Scores: %(category)s") % {"category": one.title}
            yield Door(title, reverse("jury:board", args=[one.pk]), _("What the jurors gave, once it is revealed."))


def _decisions(categories: QuerySet[Category]) -> Iterator[Door]:
    note = _("Order, visits and prizes, the protocol.")
    for one in in_order(categories):
        title = _("Decisions: %(category)s") % {"category": one.title}
        yield Door(title, reverse("jury:visits-decide", args=[one.pk]), note)


def doors_of_application(found: Application, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from an application: the heads of the office the visit of the jury."""
    if found.office_id not in roles_of(user).offices(*HEADS):
        return
    visit = Visit.objects.filter(application=found).exclude(state=Visit.State.CANCELLED).first()
    if visit is not None:
        note = moment_of(found.category.round, visit.starts_at)
        yield Door(_("Visit of the jury"), reverse("jury:visit", args=[visit.pk]), note)
