"""The feedback team: composed, declared, blind to each other, agreed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from qms.core.models import Letter
from qms.improvements.domain.feedback import AgreedDraft, ScoreDraft
from qms.improvements.models import Feedback, FeedbackActor
from qms.improvements.permissions import feedback as permissions
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback_report, feedback_team
from qms.lifecycle import Refused
from tests.factories.feedback import (
    agree_all,
    make_feedback,
    make_peers,
    score_all,
    seat,
)
from tests.factories.offices import make_member

pytestmark = pytest.mark.django_db
NOW = timezone.now


def pillar_of(feedback, number="1"):
    return queries.tree_of(feedback.scheme).pillar(number)


# --- The team -------------------------------------------------------------------------------------------------------


@pytest.fixture
def submitted(office, lena, ana):
    return make_feedback(office, lead=lena, director=ana, stage="submitted")


def test_nobody_of_the_own_office_is_offered_or_taken(submitted, boris, dora, rob):
    offered = [peer.user for peer in queries.peers_for(submitted, "example")]

    assert (dora in offered, boris in offered) == (True, False)
    with pytest.raises(Refused, match="works in the office that applied"):
        feedback_team.add_actor(submitted, email=boris.email, by=rob)


def test_who_works_in_both_offices_is_blocked_too(submitted, office, dora, rob):
    make_member(office, user=dora)

    assert dora not in [peer.user for peer in queries.peers_for(submitted, "dora")]
    with pytest.raises(Refused, match="works in the office that applied"):
        feedback_team.add_actor(submitted, email=dora.email, by=rob)


def test_who_works_in_no_office_is_no_peer(submitted, judy, rob):
    with pytest.raises(Refused, match="works in no office"):
        feedback_team.add_actor(submitted, email=judy.email, by=rob)


def test_team_has_at_most_four(submitted, rob):
    seat(submitted, [*make_peers(), *make_peers()], by=rob)

    with pytest.raises(Refused, match="at most 4"):
        feedback_team.add_actor(submitted, email=make_peers()[0].email, by=rob)


def test_nothing_is_shown_before_the_declaration(submitted, dora, rob):
    actor = feedback_team.add_actor(submitted, email=dora.email, by=rob)
    before = permissions.may_read_feedback(dora, submitted)
    feedback_team.declare(actor, conflict="", at=NOW())

    assert (before, permissions.may_read_feedback(dora, submitted)) == (False, True)


def test_conflict_ends_the_access_and_stays_in_the_record(submitted, dora, rob):
    actor = feedback_team.add_actor(submitted, email=dora.email, by=rob)
    feedback_team.declare(actor, conflict="My brother works there.", at=NOW())
    stored = FeedbackActor.objects.get(pk=actor.pk)

    assert not Feedback.objects.visible_to(dora).exists()
    assert (stored.declaration, stored.conflict, stored.is_leader) == ("conflict", "My brother works there.", False)
    assert Letter.objects.filter(user=rob, kind="improvements.feedback_conflict").count() == 1
    with pytest.raises(Refused, match="declared a conflict"):
        feedback_team.add_actor(submitted, email=dora.email, by=rob)


def test_team_begins_with_two_clear_actors_and_a_leader(submitted, rob):
    one, two = make_peers()
    first = seat(submitted, [one], by=rob)[0]
    with pytest.raises(Refused, match="At least 2"):
        feedback_team.begin_feedback(submitted, by=rob)
    second = seat(submitted, [two], by=rob)[0]
    feedback_team.name_leader(second, by=rob)

    assert feedback_team.begin_feedback(submitted, by=rob).stage == Feedback.Stage.SCORING
    assert [FeedbackActor.objects.get(pk=each.pk).is_leader for each in (first, second)] == [False, True]


def test_person_taken_off_may_come_back_and_declares_anew(submitted, dora, rob):
    actor = feedback_team.add_actor(submitted, email=dora.email, by=rob)
    feedback_team.declare(actor, conflict="", at=NOW())
    feedback_team.remove_actor(actor, by=rob, at=NOW())
    gone = Feedback.objects.visible_to(dora).exists()
    back = feedback_team.add_actor(submitted, email=dora.email, by=rob)

    assert (gone, back.pk, back.declaration) == (False, actor.pk, "")


# --- Levels ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def scoring(office, lena, ana, rob):
    return make_feedback(office, lead=lena, director=ana, stage="scoring", by=rob)


def actors_of(feedback):
    return list(
        FeedbackActor.objects.filter(feedback=feedback).select_related("user", "feedback__scheme").order_by("pk")
    )


def test_levels_are_handed_in_only_when_complete(scoring):
    actor = actors_of(scoring)[0]
    feedback_team.save_scores(actor, pillar_of(scoring), {"1.1": ScoreDraft(3, "")})

    with pytest.raises(Refused, match=r"missing in 37 items: 1\.2"):
        feedback_team.hand_in_scores(actor, at=NOW())


def test_actors_are_blind_to_each_other_until_all_are_in(scoring):
    one, two = actors_of(scoring)
    score_all(one, 4)
    feedback_team.save_scores(two, pillar_of(scoring), {"1.1": ScoreDraft(2, "")})
    shown = queries.agreements_of(scoring, pillar_of(scoring))["1.1"]

    assert (shown.levels, [each.user for each in queries.waiting_for(scoring)]) == ((4,), [two.user])
    with pytest.raises(Refused, match="are not in yet"):
        feedback_report.save_agreed(scoring, pillar_of(scoring), {"1.1": AgreedDraft(3, "")}, by=one.user)


def test_spread_of_the_levels_is_shown_to_the_team(scoring):
    one, two = actors_of(scoring)
    score_all(one, 2)
    score_all(two, 5)

    agreement = queries.agreements_of(scoring, pillar_of(scoring))["1.1"]
    assert (agreement.levels, agreement.spread) == ((2, 5), 3)


def test_only_the_leader_agrees_and_only_after_handing_in(scoring):
    one, two = actors_of(scoring)
    before = permissions.may_agree(one.user, scoring)
    score_all(one, 3)
    score_all(two, 3)

    assert (before, permissions.may_agree(one.user, scoring), permissions.may_agree(two.user, scoring)) == (
        False,
        True,
        False,
    )


def test_actor_who_came_to_work_in_the_office_no_longer_scores(scoring, office):
    actor = actors_of(scoring)[0]
    make_member(office, user=actor.user)

    assert not permissions.may_score_feedback(actor.user, actor)


def test_agreement_without_level_is_taken_back(scoring):
    for actor in actors_of(scoring):
        score_all(actor, 3)
    leader = actors_of(scoring)[0].user
    agree_all(scoring, by=leader)
    feedback_report.save_agreed(scoring, pillar_of(scoring), {"1.1": AgreedDraft()}, by=leader)

    assert queries.missing_agreements_of(scoring, queries.tree_of(scoring.scheme)) == ("1.1",)


def test_report_waits_for_the_visit_and_for_words(scoring):
    for actor in actors_of(scoring):
        score_all(actor, 3)
    leader = actors_of(scoring)[0].user
    agree_all(scoring, by=leader)
    with pytest.raises(Refused, match="after the visit"):
        feedback_report.hand_in_report(scoring, by=leader, at=NOW())
