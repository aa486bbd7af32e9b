"""An award round in the browser, on the demonstration network, from the form to the verified dossier.

Gołdap's application in the open round is half written: its people complete it, meet a conflict and a limit, and the
director submits; the worker sets the dossier, whose QR address verifies it; the organiser sees counts before the
closing and contents after it. The steps build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.road import Pages, Steps, accessible, button, heading, link, said
from tests.journeys.stage import Visitor, eventually, number_in

pytestmark = pytest.mark.browser

GOLDAP, POZNAN = "pup-goldap", "us-poznan"
OWN, THEIRS = "What we learned from the survey, by the lead.", "What we learned from the survey, by a colleague."
LONG = "Too long. " * 400
REMARK = "Please look at the last row once more."
RESULT = "Staff who would recommend the office"
QUESTION = "What would you do otherwise next time?"
CORRECTION = "The certificate of the tax office is not signed."


@dataclass
class Road(Steps):
    """What the steps hand on."""

    application: int = 0
    round: int = 0
    number: str = ""
    code: str = ""
    next: int = 0
    category: int = 0

    @property
    def page(self) -> str:
        """The application's own page."""
        return f"/en/awards/applications/{self.application}/"


def section(person: Visitor, road: Road, title: str) -> Page:
    """A section of the application, as one finds it from its page."""
    page = person.open(road.page)
    page.locator("#sections").locator("xpath=ancestor::section[1]").get_by_role("link", name=title).click()
    expect(heading(page, re.compile(title))).to_be_visible()
    return page


# --- Writing together -------------------------------------------------------------------------------------------------


def test_01_the_lead_finds_the_application_and_reads_what_is_missing(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open("/en/awards/applications/")
    lead.accessible()
    link(page, re.compile("Public organisations|Warmia")).first.click()
    road.application = number_in(r"/applications/(\d+)/", page.url)

    expect(page.locator(".till")).to_contain_text("Clock of the server")
    expect(page.locator("#missing")).to_contain_text("5 things are missing")
    lead.accessible()

    page = section(lead, road, "Strategy and Planning")
    expect(page.locator(".src").filter(has_text="Open the source").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Take the new text")).first).to_be_visible()
    accessible(lead)


def test_02_a_table_takes_a_result_with_three_years_and_a_target(visitor: Pages, road: Road):
    lead = visitor()
    lead.enter(GOLDAP, "lead")
    for title, values in (("People Results", ("61", "64", "70")), ("Key Performance Results", ("78", "81", "84"))):
        page = section(lead, road, title)
        row = page.locator("details.row-edit").last
        if row.get_attribute("open") is None:
            row.locator("summary").click()
        for name, value in zip(("before_last", "before", "last"), values, strict=True):
            row.locator(f"[name$='-{name}']").fill(value)
        button(page, "Save").last.click()
        expect(page.get_by_text("Write what is measured.").first).to_be_visible()
        expect(page.locator("details.row-edit [name$='-last']").last).to_have_value(values[2])
        accessible(lead)

        page.locator("details.row-edit [name$='-title']").last.fill(RESULT)
        page.locator("details.row-edit [name$='-target']").last.fill("65")
        page.locator("details.row-edit [name$='-evidence']").last.fill("Survey of staff")
        page.locator(".dock").get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("row").filter(has_text=RESULT)).to_contain_text(values[2])


def test_03_two_at_one_paragraph_lose_neither_text(visitor: Pages, road: Road):
    lead, colleague = visitor(), visitor()
    lead.enter(GOLDAP, "lead")
    colleague.enter(GOLDAP, "m5")
    mine, hers = (section(person, road, "People Results") for person in (lead, colleague))
    box, other = (page.locator("textarea[name$='-text']").first for page in (mine, hers))

    other.fill(THEIRS)
    hers.locator(".dock").get_by_role("button", name="Save", exact=True).click()
    expect(said(hers)).to_contain_text("Saved.")
    box.fill(OWN)
    mine.locator(".dock").get_by_role("button", name="Save", exact=True).click()

    expect(mine.get_by_text("Both texts stand below.")).to_be_visible()
    expect(mine.locator("textarea[name$='-text']").first).to_have_value(OWN)
    expect(mine.get_by_role("main")).to_contain_text(THEIRS)
    accessible(lead)
    mine.locator(".dock").get_by_role("button", name="Save", exact=True).click()
    expect(mine.locator("textarea[name$='-text']").first).to_have_value(OWN)
    link(mine, "History of this section").click()
    expect(mine.locator("ins").first).to_be_visible()
    accessible(lead)


def test_04_a_text_over_its_limit_is_kept_and_not_submitted(visitor: Pages, road: Road):
    lead = visitor()
    lead.enter(GOLDAP, "lead")
    page = section(lead, road, "People Results")
    page.locator("textarea[name$='-text']").first.fill(LONG)
    page.locator(".dock").get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("textarea[name$='-text']").first).to_have_value(LONG.strip())
    expect(page.locator(".limits .over").first).to_be_visible()
    accessible(lead)
    lead.open(f"{road.page}submit/")
    expect(page.get_by_role("main")).to_contain_text("3,600 are allowed")

    page = section(lead, road, "People Results")
    page.locator("textarea[name$='-text']").first.fill(OWN)
    page.locator("[name=comment]").fill(REMARK)
    button(page, "Add the comment").click()
    expect(page.locator("#comments")).to_contain_text(REMARK)


