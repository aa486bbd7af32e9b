"""How far the pages of an edition are: by theme, by region, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery

from qms.core.models import Job, type_of
from qms.exchange.models import Edition, EditionPage, OfficePage, Part, Theme, ThemePage
from qms.offices.models import Region

PART, BUILD, APPROVE = "exchange.part", "exchange.edition", "exchange.approve"
BUILT, WAITING, FAILED = "built", "waiting", "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many parts there are, and how far they are."""

    planned: int = 0
    built: int = 0
    waiting: int = 0
    failed: int = 0
    last_built_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RegionProgress:
    """How far the pages for the offices of one region are."""

    name: str
    planned: int
    built: int
    failed: int


@dataclass(frozen=True, slots=True)
class PageLink:
    """The page of a part in one language, where readers can open it."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One theme or office with its state, why it failed, and its pages."""

    pk: int
    name: str
    region: str
    state: str
    why: str
    # Nobody holds it and no job waits for it: its worker stopped too often.
    is_stuck: bool
    built_at: datetime | None
    pages: tuple[PageLink, ...]


def parts_with_jobs(edition: Edition) -> Any:
    """The parts of an edition, each with whether a job is under way and when the last one failed."""
    jobs = Job.objects.filter(kind=PART, subject_type=type_of(Part()), subject_id=OuterRef("pk"))
    last = jobs.order_by("-pk").values("state")[:1]
    rows = Part.objects.filter(edition=edition).annotate(
        has_job=Exists(jobs.filter(state__in=Job.OPEN)), last_job=Subquery(last)
    )
    return rows.annotate(is_stuck=Q(state=WAITING, has_job=False, last_job=Job.State.FAILED))


def progress_of(edition: Edition) -> Progress:
    """Counts over all parts; one whose worker stopped too often counts as failed."""
    failed = Q(state=FAILED) | Q(is_stuck=True)
    counts = parts_with_jobs(edition).aggregate(
        planned=Count("pk"),
        built=Count("pk", filter=Q(state=BUILT)),
        failed=Count("pk", filter=failed),
        waiting=Count("pk", filter=Q(state=WAITING, is_stuck=False)),
        last_built_at=Max("built_at"),
    )
    return Progress(**counts)


def regions_of(edition: Edition) -> list[RegionProgress]:
    """The regions whose offices have a part, by name."""
    counts = (
        Part.objects.filter(edition=edition, office__isnull=False)
        .values("office__region")
        .annotate(
            planned=Count("pk"), built=Count("pk", filter=Q(state=BUILT)), failed=Count("pk", filter=Q(state=FAILED))
        )
    )
    names = {region.pk: region.name for region in Region.objects.all()}
    found = [
        RegionProgress(names.get(row["office__region"], ""), row["planned"], row["built"], row["failed"])
        for row in counts
    ]
    return sorted(found, key=lambda region: region.name)


def parts_listed(edition: Edition, state: str = "") -> Any:
    """The parts of offices in this state, or all; by region and name."""
    rows = parts_with_jobs(edition).filter(office__isnull=False).select_related("office__region")
    if state == FAILED:
        rows = rows.filter(Q(state=FAILED) | Q(is_stuck=True))
    elif state == WAITING:
        rows = rows.filter(state=WAITING, is_stuck=False)
    elif state == BUILT:
        rows = rows.filter(state=BUILT)
    return rows.order_by("office__region__name_pl", "office__short_name", "pk")


def parts_failed(edition: Edition) -> Any:
    """Themes and offices whose pages could not be built, themes first."""
    rows = parts_with_jobs(edition).filter(Q(state=FAILED) | Q(is_stuck=True))
    return rows.select_related("theme", "office__region").order_by("office_id", "theme__position", "pk")


def part_rows(edition: Edition, parts: Iterable[Any]) -> list[PartRow]:
    """These parts with the pages that readers can open."""
    parts = list(parts)
    for part in parts:
        if part.theme is not None:
            part.theme.edition = edition
    offices = [part.office_id for part in parts if part.office_id]
    themes = [part.theme_id for part in parts if part.theme_id]
    pages = page_links(edition, themes=themes, offices=offices)
    return [
        PartRow(
            part.pk,
            part.name,
            part.office.region.name if part.office and part.office.region else "",
            part.state,
            part.why,
            part.is_stuck,
            part.built_at,
            pages.get(("theme", part.theme_id) if part.theme_id else ("office", part.office_id), ()),
        )
        for part in parts
    ]


def page_links(
    edition: Edition, *, themes: Iterable[int] = (), offices: Iterable[int] = ()
) -> dict[tuple[str, int], tuple[PageLink, ...]]:
    """The published pages of these themes and offices, in the order of the edition's languages."""
    found: list[tuple[tuple[str, int], Any]] = []
    if themes := list(themes):
        rows = ThemePage.objects.live().filter(theme__in=themes).select_related("locale").defer("body")
        found += [(("theme", page.theme_id), page) for page in rows]
    if offices := list(offices):
        office_rows = OfficePage.objects.live().filter(edition=edition, office__in=offices)
        found += [(("office", page.office_id), page) for page in office_rows.select_related("locale").defer("body")]
    links: dict[tuple[str, int], tuple[PageLink, ...]] = {}
    for about, page in sorted(found, key=lambda each: _place(each[1], edition)):
        links[about] = (*links.get(about, ()), PageLink(page.locale.language_code, page.url or ""))
    return links


def front_links(editions: Iterable[Edition], language: str) -> dict[int, str]:
    """The address of each edition's own page: in this language where there is one."""
    pages = EditionPage.objects.live().filter(edition__in=list(editions)).select_related("locale").defer("body")
    found: dict[int, str] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code != language):
        found.setdefault(page.edition_id, page.url or "")
    return found


def open_jobs_of(edition: Edition) -> list[Job]:
    """The jobs that plan the edition or publish its pages just now, and the last one where it failed."""
    jobs = Job.objects.about(edition).filter(kind__in=(BUILD, APPROVE)).order_by("-pk")
    under_way = [job for job in jobs[:5] if job.is_open]
    last = jobs.first()
    return under_way or ([last] if last is not None and last.state == Job.State.FAILED else [])


def themes_of(edition: Edition) -> list[Theme]:
    """The themes in their order, each with its seminars and its part."""
    themes = edition.themes.order_by("position", "pk").prefetch_related("seminars", "parts")
    found = list(themes)
    for theme in found:
        theme.edition = edition
    return found


def _place(page: Any, edition: Edition) -> int:
    language = page.locale.language_code
    return edition.languages.index(language) if language in edition.languages else len(edition.languages)
