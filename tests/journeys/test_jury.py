"""A jury in the browser, on the demonstration network, from the pool to the diploma whose address verifies.

The regional round is closed with two applications of guests. Its organiser seats three jurors and assigns; they promise
and declare, one of them a conflict; they score blind; what lies apart is talked about; one office is visited; two lists
are closed with their protocols; diplomas are issued, and verify once the embargo has ended; the office reads what the
jury found. The steps build on one another: when one fails, those after it are skipped.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.judging import EMBARGO, LETS, MARKS, REST, ROUND, VISITED
from tests.journeys.road import Pages, Steps, accessible, button, link, said
from tests.journeys.stage import Visitor, eventually, number_in, who

pytestmark = pytest.mark.browser

POZNAN, LECZNA = "us-poznan", "um-leczna"
WINNER = "Urząd Statystyczny w Poznaniu"
JURORS = ("juror2", "juror3", "juror4")
TIE = "I helped this office with its strategy."
STRENGTH = "The register shows every step."
WHY = "We looked at the tables together; the lower score had missed them."
SEEN = "We saw the register at work."
REASON = "For data that others decide by."
NO_PRIZE = "Good beginnings; results of three years are still missing."


@dataclass
class Road(Steps):
    """What the steps hand on."""

    round: int = 0
    category: int = 0
    winner: int = 0
    other: int = 0
    ballot: int = 0
    visit: int = 0
    diploma: str = ""

    def at(self, path: str) -> str:
        """An address of the jury's rooms."""
        return f"/en/jury/{path}"


def let(person: Visitor, road: Road, title: str, **lets: Any) -> None:
    """Time passes: from now on this phase runs, and no other."""
    person.demonstration.python(LETS.format(round=road.round, title=title, lets={"sees": "category"} | lets))


# --- The pool ---------------------------------------------------------------------------------------------------------


def test_01_the_organiser_seats_three_jurors_and_takes_the_usual_phases(visitor: Pages, road: Road):
    organiser = visitor()
    page = organiser.enter("", "regional")
    numbers = organiser.demonstration.python(ROUND).split()
    road.round, road.category, road.winner, road.other = map(int, numbers)
    organiser.open(f"/en/awards/rounds/{road.round}/")
    link(page, re.compile("^Jury")).first.click()
    organiser.accessible()

    organiser.open(road.at(f"rounds/{road.round}/jurors/add/"))
    button(page, "Add the juror").click()
    expect(page.locator(".is-invalid, .invalid, .errors").first).to_be_visible()
    organiser.accessible()
    for key in JURORS:
        person = who("", key)
        organiser.open(road.at(f"rounds/{road.round}/jurors/add/"))
        page.locator("[name=user]").select_option(label=f"{person.first_name} {person.last_name} ({person.email})")
        for box in page.locator("[name=categories]").all():
            box.set_checked(box.get_attribute("value") == str(road.category))
        if key == JURORS[0]:
            page.locator("[name=is_chair]").check()
        button(page, "Add the juror").click()
        expect(said(page)).to_contain_text("sits in the jury")

    organiser.open(road.at(f"rounds/{road.round}/phases/"))
    button(page, "Propose the usual phases").click()
    expect(said(page)).to_contain_text("Five phases are added.")
    organiser.accessible()
    let(organiser, road, "Declarations", sees="none")


def test_02_a_juror_promises_and_declares_one_conflict(visitor: Pages, road: Road):
    juror = visitor()
    page = juror.enter("", JURORS[0])
    juror.open(road.at(f"applications/{road.winner}/"), status=404)
    juror.open("/en/tasks/")
    link(page, re.compile("Promise to be impartial")).first.click()
    expect(page.get_by_role("main")).not_to_contain_text(WINNER)
    juror.accessible()
    page.locator(".seal input[type=checkbox]").check()
    page.locator(".seal button").click()
    expect(said(page)).to_contain_text("You have taken your seat.")

    rows = page.locator("ul.declare > li")
    expect(rows).to_have_count(2)
    rows.filter(has_text=WINNER).get_by_label("Nothing ties me to it").check()
    rows.filter(has_text="Łęczn").get_by_label("I have a conflict of interest").check()
    button(page, "Save the declarations").click()
    expect(page.locator(".is-invalid, .invalid, .errors, .why").first).to_be_visible()
    expect(rows.filter(has_text="Łęczn").get_by_label("I have a conflict of interest")).to_be_checked()
    juror.accessible()
    rows.filter(has_text="Łęczn").locator("textarea, input[type=text]").first.fill(TIE)
    button(page, "Save the declarations").click()
    expect(page.get_by_role("main")).to_contain_text(TIE)
    juror.accessible()

    for key in JURORS[1:]:
        other = visitor()
        page = other.enter("", key)
        other.open("/en/tasks/")
        link(page, re.compile("Promise to be impartial")).first.click()
        page.locator(".seal input[type=checkbox]").check()
        page.locator(".seal button").click()
        for row in page.locator("ul.declare > li").all():
            row.get_by_label("Nothing ties me to it").check()
        button(page, "Save the declarations").click()
        expect(page.locator("ul.declare > li")).to_have_count(0)


