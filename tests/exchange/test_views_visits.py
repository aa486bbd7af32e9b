"""Pages of study visits, as the two offices and coordinators walk through them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from qms.exchange.models import VisitOffer, VisitRequest, VisitWord
from qms.goodpractices.models import PracticePage
from tests.factories.accounts import make_user
from tests.factories.assessments import make_edition as make_framework
from tests.factories.exchange import make_offer, make_visit
from tests.factories.goodpractices import make_practice
from tests.factories.offices import make_member, make_office

ASK = {"wish": "How you write letters.", "people": 2, "wished_on": ""}


def today():
    return timezone.localdate()


def at(route, *args, query=""):
    return reverse(f"exchange:{route}", args=args) + query


@pytest.fixture
def offer(office, lena):
    make_framework()
    return make_offer(office, by=lena, title="Letters in plain words")


@pytest.fixture
def visit(offer, other_office, dora):
    return make_visit(offer, other_office, by=dora)


@pytest.fixture
def past(offer, other_office, dora):
    """A confirmed visit whose day was yesterday."""
    day = today() - timedelta(days=1)
    return make_visit(offer, other_office, by=dora, status="confirmed", held_on=day)


def text_of(answer) -> str:
    return answer.content.decode()


# --- The whole way ---------------------------------------------------------------------------------------------------


def test_two_offices_walk_the_whole_way(client, office, lena, other_office, dora):
    make_framework()
    client.force_login(lena)
    written = {
        "title": "Letters in plain words",
        "nodes": ["1.1"],
        "people": 6,
        "allowed": 3,
        "day_1": (today() + timedelta(days=9)).isoformat(),
    }
    client.post(at("offer-add"), written)
    offer = VisitOffer.objects.get()
    assert (offer.office, offer.framework, offer.nodes) == (office, "small-2020", ["1.1"])

    client.force_login(dora)
    client.post(at("visit-ask", offer.pk), {**ASK, "office": other_office.pk, "wished_on": written["day_1"]})
    visit = VisitRequest.objects.get()
    assert (visit.office, visit.wished_on.isoformat()) == (other_office, written["day_1"])

    client.force_login(lena)
    client.post(at("visit-confirm", visit.pk), {"held_on": today(), "held_at": "10:00", "place": "Room 12"})
    client.force_login(dora)
    answer = client.post(at("visit-report", visit.pk), {"learned": "How they write."})
    assert answer["Location"] == at("visit-rate", visit.pk)
    client.post(at("visit-rate", visit.pk), {"side": "guest", "rating": "5"})
    client.force_login(lena)
    client.post(at("visit-rate", visit.pk), {"side": "host", "rating": "4", "words": "Good questions."})

    visit.refresh_from_db()
    assert visit.status == "reported"
    assert sorted(visit.words.values_list("side", "rating")) == [("guest", 5), ("host", 4)]
    page = text_of(client.get(at("visit", visit.pk)))
    assert "4 of 5" in page
    assert "Good questions." in page


# --- Offers ----------------------------------------------------------------------------------------------------------


def lines(answer):
    return [line.title for line in answer.context["lines"]]


def test_open_offers_are_listed_and_narrowed(client, offer, other_office, dora, boris):
    make_offer(other_office, by=dora, title="Help desk", nodes=["2.1"], online=True)
    make_offer(other_office, by=dora, title="Closed", closed_at=timezone.now())
    make_offer(other_office, by=dora, title="Over", open_until=today() - timedelta(days=1))
    client.force_login(boris)

    assert lines(client.get(at("offer-list"))) == ["Help desk", "Letters in plain words"]
    for query, found in {
        "node=small-2020:2.1": ["Help desk"],
        "online=on": ["Help desk"],
        "region=28": ["Letters in plain words"],
        "kind=town_hall": [],
        "region=nowhere": [],
    }.items():
        assert lines(client.get(at("offer-list", query=f"?{query}"))) == found, query


def test_a_full_offer_stands_last_and_says_so(client, office, lena, dora):
    make_framework()
    full = make_offer(office, by=lena, title="Full", allowed=1)
    make_visit(full, make_office())
    make_offer(office, by=lena, title="Free")
    client.force_login(dora)

    answer = client.get(at("offer-list"))

    assert lines(answer) == ["Free", "Full"]
    assert "All visits are taken" in text_of(answer)
    assert [bool(line.ask_url) for line in answer.context["lines"]] == [True, False]


def test_own_offers_are_a_list_of_their_own(client, offer, lena, other_office, dora):
    make_offer(other_office, by=dora, title="Help desk")
    make_offer(offer.office, by=lena, title="Closed", closed_at=timezone.now())
    client.force_login(lena)

    assert lines(client.get(at("offer-list", query="?part=own"))) == ["Letters in plain words", "Closed"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_offers_as_for_one(client, django_assert_num_queries, offer, dora, count):
    for _each in range(count - 1):
        host = make_office()
        make_visit(make_offer(host, by=make_member(host, "quality_lead").user), make_office())
    client.force_login(dora)
    client.get(at("offer-list"))

    with django_assert_num_queries(12):
        client.get(at("offer-list"))


def test_who_holds_no_role_reads_no_offers(client, offer):
    client.force_login(make_user())

    assert client.get(at("offer-list")).status_code == 403
    assert client.get(at("offer", offer.pk)).status_code == 404


def test_the_page_of_an_offer_names_its_contact_while_at_work(client, offer, dora, office, lena):
    client.force_login(dora)
    assert lena.name in text_of(client.get(at("offer", offer.pk)))

    lena.memberships.update(is_active=False)

    page = text_of(client.get(at("offer", offer.pk)))
    assert lena.name not in page
    assert "the quality lead of the office" in page


@pytest.mark.parametrize("hidden", [{"live": False}, {"withheld_at": timezone.now()}])
def test_the_practice_behind_an_offer_is_shown_while_it_is_published(client, offer, dora, hidden):
    practice = make_practice(offer.office, title="Twelve letters")
    offer.practice = practice
    offer.save()
    client.force_login(dora)
    assert "Twelve letters" in text_of(client.get(at("offer", offer.pk)))

    PracticePage.objects.filter(pk=practice.pk).update(**hidden)

    assert "Twelve letters" not in text_of(client.get(at("offer", offer.pk)))


def test_a_mean_is_shown_from_five_ratings_on(client, offer, dora):
    offer.allowed = 9
    offer.save()

    def rate(rating):
        word = {"side": "guest", "rating": rating, "by": dora}
        VisitWord.objects.create(request=make_visit(offer, make_office(), status="reported"), **word)

    for rating in (5, 5, 4, 4):
        rate(rating)
    client.force_login(dora)
    assert client.get(at("offer", offer.pk)).context["useful"] == ""

    rate(3)

    assert client.get(at("offer", offer.pk)).context["useful"] == "4.2 of 5, the mean of 5 guest offices"


def test_what_is_wrong_with_an_offer_is_said_and_nothing_is_lost(client, offer, lena):
    client.force_login(lena)
    written = {
        "title": "Help desk",
        "people": 6,
        "allowed": 3,
        "day_2": (today() - timedelta(days=1)).isoformat(),
        "open_until": (today() - timedelta(days=1)).isoformat(),
    }

    answer = client.post(at("offer-add"), written)

    assert answer.status_code == 422
    form = answer.context["form"]
    assert sorted(form.errors) == ["day_2", "nodes", "open_until"]
    assert 'value="Help desk"' in text_of(answer)


def test_six_subcriteria_at_most(client, offer, lena):
    client.force_login(lena)
    codes = [code for code, _label in client.get(at("offer-add")).context["form"].fields["nodes"].choices]
    written = {"title": "All", "people": 6, "allowed": 3, "nodes": codes}

    answer = client.post(at("offer-add"), written)

    assert (answer.status_code == 422) == (len(codes) > 6)


def test_two_who_change_an_offer_keep_their_texts(client, offer, lena, ana):
    written = {"nodes": ["1.1"], "people": 6, "allowed": 3}
    client.force_login(lena)
    seen = client.get(at("offer-edit", offer.pk)).context["form"]["seen"].value()
    client.post(at("offer-edit", offer.pk), {**written, "title": "Hers", "seen": seen})
    client.force_login(ana)

    answer = client.post(at("offer-edit", offer.pk), {**written, "title": "His", "seen": seen})

    assert answer.status_code == 422
    assert 'value="His"' in text_of(answer)
    again = answer.context["form"]["seen"].value()
    assert client.post(at("offer-edit", offer.pk), {**written, "title": "His", "seen": again}).status_code == 302
    offer.refresh_from_db()
    assert offer.title == "His"


def test_an_offer_that_was_closed_while_somebody_wrote_keeps_the_text(client, offer, lena):
    client.force_login(lena)
    client.post(at("offer-close", offer.pk))

    written = {"nodes": ["1.1"], "people": 6, "allowed": 3, "title": "Hers"}
    answer = client.post(at("offer-edit", offer.pk), written)

    assert answer.status_code == 422
    assert "The offer is closed; it cannot be changed any more." in text_of(answer)
    assert client.get(at("offer-edit", offer.pk)).status_code == 403


@pytest.mark.parametrize("route", ["offer-edit", "offer-close"])
def test_only_the_host_changes_an_offer(client, offer, dora, boris, route):
    for person in (dora, boris):
        client.force_login(person)
        assert client.post(at(route, offer.pk)).status_code == 403


def test_who_leads_no_office_invites_nobody(client, offer, boris, nora):
    for person in (boris, nora):
        client.force_login(person)
        assert client.get(at("offer-add")).status_code == 403


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_only_heads_of_another_office_ask(client, offer, lena, boris, dora, other_office):
    employee = make_member(other_office).user
    for person, status in ((lena, 403), (boris, 403), (employee, 403), (dora, 200)):
        client.force_login(person)
        assert client.get(at("visit-ask", offer.pk)).status_code == status, person


def test_proposed_days_are_offered_to_choose(client, offer, dora, other_office):
    ahead = today() + timedelta(days=3)
    offer.days = [(today() - timedelta(days=3)).isoformat(), ahead.isoformat()]
    offer.save()
    client.force_login(dora)

    choices = client.get(at("visit-ask", offer.pk)).context["form"].fields["wished_on"].choices

    assert [code for code, _label in choices] == [ahead.isoformat(), ""]
    late = {**ASK, "office": other_office.pk, "wished_on": offer.days[0]}
    answer = client.post(at("visit-ask", offer.pk), late)
    assert answer.status_code == 422
    assert "The host does not propose this day any more. Choose another one." in text_of(answer)


def test_an_offer_that_was_closed_meanwhile_says_so_and_keeps_the_text(client, offer, dora, other_office):
    offer.closed_at = timezone.now()
    offer.save()
    client.force_login(dora)

    answer = client.post(at("visit-ask", offer.pk), {**ASK, "office": other_office.pk})

    assert answer.status_code == 422
    assert "The host closed this offer meanwhile." in text_of(answer)
    assert "How you write letters." in text_of(answer)
    assert client.get(at("visit-ask", offer.pk)).status_code == 404


def test_who_has_asked_already_is_led_to_the_visit(client, visit, dora):
    client.force_login(dora)

    answer = client.get(at("visit-ask", visit.offer_id))

    assert answer["Location"] == at("visit", visit.pk)


def test_who_comes_too_late_is_told(client, office, lena, dora):
    make_framework()
    full = make_offer(office, by=lena, allowed=1)
    make_visit(full, make_office())
    client.force_login(dora)

    answer = client.get(at("visit-ask", full.pk), follow=True)

    assert "all visits are taken" in text_of(answer)


def test_one_asks_only_for_an_office_that_one_leads(client, offer, dora):
    client.force_login(dora)

    answer = client.post(at("visit-ask", offer.pk), {**ASK, "office": make_office().pk})

    assert answer.status_code == 422
    assert not VisitRequest.objects.exists()


# --- One visit -------------------------------------------------------------------------------------------------------


def test_both_sides_and_their_coordinators_read_a_visit(client, past, boris, dora, rob, nora):
    outsider = make_member(make_office(), "quality_lead").user
    VisitWord.objects.create(request=past, side="guest", rating=2, words="It was short.", by=dora)
    for person, reads in ((boris, True), (dora, True), (rob, True), (nora, True), (outsider, False)):
        client.force_login(person)
        answer = client.get(at("visit", past.pk))
        assert (answer.status_code == 200) == reads, person
        assert ("It was short." in text_of(answer)) == reads


@pytest.mark.parametrize("route", ["visit-confirm", "visit-decline"])
def test_only_the_host_answers(client, visit, route, dora, lena, boris, ana, rob):
    for person, status in ((dora, 403), (boris, 403), (rob, 403), (lena, 200), (ana, 200)):
        client.force_login(person)
        assert client.get(at(route, visit.pk)).status_code == status, person


def test_the_contact_answers_too(client, visit, boris):
    VisitOffer.objects.update(contact=boris)
    client.force_login(boris)

    assert client.get(at("visit-confirm", visit.pk)).status_code == 200


@pytest.mark.parametrize(
    ("route", "status", "said"),
    [
        ("visit-confirm", "cancelled", "The visit was called off meanwhile."),
        ("visit-decline", "confirmed", "The visit is confirmed already."),
        ("visit-cancel", "declined", "The visit was declined meanwhile."),
        ("visit-report", "asked", "The host has not confirmed this visit yet."),
        ("visit-rate", "cancelled", "The visit was called off meanwhile."),
    ],
)
def test_a_step_that_is_not_open_any_more_leads_to_the_visit(client, offer, other_office, route, status, said):
    people = [make_member(each, "quality_lead") for each in (offer.office, other_office)]
    both = make_member(other_office, "quality_lead", people[0].user).user
    visit = make_visit(offer, other_office, status=status)
    client.force_login(both)

    answer = client.get(at(route, visit.pk), follow=True)

    assert answer.redirect_chain == [(at("visit", visit.pk), 302)]
    assert said in text_of(answer)


def test_a_stale_form_keeps_what_was_typed(client, visit, lena):
    VisitRequest.objects.update(status="cancelled", reason="The train does not run.")
    client.force_login(lena)

    answer = client.post(at("visit-confirm", visit.pk), {"held_on": today(), "place": "Room 12"})

    assert answer.status_code == 422
    assert "The visit was called off meanwhile." in text_of(answer)
    assert 'value="Room 12"' in text_of(answer)


@pytest.mark.parametrize("route", ["visit-decline", "visit-cancel"])
def test_no_is_said_with_a_reason(client, visit, lena, route):
    client.force_login(lena)

    answer = client.post(at(route, visit.pk), {"reason": " "})

    assert answer.status_code == 422
    assert "Write the reason, so that the other office can make other plans." in text_of(answer)


def test_a_day_that_has_passed_is_refused(client, visit, lena):
    client.force_login(lena)

    written = {"held_on": today() - timedelta(days=1), "place": "Room 12"}
    answer = client.post(at("visit-confirm", visit.pk), written)

    assert answer.context["form"].errors == {"held_on": ["This day has passed. Choose a day that is still to come."]}


@pytest.mark.parametrize("route", ["visit-report", "visit-rate"])
def test_before_the_day_nothing_is_told(client, offer, other_office, dora, route):
    ahead = make_visit(offer, other_office, by=dora, status="confirmed", held_on=today() + timedelta(days=2))
    client.force_login(dora)

    answer = client.get(at(route, ahead.pk), follow=True)

    assert "The day of the visit is still to come." in text_of(answer)


def test_who_has_rated_is_told(client, past, lena):
    client.force_login(lena)
    client.post(at("visit-rate", past.pk), {"side": "host", "rating": "4"})

    assert "Your office has rated this visit already." in text_of(client.get(at("visit-rate", past.pk), follow=True))
    answer = client.post(at("visit-rate", past.pk), {"side": "host", "rating": "1"})
    assert answer.status_code == 422
    assert VisitWord.objects.get().rating == 4


def test_nobody_rates_for_the_other_side(client, past, lena):
    client.force_login(lena)
    client.post(at("visit-rate", past.pk), {"side": "guest", "rating": "1"})

    assert list(VisitWord.objects.values_list("side", flat=True)) == ["host"]


# --- The file for a calendar ------------------------------------------------------------------------------------------


def test_both_sides_take_the_visit_into_their_calendars(client, offer, other_office, dora, boris):
    visit = make_visit(
        offer, other_office, by=dora, status="confirmed", held_on="2027-01-14", held_at="10:30", answer="Ring twice."
    )
    for person in (dora, boris):
        client.force_login(person)
        answer = client.get(at("visit-calendar", visit.pk))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert event["dtstart"].dt.isoformat() == "2027-01-14T09:30:00+00:00"
        assert event["summary"] == "Study visit: PUP Starachowice at PUP Gołdap"
        assert event["location"] == "Room 12"
        assert "Ring twice." in event["description"]


def test_a_visit_without_an_hour_fills_the_day(client, past, dora):
    client.force_login(dora)

    (event,) = Calendar.from_ical(client.get(at("visit-calendar", past.pk)).content).walk("VEVENT")

    assert (event["dtend"].dt - event["dtstart"].dt).days == 1


def test_what_has_no_day_has_no_file(client, visit, dora, nora):
    client.force_login(dora)
    assert client.get(at("visit-calendar", visit.pk)).status_code == 404
    client.force_login(nora)
    assert client.get(at("visit-calendar", visit.pk)).status_code == 403


# --- The list --------------------------------------------------------------------------------------------------------


def rows(answer):
    table = answer.context["table"]
    return [row[1] for row in table.rows] if table else []


def test_each_side_sees_its_part(client, visit, lena, dora, nora):
    client.force_login(lena)
    assert rows(client.get(at("visit-list"))) == ["PUP Starachowice"]
    client.force_login(dora)
    assert rows(client.get(at("visit-list"))) == ["PUP Gołdap"]
    assert rows(client.get(at("visit-list", query="?part=hosting"))) == []
    client.force_login(nora)
    assert rows(client.get(at("visit-list"))) == ["PUP Gołdap"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_visits_asks_as_often_for_three_as_for_one(client, django_assert_num_queries, offer, lena, count):
    for _each in range(count):
        make_visit(offer, make_office())
    client.force_login(lena)
    client.get(at("visit-list"))

    with django_assert_num_queries(8):
        client.get(at("visit-list"))
