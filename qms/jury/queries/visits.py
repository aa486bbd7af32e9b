"""Visits by who may open them, and what their pages ask for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from qms.awards.models import Application, Category, Section
from qms.awards.models.application import HEADS
from qms.awards.models.round import in_order
from qms.jury.models import AgendaItem, Decision, Declaration, Exclusion, Juror, Visit, VisitNote
from qms.offices.domain import roles
from qms.offices.models import Membership, roles_of

from . import access
from .closing import is_shortlisted

if TYPE_CHECKING:
    from qms.accounts.models import User

Side = Literal["organiser", "team", "office"]
WITH = ("application__category__round__programme", "application__category__judging", "application__office__region")


def visits_for(user: User, at: datetime) -> QuerySet[Visit]:
    """The visits that the person organises, makes, or receives as a head of the office."""
    run = access.run_by(user, at).order_by().values("pk")
    made = access.visited_by(user, at).values("pk")
    received = Q(application__office__in=roles_of(user).offices(*HEADS))
    rows = Visit.objects.filter(Q(application__in=run) | Q(pk__in=made) | received)
    return rows.select_related(*WITH, "planned_by", "reported_by")


def side_of(visit: Visit, user: User, at: datetime) -> Side:
    """As whom the person opens a visit that `visits_for` found; the office reads the plan alone."""
    if access.run_by(user, at).filter(pk=visit.application_id).exists():
        return "organiser"
    return "team" if access.visited_by(user, at).filter(pk=visit.pk).exists() else "office"


def may_report(visit: Visit, side: Side, at: datetime) -> bool:
    """Whether the report is written and read from this side now: the team only while a phase lets it visit."""
    if side != "team":
        return side == "organiser"
    phase = access.phase_of(visit.application.category.round, at)
    return phase is not None and phase.may_visit


def standing_visit(application: Application) -> Visit | None:
    """The visit that is planned or was held; a cancelled one does not stand."""
    rows = Visit.objects.filter(application=application).exclude(state=Visit.State.CANCELLED)
    return rows.select_related(*WITH).first()


def team_of(visit: Visit) -> list[Juror]:
    """Who visits, by number."""
    return list(visit.team.select_related("user").order_by("number"))


def agenda_of(visit: Visit) -> list[AgendaItem]:
    """The points of the agenda, by the hour."""
    return list(visit.agenda.select_related("section").order_by("starts", "position", "pk"))


def notes_of(visit: Visit) -> dict[int, VisitNote]:
    """What was found, by section."""
    return {one.section_id: one for one in visit.notes.all()}


def scored_sections(category: Category) -> list[Section]:
    """The sections that are scored, in order."""
    return list(in_order(Section.objects.filter(category=category, is_scored=True)))


def who_may_visit(application: Application) -> QuerySet[Juror]:
    """Jurors of the category who have declared on the application and whom nothing excludes, by number."""
    pair = {"juror": OuterRef("pk"), "application": application}
    holds = Membership.objects.active().filter(user=OuterRef("user"), role=roles.JUROR)
    rows = Juror.objects.seated().filter(categories=application.category_id, accepted_at__isnull=False)
    rows = rows.filter(
        Exists(Declaration.objects.filter(**pair)), ~Exists(Exclusion.objects.filter(**pair)), Exists(holds)
    )
    return rows.select_related("user").order_by("number")


def to_visit(category: Category, user: User, at: datetime) -> QuerySet[Application]:
    """The category's applications by number; with a closed list for visits those on it and those with a visit.

    What nobody judges is not visited either.
    """
    visited = Visit.objects.filter(application=OuterRef("pk")).exclude(state=Visit.State.CANCELLED)
    rows = access.run_by(user, at).filter(Q(Exists(visited)) | ~Q(shortage__jurors=0), category=category)
    if is_shortlisted(category):
        chosen = Decision.objects.standing().filter(
            application=OuterRef("pk"), list__stage="visit", outcome=Decision.Outcome.VISIT
        )
        rows = rows.filter(Q(Exists(chosen)) | Q(Exists(visited)))
    team = Prefetch("team", Juror.objects.select_related("user").order_by("number"))
    standing = Visit.objects.exclude(state=Visit.State.CANCELLED).prefetch_related(team)
    return rows.prefetch_related(Prefetch("visits", standing, to_attr="standing_visits")).order_by("number", "pk")
