"""Visits: planned by the organiser, told to the office and the team, reported on, called off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qms.awards.components.doors import doors_of_application
from qms.core.models import Letter
from qms.jury.domain.pool import JurorDraft
from qms.jury.domain.visiting import Plan, Report, Seen
from qms.jury.models import AgendaItem, DecisionList, Exclusion, Phase, Visit
from qms.jury.queries.tasks import tasks_of
from qms.jury.services import declaring, pool
from qms.jury.services import visiting as services
from qms.jury.services.exclusions import exclude_by_rule
from qms.lifecycle import Refused
from qms.offices.models import Membership
from qms.offices.services import add_member
from tests.factories import jury as made
from tests.factories.accounts import make_user
from tests.factories.offices import make_office, make_region

LIST_QUERIES = 20


@pytest.fixture
def application(office, ana, lena):
    return made.make_received(office, made.make_judged_category())


@pytest.fixture
def juror(judy, application):
    seat = made.make_juror(application.category, judy)
    made.make_phase(seat.round)
    made.declare_all(seat)
    return seat


@pytest.fixture
def visit(application, juror):
    return made.make_visit(application, juror)


def held(visit):
    """The same visit, begun yesterday."""
    now = timezone.now()
    Visit.objects.filter(pk=visit.pk).update(starts_at=now - timedelta(days=1), ends_at=now - timedelta(hours=20))
    return Visit.objects.get(pk=visit.pk)


def address(name, *args):
    return reverse(f"jury:{name}", args=args)


def opened(client, user, name, *args):
    client.force_login(user)
    return client.get(address(name, *args))


def sent(client, user, name, *args, **facts):
    client.force_login(user)
    return client.post(address(name, *args), facts)


def plan_of(juror, **more):
    now = timezone.now()
    facts = {"starts_at": now + timedelta(days=5), "ends_at": now + timedelta(days=5, hours=4), "place": "Gołdap"}
    return Plan(**facts | {"team": (juror.pk,)} | more)


def asked(client, path):
    """How many queries the page takes; what is remembered from the first time counts for neither."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


TYPED = {
    "starts_at": "2099-03-02T09:00",
    "ends_at": "2099-03-02T14:30",
    "place": "Hall 2",
    "message": "Please invite clients.",
    "at_0": "09:15",
    "what_0": "Welcome",
    "version": "0",
}


# --- Planning --------------------------------------------------------------------------------------------------------


def test_the_organiser_plans_by_the_clock_of_the_round(client, nora, juror, application):
    answer = sent(client, nora, "visit-plan", application.pk, **TYPED, team=juror.pk)

    visit = Visit.objects.get()
    assert answer["Location"] == address("visit", visit.pk)
    assert visit.starts_at.isoformat() == "2099-03-02T08:00:00+00:00"
    assert list(AgendaItem.objects.values_list("title", "starts__hour")) == [("Welcome", 9)]
    assert list(visit.team.all()) == [juror]


def test_the_heads_and_the_team_get_a_letter_and_only_the_office_owns_its_own(
    client, nora, juror, application, ana, lena
):
    sent(client, nora, "visit-plan", application.pk, **TYPED, team=juror.pk)

    letters = {one.to: (one.office_id, one.is_personal) for one in Letter.objects.filter(kind="jury.visit_planned")}
    assert letters == {
        ana.email: (application.office_id, False),
        lena.email: (application.office_id, False),
        juror.user.email: (None, True),
    }


def test_a_wrong_plan_keeps_all_that_was_typed(client, nora, juror, application):
    facts = TYPED | {"ends_at": "2099-03-02T08:00", "at_0": "", "place": ""}

    answer = sent(client, nora, "visit-plan", application.pk, **facts)

    assert answer.status_code == 422
    page = answer.content.decode()
    for words in (
        "The visit ends before it begins.",
        "Write the hour of this point.",
        "Write where the visit is.",
        "Choose at least one juror.",
        "Please invite clients.",
    ):
        assert words in page, words


