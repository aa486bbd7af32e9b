"""What the example of experience sharing leans on: people, offices, practices, moments of its own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from qms.accounts.models import User
from qms.demo.domain import material
from qms.demo.services.moments import as_of, day_from, moment_from
from qms.exchange.models import (
    Dismissal,
    Edition,
    Experience,
    HelpAnswer,
    HelpRequest,
    Meeting,
    Seminar,
    Theme,
    VisitOffer,
    VisitRequest,
    VisitWord,
)
from qms.goodpractices.models import PracticePage
from qms.offices.models import Office

FRAMEWORK = "caf-2020"
OWN = (
    Edition,
    Theme,
    Seminar,
    VisitOffer,
    VisitRequest,
    VisitWord,
    HelpRequest,
    HelpAnswer,
    Meeting,
    Experience,
    Dismissal,
)
Tables = tuple[tuple[Any, tuple[str, ...]], ...]
# What Wagtail and our own tables stamp by the clock: brought to the moment of the example.
STAMPED: Tables = (
    (PageLogEntry, ("timestamp",)),
    (Revision, ("created_at",)),
    *((model, ("created_at", "updated_at")) for model in OWN),
)


@dataclass(frozen=True)
class SharingCase:
    """Who takes part, and the moment at which the demonstration is built."""

    offices: Mapping[str, Office]
    people: Mapping[tuple[str, str], User]
    at: dt.datetime
    tables: Tables = STAMPED

    def office(self, slug: str) -> Office:
        return self.offices[slug]

    def person(self, office: str, key: str) -> User:
        """Somebody of an office; of the platform where the office is empty."""
        return self.people[office, key]

    def lead(self, office: str) -> User:
        return self.person(office, "lead")

    def on(self, day: int) -> dt.date:
        return day_from(self.at, day)

    def moment(self, day: int) -> dt.datetime:
        return moment_from(self.at, day)

    def practice(self, named: Sequence[str] | None) -> PracticePage | None:
        """The published practice of that office whose title begins so; none where it is missing."""
        if not named:
            return None
        slug, title = named
        found = PracticePage.objects.published().filter(office__slug=slug, title__startswith=title)  # type: ignore[attr-defined]
        return found.order_by("pk").first()  # type: ignore[no-any-return]

    @contextmanager
    def stamped(self, day: int) -> Iterator[None]:
        """What is written inside bears the moment of that day, also in Wagtail's own tables."""
        moment, began = self.moment(day), timezone.now()
        last = [model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for model, _ in self.tables]
        with as_of(moment, until=self.at):
            yield
        for (model, names), pk in zip(self.tables, last, strict=True):
            model.objects.filter(pk__gt=pk).update(**dict.fromkeys(names, moment))
            if "updated_at" in names:
                touched = model.objects.filter(pk__lte=pk, updated_at__range=(began, timezone.now()))
                touched.update(updated_at=moment)


def sharing_case(at: dt.datetime) -> SharingCase:
    """The offices and people of the demonstration as they stand."""
    users = {user.email: user for user in User.objects.filter(email__in=material.emails())}
    people = {(person.office, person.key): users[person.email] for person in material.people()}
    offices = {office.slug: office for office in Office.objects.select_related("region")}
    return SharingCase(offices, people, at)
