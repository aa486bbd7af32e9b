"""A section of an application that saves itself while one writes, in the browser, also when something comes between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.road import Pages, accessible
from tests.journeys.stage import Demonstration, Visitor, eventually, who

pytestmark = pytest.mark.browser

GOLDAP = "pup-goldap"
FIRST, SECOND = "We ask in spring.", "And in autumn."
MAKE = """
from datetime import timedelta
from django.utils import timezone
from qms.accounts.models import User
from qms.awards.models import Application, Category, Paragraph, Programme, Question, Round, Section
from qms.offices.models import Office
lead, now, said = User.objects.get(email="{email}"), timezone.now(), {{"en": "Writing"}}
programme = Programme.objects.create(titles=said, slug="writing", organiser="The ministry")
days = {{"opens_at": now, "closes_at": now + timedelta(days=1), "embargo_until": now + timedelta(days=2)}}
facts = {{"year": 2031, "slug": "writing", "prefix": "W-2031", "state": "published", "made_by": lead}}
found = Round.objects.create(programme=programme, titles=said, **days, **facts)
category = Category.objects.create(round=found, titles=said, slug="writing")
section = Section.objects.create(category=category, titles=said, code="6")
question = Question.objects.create(section=section, kind="text", titles=said, code="a")
Question.objects.create(section=section, kind="results", titles=said, code="b", position=2)
office = Office.objects.get(slug="{office}")
application = Application.objects.create(office=office, category=category, started_by=lead)
for position, text in enumerate(("{first}", "{second}"), 1):
    Paragraph.objects.create(application=application, question=question, text=text, position=position, by=lead)
