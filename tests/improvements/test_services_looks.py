"""Judging actions and moving them in the matrix."""

from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from qms.improvements.models.action import JUDGEMENTS
from qms.improvements.services import Conflict, place_action, weigh_action
from qms.lifecycle import Refused
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db
JUDGED = dict(zip(JUDGEMENTS, (5, 4, 5, 4, 5, 4), strict=True))


@pytest.fixture
def action(office, lena):
    return make_action(make_plan(office, by=lena), by=lena)


def given(action):
    action.refresh_from_db()
    return {name: getattr(action, name) for name in JUDGEMENTS}


def test_judgements_are_kept_and_the_history_says_so(action, lena):
    weigh_action(action, judgements=JUDGED, version=1, by=lena)

    assert given(action) == JUDGED
    assert action.version == 2
    assert ModelLogEntry.objects.get(action="improvements.weigh_action").data["office"] == action.plan.office_id


def test_the_same_judgements_again_are_no_act(action, lena):
    weigh_action(action, judgements=JUDGED, version=1, by=lena)
    weigh_action(action, judgements=JUDGED, version=2, by=lena)
    action.refresh_from_db()

    assert (action.version, ModelLogEntry.objects.filter(action="improvements.weigh_action").count()) == (2, 1)


def test_a_judgement_can_be_taken_back(action, lena):
    weigh_action(action, judgements=JUDGED, version=1, by=lena)
    weigh_action(action, judgements={"speed": None}, version=2, by=lena)

    assert given(action) == {**JUDGED, "speed": None}


def test_who_read_an_older_action_is_told_what_stands_now(action, lena, boris):
    weigh_action(action, judgements=JUDGED, version=1, by=lena)

    with pytest.raises(Conflict) as raised:
        weigh_action(action, judgements={"speed": 1}, version=1, by=boris)
    assert raised.value.stored.speed == JUDGED["speed"]
    assert given(action) == JUDGED


@pytest.mark.parametrize("value", [0, 6, -1])
def test_a_judgement_lies_between_one_and_five(action, lena, value):
    with pytest.raises(Refused, match="1 to 5"):
        weigh_action(action, judgements={"speed": value}, version=1, by=lena)


def test_a_place_moves_the_judgements_to_the_nearest_mean(action, lena):
    place_action(action, importance=Decimal("4.4"), feasibility=Decimal("2.1"), version=1, by=lena)

    assert tuple(given(action).values()) == (5, 4, 4, 2, 2, 2)


@pytest.mark.parametrize("stage", ["approval", "closed"])
def test_nothing_moves_while_the_director_reads_or_after_the_end(office, lena, stage):
    action = make_action(make_plan(office, by=lena, stage=stage), by=lena)

    with pytest.raises(Refused):
        weigh_action(action, judgements=JUDGED, version=1, by=lena)


def test_a_stopped_action_stays_where_it_is(office, lena):
    action = make_action(make_plan(office, by=lena, stage="under_way"), by=lena, status="stopped")

    with pytest.raises(Refused, match="stopped"):
        place_action(action, importance=Decimal(1), feasibility=Decimal(1), version=1, by=lena)
