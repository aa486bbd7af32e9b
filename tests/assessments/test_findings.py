"""What an approved self-assessment tells an office to improve."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.assessments import services
from qms.assessments.models import Evidence as Piece
from qms.assessments.queries import findings_of
from qms.assessments.queries.findings import LOW_COUNT, is_disputed, low_nodes
from qms.frameworks.domain.document import read
from qms.frameworks.domain.finding import Evidence
from tests.factories.assessments import MONDAY, ROOT, make_approved, make_in_consensus, settle

SCORES = st.dictionaries(
    st.sampled_from(["1.1", "1.2", "1.3", "1.4", "6.1", "6.2"]),
    st.none() | st.integers(0, 200).map(lambda half: Decimal(half) / 2),
)


@pytest.fixture(scope="module")
def tree():
    return read((ROOT / "tests" / "frameworks" / "sample.yaml").read_text("utf-8")).framework


def approve(assessment, *, by, director):
    services.send_to_approval(assessment, by=by, at=MONDAY)
    services.approve(assessment, by=director, at=MONDAY)


def test_an_office_without_an_approved_assessment_has_no_findings(office, lena, boris, clara):
    make_in_consensus(office, by=lena, people=[clara, boris], scores=[10, 90])

    assert findings_of(office) == ()


def test_an_area_keeps_its_score_interval_and_evidence(office, lena, ana, boris, clara):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[60, 70], title="Year one")
    piece = Piece.objects.create(office=office, number=4, kind="note", title="Survey", note="Read.", added_by=lena)
    for node in assessment.edition.tree().scored:
        entries = ()
        if node.identifier == "1.2":
            entries = (services.AgreedEntryDraft("area", "Nobody  measures it.", evidence=(piece.pk,)),)
        settle(assessment, node.identifier, 65, by=clara, entries=entries)
    approve(assessment, by=lena, director=ana)

    (found,) = findings_of(office)

    assert (found.source, found.title, found.node, found.instrument) == (
        "area",
        "Nobody measures it.",
        "1.2",
        "Year one",
    )
    assert (found.score, found.low, found.high, found.count) == (Decimal(65), Decimal(60), Decimal(70), 2)
    assert (found.evidence, found.scale, found.framework) == ((Evidence("E4", "Survey"),), "0–100", "small-2020")
    assert (found.found_on, found.severity) == (MONDAY.date(), Decimal(35))
    assert found.url.endswith(f"/results/#node-{found.node}")


def test_scores_that_lay_far_apart_are_told_with_their_span(office, lena, ana, boris, clara):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[40, 80])
    for node in assessment.edition.tree().scored:
        settle(assessment, node.identifier, 60, by=clara)
    approve(assessment, by=lena, director=ana)

    found = findings_of(office)

    assert {one.source for one in found} == {"disputed"}
    assert {(one.low, one.high, one.severity) for one in found} == {(Decimal(40), Decimal(80), Decimal(40))}


def test_only_the_latest_of_the_office_and_of_each_unit_speaks(office, lena, ana):
    old = make_approved(office, by=lena, director=ana, score=5)
    unit = make_approved(office, by=lena, director=ana, score=5, unit="Front desk")
    new = make_approved(office, by=lena, director=ana, score=90, at=MONDAY.replace(day=9))

    told = {int(one.key.split(":")[1]) for one in findings_of(office)}

    assert (old.pk in told, unit.pk in told, new.pk in told) == (False, True, True)


def test_every_finding_has_a_key_of_its_own(office, lena, ana):
    make_approved(office, by=lena, director=ana, score=5)

    keys = [one.key for one in findings_of(office)]

    assert len(set(keys)) == len(keys) == 12
    assert keys == [one.key for one in findings_of(office)]


@pytest.mark.parametrize("count", [1, 3])
def test_findings_cost_two_queries_for_one_report_and_for_three(office, lena, ana, count, django_assert_num_queries):
    for number in range(count):
        make_approved(office, by=lena, director=ana, score=20, unit=f"Unit {number}")

    with django_assert_num_queries(2):
        assert len(findings_of(office)) == 11 * count


# --- The rules --------------------------------------------------------------------------------------------------------


def test_low_are_all_in_the_lowest_band(tree):
    scores = {node.identifier: Decimal(10) for node in tree.scored}

    assert low_nodes(tree, scores) == frozenset(scores)


def test_low_are_the_five_lowest_under_the_middle(tree):
    scores = dict(zip((node.identifier for node in tree.scored), map(Decimal, (49, 20, 30, 40, 45, 35)), strict=True))

    assert low_nodes(tree, scores) == frozenset(scores) - {"1.1"}


def test_the_middle_itself_is_not_low(tree):
    assert low_nodes(tree, {"1.1": Decimal(50), "1.2": None}) == frozenset()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(scores=SCORES)
def test_nothing_low_scores_more_than_something_that_is_not_low(tree, scores):
    low = low_nodes(tree, scores)
    others = [score for node, score in scores.items() if node not in low and score is not None]

    assert all(scores[node] < Decimal(50) for node in low)
    assert all(scores[node] <= other for node in low for other in others)
    assert len(low) >= min(LOW_COUNT, sum(score is not None and score < 50 for score in scores.values()))


@pytest.mark.parametrize(("low", "high", "said"), [(40, 60, False), (40, 61, True), (None, None, False)])
def test_disputed_is_what_the_framework_makes_a_group_talk_about(tree, low, high, said):
    given = [None if each is None else Decimal(each) for each in (low, high)]

    assert is_disputed(tree, *given) is said
