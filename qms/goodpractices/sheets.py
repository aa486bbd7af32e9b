"""What the open data of the library hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qms.goodpractices.queries.opendata import Record

BOTH, ONLY_CSV, ONLY_JSON = "CSV, JSON", "CSV", "JSON"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the same in every language, what it holds, and where it stands."""

    name: str
    meaning: str | Promise
    formats: str = BOTH


FIELDS = (
    Field("id", _("Number of the practice; it never changes.")),
    Field("url", _("Address of its page.")),
    Field("title", _("Title.")),
    Field("summary", _("Summary, at most 600 characters.")),
    Field("office", _("Name of the office.")),
    Field("office_kind", _("Kind of office, as a code.")),
    Field("region", _("Region of the office, in Polish.")),
    Field("country", _("Country, two letters (ISO 3166-1).")),
    Field("criteria", _("Where it is filed: edition of a framework and subcriterion; in CSV parted by “; ”.")),
    Field("client_groups", _("Whom it serves, as codes; in CSV parted by “; ”.")),
    Field("problem", _("What the trouble was.")),
    Field("failures", _("What failed.")),
    Field("conditions", _("When it will work elsewhere.")),
    Field("stage", _("Stage: idea, pilot, implemented, scaled.")),
    Field("effect", _("Effect: none (not measured), told (figures of the office), proven (by measurement).")),
    Field("started_on", _("Day it began (ISO 8601).")),
    Field("ended_on", _("Day it ended, empty while it works.")),
    Field("cost", _("Money it took; the currency stands beside it.")),
    Field("currency", _("Currency of the money (ISO 4217).")),
    Field("hours", _("Hours of work it took.")),
    Field("transferability", _("How easily others can take it over, 1 to 5, as the office judges.")),
    Field("licence", _("Licence of the text: cc-by-4.0 or cc0-1.0.")),
    Field("confirmed_on", _("Day the office last said that it is still true.")),
    Field("first_published_at", _("Moment it was first published (ISO 8601).")),
    Field(
        "results",
        _(
            "Results: title, unit, better (higher, lower), before, after, low and high of the change, count, "
            "source, verdict."
        ),
        ONLY_JSON,
    ),
    Field("indicator", _("Title of the first result."), ONLY_CSV),
    Field("unit", _("Unit of the first result."), ONLY_CSV),
    Field("before", _("Its value before."), ONLY_CSV),
    Field("after", _("Its value after."), ONLY_CSV),
    Field("change_low", _("The least change that the data allow."), ONLY_CSV),
    Field("change_high", _("The greatest change that the data allow."), ONLY_CSV),
)
FIRST_RESULT = {
    "indicator": "title",
    "unit": "unit",
    "before": "before",
    "after": "after",
    "change_low": "low",
    "change_high": "high",
}


def headings() -> list[str]:
    """The columns of the CSV."""
    return [field.name for field in FIELDS if field.formats != ONLY_JSON]


def as_json(record: Record, home: str) -> dict[str, Any]:
    """One practice with all its fields."""
    facts = {**_facts(record, home), "results": list(record.results)}
    return {field.name: facts[field.name] for field in FIELDS if field.formats != ONLY_CSV}


def row_of(record: Record, home: str) -> list[object]:
    """One practice as a line of the CSV."""
    facts = _facts(record, home)
    facts |= {name: "; ".join(facts[name]) for name in ("criteria", "client_groups")}
    first = record.results[0] if record.results else {}
    facts |= {name: first.get(source) for name, source in FIRST_RESULT.items()}
    return [facts[name] for name in headings()]


def _facts(record: Record, home: str) -> dict[str, Any]:
    return {
        **record.plain,
        "id": record.pk,
        "url": f"{home}{record.slug}/",
        "office": record.office,
        "office_kind": record.kind,
        "region": record.region,
        "country": record.country,
        "criteria": list(record.criteria),
        "client_groups": list(record.clients),
    }
