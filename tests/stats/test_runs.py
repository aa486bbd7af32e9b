"""What two sequences have in common, and how long finding it may take."""

import random
import time
from difflib import SequenceMatcher

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.stats.runs import changes, common_runs

WORDS = st.text("abc ", max_size=20).map(list)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def long_text(words, *, seed=1):
    """So many words as an office writes them: many stand again and again."""
    pick = random.Random(seed)
    return [piece for _word in range(words) for piece in (f"word{pick.randint(1, 3000)}", " ")]


def changed(words, every):
    return [word if place % every or word == " " else "changed" for place, word in enumerate(words)]


@UNHURRIED
@given(WORDS, WORDS)
def test_short_sequences_are_compared_as_difflib_does(one, other):
    blocks = SequenceMatcher(a=one, b=other, autojunk=False).get_matching_blocks()

    assert sum(length for _at, _there, length in common_runs(one, other)) == sum(block.size for block in blocks)


@UNHURRIED
@given(WORDS, WORDS)
def test_pieces_joined_are_both_sequences_again(one, other):
    pieces = list(changes(one, other))

    assert [word for _same, mine, _theirs in pieces for word in one[mine]] == one
    assert [word for _same, _mine, theirs in pieces for word in other[theirs]] == other
    assert all(one[mine] == other[theirs] for same, mine, theirs in pieces if same)


@pytest.mark.parametrize("every", [2, 14, 700, 20_000])
def test_ten_pages_changed_here_and_there_take_no_time_and_lose_nothing(every):
    one = long_text(4000)
    other = changed(one, every)
    began = time.process_time()
    pieces = list(changes(one, other))

    assert time.process_time() - began < 5
    assert [word for _same, _mine, theirs in pieces for word in other[theirs]] == other
    assert all(one[mine] == other[theirs] for same, mine, theirs in pieces if same)


def test_of_long_texts_only_what_was_changed_is_told():
    one = long_text(4000)
    other = [*one[:3000], "put", " ", "in", " ", *one[3000:6000], *one[6010:]]
    pieces = [(one[mine], other[theirs]) for same, mine, theirs in changes(one, other) if not same]

    assert pieces == [([], ["put", " ", "in", " "]), (one[6000:6010], [])]


def test_long_texts_with_nothing_in_common_are_one_change():
    one, other = ["a"] * 2000, ["b"] * 3000

    assert list(changes(one, other)) == [(False, slice(0, 2000), slice(0, 3000))]
