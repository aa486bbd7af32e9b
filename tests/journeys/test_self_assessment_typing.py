"""What an assessor is told while typing: Gołdap's sheet in the browser, beside the road of a whole self-assessment."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.road import Pages, button, link

pytestmark = pytest.mark.browser


def test_the_accountant_of_goldap_is_told_what_is_wrong_while_she_types_and_loses_nothing(visitor: Pages):
    accountant = visitor()
    page = accountant.enter("pup-goldap", "m6")
    link(page, "Continue with 1.1").click()
    typed = {"plan": "101", "do": "3,5", "check": "many", "act": "40"}
    page.get_by_label("Strength 1").fill("The mission stands on every letterhead")
    for code, mark in typed.items():
        page.locator(f"[name=mark-{code}]").fill(mark)

    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    expect(page.locator("#id_mark-plan_error")).to_have_text("A score lies between 0 and 100: 101 does not.")
    expect(page.locator("#id_mark-do_error")).to_have_text("A score is a whole number: “3,5” is not one.")
    expect(page.locator("#id_mark-check_error")).to_have_text("A score is a whole number: “many” is not one.")
    accountant.accessible()
    page.reload()
    expect(page.get_by_label("Strength 1")).to_have_value("The mission stands on every letterhead")
    for code, mark in typed.items():
        expect(page.locator(f"[name=mark-{code}]")).to_have_value(mark)
    button(page, "Save").last.click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
