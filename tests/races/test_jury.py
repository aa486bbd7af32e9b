"""Two organisers in the same moment, from the examples of rounds to the diplomas: with threads, on PostgreSQL only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from qms.awards.models import Programme, Round
from qms.awards.services.examples import EPSA, found_programme, shipped
from qms.core.models import Letter
from qms.jury.domain.visiting import Plan
from qms.jury.models import DecisionList, Protocol, Visit
from qms.jury.services.deciding import close_list
from qms.jury.services.visiting import plan_visit
from qms.laureates.models import Diploma, FeedbackReport, PressSummary, Telling
from qms.laureates.queries.diplomas import laurels_of
from qms.laureates.services.diplomas import issue_diplomas
from qms.laureates.services.feedback import approve_feedback, lay_down
from qms.laureates.services.press import answer_press, begin_press
from qms.laureates.services.telling import tell_results
from tests.factories.jury import declare_all, make_judged_category, make_juror, make_phase, make_received
from tests.factories.laureates import end_embargo, make_decided_category, make_plan, make_press
from tests.factories.offices import make_office, make_person
from tests.jury.deciding import scored_category
from tests.races.moment import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL lets two write at once."),
]


@pytest.fixture
def nora():
    return make_person("Nora", "national_coordinator")


@pytest.fixture
def decided():
    """A category in which one of two offices won; each has its director."""
    offices = [make_office(), make_office()]
    for office in offices:
        make_person(f"Director of {office.slug}", "director", office=office)
    return make_decided_category(dict(zip(offices, (71, 60), strict=True)))


def kinds(done):
    return sorted(type(one).__name__ for one in done)


def test_an_example_is_founded_once(nora):
    done = at_once(*[lambda: found_programme(shipped(EPSA), year=2031, by=nora)] * 2)

    assert (Programme.objects.count(), Round.objects.count()) == (1, 1)
    assert {one.pk for one in done} == {Round.objects.get().pk}


def test_a_list_is_closed_once_with_one_protocol_and_one_letter_to_each(nora):
    category, _applications, _jurors = scored_category([make_office(), make_office(), make_office()])
    make_phase(category.round)
    found = DecisionList.objects.create(category=category, stage="visit", version=1, met_at=timezone.now())
    for application in category.applications.all():
        found.decisions.create(application=application, outcome="no_visit", reason="Far.")

    at = timezone.now()
    done = at_once(*[lambda: close_list(category, found.stage, version=1, by=nora, at=at)] * 2)

    assert kinds(done) == ["Protocol", "Refused"]
    assert Protocol.objects.count() == 1
    letters = list(Letter.objects.values_list("to", flat=True))
    assert len(letters) == len(set(letters))


def test_a_visit_is_planned_once(nora):
    category = make_judged_category()
    application, juror = make_received(make_office(), category), make_juror(category)
    declare_all(juror)
    begins = timezone.now() + timedelta(days=3)
    plan = Plan(begins, begins + timedelta(hours=3), "Room 7", (juror.pk,))

    done = at_once(*[lambda: plan_visit(application, plan=plan, version=0, by=nora, at=timezone.now())] * 2)

    assert kinds(done) == ["Refused", "Visit"]
    assert Visit.objects.count() == 1


def test_every_laureate_gets_one_diploma(nora, decided):
    make_plan(decided.round)

    done = at_once(*[lambda: issue_diplomas(decided.round, by=nora, at=timezone.now())] * 2)

    assert kinds(done) == ["Refused", "int"]
    assert Diploma.objects.count() == 1


def test_reports_are_laid_down_and_approved_once(nora, decided):
    laid = at_once(*[lambda: lay_down(decided.round, by=nora)] * 2)
    assert (sorted(laid), FeedbackReport.objects.count()) == ([0, 2], 2)

    done = at_once(*[lambda: approve_feedback(decided.round, by=nora, at=timezone.now())] * 2)
    assert kinds(done) == ["Refused", "int"]


def test_everybody_is_told_once(nora, decided):
    end_embargo(decided.round)
    at = timezone.now()

    done = at_once(*[lambda: tell_results(decided.round, by=nora, at=at)] * 2)

    assert kinds(done) == ["Refused", "int"]
    assert (Telling.objects.count(), Letter.objects.count()) == (2, 2)


def test_a_laureate_is_asked_with_one_text_and_answers_once(nora, decided):
    laurel = laurels_of(decided.round).get()
    begun = at_once(*[lambda: begin_press(decided.round, language="en", by=nora)] * 2)
    assert (sorted(begun), PressSummary.objects.count()) == ([0, 1], 1)
    PressSummary.objects.all().delete()
    summary, ana = make_press(laurel.application), make_person("Ana", "director", office=laurel.application.office)
    facts = {"version": 1, "by": ana, "at": timezone.now()}

    done = at_once(
        lambda: answer_press(summary, approves=True, **facts),
        lambda: answer_press(summary, approves=False, remark="Too long.", **facts),
    )

    assert kinds(done) == ["PressSummary", "Refused"]