def test_03_the_organiser_assigns_and_nobody_gets_what_excludes_them(visitor: Pages, road: Road):
    organiser, juror = visitor(), visitor()
    page = organiser.enter("", "regional")
    let(organiser, road, "Scores", may_score=True)
    organiser.open(road.at(f"rounds/{road.round}/"))
    expect(page.get_by_role("main")).to_contain_text(TIE)
    organiser.accessible()
    organiser.open(road.at(f"categories/{road.category}/board/"))
    organiser.accessible()
    link(page, "Assign applications").first.click()
    organiser.accessible()
    button(page, "Assign").click()
    expect(said(page)).to_be_visible()
    expect(page.locator("table.jury .mk")).not_to_have_count(0)
    organiser.accessible()

    juror.enter("", JURORS[0])
    juror.open(road.at(f"applications/{road.other}/"), status=404)
    juror.open(road.at(f"applications/{road.winner}/"))
    juror.accessible()


# --- Blind scores -----------------------------------------------------------------------------------------------------


def test_04_a_juror_meets_a_wrong_mark_and_loses_nothing(visitor: Pages, road: Road):
    juror = visitor()
    page = juror.enter("", JURORS[0])
    juror.open(road.at(""))
    juror.accessible()
    page.get_by_role("main").locator("a[href*='/jury/ballots/']").first.click()
    road.ballot = number_in(r"/ballots/(\d+)/", page.url)
    juror.accessible()
    page.get_by_role("main").locator("a[href*='/sections/']").first.click()
    for box in page.locator("[name^='mark-']").all():
        box.fill("62")
    page.locator("[name^='mark-']").first.fill("162")
    page.locator("[name=strengths]").fill(STRENGTH)
    page.locator(".dock button.btn-primary").click()
    expect(page.get_by_role("main")).to_contain_text("A score lies between 0 and 100: 162 does not.")
    expect(page.locator("[name=strengths]")).to_have_value(STRENGTH)
    accessible(juror)

    page.locator("[name^='mark-']").first.fill("62")
    page.locator(".dock button.btn-primary").click()
    expect(said(page)).to_contain_text("is saved.")
    page.locator("[name=is_na]").check()
    page.locator(".dock button.btn-primary").click()
    expect(page.get_by_role("main")).to_contain_text("Say why it cannot be judged.")
    accessible(juror)


def test_05_it_is_handed_in_and_numbers_stay_blind_until_the_last_one(visitor: Pages, road: Road):
    juror, organiser = visitor(), visitor()
    page = juror.enter("", JURORS[0])
    scores = [(1, road.winner, 60, False), (2, road.winner, 66, True), (3, road.winner, 64, True)]
    scores += [(2, road.other, 72, True), (3, road.other, 40, True)]
    juror.demonstration.python(MARKS.format(round=road.round, told=scores))

    organiser.enter("", "regional")
    organiser.open(road.at(f"received/{road.winner}/talk/"))
    expect(organiser.page.locator(".talk-part")).to_have_count(0)
    organiser.accessible()

    juror.open(road.at(f"ballots/{road.ballot}/"))
    button(page, "Hand in the ballot").click()
    expect(page.locator(".errors, .is-invalid, .invalid").first).to_be_visible()
    page.locator("[name=confirmed]").check()
    button(page, "Hand in the ballot").click()
    expect(said(page)).to_contain_text("Your ballot is handed in.")
    juror.accessible()


