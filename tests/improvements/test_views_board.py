import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qms.improvements.components.board import COLUMNS, board_of
from qms.improvements.models import Action, Effect
from qms.improvements.permissions import may_approve_action, may_report_progress
from qms.improvements.queries.board import board_rights
from qms.improvements.queries.plans import plan_view
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way")


@pytest.fixture
def due():
    return {"start_on": timezone.localdate() - timedelta(days=30), "due_on": timezone.localdate() - timedelta(days=2)}


def page_of(client, plan, person, **query):
    client.force_login(person)
    return client.get(reverse("improvements:plan-board", args=[plan.pk]), query).content.decode()


def board_for(plan, person):
    view = plan_view(plan)
    return board_of(view, board_rights(person, view))


def cards_of(board):
    return {column.status: [card.code for card in column.cards] for column in board.columns}


def test_every_status_has_its_column(plan, lena, due):
    for status in COLUMNS:
        make_action(plan, by=lena, status=status, due_on=date(2099, 6, 30))
    make_action(plan, by=lena, status="in_progress", **due)

    assert {str(status) for status in COLUMNS} == set(Action.Status.values)
    assert cards_of(board_for(plan, lena)) == {
        "proposed": ["D-1"],
        "approved": ["D-2"],
        "in_progress": ["D-7", "D-3"],
        "done": ["D-4"],
        "postponed": ["D-5"],
        "stopped": ["D-6"],
    }


def test_card_says_what_who_until_when_and_that_it_is_late(client, plan, lena, boris, due):
    weighed = {"stakeholders": 5, "results": 5, "visibility": 5, "difficulty": 4, "resources": 4, "speed": 4}
    action = make_action(plan, by=lena, owner=boris, status="in_progress", progress=40, **weighed, **due)
    page = page_of(client, plan, lena)

    card = page[page.index(f'id="action-{action.pk}"') : page.index("</li>", page.index(f'id="action-{action.pk}"'))]

    card = card.replace("\xa0", " ")
    for words in ("D-1", action.title, boris.name, "40%", "2 days late", "quick win", "20.0"):
        assert words in card
    assert 'class="ticket late"' in page


def test_done_card_says_what_came_of_it(client, plan, lena):
    action = make_action(plan, by=lena, status="done", done_on=timezone.localdate())
    Effect.objects.create(action=action, verdict="improved", stated_by=lena, stated_at=timezone.now())

    assert "improved" in page_of(client, plan, lena)


@pytest.mark.parametrize("stage", ["draft", "approval", "approved", "under_way", "closed"])
@pytest.mark.parametrize("person", ["ana", "lena", "boris", "clara", "rob", "nora"])
def test_cards_can_be_moved_by_those_who_may(person, stage, office, lena, boris, request):
    user = request.getfixturevalue(person)
    plan = make_plan(office, by=lena, stage=stage)
    for status in ("proposed", "approved", "in_progress", "done"):
        make_action(plan, by=lena, owner=boris, status=status)
        make_action(plan, by=lena, status=status)
    view = plan_view(plan)
    rights = board_rights(user, view)

    for row in view.rows:
        assert rights.moves(row) == may_report_progress(user, row.action)
        assert rights.approves(row) == may_approve_action(user, row.action)


def test_form_of_a_card_offers_the_open_steps_and_carries_the_version(client, plan, lena):
    action = make_action(plan, by=lena, status="in_progress", version=7)
    page = page_of(client, plan, lena)

    assert f'action="{reverse("improvements:action-move", args=[action.pk])}"' in page
    assert 'name="version" value="7"' in page
    assert f'name="next" value="{reverse("improvements:plan-board", args=[plan.pk])}#action-{action.pk}"' in page
    options = re.findall(r'<option value="(\w+)"( class="why")?>', page)
    assert options == [("done", ""), ("postponed", ' class="why"'), ("stopped", ' class="why"')]


def test_only_the_director_is_offered_to_approve(plan, ana, lena):
    make_action(plan, by=lena)
    moves = {
        person: [
            move.status for column in board_for(plan, person).columns for card in column.cards for move in card.moves
        ]
        for person in (ana, lena)
    }

    assert moves == {ana: ["approved"], lena: ["stopped"]}


def test_reader_without_the_right_sees_cards_without_forms(client, plan, lena, clara):
    make_action(plan, by=lena, status="in_progress")
    page = page_of(client, plan, clara)

    assert "D-1" in page
    assert 'class="move"' not in page
    assert "board.js" not in page


def test_board_can_show_only_my_cards(client, plan, lena, boris):
    make_action(plan, by=lena, title="His", owner=boris, status="approved")
    make_action(plan, by=lena, title="Hers", status="approved")
    page = page_of(client, plan, boris, who="me")

    assert ">His</a>" in page
    assert ">Hers</a>" not in page


@pytest.mark.parametrize(("stage", "words"), [("draft", "has approved"), ("closed", "is closed")])
def test_board_of_a_plan_that_is_not_running_says_why_nothing_moves(client, office, lena, stage, words):
    plan = make_plan(office, by=lena, stage=stage)
    make_action(plan, by=lena)
    page = page_of(client, plan, lena)

    assert words in page
    assert 'class="move"' not in page


def test_empty_board_teaches(client, plan, lena):
    assert "No action in this plan yet" in page_of(client, plan, lena)


def test_foreign_board_does_not_exist(client, plan, dora):
    client.force_login(dora)

    assert client.get(reverse("improvements:plan-board", args=[plan.pk])).status_code == 404


def test_moving_by_the_form_of_a_card_comes_back_to_the_card(client, plan, lena):
    action = make_action(plan, by=lena, owner=lena, status="approved")
    client.force_login(lena)
    back = f"{reverse('improvements:plan-board', args=[plan.pk])}#action-{action.pk}"
    answer = client.post(
        reverse("improvements:action-move", args=[action.pk]),
        {"status": "in_progress", "version": action.version, "next": back, "reason": ""},
    )

    assert answer.url == back
    assert Action.objects.get(pk=action.pk).status == "in_progress"


def test_two_people_move_one_card_and_the_second_reads_what_stands_now(client, plan, lena):
    action = make_action(plan, by=lena, owner=lena, status="approved")
    client.force_login(lena)
    url, sent = reverse("improvements:action-move", args=[action.pk]), {"version": action.version, "reason": ""}
    client.post(url, {**sent, "status": "in_progress"})
    answer = client.post(
        url, {**sent, "status": "postponed", "reason": "Later"}, headers={"accept": "application/json"}
    )

    assert answer.status_code == 409
    assert answer.json()["status"] == "in_progress"
    assert answer.json()["said"]


def test_number_of_queries_does_not_grow(client, plan, lena, boris):
    def queries():
        with CaptureQueriesContext(connection) as found:
            page_of_signed()
        return len(found)

    client.force_login(lena)
    page_of_signed = lambda: client.get(reverse("improvements:plan-board", args=[plan.pk]))  # noqa: E731
    make_action(plan, by=lena, owner=boris, status="in_progress")
    page_of_signed()
    few = queries()
    for _ in range(3):
        make_action(plan, by=lena, owner=boris, status="approved").helpers.add(lena)

    assert queries() == few
