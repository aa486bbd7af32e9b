"""A season of experience sharing in the browser, on the demonstration network.

Poznań shares its scores by name and invites others; the coordinator opens an edition that the worker builds; Gołdap
reads what fits it, takes a practice over and comes for a visit; Poznań withdraws and is gone at once; at the end
participants look back. The steps build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.road import Pages, Steps, button, heading, link, said, today
from tests.journeys.stage import Visitor, eventually, number_in

pytestmark = pytest.mark.browser

GOLDAP, POZNAN, OPOLE = "pup-goldap", "us-poznan", "um-opole-lubelskie"
HOST = "US Poznań"
NODE = "8.1"  # where Poznań is the strongest of the network, and Gołdap the weakest
EDITION, THEME = "Winter of the journey", "How residents see the office"
OFFER = "An hour of figures with the secretaries of communes"
WORDS = "Read the practice of Poznań first; it costs the least."
LEARNED, INTENDS = "They bring one sheet and leave with three questions.", "We begin with two communes in January."
MEETING = "Looking back at the winter"
HELPED = "One visit told us more than ten reports."


@dataclass
class Road(Steps):
    """What the steps hand on."""

    edition: int = 0
    offer: int = 0
    visit: int = 0
    meeting: int = 0
    front: str = ""
    theme: str = ""
    own: str = ""
    meeting_page: str = ""

    @property
    def workshop(self) -> str:
        """The coordinator's page of the edition."""
        return f"/en/exchange/editions/{self.edition}/"


def of_newest(page: Page) -> Any:
    """The newest approved self-assessment on the page of consent."""
    return page.locator(".shared").first


def choose(page: Page, consent: str) -> None:
    """Picks another choice for it and goes on to the page that tells what changes."""
    of_newest(page).locator(f"[name=consent][value={consent}]").check()
    of_newest(page).get_by_role("button", name="Go on").click()


def confirm(page: Page) -> None:
    page.locator("[name=confirmed]").check()
    page.get_by_role("main").locator(".seal button").click()


def built(person: Visitor, road: Road) -> bool:
    """Whether every part of the edition stands, as its page tells."""
    page = person.open(road.workshop)
    figures = [number_in(r"(\d+)", text) for text in page.locator(".stat .big").all_inner_texts()]
    return len(figures) >= 3 and figures[0] > 0 and figures[1:3] == [0, 0]


# --- Poznań shares by name and invites --------------------------------------------------------------------------------


