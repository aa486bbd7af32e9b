"""Who sits in a jury, chairs it and runs it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from qms.jury import permissions
from qms.jury.models import Juror
from tests.factories.jury import make_ballot, make_judged_category, make_juror, make_received

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(db):
    return make_judged_category()


@pytest.fixture
def chair(category, judy):
    return make_juror(category, judy, is_chair=True)


def fresh(user):
    """The person as the next request meets them: without what was read of their roles."""
    return type(user).objects.get(pk=user.pk)


def test_a_chair_leads_the_own_round_and_runs_none(category, chair, judy, nora, ana):
    elsewhere = make_judged_category()

    assert [permissions.chairs(judy, about) for about in (category, category.round, elsewhere)] == [True, True, False]
    assert [permissions.leads(one, category) for one in (judy, nora, ana)] == [True, True, False]
    assert [permissions.may_run(one, category) for one in (judy, nora, ana)] == [False, True, False]


@pytest.mark.parametrize("change", [{"is_chair": False}, {"accepted_at": None}, {"left_at": timezone.now()}])
def test_who_is_not_named_has_not_promised_or_left_is_no_chair(category, chair, judy, change):
    Juror.objects.filter(pk=chair.pk).update(**change)

    assert permissions.chairs(judy, category) is False


def test_a_seat_and_its_ballots_belong_to_the_juror_who_still_judges(category, chair, judy, nora, office):
    ballot = make_ballot(chair, make_received(office, category))

    for about in (chair, ballot):
        assert [permissions.is_own(one, about) for one in (judy, nora)] == [True, False]
    chair.left_at = timezone.now()
    assert permissions.is_own(judy, chair) is False


def test_without_the_role_of_a_juror_a_seat_is_worth_nothing(category, chair, judy):
    judy.memberships.update(is_active=False)

    gone = fresh(judy)
    assert (permissions.is_own(gone, chair), permissions.chairs(gone, category)) == (False, False)
