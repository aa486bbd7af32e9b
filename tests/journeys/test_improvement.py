"""A weak score becomes an action in the browser: Opole Lubelskie plans it, sends the plan, has it approved and printed.

The steps build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.road import Pages, Steps, button, link, said, today
from tests.journeys.stage import Visitor, number_in

pytestmark = pytest.mark.browser

OPOLE = "um-opole-lubelskie"
START, DUE = today() + dt.timedelta(days=30), today() + dt.timedelta(days=120)
TITLE = "Targets for every staff indicator"
LATER_TITLE = "Targets for some staff indicators"


@dataclass
class Road(Steps):
    """What the steps hand on."""

    plan: int = 0
    action: int = 0

    def path(self, rest: str = "") -> str:
        return f"/en/plans/{self.plan}/{rest}"


def test_01_the_lead_of_opole_makes_an_action_of_a_finding_in_one_click(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")
    lead.open("/en/plans/")
    link(page, "Findings").first.click()
    expect(page.get_by_role("heading", level=1, name="Findings")).to_be_visible()
    link(page, "area for improvement").first.click()
    finding = page.locator(".finding h3").first.inner_text()
    lead.accessible()

    page.locator("button[name=only]").first.click()

    expect(said(page)).to_contain_text("filled in from the finding")
    assert finding in (page.locator("[name=title]").input_value(), page.locator("[name=problem]").input_value())
    expect(page.locator("[name=findings]:checked")).to_have_count(1)
    assert finding in page.locator(".form-check", has=page.locator("[name=findings]:checked")).inner_text()
    road.action = number_in(r"/actions/(\d+)/edit/", page.url)


def test_02_a_due_day_before_the_start_is_refused_and_nothing_typed_is_lost(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")
    lead.open(f"/en/plans/actions/{road.action}/edit/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=owner]").select_option(index=2)
    page.locator("[name=start_on]").fill(str(DUE))
    page.locator("[name=due_on]").fill(str(START))
    for name in ("stakeholders", "results", "visibility", "difficulty", "resources", "speed"):
        page.locator(f"[name={name}][value='4']").check()

    button(page, "Save").first.click()

    expect(page.get_by_text("The action cannot be due before it starts.").first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    lead.accessible()

    page.locator("[name=start_on]").fill(str(START))
    page.locator("[name=due_on]").fill(str(DUE))
    button(page, "Save and see the priority").click()
    expect(said(page)).to_contain_text("was saved")
    expect(page.locator("#priority")).to_contain_text("16")
    link(page, "Cancel").click()
    road.plan = number_in(r"/plans/(\d+)/$", page.url)
    expect(page.get_by_role("main")).to_contain_text(TITLE)


def test_03_the_lead_sends_the_plan_and_can_change_nothing_while_it_is_read(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")
    lead.open(road.path())

    button(page, "Send to the director").click()

    expect(said(page)).to_contain_text("The plan is with the director now.")
    expect(button(page, "Send to the director")).to_have_count(0)
    expect(link(page, "Add an action")).to_have_count(0)
    lead.open(f"/en/plans/actions/{road.action}/edit/", status=403)


def test_04_the_director_finds_it_among_the_tasks_and_approves_it_with_the_seal(visitor: Pages, road: Road):
    director = visitor()
    page = director.enter(OPOLE, "director")
    director.open("/en/tasks/")
    page.get_by_role("main").locator(f"a[href*='/plans/{road.plan}/']").first.click()
    if not page.url.endswith("/approve/"):
        link(page, "Read and approve").click()
    expect(page.get_by_role("main")).to_contain_text(TITLE)
    director.accessible()
    page.locator("#approval-ok").evaluate("box => box.required = false")
    button(page, "Approve the plan").click()
    expect(page.get_by_text("Tick the box under what becomes fixed.").first).to_be_visible()

    page.locator(".seal input[type=checkbox]").check()
    button(page, "Approve the plan").click()

    expect(said(page)).to_contain_text("The plan is approved.")


def test_05_the_approved_plan_stays_as_it_was_when_an_action_changes(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")
    lead.open(road.path("edit/"))
    expect(page.get_by_role("main").locator("[name=title]")).to_have_count(0)
    expect(page.locator("[name=review_on]")).to_be_visible()

    lead.open(f"/en/plans/actions/{road.action}/edit/")
    page.locator("[name=title]").fill(LATER_TITLE)
    button(page, "Save").first.click()
    expect(page.get_by_role("heading", level=1, name=LATER_TITLE)).to_be_visible()

    approved, current = (printed(lead, road, content) for content in ("approved", "today"))
    assert (TITLE in approved, LATER_TITLE in approved) == (True, False)
    assert (TITLE in current, LATER_TITLE in current) == (False, True)


def printed(person: Visitor, road: Road, content: str) -> str:
    """Orders the plan on paper, waits for the file, takes it and reads it."""
    page = person.open(road.path())
    link(page, "Print").click()
    files = page.get_by_role("main").locator("a[href*='/print/']")
    before = files.count()
    page.locator(f"[name=content][value={content}]").check()
    page.locator("[name=language]").select_option("en")
    person.accessible()
    button(page, "Typeset the plan").click()
    expect(files).to_have_count(before + 1, timeout=120_000)
    person.accessible()
    with page.expect_download() as fetched:
        files.first.click()
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(fetched.value.path().read_bytes())).pages)
    return re.sub(r"\s+", " ", text)