# --- Annexes and statements -------------------------------------------------------------------------------------------


def test_05_a_word_file_called_pdf_is_refused_and_a_pdf_taken(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(f"{road.page}annexes/")
    lead.accessible()
    page.locator("[name=title]").fill("Certificate of the tax office")
    page.locator("[name=file]").set_input_files({"name": "tax.pdf", "mimeType": "application/pdf", "buffer": word()})
    button(page, "Add the annex").click()
    expect(page.locator(".field.wrong, .errors, [role=alert]").first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Certificate of the tax office")
    lead.accessible()

    page.locator("[name=file]").set_input_files(str(material_file("tax.pdf")))
    button(page, "Add the annex").click()
    expect(said(page)).to_contain_text("is added.")
    expect(page.locator(".annex")).to_have_count(2)

    page = section(lead, road, "Statements")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator(".dock").get_by_role("button", name="Save").last.click()
    expect(said(page)).to_be_visible()
    lead.open(road.page)
    expect(page.locator("#missing")).not_to_contain_text("things are missing")


def word() -> bytes:
    """A document of a word processor."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return held.getvalue()


def material_file(name: str) -> Any:
    """A file of the demonstration."""
    return files("qms.demo") / "data" / "awards" / "files" / name


# --- Submitted --------------------------------------------------------------------------------------------------------


def test_06_the_lead_passes_on_and_the_director_submits(visitor: Pages, road: Road):
    lead, director = visitor(), visitor()
    page = lead.enter(GOLDAP, "lead")
    lead.open(f"{road.page}submit/")
    expect(heading(page, "Submit the application")).to_be_visible()
    lead.accessible()
    button(page, "Pass on to the director").click()
    expect(said(page)).to_contain_text("The director has the application now")

    page = director.enter(GOLDAP, "director")
    director.open(f"{road.page}submit/")
    expect(page.locator(".seal")).to_contain_text("12 sections as they stand now")
    director.accessible()
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").click()

    expect(said(page)).to_contain_text("The application is submitted.")
    expect(heading(page, "Receipt")).to_be_visible()
    director.accessible()
    facts = page.locator(".receipt").inner_text()
    road.number = re.search(r"WMNJ-\d+-\d+", facts)[0]  # type: ignore[index]
    road.code = page.locator(".receipt a[href*='/verify/']").inner_text()

    lead.open(f"{road.page}submit/")
    expect(heading(lead.page, "Receipt")).to_be_visible()


def test_07_the_worker_sets_the_dossier_with_its_annexes(visitor: Pages, road: Road):
    director = visitor()
    page = director.enter(GOLDAP, "director")
    file = "main a[href*='/awards/dossiers/']"
    eventually(lambda: director.open(f"{road.page}dossier/").locator(file).count(), within=240, pause=2)
    expect(page.get_by_role("main")).to_contain_text("set in")
    director.accessible()

    content = page.request.get(director.demonstration.path(page.locator(file).first.get_attribute("href") or "")).body()

    found = pypdf.PdfReader(BytesIO(content))
    assert len(found.pages) > 20
    assert road.number in found.pages[0].extract_text() + found.pages[1].extract_text()
    assert f"{len(found.pages)}" in found.pages[-1].extract_text()


def test_08_a_stranger_verifies_the_code_and_learns_no_name(visitor: Pages, road: Road):
    stranger = visitor()
    page = stranger.open(f"/en/awards/verify/{road.code}/")
    expect(page.locator("body")).to_contain_text(road.number)
    expect(page.locator("body")).not_to_contain_text("Gołdap")
    stranger.accessible()

    stranger.open("/en/awards/verify/ABCDEFGHJKLM/", status=404)
    stranger.accessible()


# --- The organiser ----------------------------------------------------------------------------------------------------


def test_09_before_the_closing_the_organiser_sees_counts_only(visitor: Pages, road: Road):
    organiser, foreign = visitor(), visitor()
    page = organiser.enter("", "regional")
    asked = "from qms.awards.models import Application as A; print(A.objects.get(pk={}).category.round_id)"
    road.round = int(organiser.demonstration.python(asked.format(road.application)))
    organiser.open(f"/en/awards/rounds/{road.round}/received/")
    expect(page.get_by_role("main")).to_contain_text("Public organisations")
    expect(page.get_by_role("main")).not_to_contain_text("Gołdap")
    expect(page.get_by_role("main")).not_to_contain_text(road.number)
    organiser.accessible()
    organiser.open(road.page, status=404)

    foreign.enter(POZNAN, "lead")
    foreign.open(road.page, status=404)
    foreign.open(f"/en/awards/rounds/{road.round}/received/", status=403)


def test_10_after_it_contents_and_a_formal_correction(visitor: Pages, road: Road):
    organiser, director = visitor(), visitor()
    page = organiser.enter("", "regional")
    close(organiser, road)
    organiser.open(f"/en/awards/rounds/{road.round}/received/")
    expect(page.get_by_role("main")).to_contain_text("Gołdap")
    organiser.accessible()
    link(page, road.number).first.click()
    expect(page.get_by_role("main")).to_contain_text(OWN)
    organiser.accessible()

    page.locator("main a[href*='/reopen/']").first.click()
    organiser.accessible()
    button(page, "Open for a formal correction").click()
    expect(page.locator("[name=reason]")).to_be_visible()
    page.locator("[name=reason]").fill(CORRECTION)
    button(page, "Open for a formal correction").click()
    expect(said(page)).to_contain_text("The office can correct its application now")

    page = director.enter(GOLDAP, "director")
    director.open(road.page)
    expect(page.get_by_role("main")).to_contain_text(CORRECTION)
    director.open(f"{road.page}submit/")
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").click()
    expect(heading(page, "Receipt")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("The last one counts.")
    director.accessible()


def close(person: Visitor, road: Road) -> None:
    """Let the closing of the round pass."""
    person.demonstration.python(
        "from django.utils import timezone; from qms.awards.models import Round; "
        f"Round.objects.filter(pk={road.round}).update(closes_at=timezone.now())"
    )


# --- The next round ---------------------------------------------------------------------------------------------------


def test_11_the_coordinator_copies_the_round_adds_a_question_and_announces_it(visitor: Pages, road: Road):
    organiser, stranger = visitor(), visitor()
    page = organiser.enter("", "regional")
    organiser.open("/en/awards/")
    organiser.accessible()
    organiser.open(f"/en/awards/rounds/{road.round}/")
    organiser.accessible()
    button(page, "Copy for the next year").click()
    expect(said(page)).to_contain_text("The round is copied, each date a year later.")
    road.next = number_in(r"/rounds/(\d+)/", page.url)

    organiser.open(f"/en/awards/rounds/{road.next}/edit/")
    organiser.accessible()
    page.locator("[name=opens_at]").fill("2026-01-02T08:00")
    page.locator("main form button.btn-primary").first.click()
    expect(said(page)).to_be_visible()
    organiser.open(f"/en/awards/rounds/{road.next}/")
    page.locator("main a[href$='/form/']").last.click()
    organiser.accessible()
    road.category = number_in(r"/categories/(\d+)/form/", page.url)
    page.get_by_role("link", name=re.compile("^Add a question")).first.click()
    organiser.accessible()
    page.locator("[name=title_en]").fill(QUESTION)
    page.locator("main form button.btn-primary").first.click()
    expect(page.get_by_role("main")).to_contain_text(QUESTION)

    organiser.open(f"/en/awards/rounds/{road.next}/")
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").click()
    expect(said(page)).to_contain_text("The round is announced.")
    page = stranger.open("/en/quality-awards/")
    expect(page.get_by_role("main")).to_contain_text("Quality Award of Warmia and Mazury")
    stranger.accessible()


def test_12_a_guest_meets_the_conditions_begins_and_fills(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(POZNAN, "lead")
    lead.open(f"/en/awards/categories/{road.category}/begin/")
    expect(page.get_by_role("main")).to_contain_text("What the platform knows")
    lead.accessible()
    button(page, "Begin the application").click()
    expect(page).to_have_url(re.compile("/begin/$"))
    lead.accessible()
    for answer in page.locator("main [name^='rule-'][value=yes]").all():
        answer.check()
    button(page, "Begin the application").click()
    expect(page).to_have_url(re.compile(r"/applications/\d+/$"))
    lead.accessible()

    button(page, "Fill from your sources").click()
    expect(said(page)).to_be_visible()
    section(lead, Road(application=number_in(r"/applications/(\d+)/", page.url)), "Leadership")
    expect(page.locator(".src").first).to_be_visible()
