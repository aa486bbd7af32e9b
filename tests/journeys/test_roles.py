"""Each role of the demonstration stands in front of its task after one click; language and sign-in on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from qms.demo.domain import material
from tests.journeys.stage import Visitor, who

pytestmark = pytest.mark.browser

TASKS = {
    "the accountant of Gołdap, to her sheet": ("pup-goldap", "m6", "My sheet"),
    "the lead of Gołdap, to whom is to be reminded": ("pup-goldap", "lead", "Samoocena CAF"),
    "the chair of Starachowice, to the widest divergence": ("pup-starachowice", "chair", "Consensus"),
    "the director of Łęczna, to the results that wait": ("um-leczna", "director", "Results"),
    "the lead of Opole, to the approved reports": ("um-opole-lubelskie", "lead", "Self-assessment"),
    "the administrator, to offices and people": ("", "administrator", "Offices"),
    "the national coordinator, to the frameworks": ("", "national", "Frameworks"),
    "the regional coordinator, to the region's self-assessments": ("", "regional", "Self-assessment"),
    "the juror, to the applications that wait": ("", "juror", "My work as a juror"),
    "the mystery evaluator, to an empty list that says why": ("", "evaluator", "My tasks"),
}


@pytest.mark.parametrize("story", TASKS)
def test_one_click_leads(story: str, visitor: Callable[..., Visitor]):
    office, key, heading = TASKS[story]
    page = visitor(width=360 if key == "m6" else 1280).enter(office, key)

    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    expect(page.get_by_role("status").first).to_contain_text("You are signed in as")


def test_the_chair_of_goldap_signs_in_with_the_password_and_reads_the_own_tasks(visitor: Callable[..., Visitor]):
    chair = visitor()
    person = who("pup-goldap", "chair")
    page = chair.open("/en/tasks/")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill("not the password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=login]")).to_have_value(person.email)
    chair.accessible()
    page.locator("[name=password]").fill(material.password())
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/pl/tasks/")  # the language of the own profile
    page.get_by_role("link", name="EN, English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My tasks")
    page.locator(".me summary").click()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_another_language_keeps_the_place(visitor: Callable[..., Visitor]):
    person = visitor()
    page = person.enter("pup-starachowice", "chair")
    for start in (page.url, "/en/help/chair/", "/en/search/?q=caf"):
        person.open(start)
        heading = page.get_by_role("heading", level=1).inner_text()
        for language in ("ru", "pl", "en"):
            page.locator(f".lang a[lang={language}]").click()
            page.wait_for_url(f"**/{language}/**")
            assert page.locator("html").get_attribute("lang") == language
            expect(page.locator(".me")).to_be_visible()
        assert page.url == person.demonstration.path(start)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_coordinator_opens_the_pages_admin_and_a_lead_does_not(visitor: Callable[..., Visitor]):
    editor = visitor()
    editor.enter("", "national")
    editor.open("/cms/")
    expect(editor.page.get_by_role("heading", level=1)).to_be_visible()

    lead = visitor()
    lead.enter("pup-goldap", "lead")
    lead.open("/cms/")
    lead.page.wait_for_url("**/tasks/")
    expect(lead.page.get_by_role("alert")).to_be_visible()
