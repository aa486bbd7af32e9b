"""External feedback from the application to the decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qms.core.models import Letter
from qms.improvements.domain.feedback import AnswerDraft
from qms.improvements.models import Feedback, FeedbackActor, FeedbackScheme
from qms.improvements.permissions import feedback as permissions
from qms.improvements.queries import feedback as queries
from qms.improvements.queries.tasks_feedback import feedback_tasks_of
from qms.improvements.services import feedback as services
from qms.improvements.services import feedback_report, feedback_team, schemes
from qms.lifecycle import Refused
from tests.factories.assessments import make_approved
from tests.factories.feedback import (
    MONTHS_AGO,
    answer_all,
    finish,
    load_schemes,
    make_feedback,
    make_peers,
    seat,
)
from tests.factories.improvements import make_plan
from tests.factories.offices import make_member, make_office, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now


def pillar_of(feedback, number="1"):
    return queries.tree_of(feedback.scheme).pillar(number)


def apply(office, lena, ana, *, ago):
    load_schemes()
    assessment = make_approved(office, by=lena, director=ana, at=NOW() - ago)
    make_plan(office, by=lena, stage="approved", assessment=assessment, approved_at=NOW() - ago)
    return services.open_feedback(assessment, by=lena, at=NOW())


# --- The scheme -----------------------------------------------------------------------------------------------------


def test_shipped_scheme_is_loaded_once_and_used():
    assert (schemes.load_library(by=None), schemes.load_library(by=None)) == (
        [("pef-2013", "new")],
        [("pef-2013", "unchanged")],
    )
    assert queries.current_scheme().code == "pef-2013"


def test_edition_never_changes_under_its_code():
    text = load_schemes().content["text"]

    with pytest.raises(Refused, match="pef-2013 is here already and never changes"):
        schemes.load_scheme(text.replace("label_months: 24", "label_months: 36"), by=None)


def test_new_edition_takes_over_only_when_it_is_put_to_use(nora):
    text = load_schemes().content["text"]
    new = schemes.load_scheme(text.replace("code: pef-2013", "code: pef-2024"), by=nora)
    before = queries.current_scheme().code
    schemes.use_scheme(new, by=nora)

    assert (before, queries.current_scheme().code) == ("pef-2013", "pef-2024")
    assert FeedbackScheme.objects.filter(is_current=True).count() == 1


# --- Applying -------------------------------------------------------------------------------------------------------


def test_office_applies_inside_the_window(office, lena, ana):
    assert apply(office, lena, ana, ago=MONTHS_AGO).stage == Feedback.Stage.DRAFT


@pytest.mark.parametrize(("days", "said"), [(100, "too early"), (400, "too late")])
def test_outside_the_window_one_is_told_why(office, lena, ana, days, said):
    with pytest.raises(Refused, match=said):
        apply(office, lena, ana, ago=timedelta(days=days))


def test_without_an_approved_plan_one_cannot_apply(office, lena, ana):
    load_schemes()
    assessment = make_approved(office, by=lena, director=ana, at=NOW() - MONTHS_AGO)
    make_plan(office, by=lena, stage="draft", assessment=assessment)

    with pytest.raises(Refused, match="needs an improvement plan"):
        services.open_feedback(assessment, by=lena, at=NOW())


def test_second_application_waits_until_the_first_is_taken_back(office, lena, ana):
    feedback = make_feedback(office, lead=lena, director=ana)
    with pytest.raises(Refused, match="already"):
        services.open_feedback(feedback.assessment, by=lena, at=NOW())
    services.withdraw_feedback(feedback, by=lena)

    assert services.open_feedback(feedback.assessment, by=lena, at=NOW()).pk != feedback.pk


def test_blank_answers_are_kept_and_named_when_applying(office, lena, ana):
    feedback = make_feedback(office, lead=lena, director=ana)
    services.save_answers(feedback, pillar_of(feedback), {"1.1": AnswerDraft(None, "Begun", "")}, by=lena)

    assert queries.answers_of(feedback)["1.1"].text == "Begun"
    with pytest.raises(Refused, match=r"missing in 38 items: 1\.1, 1\.2"):
        services.submit_feedback(feedback, by=lena, at=NOW())


def test_level_without_words_is_no_answer(office, lena, ana):
    feedback = make_feedback(office, lead=lena, director=ana)
    answer_all(feedback, by=lena)
    services.save_answers(feedback, pillar_of(feedback), {"2.3": AnswerDraft(4, " ", "")}, by=lena)

    assert queries.missing_answers_of(feedback, queries.tree_of(feedback.scheme)) == ("2.3",)


def test_answers_are_fixed_when_the_office_has_applied(office, lena, ana, rob):
    feedback = make_feedback(office, lead=lena, director=ana, stage="submitted")

    assert Letter.objects.filter(user=rob, kind="improvements.feedback_submitted").count() == 1
    with pytest.raises(Refused, match="not open"):
        services.save_answers(feedback, pillar_of(feedback), {"1.1": AnswerDraft(1, "x", "")}, by=lena)


def test_window_may_close_while_one_answers(office, lena, ana):
    feedback = make_feedback(office, lead=lena, director=ana)
    answer_all(feedback, by=lena)

    with pytest.raises(Refused, match="too late"):
        services.submit_feedback(feedback, by=lena, at=NOW() + timedelta(days=200))


@pytest.fixture
def scoring(office, lena, ana, rob):
    return make_feedback(office, lead=lena, director=ana, stage="scoring", by=rob)


def actors_of(feedback):
    return list(
        FeedbackActor.objects.filter(feedback=feedback).select_related("user", "feedback__scheme").order_by("pk")
    )


# --- The decision ---------------------------------------------------------------------------------------------------


def test_label_is_valid_for_the_period_of_the_scheme(office, lena, ana, nora):
    feedback = make_feedback(office, lead=lena, director=ana, stage="decided", by=nora)
    on = feedback.decided_on

    assert (feedback.has_label, feedback.valid_until) == (
        True,
        date(on.year + 2, on.month, min(on.day, 28) if on.month == 2 else on.day),
    )
    assert queries.label_of(office, on).name("en") == "Effective CAF User"
    assert queries.label_of(office, feedback.valid_until + timedelta(days=1)) is None
    assert Letter.objects.filter(user__in=[lena, ana], kind="improvements.feedback_label").count() == 2


@pytest.mark.parametrize(("level", "has_label"), [(3, False), (1, True)])
def test_deciding_against_the_profile_needs_a_reason(scoring, nora, level, has_label):
    finish(scoring, level=level)
    with pytest.raises(Refused, match="The profile is"):
        services.decide_feedback(scoring, has_label=has_label, reason=" ", by=nora, at=NOW())

    decided = services.decide_feedback(scoring, has_label=has_label, reason="The visit showed it.", by=nora, at=NOW())
    assert (decided.has_label, decided.valid_until is not None) == (has_label, has_label)


def test_office_reads_the_outcome_only_when_decided(scoring, lena, nora):
    leader = actors_of(scoring)[0].user
    finish(scoring)
    reporting = Feedback.objects.get(pk=scoring.pk)
    before = [permissions.may_read_outcome(each, reporting) for each in (lena, leader, nora)]
    decided = services.decide_feedback(reporting, has_label=True, reason="", by=nora, at=NOW())

    assert (before, permissions.may_read_outcome(lena, decided)) == ([False, True, True], True)


def test_report_may_go_back_to_the_team(scoring, nora):
    finish(scoring)

    assert feedback_report.return_report(scoring, reason="Say more on step 9.", by=nora).stage == "scoring"


def test_organiser_in_the_team_does_not_decide(office, lena, ana, rob, other_office):
    make_member(other_office, user=rob)
    peers = [rob, make_person("Peter", "employee", office=make_office())]
    feedback = make_feedback(office, lead=lena, director=ana, stage="reporting", team=peers, by=rob)

    assert not permissions.may_decide(rob, feedback)


# --- Tasks ----------------------------------------------------------------------------------------------------------


def test_everybody_has_the_task_of_the_stage(office, lena, ana, rob, dora):
    kinds = []

    def told(person):
        return [task.kind for task in feedback_tasks_of(person, NOW())]

    feedback = make_feedback(office, lead=lena, director=ana)
    kinds.append(told(lena))
    answer_all(feedback, by=lena)
    services.submit_feedback(feedback, by=lena, at=NOW())
    kinds.append(told(rob))
    actor = feedback_team.add_actor(feedback, email=dora.email, by=rob)
    kinds.append(told(dora))
    feedback_team.declare(actor, conflict="", at=NOW())
    seat(feedback, make_peers()[:1], by=rob)
    feedback_team.begin_feedback(feedback, by=rob)
    kinds.append(told(dora))
    finish(feedback)
    kinds.append(told(rob))

    assert kinds == [
        ["feedback_apply"],
        ["feedback_team"],
        ["feedback_declare"],
        ["feedback_score"],
        ["feedback_decide"],
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_list_takes_the_same_queries_for_one_and_for_three(many, nora, django_assert_num_queries):
    for _each in range(many):
        office = make_office()
        lead, director = make_member(office, "quality_lead").user, make_member(office, "director").user
        make_feedback(office, lead=lead, director=director, stage="submitted")
    queries.feedbacks_for(nora)

    with django_assert_num_queries(2):
        assert len(queries.feedbacks_for(nora)) == many
