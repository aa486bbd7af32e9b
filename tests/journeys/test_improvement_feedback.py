"""Poznań is looked at by its peers in the browser, and an office applies for the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.road import Pages, button, link, said
from tests.journeys.stage import Visitor

pytestmark = pytest.mark.browser

GOLDAP, POZNAN, LECZNA = "pup-goldap", "us-poznan", "um-leczna"
STARACHOWICE, YAROSLAVL = "pup-starachowice", "czn-yaroslavl"


def feedback_of_poznan(person: Visitor) -> Page:
    page = person.open("/en/plans/feedback/")
    link(page, "US Poznań").click()
    return page


def test_14_a_peer_who_is_asked_declares_before_anything_is_shown(visitor: Pages):
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


def test_15_an_actor_hands_in_levels_and_the_leader_writes_down_what_the_team_agreed(visitor: Pages):
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


def test_16_the_office_sees_no_level_before_the_decision(visitor: Pages):
    lead = visitor()
    page = lead.enter(POZNAN, "lead")
    feedback_of_poznan(lead)

    expect(page.get_by_text("What the team tells the office")).to_have_count(0)
    lead.accessible()
    lead.open(f"{page.url}agree/1/", status=403)


def test_17_an_office_applies_for_feedback_and_is_told_what_is_missing(visitor: Pages):
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