def test_01_an_office_reads_what_sharing_means_and_shares_by_name(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(POZNAN, "lead")
    lead.open("/en/exchange/consent/")
    expect(page.locator(".choices-meant")).to_contain_text(f"{HOST}, ")
    expect(page.locator(".choices-meant svg")).to_have_count(1)
    lead.accessible()
    if of_newest(page).locator("[name=consent][value=named]").is_checked():
        choose(page, "anonymous")
        confirm(page)

    choose(page, "named")
    expect(heading(page, "Share it by name?")).to_be_visible()
    lead.accessible()
    button(page, "Share by name").click()
    expect(page.get_by_text("Tick the box when you have read what changes.").first).to_be_visible()
    lead.accessible()
    confirm(page)

    expect(said(page)).to_contain_text("From now on your scores may stand with your name")
    expect(of_newest(page).locator(".state")).to_have_text("By name")


def test_02_it_invites_others_and_nothing_typed_is_lost(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(POZNAN, "lead")
    lead.open("/en/exchange/visits/offers/")
    lead.accessible()
    link(page, "Invite others to us").first.click()
    page.locator("[name=title]").fill(OFFER)
    page.locator("[name=people]").fill("4")
    page.locator("[name=allowed]").fill("1")
    page.locator("main form .btn-primary").click()
    expect(page.get_by_text("Choose at least one subcriterion.").first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(OFFER)
    lead.accessible()

    page.locator(f"[name=nodes][value='{NODE}']").check()
    page.locator("main form .btn-primary").click()

    expect(said(page)).to_contain_text("Other offices see your offer now.")
    road.offer = number_in(r"/offers/(\d+)/", page.url)
    lead.accessible()


# --- The coordinator opens an edition ---------------------------------------------------------------------------------


def test_03_the_coordinator_prepares_an_edition(visitor: Pages, road: Road):
    coordinator = visitor()
    page = coordinator.enter("", "national")
    coordinator.open("/en/exchange/")
    coordinator.accessible()
    link(page, "Prepare an edition").first.click()
    page.locator("[name=title_en]").fill(EDITION)
    page.locator("[name=starts_on]").fill(str(today()))
    page.locator("[name=ends_on]").fill(str(today() - dt.timedelta(days=1)))
    page.locator("[name=languages][value=en]").check()
    page.locator("[name=languages][value=pl]").check()
    page.locator("[name=framework]").select_option(label="CAF 2020")
    button(page, "Save and add themes").click()
    expect(page.get_by_text("The end lies before the beginning.").first).to_be_visible()
    expect(page.locator("[name=title_en]")).to_have_value(EDITION)
    coordinator.accessible()

    page.locator("[name=ends_on]").fill(str(today() + dt.timedelta(days=90)))
    button(page, "Save and add themes").click()
    expect(said(page)).to_contain_text("The edition is prepared.")
    road.edition = number_in(r"/editions/(\d+)/", page.url)
    button(page, "Open the edition").click()
    expect(page.get_by_text("Add at least one theme first.").first).to_be_visible()

    link(page, "Add a theme").click()
    page.locator("[name=title_en]").fill(THEME)
    page.locator(f"[name=nodes][value='{NODE}']").check()
    coordinator.accessible()
    button(page, "Add the theme").click()
    expect(page.locator("#themes")).to_contain_text(THEME)


def test_04_opened_it_is_built_by_the_worker_for_every_office(visitor: Pages, road: Road):
    coordinator, employee = visitor(), visitor()
    page = coordinator.enter("", "national")
    coordinator.open(road.workshop)

    button(page, "Open the edition").click()

    expect(said(page)).to_contain_text("The edition is open. Its pages are being built.")
    eventually(lambda: built(coordinator, road), within=240, pause=2)
    expect(page.locator("#failures")).to_have_count(0)
    coordinator.accessible()
    page.locator("#themes a[hreflang=en]").first.click()
    expect(heading(page, THEME)).to_be_visible()
    road.theme = page.url
    road.front = page.url.rstrip("/").rpartition("/")[0] + "/"

    employee.enter(OPOLE, "m2")
    employee.open(road.workshop, status=403)
    employee.open(road.front)
    expect(heading(employee.page, EDITION)).to_be_visible()
    employee.accessible()


def test_05_a_stranger_reads_the_front_and_is_asked_to_sign_in_for_the_rest(visitor: Pages, road: Road):
    stranger = visitor()
    page = stranger.open("/en/experience-sharing/")
    expect(page.get_by_role("main")).to_contain_text(EDITION)
    stranger.accessible()

    stranger.open(road.theme)

    expect(page).to_have_url(re.compile("/accounts/login/"))


# --- Gołdap reads, takes over, asks to come ---------------------------------------------------------------------------


def test_06_the_theme_names_the_strong_office_and_shows_scores_without_names(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(road.theme)

    expect(page.locator("section[aria-labelledby=strong]")).to_contain_text(HOST)
    expect(page.locator(".spread svg")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text(OFFER)
    lead.accessible()


def test_07_for_you_shows_weak_points_with_what_fits_and_why(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open("/en/exchange/for-you/")
    expect(heading(page, "For your office")).to_be_visible()
    road.own = page.url
    need = page.locator("section.need", has=page.get_by_role("heading", name=NODE))
    expect(page.locator("section.need")).to_have_count(3)
    expect(need.locator(".because").first).to_contain_text("Why we propose it")
    expect(need.get_by_role("img", name=f"Scores in {NODE}")).to_contain_text("You 2")
    lead.accessible()

    need.locator("form[action*='/set-aside/'] button").first.click()
    expect(said(page)).to_contain_text("Set aside.")
    need.locator("details.more", has_text="set aside").locator("summary").click()
    need.locator("form[action*='/take-back/'] button").first.click()
    expect(said(page)).to_contain_text("It is proposed to you again.")


def test_08_it_takes_a_practice_over_into_its_plan(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(road.own)
    proposal = page.locator("section.need", has=page.get_by_role("heading", name=NODE)).locator(".fits > li").first
    title = proposal.locator("h3 a").inner_text().replace("\u00a0", " ")
    proposal.locator("a[href*='/adopt/']").click()
    lead.accessible()
    page.locator("[name=plan]").first.check()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/actions/*/edit/")
    expect(page.locator("[name=title]")).to_have_value(title)

    lead.open(road.own)

    expect(page.locator(".fits > li", has_text=title).first).to_contain_text("Stands in your plan")


def test_09_it_asks_for_a_visit_and_the_last_place_is_gone(visitor: Pages, road: Road):
    lead, other = visitor(), visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(road.theme)
    page.locator(offered(road)).click()
    lead.accessible()
    page.locator("[name=wish]").fill("How you speak with the communes.")
    page.locator("[name=people]").fill("9")
    button(page, "Send the request").click()
    expect(page.get_by_text("Places for guests at a time: 4. Write a smaller number.").first).to_be_visible()
    expect(page.locator("[name=wish]")).to_have_value("How you speak with the communes.")
    lead.accessible()

    page.locator("[name=people]").fill("3")
    button(page, "Send the request").click()
    expect(said(page)).to_contain_text("The host has your request.")
    road.visit = number_in(r"/visits/(\d+)/", page.url)
    lead.accessible()

    other.enter(OPOLE, "lead")
    other.open(f"/en/exchange/visits/offers/{road.offer}/ask/")
    expect(other.page.get_by_text("One cannot ask any more").first).to_be_visible()
    other.open(road.theme)
    expect(other.page.locator(offered(road))).to_have_count(0)


def offered(road: Road) -> str:
    """Where one asks to come to what Poznań offers."""
    return f"main a[href*='/offers/{road.offer}/ask/']"


def test_10_the_host_confirms_the_guest_reports_and_both_rate(visitor: Pages, road: Road):
    host, guest = visitor(), visitor()
    page = host.enter(POZNAN, "lead")
    host.open("/en/tasks/")
    page.get_by_role("main").locator(f"a[href*='/exchange/visits/{road.visit}/']").first.click()
    link(page, "Confirm a day").click()
    host.accessible()
    page.locator("[name=held_on]").fill(str(today()))
    button(page, "Confirm").click()
    expect(page.get_by_text("Write where the guests are awaited").first).to_be_visible()
    page.locator("[name=place]").fill("Room 12")
    button(page, "Confirm").click()
    expect(page.get_by_role("main")).to_contain_text("Room 12")

    page = guest.enter(GOLDAP, "lead")
    guest.open("/en/tasks/")
    page.get_by_role("main").locator(f"a[href*='/exchange/visits/{road.visit}/report/']").first.click()
    guest.accessible()
    page.locator("[name=learned]").fill(LEARNED)
    page.locator("[name=intends]").fill(INTENDS)
    button(page, "Send the report").click()
    rate(guest, road, "4")
    rate(host, road, "5")

    host.open(f"/en/exchange/visits/{road.visit}/")
    expect(host.page.get_by_role("main")).to_contain_text(LEARNED)
    expect(host.page.locator(".visit-said li")).to_have_count(2)
    host.accessible()


def rate(person: Visitor, road: Road, mark: str) -> None:
    page = person.open(f"/en/exchange/visits/{road.visit}/rate/")
    person.accessible()
    page.locator(f"[name=rating][value='{mark}']").check()
    button(page, "Save").click()
    expect(page).to_have_url(re.compile(rf"/visits/{road.visit}/$"))


# --- Editors' words stay, and what is withdrawn goes at once ----------------------------------------------------------


def test_11_words_of_the_editors_stay_when_the_page_is_built_anew(visitor: Pages, road: Road):
    coordinator = visitor()
    page = coordinator.enter("", "national")
    coordinator.open(road.theme)
    link(page, "Editors' words").click()
    coordinator.accessible()
    page.locator("[name=new-text]").fill(WORDS)
    button(page, "Put them on the page").click()
    expect(said(page)).to_be_visible()
    coordinator.open(road.theme)
    expect(page.get_by_role("main")).to_contain_text(WORDS)

    coordinator.open(road.workshop)
    button(page, "Build now").click()
    expect(said(page)).to_contain_text("The build is ordered.")
    eventually(lambda: not coordinator.open(road.workshop).locator(".edition-jobs").count(), within=240, pause=2)
    assert eventually(lambda: built(coordinator, road), within=240, pause=2)

    coordinator.open(road.theme)
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    expect(page.locator("section[aria-labelledby=strong]")).to_contain_text(HOST)


def test_12_the_office_that_withdraws_is_gone_at_once(visitor: Pages, road: Road):
    reader, lead = visitor(), visitor()
    reader.enter(GOLDAP, "lead")
    page = lead.enter(POZNAN, "lead")
    lead.open("/en/exchange/consent/")
    expect(of_newest(page)).to_contain_text(f"by name on the page “{THEME}”")
    choose(page, "nothing")
    expect(page.get_by_role("main")).to_contain_text(f"Your name and your score leave the page “{THEME}”.")
    expect(page.get_by_role("main")).to_contain_text(NODE)
    lead.accessible()

    confirm(page)

    expect(said(page)).to_contain_text("Other offices see nothing of this self-assessment any more.")
    reader.open(road.theme)
    expect(reader.page.locator("section[aria-labelledby=strong]")).to_have_count(0)
    expect(reader.page.locator(".spread svg")).to_have_count(0)
    expect(reader.page.get_by_role("main")).to_contain_text(WORDS)
    reader.accessible()
    reader.open(road.own)
    need = reader.page.locator("section.need", has=reader.page.get_by_role("heading", name=NODE))
    expect(need.locator(".spread svg")).to_have_count(0)

    # The network is left as it was.
    choose(page, "anonymous")
    confirm(page)
    expect(of_newest(page).locator(".state")).to_have_text("Without our name")


# --- Looking back -----------------------------------------------------------------------------------------------------


def test_13_participants_tell_what_helped_and_the_page_is_open_to_everybody(visitor: Pages, road: Road):
    coordinator, teller, stranger = visitor(), visitor(), visitor()
    page = coordinator.enter("", "national")
    coordinator.open("/en/exchange/meetings/")
    coordinator.accessible()
    link(page, "Prepare a meeting").first.click()
    page.locator("[name=edition]").select_option(label=EDITION)
    page.locator("[name=title]").fill(MEETING)
    page.locator("[name=held_on]").fill(str(today()))
    page.locator("[name=language]").select_option("en")
    button(page, "Prepare").click()
    expect(said(page)).to_contain_text("The meeting is prepared.")
    road.meeting = number_in(r"/meetings/(\d+)/", page.url)

    tell(teller, road)

    coordinator.open(f"/en/exchange/meetings/{road.meeting}/")
    button(page, "Close the gathering").click()
    expect(said(page)).to_contain_text("The gathering is closed.")
    expect(page.get_by_role("main")).to_contain_text(HELPED)
    coordinator.accessible()
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").click()
    expect(said(page)).to_contain_text("The page is published.")
    link(page, "Read the published page").click()
    road.meeting_page = page.url

    page = stranger.open(road.meeting_page)
    expect(heading(page, MEETING)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(HELPED)
    expect(page.get_by_role("main")).to_contain_text("PUP Gołdap")
    stranger.accessible()


def tell(person: Visitor, road: Road) -> None:
    """One participant tells what helped; an empty form is refused."""
    page = person.enter(GOLDAP, "lead")
    person.open(f"/en/exchange/meetings/{road.meeting}/")
    link(page, "Tell your experience").click()
    person.accessible()
    button(page, "Save").click()
    expect(page.get_by_text("Write what helped, what hindered, or what you would do otherwise.").first).to_be_visible()
    page.locator("[name=helped]").fill(HELPED)
    page.locator("[name=shown_as][value=name]").check()
    button(page, "Save").click()
    expect(said(page)).to_contain_text("Thank you.")


def test_14_the_edition_is_closed_and_its_pages_stay(visitor: Pages, road: Road):
    coordinator = visitor()
    page = coordinator.enter("", "national")
    coordinator.open(road.workshop)
    button(page, "Close the edition").click()
    expect(said(page)).to_contain_text("The edition is closed.")
    coordinator.accessible()

    coordinator.open(road.theme)
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    coordinator.accessible()
