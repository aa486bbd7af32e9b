"""Jurors and organisers at one ballot in the same moment: with threads, on PostgreSQL only."""

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.jury.domain.ballot import MarkDraft
from qms.jury.domain.deciding import Meeting, Verdict
from qms.jury.models import Ballot, DecisionList, Exclusion, Mark, Protocol, Standing
from qms.jury.queries.assigning import plan_of
from qms.jury.services import assigning, ballots, declaring
from qms.jury.services.deciding import close_list, save_list
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_judged_category,
    make_juror,
    make_organiser,
    make_phase,
    make_received,
)
from tests.factories.offices import make_office
from tests.jury.deciding import scored_category
from tests.races.moment import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL lets two write at once."),
]
VISIT = DecisionList.Stage.VISIT


def kinds(done):
    """What came of each, by name and in no order."""
    return sorted(type(one).__name__ for one in done)


@pytest.fixture
def ballot():
    """The ballot of a juror who may score."""
    category = make_judged_category()
    application = make_received(make_office(), category)
    make_phase(category.round)
    juror = make_juror(category)
    declare_all(juror)
    return make_ballot(juror, application)


@pytest.fixture
def written(ballot):
    """The same with every section scored, not handed in yet."""
    hand_in(ballot, dict.fromkeys(ballot.application.category.sections.all(), 60))
    Ballot.objects.filter(pk=ballot.pk).update(state=Ballot.State.DRAFT, handed_in_at=None, total=None)
    return ballot


def test_section_that_two_windows_save_at_once_keeps_one_of_the_texts(ballot):
    section, at = ballot.application.category.sections.first(), timezone.now()
    drafts = [MarkDraft({"score": 60}, strengths=words) for words in ("Goals are known.", "Staff meet.")]
    facts = {"version": 0, "by": ballot.juror.user, "at": at}

    done = at_once(*[lambda one=one: ballots.save_mark(ballot, section, draft=one, **facts) for one in drafts])

    assert kinds(done) == ["Mark", "Stale"]
    assert [one.version for one in Mark.objects.all()] == [1]


def test_ballot_handed_in_twice_at_once_counts_once(written):
    facts = {"summary": "Good.", "by": written.juror.user, "at": timezone.now()}

    done = at_once(*[lambda: ballots.hand_in_ballot(written, **facts)] * 2)

    assert kinds(done) == ["Ballot", "Refused"]
    assert ModelLogEntry.objects.filter(action="jury.hand_in").count() == 1


def test_conflict_that_is_told_while_the_ballot_is_handed_in_leaves_nothing_that_counts(written):
    application, user, at = written.application, written.juror.user, timezone.now()

    at_once(
        lambda: ballots.hand_in_ballot(written, summary="", by=user, at=at),
        lambda: declaring.declare_conflict(application, reason="My sister works there.", by=user, at=at),
    )

    assert Exclusion.objects.filter(application=application, juror=written.juror).count() == 1
    assert not Ballot.objects.counting().exists()
    assert [(one.ballots, one.handed_in) for one in Standing.objects.all()] == [(0, 0)]


def test_ballot_is_given_back_before_the_list_is_closed_or_after_it_and_never_meanwhile():
    category, applications, _jurors = scored_category([make_office() for _number in range(3)])
    organiser, at = make_organiser(), timezone.now()
    verdicts = [Verdict(one.pk, "no_visit", reason="Not this year.") for one in applications]
    save_list(category, VISIT, version=0, verdicts=verdicts, meeting=Meeting(), by=organiser)
    given_back = applications[0].ballots.first()

    done = at_once(
        lambda: close_list(category, VISIT, version=1, by=organiser, at=at),
        lambda: ballots.unlock_ballot(given_back, reason="A wrong section.", by=organiser, at=at),
    )

    # A list of visits decides nothing for good: the ballot may come back after it.
    states = [{ballot["state"] for ballot in one.content["ballots"]} for one in Protocol.objects.all()]
    assert (kinds(done), states) in [(["Ballot", "Protocol"], [{"in"}]), (["Ballot", "Refused"], [])]


def test_two_organisers_write_one_proposal_at_once_and_nobody_gets_two_ballots():
    category = make_judged_category()
    for _number in range(4):
        make_received(make_office(), category)
    for _number in range(3):
        make_juror(category)
    organisers, seen, at = [make_organiser(), make_organiser()], plan_of(category).digest, timezone.now()

    done = at_once(
        *[lambda by=by: assigning.assign_applications(category, seen=seen, by=by, at=at) for by in organisers]
    )

    assert kinds(done) == ["Refused", "int"]
    assert Ballot.objects.count() == 12
