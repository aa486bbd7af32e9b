"""What each person has to do about study visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qms.exchange.models import VisitRequest, VisitWord
from qms.offices.domain import roles
from qms.offices.models import roles_of
from qms.offices.queries import Task
from qms.ui.numbers import day

if TYPE_CHECKING:
    from qms.accounts.models import User
    from qms.offices.models import Office

Status, Side = VisitRequest.Status, VisitWord.Side


def visit_tasks_of(user: User, at: datetime) -> tuple[Task, ...]:
    """Requests to answer, reports to write, and visits to rate."""
    if not roles_of(user).offices():
        return ()
    today = timezone.localdate(at)
    return (*_answer(user), *_report(user, today), *_rate(user, today))


def _answer(user: User) -> Iterator[Task]:
    waiting = _rows().filter(_receives(user), status=Status.ASKED)
    for visit in waiting.order_by("pk"):
        text = gettext("Answer the request for a study visit")
        wish = gettext("they would like %(day)s") % {"day": day(visit.wished_on)} if visit.wished_on else ""
        detail = ", ".join(part for part in (visit.office.short_name, visit.offer.title, wish) if part)
        yield _task("visit_answer", text, detail, visit.offer.office, visit)


def _report(user: User, today: date) -> Iterator[Task]:
    past = _rows().filter(_comes(user), status=Status.CONFIRMED, held_on__lte=today)
    for visit in past.order_by("held_on", "pk"):
        text = gettext("Write a short report on the study visit")
        yield _task("visit_report", text, _about(visit, visit.offer.office), visit.office, visit, "visit-report")


def _rate(user: User, today: date) -> Iterator[Task]:
    past = _rows().filter(held_on__lte=today).order_by("held_on", "pk")
    # Guests write their report first.
    sides = (
        (Side.GUEST, past.filter(_comes(user), status=Status.REPORTED)),
        (Side.HOST, past.filter(_receives(user), status__in=(Status.CONFIRMED, Status.REPORTED))),
    )
    for side, visits in sides:
        said = VisitWord.objects.filter(request=OuterRef("pk"), side=side)
        for visit in visits.filter(~Exists(said)):
            own, other = visit.office, visit.offer.office
            if side == Side.HOST:
                own, other = other, own
            text = gettext("Say how useful the study visit was")
            yield _task("visit_rate", text, _about(visit, other), own, visit, "visit-rate")


def _receives(user: User) -> Q:
    held = roles_of(user)
    contact = Q(offer__contact=user.pk, offer__office__in=held.offices())
    return Q(offer__office__in=held.offices(roles.QUALITY_LEAD, roles.DIRECTOR)) | contact


def _comes(user: User) -> Q:
    held = roles_of(user)
    asked = Q(asked_by=user.pk, office__in=held.offices())
    return Q(office__in=held.offices(roles.QUALITY_LEAD, roles.DIRECTOR)) | asked


def _rows() -> QuerySet[VisitRequest]:
    return VisitRequest.objects.select_related("offer__office", "office")


def _about(visit: VisitRequest, other: Office) -> str:
    return ", ".join((other.short_name, visit.offer.title, day(visit.held_on)))


def _task(kind: str, text: str, detail: str, office: Office, visit: VisitRequest, route: str = "visit") -> Task:
    return Task(kind, text, detail, office, None, reverse(f"exchange:{route}", args=[visit.pk]))