def test_only_who_declared_and_is_not_excluded_may_visit(client, nora, juror, application):
    undeclared = made.make_juror(application.category)
    excluded = made.make_juror(application.category)
    made.declare_all(excluded)
    Exclusion.objects.create(
        juror=excluded, application=application, kind="declared", reason="A.", made_at=timezone.now()
    )

    answer = sent(client, nora, "visit-plan", application.pk, **TYPED, team=[undeclared.pk, excluded.pk])

    assert answer.status_code == 422
    with pytest.raises(Refused) as refusal:
        services.plan_visit(application, plan=plan_of(undeclared), version=0, by=nora, at=timezone.now())
    assert refusal.value.text == services.NOBODY


def test_who_works_at_the_office_does_not_visit_it(nora, judy, juror, application, office):
    Membership.objects.create(user=judy, role="employee", office=office, is_active=False)

    with pytest.raises(Refused) as refusal:
        services.plan_visit(application, plan=plan_of(juror), version=0, by=nora, at=timezone.now())

    assert refusal.value.text == services.NOBODY


def test_a_plan_saved_meanwhile_is_shown_beside_what_was_typed(client, nora, juror, application, visit):
    answer = sent(client, nora, "visit-plan", application.pk, **TYPED | {"version": "0"}, team=juror.pk)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody saved the visit meanwhile." in page
    assert "In the office" in page
    assert "Hall 2" in page
    assert 'name="version" value="1"' in page


def test_a_change_is_told_and_saving_the_same_again_is_not(nora, juror, application, visit):
    plan = plan_of(juror)
    for version in (1, 2):
        services.plan_visit(application, plan=plan, version=version, by=nora, at=timezone.now())

    assert Letter.objects.filter(kind="jury.visit_changed").count() == 3


def test_a_visit_in_the_past_is_not_planned(nora, juror, application):
    at = timezone.now()
    plan = plan_of(juror, starts_at=at - timedelta(hours=1))

    with pytest.raises(Refused) as refusal:
        services.plan_visit(application, plan=plan, version=0, by=nora, at=at)

    assert refusal.value.text == services.PASSED


def test_after_the_decision_nothing_is_planned_or_reported(nora, juror, application, visit):
    DecisionList.objects.create(category=application.category, stage="prize", closed_at=timezone.now())
    at = timezone.now()

    with pytest.raises(Refused, match=services.DECIDED):
        services.plan_visit(application, plan=plan_of(juror), version=1, by=nora, at=at)
    with pytest.raises(Refused, match=services.DECIDED):
        services.write_report(visit, report=Report("A."), version=1, closes=False, by=nora, at=at)


def test_others_plan_nothing(client, juror, application, judy, rob, ana):
    for user in (judy, rob, ana):
        assert opened(client, user, "visit-plan", application.pk).status_code == 404
        assert opened(client, user, "visit-list", application.category_id).status_code == 403


# --- The page by side ------------------------------------------------------------------------------------------------


def test_the_office_reads_the_plan_and_never_the_report(client, ana, nora, judy, visit):
    visit = held(visit)
    services.write_report(visit, report=Report("Doubtful."), version=1, closes=True, by=nora, at=timezone.now())

    assert "Doubtful." in opened(client, nora, "visit", visit.pk).content.decode()
    assert "Doubtful." in opened(client, judy, "visit", visit.pk).content.decode()
    page = opened(client, ana, "visit", visit.pk)
    assert page.status_code == 200
    assert "In the office" in page.content.decode()
    assert "Doubtful." not in page.content.decode()
    assert opened(client, ana, "visit-report", visit.pk).status_code == 403


