"""Who is reminded of what, and that nothing is said twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from qms.core.models import Letter
from qms.improvements import tasks
from qms.improvements.models import LogEntry, Task
from qms.improvements.services import reminders
from qms.offices.models import Membership
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="under_way")


def due_in(plan, days, by, **more):
    more.setdefault("status", "in_progress")
    action = make_action(plan, by=by, due_on=TODAY + timedelta(days=days), **more)
    LogEntry.objects.create(action=action, kind="status", on=TODAY, text="approved → in_progress", by=by)
    return action


def letters_of(user, kind):
    return list(Letter.objects.filter(user=user, kind=f"improvements.{kind}").order_by("pk"))


def test_one_letter_lists_everything_that_is_due_and_late(plan, boris, lena):
    due_in(plan, 14, lena, owner=boris, title="Soon")
    due_in(plan, 15, lena, owner=boris, title="Not yet")
    due_in(plan, -1, lena, owner=boris, title="Late")
    helped = due_in(plan, 40, lena, owner=lena, title="Lena's")
    Task.objects.create(action=helped, title="Print", person=boris, due_on=TODAY + timedelta(days=3))
    Task.objects.create(action=helped, title="Done", person=boris, due_on=TODAY, done_on=TODAY)

    assert reminders.remind_people(at=NOON) == 1

    (letter,) = letters_of(boris, "reminder")
    assert letter.office_id == plan.office_id
    assert letter.subject == "To do in your improvement plan: D-3 Late"
    listed = [line[2:] for line in letter.text.splitlines() if line.startswith("* ")]
    assert listed == ["D-3 Late", "D-4 Lena's: Print", "D-1 Soon"]
    assert "one day late" in letter.text
    assert "14 days left" in letter.text


def test_round_that_runs_twice_says_nothing_twice(plan, boris, lena):
    due_in(plan, 3, lena, owner=boris)

    assert [reminders.remind_people(at=NOON) for _ in range(2)] == [1, 0]


def test_each_threshold_is_told_once_and_a_new_last_day_begins_anew(plan, boris, lena):
    action = due_in(plan, 14, lena, owner=boris)

    told = [day for day in range(50) if reminders.remind_people(at=NOON + timedelta(days=day))]
    assert told == [0, 11, 15, 21, 35, 49]

    action.due_on = TODAY + timedelta(days=60)
    action.save()
    assert reminders.remind_people(at=NOON + timedelta(days=50)) == 1


def test_nobody_is_reminded_of_what_is_done_proposed_closed_or_without_owner(office, plan, boris, lena):
    for status in ("proposed", "done", "stopped", "postponed"):
        due_in(plan, -1, lena, owner=boris, status=status)
    due_in(plan, -1, lena)
    due_in(make_plan(office, by=lena, stage="closed"), -1, lena, owner=boris)
    due_in(make_plan(office, by=lena, stage="draft"), -1, lena, owner=boris)

    assert reminders.remind_people(at=NOON) == 0


def test_who_declined_reminders_gets_none(plan, boris, lena, monkeypatch):
    monkeypatch.setattr("qms.core.letters.letter_rhythms", [lambda _user, _kind: "none"])
    due_in(plan, -1, lena, owner=boris)

    reminders.remind_people(at=NOON)

    assert [letter.state for letter in letters_of(boris, "reminder")] == ["muted"]


def test_lead_hears_of_actions_fourteen_days_late_and_the_director_after_thirty(plan, ana, boris, lena):
    due_in(plan, -13, lena, owner=boris, title="Yesterday it was twelve")

    told = [day for day in range(40) if reminders.escalate(at=NOON + timedelta(days=day))]

    assert told == [1, 17]
    (to_lead,) = letters_of(lena, "escalation")
    (to_director,) = letters_of(ana, "escalation")
    assert "14 days late; Boris Example" in to_lead.text
    assert "30 days late" in to_director.text


def test_lead_hears_of_an_action_of_which_nothing_was_heard_for_sixty_days(plan, boris, lena):
    action = due_in(plan, 200, lena, owner=boris)

    told = [day for day in range(130) if reminders.escalate(at=NOON + timedelta(days=day))]
    assert told == [60]

    LogEntry.objects.create(action=action, on=TODAY + timedelta(days=130), text="Half of it stands.", by=boris)
    assert reminders.escalate(at=NOON + timedelta(days=150)) == 0
    assert reminders.escalate(at=NOON + timedelta(days=190)) == 1


def test_without_a_lead_the_director_hears_it(office, ana, boris):
    plan = make_plan(office, by=ana, stage="under_way")
    due_in(plan, -14, ana, owner=boris)

    assert reminders.escalate(at=NOON) == 1
    assert len(letters_of(ana, "escalation")) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_reminders_asks_no_more_for_many_actions(plan, boris, lena, count, django_assert_num_queries):
    for _ in range(count):
        due_in(plan, 3, lena, owner=boris)
    reminders.remind_people(at=NOON)

    # Two lists, and for the one person: begin, lock, what was said, end.
    with django_assert_num_queries(6):
        assert reminders.remind_people(at=NOON) == 0


def test_daily_task_takes_back_reminds_and_sends(office, plan, ana, boris, lena, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.send_letters, "delay", lambda: sent.append(1))
    today = timezone.localdate()
    left = make_action(plan, by=lena, owner=boris, status="approved", due_on=today - timedelta(days=1))
    make_action(plan, by=lena, owner=ana, status="approved", due_on=today - timedelta(days=1))
    Membership.objects.filter(user=boris).update(is_active=False)

    tasks.remind()
    tasks.remind()

    left.refresh_from_db()
    assert (left.owner, left.left_by) == (None, boris)
    assert [len(letters_of(reader, "reminder")) for reader in (ana, boris)] == [1, 0]
    assert len(letters_of(lena, "without_owner")) == 1
    assert sent == [1]


def test_beat_knows_the_daily_task():
    assert settings.CELERY_BEAT_SCHEDULE["remind-of-improvements"]["task"] == tasks.remind.name


def test_one_broken_letter_keeps_nobody_else_waiting(plan, ana, boris, lena, monkeypatch):
    due_in(plan, -1, lena, owner=ana)
    due_in(plan, -1, lena, owner=boris)
    write = reminders.letters.reminder

    def breaks_for_ana(to, lines):
        if to == ana:
            raise ValueError
        return write(to, lines)

    monkeypatch.setattr(reminders.letters, "reminder", breaks_for_ana)

    assert reminders.remind_people(at=NOON) == 1
    assert len(letters_of(boris, "reminder")) == 1