def test_06_what_lies_apart_is_talked_about_and_agreed_with_a_reason(visitor: Pages, road: Road):
    organiser = visitor()
    page = organiser.enter("", "regional")
    organiser.open(road.at(f"categories/{road.category}/board/"))
    expect(page.locator("table.jury")).to_contain_text("56")
    organiser.accessible()
    organiser.open(road.at(f"received/{road.other}/talk/"))
    expect(page.locator(".talk-part.waits").first).to_be_visible()
    organiser.accessible()

    page.get_by_role("main").locator("a[href*='/agree/']").first.click()
    page.locator("main form.agreement input[type=text]").first.fill("80")
    page.locator(".dock button.btn-primary").click()
    expect(page.get_by_role("main")).to_contain_text("Write the reason")
    expect(page.locator("main form.agreement input[type=text]").first).to_have_value("80")
    accessible(organiser)
    agreed = 0
    while agreed < 12 and page.locator(".talk-part.waits, form.agreement").count():
        if not page.locator("form.agreement").count():
            page.locator(".talk-part.waits a[href*='/agree/']").first.click()
        page.locator("main form.agreement input[type=text]").first.fill("57")
        page.locator("main form.agreement [name=reason]").fill(WHY)
        page.locator(".dock button[value=save]").click()
        expect(said(page)).to_be_visible()
        organiser.open(road.at(f"received/{road.other}/talk/"))
        agreed += 1
    expect(page.locator(".talk-part.waits")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(WHY)


# --- Visits -----------------------------------------------------------------------------------------------------------


def test_07_the_list_for_visits_is_closed_with_its_protocol(visitor: Pages, road: Road):
    organiser, second = visitor(), visitor()
    page = organiser.enter("", "regional")
    second.enter("", "regional")
    path = road.at(f"categories/{road.category}/decide/visits/")
    organiser.open(path)
    accessible(organiser)
    second.open(path)
    page.locator(f"[name='choice-{road.winner}'][value=visit]").check()
    page.locator(f"[name='choice-{road.other}'][value=no_visit]").check()
    button(page, "Save without closing").first.click()
    expect(said(page)).to_contain_text("The list is saved.")

    other = second.page
    other.locator(f"[name='choice-{road.winner}'][value=no_visit]").check()
    button(other, "Save without closing").first.click()
    expect(other.get_by_text("Somebody saved this list meanwhile.").first).to_be_visible()
    expect(other.locator(f"[name='choice-{road.winner}'][value=no_visit]")).to_be_checked()
    accessible(second)

    page.locator("[name=common]").fill(NO_PRIZE)
    page.locator("[name=confirmed]").check()
    button(page, "Close the list").click()
    expect(said(page)).to_contain_text("The list is closed, and its protocol is written.")
    accessible(organiser)


def test_08_a_visit_is_planned_held_and_reported(visitor: Pages, road: Road):
    organiser, juror, director = visitor(), visitor(), visitor()
    page = organiser.enter("", "regional")
    let(organiser, road, "Visits", may_visit=True, shows_scores=True, may_agree=True)
    organiser.open(road.at(f"categories/{road.category}/visits/"))
    organiser.accessible()
    organiser.open(road.at(f"received/{road.winner}/visit/"))
    begins = timezone.localtime().replace(hour=9, minute=0) + dt.timedelta(days=2)
    page.locator("[name=starts_at]").fill(f"{begins:%Y-%m-%dT%H:%M}")
    page.locator("[name=ends_at]").fill(f"{begins - dt.timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.locator("[name=place]").fill("Room 12")
    page.locator("[name=team]").first.check()
    page.locator("[name=at_0]").fill("10:00")
    page.locator("[name=what_0]").fill("The register")
    button(page, "Save and tell the office").click()
    expect(page.get_by_text("The visit ends before it begins.").first).to_be_visible()
    expect(page.locator("[name=what_0]")).to_have_value("The register")
    organiser.accessible()
    page.locator("[name=ends_at]").fill(f"{begins + dt.timedelta(hours=3):%Y-%m-%dT%H:%M}")
    button(page, "Save and tell the office").click()
    expect(said(page)).to_contain_text("The visit is planned.")
    road.visit = number_in(r"/visits/(\d+)/", page.url)
    organiser.accessible()
    organiser.demonstration.python(VISITED.format(visit=road.visit))

    page = juror.enter("", JURORS[0])
    juror.open(road.at(f"visits/{road.visit}/report/"))
    accessible(juror)
    page.locator("main form textarea").first.fill(SEEN)
    button(page, "The visit was held: close the report").click()
    expect(said(page)).to_contain_text("The report is closed.")

    director.enter(POZNAN, "director")
    director.open(road.at(f"visits/{road.visit}/"))
    expect(director.page.get_by_role("main")).to_contain_text("The register")
    expect(director.page.get_by_role("main")).not_to_contain_text(SEEN)
    director.accessible()


# --- Decided ----------------------------------------------------------------------------------------------------------


def test_09_prizes_are_decided_and_everything_that_counted_is_kept(visitor: Pages, road: Road):
    organiser = visitor()
    page = organiser.enter("", "regional")
    organiser.open(road.at(f"categories/{road.category}/decide/prizes/"))
    page.locator(f"[name='choice-{road.winner}']").first.check()
    page.locator(f"[name='choice-{road.other}'][value=no_prize]").check()
    for pk, words in ((road.winner, REASON), (road.other, NO_PRIZE)):
        fold = page.locator(f"#a{pk} details.why")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        fold.locator("textarea").fill(words)
    button(page, "Close the list").click()
    expect(page.locator(".errors, .invalid, .is-invalid").first).to_be_visible()
    page.locator("[name=confirmed]").check()
    button(page, "Close the list").click()
    expect(said(page)).to_contain_text("The list is closed, and its protocol is written.")
    organiser.accessible()

    button(page, "Typeset the protocol").click()
    file = "main a[href*='/protocols/'][href*='/file/']"
    address = page.url.partition("#")[0]
    eventually(lambda: organiser.open(address).locator(file).count(), within=240, pause=2)
    content = page.request.get(organiser.demonstration.path(page.locator(file).first.get_attribute("href") or ""))
    words = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(content.body())).pages)
    assert TIE in " ".join(words.split())


