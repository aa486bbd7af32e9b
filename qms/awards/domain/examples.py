"""Award programmes as data: what a definition file says of a programme, its round, categories and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from .form import Option, QuestionDraft, SectionDraft, Texts
from .judging import JudgingDraft, PrizeDraft

YEAR = "{year}"


@dataclass(frozen=True)
class Calendar:
    """When a round opens and closes, from when its results may be told, and when its gala is."""

    opens_at: datetime
    closes_at: datetime
    embargo_until: datetime
    gala_at: datetime | None = None


@dataclass(frozen=True)
class RuleDraft:
    """A condition of eligibility."""

    kind: str
    titles: Texts
    leads: Texts = field(default_factory=dict)
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FromFramework:
    """Sections that follow the criteria of the category's framework."""

    max_characters: int | None
    max_pages: Decimal | None


@dataclass(frozen=True)
class CategoryDefinition:
    """A category with its conditions and its form."""

    slug: str
    titles: Texts
    leads: Texts
    framework: str
    max_pages: int | None
    max_annexes: int
    rules: tuple[RuleDraft, ...]
    form: tuple[SectionDraft | FromFramework, ...]
    judging: JudgingDraft
    prizes: tuple[PrizeDraft, ...]


@dataclass(frozen=True)
class Definition:
    """A programme with one round."""

    slug: str
    titles: Texts
    leads: Texts
    organiser: str
    region: str
    website: str
    source: str
    round: Mapping[str, Any]
    categories: tuple[CategoryDefinition, ...]

    def calendar(self, year: int) -> Calendar:
        """The days of the definition in that year, in the round's own zone."""
        zone = ZoneInfo(self.round["zone"])

        def at(name: str) -> datetime:
            said = str(self.round[name]).replace(YEAR, str(year)).replace("{next}", str(year + 1))
            return datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=zone)

        return Calendar(at("opens"), at("closes"), at("embargo"), at("gala") if self.round.get("gala") else None)

    def of_year(self, name: str, year: int) -> Any:
        """A text of the round, or its texts by language, with the year in its place."""
        said = self.round.get(name, "")
        if isinstance(said, Mapping):
            return {language: text.replace(YEAR, str(year)) for language, text in said.items()}
        return str(said).replace(YEAR, str(year))


def read(text: str) -> Definition:
    """The definition in the file."""
    said = yaml.safe_load(text)
    return Definition(
        slug=said["slug"],
        titles=said["titles"],
        leads=_leads(said),
        organiser=said["organiser"],
        region=said.get("region", ""),
        website=said.get("website", ""),
        source=said["source"],
        round={name: value for name, value in said["round"].items() if name != "categories"},
        categories=tuple(_category(one) for one in said["round"]["categories"]),
    )


def _category(said: Mapping[str, Any]) -> CategoryDefinition:
    return CategoryDefinition(
        slug=said["slug"],
        titles=said["titles"],
        leads=_leads(said),
        framework=said.get("framework", ""),
        max_pages=said.get("max_pages"),
        max_annexes=said.get("max_annexes", 20),
        rules=tuple(RuleDraft(one["kind"], one["titles"], _leads(one), one.get("value", {})) for one in said["rules"]),
        form=tuple(_section(one) for one in said["form"]),
        judging=_judging(said.get("judging", {})),
        prizes=tuple(_prize(one) for one in said.get("prizes", ())),
    )


def _judging(said: Mapping[str, Any]) -> JudgingDraft:
    points = ("talk_above", "far_from_median", "tie_below", "visit_from")
    facts: dict[str, Any] = {name: _decimal(value) if name in points else value for name, value in said.items()}
    return JudgingDraft(**facts)


def _prize(said: Mapping[str, Any]) -> PrizeDraft:
    from_points = _decimal(said.get("from_points"))
    return PrizeDraft(said["titles"], said["kind"], _leads(said), said.get("at_most"), from_points)


def _section(said: Mapping[str, Any]) -> SectionDraft | FromFramework:
    if "from_framework" in said:
        limits = said["from_framework"]
        return FromFramework(limits.get("max_characters"), _decimal(limits.get("max_pages")))
    return SectionDraft(
        titles=said["titles"],
        leads=_leads(said),
        code=str(said["code"]),
        node=str(said.get("node", "")),
        weight=_decimal(said.get("weight", 1)) or Decimal(0),
        max_pages=_decimal(said.get("max_pages")),
        is_scored=said.get("scored", True),
        questions=tuple(_question(one) for one in said["questions"]),
    )


def _question(said: Mapping[str, Any]) -> QuestionDraft:
    return QuestionDraft(
        titles=said["titles"],
        kind=said["kind"],
        leads=_leads(said),
        code=str(said["code"]),
        is_required=said.get("required", True),
        max_characters=said.get("max_characters"),
        unit=said.get("unit", ""),
        options=tuple(Option(one["code"], one["titles"]) for one in said.get("options", ())),
        node=str(said.get("node", "")),
    )


def _leads(said: Mapping[str, Any]) -> Texts:
    leads: Texts = said.get("leads", {})
    return leads


def _decimal(said: object) -> Decimal | None:
    return None if said is None else Decimal(str(said))
