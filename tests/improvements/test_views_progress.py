"""The page of one action: an owner works on it, a lead stops another one, and what goes wrong says so."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qms.improvements import services
from qms.improvements.models import Action, Communication, LogAttachment, LogEntry, Plan, Task
from tests.factories.improvements import make_action, make_finding, make_plan

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Status = Action.Status


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def plan(office, lena):
    return make_plan(office, by=lena, stage="approved")


@pytest.fixture
def action(plan, lena, boris):
    return make_action(plan, by=lena, owner=boris, status=Status.APPROVED)


@pytest.fixture
def works(client, boris):
    client.force_login(boris)
    return client


def at(name, thing):
    return reverse(f"improvements:{name}", args=[thing.pk])


def text_of(answer):
    return answer.content.decode()


def moving(action, to, **more):
    return {"status": to, "version": action.version, "reason": "", "on": ""} | more


def tasks_of(action, *lines):
    """What the page of the tasks posts: its stored lines, then the new ones."""
    data = {"tasks-TOTAL_FORMS": len(lines), "tasks-INITIAL_FORMS": action.tasks.count()}
    for number, line in enumerate(lines):
        blank = {"pk": "", "title": "", "person": "", "due_on": "", "done_on": ""}
        data |= {f"tasks-{number}-{name}": value for name, value in (blank | line).items()}
    return data


# --- The owner's way --------------------------------------------------------------------------------------------------


def test_an_owner_works_on_an_action_from_the_first_task_to_the_effect(works, action, boris):
    page = at("action-detail", action)
    assert "Begin work" in text_of(works.get(page))

    works.post(at("task-save", action), tasks_of(action, {"title": "Choose ten letters", "person": boris.pk}))
    task = Task.objects.get()
    assert works.post(at("task-save", action), {"do": "tick", "done": task.pk}).url == page
    task.refresh_from_db()
    assert task.done_on == timezone.localdate()

    file = SimpleUploadedFile("Wzory pism.pdf", PDF)
    line = {
        "text": "Ten letters are new.",
        "on": timezone.localdate(),
        "progress": 30,
        "spent": "1200.5",
        "attachments": file,
    }
    assert works.post(at("action-log", action), line).url == page

    assert works.post(at("action-move", action), moving(action, "in_progress")).url == page
    action.refresh_from_db()
    assert (action.status, action.progress, action.plan.stage) == ("in_progress", 30, "under_way")
    answer = works.post(at("action-move", action), moving(action, "done"))
    assert answer.url == at("effect", action)
    action.refresh_from_db()
    assert (action.status, action.progress, action.done_on) == ("done", 100, timezone.localdate())
    shown = text_of(works.get(page))
    assert all(words in shown for words in ("Ten letters are new.", "Wzory pism.pdf", "Done (before: In progress)"))
    assert "State the effect" in shown


def test_a_lead_stops_an_action_with_a_reason(client, action, lena):
    client.force_login(lena)

    answer = client.post(at("action-move", action), moving(action, "stopped"))
    assert (answer.status_code, "Write why the action is stopped." in text_of(answer)) == (422, True)
    answer = client.post(at("action-move", action), moving(action, "stopped", reason="No money."), follow=True)
    assert "No money." in text_of(answer)
    assert Action.objects.get().status == "stopped"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": ""}, "Choose the next step."),
        ({"status": "done"}, "This step is not open at the moment."),
        ({"status": "flown"}, "This step is not open at the moment."),
        ({"status": "postponed"}, "Write why the action is postponed."),
        ({"status": "in_progress", "on": "2100-01-01"}, "The day lies in the future."),
        ({"status": "in_progress", "on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_wrong_move_says_why_and_keeps_what_was_typed(works, action, fields, said):
    typed = {"status": "", "version": action.version, "reason": "", "on": ""} | fields
    answer = works.post(at("action-move", action), typed)

    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert Action.objects.get().status == "approved"


def test_only_the_director_approves_an_action_that_was_added_later(client, plan, lena, ana, boris):
    late = make_action(plan, by=lena, owner=boris)
    for person, status in ((boris, 403), (lena, 403), (ana, 302)):
        client.force_login(person)
        assert client.post(at("action-move", late), moving(late, "approved")).status_code == status
    late.refresh_from_db()
    assert (late.status, late.approved_by) == ("approved", ana)


def test_a_director_who_takes_no_part_does_not_move_actions(client, action, ana):
    client.force_login(ana)
    assert client.post(at("action-move", action), moving(action, "in_progress")).status_code == 403


# --- Two people, one card ---------------------------------------------------------------------------------------------


def test_who_is_slower_learns_who_moved_it_where_and_may_repeat(works, action, lena):
    services.move_action(action, to="postponed", version=1, by=lena, at=timezone.now(), reason="Paper is late.")

    answer = works.post(at("action-move", action), moving(action, "stopped", reason="My own reason"))
    shown = text_of(answer)
    assert (answer.status_code, answer.context["said"].startswith("Lena")) == (409, True)
    assert all(words in shown for words in ("“Postponed”", "My own reason", "It was not done."))

    action.refresh_from_db()
    works.post(at("action-move", action), moving(action, "stopped", reason="My own reason"))
    action.refresh_from_db()
    assert (action.status, action.status_reason) == ("stopped", "My own reason")


def test_two_who_want_the_same_are_told_that_it_is_done(works, action, lena):
    services.move_action(action, to="in_progress", version=1, by=lena, at=timezone.now())

    answer = works.post(at("action-move", action), moving(action, "in_progress"))
    assert (answer.status_code, "nothing more to do" in text_of(answer)) == (409, True)


def test_a_script_gets_sentences(works, action, lena):
    ask = {"headers": {"Accept": "application/json"}}
    url = at("action-move", action)

    refused = works.post(url, moving(action, "stopped"), **ask)
    assert (refused.status_code, refused.json()["said"]) == (422, "Write why the action is stopped.")
    moved = works.post(url, moving(action, "in_progress"), **ask).json()
    assert (moved["status"], moved["version"], moved["effect"]) == ("in_progress", 2, "")
    clash = works.post(url, moving(action, "stopped", reason="x"), **ask)
    assert (clash.status_code, clash.json()["status"], clash.json()["version"]) == (409, "in_progress", 2)
    done = works.post(url, {"status": "done", "version": 2}, **ask).json()
    assert done["effect"] == at("effect", action)


def test_a_move_goes_back_to_where_it_was_made_but_never_elsewhere(works, action):
    board = "/en/plans/1/board/#action-1"
    assert works.post(at("action-move", action), moving(action, "in_progress", next=board)).url == board
    action.refresh_from_db()
    stop = moving(action, "stopped", reason="x", next="https://evil.example/")
    assert works.post(at("action-move", action), stop).url == at("action-detail", action)


# --- The log ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Write what has happened."),
        ({"on": ""}, "This field is required."),
        ({"on": "2100-01-01"}, "The day lies in the future."),
        ({"progress": "130"}, "less than or equal to 100"),
        ({"spent": "-1"}, "greater than or equal to 0"),
        (
            {"attachments": [SimpleUploadedFile("a.pdf", b"MZ"), SimpleUploadedFile("b.exe", b"MZ")]},
            "something else is in it",
        ),
    ],
)
def test_a_wrong_line_says_why_and_keeps_what_was_typed(works, action, fields, said):
    typed = {"text": "Ten letters.", "on": timezone.localdate(), "progress": "40", "spent": "12"} | fields
    answer = works.post(at("action-log", action), typed)

    assert (
        answer.status_code,
        said in text_of(answer),
        "Ten letters." in text_of(answer) or fields["text"] == " ",
    ) == (
        422,
        True,
        True,
    )
    assert LogEntry.objects.count() == 0


def test_an_attachment_goes_out_to_the_office_alone(client, action, boris, clara, dora, rob, nora):
    file = SimpleUploadedFile("Wzory pism.pdf", PDF)
    services.report(action, text="Ten.", by=boris, on=timezone.localdate(), files=[file])
    url = at("attachment", LogAttachment.objects.get())

    for person, status in ((boris, 200), (clara, 200), (rob, 403), (nora, 403), (dora, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status, person
    client.force_login(boris)
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


# --- Tasks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"person": "boris"}, "Write what the task is."),
        ({"title": "Choose", "due_on": "2020-01-01"}, "This day has passed."),
        ({"title": "Choose", "done_on": "2100-01-01"}, "The day lies in the future."),
        ({"title": "Choose", "person": "dora"}, "Select a valid choice."),
    ],
)
def test_a_wrong_task_says_why(works, action, boris, dora, line, said):
    people = {"boris": boris.pk, "dora": dora.pk, "": ""}
    typed = tasks_of(action, line | {"person": people[line.get("person", "")]})
    answer = works.post(at("task-save", action), typed)

    assert (answer.status_code, said in text_of(answer), Task.objects.count()) == (422, True, 0)


def test_a_task_of_somebody_who_left_asks_for_another_one(works, action, boris, eva):
    task = services.save_tasks(action, lines=[services.TaskLine("Choose", eva)], by=boris)[0]
    eva.memberships.update(is_active=False)

    answer = works.post(at("task-save", action), tasks_of(action, {"pk": task.pk, "title": "Choose", "person": eva.pk}))
    assert (answer.status_code, "Eva" in text_of(answer), "any more" in text_of(answer)) == (422, True, True)


def test_tasks_are_changed_and_taken_off_on_their_page(works, action, boris):
    keep, drop = services.save_tasks(action, lines=[services.TaskLine("Choose"), services.TaskLine("Print")], by=boris)
    lines = ({"pk": keep.pk, "title": "Choose ten"}, {"pk": drop.pk, "title": "Print", "DELETE": "on"}, {})
    works.post(at("task-save", action), tasks_of(action, *lines))

    assert list(action.tasks.values_list("title", flat=True)) == ["Choose ten"]


def test_the_lead_writes_tasks_in_the_draft_and_nobody_ticks_them_there(client, office, lena, boris):
    draft = make_action(make_plan(office, by=lena), by=lena, owner=boris)
    client.force_login(lena)

    client.post(at("task-save", draft), tasks_of(draft, {"title": "Choose"}))
    assert draft.tasks.count() == 1
    assert client.post(at("task-save", draft), {"do": "tick", "done": draft.tasks.get().pk}).status_code == 403
    client.force_login(boris)
    assert client.get(at("task-save", draft)).status_code == 403


# --- What was told and learnt -----------------------------------------------------------------------------------------

TOLD = {"said": "I do not understand.", "outcome": "done", "done": "Ten are new.", "audience": "clients", "channel": ""}


def test_what_was_told_is_written_corrected_and_taken_off(works, action):
    url = at("communication-save", action)
    assert works.post(url, TOLD).status_code == 302
    line = Communication.objects.get()
    assert "Ten are new." in text_of(works.get(at("action-detail", action)))
    works.post(f"{url}?line={line.pk}", TOLD | {"outcome": "not_done", "done": "No money."})
    assert "We did not do" in text_of(works.get(at("action-detail", action)))
    works.post(at("communication-delete", line))
    assert not Communication.objects.exists()


@pytest.mark.parametrize("missing", ["said", "done"])
def test_a_half_of_what_was_told_is_asked_for(works, action, missing):
    answer = works.post(at("communication-save", action), TOLD | {missing: ""})
    assert (answer.status_code, Communication.objects.count()) == (422, 0)


def test_a_line_of_another_action_is_not_found(works, action, plan, lena):
    other = make_action(plan, by=lena)
    line = services.save_communication(other, said="a", done="b", by=lena)
    assert works.get(f"{at('communication-save', action)}?line={line.pk}").status_code == 404


def test_two_who_write_lessons_see_both_texts(works, action, lena):
    services.save_lessons(action, text="Begin with the summons.", before="", by=lena)

    answer = works.post(at("lessons", action), {"text": "Ask the registry.", "before": ""})
    shown = text_of(answer)
    assert (answer.status_code, "Begin with" in shown, "Ask the registry." in shown) == (409, True, True)
    stored = answer.context["form"]["before"].value()
    assert works.post(at("lessons", action), {"text": "Both.", "before": stored}).status_code == 302


# --- Who sees what ----------------------------------------------------------------------------------------------------


def test_the_page_tells_where_the_action_comes_from(works, action, lena, office):
    weak = make_finding(
        office,
        by=lena,
        source="low",
        key="low:6.1",
        title="Clients were not asked",
        node="6.1",
        score="38.5",
        low="20",
        high="55",
        count=7,
        scale="0\u2013100",
        instrument="Self-assessment 2026",
        evidence=[{"code": "E21", "title": "Survey of clients"}],
    )
    action.findings.add(weak)

    shown = text_of(works.get(at("action-detail", action))).replace("\u00a0", " ")
    for words in ("Clients were not asked", "38.5", "between 20 and 55", "n = 7", "E21", "Self-assessment 2026"):
        assert words in shown, words


def test_an_action_without_a_finding_says_so(works, action):
    assert "No finding stands behind this action." in text_of(works.get(at("action-detail", action)))


@pytest.mark.parametrize(
    ("person", "status"),
    [("boris", 200), ("clara", 200), ("lena", 200), ("ana", 200), ("rob", 200), ("nora", 200), ("dora", 404)],
)
def test_who_reads_an_approved_action(client, action, request, person, status):
    client.force_login(request.getfixturevalue(person))
    answer = client.get(at("action-detail", action))
    assert answer.status_code == status
    if person in ("clara", "rob", "nora"):
        assert all(words not in text_of(answer) for words in ("Begin work", "Change the status", "Write in the log"))


@pytest.mark.parametrize("name", ["action-log", "task-save", "communication-save", "lessons"])
def test_colleagues_without_a_part_in_it_write_nothing(client, action, clara, dora, name):
    for person, status in ((clara, 403), (dora, 404)):
        client.force_login(person)
        assert client.get(at(name, action)).status_code == status


def test_a_late_action_and_a_lost_owner_are_said(works, action, lena, boris):
    Action.objects.update(due_on=timezone.localdate() - timedelta(days=1), owner=None, left_by=boris)
    lena_sees = works
    lena_sees.force_login(lena)
    shown = text_of(lena_sees.get(at("action-detail", action)))
    assert all(words in shown for words in ("Late", "nobody since Boris", "Nobody owns this action"))


def test_after_the_plan_is_closed_nothing_moves_but_lessons_are_written(works, action):
    Plan.objects.update(stage="closed", approved_at=timezone.now())
    assert works.post(at("action-move", action), moving(action, "in_progress")).status_code == 403
    assert works.post(at("lessons", action), {"text": "Begin early.", "before": ""}).status_code == 302
