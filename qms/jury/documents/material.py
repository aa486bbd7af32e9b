"""What a frozen protocol says, read once and put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.components.hours import moment_in
from qms.frameworks.domain.framework import text
from qms.jury.models import Decision, DecisionList, Protocol
from qms.ui import numbers

Frozen = Mapping[str, Any]


@dataclass(frozen=True)
class Material:
    """A protocol in one of the platform's languages; what people wrote stays as they wrote it."""

    protocol: Protocol
    address: str
    language: str

    @property
    def content(self) -> Frozen:
        """What was frozen."""
        return self.protocol.content  # type: ignore[no-any-return]

    @property
    def is_visits(self) -> bool:
        """Whether the list decided on visits; else on prizes."""
        return bool(self.content["stage"] == DecisionList.Stage.VISIT)

    @cached_property
    def applications(self) -> dict[int, Frozen]:
        """The applications by key."""
        return {one["pk"]: one for one in self.content["applications"]}

    @cached_property
    def sections(self) -> dict[int, Frozen]:
        """The scored sections by key, in the order of the form."""
        return {one["pk"]: one for one in self.content["sections"]}

    @cached_property
    def prizes(self) -> dict[int, Frozen]:
        """The prizes by key, the highest first."""
        return {one["pk"]: one for one in self.content["prizes"]}

    @cached_property
    def ballots(self) -> dict[int, list[Frozen]]:
        """The ballots of each application, those that ended too."""
        return self._by_application("ballots")

    @cached_property
    def agreed(self) -> dict[int, list[Frozen]]:
        """What was agreed on each application."""
        return self._by_application("agreed")

    def _by_application(self, name: str) -> dict[int, list[Frozen]]:
        found: dict[int, list[Frozen]] = defaultdict(list)
        for one in self.content[name]:
            found[one["application"]].append(one)
        return found

    def said(self, texts: Mapping[str, str]) -> str:
        """The words in the language of the paper."""
        return text(texts, self.language)

    def when(self, moment: str | None) -> str:
        """A moment by the clock of the round; a dash where there is none."""
        zone = self.content["round"]["zone"]
        return moment_in(zone, datetime.fromisoformat(moment)) if moment else numbers.moment(None)

    def day(self, moment: str | None) -> str:
        """Its day and hour, where the zone is told elsewhere."""
        return self.when(moment).rpartition(" (")[0] or numbers.moment(None)

    def number(self, application: int) -> str:
        """The number of an application."""
        return str(self.applications[application]["number"]) if application in self.applications else ""

    def outcome(self, decision: Frozen) -> str:
        """What was decided, in words: the prize by its name."""
        if decision["prize"] in self.prizes:
            return self.said(self.prizes[decision["prize"]]["titles"])
        return str(Decision.Outcome(decision["outcome"]).label)


def points(value: object, digits: int = 1) -> str:
    """Points as they are shown; a dash where there are none."""
    return numbers.figure(None if value is None else Decimal(str(value)), digits)


def place_words(first: int | None, last: int | None) -> str:
    """A place: 4, or 2–3 where it is shared; a dash without one."""
    if not first:
        return "–"
    return str(first) if first == last or not last else f"{first}–{last}"


def yes(is_so: object) -> str:
    """Yes or a dash."""
    return pgettext("answer", "yes") if is_so else "–"


def listed(words: Sequence[str]) -> str:
    """Several things in a row, or that there is none."""
    return ", ".join(words) if words else _("none")
