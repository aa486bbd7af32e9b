"""Study visits: what each side does, what is refused, and who is written to."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from qms.core.models import Letter
from qms.exchange.domain.visiting import Appointment, OfferDraft, Wish
from qms.exchange.models import VisitRequest, VisitWord
from qms.exchange.services.offers import change_offer, close_offer, offer_visit
from qms.exchange.services.visit_words import rate_visit, report_visit
from qms.exchange.services.visits import ask_to_come, cancel_visit, confirm_visit, decline_visit
from qms.lifecycle import Refused
from qms.offices.models import Membership
from qms.offices.services import end_membership
from tests.factories.exchange import make_offer, make_visit
from tests.factories.offices import make_office

TODAY = date(2026, 11, 23)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WISH = Wish("How you write letters.")
APPOINTMENT = Appointment(TOMORROW, "Room 12", time(10, 0), "Ask for Lena.")


@pytest.fixture
def offer(office, lena):
    return make_offer(office, by=lena)


def ask(offer, office, by, **more):
    return ask_to_come(offer, office=office, wish=Wish("How you write letters.", **more), by=by, on=TODAY)


def refusal(act, *given, **facts) -> str:
    with pytest.raises(Refused) as refused:
        act(*given, **facts)
    return str(refused.value)


def letters() -> list[tuple[str, str]]:
    return sorted(Letter.objects.values_list("kind", "to"))


# --- Offers ----------------------------------------------------------------------------------------------------------


def test_an_office_invites_others(office, lena):
    draft = OfferDraft(" Letters ", ("1.1",), days=(TOMORROW, TODAY, TODAY), contact=lena.pk)

    offer = offer_visit(office, draft=draft, framework="small-2020", by=lena, on=TODAY)

    offer.refresh_from_db()
    assert (offer.title, offer.nodes, offer.days) == ("Letters", ["1.1"], ["2026-11-23", "2026-11-24"])
    assert (offer.contact, offer.created_by) == (lena, lena)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "Write what there is to see."),
        ({"nodes": ()}, "Choose at least one subcriterion."),
        ({"days": (YESTERDAY,)}, "One of the days has passed. Propose days that are still to come."),
        ({"open_until": YESTERDAY}, "The last day for asking has passed already."),
    ],
)
def test_an_offer_that_cannot_be_is_refused(office, lena, fields, said):
    draft = OfferDraft(**{"title": "Letters", "nodes": ("1.1",), **fields})

    assert refusal(offer_visit, office, draft=draft, framework="small-2020", by=lena, on=TODAY) == said


def test_the_contact_works_in_the_office(office, lena, dora):
    draft = OfferDraft("Letters", ("1.1",), contact=dora.pk)

    said = refusal(offer_visit, office, draft=draft, framework="small-2020", by=lena, on=TODAY)

    assert said == "The contact does not work in the office. Choose somebody else."


def test_an_offer_allows_no_fewer_visits_than_are_taken(offer, lena):
    for _each in range(2):
        make_visit(offer, make_office())

    said = refusal(change_offer, offer, draft=OfferDraft("Letters", ("1.1",), allowed=1), by=lena, on=TODAY)

    assert said == "Visits that are taken already: 2. The offer cannot allow fewer."


def test_two_who_change_an_offer_at_once_hear_of_each_other(offer, lena, ana):
    seen = offer.updated_at
    change_offer(offer, draft=OfferDraft("Hers", ("1.1",)), by=lena, on=TODAY, seen=seen)

    said = refusal(change_offer, offer, draft=OfferDraft("His", ("1.1",)), by=ana, on=TODAY, seen=seen)

    assert said.startswith("Somebody else saved this offer meanwhile.")
    offer.refresh_from_db()
    assert offer.title == "Hers"


def test_a_last_day_that_has_passed_may_stand_when_the_offer_is_changed(offer, lena):
    offer.open_until = YESTERDAY
    offer.save()

    changed = change_offer(offer, draft=OfferDraft("New", ("1.1",), open_until=YESTERDAY), by=lena, on=TODAY)

    assert (changed.title, changed.open_until) == ("New", YESTERDAY)


def test_an_offer_that_is_closed_twice_is_closed_once(offer, lena, ana):
    close_offer(offer, by=lena, at=NOW)
    close_offer(offer, by=ana, at=NOW + timedelta(hours=1))

    offer.refresh_from_db()
    assert offer.closed_at == NOW


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_a_request_tells_the_host(offer, other_office, dora, lena):
    visit = ask(offer, other_office, dora, wished_on=TOMORROW)

    assert (visit.status, visit.wished_on, visit.asked_by) == ("asked", TOMORROW, dora)
    assert letters() == [("exchange.visit_asked", lena.email)]
    letter = Letter.objects.get()
    assert letter.subject == "Powiatowy Urząd Pracy w Starachowicach asks to come to you"
    assert "How you write letters." in letter.text
    assert letter.office_id == offer.office_id


def test_where_the_contact_has_left_the_request_goes_to_the_leads(office, boris, lena, other_office, dora):
    offer = make_offer(office, by=boris)
    end_membership(Membership.objects.get(user=boris), by=lena, at=NOW)

    ask(offer, other_office, dora)

    assert letters() == [("exchange.visit_asked", lena.email)]


def test_contact_and_lead_both_hear_of_a_request(office, boris, lena, other_office, dora):
    ask(make_offer(office, by=boris), other_office, dora)

    assert letters() == [("exchange.visit_asked", boris.email), ("exchange.visit_asked", lena.email)]


def test_without_a_lead_the_director_is_told(office, ana, other_office, dora):
    ask(make_offer(office), other_office, dora)

    assert letters() == [("exchange.visit_asked", ana.email)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"people": 7}, "Places for guests at a time: 6. Write a smaller number."),
        ({"wished_on": YESTERDAY}, "This day has passed. Choose a day that is still to come."),
        ({"online": True}, "The host receives guests on the spot only, not by video."),
    ],
)
def test_a_wish_that_cannot_be_is_refused(offer, other_office, dora, fields, said):
    assert refusal(ask, offer, other_office, dora, **fields) == said


def test_an_empty_wish_is_refused(offer, other_office, dora):
    said = refusal(ask_to_come, offer, office=other_office, wish=Wish("  "), by=dora, on=TODAY)

    assert said == "Write what you want to see."


def test_nobody_visits_oneself(offer, office, lena):
    assert refusal(ask, offer, office, lena) == "This is your own offer. Other offices ask to come to you."


def test_a_second_request_waits_for_the_first(offer, other_office, dora):
    ask(offer, other_office, dora)

    said = refusal(ask, offer, other_office, dora)

    assert said == "Your office has asked already. Wait for the visit before you ask again."


def test_after_a_visit_one_may_ask_again(offer, other_office, dora):
    make_visit(offer, other_office, status="reported")

    assert ask(offer, other_office, dora).status == "asked"


def test_no_more_requests_are_let_through_than_the_host_takes_on(office, lena, other_office, dora):
    offer = make_offer(office, by=lena, allowed=1)
    # Both have read the offer while it was free.
    late = type(offer).objects.get(pk=offer.pk)
    ask(offer, make_office(), dora)

    assert (
        refusal(ask, late, other_office, dora)
        == "All visits that the host takes on are taken. Look for another offer in the list."
    )
    assert VisitRequest.objects.count() == 1


@pytest.mark.parametrize("status", ["declined", "cancelled"])
def test_a_visit_that_does_not_take_place_frees_its_place(office, lena, other_office, dora, status):
    offer = make_offer(office, by=lena, allowed=1)
    make_visit(offer, make_office(), status=status)

    assert ask(offer, other_office, dora).status == "asked"


def test_an_offer_that_was_closed_meanwhile_says_so(offer, lena, other_office, dora):
    close_offer(offer, by=lena, at=NOW)

    said = refusal(ask, offer, other_office, dora)

    assert said == "The host closed this offer meanwhile. Look for another one in the list."


def test_after_the_last_day_nobody_asks(office, lena, other_office, dora):
    offer = make_offer(office, by=lena, open_until=YESTERDAY)

    said = refusal(ask, offer, other_office, dora)

    assert said == "The last day for asking has passed. Look for another offer in the list."


# --- Answering and calling off ---------------------------------------------------------------------------------------


@pytest.fixture
def visit(offer, other_office, dora):
    return make_visit(offer, other_office, by=dora)


@pytest.fixture
def confirmed(visit, lena):
    return confirm_visit(visit, appointment=APPOINTMENT, by=lena, on=TODAY)


def test_the_host_confirms_and_the_guests_are_told(visit, lena, dora):
    held = confirm_visit(visit, appointment=APPOINTMENT, by=lena, on=TODAY)

    assert (held.status, held.held_on, held.held_at, held.place) == ("confirmed", TOMORROW, time(10), "Room 12")
    assert letters() == [("exchange.visit_confirmed", dora.email)]
    assert "Day: Nov. 24, 2026, begins at 10:00" in Letter.objects.get().text


def test_a_confirmed_visit_may_move(confirmed, lena, dora):
    later = TOMORROW + timedelta(days=7)
    moved = confirm_visit(confirmed, appointment=Appointment(later, "Room 3"), by=lena, on=TODAY)

    assert (moved.status, moved.held_on, moved.held_at) == ("confirmed", later, None)
    assert letters() == [("exchange.visit_confirmed", dora.email), ("exchange.visit_moved", dora.email)]


def test_a_visit_whose_day_has_passed_does_not_move(confirmed, lena):
    said = refusal(confirm_visit, confirmed, appointment=APPOINTMENT, by=lena, on=TOMORROW + timedelta(days=1))

    assert said == "The day of the visit has passed; it cannot be moved any more."


@pytest.mark.parametrize(
    ("appointment", "said"),
    [
        (Appointment(YESTERDAY, "Room 12"), "This day has passed. Choose a day that is still to come."),
        (Appointment(TODAY, " "), "Write where the guests are awaited, or the address of the video meeting."),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(visit, lena, appointment, said):
    assert refusal(confirm_visit, visit, appointment=appointment, by=lena, on=TODAY) == said


def test_the_host_declines_with_a_reason(visit, lena, dora):
    held = decline_visit(visit, reason=" We are moving. ", by=lena)

    assert (held.status, held.reason) == ("declined", "We are moving.")
    assert letters() == [("exchange.visit_declined", dora.email)]


@pytest.mark.parametrize("act", [decline_visit, cancel_visit])
def test_nobody_says_no_without_a_reason(visit, lena, act):
    said = refusal(act, visit, reason=" ", by=lena)

    assert said == "Write the reason, so that the other office can make other plans."


def test_the_guests_call_off_and_the_host_is_told(confirmed, lena, dora):
    Letter.objects.all().delete()
    cancel_visit(confirmed, reason="The train does not run.", by=dora)

    assert letters() == [("exchange.visit_cancelled", lena.email)]
    assert "It was planned for Nov. 24, 2026." in Letter.objects.get().text
    assert Letter.objects.get().office_id == confirmed.offer.office_id


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("cancelled", "The visit was called off meanwhile."),
        ("declined", "The visit was declined meanwhile."),
        ("reported", "The visit has taken place, and its report is written."),
    ],
)
def test_a_page_that_has_grown_old_says_what_became_of_the_visit(offer, other_office, lena, status, said):
    visit = make_visit(offer, other_office, status=status)

    assert refusal(confirm_visit, visit, appointment=APPOINTMENT, by=lena, on=TODAY) == said
    assert refusal(decline_visit, visit, reason="No.", by=lena) == said


def test_a_confirmed_visit_is_not_declined(confirmed, lena):
    assert refusal(decline_visit, confirmed, reason="No.", by=lena) == "The visit is confirmed already."


# --- Afterwards ------------------------------------------------------------------------------------------------------


def report(visit, by, on=TOMORROW, learned="How they write."):
    return report_visit(visit, learned=learned, intends="Letters.", by=by, at=NOW, on=on)


def test_the_guests_report_and_the_host_reads_it(confirmed, dora, lena):
    Letter.objects.all().delete()
    held = report(confirmed, dora)

    assert (held.status, held.learned, held.intends, held.reported_by) == (
        "reported",
        "How they write.",
        "Letters.",
        dora,
    )
    assert letters() == [("exchange.visit_reported", lena.email)]


def test_nobody_reports_before_the_day(confirmed, dora):
    said = refusal(report, confirmed, dora, on=TODAY)

    assert said == "The day of the visit is still to come. Come back to this page after it."


def test_a_report_says_something(confirmed, dora):
    assert refusal(report, confirmed, dora, learned=" ") == "Write what you saw and learned."


def test_a_visit_that_was_not_confirmed_has_no_report(visit, dora):
    assert refusal(report, visit, dora) == "The host has not confirmed this visit yet."


def test_a_second_report_is_refused(confirmed, dora):
    report(confirmed, dora)

    assert refusal(report, confirmed, dora) == "The visit has taken place, and its report is written."


def rate(visit, side, by, rating=5, on=TOMORROW):
    return rate_visit(visit, side=side, rating=rating, words=" Good. ", by=by, on=on)


def test_both_sides_rate_once(confirmed, dora, lena):
    rate(confirmed, "guest", dora)
    rate(confirmed, "host", lena, rating=4)

    assert list(VisitWord.objects.order_by("pk").values_list("side", "rating", "words")) == [
        ("guest", 5, "Good."),
        ("host", 4, "Good."),
    ]
    assert refusal(rate, confirmed, "guest", dora) == "Your office has rated this visit already."


def test_nobody_rates_before_the_day(confirmed, lena):
    said = refusal(rate, confirmed, "host", lena, on=TODAY)

    assert said == "The day of the visit is still to come. Come back to this page after it."


def test_what_did_not_take_place_is_not_rated(offer, other_office, lena):
    visit = make_visit(offer, other_office, status="cancelled")

    assert refusal(rate, visit, "host", lena) == "The visit was called off meanwhile."


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_lies_between_one_and_five(confirmed, lena, rating):
    assert refusal(rate, confirmed, "host", lena, rating=rating) == "Choose a rating from 1 to 5."
