from qms.assessments.domain import lifecycle
from qms.assessments.models import Assessment, Sheet


def test_models_and_moves_name_the_same_states():
    assert set(lifecycle.ASSESSMENT.moves) == set(Assessment.Stage.values)
    assert set(lifecycle.SHEET.moves) == set(Sheet.State.values)


def test_an_approved_assessment_goes_nowhere():
    assert lifecycle.ASSESSMENT.moves["approved"] == frozenset()


def test_results_go_back_to_the_group_only_from_approval():
    assert [here for here in lifecycle.ASSESSMENT.moves if lifecycle.ASSESSMENT.allows(here, "consensus")] == [
        "individual",
        "approval",
    ]
