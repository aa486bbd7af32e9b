"""How alike two practices are."""

from hypothesis import given
from hypothesis import strategies as st

from qms.goodpractices.domain.likeness import Profile, likeness_of

SOME = st.frozensets(st.sampled_from("abcd"), max_size=4)
PROFILES = st.builds(Profile, SOME, SOME, SOME, st.sampled_from(["", "x", "y"]), SOME)


def of(*, nodes="", clients="", kind="office", words=""):
    named = frozenset(nodes.split())
    tops = frozenset(node.partition(".")[0] for node in named)
    return Profile(named, tops, frozenset(clients.split()), kind, frozenset(words.split()))


def test_practice_is_wholly_like_itself():
    own = of(nodes="5.2", clients="employers", words="talk")
    assert likeness_of(own, own).score == 100


def test_same_subcriterion_counts_more_than_the_same_criterion():
    own = of(nodes="5.2")
    assert likeness_of(own, of(nodes="5.2", kind="other")).score == 40
    assert likeness_of(own, of(nodes="5.1", kind="other")).score == 20


def test_reasons_name_what_both_share():
    found = likeness_of(of(nodes="5.2 6.1", clients="staff"), of(nodes="5.2 5.3", clients="staff young"))
    assert (found.nodes, found.criteria, found.clients, found.same_kind) == (("5.2",), ("5",), ("staff",), True)


def test_filed_under_everything_is_not_like_everything():
    own = of(nodes="5.2")
    everything = of(nodes=" ".join(f"{top}.{part}" for top in range(1, 10) for part in (1, 2, 3)))
    assert likeness_of(own, everything).score < likeness_of(own, of(nodes="5.2 5.3")).score


@given(one=PROFILES, other=PROFILES)
def test_likeness_is_the_same_both_ways_and_lies_between_0_and_100(one, other):
    score = likeness_of(one, other).score
    assert 0 <= score <= 100
    assert score == likeness_of(other, one).score
