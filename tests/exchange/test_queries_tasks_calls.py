"""Tasks about calls for help and evaluation meetings."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.exchange.models import HelpAnswer, HelpRequest, Meeting
from qms.exchange.queries.tasks_calls import call_tasks_of
from qms.exchange.queries.tasks_meetings import meeting_tasks_of
from tests.factories.exchange import make_answer, make_call, make_edition, make_experience, make_meeting, make_part
from tests.factories.offices import make_office


@pytest.fixture
def now():
    return timezone.now()


def age(days):
    long_ago = timezone.now() - timedelta(days=days)
    for model in (HelpRequest, HelpAnswer):
        model.objects.update(created_at=long_ago, updated_at=long_ago)


def test_an_answered_call_that_nobody_touched_for_two_weeks_asks_its_heads(
    office, other_office, lena, ana, boris, dora, now
):
    call = make_call(office, by=lena)
    age(30)
    assert call_tasks_of(lena, now) == ()  # nobody has answered
    make_answer(call, other_office, by=dora)
    assert call_tasks_of(lena, now) == ()  # the answer is fresh
    age(15)

    for person in (lena, ana):
        (task,) = call_tasks_of(person, now)
        assert (task.kind, task.office, task.due_at) == ("help_answered", office, None)
        assert task.url == reverse("exchange:help", args=[call.pk]) + "#close"
        assert task.detail.endswith("one answer")
    assert call_tasks_of(boris, now) == ()
    assert call_tasks_of(dora, now) == ()


def test_a_closed_call_asks_nothing(office, other_office, lena, now):
    make_answer(make_call(office, by=lena, closed_at=now, helped=True), other_office)
    age(15)

    assert call_tasks_of(lena, now) == ()


def test_calls_take_the_same_queries_for_one_and_three(office, other_office, lena, now, django_assert_num_queries):
    for count in (1, 2):
        for _number in range(count):
            make_answer(make_call(office, by=lena), other_office)
        age(20)
        call_tasks_of(lena, now)  # roles are read once
        with django_assert_num_queries(2):
            assert len(call_tasks_of(lena, now)) == (1 if count == 1 else 3)


@pytest.fixture
def meeting(office, nora, now):
    edition = make_edition()
    make_part(edition, office=office)
    return make_meeting(edition=edition, by=nora, closes_on=timezone.localdate(now) + timedelta(days=10))


def test_heads_of_offices_of_the_edition_are_asked_to_tell(office, lena, ana, boris, dora, meeting, now):
    for person in (lena, ana):
        (task,) = meeting_tasks_of(person, now)
        assert (task.kind, task.office, task.due_at) == ("meeting_tell", office, meeting.closes_on)
        assert task.url == reverse("exchange:experience", args=[meeting.pk])
    assert meeting_tasks_of(boris, now) == ()
    assert meeting_tasks_of(dora, now) == ()  # her office has no part in the edition


def test_who_has_told_is_asked_no_more_and_nobody_after_the_end(office, lena, ana, meeting, now):
    make_experience(meeting, office, by=lena)

    assert meeting_tasks_of(lena, now) == ()
    assert len(meeting_tasks_of(ana, now)) == 1
    assert meeting_tasks_of(ana, now + timedelta(days=11)) == ()
    Meeting.objects.update(state=Meeting.State.CLOSED)
    assert meeting_tasks_of(ana, now) == ()


def test_meetings_take_the_same_queries_for_one_and_three(office, lena, meeting, now, django_assert_num_queries):
    meeting_tasks_of(lena, now)
    with django_assert_num_queries(2):
        meeting_tasks_of(lena, now)
    for _number in range(2):
        other = make_meeting(edition=make_edition(), closes_on=meeting.closes_on)
        make_part(other.edition, office=office)
        make_part(other.edition, office=make_office())
    with django_assert_num_queries(2):
        assert len(meeting_tasks_of(lena, now)) == 3
