import pickle

import pytest

from qms.lifecycle import Lifecycle, Refused, gettext_noop

LETTER = Lifecycle({"draft": frozenset({"sent"}), "sent": frozenset()})


def test_an_open_step_is_allowed():
    assert LETTER.allows("draft", "sent")
    LETTER.require("draft", "sent")


def test_a_closed_step_is_refused_with_a_sentence_for_the_reader():
    with pytest.raises(Refused) as refusal:
        LETTER.require("sent", "draft")

    assert refusal.value.text == "This step is not open at the moment."
    assert refusal.value.values == {}


def test_a_state_that_nobody_knows_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        LETTER.allows("lost", "sent")


def test_a_refusal_carries_its_named_values():
    refusal = Refused(gettext_noop("The score %(score)s is above %(maximum)s."), score=101, maximum=100)

    assert refusal.text == "The score %(score)s is above %(maximum)s."
    assert refusal.values == {"score": 101, "maximum": 100}
    assert str(refusal) == "The score 101 is above 100."


def test_a_refusal_without_values_may_hold_a_per_cent_sign():
    assert str(Refused("At most 100 % is possible.")) == "At most 100 % is possible."


def test_a_refusal_survives_the_way_through_a_worker():
    refusal = pickle.loads(pickle.dumps(Refused("Only %(n)s remain.", n=3)))  # noqa: S301 -- our own bytes

    assert (refusal.text, refusal.values) == ("Only %(n)s remain.", {"n": 3})
