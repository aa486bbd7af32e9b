"""An edition is built by a real worker that dies in the middle, and by offices of which one cannot be built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import sync_playwright

from tests.broker.conftest import Caller
from tests.journeys.stage import Demonstration, eventually

pytestmark = pytest.mark.broker
THEMES = 18
WHY = "Something went wrong on our side."

# In preparation, with many themes; where the page of one office would stand, another one stands already.
PREPARED = f"""
from datetime import date
from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.exchange.domain.drafts import EditionDraft, ThemeDraft
from qms.exchange.models import ThemePage
from qms.exchange.services.editions import prepare_edition
from qms.exchange.services.founding import add_under, found_pages
from qms.exchange.services.themes import add_theme
from qms.frameworks.models import Edition
by = User.objects.filter(memberships__role="national_coordinator").first()
framework = Edition.objects.get(code="caf-2020")
edition = prepare_edition(by=by, draft=EditionDraft(
    titles={{"en": "Killed in the middle"}}, framework=framework.pk, languages=("en", "pl"),
    starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31)))
nodes = [node.identifier for node in framework.tree().scored][:{THEMES}]
themes = [add_theme(edition, draft=ThemeDraft(nodes=(node,)), by=by) for node in nodes]
home = found_pages(edition)[0]
office = Assessment.objects.approved().of_whole_offices().filter(edition=framework).first().office
add_under(home, ThemePage(theme=themes[0], title="In the way", slug="office-" + office.slug, locale=home.locale))
print(edition.pk)
"""

COUNTED = """
import json
from collections import Counter
from qms.core.models import Job
from qms.exchange.models import OfficePage, Part, ThemePage
from wagtail.models import Page
parts = Part.objects.filter(edition={edition})
pages = [("theme", *row) for row in ThemePage.objects.filter(theme__edition={edition}).exclude(title="In the way")
    .values_list("theme", "locale")]
pages += [("office", *row) for row in OfficePage.objects.filter(edition={edition}).values_list("office", "locale")]
jobs = Job.objects.filter(kind="exchange.part", subject_id__in=parts.values("pk"))
print(json.dumps({{
    "states": Counter(parts.values_list("state", flat=True)),
    "pages": len(pages),
    "twice": [page for page, count in Counter(pages).items() if count > 1],
    "problems": [list(each) for each in Page.find_problems()],
    "attempts": max(jobs.values_list("attempt", flat=True)),
}}))
"""

CLEARED = """
from qms.exchange.models import ThemePage
ThemePage.objects.get(title="In the way").delete()
"""


@pytest.fixture
def coordinator(platform: Demonstration) -> Iterator[Caller]:
    """The national coordinator."""
    with sync_playwright() as playwright:
        caller = Caller(playwright.request.new_context(base_url=platform.address))
        caller.enter("", "national")
        yield caller


def counts_on(coordinator: Caller, edition: int) -> tuple[int, int]:
    """How many parts are built, and how many there are, as the coordinator's page tells it."""
    page = coordinator.get(f"/en/exchange/editions/{edition}/").text()
    found = re.search(r"<dt>Built</dt>.*?(\d+)\s*<small>of (\d+)", page, re.DOTALL)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def counted(platform: Demonstration, edition: int) -> dict:
    found: dict = json.loads(platform.python(COUNTED.format(edition=edition)))
    return found


def test_edition_is_built_although_its_worker_was_killed_and_one_office_cannot_be_built(
    coordinator: Caller, platform: Demonstration
):
    edition = int(platform.python(PREPARED))
    workers = platform.worker_processes()
    coordinator.post(f"/en/exchange/editions/{edition}/open/")
    eventually(lambda: counts_on(coordinator, edition)[0] >= 2, pause=0.02)
    for worker in workers:
        worker.kill()
    built, planned = counts_on(coordinator, edition)
    assert built < planned - 1, "They were killed in the middle."

    eventually(lambda: counts_on(coordinator, edition)[0] == planned - 1, within=300)

    page = coordinator.get(f"/en/exchange/editions/{edition}/").text()
    after = counted(platform, edition)
    assert WHY in page
    assert (after["twice"], after["problems"]) == ([], [[], [], [], [], []])
    assert (after["states"]["built"], after["attempts"] >= 2) == (planned - 1, True)
    assert not any(psutil.pid_exists(one.pid) and one.is_running() for one in workers)

    platform.python(CLEARED)
    again = re.search(r"/en/exchange/parts/\d+/again/", page)
    assert again
    coordinator.post(again[0])
    eventually(lambda: counts_on(coordinator, edition) == (planned, planned), within=120)
    mended = counted(platform, edition)
    assert (mended["states"], mended["pages"], mended["twice"]) == ({"built": planned}, 2 * planned, [])
