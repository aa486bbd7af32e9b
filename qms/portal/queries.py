"""Reads over all instruments and pages for the front door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Page

from qms.accounts.models import User
from qms.assessments.models import Assessment, Sheet
from qms.assessments.queries import tasks_of as assessment_tasks_of
from qms.awards.queries.tasks import tasks_of as award_tasks_of
from qms.core.audit import entries_visible_to
from qms.exchange.queries.tasks import tasks_of as exchange_tasks_of
from qms.goodpractices.queries.tasks import tasks_of as practice_tasks_of
from qms.improvements.queries import tasks_of as improvement_tasks_of
from qms.jury.queries.tasks import tasks_of as jury_tasks_of
from qms.laureates.queries.tasks import tasks_of as laureate_tasks_of
from qms.offices.models import Office
from qms.offices.queries import Task
from qms.pdf.models import Rendering
from qms.ui.components import Link

Read = TypeVar("Read")

EDITORS = "portal"  # the app whose pages editors write
PAGES_VERSION = "portal:pages-version"
REMEMBER_SECONDS = 300
SMALL_ACTS = ("assessments.add_member", "assessments.change", "assessments.invite")
CYCLES_SHOWN = 2
FILES_SHOWN = 3
EVENTS_SHOWN = 5
OFFICES_FOUND = 10


@dataclass(frozen=True, slots=True)
class Todo:
    """One task of a person, whichever instrument it comes from."""

    title: str
    detail: str
    office: str
    office_id: int | None
    due: date | datetime | None
    url: str
    late: bool = False

    @property
    def day(self) -> date | None:
        """The day it is due, on the reader's calendar."""
        if isinstance(self.due, datetime):
            return timezone.localtime(self.due).date()
        return self.due


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Pages of one language that stand in menu and footer: what one works in, what one reads, what one looks up."""

    work: tuple[Link, ...] = ()
    menu: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    rooms: tuple[tuple[str, str], ...] = ()  # the apps one works in, with the address of their page


def todos_of(user: User, at: datetime) -> tuple[Todo, ...]:
    """Everything that waits for this person, the most urgent first."""
    todos = [
        Todo(
            title=task.text,
            detail=". ".join(part for part in (task.assessment.title, task.detail) if part) + ".",
            office=task.assessment.office.short_name,
            office_id=task.assessment.office_id,
            due=task.due_at,
            url=task.url,
            late=task.is_late,
        )
        for task in assessment_tasks_of(user, at)
    ]
    sources = (
        improvement_tasks_of,
        award_tasks_of,
        jury_tasks_of,
        laureate_tasks_of,
        practice_tasks_of,
        exchange_tasks_of,
    )
    later: list[Task] = [task for tasks_of in sources for task in tasks_of(user, at)]
    todos += [
        Todo(
            title=task.text,
            detail=task.detail,
            office=task.office.short_name if task.office else "",
            office_id=task.office.pk if task.office else None,
            due=task.due_at,
            url=task.url,
            late=task.is_late,
        )
        for task in later
    ]
    return tuple(sorted(todos, key=lambda todo: (todo.day is None, todo.day or timezone.localdate(at), todo.title)))


def page_links(language: str) -> PageLinks:
    """The pages directly under this language's home: those of other apps, chosen ones of editors, the others."""
    pages = list(
        Page.objects.live()
        .public()
        .filter(locale__language_code=language, depth=3)
        .order_by("path")
        .select_related("content_type")
        .defer_streamfields()
    )
    chosen = [page for page in pages if page.show_in_menus]
    work = [page for page in chosen if page.content_type.app_label != EDITORS]
    return PageLinks(
        _links(work),
        _links(page for page in chosen if page not in work),
        _links(page for page in pages if not page.show_in_menus),
        tuple((page.content_type.app_label, page.url) for page in work if page.url),
    )


def remembered(name: str, read: Callable[[], Read]) -> Read:
    """What was read from the pages not long ago; forgotten as soon as an editor publishes or moves a page."""
    version = cache.get_or_set(PAGES_VERSION, 1, None)
    key = f"portal:pages:{version}:{name}"
    known = cache.get(key)
    if known is None:
        known = read()
        cache.set(key, known, REMEMBER_SECONDS)
    return known


def forget_pages() -> None:
    """Everything remembered of the pages is read anew."""
    try:
        cache.incr(PAGES_VERSION)
    except ValueError:  # nothing was remembered yet
        cache.set(PAGES_VERSION, 1, None)


def translations_of(page: Page) -> dict[str, str]:
    """The address of this page in each language in which it is published."""
    pages = page.get_translations(inclusive=True).live().select_related("locale").defer_streamfields()
    return {each.locale.language_code: each.url for each in pages if each.url}


def _links(pages: Iterable[Page]) -> tuple[Link, ...]:
    return tuple(Link(page.title, page.url) for page in pages if page.url)


def cycles_of(user: User) -> tuple[Assessment, ...]:
    """The person's assessments that are under way, the latest first, with how many sheets are in."""
    present = Q(members__left_at__isnull=True)
    under_way = Assessment.objects.visible_to(user).exclude(stage=Assessment.Stage.APPROVED)
    counted = under_way.select_related("office").annotate(
        sheets=Count("members", filter=present, distinct=True),
        sheets_in=Count("members", filter=present & Q(members__sheet__state=Sheet.State.HANDED_IN), distinct=True),
    )
    return tuple(counted.order_by("-year", "-pk")[:CYCLES_SHOWN])


def files_of(user: User) -> tuple[Rendering, ...]:
    """The last documents that the person may open."""
    return tuple(Rendering.objects.visible_to(user).order_by("-created_at", "-pk")[:FILES_SHOWN])


def lately_of(user: User) -> tuple[ModelLogEntry, ...]:
    """What happened last in the offices whose history the person may read."""
    about = ContentType.objects.get_for_models(Assessment, Sheet).values()
    entries = entries_visible_to(user).filter(content_type__in=[kind.pk for kind in about])
    entries = entries.exclude(action__in=SMALL_ACTS).select_related("user").order_by("-timestamp", "-pk")
    return tuple(entries[:EVENTS_SHOWN])


def found_by(asked: str, language: str) -> QuerySet[Page] | list[Page]:
    """Published pages of this language that hold the words, the best first."""
    if not asked:
        return []
    # The index filters by the page's own columns only, so the language is looked up first.
    locales = list(Locale.objects.filter(language_code=language))
    return Page.objects.live().public().filter(locale__in=locales).specific().search(asked)


def offices_found_by(asked: str) -> tuple[Office, ...]:
    """Offices whose name or city holds the words."""
    if not asked:
        return ()
    named = Q(name__icontains=asked) | Q(short_name__icontains=asked) | Q(city__icontains=asked)
    return tuple(Office.objects.active().filter(named).select_related("region").order_by("short_name")[:OFFICES_FOUND])
