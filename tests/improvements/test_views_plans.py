"""The pages on the way from a finding to an approved plan."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.improvements import services
from qms.improvements.models import Action, Finding, Plan
from qms.improvements.queries import findings_view, tasks_of
from qms.improvements.queries.lists import plans_listed, rows_of
from tests.factories.assessments import make_approved
from tests.factories.improvements import make_action, make_finding, make_plan

TODAY = timezone.localdate()


def to(route, *args, **query):
    return reverse(f"improvements:{route}", args=args) + (f"?{urlencode(query)}" if query else "")


def typed(**more):
    return {
        "title": "Plain words",
        "kind": "process",
        "client": "external",
        "unfounded": "on",
        "version": "1",
    } | more


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena)


@pytest.fixture
def action(plan, lena, boris):
    start = TODAY + timedelta(days=1)
    return make_action(plan, by=lena, owner=boris, start_on=start, due_on=start + timedelta(days=60))


@pytest.fixture
def assessment(office, lena, ana):
    return make_approved(office, by=lena, director=ana, score=40)


def errors(response, name):
    return list(response.context["form"][name].errors)


# --- Findings ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_nobody_answered(assessment, client, lena):
    client.force_login(lena)

    page = client.get(to("finding-list"))

    # Six subcriteria with one area each, and the five lowest of them.
    assert len(page.context["rows"]) == 11
    assert "Agreed area" in page.content.decode()


def test_one_click_leads_to_a_filled_in_form(assessment, client, lena, office):
    client.force_login(lena)
    key = next(one.key for one in findings_view(office) if one.source == "area")

    answer = client.post(to("finding-answer", office=office.pk), {"only": key})

    action = Action.objects.get()
    assert answer.url == to("action-edit", action.pk)
    page = client.get(answer.url)
    assert page.context["form"]["findings"].value() == [key]
    assert page.context["form"]["title"].value() == "Agreed area"


def test_ticking_nothing_is_said(assessment, client, lena, office):
    client.force_login(lena)

    page = client.post(to("finding-answer", office=office.pk), {}, follow=True)

    assert [str(one) for one in page.context["messages"]] == ["Tick at least one finding."]
    assert Plan.objects.count() == 0


def test_a_director_reads_findings_and_changes_nothing(assessment, client, ana, office):
    client.force_login(ana)

    assert not client.get(to("finding-list")).context["rows"][0].ticks
    assert client.post(to("finding-answer", office=office.pk), {}).status_code == 403
    assert client.get(to("finding-add", office=office.pk)).status_code == 403


def test_another_office_does_not_exist_here(assessment, client, dora, office):
    client.force_login(dora)

    assert client.get(to("finding-list", office=office.pk)).status_code == 404


def test_an_own_finding_is_added_set_aside_and_brought_back(client, lena, office):
    client.force_login(lena)
    ahead = (TODAY + timedelta(days=2)).isoformat()
    wrong = client.post(to("finding-add", office=office.pk), {"title": "", "found_on": ahead})
    assert wrong.status_code == 422
    assert errors(wrong, "found_on") == ["This day is still to come. Write the day on which it was found."]

    client.post(to("finding-add", office=office.pk), {"title": "Nobody finds the desk", "found_on": TODAY.isoformat()})
    finding = Finding.objects.get()
    aside = to("finding-dismiss", office=office.pk, key=finding.key)
    assert client.post(aside, {"reason": ""}).status_code == 422
    client.post(aside, {"reason": "The desk moves in May."})
    finding.refresh_from_db()
    assert finding.dismissed_reason == "The desk moves in May."

    client.post(to("finding-restore", finding.pk))
    finding.refresh_from_db()
    assert finding.dismissed_at is None


def test_deleting_a_finding_in_use_is_told(client, lena, office, action):
    finding = make_finding(office, by=lena)
    action.findings.add(finding)
    client.force_login(lena)

    page = client.post(to("finding-delete", finding.pk), follow=True)

    said = "D-1 uses this finding, so it stays. Take it out of the action first."
    assert [str(one) for one in page.context["messages"]] == [said]
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_findings_costs_the_same_for_one_and_for_three(
    client, lena, office, plan, size, django_assert_num_queries
):
    for number in range(size):
        make_action(plan, by=lena).findings.add(make_finding(office, by=lena, title=f"Finding {number}"))
    with django_assert_num_queries(4):
        findings_view(office)


# --- The action's form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"title": ""}, "title", "Give the action a title."),
        ({"start_on": "2020-01-01"}, "start_on", "This day is in the past. Choose today or a later day."),
        ({"due_on": "2020-01-01"}, "due_on", "This day is in the past. Choose today or a later day."),
        (
            {"start_on": "2099-02-01", "due_on": "2099-01-01"},
            "due_on",
            "The action cannot be due before it starts.",
        ),
        (
            {"unfounded": ""},
            "unfounded",
            "No finding is ticked. Tick one above, or confirm that the action answers none.",
        ),
        ({"budget": "-5"}, "budget", "A budget is not less than zero."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(client, lena, plan, wrong, field, said):
    client.force_login(lena)

    page = client.post(to("action-add", plan.pk), typed(problem="Kept", **wrong))

    assert (page.status_code, errors(page, field)) == (422, [said])
    assert page.context["form"]["problem"].value() == "Kept"
    assert Action.objects.count() == 0


def test_an_owner_who_left_is_told_at_the_field(client, lena, action, boris):
    boris.memberships.update(is_active=False)
    client.force_login(lena)

    page = client.post(to("action-edit", action.pk), typed(owner=boris.pk))

    assert errors(page, "owner") == ["This person does not work in the office (any more). Choose another."]


def test_a_start_in_the_past_that_stood_there_may_stay(client, lena, plan):
    action = make_action(plan, by=lena, start_on=date(2020, 1, 1), due_on=date(2020, 2, 1))
    client.force_login(lena)

    page = client.post(to("action-edit", action.pk), typed(start_on="2020-01-01", due_on="2020-02-01"))

    assert page.status_code == 302


def test_saving_shows_the_priority_and_the_quick_win(client, lena, action):
    client.force_login(lena)
    given = dict.fromkeys(("stakeholders", "results", "visibility", "difficulty", "resources", "speed"), "4")
    days = {"start_on": action.start_on.isoformat(), "due_on": action.due_on.isoformat()}

    answer = client.post(to("action-edit", action.pk), typed(**given, **days, stay="1"))
    page = client.get(answer.url)

    panel = page.context["weighing"]
    assert (panel.importance, panel.feasibility, panel.priority, panel.is_quick) == ("4.0", "4.0", "16.0", True)
    assert "quick win" in page.content.decode()


def test_a_conflict_shows_both_and_the_next_save_wins(client, lena, action):
    client.force_login(lena)
    client.post(to("action-edit", action.pk), typed(title="Theirs"))

    page = client.post(to("action-edit", action.pk), typed(title="Mine"))

    assert page.status_code == 422
    assert ("Title", "Theirs", "Mine") in page.context["clash"].rows
    assert page.context["form"]["title"].value() == "Mine"
    assert page.context["version"] == 2
    client.post(to("action-edit", action.pk), typed(title="Mine", version="2"))
    assert Action.objects.get().title == "Mine"


def test_who_left_is_named_above_the_form(client, lena, action, boris):
    Action.objects.update(owner=None, left_by=boris)
    client.force_login(lena)

    assert (
        "Boris Example, who owned this action, has left the office"
        in client.get(to("action-edit", action.pk)).content.decode()
    )


def test_staff_do_not_change_what_an_action_is(client, boris, action):
    client.force_login(boris)

    assert client.get(to("action-edit", action.pk)).status_code == 403


# --- The plan ---------------------------------------------------------------------------------------------------------


def test_a_plan_begins_with_the_latest_report(assessment, client, lena):
    client.force_login(lena)
    page = client.get(to("plan-start"))
    assert page.context["form"]["assessment"].value() == assessment.pk

    answer = client.post(
        to("plan-start"),
        {"title": "Plan", "year": TODAY.year, "assessment": assessment.pk, "currency": "PLN", "introduction": "Why."},
    )

    plan = Plan.objects.get()
    assert (answer.status_code, plan.assessment, plan.stage) == (302, assessment, "draft")


def test_a_review_in_the_past_is_told_at_the_field(client, lena, plan):
    client.force_login(lena)

    page = client.post(
        to("plan-edit", plan.pk), {"title": "Plan", "year": 2026, "currency": "PLN", "review_on": "2020-01-01"}
    )

    assert errors(page, "review_on") == ["This day is in the past. Choose today or a later day."]


def test_the_director_reads_ticks_and_approves(client, lena, ana, action, plan):
    services.send_plan(plan, by=lena, at=timezone.now())
    client.force_login(ana)

    page = client.get(to("plan-approve", plan.pk))
    assert "without a finding" in page.content.decode()
    assert client.post(to("plan-approve", plan.pk), {}).status_code == 422
    client.post(to("plan-approve", plan.pk), {"confirmed": "1"})

    plan.refresh_from_db()
    assert (plan.stage, plan.snapshot.approved_by) == ("approved", ana)


def test_the_director_returns_with_a_reason(client, lena, ana, action, plan):
    services.send_plan(plan, by=lena, at=timezone.now())
    client.force_login(ana)

    assert client.post(to("plan-return", plan.pk), {"reason": ""}).status_code == 422
    client.post(to("plan-return", plan.pk), {"reason": "Too many."})

    plan.refresh_from_db()
    assert (plan.stage, plan.returned_reason) == ("draft", "Too many.")


def test_the_lead_does_not_approve(client, lena, ana, action, plan):
    services.send_plan(plan, by=lena, at=timezone.now())
    client.force_login(lena)

    assert client.get(to("plan-approve", plan.pk)).status_code == 403


def test_what_keeps_a_plan_open_is_told_before_closing(client, lena, office, boris):
    plan = make_plan(office, by=lena, stage="under_way")
    make_action(plan, by=lena, owner=boris, status="in_progress")
    client.force_login(lena)

    page = client.get(to("plan-close", plan.pk))

    assert page.context["notes"][0].text == "Not done or stopped yet: D-1."
    wrong = client.post(to("plan-close", plan.pk), {"conclusion": "Good.", "confirmed": "on"})
    assert wrong.context["form"].non_field_errors() == ["Not done or stopped yet: D-1."]


def test_coordinators_see_approved_plans_and_no_drafts(client, office, lena, rob):
    make_plan(office, by=lena, title="Draft")
    make_plan(office, by=lena, stage="approved", title="Approved")
    client.force_login(rob)

    page = client.get(to("plan-list")).content.decode()

    assert ("Approved" in page, ">Draft<" in page) == (True, False)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_plans_costs_the_same_for_one_and_for_three(client, lena, office, size, django_assert_num_queries):
    for _number in range(size):
        make_action(make_plan(office, by=lena), by=lena)
    lena.memberships.count()
    client.force_login(lena)
    rows_of(plans_listed(lena, on=TODAY))
    with django_assert_num_queries(1):
        rows = rows_of(plans_listed(lena, on=TODAY))
    assert [(row.actions, row.done, row.late) for row in rows] == [(1, 0, 0)] * size


# --- My tasks ---------------------------------------------------------------------------------------------------------


def kinds(user):
    return [task.kind for task in tasks_of(user, timezone.now())]


def test_lead_and_director_are_told_what_to_do_next(assessment, lena, ana, office, boris):
    assert kinds(lena) == ["begin_plan"]
    key = findings_view(office)[0].key
    action = services.answer_in_plan(office, [key], plan=None, by=lena)
    assert kinds(lena) == ["send_plan"]
    Action.objects.update(owner=boris, due_on=TODAY)
    services.send_plan(action.plan, by=lena, at=timezone.now())
    assert (kinds(lena), kinds(ana)) == ([], ["approve_plan"])
