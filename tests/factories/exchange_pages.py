"""Pages of experience sharing with bodies made by hand: what a planner would want, built as workers build it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wagtail.models import Site

from qms.assessments.domain.snapshot import digest
from qms.assessments.models import Assessment
from qms.exchange.models import Edition, OfficePage, Part, Theme, ThemePage
from qms.exchange.services.building import build_part
from qms.exchange.services.founding import found_exchange, found_pages
from tests.factories import assessments
from tests.factories.accounts import make_user
from tests.factories.goodpractices import make_library

BUILT = datetime(2026, 11, 20, 5, 10, tzinfo=UTC)
BINS = [[0, 32, 5], [32, 40, 6], [40, 51, 6], [51, 100, 6]]


def make_site(language: str = "en") -> Any:
    """The site whose first page is the home of this language, with the front of experience sharing."""
    home = make_library(language).get_parent()
    facts = {"hostname": "testserver", "port": 80, "root_page": home}
    Site.objects.update_or_create(is_default_site=True, defaults=facts)
    return next(one for one in found_exchange() if one.locale.language_code == language)


def block(kind: str, key: str = "", **content: Any) -> dict[str, Any]:
    """One generated block as the planner wants it."""
    return {"kind": kind, "key": key or kind, "content": content}


def a_distribution(node: str = "1.1", **more: Any) -> dict[str, Any]:
    """What is shown of 23 offices."""
    facts = {"framework": "small-2020", "node": node, "state": "shown", "release": None, "count": 23, "median": "41"}
    return {**facts, "bins": BINS, "lowest": 0, "highest": 100, "on": "2026-11-20", **more}


def a_proposal(practice: Any, *, offer: int | None = None, **because: Any) -> dict[str, Any]:
    """A practice with the parts of its fit."""
    names = ("total", "need", "strength", "similarity", "willingness", "load")
    known = {"same_kind": True, "kind": "county_labour_office", "staff": [28, 31], "clients": [], "effect": "none"}
    known |= {"adopted": 0, "measured": 0, "improved": 0, "host_score": None, "host_assessment": None, "words": []}
    return {
        "practice": str(practice.translation_key),
        "host": practice.office_id,
        "fit": dict.fromkeys(names, "0.5"),
        "because": {**known, **because},
        "offer": offer,
    }


def a_need(*proposals: dict[str, Any], node: str = "1.1", **more: Any) -> dict[str, Any]:
    """The block of a weak point with these proposals."""
    facts: dict[str, Any] = {"framework": "small-2020", "node": node, "score": "28", "lowest": 0, "highest": 100}
    facts |= {"assessment": 1, "year": 2026, "before": None, "before_year": None, "reason": "Nobody asks."}
    facts |= {"distribution": a_distribution(node), "proposals": list(proposals)}
    return block("need", f"need-{node}", **{**facts, **more})


def make_office_page(edition: Edition, office: Any, *blocks: dict[str, Any]) -> OfficePage:
    """The built page of this office in the first language of the edition."""
    _build(edition, blocks, office=office)
    return OfficePage.objects.filter(edition=edition, office=office).order_by("pk").first()  # type: ignore[return-value]


def make_theme_page(theme: Theme, *blocks: dict[str, Any]) -> ThemePage:
    """The built page of this theme in the first language of its edition."""
    _build(theme.edition, blocks, theme=theme)
    return ThemePage.objects.filter(theme=theme).order_by("pk").first()  # type: ignore[return-value]


def _build(edition: Edition, blocks: tuple[dict[str, Any], ...], **about: Any) -> None:
    found_pages(edition)
    wanted = list(blocks)
    facts = {"wanted": wanted, "wanted_digest": digest({"wanted": wanted}), "planned_at": BUILT}
    part, _made = Part.objects.update_or_create(edition=edition, **about, defaults=facts)
    build_part(part, at=BUILT)


def make_shared(office: Any, *, consent: str = "named", framework: Any = None) -> Assessment:
    """An approved self-assessment of this office without anything in it."""
    return Assessment.objects.create(
        office=office,
        edition=framework or assessments.make_edition(),
        panel="simple",
        title="Self-assessment",
        year=2026,
        stage="approved",
        approved_at=BUILT,
        benchmark_consent=consent,
        opened_by=make_user(),
    )
