"""Two people in the same moment: with threads, on PostgreSQL only (SQLite lets one writer in at a time)."""

import pytest
from django.db import connection
from django.utils import timezone

from qms.awards.domain.rounds import RoundDraft
from qms.awards.models import Paragraph, Round, Submission
from qms.awards.services.rounds import prepare_round
from qms.awards.services.submitting import submit_application
from qms.lifecycle import Refused
from tests.factories.awards import make_application, make_category, make_programme, make_question, make_section
from tests.factories.offices import make_office, make_person
from tests.races.moment import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL lets two write at once."),
]


def ready_application(office, category):
    """An application that lacks nothing, and its director."""
    director = make_person(f"Director of {office.slug}", "director", office=office)
    application = make_application(office, category, started_by=director)
    for question in category.sections.get().questions.all():
        Paragraph.objects.create(application=application, question=question, text="We ask clients.", by=director)
    return application, director


def asked_category():
    category = make_category()
    make_question(make_section(category))
    return category


def test_two_directors_submit_at_once_and_the_second_is_told_who_was_first():
    office = make_office()
    application, first = ready_application(office, asked_category())
    second = make_person("Second", "director", office=office)
    facts = {"statement": "I submit it.", "at": timezone.now()}

    done = at_once(
        lambda: submit_application(application, by=first, **facts),
        lambda: submit_application(application, by=second, **facts),
    )

    assert Submission.objects.count() == 1
    assert sorted(type(one).__name__ for one in done) == ["Refused", "Submission"]


def test_eight_offices_submit_at_once_and_get_eight_numbers_in_a_row():
    category = asked_category()
    ready = [ready_application(make_office(), category) for _office in range(8)]
    facts = {"statement": "I submit it.", "at": timezone.now()}

    done = at_once(*(lambda one=one, by=by: submit_application(one, by=by, **facts) for one, by in ready))

    prefix = category.round.prefix
    assert sorted(one.content["number"] for one in done) == [f"{prefix}-{number:03d}" for number in range(1, 9)]


def test_two_organisers_take_the_same_numbers_at_once_and_one_is_refused():
    programme, now = make_programme(), timezone.now()
    nora = make_person("Nora", "national_coordinator")
    draft = RoundDraft(
        titles={"en": "Award"}, year=2027, prefix="NJ-2027", opens_at=now, closes_at=now.replace(year=2028),
        embargo_until=now.replace(year=2029),
    )  # fmt: skip

    done = at_once(*[lambda: prepare_round(programme, draft=draft, by=nora)] * 2)

    assert Round.objects.count() == 1
    assert [one.text for one in done if isinstance(one, Refused)] == [
        "Another round has the numbers %(prefix)s already."
    ]
