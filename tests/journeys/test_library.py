"""A good practice from the first draft to another office's plan, in the browser, on the demonstration network.

An adviser of Gołdap writes it, the lead hands it in, the coordinator of the region returns and publishes it, a stranger
finds it, Poznań takes it over and asks. The steps build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.stage import Visitor, number_in, who

pytestmark = pytest.mark.browser

GOLDAP, POZNAN = "pup-goldap", "us-poznan"
TITLE = "Wózek z książkami w poczekalni"
SCRIPT = "<script>window.taken = true</script>"
PROBLEM = "Ludzie czekali bezczynnie i wychodzili przed rozmową."
SUMMARY = "Czekający sięgają po poradniki. Pytań przy okienku jest mniej."
REMARKS = "Proszę usunąć znaki po opisie kłopotu."
QUESTION = "Kto uzupełnia poradniki na wózku?"
ANSWER = "Stażystka, raz w tygodniu, pół godziny."
FILM = "https://www.youtube.com/watch?v=przyklad"
MARKS = {"relevance": 4, "evidence": 3, "effect": 3, "transferability": 5, "clarity": 4}
LIBRARY = "/pl/dobre-praktyki/"

pages = Callable[..., Visitor]


@dataclass
class Road:
    """What the steps hand on."""

    practice: int = 0
    address: str = ""
    action: int = 0
    is_broken: bool = False

    def path(self, rest: str) -> str:
        return f"/en/practices/{self.practice}/{rest}/"


@pytest.fixture(scope="module")
def the_road() -> Road:
    return Road()


@pytest.fixture
def road(the_road: Road, request: pytest.FixtureRequest) -> Iterator[Road]:
    if the_road.is_broken:
        pytest.skip("An earlier step of the road failed.")
    before = request.session.testsfailed
    yield the_road
    the_road.is_broken = request.session.testsfailed > before


def button(page: Page, name: str) -> Any:
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Any:
    return page.get_by_role("main").get_by_role("link", name=name)


def said(page: Page) -> Any:
    """What the platform answers to the last step."""
    return page.get_by_role("status").first


def own_row(page: Page, road: Road) -> Any:
    """The practice in the list of its office."""
    return page.locator(f"#practice-{road.practice}")


# --- Writing and handing in -------------------------------------------------------------------------------------------


def test_01_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(visitor: pages, road: Road):
    adviser = visitor()
    page = adviser.enter(GOLDAP, "m2")
    adviser.open("/en/practices/mine/")
    adviser.accessible()
    link(page, "Write a practice").first.click()
    adviser.accessible()
    page.locator("[name=language]").select_option("pl")
    page.locator("[name=summary]").fill(SUMMARY)
    page.locator("[name=problem]").fill(f"{PROBLEM} {SCRIPT}")
    page.locator("[name=steps-0-title]").fill("Wózek z dwunastoma poradnikami stoi przy wejściu")
    page.locator("[name=films-0-address]").fill("nasz film")
    page.locator("[name=films-0-title]").fill("Jak uzupełniamy wózek")

    button(page, "Save").click()

    for sentence, field in (
        ("Give the practice a title.", "title"),
        ("Give the address of a film at YouTube or Vimeo, beginning with https://.", "films-0-address"),
    ):
        expect(page.locator("form").get_by_text(sentence).first).to_be_visible()
        expect(page.locator(f"[name={field}]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=problem]")).to_have_value(f"{PROBLEM} {SCRIPT}")
    expect(page.locator("[name=steps-0-title]")).to_have_value("Wózek z dwunastoma poradnikami stoi przy wejściu")
    expect(page.locator("[name=films-0-address]")).to_have_value("nasz film")
    adviser.accessible()

    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=films-0-address]").fill(FILM)
    button(page, "Save").click()
    expect(said(page)).to_contain_text("Only your office sees it until a reviewer publishes it.")
    road.practice = number_in(r"/practices/(\d+)/edit/", page.url)


def test_02_a_script_in_the_text_is_read_as_text(visitor: pages, road: Road):
    adviser = visitor()
    page = adviser.enter(GOLDAP, "m2")
    adviser.open(road.path("edit"))

    link(page, "See it as readers will").click()

    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(SCRIPT)
    assert page.evaluate("window.taken") is None
    adviser.accessible()
    adviser.open("/en/practices/mine/")
    expect(own_row(page, road)).to_contain_text("draft")
    expect(own_row(page, road).get_by_role("button", name="Hand in for review")).to_have_count(0)


def test_03_the_lead_hands_it_in_when_it_is_complete(visitor: pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open("/en/practices/mine/")
    own_row(page, road).get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_role("main")).to_contain_text("Before handing in, write the summary, choose a criterion")
    expect(page.locator("[name=problem]")).to_have_value(f"{PROBLEM} {SCRIPT}")

    fold = page.locator("details", has=page.locator("[name=criteria-caf-2020]"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    page.locator("[name=criteria-caf-2020][value='5.2']").check()
    button(page, "Save and hand in for review").click()

    expect(said(page)).to_contain_text("The practice is saved and with the reviewer now.")
    expect(own_row(page, road)).to_contain_text("waits for review")
    lead.accessible()
    lead.open(road.path("edit"), status=403)


# --- Review -----------------------------------------------------------------------------------------------------------


def rate(page: Page) -> None:
    """Gives the five marks."""
    for name, mark in MARKS.items():
        page.locator(f"[name={name}][value='{mark}']").check()


def test_04_the_reviewer_of_the_region_returns_it_with_remarks(visitor: pages, road: Road):
    reviewer = visitor()
    page = reviewer.enter("", "regional")
    reviewer.open("/en/tasks/")
    page.get_by_role("main").locator(f"a[href='{road.path('review')}']").first.click()
    reviewer.accessible()
    expect(page.get_by_role("main")).to_contain_text(SCRIPT)
    assert page.evaluate("window.taken") is None
    rate(page)
    button(page, "Return with remarks").click()
    expect(page.get_by_text("Write what the office should mend.").first).to_be_visible()
    expect(page.locator("[name=clarity][value='4']")).to_be_checked()
    reviewer.accessible()

    page.locator("[name=comment]").fill(REMARKS)
    button(page, "Return with remarks").click()

    expect(said(page)).to_contain_text("The practice is with the office again.")
    expect(page.get_by_role("heading", level=1, name="Practices to review")).to_be_visible()
    reviewer.accessible()


def test_05_the_office_mends_what_the_reviewer_asked_for(visitor: pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open("/en/practices/mine/")
    expect(own_row(page, road)).to_contain_text("returned")
    expect(own_row(page, road)).to_contain_text(REMARKS)
    lead.accessible()
    own_row(page, road).get_by_role("link", name="Write").click()
    page.locator("[name=problem]").fill(PROBLEM)

    button(page, "Save and hand in for review").click()

    expect(said(page)).to_contain_text("with the reviewer now")
    own_row(page, road).get_by_role("link", name="Versions").click()
    expect(page.get_by_role("main")).to_contain_text("What changed")
    lead.accessible()


def test_06_the_reviewer_publishes_it_with_the_rubric(visitor: pages, road: Road):
    reviewer = visitor()
    page = reviewer.enter("", "regional")
    reviewer.open(road.path("review"))
    expect(page.get_by_role("main")).to_contain_text("Earlier reviews")
    expect(page.get_by_role("main")).not_to_contain_text(SCRIPT)
    button(page, "Publish").click()
    expect(page.get_by_text("Choose a mark from 1 to 5.").first).to_be_visible()

    rate(page)
    button(page, "Publish").click()

    expect(said(page)).to_contain_text("The practice is published.")
    reviewer.open(road.path("review"), status=403)


# --- Finding and using ------------------------------------------------------------------------------------------------


def test_07_a_stranger_finds_it_by_other_forms_without_diacritics(visitor: pages, road: Road):
    stranger = visitor()
    page = stranger.open(LIBRARY)
    page.locator("#practice-words").fill("ksiazek poczekalniach")
    page.locator("form.search button").click()
    expect(page).to_have_url(re.compile("q=ksiazek"))
    stranger.accessible()

    link(page, TITLE).first.click()

    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(PROBLEM)
    expect(page.locator("form#ask")).to_have_count(0)
    stranger.accessible()
    road.address = page.url


def test_08_nobody_takes_over_the_own_practice(visitor: pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(road.address)
    expect(page.locator("#adopt")).to_be_visible()
    expect(page.locator("#adopt a[href*='/adopt/']")).to_have_count(0)

    lead.open(f"/en/plans/practices/{road.practice}/adopt/")
    page.locator("[name=plan]").first.check()
    button(page, "We adopt this").click()

    expect(page.get_by_text("This is a practice of your own office; you do it already.").first).to_be_visible()
    expect(page.locator("[name=plan]").first).to_be_checked()
    lead.accessible()


def test_09_another_office_takes_it_over_into_its_plan(visitor: pages, road: Road):
    lead = visitor()
    page = lead.enter(POZNAN, "lead")
    lead.open(road.address)
    lead.accessible()
    page.locator("#adopt a[href*='/adopt/']").click()
    lead.accessible()
    page.locator("[name=plan]").first.check()

    page.locator("main form button.btn-primary").click()

    page.wait_for_url("**/actions/*/edit/")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[name=problem]")).to_have_value(PROBLEM)
    road.action = number_in(r"/actions/(\d+)/edit/", page.url)
    lead.open(f"/en/plans/actions/{road.action}/")
    expect(page.locator(".facts").get_by_role("link", name=TITLE)).to_have_attribute("href", re.compile(LIBRARY))
    lead.open(road.address)
    expect(page.locator(f"#adopt a[href*='/actions/{road.action}/']")).to_be_visible()


def test_10_a_question_is_asked_and_answered_for_all(visitor: pages, road: Road):
    reader, lead, stranger = visitor(), visitor(), visitor()
    page = reader.enter(POZNAN, "m2")
    reader.open(road.address)
    page.locator("form#ask button").click()
    expect(page.locator(".invalid-feedback, .errors").first).to_be_visible()
    reader.accessible()
    page.locator("[name=text]").fill(QUESTION)
    page.locator("main form button").last.click()
    expect(page.locator("section.questions")).to_contain_text(QUESTION)

    other = lead.enter(GOLDAP, "lead")
    lead.open(road.address)
    asked = other.locator("section.questions dl > div", has_text=QUESTION)
    asked.locator("a[href$='/answer/']").click()
    lead.accessible()
    other.locator("[name=answer]").fill(ANSWER)
    other.locator("main form button").click()
    expect(other.locator("section.questions")).to_contain_text(ANSWER)

    stranger.open(road.address)
    expect(stranger.page.locator("section.questions")).to_contain_text(ANSWER)
    asker = who(POZNAN, "m2")
    expect(stranger.page.locator("section.questions")).not_to_contain_text(f"{asker.first_name} {asker.last_name}")
    stranger.accessible()
