"""Deciding what is shared: giving, withdrawing, and everything that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from qms.assessments.models import Assessment
from qms.assessments.services import change_consent
from qms.exchange.models import Release
from qms.exchange.queries import named_now
from qms.exchange.services.consent import decide_consent
from qms.goodpractices.models import PracticePage
from qms.lifecycle import Refused
from tests.factories.assessments import MONDAY, make_assessment
from tests.factories.exchange import make_edition
from tests.factories.goodpractices import make_practice
from tests.improvements.effects import score

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


@pytest.fixture
def assessment(office, lena):
    return score(office, MONDAY.date(), 74, by=lena, benchmark_consent="named")


def make_release(*contributors, node="1.1", framework="small-2020", **more):
    edition = more.pop("edition", None) or make_edition()
    shown = {"count": len(contributors), "median": "41", "bins": [[0, 100, len(contributors)]]}
    facts = {"contributors": list(contributors), "shown": shown, **more}
    return Release.objects.create(edition=edition, framework=framework, node=node, **facts)


def test_withdrawing_notes_the_moment_and_giving_again_clears_it(assessment, lena):
    withdrawn = change_consent(assessment, consent="nothing", by=lena, at=LATER)
    assert (withdrawn.benchmark_consent, withdrawn.consent_withdrawn_at) == ("nothing", LATER)

    given = change_consent(assessment, consent="anonymous", by=lena, at=LATER)
    assert (given.benchmark_consent, given.consent_withdrawn_at) == ("anonymous", None)


def test_taking_the_name_off_is_no_withdrawal(assessment, lena):
    assert change_consent(assessment, consent="anonymous", by=lena, at=LATER).consent_withdrawn_at is None


def test_history_tells_what_was_chosen_instead_of_what(assessment, lena):
    change_consent(assessment, consent="anonymous", by=lena, at=LATER)

    entry = ModelLogEntry.objects.get(action="assessments.consent")
    assert (entry.user, entry.object_id) == (lena, str(assessment.pk))
    assert entry.data == {"office": assessment.office_id, "was": "named", "now": "anonymous"}


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        ("everything", "Choose one of the three: nothing, without a name, or by name."),
        ("", "Choose one of the three: nothing, without a name, or by name."),
        ("named", "This is what you share already; nothing has changed."),
    ],
)
def test_wrong_choice_is_refused(assessment, lena, consent, said):
    with pytest.raises(Refused, match=said):
        change_consent(assessment, consent=consent, by=lena, at=LATER)
    assert Assessment.objects.get().benchmark_consent == "named"


def test_assessment_under_way_is_refused(office, lena):
    draft = make_assessment(office, by=lena)
    with pytest.raises(Refused, match=r"The self-assessment is not approved yet\."):
        change_consent(draft, consent="named", by=lena, at=LATER)


def test_choice_made_on_a_page_that_is_out_of_date_is_refused(assessment, lena):
    with pytest.raises(Refused, match="Somebody in your office has changed this"):
        decide_consent(assessment, consent="nothing", seen="anonymous", by=lena, at=LATER)
    assert Assessment.objects.get().benchmark_consent == "named"


def test_withdrawing_takes_away_the_distributions_to_which_it_contributed(assessment, lena):
    own = make_release(assessment.pk, 901, 902, 903, 904)
    older = make_release(assessment.pk, 901, 902, 903, 904, edition=make_edition(state="closed"))
    foreign = make_release(900, 901, 902, 903, 904)
    same_number = make_release(assessment.pk, 901, framework="caf-2020")

    decided = decide_consent(assessment, consent="nothing", seen="named", by=lena, at=LATER)

    assert decided.distributions == 2
    assert dict(Release.objects.values_list("pk", "withdrawn_at")) == {
        own.pk: LATER,
        older.pk: LATER,
        foreign.pk: None,
        same_number.pk: None,
    }
    entry = ModelLogEntry.objects.get(action="exchange.withdraw")
    assert entry.data == {"office": assessment.office_id, "distributions": 2, "practices": 0}


def test_taking_the_name_off_leaves_distributions(assessment, lena):
    release = make_release(assessment.pk, 901, 902, 903, 904)

    decide_consent(assessment, consent="anonymous", seen="named", by=lena, at=LATER)

    release.refresh_from_db()
    assert release.withdrawn_at is None


def test_giving_again_does_not_bring_old_distributions_back(assessment, lena):
    release = make_release(assessment.pk, 901, 902, 903, 904)
    decide_consent(assessment, consent="nothing", seen="named", by=lena, at=LATER)

    decide_consent(assessment, consent="anonymous", seen="nothing", by=lena, at=LATER)

    release.refresh_from_db()
    assert release.withdrawn_at == LATER


def test_practices_from_its_strengths_leave_the_library_and_come_back(office, assessment, lena):
    key = f"strength:{assessment.pk}:0123456789ab"
    drafted = make_practice(office, origin="strength", origin_key=key)
    other = make_practice(office, origin="strength", origin_key=f"strength:{assessment.pk}0:0123456789ab")

    decided = decide_consent(assessment, consent="nothing", seen="named", by=lena, at=LATER)
    assert decided.practices == 1
    assert set(PracticePage.objects.published()) == {other}

    decided = decide_consent(assessment, consent="anonymous", seen="nothing", by=lena, at=LATER)
    assert decided.practices == 1
    assert set(PracticePage.objects.published()) == {drafted, other}


def test_name_may_stand_only_while_it_is_given(office, assessment, lena):
    anonymous = score(office, MONDAY.date(), 50, by=lena, benchmark_consent="anonymous")
    draft = make_assessment(office, by=lena, benchmark_consent="named")
    asked = [assessment.pk, anonymous.pk, draft.pk, 99999]
    assert named_now(asked) == {assessment.pk}

    decide_consent(assessment, consent="anonymous", seen="named", by=lena, at=LATER)
    assert named_now(asked) == frozenset()


def test_nobody_asked_for_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert named_now([]) == frozenset()
