"""Seats in a jury: given, changed, given up; exclusions by rule; letters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qms.core.models import Letter
from qms.jury.domain.pool import JurorDraft
from qms.jury.models import Ballot, Exclusion, Juror
from qms.jury.queries.pool import candidates, pool_of
from qms.jury.services import exclusions, pool
from qms.lifecycle import Refused
from qms.offices.models import Membership
from qms.offices.services import add_member
from tests.factories.awards import make_category, make_round
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_closed_round,
    make_judged_category,
    make_juror,
    make_received,
)
from tests.factories.laureates import make_decision_list
from tests.factories.offices import make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(db):
    return make_judged_category(sections=1)


def seat(category, user, by, **more):
    return pool.add_juror(category.round, user=user, draft=JurorDraft((category.pk,), **more), by=by, at=timezone.now())


def test_jurors_are_numbered_and_get_a_letter(category, judy, nora):
    first = seat(category, judy, nora, is_chair=True)
    second = seat(category, make_person("Jarek", "juror"), nora)

    assert [first.sign, second.sign] == ["E1", "E2"]
    assert (first.is_chair, list(first.categories.all())) == (True, [category])
    letter = Letter.objects.get(to=judy.email)
    assert category.round.title in letter.subject
    assert f"/jury/seats/{first.pk}/promise/" in letter.text


def test_only_people_with_the_role_are_seated_and_only_once(category, judy, ana, nora):
    seat(category, judy, nora)

    with pytest.raises(Refused, match="does not hold the role of a juror"):
        seat(category, ana, nora)
    with pytest.raises(Refused, match="sits in this jury already"):
        seat(category, judy, nora)
    assert list(candidates(category.round)) == []


def test_seat_needs_a_category_of_its_own_round(category, judy, nora):
    foreign = make_category(make_round())

    with pytest.raises(Refused, match="at least one category"):
        pool.add_juror(category.round, user=judy, draft=JurorDraft((foreign.pk,)), by=nora, at=timezone.now())


def test_own_office_and_own_region_are_written_down_once(category, judy, office, nora):
    add_member(judy, "employee", office=office, by=None)
    category.judging.blocks_region = True
    category.judging.save()
    own = make_received(office, category)
    near = make_received(make_office(region=office.region), category)
    make_received(make_office(), category)

    juror = seat(category, judy, nora)
    exclusions.exclude_by_rule(category.round, timezone.now())

    kinds = Exclusion.objects.filter(juror=juror).order_by("application").values_list("application", "kind")
    assert list(kinds) == [(own.pk, "office"), (near.pk, "region")]


def test_nothing_is_written_down_before_the_closing(judy, office, nora):
    add_member(judy, "employee", office=office, by=None)
    category = make_category(make_round())
    make_received(office, category)

    seat(category, judy, nora)

    assert not Exclusion.objects.exists()


def test_office_that_comes_later_ends_the_ballot(category, office, nora):
    juror, application = make_juror(category), make_received(office, category)
    section = category.sections.get()
    own = hand_in(make_ballot(juror, application), {section: 80})
    for score in (40, 60):
        hand_in(make_ballot(make_juror(category), application), {section: score})
    add_member(juror.user, "employee", office=office, by=None)

    exclusions.exclude_by_rule(category.round, timezone.now())

    own.refresh_from_db()
    application.standing.refresh_from_db()
    assert (own.ended_reason, own.total) == (exclusions.EXCLUDED, 80)
    assert (application.standing.ballots, application.standing.total) == (2, 50)


def test_juror_who_leaves_ends_the_ballots_and_may_come_back(category, judy, office, nora):
    juror = seat(category, judy, nora)
    ballot = make_ballot(juror, make_received(office, category))

    pool.leave(juror, reason="Ill.", by=nora, at=timezone.now())
    ballot.refresh_from_db()
    back = seat(category, judy, nora)

    assert ballot.ended_reason == "Ill."
    assert (back.pk, back.number, back.left_at, back.left_reason) == (juror.pk, 1, None, "")
    assert not Ballot.objects.counting().exists()


def test_seat_that_is_given_up_is_not_changed(category, judy, nora):
    juror = seat(category, judy, nora)
    pool.leave(juror, reason="Ill.", by=nora, at=timezone.now())

    with pytest.raises(Refused, match="has left this jury"):
        pool.change_juror(juror, draft=JurorDraft((category.pk,)), by=nora, at=timezone.now())


def test_category_that_is_taken_away_ends_its_ballots_only(category, judy, office, nora):
    other = make_judged_category(category.round)
    juror = seat(category, judy, nora)
    juror.categories.add(other)
    lost, kept = (make_ballot(juror, make_received(office, one)) for one in (category, other))

    pool.change_juror(juror, draft=JurorDraft((other.pk,)), by=nora, at=timezone.now())

    assert list(Ballot.objects.counting()) == [kept]
    lost.refresh_from_db()
    assert lost.ended_reason == pool.MOVED


def test_pool_counts_who_declared_and_where_jurors_are_short(category, office, judy, nora):
    add_member(judy, "employee", office=office, by=None)
    make_received(office, category)
    make_received(make_office(), category)
    jurors = [make_juror(category) for _number in range(2)]
    declare_all(jurors[0])
    own = seat(category, judy, nora)

    found = pool_of(category.round, timezone.now())

    assert [(one.juror, one.applications, one.declared, one.excluded) for one in found.seats] == [
        (jurors[0], 2, 2, 0),
        (jurors[1], 2, 0, 0),
        (own, 2, 0, 1),
    ]
    need = found.needs[0]
    assert (need.each, need.seated, need.applications, need.short) == (3, 3, 2, 1)


def test_who_lost_the_role_of_a_juror_is_none_of_those_who_are_enough(category, office, judy, nora):
    make_received(office, category)
    for _number in range(2):
        make_juror(category)
    seat(category, judy, nora)
    Membership.objects.filter(user=judy).update(is_active=False, ended_at=timezone.now())

    need = pool_of(category.round, timezone.now()).needs[0]

    assert (need.each, need.seated, need.short) == (3, 2, 1)


def test_pool_before_the_closing_tells_nothing_of_applications(office, judy, nora):
    category = make_judged_category(make_round())
    make_received(office, category)
    seat(category, judy, nora)

    found = pool_of(category.round, category.round.closes_at - timedelta(seconds=1))

    assert (found.exclusions, found.needs[0].applications, found.seats[0].applications) == ((), 0, 0)


@pytest.mark.parametrize("many", [1, 3])
def test_pool_takes_the_same_number_of_queries(many, django_assert_num_queries):
    found = make_closed_round()
    category = make_judged_category(found)
    for _number in range(many):
        make_received(make_office(), category)
        declare_all(make_juror(category))

    with django_assert_num_queries(8):
        pool_of(found, timezone.now())


def test_juror_row_is_one_of_its_round(category, judy, nora):
    seat(category, judy, nora)

    assert str(Juror.objects.get()) == f"juror E1 of round {category.round_id}"


def test_what_the_jury_has_decided_stays_as_it_is(category, office, nora):
    juror, application = make_juror(category), make_received(office, category)
    ballot = hand_in(make_ballot(juror, application), {category.sections.get(): 80})
    make_decision_list(category)
    add_member(juror.user, "employee", office=office, by=None)

    exclusions.exclude_by_rule(category.round, timezone.now())
    with pytest.raises(Refused, match="has decided the category"):
        pool.change_juror(
            juror, draft=JurorDraft((make_judged_category(category.round).pk,)), by=nora, at=timezone.now()
        )
    pool.leave(juror, reason="Done.", by=nora, at=timezone.now())

    ballot.refresh_from_db()
    assert (ballot.ended_at, Exclusion.objects.count()) == (None, 0)