def test_between_phases_the_team_keeps_the_plan_and_loses_the_report(client, judy, nora, visit):
    visit = held(visit)
    services.write_report(visit, report=Report("Doubtful."), version=1, closes=True, by=nora, at=timezone.now())
    Phase.objects.update(ends_at=timezone.now())

    page = opened(client, judy, "visit", visit.pk)

    assert page.status_code == 200
    assert "Doubtful." not in page.content.decode()
    assert opened(client, judy, "visit-report", visit.pk).status_code == 403


def test_a_visit_is_not_there_for_others(client, visit, boris, dora, rob, juror):
    other = made.make_juror(visit.application.category)
    made.declare_all(other)

    for user in (boris, dora, rob, other.user):
        assert opened(client, user, "visit", visit.pk).status_code == 404


def test_a_conflict_takes_the_visit_away(client, judy, juror, visit):
    Exclusion.objects.create(
        juror=juror, application=visit.application, kind="declared", reason="A.", made_at=timezone.now()
    )

    assert opened(client, judy, "visit", visit.pk).status_code == 404


def test_a_conflict_takes_the_juror_out_of_the_team_and_of_its_letters(nora, judy, juror, visit):
    declaring.declare_conflict(visit.application, reason="A.", by=judy, at=timezone.now())

    services.cancel_visit(visit, reason="Nobody is left.", by=nora)

    assert list(visit.team.all()) == []
    assert not Letter.objects.filter(kind="jury.visit_cancelled", to=judy.email).exists()


@pytest.mark.parametrize("why", ["left", "moved", "works there"])
def test_who_judges_the_office_no_more_goes_on_no_visit_to_it(nora, judy, juror, application, office, visit, why):
    at = timezone.now()
    if why == "left":
        pool.leave(juror, reason="Moved abroad.", by=nora, at=at)
    elif why == "moved":
        other = made.make_judged_category(application.category.round)
        pool.change_juror(juror, draft=JurorDraft((other.pk,)), by=nora, at=at)
    else:
        add_member(judy, "employee", office=office, by=None)
        exclude_by_rule(application.category.round, at)

    assert list(visit.team.all()) == []


def test_the_office_finds_its_visit_on_the_page_of_its_application(ana, boris, visit):
    titles = [door.title for door in doors_of_application(visit.application, ana, timezone.now())]

    assert "Visit of the jury" in titles
    assert "Visit of the jury" not in [
        door.title for door in doors_of_application(visit.application, boris, timezone.now())
    ]


# --- The report ------------------------------------------------------------------------------------------------------


def test_the_team_reports_by_section_and_closes(client, judy, visit):
    visit = held(visit)
    section = visit.application.category.sections.first()
    facts = {"report": "As written.", f"verdict_{section.pk}": "partly", f"note_{section.pk}": "Half of it."}

    assert [task.kind for task in tasks_of(judy, timezone.now())] == ["jury_report"]
    assert sent(client, judy, "visit-report", visit.pk, **facts, version="1", save="").status_code == 302
    assert sent(client, judy, "visit-report", visit.pk, **facts, version="2", close="").status_code == 302

    visit.refresh_from_db()
    assert (visit.state, visit.report, visit.reported_by) == ("held", "As written.", judy)
    assert list(visit.notes.filter(verdict="partly").values_list("text", flat=True)) == ["Half of it."]
    assert tasks_of(judy, timezone.now()) == ()


def test_a_report_saved_meanwhile_is_shown_beside_what_was_typed(client, judy, nora, visit):
    visit = held(visit)
    section = visit.application.category.sections.first()
    theirs = Report("Theirs.", (Seen(section.pk, "confirmed", "Good."),))
    services.write_report(visit, report=theirs, version=1, closes=False, by=nora, at=timezone.now())

    answer = sent(client, judy, "visit-report", visit.pk, report="Mine.", version="1", save="")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Mine." in page
    assert "<ins>Theirs</ins>" in page
    assert "Good" in page