def test_10_diplomas_are_issued_and_unknown_before_the_embargo_ends(visitor: Pages, road: Road):
    organiser, stranger, director = visitor(), visitor(), visitor()
    page = organiser.enter("", "regional")
    organiser.open(f"/en/laureates/rounds/{road.round}/diplomas/")
    organiser.accessible()
    page.locator("[name=place]").fill("Olsztyn")
    page.locator("[name=given_on]").fill("2027-03-20")
    page.locator("[name=name_1]").fill("The organiser")
    button(page, "Save").last.click()
    expect(said(page)).to_contain_text("Saved.")
    button(page, re.compile("^Issue 1 diploma")).click()
    expect(page.locator("#laureates")).to_contain_text(WINNER)
    organiser.accessible()
    asked = "from qms.laureates.models import Diploma as D; print(D.objects.order_by('-pk').first().code)"
    road.diploma = organiser.demonstration.python(asked)

    stranger.open(f"/en/laureates/verify/{road.diploma}/", status=404)
    stranger.accessible()
    director.enter(POZNAN, "director")
    director.open(f"/en/laureates/applications/{road.winner}/result/", status=404)


def test_11_feedback_is_laid_down_read_and_approved(visitor: Pages, road: Road):
    organiser = visitor()
    page = organiser.enter("", "regional")
    organiser.open(f"/en/laureates/rounds/{road.round}/feedback/")
    button(page, re.compile("^Lay down 2 reports")).click()
    organiser.accessible()
    page.get_by_role("main").locator("a[href*='/laureates/feedback/']").first.click()
    accessible(organiser)
    organiser.open(f"/en/laureates/rounds/{road.round}/feedback/")
    button(page, re.compile("^Approve 2 drafts")).click()
    expect(said(page)).to_be_visible()
    organiser.accessible()


def test_12_after_the_embargo_the_diploma_verifies_and_offices_read_their_result(visitor: Pages, road: Road):
    organiser, stranger, director, other = visitor(), visitor(), visitor(), visitor()
    organiser.demonstration.python(EMBARGO.format(round=road.round))
    page = stranger.open(f"/en/laureates/verify/{road.diploma}/")
    expect(page.locator("body")).to_contain_text(WINNER)
    stranger.accessible()

    page = director.enter(POZNAN, "director")
    director.open(f"/en/laureates/applications/{road.winner}/result/")
    expect(page.get_by_role("main")).to_contain_text(REASON)
    director.accessible()
    link(page, re.compile("feedback", re.IGNORECASE)).first.click()
    expect(page.get_by_role("main")).to_contain_text(STRENGTH)
    director.accessible()

    page = other.enter(LECZNA, "director")
    other.open(f"/en/laureates/applications/{road.other}/result/")
    expect(page.get_by_role("main")).to_contain_text(NO_PRIZE)
    other.open(f"/en/laureates/applications/{road.winner}/result/", status=404)

    page = organiser.enter("", "regional")
    organiser.open(f"/en/laureates/rounds/{road.round}/tell/")
    organiser.accessible()
    organiser.open(f"/en/laureates/rounds/{road.round}/statistics/")
    expect(page.get_by_role("main")).not_to_contain_text(WINNER)
    organiser.accessible()


def test_13_pages_that_the_road_did_not_cross_are_accessible_too(visitor: Pages, road: Road):
    coordinator, juror, laureate, stranger = visitor(), visitor(), visitor(), visitor()
    rest = coordinator.demonstration.python(REST).splitlines()
    people = ((coordinator, "", "national"), (juror, "", "juror"), (laureate, "pup-goldap", "director"))
    for (person, office, key), paths in zip(people, rest[:3], strict=True):
        person.enter(office, key)
        for path in paths.split():
            person.open(f"/en/{path}")
            accessible(person)
    page = stranger.open(rest[3])
    expect(page.get_by_role("main")).to_contain_text("Gołdap")
    stranger.accessible()
