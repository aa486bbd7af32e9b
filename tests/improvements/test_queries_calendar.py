from datetime import date

import pytest

from qms.improvements.models import Task
from qms.improvements.queries.calendar import agenda_of, calendar_token, owner_of_calendar
from qms.improvements.queries.mine import finished_by, my_actions
from qms.improvements.services.calendar import renew_calendar
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way", review_on=date(2026, 9, 1))


def test_address_leads_to_its_person(boris):
    assert owner_of_calendar(calendar_token(boris)) == boris


def test_new_address_makes_the_old_one_void(boris):
    old = calendar_token(boris)
    renew_calendar(boris, by=boris)
    new = calendar_token(boris)
    renew_calendar(boris, by=boris)

    assert [owner_of_calendar(token) for token in (old, new, calendar_token(boris))] == [None, None, boris]


def test_renewing_one_persons_address_leaves_another_ones(boris, clara):
    token = calendar_token(clara)
    renew_calendar(boris, by=boris)

    assert owner_of_calendar(token) == clara


@pytest.mark.parametrize("token", ["", "1-1", "1-1.made-up", "x", "....", "1-1.ą"])
def test_address_that_was_made_up_leads_nowhere(token):
    assert owner_of_calendar(token) is None


def test_address_of_a_person_who_is_no_longer_active_leads_nowhere(boris):
    token = calendar_token(boris)
    boris.is_active = False
    boris.save(update_fields=["is_active"])

    assert owner_of_calendar(token) is None


def test_agenda_of_an_owner_is_the_own_actions_and_the_review_of_their_plan(plan, boris, clara, lena):
    own = make_action(plan, by=lena, owner=boris, status="approved")
    helped = make_action(plan, by=lena, owner=clara, status="in_progress", due_on=date(2026, 4, 1))
    helped.helpers.add(boris)
    make_action(plan, by=lena, owner=clara, status="approved")
    make_action(plan, by=lena, owner=boris, status="done")
    make_action(plan, by=lena, owner=boris, status="approved", due_on=None)

    agenda = agenda_of(boris)

    assert agenda.actions == (helped, own)
    assert agenda.reviews == (plan,)


def test_agenda_of_lead_and_director_is_every_open_action_of_their_open_plans(plan, office, ana, lena, boris, dora):
    action = make_action(plan, by=lena, owner=boris, status="approved")
    closed = make_plan(office, by=lena, stage="closed", review_on=date(2026, 9, 1))
    make_action(closed, by=lena, owner=boris, status="approved")

    assert [agenda_of(person).actions for person in (lena, ana, dora)] == [(action,), (action,), ()]
    assert [agenda_of(person).reviews for person in (lena, ana, dora)] == [(plan,), (plan,), ()]


def test_task_belongs_to_its_person_and_without_one_to_the_owner_of_the_action(plan, boris, clara, lena):
    action = make_action(plan, by=lena, owner=boris, status="approved")
    day = date(2026, 5, 5)
    named = Task.objects.create(action=action, title="Write", person=clara, due_on=day)
    loose = Task.objects.create(action=action, title="Ask", due_on=day)
    Task.objects.create(action=action, title="Done", due_on=day, done_on=day)
    Task.objects.create(action=action, title="Some day")

    assert [agenda_of(person).tasks for person in (boris, clara, lena)] == [(loose,), (named,), ()]


def test_person_who_left_the_office_has_an_empty_agenda(plan, office, boris, lena):
    make_action(plan, by=lena, owner=boris, status="approved")
    boris.memberships.update(is_active=False)
    boris = type(boris).objects.get(pk=boris.pk)

    assert agenda_of(boris).count == 0


def test_my_actions_begin_with_the_late_ones(plan, boris, clara, lena):
    later = make_action(plan, by=lena, owner=boris, status="approved", due_on=date(2026, 6, 30))
    without = make_action(plan, by=lena, owner=boris, status="approved", due_on=None)
    late = make_action(plan, by=lena, owner=clara, status="in_progress", due_on=date(2026, 4, 30))
    late.helpers.add(boris)
    postponed = make_action(plan, by=lena, owner=boris, status="postponed", due_on=date(2026, 4, 1))
    make_action(plan, by=lena, owner=clara, status="approved")

    mine = my_actions(boris, on=TODAY)

    assert [one.action for one in mine] == [late, postponed, later, without]
    assert [one.is_late for one in mine] == [True, False, False, False]
    assert [one.is_owner for one in mine] == [False, True, True, True]


def test_finished_actions_stay_for_a_year(plan, boris, lena):
    recent = make_action(plan, by=lena, owner=boris, status="done", done_on=date(2026, 4, 1))
    make_action(plan, by=lena, owner=boris, status="done", done_on=date(2025, 4, 1))

    assert [one.action for one in finished_by(boris, on=TODAY)] == [recent]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_any_number(count, plan, boris, lena, django_assert_num_queries):
    for _ in range(count):
        action = make_action(plan, by=lena, owner=boris, status="approved")
        Task.objects.create(action=action, title="Ask", due_on=TODAY)
    boris = type(boris).objects.get(pk=boris.pk)

    with django_assert_num_queries(2):
        assert all(one.action.plan.office.short_name for one in my_actions(boris, on=TODAY))
    with django_assert_num_queries(3):
        assert agenda_of(boris).count == 2 * count + 1
