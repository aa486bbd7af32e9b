"""A domain's moves name the same states as the model that keeps them."""

import pytest

from qms.assessments.domain import lifecycle
from qms.assessments.models import Assessment, Sheet
from qms.lifecycle import Lifecycle

STATES = {"ASSESSMENT": Assessment.Stage, "SHEET": Sheet.State}
LIFECYCLES = {name: thing for name, thing in vars(lifecycle).items() if isinstance(thing, Lifecycle)}


def test_every_lifecycle_has_its_model():
    assert set(LIFECYCLES) == set(STATES)


@pytest.mark.parametrize("name", STATES)
def test_moves_name_the_states_of_the_model(name):
    moves = LIFECYCLES[name].moves

    assert set(moves) == set(STATES[name].values)
    assert set().union(*moves.values()) <= set(moves)


@pytest.mark.parametrize("name", STATES)
def test_every_state_is_reached_from_the_first_one(name):
    moves = LIFECYCLES[name].moves
    reached = waiting = {STATES[name].values[0]}
    while waiting := set().union(*(moves[state] for state in waiting)) - reached:
        reached = reached | waiting

    assert reached == set(moves)
