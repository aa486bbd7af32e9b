"""The library as open data: every field that everybody may have, and practices by region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from qms.goodpractices.domain.asking import PracticeQuery
from qms.goodpractices.models import PracticeIndexPage, PracticePage, PracticeResult
from qms.offices.models import Region

from .finding import children, keys_of

PLAIN = (
    "title",
    "summary",
    "problem",
    "failures",
    "conditions",
    "stage",
    "effect",
    "started_on",
    "ended_on",
    "cost",
    "currency",
    "hours",
    "transferability",
    "licence",
    "confirmed_on",
    "first_published_at",
)


@dataclass(frozen=True, slots=True)
class Record:
    """One practice with everything that is open about it; no person stands in it."""

    pk: int
    slug: str
    office: str
    kind: str
    region: str
    country: str
    plain: dict[str, Any]
    criteria: tuple[str, ...]
    clients: tuple[str, ...]
    results: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class RegionCount:
    """How many practices, of how many offices, a region shares."""

    code: str
    name: str
    country: str
    practices: int
    offices: int


def library_in(language: str) -> PracticeIndexPage | None:
    """The published library of this language, if the site has one."""
    libraries = PracticeIndexPage.objects.live().filter(locale__language_code=language)
    return libraries.select_related("locale").order_by("path").first()


def records(query: PracticeQuery) -> list[Record]:
    """All practices that fit, in the order asked for."""
    keys = keys_of(query)
    about = ("pk", "slug", "office__name", "office__kind", "office__region__name_pl", "office__region__country")
    rows = {row["pk"]: row for row in PracticePage.objects.filter(pk__in=keys).values(*about, *PLAIN)}
    criteria, clients = children(keys)
    results = _results(keys)
    return [
        Record(
            pk=key,
            slug=row["slug"],
            office=row["office__name"],
            kind=row["office__kind"],
            region=row["office__region__name_pl"],
            country=row["office__region__country"],
            plain={name: _plain(row[name]) for name in PLAIN},
            criteria=tuple(f"{framework} {node}" for framework, node in criteria.get(key, ())),
            clients=tuple(clients.get(key, ())),
            results=tuple(results.get(key, ())),
        )
        for key, row in ((key, rows[key]) for key in keys if key in rows)
    ]


def by_region(query: PracticeQuery) -> list[RegionCount]:
    """Every region that has an office or a practice here, the most practices first."""
    practices = PracticePage.objects.filter(pk__in=keys_of(query)).values("office__region")
    counted = practices.annotate(practices=Count("pk"), offices=Count("office", distinct=True)).order_by()
    found = {row["office__region"]: row for row in counted}
    rows = [
        RegionCount(
            region.code, region.name, region.country, found[region.pk]["practices"], found[region.pk]["offices"]
        )
        if region.pk in found
        else RegionCount(region.code, region.name, region.country, 0, 0)
        for region in Region.objects.all()
    ]
    return sorted(rows, key=lambda row: (-row.practices, row.country != "PL", row.name))


def _results(keys: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    names = ("title", "unit", "better", "before", "after", "low", "high", "count", "source", "verdict")
    rows = PracticeResult.objects.filter(practice__in=keys).order_by("practice", "sort_order", "pk")
    for row in rows.values("practice", *names):
        found[row["practice"]].append({name: _plain(row[name]) for name in names})
    return found


def _plain(value: Any) -> Any:
    """Numbers without needless zeros, days as ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