def test_who_is_off_the_team_gets_the_words_back_and_nothing_of_the_office(client, judy, juror, visit):
    visit = held(visit)
    section = visit.application.category.sections.first()
    words = {"report": "Mine.", f"note_{section.pk}": "Half of it."}
    exclusion = {"kind": "declared", "reason": "A.", "made_at": timezone.now()}
    Exclusion.objects.create(juror=juror, application=visit.application, **exclusion)

    for number in (visit.pk, visit.pk + 1000):
        answer = sent(client, judy, "visit-report", number, **words, version="1", save="")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Mine.\n\nHalf of it." in page
        assert visit.application.office.name not in page
    assert sent(client, judy, "visit-report", visit.pk, version="1", save="").status_code == 404
    assert sent(client, make_user(), "visit-report", visit.pk, **words).status_code == 404
    visit.refresh_from_db()
    assert visit.report == ""


def test_a_report_is_not_closed_before_the_visit_or_empty(nora, visit):
    at = timezone.now()

    with pytest.raises(Refused) as too_soon:
        services.write_report(visit, report=Report("A."), version=1, closes=True, by=nora, at=at)
    with pytest.raises(Refused) as empty:
        services.write_report(held(visit), report=Report(" "), version=1, closes=True, by=nora, at=at)

    assert (too_soon.value.text, empty.value.text) == (services.TOO_SOON, services.NO_REPORT)


def test_a_closed_report_is_changed_and_not_emptied(nora, visit):
    at = timezone.now()
    services.write_report(held(visit), report=Report("Confirmed."), version=1, closes=True, by=nora, at=at)

    with pytest.raises(Refused) as empty:
        services.write_report(visit, report=Report(" "), version=2, closes=False, by=nora, at=at)
    changed = services.write_report(visit, report=Report("Doubtful."), version=2, closes=False, by=nora, at=at)

    assert empty.value.text == services.NO_REPORT
    assert (changed.state, changed.report) == (Visit.State.HELD, "Doubtful.")


# --- Calling off -----------------------------------------------------------------------------------------------------


def test_a_visit_is_called_off_with_a_reason_and_told(client, nora, visit):
    assert sent(client, nora, "visit-cancel", visit.pk, reason="").status_code == 422
    assert sent(client, nora, "visit-cancel", visit.pk, reason="Flu.").status_code == 302

    visit.refresh_from_db()
    assert visit.state == "cancelled"
    assert Letter.objects.filter(kind="jury.visit_cancelled").count() == 3


def test_only_the_organiser_calls_off(client, judy, ana, visit):
    for user in (judy, ana):
        assert sent(client, user, "visit-cancel", visit.pk, reason="No.").status_code == 403


def test_a_new_visit_can_follow_a_cancelled_one(nora, juror, application, visit):
    services.cancel_visit(visit, reason="Flu.", by=nora)

    services.plan_visit(application, plan=plan_of(juror), version=0, by=nora, at=timezone.now())

    assert sorted(Visit.objects.values_list("state", flat=True)) == ["cancelled", "planned"]


# --- The list --------------------------------------------------------------------------------------------------------


def test_a_closed_list_narrows_who_is_visited(client, nora, juror, application, other_office):
    other = made.make_received(other_office, application.category)

    assert other.number in opened(client, nora, "visit-list", application.category_id).content.decode()

    chosen = DecisionList.objects.create(category=application.category, stage="visit", closed_at=timezone.now())
    chosen.decisions.create(application=application, outcome="visit")
    chosen.decisions.create(application=other, outcome="no_visit", reason="Far behind.")

    page = opened(client, nora, "visit-list", application.category_id).content.decode()
    assert application.number in page
    assert other.number not in page


def test_the_list_asks_as_much_for_three_offices_as_for_one(client, nora):
    category, region = made.make_judged_category(), make_region()

    def one_more():
        made.make_visit(made.make_received(make_office(region=region), category), made.make_juror(category))

    client.force_login(nora)
    one_more()
    first = asked(client, address("visit-list", category.pk))
    one_more()
    one_more()

    assert asked(client, address("visit-list", category.pk)) == first <= LIST_QUERIES
