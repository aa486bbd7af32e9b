"""The ways in from the pages of rounds and applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

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
    is_organiser = runs(user, found)
    if is_organiser:
        yield from _organiser(found, at)
    if sits_in(user, found):
        note = _("Promise, declarations, applications and scores.")
        yield Door(_("My work as a juror"), reverse("jury:home"), note)
        if not is_organiser:
            yield from _juror(found, user, at)


def _organiser(found: Round, at: datetime) -> Iterator[Door]:
    jury = _("Who judges, conflicts of interest, phases.")
    yield Door(_("Jury"), reverse("jury:pool", args=[found.pk]), jury)
    if not found.is_closed(at):
        return
    for one in in_order(found.categories.all()):
        yield _scores(one)
        yield Door(_("Visits"), reverse("jury:visit-list", args=[one.pk]), category=one)
        yield _decisions(one)


def _juror(found: Round, user: Any, at: datetime) -> Iterator[Door]:
    """The scores of the own categories, while the phase shows them; the lists, while it lets the chair decide."""
    phase = phase_of(found, at)
    shows, decides = phase is not None and phase.shows_scores, decides_now(user, found, at)
    seats = seats_of(user).filter(round=found)
    promised = set(seats.filter(accepted_at__isnull=False).values_list("categories", flat=True)) if shows else set()
    for one in in_order(found.categories.filter(jurors__in=seats)):
        if one.pk in promised:
            yield _scores(one)
        if decides:
            yield _decisions(one)


def _scores(category: Category) -> Door:
    return Door(_("Scores"), reverse("jury:board", args=[category.pk]), category=category)


def _decisions(category: Category) -> Door:
    return Door(_("Decisions"), reverse("jury:visits-decide", args=[category.pk]), category=category)


def doors_of_application(found: Application, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from an application: the heads of the office the visit of the jury."""
    if found.office_id not in roles_of(user).offices(*HEADS):
        return
    visit = Visit.objects.filter(application=found).exclude(state=Visit.State.CANCELLED).first()
    if visit is not None:
        note = moment_of(found.category.round, visit.starts_at)
        yield Door(_("Visit of the jury"), reverse("jury:visit", args=[visit.pk]), note)
