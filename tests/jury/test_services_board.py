"""Ballots given out, taken away and asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from qms.awards.models import Judging
from qms.core.models import Letter
from qms.jury.models import Ballot, DecisionList, Exclusion, Standing
from qms.jury.queries.assigning import panel_of, plan_of
from qms.jury.services import assigning, prompting
from qms.jury.services.standing import restand
from qms.lifecycle import Refused
from qms.offices.models import Membership
from qms.offices.services import add_member
from tests.factories.jury import (
    hand_in,
    make_ballot,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
)
from tests.factories.offices import make_office, make_person


@pytest.fixture
def category(db):
    return make_judged_category()


def who_judges(user):
    """The person, with the role of a juror beside the one that they have."""
    add_member(user, "juror", by=None)
    return user


def received(category, region, count):
    return [
        make_received(make_office(slug=f"office-{number}", region=region), category) for number in range(1, count + 1)
    ]


def assign(category, by):
    at = timezone.now()
    return assigning.assign_applications(category, seen=plan_of(category).digest, by=by, at=at)


def pairs(category):
    rows = Ballot.objects.counting().filter(application__category=category)
    return set(rows.values_list("application", "juror"))


# --- All at once -----------------------------------------------------------------------------------------------------


def test_each_application_gets_its_jurors_and_each_juror_a_fair_share(category, region, nora):
    applications = received(category, region, 4)
    jurors = [make_juror(category) for _ in range(4)]

    assert assign(category, nora) == 12
    assert {one.pk: one.ballots.count() for one in applications} == dict.fromkeys((one.pk for one in applications), 3)
    assert {one.pk: one.ballots.count() for one in jurors} == dict.fromkeys((one.pk for one in jurors), 3)
    assert set(Standing.objects.values_list("ballots", "is_revealed")) == {(3, False)}


def test_nobody_scores_an_own_office_or_what_they_declared_a_conflict_on(category, region, nora):
    first, second = received(category, region, 2)
    insider = make_juror(category, who_judges(make_person("Iga", "employee", office=first.office)))
    friend = make_juror(category)
    Exclusion.objects.create(
        juror=friend, application=second, kind="declared", reason="A cousin.", made_at=timezone.now()
    )

    assign(category, nora)

    assert pairs(category) == {(first.pk, friend.pk), (second.pk, insider.pk)}
    assert Exclusion.objects.filter(juror=insider, application=first, kind="office").exists()


def test_own_region_excludes_where_it_is_the_rule(category, region, rob, nora):
    (application,) = received(category, region, 1)
    near = make_juror(category, who_judges(make_person("Rita", "regional_coordinator", region=region)))
    assert plan_of(category).proposal.pairs == ((application.pk, near.pk),)

    Judging.objects.filter(category=category).update(blocks_region=True)
    category.refresh_from_db()

    assert plan_of(category).proposal.pairs == ()
    assert plan_of(category).proposal.short == {application.pk: 3}


def test_what_stands_stays_and_a_second_click_makes_nothing(category, region, nora):
    (application,) = received(category, region, 1)
    jurors = [make_juror(category) for _ in range(3)]
    kept = make_ballot(jurors[0], application)

    assert assign(category, nora) == 2
    assert assign(category, nora) == 0
    assert Ballot.objects.get(pk=kept.pk).is_automatic is False


def test_what_was_taken_away_is_not_given_back_by_itself(category, region, nora):
    (application,) = received(category, region, 1)
    juror = make_juror(category)
    ballot = make_ballot(juror, application)
    assigning.end_ballot(ballot, reason="Ill.", by=nora, at=timezone.now())

    assert plan_of(category).proposal.pairs == ()
    assert [seat.pk for seat in panel_of(application).free] == [juror.pk]


def test_ballots_in_other_categories_of_the_round_count_as_load(category, region, nora):
    (application,) = received(category, region, 1)
    Judging.objects.filter(category=category).update(jurors=2)
    category.refresh_from_db()
    busy, calm, other = (make_juror(category) for _ in range(3))
    elsewhere = make_judged_category(category.round)
    far = make_received(make_office(slug="far", region=region), elsewhere)
    make_ballot(busy, far)

    assign(category, nora)

    assert pairs(category) == {(application.pk, calm.pk), (application.pk, other.pk)}


def test_a_proposal_that_has_changed_is_not_written(category, region, nora):
    received(category, region, 1)
    make_juror(category)
    seen = plan_of(category).digest
    make_juror(category)

    with pytest.raises(Refused, match="Something changed meanwhile"):
        assigning.assign_applications(category, seen=seen, by=nora, at=timezone.now())
    assert pairs(category) == set()


def test_nothing_is_assigned_before_the_closing(category, region, nora):
    (application,) = received(category, region, 1)
    juror, at = make_juror(category), category.round.closes_at - timedelta(microseconds=1)
    ballot = make_ballot(juror, application)

    with pytest.raises(Refused, match=assigning.SEALED):
        assigning.assign_applications(category, seen=plan_of(category).digest, by=nora, at=at)
    with pytest.raises(Refused, match=assigning.SEALED):
        assigning.add_ballot(application, juror=make_juror(category), by=nora, at=at)
    with pytest.raises(Refused, match=assigning.SEALED):
        assigning.end_ballot(ballot, reason="Ill.", by=nora, at=at)
    assert pairs(category) == {(application.pk, juror.pk)}


def test_after_the_decision_nothing_is_assigned(category, region, nora):
    (application,) = received(category, region, 1)
    ballot = make_ballot(make_juror(category), application)
    spare = make_juror(category)
    DecisionList.objects.create(category=category, stage="prize", closed_at=timezone.now(), closed_by=nora)

    with pytest.raises(Refused, match=assigning.DECIDED):
        assign(category, nora)
    with pytest.raises(Refused, match=assigning.DECIDED):
        assigning.add_ballot(application, juror=spare, by=nora, at=timezone.now())
    with pytest.raises(Refused, match=assigning.DECIDED):
        assigning.end_ballot(ballot, reason="Late.", by=nora, at=timezone.now())


# --- By hand ---------------------------------------------------------------------------------------------------------


def test_one_more_juror_hides_the_numbers_again(category, region, nora):
    (application,) = received(category, region, 1)
    first, second = category.sections.order_by("position")
    for score in (40, 60):
        hand_in(make_ballot(make_juror(category), application), {first: score, second: score})
    assert restand(application, timezone.now()).is_revealed is True

    assigning.add_ballot(
        application, juror=make_juror(category), late_reason="A third view.", by=nora, at=timezone.now()
    )

    standing = Standing.objects.get(application=application)
    assert (standing.ballots, standing.handed_in, standing.is_revealed, standing.total) == (3, 2, False, None)


def test_who_is_excluded_or_asked_already_cannot_be_added(category, region, nora):
    (application,) = received(category, region, 1)
    asked = make_juror(category)
    insider = make_juror(category, who_judges(make_person("Iga", "employee", office=application.office)))
    make_ballot(asked, application)

    for juror in (asked, insider):
        with pytest.raises(Refused, match="cannot score this application"):
            assigning.add_ballot(application, juror=juror, by=nora, at=timezone.now())


def test_a_ballot_that_is_taken_away_stays_in_the_file_and_counts_no_more(category, region, nora):
    (application,) = received(category, region, 1)
    first, second = category.sections.order_by("position")
    ballots = [make_ballot(make_juror(category), application) for _ in range(3)]
    for ballot, score in zip(ballots, (40, 60, 20), strict=True):
        hand_in(ballot, {first: score, second: score})

    ended = assigning.end_ballot(ballots[2], reason="A tie came out.", by=nora, at=timezone.now())

    assert (ended.total, ended.ended_reason, ended.marks.count()) == (20, "A tie came out.", 2)
    assert Standing.objects.get(application=application).total == 50
    with pytest.raises(Refused):
        assigning.end_ballot(ballots[2], reason="Again.", by=nora, at=timezone.now())


# --- Reminders -------------------------------------------------------------------------------------------------------


def test_jurors_with_open_ballots_get_one_letter_a_day(category, region, nora):
    first, second = received(category, region, 2)
    make_phase(category.round)
    late, done = (make_juror(category) for _ in range(2))
    make_ballot(late, first)
    make_ballot(late, second)
    hand_in(make_ballot(done, first), {})
    at = timezone.now()

    assert prompting.remind_jurors(category, by=nora, at=at) == prompting.Told(1, 0)
    assert prompting.remind_jurors(category, by=nora, at=at + timedelta(hours=23)) == prompting.Told(0, 1)
    assert prompting.remind_jurors(category, by=nora, at=at + timedelta(hours=25)) == prompting.Told(1, 0)

    letters = Letter.objects.filter(kind="jury.ballots_open")
    assert {(letter.user_id, letter.office_id) for letter in letters} == {(late.user_id, None)}
    assert first.office.name not in letters[0].text
    assert "that wait for your scores: 2." in letters[0].text


def test_nobody_is_reminded_while_nobody_may_score(category, region, nora):
    (application,) = received(category, region, 1)
    make_ballot(make_juror(category), application)

    with pytest.raises(Refused):
        prompting.remind_jurors(category, by=nora, at=timezone.now())


def test_nobody_is_reminded_when_all_is_in(category, region, nora):
    make_phase(category.round)
    (application,) = received(category, region, 1)
    hand_in(make_ballot(make_juror(category), application), {})

    with pytest.raises(Refused):
        prompting.remind_jurors(category, by=nora, at=timezone.now())
    assert Letter.objects.count() == 0


def test_who_lost_the_role_of_a_juror_is_not_reminded(category, region, nora):
    make_phase(category.round)
    (application,) = received(category, region, 1)
    gone, stays = make_juror(category), make_juror(category)
    for juror in (gone, stays):
        make_ballot(juror, application)
    Membership.objects.filter(user=gone.user).update(is_active=False, ended_at=timezone.now())

    assert prompting.remind_jurors(category, by=nora, at=timezone.now()) == prompting.Told(1, 0)
    assert list(Letter.objects.values_list("to", flat=True)) == [stays.user.email]
    Membership.objects.filter(user=stays.user).update(is_active=False, ended_at=timezone.now())
    with pytest.raises(Refused, match="cannot score any more"):
        prompting.remind_jurors(category, by=nora, at=timezone.now())
