"""Letters about study visits: what they tell, in whose language, and what a coordinator's own text may use."""

from datetime import date, time

import pytest

from qms.core.letters import filled, kind_of, values_of
from qms.core.services import post_letter
from qms.exchange import letters
from tests.factories.exchange import make_offer, make_visit

KINDS = {
    "visit_asked": "asked",
    "visit_confirmed": "confirmed",
    "visit_moved": "confirmed",
    "visit_declined": "declined",
    "visit_cancelled": "cancelled",
    "visit_reported": "reported",
}


def draft(name, office, other_office, lena, dora):
    facts = {"wished_on": date(2027, 1, 14), "answer": "Ring twice."}
    if KINDS[name] == "confirmed":
        facts |= {"held_on": date(2027, 1, 21), "held_at": time(9, 30)}
    visit = make_visit(make_offer(office, by=lena, title="Letters"), other_office, by=dora, status=KINDS[name], **facts)
    return getattr(letters, name)(visit, by=lena, to=dora)


@pytest.mark.parametrize("name", KINDS)
def test_each_letter_names_both_offices_and_leads_to_the_visit(name, office, other_office, lena, dora):
    letter = post_letter(**draft(name, office, other_office, lena, dora).posted())

    assert "{" not in letter.text + letter.subject
    assert "Letters" in letter.text
    assert letter.link in letter.text
    assert letter.link in letter.html
    assert letter.link.startswith("/en/exchange/visits/")


@pytest.mark.parametrize("name", KINDS)
def test_every_placeholder_of_a_letter_has_something_to_tell(name, office, other_office, lena, dora):
    letter = draft(name, office, other_office, lena, dora)

    values = values_of(letter.context)

    missing = [one for one in kind_of(letter.kind).placeholders if not filled(f"{{{one}}}", values)]
    assert missing == []


def test_a_confirmed_visit_names_day_hour_and_place(office, other_office, lena, dora):
    letter = post_letter(**draft("visit_confirmed", office, other_office, lena, dora).posted())

    assert "Jan. 21, 2027, begins at 09:30" in letter.text
    assert "Where: Room 12" in letter.text
    assert "Ring twice." in letter.text


def test_a_letter_leads_to_the_page_in_the_readers_language(office, other_office, lena, dora):
    dora.language = "pl"
    dora.save()

    assert draft("visit_declined", office, other_office, lena, dora).context["path"].startswith("/pl/")
