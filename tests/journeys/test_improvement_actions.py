"""Gołdap carries a plan out in the browser and learns what came of it, on the demonstration network."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.road import Pages, button, link, said, today
from tests.journeys.stage import Visitor, number_in

pytestmark = pytest.mark.browser

GOLDAP = "pup-goldap"
IMPROVED, NOT_MEASURABLE, WORSE = "D-3", "D-5", "D-6"
REPORT = {"name": "meetings.csv", "mimeType": "text/csv", "buffer": b"month;ideas\n1;4\n2;7\n"}


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


# --- Gołdap: an owner reports, finishes, and says what came of it -----------------------------------------------------


def test_06_the_owner_of_d2_reports_progress_with_a_file_and_ticks_a_task(visitor: Pages):
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


def test_07_the_owner_finishes_the_action_and_is_led_to_the_effect(visitor: Pages):
    owner = visitor()
    page = owner.enter(GOLDAP, "m3")
    action = action_of(owner, "D-2")
    owner.open(f"/en/plans/actions/{action}/")

    button(page, "Finish").click()

    page.wait_for_url(f"**/en/plans/actions/{action}/effect/")
    expect(said(page)).to_contain_text("Now say whether it worked.")
    expect(page.get_by_role("heading", level=1, name="Did it work?")).to_be_visible()
    owner.accessible()
    add_value(page, today() - dt.timedelta(days=280), "43")
    add_value(page, today(), "88")
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
def test_08_the_effect_of_an_action_is_told_as_it_is(code: str, visitor: Pages):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(f"/en/plans/actions/{action_of(lead, code)}/effect/")

    verdict, reason = VERDICTS[code]
    matter = page.locator(".matter")
    expect(matter.locator(".verdict").first).to_have_text(re.compile(rf"^\W*{verdict}\W*$"))
    expect(matter).to_contain_text(reason)
    others = [words for other, (_name, words) in VERDICTS.items() if other != code]
    assert [words for words in others if words in matter.inner_text()] == []


def test_09_what_people_said_is_written_changed_and_taken_off(visitor: Pages):
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


def test_10_two_people_write_lessons_and_none_loses_a_word(visitor: Pages):
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


def test_11_a_card_goes_by_the_keyboard_and_a_second_window_hears_who_was_quicker(visitor: Pages):
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


def test_12_without_scripts_a_card_goes_too_and_the_slower_one_reads_why_it_did_not(visitor: Pages):
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


def test_13_the_private_calendar_opens_without_signing_in_until_it_is_renewed(visitor: Pages):
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


# --- A long board on a phone ------------------------------------------------------------------------------------------


MANY_CARDS = """() => {
    for (const list of document.querySelectorAll(".cards")) {
        const cards = [...list.children];
        for (let time = 0; time < 12; time++) list.append(...cards.map((card) => card.cloneNode(true)));
    }
}"""


def test_14_on_a_phone_that_is_turned_a_long_board_does_not_scroll_sideways(visitor: Pages):
    lead = visitor(width=740)
    page = lead.enter(GOLDAP, "lead")
    lead.open(f"/en/plans/{own_plan(lead)}/board/")
    page.evaluate(MANY_CARDS)
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)  # cards are drawn, and keep their size in mind, as they come into view
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(200)

    page.set_viewport_size({"width": 320, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
