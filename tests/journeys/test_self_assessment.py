"""The whole road in the browser: the town hall of Opole Lubelskie walks from the first click to the printed report.

The steps build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.road import Pages, Steps, button, link, today
from tests.journeys.sheets import bring_in, hand_in, own_sheet, tab_to, visitor_at
from tests.journeys.stage import Visitor, eventually, number_in, who

pytestmark = pytest.mark.browser

OPOLE = "um-opole-lubelskie"
TITLE = "Self-assessment from the first click"
ANNA, ANNAS_PASSWORD = "anna.nowak@um-opole-lubelskie.example", "lipa-most-zegar-41"
ANNAS_SECRET = "Residents wait nine minutes on average, down from twenty"
ANNAS_SCORE = 97  # no other number on the way is 97
WIDE = ("1.1", "4.3")  # where the group does not agree at first


@dataclass
class Road(Steps):
    """What the steps hand on."""

    assessment: int = 0
    year: int = 0
    invitation: str = ""
    sheets: dict[str, int] = field(default_factory=dict)

    def path(self, rest: str = "") -> str:
        return f"/en/assessments/{self.assessment}/{rest}"


# --- The lead opens it and composes the group ------------------------------------------------------------------------


def test_01_the_quality_lead_of_opole_opens_an_assessment_from_the_questionnaires_page(visitor: Pages, road: Road):
    lead = visitor()
    page = lead.enter(OPOLE, "lead")

    page.get_by_role("link", name="CAF 2020 self-assessment").click()
    expect(page.get_by_role("heading", level=1, name="CAF 2020 self-assessment")).to_be_visible()
    link(page, "Start a self-assessment").click()
    expect(page.get_by_label("Framework")).to_have_value("1")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Individual sheets are due").fill(f"{today() + dt.timedelta(days=14)}T15:30")
    page.get_by_label("Consensus meeting").fill(str(today() + dt.timedelta(days=7)))
    button(page, "Start and compose the group").click()
    expect(page.get_by_text("The meeting cannot come before the sheets are due.").first).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    lead.accessible()
    page.get_by_label("Consensus meeting").fill(str(today() + dt.timedelta(days=21)))
    road.year = int(page.get_by_label("Year").input_value())
    button(page, "Start and compose the group").click()

    expect(page.get_by_role("heading", level=1, name="Self-assessment group")).to_be_visible()
    road.assessment = number_in(r"/assessments/(\d+)/group/", page.url)


def test_02_the_lead_composes_a_group_of_colleagues_and_one_new_person_by_e_mail(visitor: Pages, road: Road):
    page = visitor().enter(OPOLE, "lead")
    page = visitor_at(page, road.path("group/"))
    for key in ("chair", "m2"):
        page.get_by_role("checkbox", name=who(OPOLE, key).first_name).check()
    button(page, "Add the chosen ones").click()
    expect(page.get_by_role("row", name=who(OPOLE, "m2").first_name)).to_be_visible()

    page.get_by_label("People", exact=True).fill(f"{ANNA} Anna Nowak\nnobody at all")
    button(page, "Add these people").click()
    expect(page.get_by_text("Line 2: “nobody at all” does not begin with an e-mail address.").first).to_be_visible()
    page.get_by_label("People", exact=True).fill(f"{ANNA} Anna Nowak")
    button(page, "Add these people").click()
    expect(page.get_by_role("row", name="Anna Nowak")).to_contain_text("not sent yet")

    chair = who(OPOLE, "chair").first_name
    button(page, f"Make {chair} {who(OPOLE, 'chair').last_name} the chair").click()
    expect(page.get_by_role("status").first).to_contain_text("chairs the group now")


def test_03_the_lead_opens_scoring_and_the_letters_go_out(visitor: Pages, road: Road):
    lead = visitor()
    page = visitor_at(lead.enter(OPOLE, "lead"), road.path("group/"))

    page.get_by_role("checkbox", name="The group is complete").check()
    button(page, "Open scoring and send invitations").click()

    expect(page.get_by_role("status").first).to_contain_text("Individual scoring is open")
    expect(page.get_by_role("row", name="Anna Nowak")).to_contain_text("invitation not accepted yet")
    lead.accessible()


def test_04_anna_reads_her_letter_chooses_a_password_and_lands_at_the_assessment(visitor: Pages, road: Road):
    reader = visitor()
    page = reader.enter(OPOLE, "lead")
    reader.open(f"/en/work/mail/?q={ANNA}")
    eventually(lambda: page.reload() and page.get_by_role("row", name=ANNA).get_by_text("sent", exact=True).count())
    page.get_by_role("row", name=ANNA).get_by_role("link").click()
    letter = page.locator(".letter-text")
    expect(letter).to_contain_text("Anna Nowak")
    address = letter.get_by_role("link").first.get_attribute("href") or ""

    anna = visitor(width=360)
    page = anna.open(address)
    page.get_by_role("link", name="EN, English").click()
    expect(page.get_by_role("heading", level=1, name="Welcome")).to_be_visible()
    expect(page.get_by_label("First name")).to_have_value("Anna")
    page.get_by_role("combobox", name="Language").select_option("en")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("The same password again").fill("short")
    button(page, "Save and go on").click()
    expect(page.get_by_text("This password is too short").first).to_be_visible()
    anna.accessible()
    page.get_by_label("Password", exact=True).fill(ANNAS_PASSWORD)
    page.get_by_label("The same password again").fill(ANNAS_PASSWORD)
    button(page, "Save and go on").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    assert page.url.endswith(f"/assessments/{road.assessment}/")
    anna.open(address, status=410)


# --- Everyone scores alone -------------------------------------------------------------------------------------------


def test_05_anna_writes_and_nothing_is_lost_when_she_closes_the_window(visitor: Pages, road: Road):
    anna = visitor()
    page = anna.sign_in(ANNA, ANNAS_PASSWORD)
    road.sheets["anna"] = own_sheet(visitor_at(page, road.path()))
    link(page, "1.1").first.click()

    page.get_by_label("Strength 1").fill(ANNAS_SECRET)
    page.get_by_label("Area for improvement 1").fill("Two departments publish no waiting times")
    page.get_by_role("button", name="Add a strength").click()
    page.get_by_label("Strength 2").fill("The mission hangs in every hall and people can explain it")
    for code in ("plan", "do", "check", "act"):
        page.locator(f"[name=mark-{code}]").fill(str(ANNAS_SCORE))
    expect(page.locator("[data-total]")).to_have_text(str(ANNAS_SCORE))
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.close()

    again = visitor()
    page = again.sign_in(ANNA, ANNAS_PASSWORD)
    again.open(f"/en/assessments/sheets/{road.sheets['anna']}/1.1/")
    expect(page.get_by_label("Strength 1")).to_have_value(ANNAS_SECRET)
    expect(page.get_by_label("Strength 2")).to_have_value("The mission hangs in every hall and people can explain it")
    expect(page.locator("[name=mark-act]")).to_have_value(str(ANNAS_SCORE))


def test_06_anna_attaches_a_file_as_evidence(visitor: Pages, road: Road):
    anna = visitor()
    page = anna.sign_in(ANNA, ANNAS_PASSWORD)
    anna.open(f"/en/assessments/sheets/{road.sheets['anna']}/1.1/")

    page.get_by_role("button", name=re.compile(r"Add evidence\W+Strength 1")).click()
    expect(page.get_by_role("heading", name="New evidence")).to_be_visible()
    page.get_by_label("Title").fill("Waiting times, third quarter")
    report = {"name": "waiting.csv", "mimeType": "text/csv", "buffer": b"hall;minutes\nA;9\nB;11\n"}
    page.locator("input[type=file]").set_input_files(report)
    anna.accessible()
    button(page, "Add and attach").click()

    cited = page.get_by_role("link", name="Waiting times, third quarter").first
    expect(cited).to_be_visible()
    cited.click()
    with page.expect_download() as fetched:
        page.get_by_role("main").locator("a[href*='/file/']").first.click()
    assert fetched.value.path().read_bytes() == report["buffer"]


def test_07_anna_fills_the_rest_offline_leaves_one_open_and_the_chair_sees_no_score(visitor: Pages, road: Road):
    anna = visitor()
    page = anna.sign_in(ANNA, ANNAS_PASSWORD)
    anna.open(f"/en/assessments/sheets/{road.sheets['anna']}/")
    bring_in(page, road.sheets["anna"], 42, {"4.3": ANNAS_SCORE}, leave=("1.1", "9.2"))
    anna.open(f"/en/assessments/sheets/{road.sheets['anna']}/9.2/")
    page.get_by_role("checkbox", name="I don't know enough").check()
    button(page, "Save").last.click()
    expect(page.get_by_role("heading", name="28 of 28 subcriteria")).to_be_visible()

    for key in ("lead", "chair", "director"):
        person = visitor()
        person.enter(OPOLE, key)
        read = everything_readable(person, road)
        assert len(read) > 1, read.keys()
        for path, text in read.items():
            assert ANNAS_SECRET not in text, f"{key} reads Anna's words on {path}"
            # The history counts its acts, and the count may be any number.
            told = re.sub(r"\b\d+ acts?\b", "", text)
            assert not re.search(rf"(?<![\d.,:]){ANNAS_SCORE}(?![\d.,:])", told), f"{key} reads Anna's score on {path}"
        for closed in (f"sheets/{road.sheets['anna']}/", f"sheets/{road.sheets['anna']}/1.1/"):
            person.open(f"/en/assessments/{closed}", status=404)


def everything_readable(person: Visitor, road: Road) -> dict[str, str]:
    """Every page about the assessment that the person finds by its links, or by guessing its address."""
    guesses = ("", "results/", "consensus/", "consensus/1.1/", "consensus/print/", "evidence/", "cycles/", "group/")
    paths = [road.path(rest) for rest in guesses] + ["/en/work/history/", "/en/tasks/"]
    read: dict[str, str] = {}
    for path in paths:
        if text := person.text_of(path):
            read[path] = text
            links = person.page.locator("main a[href]").evaluate_all("links => links.map(link => link.pathname)")
            paths += [one for one in dict.fromkeys(links) if one.startswith(road.path()) and one not in paths]
    return read


def test_08_the_chair_fills_in_a_sheet_by_keyboard_alone(visitor: Pages, road: Road):
    chair = visitor()
    page = visitor_at(chair.enter(OPOLE, "chair"), road.path())
    road.sheets["chair"] = own_sheet(page)
    bring_in(page, road.sheets["chair"], 44, {"1.1": 52}, leave=("4.3",))
    chair.open(f"/en/assessments/sheets/{road.sheets['chair']}/4.3/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Strength 1")
    page.keyboard.type("The budget is read aloud to all heads of units")
    for code in ("plan", "do", "check", "act"):
        tab_to(page, f"mark-{code}")
        page.keyboard.type("50")
    tab_to(page, "What decided")
    page.keyboard.type("Seen in the minutes")
    tab_to(page, "unsaved")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="28 of 28 subcriteria")).to_be_visible()
    chair.open(f"/en/assessments/sheets/{road.sheets['chair']}/4.3/")
    expect(page.locator("[name=mark-act]")).to_have_value("50")
    expect(page.get_by_label("Strength 1")).to_have_value("The budget is read aloud to all heads of units")


def test_09_the_front_desk_fills_in_a_sheet_without_scripts(visitor: Pages, road: Road):
    desk = visitor(javascript=False)
    page = visitor_at(desk.enter(OPOLE, "m2"), road.path())
    road.sheets["m2"] = own_sheet(page)
    bring_in(page, road.sheets["m2"], 40, {"4.3": 20}, leave=("1.1",))
    desk.open(f"/en/assessments/sheets/{road.sheets['m2']}/1.1/")

    page.get_by_label("Strength 1").fill("New colleagues hear the mission on their first day")
    page.get_by_role("button", name="Add a strength").click()
    expect(page.get_by_label("Strength 1")).to_have_value("New colleagues hear the mission on their first day")
    page.get_by_label("Strength 2").fill("It is reviewed every other year")
    typed = {"plan": "101", "do": "3,5", "check": "many", "act": "30"}
    for code, mark in typed.items():
        page.locator(f"[name=mark-{code}]").fill(mark)
    button(page, "Save").last.click()
    for code, mark in typed.items():
        expect(page.locator(f"[name=mark-{code}]")).to_have_value(mark)
    said = {
        "plan": "A score lies between 0 and 100: 101 does not.",
        "do": "A score is a whole number: “3,5” is not one.",
        "check": "A score is a whole number: “many” is not one.",
    }
    for code, words in said.items():
        expect(page.locator(f"#id_mark-{code}_error")).to_have_text(words)
        expect(page.locator(f"[name=mark-{code}]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_mark-act_error")).to_be_hidden()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    expect(page.get_by_label("Strength 2")).to_have_value("It is reviewed every other year")
    for code in ("plan", "do", "check", "act"):
        page.locator(f"[name=mark-{code}]").fill("30")
    button(page, "Save").last.click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")

    desk.open(f"/en/assessments/sheets/{road.sheets['m2']}/")
    hand_in(page)


def test_10_whoever_has_handed_in_reads_the_own_sheet_and_still_nobody_elses(visitor: Pages, road: Road):
    desk = visitor()
    page = desk.enter(OPOLE, "m2")
    desk.open(f"/en/assessments/sheets/{road.sheets['m2']}/1.1/")
    expect(page.get_by_text("It is reviewed every other year")).to_be_visible()
    expect(page.locator("main textarea")).to_have_count(0)

    texts = everything_readable(desk, road)
    assert all(ANNAS_SECRET not in text for text in texts.values())


def test_11_anna_and_the_chair_hand_in(visitor: Pages, road: Road):
    anna = visitor()
    anna.sign_in(ANNA, ANNAS_PASSWORD)
    hand_in(anna.open(f"/en/assessments/sheets/{road.sheets['anna']}/"))

    chair = visitor()
    chair.enter(OPOLE, "chair")
    hand_in(chair.open(f"/en/assessments/sheets/{road.sheets['chair']}/"))


# --- The group agrees ------------------------------------------------------------------------------------------------


def test_12_the_chair_opens_the_consensus_and_agrees_the_close_ones_at_their_median(visitor: Pages, road: Road):
    chair = visitor()
    page = chair.enter(OPOLE, "chair")
    assert page.url.endswith(road.path()), "The door leads the chair to what comes next."
    link(page, "Begin the consensus").first.click()
    chair.accessible()
    page.get_by_role("checkbox", name="The group is ready to talk").check()
    button(page, "Open the consensus").click()

    expect(page.get_by_role("status").first).to_contain_text("The consensus is open.")
    expect(page.get_by_role("article")).to_contain_text("4.3")
    assert [one for one in WIDE if one in page.get_by_role("navigation", name="By divergence").inner_text()] == list(
        WIDE
    )
    expect(page.get_by_role("navigation", name="By divergence")).to_contain_text("On 26 subcriteria")
    button(page, "Agree these at their median").click()
    expect(page.get_by_role("status").first).to_contain_text("26 were agreed")


def test_13_the_chair_settles_the_widest_by_hand_with_a_reason(visitor: Pages, road: Road):
    chair = visitor()
    page = visitor_at(chair.enter(OPOLE, "chair"), road.path("consensus/4.3/"))
    score = page.locator("[name=mark-whole], [name^=mark-]").first

    score.fill("101")
    page.get_by_label("Reason").fill("The published accounts decided; the front desk had not seen them.")
    button(page, "Agree").first.click()
    expect(page.get_by_role("alert")).to_contain_text("This cannot be agreed yet")
    expect(score).to_have_value("101")
    expect(page.get_by_label("Reason")).to_have_value(re.compile("published accounts"))
    chair.accessible()
    score.fill("50")
    button(page, "Agree and go to 1.1").click()

    expect(page.get_by_role("status").first).to_contain_text("4.3 is agreed.")


def test_14_the_chair_settles_the_last_one_without_scripts_and_the_lead_sends_it(visitor: Pages, road: Road):
    chair = visitor(javascript=False)
    page = visitor_at(chair.enter(OPOLE, "chair"), road.path("consensus/1.1/"))
    expect(page.get_by_role("main")).to_contain_text(ANNAS_SECRET)
    page.locator("[name^=mark-]").first.fill("60")
    page.get_by_label("Reason").fill("Waiting times are measured and published in all halls but two.")
    button(page, "Agree").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Everything is agreed.")

    lead = visitor()
    page = visitor_at(lead.enter(OPOLE, "lead"), road.path("results/"))
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").first.click()
    expect(page.get_by_role("status").first).to_contain_text("The results are with the director now.")


# --- The director approves, the report arrives -----------------------------------------------------------------------


def test_15_the_director_approves_and_downloads_the_report_where_its_progress_was_shown(visitor: Pages, road: Road):
    director = visitor()
    page = director.enter(OPOLE, "director")
    assert page.url.endswith(road.path("results/")), "The door leads the director to what waits for approval."
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").first.click()
    expect(page.get_by_role("status").first).to_contain_text("The report is approved.")

    report = page.get_by_role("region", name="Report", exact=True)
    expect(report.get_by_role("progressbar").or_(report.get_by_role("link", name="Open the report"))).to_be_visible()
    opened = report.get_by_role("link", name="Open the report")
    expect(opened).to_be_visible(timeout=180_000)
    answer = page.request.get(director.demonstration.path(opened.get_attribute("href") or ""))
    assert answer.headers["content-type"] == "application/pdf"

    book = PdfReader(io.BytesIO(answer.body()))
    catalogue: Any = book.trailer["/Root"]
    text = "\n".join(one.extract_text() for one in book.pages)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]["/K"]
    assert catalogue["/Lang"] == "pl"
    assert book.metadata
    assert str(road.year) in (book.metadata.title or "")
    assert "Urząd Miejski w Opolu Lubelskim" in text
    assert ANNAS_SECRET in text
    page.reload()
    expect(report.get_by_role("link", name=re.compile("Self-assessment report|Raport"))).to_be_visible()


def test_16_the_director_orders_the_report_in_english_without_scripts(visitor: Pages, road: Road):
    director = visitor(javascript=False)
    page = visitor_at(director.enter(OPOLE, "director"), road.path("results/"))
    page.get_by_label("Language of the report").select_option("en")
    button(page, "Typeset the report").click()
    report = page.get_by_role("region", name="Report", exact=True)
    typeset = report.get_by_text("English,")
    # The answer first: Chromium refuses to load a page anew that another one is just replacing.
    expect(report.get_by_role("progressbar").or_(typeset)).to_be_visible()
    eventually(lambda: page.reload() and typeset.count(), within=180, pause=1)

    anna = visitor()
    page = visitor_at(anna.sign_in(ANNA, ANNAS_PASSWORD), road.path("results/"))
    expect(page.get_by_role("region", name="Report", exact=True)).to_contain_text("English,")
