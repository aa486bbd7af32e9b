"""Weaving loses nothing of what editors wrote."""

from hypothesis import given
from hypothesis import strategies as st

from qms.exchange.domain.weaving import GENERATED, Piece, woven


def made(key, value="v"):
    return Piece(key, GENERATED, value)


def word(key):
    return Piece(key, "editorial", key)


NEED, WELCOME, HOW = made("need"), made("welcome"), made("how")
GENERATED_ROWS = st.lists(st.sampled_from("abcdef"), unique=True).map(lambda keys: [made(key, "new") for key in keys])
PIECES = st.one_of(
    st.sampled_from("abcdef").map(lambda key: made(key, "old")),
    st.integers(0, 999).map(lambda number: word(f"w{number}")),
)
BODIES = st.lists(PIECES, unique_by=lambda piece: piece.id, max_size=14)


def words_of(body):
    return [piece for piece in body if not piece.is_generated]


def test_editors_words_stay_behind_the_block_that_they_followed():
    old = [word("top"), NEED, word("of the need"), WELCOME, word("of the visits"), word("more of them")]

    after = woven(old, [made("need", "newer"), WELCOME, HOW])

    assert after == [
        word("top"),
        made("need", "newer"),
        word("of the need"),
        WELCOME,
        word("of the visits"),
        word("more of them"),
        HOW,
    ]


def test_words_behind_a_block_that_is_gone_move_to_the_nearest_earlier_one():
    assert woven([NEED, WELCOME, word("w"), HOW], [NEED, HOW]) == [NEED, word("w"), HOW]


def test_words_without_any_earlier_block_come_first():
    assert woven([WELCOME, word("w")], [NEED, HOW]) == [word("w"), NEED, HOW]


def test_words_keep_their_order_where_blocks_change_places():
    old = [NEED, word("first"), WELCOME, word("second")]

    assert woven(old, [WELCOME, NEED]) == [WELCOME, NEED, word("first"), word("second")]


def test_nothing_is_left_of_generated_blocks_that_nobody_wants():
    assert woven([NEED, word("w"), HOW], []) == [word("w")]


@given(BODIES, GENERATED_ROWS)
def test_no_words_are_lost_changed_or_reordered(old, wanted):
    assert words_of(woven(old, wanted)) == words_of(old)


@given(BODIES, GENERATED_ROWS)
def test_generated_blocks_are_exactly_the_wanted_ones(old, wanted):
    assert [piece for piece in woven(old, wanted) if piece.is_generated] == wanted


@given(BODIES, GENERATED_ROWS)
def test_weaving_again_changes_nothing(old, wanted):
    once = woven(old, wanted)

    assert woven(once, wanted) == once


@given(BODIES)
def test_words_stay_put_where_the_same_blocks_are_wanted(old):
    assert woven(old, [piece for piece in old if piece.is_generated]) == old
