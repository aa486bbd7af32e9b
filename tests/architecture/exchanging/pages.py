"""The area "pages" of experience sharing: one's own page, what is set aside, editors' words, the page on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from qms.core.models import type_of
from qms.exchange.models import OfficePage, ThemePage
from qms.exchange.services.building import build_part
from qms.exchange.services.printing import hash_now
from qms.pdf.models import Rendering
from tests.architecture.cases import Case, of, thing
from tests.factories.assessments import MONDAY
from tests.factories.exchange import make_part

if TYPE_CHECKING:
    from tests.architecture.world import Side, World

ASIDE = "practice=7f0c5b0e-3f0b-5c5e-9a51-5d1b5d0c7a11&framework=small-2020&node=1.1"
OFFICE = {"page_of_the_office": thing("exchange page")}


def own_page(_world: World, side: Side) -> str:
    return f"?office={side.office.pk}"


def about(_world: World, _side: Side) -> str:
    return ASIDE


def posted() -> list[Case]:
    """A practice set aside on the page of the office."""
    return [Case("POST", "page of the office", {"pk": thing("exchange page")}, body=about)]


CASES: dict[str, list[Case]] = {
    "exchange:for-you": [Case("GET", "office in the address", path=own_page)],
    "exchange:set-aside": posted(),
    "exchange:take-back": posted(),
    "exchange:words": of("GET POST", **OFFICE, page_of_a_theme=thing("exchange theme page")),
    "exchange:for-you-print": of("GET POST", **OFFICE),
    "exchange:for-you-file": of(
        "GET", print_of_the_page={"pk": thing("exchange page"), "rendering": thing("print of the exchange page")}
    ),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses; the office's page is the one that the editions made."""
    page = OfficePage.objects.get(pk=side.things["exchange page"])
    theme = page.edition.themes.get()
    build_part(make_part(page.edition, theme=theme), at=MONDAY)
    rendering = Rendering.objects.create(
        subject_type=type_of(page),
        subject_id=page.pk,
        office_id=side.office.pk,
        name="Experience sharing",
        language="en",
        content_hash=hash_now(page, language="en", on=timezone.localdate()),
        file=ContentFile(b"%PDF-1.7", f"{side.office.slug}-exchange.pdf"),
        page=ContentFile(b"<html></html>", f"{side.office.slug}-exchange.html"),
        sha256="0" * 64,
        size=8,
        pages=1,
        seconds=1,
        peak_kilobytes=1,
        created_by=side.people["lead"],
    )
    return {
        "exchange theme page": ThemePage.objects.get(theme=theme).pk,
        "print of the exchange page": rendering.pk,
    }
