"""What each person has to do about study visits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qms.exchange.models import VisitOffer, VisitWord
from qms.exchange.queries.tasks_visits import visit_tasks_of
from tests.factories.exchange import make_offer, make_visit

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def kinds(person, at=NOW):
    return [task.kind for task in visit_tasks_of(person, at)]


@pytest.fixture
def offer(office, lena):
    return make_offer(office, by=lena)


def test_the_host_answers(offer, other_office, lena, ana, boris, dora):
    make_visit(offer, other_office, by=dora, wished_on=TODAY)

    assert [kinds(person) for person in (lena, ana, boris, dora)] == [["visit_answer"], ["visit_answer"], [], []]
    (task,) = visit_tasks_of(lena, NOW)
    assert task.detail == f"PUP Starachowice, {offer.title}, they would like 23 November 2026"
    assert task.office == offer.office


def test_the_contact_answers_while_at_work(offer, other_office, boris):
    VisitOffer.objects.update(contact=boris)
    make_visit(offer, other_office)
    assert kinds(boris) == ["visit_answer"]

    boris.memberships.update(is_active=False)
    vars(boris).pop("_roles")

    assert kinds(boris) == []


@pytest.mark.parametrize(("days", "guest", "host"), [(1, [], []), (0, ["visit_report"], ["visit_rate"])])
def test_after_the_day_the_guest_reports_and_the_host_rates(offer, other_office, lena, dora, days, guest, host):
    make_visit(offer, other_office, by=dora, status="confirmed", held_on=TODAY + timedelta(days=days))

    assert (kinds(dora), kinds(lena)) == (guest, host)


def test_after_the_report_the_guest_rates(offer, other_office, lena, dora):
    visit = make_visit(offer, other_office, by=dora, status="reported")
    assert (kinds(dora), kinds(lena)) == (["visit_rate"], ["visit_rate"])

    VisitWord.objects.create(request=visit, side="guest", rating=5, by=dora)

    assert (kinds(dora), kinds(lena)) == ([], ["visit_rate"])


@pytest.mark.parametrize("status", ["declined", "cancelled"])
def test_what_does_not_take_place_asks_nothing(offer, other_office, lena, dora, status):
    make_visit(offer, other_office, by=dora, status=status)

    assert (kinds(dora), kinds(lena)) == ([], [])


def test_who_works_in_no_office_has_nothing_to_do(nora, rob, offer, other_office):
    make_visit(offer, other_office)

    assert (kinds(nora), kinds(rob)) == ([], [])


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_are_read_in_four_queries(offer, other_office, lena, count, django_assert_num_queries):
    for _each in range(count):
        make_visit(offer, other_office, status="reported")
    kinds(lena)

    with django_assert_num_queries(4):
        assert len(kinds(lena)) == count
