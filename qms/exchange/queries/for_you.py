"""Where the page of an office is, or what is still missing for it; and the page of an edition with its themes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from qms.assessments.models import Assessment
from qms.exchange.models import Edition, EditionPage, ExchangeIndexPage, MeetingPage, OfficePage, Part, ThemePage
from qms.goodpractices.models import PracticeIndexPage
from qms.pdf.models import Rendering

if TYPE_CHECKING:
    from datetime import datetime

    from qms.offices.models import Office


class Missing(StrEnum):
    """What an office has to wait for, or to do, before its page stands."""

    NOTHING = ""
    EDITION = "edition"
    ASSESSMENT = "assessment"
    BUILD = "build"
    FAILED = "failed"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest edition under way, the office's page in it, or what is missing for it."""

    edition: Edition | None = None
    page: OfficePage | None = None
    missing: Missing = Missing.NOTHING


def newest_edition() -> Edition | None:
    """The edition under way that began last."""
    return Edition.objects.open().select_related("framework").order_by("-starts_on", "-pk").first()


def standing_of(office: Office) -> Standing:
    """Where the office's page is in the newest edition, in the reader's language where there is one."""
    edition = newest_edition()
    if edition is None:
        return Standing(missing=Missing.EDITION)
    page = in_language(OfficePage.objects.live().filter(edition=edition, office=office))
    if page is not None:
        return Standing(edition, page)
    return Standing(edition, missing=_missing(edition, office))


def _missing(edition: Edition, office: Office) -> Missing:
    part = Part.objects.filter(edition=edition, office=office).first()
    if part is not None:
        states = {Part.State.FAILED: Missing.FAILED, Part.State.BUILT: Missing.APPROVAL}
        return states.get(Part.State(part.state), Missing.BUILD)
    assessed = Assessment.objects.approved().of_whole_offices().filter(office=office, edition=edition.framework_id)
    return Missing.BUILD if assessed.exists() else Missing.ASSESSMENT


def in_language(pages: QuerySet[Any, Any]) -> Any:
    """Of the same page in several languages the reader's, else the first one; none where there is none."""
    found = list(pages.select_related("locale").order_by("pk"))
    own = (page for page in found if page.locale.language_code == get_language())
    return next(own, found[0] if found else None)


def edition_page(edition: Edition) -> EditionPage | None:
    """The front page of the edition, in the reader's language where there is one."""
    page: EditionPage | None = in_language(EditionPage.objects.live().filter(edition=edition))
    return page


def front_page() -> ExchangeIndexPage | None:
    """The front of experience sharing, in the reader's language where there is one."""
    page: ExchangeIndexPage | None = in_language(ExchangeIndexPage.objects.live())
    return page


def library_page() -> PracticeIndexPage | None:
    """The library, in the reader's language where there is one."""
    page: PracticeIndexPage | None = in_language(PracticeIndexPage.objects.live())
    return page


def theme_pages(page: EditionPage) -> list[ThemePage]:
    """The published pages of the themes under the page of their edition, in the edition's order."""
    found: Any = ThemePage.objects.live().child_of(page).select_related("theme", "locale")
    return sorted(found, key=lambda each: (each.theme.position, each.theme.pk))


def meeting_pages(parent: Any, *, below: bool = False) -> list[MeetingPage]:
    """Published pages of evaluation meetings under this page, the latest first."""
    found: Any = MeetingPage.objects.live().select_related("meeting", "locale").defer_streamfields()
    found = found.descendant_of(parent) if below else found.child_of(parent)
    return list(found.order_by("-meeting__held_on", "-pk"))


def built_at(edition: int, *, theme: int | None = None, office: int | None = None) -> datetime | None:
    """When the part of a theme or of an office was last built."""
    parts = Part.objects.filter(edition=edition, theme=theme, office=office)
    return parts.values_list("built_at", flat=True).first()


def office_pages_seen(edition: Edition, user: Any) -> list[OfficePage]:
    """The pages of offices that this person may read, by their names; each office once."""
    rows = OfficePage.objects.visible_to(user).live().filter(edition=edition)
    by_office: dict[int, list[OfficePage]] = defaultdict(list)
    for page in rows.select_related("locale").defer_streamfields().order_by("title", "pk"):
        by_office[page.office_id].append(page)
    return [_best(pages) for pages in by_office.values()]


def _best(pages: list[OfficePage]) -> OfficePage:
    return next((page for page in pages if page.locale.language_code == get_language()), pages[0])


def prints_of(page: OfficePage) -> list[Rendering]:
    """The files made of this page, newest first."""
    return list(Rendering.objects.about(page).order_by("-pk"))
