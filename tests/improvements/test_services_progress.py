"""What happens on one action: moves, lines of the log, tasks, what was told and learnt."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qms.improvements import services
from qms.improvements.domain.journal import Moved, read_move
from qms.improvements.models import Action, LogAttachment, LogEntry, Plan
from qms.improvements.services.locking import Conflict
from qms.lifecycle import Refused
from tests.factories.improvements import make_action, make_plan

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Status = Action.Status


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="approved")


@pytest.fixture
def action(plan, lena, boris):
    return make_action(plan, by=lena, owner=boris, status=Status.APPROVED)


def at(day=0):
    return timezone.now() - timedelta(days=day)


def move(action, to, by, **more):
    return services.move_action(action, **{"to": to, "version": action.version, "by": by, "at": at()} | more)


# --- Moving -----------------------------------------------------------------------------------------------------------


def test_the_first_action_that_starts_puts_the_plan_under_way(action, boris):
    moved = move(action, "in_progress", boris)

    assert (moved.status, moved.version, Plan.objects.get().stage) == ("in_progress", 2, "under_way")


def test_every_move_is_a_line_of_the_log(action, boris):
    moved = move(action, "in_progress", boris)
    move(moved, "stopped", boris, reason="  Money went to the roof. ")

    lines = [(one.kind, read_move(one.text), one.by) for one in moved.log.order_by("pk")]
    assert lines == [
        ("status", Moved("approved", "in_progress"), boris),
        ("status", Moved("in_progress", "stopped", "Money went to the roof."), boris),
    ]
    assert Action.objects.get().status_reason == "Money went to the roof."


def test_a_finished_action_stands_at_100_and_knows_its_day(action, boris):
    moved = move(move(action, "in_progress", boris), "done", boris, on=timezone.localdate() - timedelta(days=3))

    assert (moved.progress, moved.done_on) == (100, timezone.localdate() - timedelta(days=3))
    again = move(moved, "in_progress", boris)
    assert (again.status, again.done_on) == ("in_progress", None)


@pytest.mark.parametrize(("to", "said"), [("stopped", "stopped"), ("postponed", "postponed")])
def test_stopping_and_postponing_need_a_reason(action, boris, to, said):
    with pytest.raises(Refused, match=f"Write why the action is {said}."):
        move(action, to, boris, reason="  ")
    assert Action.objects.get().status == "approved"


def test_a_reason_is_forgotten_when_work_goes_on(action, boris):
    waits = move(action, "postponed", boris, reason="The printer waits for paper.")

    assert move(waits, "in_progress", boris).status_reason == ""


def test_who_comes_second_learns_what_stands_now(action, boris, lena):
    move(action, "stopped", lena, reason="No money.")

    with pytest.raises(Conflict) as caught:
        move(action, "in_progress", boris)
    assert (caught.value.stored.status, caught.value.stored.version) == ("stopped", 2)


def test_steps_follow_their_order(action, boris):
    with pytest.raises(Refused, match="This step is not open"):
        move(action, "done", boris)


@pytest.mark.parametrize("stage", ["draft", "approval"])
def test_actions_of_a_plan_that_is_not_approved_do_not_move(office, lena, boris, stage):
    action = make_action(make_plan(office, by=lena, stage=stage), by=lena, owner=boris)

    with pytest.raises(Refused, match="not approved yet"):
        move(action, "stopped", boris, reason="No money.")


def test_actions_of_a_closed_plan_stay(office, lena, boris):
    action = make_action(make_plan(office, by=lena, stage="closed"), by=lena, owner=boris, status="in_progress")

    with pytest.raises(Refused, match="The plan is closed"):
        move(action, "done", boris)


def test_no_move_happens_tomorrow(action, boris):
    with pytest.raises(Refused, match="lies in the future"):
        move(action, "in_progress", boris, on=timezone.localdate() + timedelta(days=1))


def test_an_approval_names_who_gave_it_and_a_new_proposal_forgets_it(plan, lena, ana, boris):
    late = make_action(plan, by=lena, owner=boris)

    approved = move(late, "approved", ana)
    assert (approved.approved_by, approved.approved_at is not None) == (ana, True)
    again = move(move(approved, "stopped", boris, reason="No money."), "proposed", boris)
    assert (again.approved_by, again.approved_at) == (None, None)


def test_nobody_approves_an_action_that_nobody_owns(plan, lena, ana):
    with pytest.raises(Refused, match="owner"):
        move(make_action(plan, by=lena), "approved", ana)


# --- The log ----------------------------------------------------------------------------------------------------------


def tell(action, by, **more):
    return services.report(action, **{"text": "Ten letters rewritten.", "by": by, "on": timezone.localdate()} | more)


def test_a_report_keeps_progress_cost_and_files(action, boris, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("Wzory pism.pdf", PDF)

    entry = tell(action, boris, progress=40, spent=Decimal("1200.50"), files=[file])

    action.refresh_from_db()
    kept = LogAttachment.objects.get()
    assert (action.progress, action.spent, action.version) == (40, Decimal("1200.50"), 1)
    assert (kept.entry, kept.file_name, len(kept.sha256)) == (entry, "Wzory pism.pdf", 64)


def test_a_report_without_numbers_leaves_them(action, boris):
    tell(action, boris, progress=40, spent=Decimal(10))
    tell(action, boris)

    action.refresh_from_db()
    assert (action.progress, action.spent) == (40, Decimal(10))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": " "}, "Write what has happened."),
        ({"progress": 101}, "from 0 to 100"),
        ({"on": date(2100, 1, 1)}, "lies in the future"),
        ({"files": [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(11)]}, "at most 10 files"),
        ({"files": [SimpleUploadedFile("a.pdf", b"MZ no pdf")]}, "something else is in it"),
        ({"files": [SimpleUploadedFile("a.exe", b"MZ")]}, "cannot be taken"),
    ],
)
def test_a_wrong_report_leaves_nothing(action, boris, more, said):
    with pytest.raises(Refused, match=said):
        tell(action, boris, **more)
    assert (LogEntry.objects.count(), LogAttachment.objects.count()) == (0, 0)


def test_a_finished_action_does_not_fall_below_100(action, boris):
    done = move(move(action, "in_progress", boris), "done", boris)

    with pytest.raises(Refused, match="stands at 100"):
        tell(done, boris, progress=90)
    assert tell(done, boris, progress=100).progress == 100


def test_the_log_of_a_proposal_begins_with_its_approval(plan, lena):
    with pytest.raises(Refused, match="not approved yet"):
        tell(make_action(plan, by=lena), lena)


# --- Tasks ------------------------------------------------------------------------------------------------------------

Line = services.TaskLine


def test_tasks_are_kept_in_the_order_in_which_they_are_typed(action, boris, clara):
    first, second = services.save_tasks(action, lines=[Line("Choose letters"), Line("Rewrite them", clara)], by=boris)

    services.save_tasks(action, lines=[Line("Rewrite ten", clara, pk=second.pk), Line("Choose", pk=first.pk)], by=boris)

    assert list(action.tasks.order_by("position").values_list("title", "person")) == [
        ("Rewrite ten", clara.pk),
        ("Choose", None),
    ]


def test_a_task_that_is_not_named_stays_and_a_removed_one_goes(action, boris):
    first, second = services.save_tasks(action, lines=[Line("One"), Line("Two")], by=boris)

    services.save_tasks(action, lines=[Line("", pk=second.pk, removed=True)], by=boris)
    assert [task.pk for task in action.tasks.all()] == [first.pk]
    services.save_tasks(action, lines=[Line("Two again", pk=second.pk)], by=boris)
    assert [task.pk for task in action.tasks.all()] == [first.pk]


def test_only_what_the_reader_changed_is_ticked(action, boris):
    one, two, three = services.save_tasks(action, lines=[Line("One"), Line("Two"), Line("Three")], by=boris)
    today = timezone.localdate()
    services.tick_tasks(action, done=[one.pk], before=[], by=boris, on=today)
    services.tick_tasks(action, done=[three.pk], before=[], by=boris, on=today)  # from a page without the first tick

    done = list(action.tasks.order_by("position").values_list("done_on", flat=True))
    assert done == [today, None, today]
    assert services.tick_tasks(action, done=[], before=[one.pk], by=boris, on=today) == 1
    assert list(action.tasks.filter(done_on=None).order_by("position")) == [one, two]


def test_ticks_of_another_actions_tasks_do_nothing(action, plan, lena, boris):
    foreign = services.save_tasks(make_action(plan, by=lena), lines=[Line("One")], by=lena)[0]

    assert services.tick_tasks(action, done=[foreign.pk], before=[], by=boris, on=timezone.localdate()) == 0


def test_an_action_has_a_bounded_number_of_tasks(action, boris):
    with pytest.raises(Refused, match="at most 60 tasks"):
        services.save_tasks(action, lines=[Line(f"Task {n}") for n in range(61)], by=boris)


# --- What was told and learnt -----------------------------------------------------------------------------------------


def test_what_was_told_is_kept_corrected_and_taken_off(action, boris):
    told = services.save_communication(action, said="I do not understand the letter.", done="Ten are new.", by=boris)
    services.save_communication(
        action, said=told.said, done="Twelve are new.", by=boris, outcome="done", communication=told
    )

    assert list(action.communications.values_list("done", flat=True)) == ["Twelve are new."]
    services.delete_communication(told, by=boris)
    assert not action.communications.exists()


@pytest.mark.parametrize(("said", "done"), [("", "x"), ("x", " ")])
def test_both_halves_are_told(action, boris, said, done):
    with pytest.raises(Refused, match="Write both"):
        services.save_communication(action, said=said, done=done, by=boris)


def test_two_who_write_lessons_at_once_do_not_overwrite_each_other(action, boris, lena):
    services.save_lessons(action, text="Begin with the summons.", before="", by=lena)

    with pytest.raises(Conflict) as caught:
        services.save_lessons(action, text="Ask the registry first.", before="", by=boris)
    assert caught.value.stored.lessons == "Begin with the summons."
    services.save_lessons(action, text="Both.", before="Begin with the summons.", by=boris)
    assert Action.objects.get().lessons == "Both."


def test_words_are_no_change_of_status():
    assert read_move("We moved the desk → the hall.") is None
