"""Who leaves gives back the actions, and a lead gives them to somebody else."""

import pytest
from django.utils import timezone

from qms.core.models import Letter
from qms.improvements.models import LogEntry, Task
from qms.improvements.services import handover
from qms.lifecycle import Refused
from qms.offices.models import Membership
from qms.offices.services import add_member, change_role, end_membership
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way")


def membership_of(user, office):
    return Membership.objects.active().get(user=user, office=office)


def leave(user, office, capture):
    with capture(execute=True):
        end_membership(membership_of(user, office), by=None, at=timezone.now())


def test_who_leaves_gives_back_open_actions_tasks_and_the_seat_as_helper(
    plan, office, boris, lena, django_capture_on_commit_callbacks
):
    owned = make_action(plan, by=lena, owner=boris, status="in_progress")
    done = make_action(plan, by=lena, owner=boris, status="done")
    helped = make_action(plan, by=lena, owner=lena)
    helped.helpers.add(boris)
    open_task = Task.objects.create(action=helped, title="Write", person=boris)
    done_task = Task.objects.create(action=helped, title="Read", person=boris, done_on=timezone.localdate())

    leave(boris, office, django_capture_on_commit_callbacks)

    for row in (owned, done, helped, open_task, done_task):
        row.refresh_from_db()
    assert (owned.owner, owned.left_by, owned.version) == (None, boris, 2)
    assert (done.owner, done.left_by) == (boris, None)
    assert list(helped.helpers.all()) == []
    assert (open_task.person, open_task.title, done_task.person) == (None, "Write", boris)
    entry = owned.log.get()
    assert (entry.kind, entry.text, entry.by) == (LogEntry.Kind.HAND_OVER, "Boris Example → –", None)


def test_leads_learn_which_actions_have_no_owner(plan, office, boris, lena, django_capture_on_commit_callbacks):
    make_action(plan, by=lena, owner=boris, title="Plain letters")

    leave(boris, office, django_capture_on_commit_callbacks)

    letter = Letter.objects.get(kind="improvements.without_owner")
    assert (letter.user, letter.office_id) == (lena, office.pk)
    assert "D-1 Plain letters" in letter.text
    assert "Boris Example left" in letter.subject
    assert f"/plans/{plan.pk}/hand-over/" in letter.link


def test_who_only_changes_the_role_keeps_the_actions(plan, office, boris, lena, django_capture_on_commit_callbacks):
    action = make_action(plan, by=lena, owner=boris)

    with django_capture_on_commit_callbacks(execute=True):
        change_role(membership_of(boris, office), "quality_lead", by=None, at=timezone.now())

    action.refresh_from_db()
    assert action.owner == boris


def test_who_still_has_another_role_at_the_office_keeps_the_actions(
    plan, office, ana, boris, lena, django_capture_on_commit_callbacks
):
    action = make_action(plan, by=lena, owner=boris)
    second = add_member(boris, "director", office=office, by=None)

    with django_capture_on_commit_callbacks(execute=True):
        end_membership(second, by=None, at=timezone.now())

    action.refresh_from_db()
    assert action.owner == boris


def test_actions_of_a_closed_plan_stay_as_they_were(office, boris, lena, django_capture_on_commit_callbacks):
    action = make_action(make_plan(office, by=lena, stage="closed"), by=lena, owner=boris, status="postponed")

    leave(boris, office, django_capture_on_commit_callbacks)

    action.refresh_from_db()
    assert action.owner == boris


def test_daily_round_finds_what_a_lost_release_left_behind(plan, office, boris, clara, lena):
    left, kept = make_action(plan, by=lena, owner=boris), make_action(plan, by=lena, owner=clara)
    Membership.objects.filter(user=boris).update(is_active=False)

    assert handover.release_everyone_gone(at=timezone.now()) == 1
    assert handover.release_everyone_gone(at=timezone.now()) == 0
    left.refresh_from_db()
    kept.refresh_from_db()
    assert (left.left_by, kept.owner) == (boris, clara)


def test_lead_gives_actions_to_new_owners_and_each_gets_one_letter(plan, boris, clara, eva, lena):
    one, two, three = (make_action(plan, by=lena, left_by=boris) for _ in range(3))
    one.helpers.add(clara)

    to = {one.pk: clara, two.pk: clara, three.pk: lena}
    handover.hand_over(plan, to=to, expected=None, by=lena, at=timezone.now())

    one.refresh_from_db()
    assert (one.owner, one.left_by, one.version, list(one.helpers.all())) == (clara, None, 2, [])
    assert one.log.get().text == "Boris Example → Clara Example"
    letters = Letter.objects.filter(kind="improvements.handed_over")
    assert [letter.user for letter in letters] == [clara]
    assert "2 actions" in letters.get().subject


def test_nothing_is_handed_over_when_somebody_else_was_quicker(plan, boris, clara, eva, lena):
    one, two = make_action(plan, by=lena), make_action(plan, by=lena, owner=eva)

    with pytest.raises(Refused, match="Somebody else changed"):
        handover.hand_over(plan, to={one.pk: clara, two.pk: clara}, expected=None, by=lena, at=timezone.now())

    one.refresh_from_db()
    assert one.owner is None


def test_nothing_is_handed_over_to_somebody_of_another_office(plan, dora, lena):
    action = make_action(plan, by=lena)

    with pytest.raises(Refused):
        handover.hand_over(plan, to={action.pk: dora}, expected=None, by=lena, at=timezone.now())


def test_nothing_is_handed_over_in_a_closed_plan(office, boris, lena):
    plan = make_plan(office, by=lena, stage="closed")

    with pytest.raises(Refused):
        handover.hand_over(plan, to={1: boris}, expected=None, by=lena, at=timezone.now())
