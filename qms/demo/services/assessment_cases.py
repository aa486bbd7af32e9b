"""An example assessment while it is built: its office, its people, its calendar, what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.utils import timezone

from qms.accounts.models import User
from qms.assessments.models import Evidence
from qms.demo.domain import material
from qms.demo.domain.stories import Story, drawn, told
from qms.demo.services.moments import as_of, at_hour, workday, working_hour
from qms.offices.models import Office

BANKS = {"pl": "texts/bank-pl", "ru": "texts/bank-ru"}
TITLES = {
    "pl": "Samoocena CAF {r} (dane przykładowe)",
    "ru": "Самооценка CAF {r} (данные для примера)",
}
GROUPS = {"pl": "Zespół samooceny", "ru": "Группа самооценки"}

LAST_CYCLE = {"opened": -414, "due": -360, "consensus": -356, "approve": -342}
"""Days from today, not dates of a year: what hangs on a report's age (plans, external feedback, awards) stands the
same whenever the example is loaded."""
A_YEAR = 365


@dataclass(frozen=True)
class Calendar:
    """When each step of an assessment happened, or is to happen."""

    opened: dt.datetime
    due: dt.datetime
    consensus: dt.date
    approve: dt.date
    until: dt.datetime
    """No step lies later than this."""

    def between(self, share: float) -> dt.datetime:
        """A working hour of individual work: 0 is the start, 1 the day before the due moment, never later than now."""
        end = min(self.due, self.until) - dt.timedelta(days=1)
        return max(self.opened, working_hour(self.opened + (end - self.opened) * share))

    @property
    def talk(self) -> dt.datetime:
        """When the group began to agree: on the day of its meeting, or the morning after the sheets were due."""
        planned = at_hour(self.consensus, 10)
        return planned if planned < self.until else at_hour(workday(self.due.date() + dt.timedelta(days=1)), 10)

    @property
    def approved(self) -> dt.datetime:
        """When the director approved."""
        return at_hour(self.approve, 13)


@dataclass
class Case:
    """One assessment while it is built."""

    plan: Mapping[str, Any]
    year: int
    office: Office
    people: Mapping[str, User]
    calendar: Calendar
    facts: Mapping[str, Any]
    stories: Mapping[str, Story]
    bank: Mapping[str, Any]
    source: str
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def lead(self) -> User:
        return self.people["lead"]

    @property
    def chair(self) -> User:
        return self.people["chair"]

    def chance(self, *names: object) -> Random:
        """The same luck every time."""
        return Random(":".join(str(name) for name in (self.plan["seed"], *names)))  # noqa: S311

    @contextmanager
    def as_of(self, moment: dt.datetime) -> Iterator[None]:
        """What is noted and written inside bears the moment of its own time; older letters count as sent."""
        with as_of(moment, until=self.calendar.until):
            yield


def case_of(plan: Mapping[str, Any], office: Office, team: Mapping[str, User], *, year: int, at: dt.datetime) -> Case:
    """What the example tells of one assessment; `year` is that of the present cycle."""
    bank = material.read(BANKS[office.language])
    own_year = year + plan["year"]
    if "file" in plan:
        facts = material.dated(material.read(f"assessments/{plan['file']}"), own_year)
        stories = told(facts["nodes"], bank, seed=plan["seed"])
    else:
        frame = {"title": TITLES[office.language], "group": GROUPS[office.language], "source": ""}
        facts = material.dated({"assessment": frame, "evidence": []}, own_year)
        stories = drawn(plan["profile"], bank, seed=plan["seed"])
    calendar = _calendar(plan, at)
    return Case(plan, own_year, office, team, calendar, facts, stories, bank, facts["assessment"]["source"])


def _calendar(plan: Mapping[str, Any], at: dt.datetime) -> Calendar:
    shifts = plan.get("days") or {name: days + (plan["year"] + 1) * A_YEAR for name, days in LAST_CYCLE.items()}
    today = timezone.localdate(at)
    day = {name: workday(today + dt.timedelta(days=shift)) for name, shift in shifts.items()}
    return Calendar(
        opened=at_hour(day["opened"], 9),
        due=at_hour(day["due"], 15, 30),
        consensus=day["consensus"],
        approve=day["approve"],
        until=at,
    )
