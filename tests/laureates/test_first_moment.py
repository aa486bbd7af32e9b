"""The moment from which results may be told, and the last one before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qms.awards.models import Application
from qms.laureates.models import Diploma
from qms.laureates.queries.diplomas import verified
from qms.laureates.queries.results import is_told_from, told_to
from qms.laureates.services import telling
from qms.lifecycle import Refused
from tests.factories.laureates import make_decided_category, make_diploma, make_plan

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def decided(office, other_office, ana, dora):
    return make_decided_category({office: 71, other_office: 60})


@pytest.fixture
def until(decided):
    return decided.round.embargo_until


def test_results_exist_from_the_first_moment_and_not_before(decided, until, office, other_office, ana, dora):
    for person, of in ((ana, office), (dora, other_office)):
        own = Application.objects.get(office=of)
        assert [list(told_to(person, at)) for at in (until - MOMENT, until)] == [[], [own]]
    assert [is_told_from(decided.round, at) for at in (until - MOMENT, until)] == [False, True]


def test_offices_are_told_from_the_first_moment_and_laureates_in_confidence_until_it(decided, until, nora):
    laurels = decided.decision_lists.get().decisions.filter(prize__isnull=False).values_list("pk", flat=True)

    with pytest.raises(Refused, match=telling.NOT_YET):
        telling.tell_results(decided.round, by=nora, at=until - MOMENT)
    with pytest.raises(Refused, match=telling.ENDED):
        telling.tell_laureates(decided.round, laurels, by=nora, at=until)
    assert telling.tell_laureates(decided.round, laurels, by=nora, at=until - MOMENT) == 1
    assert telling.tell_results(decided.round, by=nora, at=until) == 2


def test_code_of_a_diploma_is_known_from_the_first_moment(decided, until):
    make_plan(decided.round)
    diploma = make_diploma(decided.decision_lists.get().decisions.get(prize__isnull=False))

    assert [verified(Diploma.objects.get().code, at) for at in (until - MOMENT, until)] == [None, diploma]
