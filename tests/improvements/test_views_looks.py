"""The plan's own page, its tables to take away, and judging from the matrix."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from qms.improvements.models import ActionNode, Effect
from qms.improvements.models.action import JUDGEMENTS
from tests.factories.assessments import MONDAY, make_edition
from tests.factories.improvements import make_action, make_finding, make_plan

pytestmark = pytest.mark.django_db
JUDGED = dict(zip(JUDGEMENTS, (5, 4, 5, 4, 5, 4), strict=True))
CHOSEN = {name: str(value) for name, value in JUDGED.items()}


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way", title="Plan 2026 of Gołdap")


@pytest.fixture
def actions(plan, lena, boris, eva):
    """One of each: late, running, done with a verdict, planned without a day."""
    today = timezone.localdate()
    late = make_action(
        plan,
        by=lena,
        title="Answer ideas",
        owner=boris,
        status="in_progress",
        start_on=today - timedelta(90),
        due_on=today - timedelta(15),
        **JUDGED,
    )
    running = make_action(
        plan, by=lena, title="Team of two branches", owner=eva, status="in_progress", due_on=today + timedelta(16)
    )
    done = make_action(plan, by=lena, title="Day of employers", owner=boris, status="done", progress=100)
    Effect.objects.create(action=done, verdict="improved", difference="0.35", low="0.13", high="0.57",
                          stated_by=lena, stated_at=MONDAY)  # fmt: skip
    planned = make_action(
        plan, by=lena, title="=Dangerous", status="approved", start_on=None, due_on=None, kind="digital"
    )
    late.findings.add(make_finding(plan.office, by=lena, source="low", node="3.3", score=34, scale="0–100"))
    return late, running, done, planned


def address(name, thing, query=""):
    return reverse(f"improvements:{name}", args=[thing.pk]) + query


def page(client, person, plan, query=""):
    client.force_login(person)
    response = client.get(address("plan-detail", plan, query))
    assert response.status_code == 200
    return response.content.decode()


def codes(html):
    table = html.split('class="cmp stack actions"')[1].split("</table>")[0] if "stack actions" in html else ""
    return [part.split("<")[0] for part in table.split('<span class="num">')[1:]]


def test_the_page_tells_what_is_late_whose_it_is_and_where_it_comes_from(client, lena, plan, actions):
    html = page(client, lena, plan)

    assert codes(html) == ["D-1", "D-2", "D-3", "D-4"]
    for words in ("15 days late", "in 16 days", "3.3, score 34", "quick win", "+0.35 (from +0.13 to +0.57)"):
        assert words in html
    assert "4 actions. 1 is finished: 1 brought an improvement." in html
    assert "without a\u00a0finding" in html


def test_colleagues_read_the_plan_without_its_buttons(client, boris, plan, actions):
    html = page(client, boris, plan)

    assert codes(html) == ["D-1", "D-2", "D-3", "D-4"]
    assert reverse("improvements:action-add", args=[plan.pk]) not in html
    assert "data-matrix" not in html


@pytest.mark.parametrize(("who", "status"), [("nora", 200), ("rob", 200), ("dora", 404), ("ana", 200)])
def test_an_approved_plan_is_read_by_who_may_see_it(client, request, plan, actions, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address("plan-detail", plan)).status_code == status
    assert client.get(address("plan-csv", plan)).status_code == status


def test_print_leads_to_the_choice_of_content_and_language(client, lena, plan, actions):
    assert f'<a href="{address("plan-print", plan)}">Print</a>' in page(client, lena, plan)


def test_an_empty_plan_teaches_what_it_will_show(client, lena, office):
    html = page(client, lena, make_plan(office, by=lena))

    assert "This plan has no actions yet" in html
    assert "stack actions" not in html


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?late=1", ["D-1"]),
        ("?quick=1", ["D-1"]),
        ("?status=done", ["D-3"]),
        ("?kind=digital", ["D-4"]),
        ("?client=internal", []),
        ("?owner=nobody", ["D-4"]),
        ("?q=employers+day", ["D-3"]),
        ("?q=d-2", ["D-2"]),
        ("?sort=number&by=nonsense", ["D-1", "D-2", "D-3", "D-4"]),
        ("?status=nonsense&owner=0&page=99", ["D-1", "D-2", "D-3", "D-4"]),
    ],
)
def test_the_address_narrows_the_list(client, lena, plan, actions, query, wanted):
    assert sorted(codes(page(client, lena, plan, query))) == wanted


def test_only_mine_are_those_that_one_owns_or_helps_with(client, eva, plan, actions):
    actions[3].helpers.add(eva)

    assert sorted(codes(page(client, eva, plan, "?mine=1"))) == ["D-2", "D-4"]


def test_an_action_under_two_criteria_stands_under_both(client, lena, plan, actions):
    edition = make_edition()
    nodes = {edition.tree().criterion_of(node.identifier).identifier: node for node in edition.tree().scored}
    for node in list(nodes.values())[:2]:
        ActionNode.objects.create(action=actions[0], framework=edition.code, node=node.identifier)

    assert codes(page(client, lena, plan, "?by=criterion")).count("D-1") == 2


def test_owners_stand_by_name_and_what_nobody_owns_comes_first(client, lena, plan, actions):
    assert codes(page(client, lena, plan, "?by=owner")) == ["D-4", "D-1", "D-3", "D-2"]


def test_files_hold_what_the_page_shows_and_no_formula(client, lena, plan, actions):
    client.force_login(lena)
    csv = client.get(address("plan-csv", plan, "?kind=digital")).content.decode("utf-8-sig").splitlines()
    book = load_workbook(io.BytesIO(client.get(address("plan-xlsx", plan)).content))
    cells = {row[0].value: row[1] for row in book.worksheets[0].iter_rows(min_row=2)}

    assert len(csv) == 2
    assert "'=Dangerous" in csv[1]
    assert sorted(cells) == ["D-1", "D-2", "D-3", "D-4"]
    assert (cells["D-4"].value, cells["D-4"].data_type) == ("=Dangerous", "s")


def counted(client, lena, office, size):
    plan = make_plan(office, by=lena, stage="under_way", title=f"Of {size}")
    for number in range(size):
        action = make_action(plan, by=lena, owner=lena, status="in_progress", **JUDGED)
        action.findings.add(make_finding(office, by=lena, key=f"own:{plan.pk}-{number}"))
        action.helpers.add(lena)
    return plan


def test_the_page_asks_as_much_for_many_actions_as_for_one(client, lena, office):
    counts = []
    for size in (1, 3):
        plan = counted(client, lena, office, size)
        page(client, lena, plan)
        with CaptureQueriesContext(connection) as queries:
            page(client, lena, plan)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_fifty_actions_stand_on_a_page_and_the_rest_on_the_next(client, lena, office):
    plan = make_plan(office, by=lena, stage="under_way")
    for _number in range(53):
        make_action(plan, by=lena)

    assert len(codes(page(client, lena, plan))) == 50
    assert len(codes(page(client, lena, plan, "?page=2"))) == 3


# --- Judging ----------------------------------------------------------------------------------------------------------


def test_the_lead_chooses_an_action_judges_it_and_comes_back(client, lena, plan, actions):
    running = actions[1]
    html = page(client, lena, plan, f"?weigh={running.pk}")
    assert address("action-weigh", running) in html

    response = client.post(address("action-weigh", running), {**CHOSEN, "version": "1"})
    running.refresh_from_db()

    assert (response.status_code, response.url) == (302, address("plan-detail", plan) + "#matrix")
    assert {name: getattr(running, name) for name in JUDGEMENTS} == JUDGED


def test_who_was_slower_sees_what_stands_now_and_keeps_the_own_choice(client, lena, plan, actions):
    client.force_login(lena)
    running = actions[1]
    client.post(address("action-weigh", running), {**CHOSEN, "version": "1"})

    response = client.post(address("action-weigh", running), {**CHOSEN, "speed": "1", "version": "1"})
    html = response.content.decode()

    assert response.status_code == 409
    assert "D-2 stands now at importance 4.7, feasibility 4.3" in html
    assert 'name="version" value="2"' in html
    assert '<option value="1" selected>1</option>' in html
    assert client.post(address("action-weigh", running), {**CHOSEN, "speed": "1", "version": "2"}).status_code == 302


def test_a_wrong_judgement_comes_back_with_all_the_others(client, lena, plan, actions):
    client.force_login(lena)
    response = client.post(address("action-weigh", actions[1]), {**CHOSEN, "speed": "9", "version": "1"})

    assert response.status_code == 422
    assert '<option value="5" selected>5</option>' in response.content.decode()


def test_a_dropped_point_moves_the_action(client, lena, plan, actions):
    client.force_login(lena)
    client.post(address("action-place", actions[0]), {"importance": "1.9", "feasibility": "3.1", "version": "1"})
    actions[0].refresh_from_db()

    assert tuple(getattr(actions[0], name) for name in JUDGEMENTS) == (2, 2, 2, 3, 3, 3)


def test_a_point_dropped_on_an_older_state_moves_nothing_and_says_what_stands(client, lena, plan, actions):
    client.force_login(lena)
    place = {"importance": "1.9", "feasibility": "3.1", "version": "0"}
    html = client.post(address("action-place", actions[0]), place, follow=True).content.decode()
    actions[0].refresh_from_db()

    assert "your move was not taken" in html
    assert "D-1 stands now at importance 4.7, feasibility 4.3." in html
    assert actions[0].version == 1


def test_a_point_dropped_nowhere_moves_nothing(client, lena, plan, actions):
    client.force_login(lena)
    place = {"importance": "NaN", "feasibility": "9", "version": "1"}

    assert (
        "Nothing was changed" in client.post(address("action-place", actions[0]), place, follow=True).content.decode()
    )


def test_the_address_of_judging_leads_to_the_form(client, lena, plan, actions):
    client.force_login(lena)
    response = client.get(address("action-weigh", actions[0]))

    assert response.url == address("plan-detail", plan) + f"?weigh={actions[0].pk}#matrix"


@pytest.mark.parametrize(("who", "status"), [("boris", 403), ("ana", 403), ("dora", 404), ("nora", 403)])
@pytest.mark.parametrize("name", ["action-weigh", "action-place"])
def test_only_the_lead_judges(client, request, plan, actions, who, status, name):
    client.force_login(request.getfixturevalue(who))

    assert client.post(address(name, actions[0]), {**CHOSEN, "version": "1"}).status_code == status


def test_a_stopped_action_cannot_be_chosen(client, lena, plan, actions):
    stopped = make_action(plan, by=lena, status="stopped", title="Gone", start_on=date(2026, 1, 1))
    html = page(client, lena, plan, f"?weigh={stopped.pk}")

    assert address("action-weigh", stopped) not in html