print(application.pk, section.pk)
"""
TEXTS = """
from qms.awards.models import Paragraph
print("|".join(Paragraph.objects.filter(application={pk}).order_by("position").values_list("text", flat=True)))
"""
CLOSE = """
from django.utils import timezone
from qms.awards.models import Round
Round.objects.filter(categories__applications={pk}).update(closes_at=timezone.now())
"""
CLEAR = """
from qms.awards.models import Application, Programme, Round
Application.objects.filter(pk={pk}).delete()
Round.objects.filter(programme__slug="writing").delete()
Programme.objects.filter(slug="writing").delete()
"""


@dataclass
class Section:
    """A section of an application that only this test writes."""

    demonstration: Demonstration
    application: int
    pk: int

    @property
    def address(self) -> str:
        return f"/en/awards/applications/{self.application}/sections/{self.pk}/"

    def texts(self) -> list[str]:
        """What is stored."""
        return self.demonstration.python(TEXTS.format(pk=self.application)).split("|")


@pytest.fixture
def section(demonstration: Demonstration) -> Iterator[Section]:
    lead = who(GOLDAP, "lead")
    made = demonstration.python(MAKE.format(email=lead.email, office=GOLDAP, first=FIRST, second=SECOND))
    yield (found := Section(demonstration, *map(int, made.split())))
    demonstration.python(CLEAR.format(pk=found.application))


def opened(person: Visitor, section: Section, key: str = "lead") -> Page:
    person.enter(GOLDAP, key)
    return person.open(section.address)


def paragraph(page: Page, number: int = 0):
    return page.locator("textarea[name$='-text']").nth(number)


def status(page: Page):
    return page.locator(".dock .saved")


def test_text_is_saved_by_itself_and_heard_once(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    paragraph(page).fill("Changed.")
    expect(status(page)).to_have_text("Not saved yet")
    expect(status(page)).to_contain_text("Saved at")
    expect(page.locator(".writing > .hide[role=status]")).to_contain_text("Saved at")
    heard = page.locator(".writing > .hide[role=status]").inner_text()
    paragraph(page, 1).fill("Changed too.")
    expect(status(page)).to_have_text("Not saved yet")
    expect(status(page)).to_contain_text("Saved at")

    assert section.texts() == ["Changed.", "Changed too."]
    assert page.locator(".writing > .hide[role=status]").inner_text() == heard
    page.reload()  # nothing asks: all is saved
    expect(paragraph(page)).to_have_value("Changed.")


def test_page_that_is_left_asks_and_is_saved_behind(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    paragraph(page).press_sequentially("Left. ")
    page.reload()
    eventually(lambda: section.texts() == [f"Left. {FIRST}", SECOND])

    assert asked == ["beforeunload"]


def test_two_who_write_one_paragraph_lose_neither_text(visitor: Pages, section: Section):
    lead, colleague = visitor(), visitor()
    mine, hers = opened(lead, section), opened(colleague, section, "director")
    paragraph(hers).fill("By the director.")
    expect(status(hers)).to_contain_text("Saved at")
    paragraph(mine).fill("By the lead.")
    paragraph(mine, 1).fill("Also by the lead.")
    expect(status(mine)).to_contain_text("“Save” shows both texts. Everything else is saved.")
    expect(mine.locator(".disputed")).to_contain_text("changed this meanwhile. Your text is not saved")
    assert section.texts() == ["By the director.", "Also by the lead."]
    accessible(lead)

    mine.locator(".dock").get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("Both texts stand below.")).to_be_visible()
    expect(paragraph(mine)).to_have_value("By the lead.")
    mine.locator(".dock").get_by_role("button", name="Save", exact=True).click()
    expect(mine.locator(".dock")).to_contain_text("Last saved on")
    assert section.texts() == ["By the lead.", "Also by the lead."]


def test_lost_answer_and_a_line_that_is_down_write_nothing_twice(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/save/", lose, times=1)
    paragraph(page).fill("Sent, and the answer lost.")
    expect(status(page)).to_contain_text("No connection.")
    paragraph(page).fill("Written on meanwhile.")
    expect(status(page)).to_contain_text("Saved at")
    assert section.texts() == ["Written on meanwhile.", SECOND]
    expect(page.locator(".disputed")).to_have_count(0)

    page.context.set_offline(True)
    paragraph(page).fill("Without a line.")
    expect(status(page)).to_contain_text("is sent again by itself")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("Saved at")
    assert section.texts() == ["Without a line.", SECOND]


def test_a_server_that_cannot_save_is_told_apart_from_a_line_that_is_down(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    page.route("**/save/", lambda route: route.fulfill(status=500, body="Sorry"), times=1)
    paragraph(page).fill("Sent to a server that fails.")
    expect(status(page)).to_contain_text("The server could not save this.")
    assert section.texts() == [FIRST, SECOND]

    expect(status(page)).to_contain_text("Saved at")
    assert section.texts() == ["Sent to a server that fails.", SECOND]


def test_wrong_field_is_marked_when_one_has_left_the_row_and_the_rest_is_saved(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    row = page.locator("details.row-edit").last
    row.locator("summary").click()
    with page.expect_response("**/save/"):
        row.locator("[name$='-last']").fill("89")
    expect(row.locator(".why")).to_have_count(0)
    paragraph(page).fill("Saved beside it.")
    expect(row.locator(".why")).to_have_text("Write what is measured.")
    expect(status(page)).to_contain_text("please mend what is marked. Everything else is saved.")
    assert section.texts()[0] == "Saved beside it."
    accessible(lead)

    row.locator("[name$='-title']").fill("Clients who are satisfied")
    expect(status(page)).to_contain_text("Saved at")
    expect(row.locator(".why")).to_have_count(0)


def test_signed_out_and_after_the_closing_the_text_stays(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    paragraph(page).fill("Signed out.")
    expect(status(page)).to_contain_text("You are signed out.")
    page.context.add_cookies(kept)
    expect(status(page)).to_contain_text("Saved at")

    section.demonstration.python(CLOSE.format(pk=section.application))
    paragraph(page).fill("Too late.")
    expect(status(page)).to_contain_text("Copy it before you leave.")
    expect(paragraph(page)).to_have_value("Too late.")
    assert section.texts() == ["Signed out.", SECOND]
    accessible(lead)
    page.once("dialog", lambda dialog: dialog.accept())
    lead.open(section.address)
    expect(page.locator("textarea[name$='-text']")).to_have_count(0)


# --- What was not saved is kept on the device -------------------------------------------------------------------------


# Cut off inside the page: what a page sends while it goes may get past a route, or be answered after the route is gone.
CUT_OFF = "() => { window.fetch = () => Promise.reject(new TypeError('cut off')); }"


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('qms-section-'))")


def cut_off(page: Page) -> None:
    """Until another page is opened, nothing that this one sends by itself reaches the platform."""
    page.evaluate(CUT_OFF)


def test_what_was_typed_and_not_saved_is_offered_once_and_put_back(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Add a paragraph").click()
    expect(page.locator("textarea[name$='-text']")).to_have_count(3)
    cut_off(page)
    paragraph(page).fill("Typed before the crash.")
    paragraph(page, 2).fill("A new one.")
    page.locator("#comment").fill("Is this right?")
    page.reload()
    note = page.get_by_role("region", name="You typed this on")
    expect(note.locator("dd")).to_have_text(["Typed before the crash.", "A new one.", "Is this right?"])
    accessible(lead)
    page.goto(lead.demonstration.path(section.address))  # without the room that was asked for
    note.get_by_role("button", name="Put it back").click()
    expect(paragraph(page)).to_have_value("Typed before the crash.")
    expect(page.locator("#comment")).to_have_value("Is this right?")
    expect(status(page)).to_contain_text("Saved at")
    assert section.texts() == ["Typed before the crash.", SECOND, "A new one."]

    page.get_by_role("button", name="Add the comment").click()
    expect(page.locator(".remarks")).to_contain_text("Is this right?")
    expect(note).to_have_count(0)
    eventually(lambda: kept(page) == [])


def test_text_put_back_over_what_somebody_wrote_since_shows_both(visitor: Pages, section: Section):
    lead, colleague = visitor(), visitor()
    page, hers = opened(lead, section), opened(colleague, section, "director")
    page.on("dialog", lambda dialog: dialog.accept())
    cut_off(page)
    paragraph(page).fill("Typed before the crash.")
    paragraph(hers).fill("By the director.")
    expect(status(hers)).to_contain_text("Saved at")
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".disputed")).to_contain_text("changed this meanwhile.")

    assert section.texts() == ["By the director.", SECOND]


def test_what_was_typed_is_gone_once_discarded_saved_or_signed_out(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    page.on("dialog", lambda dialog: dialog.accept())
    cut_off(page)
    paragraph(page).fill("Typed before the crash.")
    page.reload()
    page.get_by_role("button", name="Discard").click()
    expect(paragraph(page)).to_have_value(FIRST)
    eventually(lambda: kept(page) == [])

    cut_off(page)
    paragraph(page).fill("  Saved by the button.")
    assert len(kept(page)) == 1
    page.locator(".dock").get_by_role("button", name="Save", exact=True).click()
    expect(paragraph(page)).to_have_value("Saved by the button.")
    expect(page.get_by_role("region", name="You typed this on")).to_have_count(0)
    eventually(lambda: kept(page) == [])

    cut_off(page)
    paragraph(page).fill("Typed and left behind.")
    lead.open("/en/accounts/logout/")
    assert len(kept(page)) == 1
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    eventually(lambda: kept(page) == [])


def test_after_the_closing_what_was_not_saved_is_still_shown(visitor: Pages, section: Section):
    lead = visitor()
    page = opened(lead, section)
    page.on("dialog", lambda dialog: dialog.accept())
    cut_off(page)
    paragraph(page).fill("Typed before the closing.")
    section.demonstration.python(CLOSE.format(pk=section.application))
    lead.open(section.address)
    note = page.get_by_role("region", name="You typed this on")
    expect(note.locator("dd")).to_have_text("Typed before the closing.")
    expect(note.get_by_role("button")).to_have_text(["Discard"])
    accessible(lead)
