"""From a weak score to a measured effect in the browser, on the plans of the demonstration network.

Opole Lubelskie makes a plan, Gołdap carries one out and learns what came of it, Poznań is looked at by its peers. The
steps of Opole build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.stage import Visitor, number_in

pytestmark = pytest.mark.browser

OPOLE, GOLDAP, POZNAN, LECZNA = "um-opole-lubelskie", "pup-goldap", "us-poznan", "um-leczna"
STARACHOWICE, YAROSLAVL = "pup-starachowice", "czn-yaroslavl"
TODAY = dt.datetime.now(tz=dt.UTC).date()
START, DUE = TODAY + dt.timedelta(days=30), TODAY + dt.timedelta(days=120)
TITLE = "Targets for every staff indicator"
LATER_TITLE = "Targets for some staff indicators"
IMPROVED, NOT_MEASURABLE, WORSE = "D-3", "D-5", "D-6"
REPORT = {"name": "meetings.csv", "mimeType": "text/csv", "buffer": b"month;ideas\n1;4\n2;7\n"}

pages = Callable[..., Visitor]


@dataclass
class Road:
    """What the steps hand on."""

    plan: int = 0
    action: int = 0
    is_broken: bool = False

    def path(self, rest: str = "") -> str:
        return f"/en/plans/{self.plan}/{rest}"


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
    return page.get_by_role("main").get_by_role("button", name=name)


def link(page: Page, name: str) -> Any:
    return page.get_by_role("main").get_by_role("link", name=name)


def said(page: Page) -> Any:
    """What the platform answers to the last step."""
    return page.get_by_role("status").first


def own_plan(person: Visitor) -> int:
    """The newest plan of the person's office, found through the list."""
    page = person.open("/en/plans/")
    page.get_by_role("main").locator("table a[href*='/plans/']").first.click()
    return number_in(r"/plans/(\d+)/", page.url)


def action_of(person: Visitor, code: str) -> int:
    """An action of the own plan by its code, found on the board."""
    page = person.open(f"/en/plans/{own_plan(person)}/board/")
    card = page.locator(".ticket", has=page.get_by_text(code, exact=True))
    return number_in(r"/actions/(\d+)/", str(card.locator("h3 a").get_attribute("href")))


# --- Opole Lubelskie: a finding becomes an action, the plan is sent, approved and printed -----------------------------


def test_01_the_lead_of_opole_makes_an_action_of_a_finding_in_one_click(visitor: pages, road: Road):
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


def test_02_a_due_day_before_the_start_is_refused_and_nothing_typed_is_lost(visitor: pages, road: Road):
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


