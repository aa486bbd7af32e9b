"""From a finding to an approved plan: what is taken up, added, sent, returned, approved and closed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qms.assessments.domain.snapshot import digest
from qms.core.models import Letter
from qms.improvements import services
from qms.improvements.models import Action, Finding, LogEntry, Plan, PlanSnapshot
from qms.improvements.queries import findings_view
from qms.lifecycle import Refused
from tests.factories.assessments import make_approved
from tests.factories.improvements import make_action, make_finding, make_plan

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def facts(**more):
    return services.ActionFacts(
        **{"title": "Plain words", "start_on": date(2026, 12, 1), "due_on": date(2027, 3, 1)} | more
    )


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena)


@pytest.fixture
def assessment(office, lena, ana):
    return make_approved(office, by=lena, director=ana, score=40)


def ready(plan, lena, boris):
    return make_action(plan, by=lena, owner=boris)


# --- Findings ---------------------------------------------------------------------------------------------------------


def test_a_finding_is_frozen_once_when_an_action_answers_it(assessment, office, lena):
    key = findings_view(office)[0].key

    first = services.take_up(office, key, by=lena)

    assert services.take_up(office, key, by=lena) == first
    assert (first.office, first.node, first.score) == (office, "1.1", Decimal(40))


def test_a_key_that_nobody_tells_is_refused(office, lena):
    with pytest.raises(Refused, match="No instrument tells"):
        services.take_up(office, "assessment:9:low:1.1", by=lena)


def test_a_key_of_another_office_is_refused(assessment, other_office, dora):
    key = findings_view(assessment.office)[0].key

    with pytest.raises(Refused, match="No instrument tells"):
        services.take_up(other_office, key, by=dora)


def test_one_click_fills_in_an_action_and_opens_the_plan(assessment, office, lena):
    area = next(one for one in findings_view(office) if one.source == "area")

    action = services.answer_in_plan(office, [area.key], plan=None, by=lena)

    assert (action.plan.stage, action.plan.assessment, action.status) == ("draft", assessment, "proposed")
    assert (action.title, action.problem) == ("Agreed area", f"{area.node}: Agreed area.")
    assert list(action.nodes.values_list("framework", "node")) == [("small-2020", area.node)]
    assert [one.is_answered for one in findings_view(office) if one.key == area.key] == [True]


def test_the_next_click_goes_into_the_same_plan(assessment, office, lena):
    keys = [one.key for one in findings_view(office)]

    first = services.answer_in_plan(office, keys[:1], plan=None, by=lena)
    second = services.answer_in_plan(office, keys[1:3], plan=None, by=lena)

    assert (second.plan, second.number, second.findings.count()) == (first.plan, 2, 2)


def test_a_finding_that_an_action_answers_is_not_set_aside(plan, office, lena):
    finding = make_finding(office, by=lena)
    make_action(plan, by=lena).findings.add(finding)

    with pytest.raises(Refused, match="D-1 answers this finding"):
        services.dismiss(office, finding.key, reason="Too dear.", by=lena, at=NOW)


def test_a_finding_is_set_aside_with_a_reason_and_comes_back(office, lena):
    finding = make_finding(office, by=lena)

    with pytest.raises(Refused, match="Write why"):
        services.dismiss(office, finding.key, reason=" ", by=lena, at=NOW)
    aside = services.dismiss(office, finding.key, reason="Too dear.", by=lena, at=NOW)
    assert (aside.dismissed_at, aside.dismissed_reason) == (NOW, "Too dear.")
    assert services.restore(aside, by=lena).dismissed_at is None


def test_deleting_a_finding_in_use_is_refused_and_nothing_is_lost(plan, office, lena):
    finding = make_finding(office, by=lena)
    make_action(plan, by=lena, status="stopped").findings.add(finding)

    with pytest.raises(Refused, match="D-1 uses this finding"):
        services.delete_finding(finding, by=lena)
    assert Finding.objects.get() == finding


def test_only_an_own_finding_is_deleted(office, lena):
    services.delete_finding(make_finding(office, by=lena), by=lena)
    with pytest.raises(Refused, match="What an instrument found"):
        services.delete_finding(make_finding(office, by=lena, key="a:1", source="low"), by=lena)


# --- Actions ----------------------------------------------------------------------------------------------------------


def test_an_action_takes_the_next_number_and_its_ties(plan, lena, boris, eva):
    make_action(plan, by=lena)
    finding = make_finding(plan.office, by=lena)

    action = services.add_action(
        plan,
        facts=facts(owner=boris, helpers=(eva, boris), findings=(finding.key,), nodes=(("small-2020", "1.1"),)),
        by=lena,
    )

    assert (action.code, action.owner, list(action.helpers.all())) == ("D-2", boris, [eva])
    assert (list(action.findings.all()), action.nodes.get().node) == ([finding], "1.1")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Give the action a title"),
        ({"due_on": date(2026, 11, 30)}, "cannot be due before it starts"),
        ({"speed": 6}, "Judge from 1 to 5"),
        ({"budget": Decimal(-1)}, "not less than zero"),
    ],
)
def test_an_action_that_cannot_be_is_refused(plan, lena, wrong, said):
    with pytest.raises(Refused, match=said):
        services.add_action(plan, facts=facts(**wrong), by=lena)
    assert Action.objects.count() == 0


def test_the_owner_works_in_the_office(plan, lena, dora):
    with pytest.raises(Refused, match="Dora Example does not work in this office"):
        services.add_action(plan, facts=facts(owner=dora), by=lena)


def test_an_owner_who_left_is_refused(plan, lena, boris):
    boris.memberships.update(is_active=False)

    with pytest.raises(Refused, match="Boris Example does not work"):
        services.add_action(plan, facts=facts(owner=boris), by=lena)


def test_a_helper_who_left_may_stay(plan, lena, boris, eva):
    action = make_action(plan, by=lena, owner=boris)
    action.helpers.add(eva)
    eva.memberships.update(is_active=False)

    changed = services.change_action(action, facts=facts(owner=boris, helpers=(eva,)), version=1, by=lena)

    assert list(changed.helpers.all()) == [eva]


def test_who_saves_second_meets_a_conflict(plan, lena):
    action = make_action(plan, by=lena)
    services.change_action(action, facts=facts(title="First"), version=1, by=lena)

    with pytest.raises(services.Conflict) as conflict:
        services.change_action(action, facts=facts(title="Second"), version=1, by=lena)
    assert (conflict.value.stored.title, Action.objects.get().title) == ("First", "First")


def test_new_days_and_a_new_owner_of_an_approved_action_stand_in_its_log(office, lena, boris, eva):
    plan = make_plan(office, by=lena, stage="approved")
    action = make_action(plan, by=lena, owner=boris, status="approved")

    services.change_action(action, facts=facts(owner=eva, start_on=None, due_on=date(2027, 1, 31)), version=1, by=lena)

    assert list(LogEntry.objects.order_by("pk").values_list("kind", "text")) == [
        ("hand_over", "Owner: Boris Example → Eva Example."),
        ("dates", "Dates: 2 March 2026 – 30 June 2026 → – – 31 January 2027."),
    ]


def test_nothing_changes_while_the_director_reads(office, lena):
    plan = make_plan(office, by=lena, stage="approval")
    action = make_action(plan, by=lena)

    with pytest.raises(Refused, match="with the director"):
        services.add_action(plan, facts=facts(), by=lena)
    with pytest.raises(Refused, match="with the director"):
        services.change_action(action, facts=facts(), version=1, by=lena)


def test_a_proposal_of_a_draft_is_deleted_and_its_finding_is_open_again(plan, office, lena):
    finding = make_finding(office, by=lena)
    action = make_action(plan, by=lena)
    action.findings.add(finding)

    services.delete_action(action, by=lena)

    assert [one.is_open for one in findings_view(office)] == [True]


def test_an_action_of_an_approved_plan_is_stopped_and_not_deleted(office, lena):
    action = make_action(make_plan(office, by=lena, stage="approved"), by=lena)

    with pytest.raises(Refused, match="Only a proposal"):
        services.delete_action(action, by=lena)


def test_a_later_action_needs_its_own_approval(office, lena, ana, boris):
    plan = make_plan(office, by=lena, stage="under_way")
    bare = services.add_action(plan, facts=facts(), by=lena)

    with pytest.raises(Refused, match="owner first"):
        services.approve_action(bare, by=ana, at=NOW)
    owned = services.change_action(bare, facts=facts(owner=boris), version=1, by=lena)
    approved = services.approve_action(owned, by=ana, at=NOW)
    assert (approved.status, approved.approved_by, approved.version) == ("approved", ana, 3)


# --- The plan's way ---------------------------------------------------------------------------------------------------


def test_an_empty_plan_is_not_sent(plan, lena, ana):
    with pytest.raises(Refused, match="no action yet"):
        services.send_plan(plan, by=lena, at=NOW)


def test_every_action_has_an_owner_and_a_due_day_before_it_is_sent(plan, lena, ana, boris):
    ownerless = make_action(plan, by=lena)
    with pytest.raises(Refused, match="Without an owner: D-1"):
        services.send_plan(plan, by=lena, at=NOW)
    Action.objects.filter(pk=ownerless.pk).update(owner=boris, due_on=None)
    with pytest.raises(Refused, match="Without a day on which it is due: D-1"):
        services.send_plan(plan, by=lena, at=NOW)


def test_sending_writes_to_the_director(plan, lena, ana, boris):
    ready(plan, lena, boris)

    sent = services.send_plan(plan, by=lena, at=NOW)

    assert (sent.stage, sent.sent_at) == ("approval", NOW)
    assert list(Letter.objects.values_list("kind", "user")) == [("improvements.for_approval", ana.pk)]


def test_the_director_returns_a_plan_with_a_reason(plan, lena, ana, boris):
    ready(plan, lena, boris)
    services.send_plan(plan, by=lena, at=NOW)

    with pytest.raises(Refused, match="Write what should be changed"):
        services.return_plan(plan, reason=" ", by=ana)
    back = services.return_plan(plan, reason="Too many at once.", by=ana)

    assert (back.stage, back.returned_reason) == ("draft", "Too many at once.")
    assert Letter.objects.filter(kind="improvements.plan_returned").get().user == lena


def test_approval_freezes_the_plan_and_approves_its_actions(plan, lena, ana, boris):
    action = ready(plan, lena, boris)
    make_action(plan, by=lena, title="Dropped", status="stopped")
    services.send_plan(plan, by=lena, at=NOW)

    snapshot = services.approve_plan(plan, by=ana, at=NOW)

    plan.refresh_from_db()
    action.refresh_from_db()
    assert (plan.stage, plan.approved_at, action.status, action.approved_by) == ("approved", NOW, "approved", ana)
    assert [one["code"] for one in snapshot.content["actions"]] == ["D-1"]
    assert snapshot.sha256 == digest(PlanSnapshot.objects.get().content)
    told = Letter.objects.filter(kind="improvements.plan_approved").values_list("user", flat=True)
    assert set(told) == {lena.pk, boris.pk}


def test_an_approved_snapshot_stays(plan, lena, ana, boris):
    ready(plan, lena, boris)
    services.send_plan(plan, by=lena, at=NOW)
    snapshot = services.approve_plan(plan, by=ana, at=NOW)

    with pytest.raises(Refused, match="stays as it was approved"):
        snapshot.delete()


def test_a_draft_is_not_approved(plan, lena, ana, boris):
    ready(plan, lena, boris)

    with pytest.raises(Refused, match="not open at the moment"):
        services.approve_plan(plan, by=ana, at=NOW)


def test_after_approval_only_the_review_changes(office, lena):
    plan = make_plan(office, by=lena, stage="approved")

    assert services.change_plan(plan, review_on=date(2027, 1, 4), by=lena).review_on == date(2027, 1, 4)
    with pytest.raises(Refused, match="only the day of its review"):
        services.change_plan(plan, title="Other", by=lena)


def test_a_plan_closes_when_nothing_in_it_is_open(office, lena):
    plan = make_plan(office, by=lena, stage="under_way")
    action = make_action(plan, by=lena, status="in_progress")

    with pytest.raises(Refused, match="Not done or stopped yet: D-1"):
        services.close_plan(plan, conclusion="Good.", by=lena, at=NOW)
    Action.objects.filter(pk=action.pk).update(status="done")
    closed = services.close_plan(plan, conclusion="Good.", by=lena, at=NOW)
    assert (closed.stage, closed.conclusion, closed.closed_at) == ("closed", "Good.", NOW)


def test_a_plan_answers_an_assessment_of_its_own_office(assessment, other_office, dora):
    with pytest.raises(Refused, match="of the same office"):
        services.open_plan(other_office, title="Ours", year=2026, assessment=assessment, by=dora)
    assert Plan.objects.count() == 0