def test_03_the_lead_sends_the_plan_and_can_change_nothing_while_it_is_read(visitor: pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")
    lead.open(road.path())

    button(page, "Send to the director").click()

    expect(said(page)).to_contain_text("The plan is with the director now.")
    expect(button(page, "Send to the director")).to_have_count(0)
    expect(link(page, "Add an action")).to_have_count(0)
    lead.open(f"/en/plans/actions/{road.action}/edit/", status=403)


def test_04_the_director_finds_it_among_the_tasks_and_approves_it_with_the_seal(visitor: pages, road: Road):
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


def test_05_the_approved_plan_stays_as_it_was_when_an_action_changes(visitor: pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")
    lead.open(road.path("edit/"))
    expect(page.get_by_role("main").locator("[name=title]")).to_have_count(0)
    expect(page.locator("[name=review_on]")).to_be_visible()

    lead.open(f"/en/plans/actions/{road.action}/edit/")
    page.locator("[name=title]").fill(LATER_TITLE)
    button(page, "Save").first.click()
    expect(page.get_by_role("heading", level=1, name=LATER_TITLE)).to_be_visible()

    approved, today = (printed(lead, road, content) for content in ("approved", "today"))
    assert (TITLE in approved, LATER_TITLE in approved) == (True, False)
    assert (TITLE in today, LATER_TITLE in today) == (False, True)


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


# --- Gołdap: an owner reports, finishes, and says what came of it -----------------------------------------------------


def test_06_the_owner_of_d2_reports_progress_with_a_file_and_ticks_a_task(visitor: pages):
    owner = visitor()
    page = owner.enter(GOLDAP, "m3")
    action = action_of(owner, "D-2")
    owner.open(f"/en/plans/actions/{action}/")
    link(page, "Write in the log").click()
    owner.accessible()
    page.locator("[name=progress]").fill("130")
    button(page, "Add the line").click()
    expect(page.get_by_text("Write what has happened.").first).to_be_visible()
    expect(page.locator("[name=progress]")).to_have_value("130")
    owner.accessible()

    page.locator("[name=text]").fill("Sixth meeting held, three ideas.")
    page.locator("[name=progress]").fill("90")
    page.locator("[name=attachments]").set_input_files(REPORT)
    button(page, "Add the line").click()

    expect(said(page)).to_contain_text("The line stands in the log.")
    expect(page.locator("#log")).to_contain_text("Sixth meeting held, three ideas.")
    with page.expect_download() as fetched:
        page.locator("#log").get_by_role("link", name=REPORT["name"]).click()
    assert fetched.value.path().read_bytes() == REPORT["buffer"]

    box = page.locator("[data-ticks] input[name=done]:not(:checked)").first
    ident = box.get_attribute("id")
    box.check()
    expect(page.locator("[data-ticks] [data-saved]")).to_have_text("Saved")
    owner.open(f"/en/plans/actions/{action}/")
    expect(page.locator(f"#{ident}")).to_be_checked()


def test_07_the_owner_finishes_the_action_and_is_led_to_the_effect(visitor: pages):
    owner = visitor()
    page = owner.enter(GOLDAP, "m3")
    action = action_of(owner, "D-2")
    owner.open(f"/en/plans/actions/{action}/")

    button(page, "Finish").click()

    page.wait_for_url(f"**/en/plans/actions/{action}/effect/")
    expect(said(page)).to_contain_text("Now say whether it worked.")
    expect(page.get_by_role("heading", level=1, name="Did it work?")).to_be_visible()
    owner.accessible()
    add_value(page, TODAY - dt.timedelta(days=280), "43")
    add_value(page, TODAY, "88")
    expect(page.locator(".matter")).to_contain_text("There is no value from after the end of the action yet.")
    page.locator("#state-ok").check()
    page.locator("#state [name=comment]").fill("Most people have their answer within a month.")
    button(page, "State the effect").click()
    expect(said(page)).to_contain_text("The effect is stated.")
    expect(page.get_by_role("main")).to_contain_text("Most people have their answer within a month.")
    link(page, "Draft a good practice").click()
    owner.accessible()


def add_value(page: Page, on: dt.date, value: str) -> None:
    """Types one measured value of the only indicator."""
    link(page, "Add a value").click()
    page.locator("[name=on]").fill(str(on))
    page.locator("[name=value]").fill(value)
    page.get_by_role("main").locator("form button.btn-primary").click()
    expect(said(page)).to_contain_text("The value was added.")


VERDICTS = {
    IMPROVED: ("Improved", "That is more than chance, and the right way."),
    WORSE: ("Worse", "That reaches the smallest change that matters, the wrong way."),
    NOT_MEASURABLE: ("Not measurable", "There is no value from before the start of the action."),
}


@pytest.mark.parametrize("code", VERDICTS)
def test_08_the_effect_of_an_action_is_told_as_it_is(code: str, visitor: pages):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(f"/en/plans/actions/{action_of(lead, code)}/effect/")

    verdict, reason = VERDICTS[code]
    matter = page.locator(".matter")
    expect(matter.locator(".verdict").first).to_have_text(re.compile(rf"^\W*{verdict}\W*$"))
    expect(matter).to_contain_text(reason)
    others = [words for other, (_name, words) in VERDICTS.items() if other != code]
    assert [words for words in others if words in matter.inner_text()] == []


def test_09_what_people_said_is_written_changed_and_taken_off(visitor: pages):
    owner = visitor()
    page = owner.enter(GOLDAP, "m3")
    action = action_of(owner, "D-2")
    owner.open(f"/en/plans/actions/{action}/")
    link(page, "Add what was told").click()
    button(page, "Save").click()
    expect(page.get_by_text("Write what people said.").first).to_be_visible()
    owner.accessible()
    page.locator("[name=said]").fill("Nobody answers our ideas.")
    page.locator("[name=outcome][value=done]").check()
    page.locator("[name=done]").fill("Each idea has a date and a name.")
    button(page, "Save").click()
    expect(page.locator("#said")).to_contain_text("Nobody answers our ideas.")

    page.locator("#said").get_by_role("link", name="Change").click()
    owner.accessible()
    button(page, "Take this line off").click()
    expect(said(page)).to_contain_text("The line was taken off.")
    expect(page.locator("#said")).not_to_contain_text("Nobody answers our ideas.")


def test_10_two_people_write_lessons_and_none_loses_a_word(visitor: pages):
    first, second = visitor(), visitor()
    page = first.enter(GOLDAP, "m3")
    address = f"/en/plans/actions/{action_of(first, 'D-2')}/lessons/"
    first.open(address)
    other = second.enter(GOLDAP, "lead")
    second.open(address)
    page.locator("[name=text]").fill("Answer the first idea on the same day.")
    button(page, "Save").click()
    expect(page.locator("#lessons")).to_contain_text("Answer the first idea on the same day.")

    other.locator("[name=text]").fill("Tell people how many ideas there were.")
    button(other, "Save").first.click()

    expect(other.get_by_role("main")).to_contain_text("Answer the first idea on the same day.")
    expect(other.locator("[name=text]")).to_have_value("Tell people how many ideas there were.")
    second.accessible()


# --- The board: by keyboard, in two windows, and without scripts ------------------------------------------------------


def card_of(page: Page, code: str) -> Any:
    return page.locator(".ticket", has=page.get_by_text(code, exact=True))


def test_11_a_card_goes_by_the_keyboard_and_a_second_window_hears_who_was_quicker(visitor: pages):
    lead, owner = visitor(), visitor()
    page, other = lead.enter(GOLDAP, "lead"), owner.enter(GOLDAP, "m2")
    board = f"/en/plans/{own_plan(lead)}/board/"
    lead.open(board)
    owner.open(board)
    lead.accessible()

    choice = card_of(page, "D-9").locator("select[name=status]")
    choice.focus()
    choice.select_option("postponed")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("The trainer is ill.")
    page.keyboard.press("Enter")
    expect(page.locator("[data-board-said]")).to_contain_text("D-9 is now “Postponed”.")
    expect(page.locator("[data-status=postponed]")).to_contain_text("D-9")

    card_of(other, "D-9").locator("select[name=status]").select_option("done")
    card_of(other, "D-9").locator("form button").click()

    expect(card_of(other, "D-9").locator(".said")).to_contain_text("moved it to “Postponed”")
    expect(other.locator("[data-status=postponed]")).to_contain_text("D-9")
    owner.accessible()


def test_12_without_scripts_a_card_goes_too_and_the_slower_one_reads_why_it_did_not(visitor: pages):
    lead, owner = visitor(javascript=False), visitor(javascript=False)
    page, other = lead.enter(GOLDAP, "lead"), owner.enter(GOLDAP, "m8")
    board = f"/en/plans/{own_plan(lead)}/board/"
    lead.open(board)
    owner.open(board)
    card_of(page, "D-7").locator("select[name=status]").select_option("postponed")
    card_of(page, "D-7").locator("[name=reason]").fill("The register moves to another system.")
    card_of(page, "D-7").locator("form button").click()
    expect(said(page)).to_contain_text("D-7 is now “Postponed”.")
    expect(page.locator("[data-status=postponed]")).to_contain_text("D-7")

    card_of(other, "D-7").locator("select[name=status]").select_option("done")
    card_of(other, "D-7").locator("form button").click()

    expect(other.get_by_role("heading", level=1, name="Somebody was quicker")).to_be_visible()
    expect(other.get_by_role("alert")).to_contain_text("moved it to “Postponed”")
    other.locator("[name=status][value=in_progress]").check()
    button(other, "Save the status").click()
    expect(said(other)).to_contain_text("D-7 is now “In progress”.")


# --- The calendar, and the peers' feedback ----------------------------------------------------------------------------


def test_13_the_private_calendar_opens_without_signing_in_until_it_is_renewed(visitor: pages):
    owner, program = visitor(), visitor()
    page = owner.enter(GOLDAP, "m6")
    owner.open("/en/plans/calendar/")
    address = page.locator("#calendar-address").input_value()
    owner.accessible()

    feed = program.page.context.request.get(address)
    assert (feed.status, feed.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert feed.text().startswith("BEGIN:VCALENDAR")
    assert "D-8" in feed.text()

    page.get_by_role("main").locator("form[action$='/renew/'] button").click()
    assert page.locator("#calendar-address").input_value() != address
    assert program.page.context.request.get(address).status == 404


def feedback_of_poznan(person: Visitor) -> Page:
    page = person.open("/en/plans/feedback/")
    link(page, "US Poznań").click()
    return page


def test_14_a_peer_who_is_asked_declares_before_anything_is_shown(visitor: pages):
    organiser, peer = visitor(), visitor()
    page = organiser.enter("", "national")
    feedback_of_poznan(organiser)
    address = page.url
    organiser.open(f"{address}team/?q=Starachowice")
    page.locator("main form button", has_text="Koordynatorka jakości Starachowice").click()
    expect(said(page)).to_contain_text("a letter asks for the declaration")
    organiser.accessible()

    other = peer.enter(STARACHOWICE, "lead")
    feedback_of_poznan(peer)
    expect(other).to_have_url(re.compile("/declare/$"))
    expect(other.get_by_text("Approved figures")).to_have_count(0)
    peer.accessible()
    other.locator("[name=declaration][value=conflict]").check()
    button(other, "Declare").click()
    expect(other.get_by_text("Say in a few words what the conflict is.").first).to_be_visible()
    other.locator("[name=conflict]").fill("My brother works there.")
    button(other, "Declare").click()
    expect(said(other)).to_be_visible()
    peer.open(address, status=404)

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("My brother works there.")


def test_15_an_actor_hands_in_levels_and_the_leader_writes_down_what_the_team_agreed(visitor: pages):
    leader, actor = visitor(), visitor()
    page = leader.enter(GOLDAP, "lead")
    feedback_of_poznan(leader)
    page.locator(".pillars a").first.click()
    expect(page.get_by_role("main")).to_contain_text("The team cannot agree yet")
    expect(page.locator("fieldset.levels")).to_have_count(0)
    leader.accessible()

    other = actor.enter(LECZNA, "lead")
    feedback_of_poznan(actor)
    other.locator(".pillars a").first.click()
    other.locator("fieldset.levels").first.locator("input[value='2']").check()
    button(other, "Save").last.click()
    expect(said(other)).to_contain_text("Nobody sees your levels yet.")
    actor.accessible()
    link(other, "Overview").click()
    other.locator(".seal input[type=checkbox]").check()
    button(other, "Hand in my levels").click()
    expect(said(other)).to_contain_text("Your levels are in.")

    page.reload()
    page.locator("fieldset.levels").first.locator("input[value='2']").check()
    button(page, "Save").last.click()
    expect(said(page)).to_contain_text("The agreed levels are saved.")
    leader.accessible()


def test_16_the_office_sees_no_level_before_the_decision(visitor: pages):
    lead = visitor()
    page = lead.enter(POZNAN, "lead")
    feedback_of_poznan(lead)

    expect(page.get_by_text("What the team tells the office")).to_have_count(0)
    lead.accessible()
    lead.open(f"{page.url}agree/1/", status=403)


def test_17_an_office_applies_for_feedback_and_is_told_what_is_missing(visitor: pages):
    lead = visitor()
    page = lead.enter(YAROSLAVL, "lead")
    lead.open("/en/plans/feedback/")
    link(page, "Apply for external feedback").first.click()
    page.locator("[name=assessment]").first.check()
    button(page, "Open the application").click()
    expect(said(page)).to_contain_text("The application is open.")
    lead.accessible()
    link(page, "Change").click()
    lead.accessible()
    page.locator("[name=motivation]").fill("We would like a view from outside.")
    button(page, "Save").click()
    expect(page.get_by_role("main")).to_contain_text("We would like a view from outside.")

    page.locator(".pillars a").first.click()
    page.locator("fieldset.levels").first.locator("input[value='3']").check()
    lead.accessible()
    button(page, "Save").last.click()
    expect(page.locator("fieldset.levels").first.locator("input[value='3']")).to_be_checked()
