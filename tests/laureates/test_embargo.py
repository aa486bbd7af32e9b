"""Before the embargo ends nothing leaks: no page, count, history, job, letter, file, search or task."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from config import urls
from qms.awards.components.doors import doors_of_application, doors_of_round
from qms.awards.components.hours import moment_of
from qms.awards.domain.rounds import RoundDraft
from qms.awards.models import Application, Round
from qms.awards.queries.tasks import tasks_of as awards_tasks
from qms.awards.services.rounds import change_round
from qms.core.audit import entries_visible_to
from qms.core.models import Job, Letter
from qms.core.services import run_job
from qms.laureates.models import Diploma, FeedbackReport
from qms.laureates.queries.results import told_to
from qms.laureates.queries.tasks import tasks_of
from qms.laureates.services import feedback, telling
from qms.laureates.services.paper import order_feedback
from qms.lifecycle import Refused
from qms.pdf.models import Rendering
from tests.factories.awards import make_programme
from tests.factories.jury import make_closed_round
from tests.factories.laureates import end_embargo, make_decided_category

PRIZE, REASON = "Golden owl", "The owl flew highest."
READING = ("feedback", "feedback-file")


@pytest.fixture
def decided(office, other_office, region, ana, lena, dora):
    """Our office gets the golden owl of a regional award, dora's gets nothing; the embargo lasts a month more."""
    found = make_closed_round(programme=make_programme(region=region))
    category = make_decided_category({office: 71, other_office: 55}, of=found)
    category.prizes.update(titles={"en": PRIZE})
    category.decision_lists.get().decisions.update(reason=REASON)
    return category


@pytest.fixture(autouse=True)
def _in_production(settings):
    """In a demonstration everybody reads every letter; its addresses stay, as other tests ask for them."""
    assert urls.urlpatterns
    settings.QMS_DEMO = False


@pytest.fixture
def sealed(decided, nora):
    """Everything that can be done before the end is done: reports approved, ordered on paper, the laureate told."""
    at = timezone.now()
    feedback.lay_down(decided.round, by=nora)
    feedback.approve_feedback(decided.round, by=nora, at=at)
    for report in FeedbackReport.objects.all():
        order_feedback(report, by=nora)
    laurel = decided.decision_lists.get().decisions.get(prize__isnull=False)
    telling.tell_laureates(decided.round, [laurel.pk], by=nora, at=at)
    telling.tell_due(at=at)
    return decided


@pytest.fixture
def printed(sealed):
    """The same, and our report is set on paper."""
    job = Job.objects.filter(kind="laureates.feedback").order_by("pk").first()
    assert run_job(job.pk).state == Job.State.DONE
    return sealed


def of(office, category):
    return Application.objects.get(office=office, category=category)


@pytest.mark.parametrize("who", ["ana", "lena", "dora", "boris", "judy", "pat"])
def test_no_address_of_a_report_answers(client, sealed, request, who):
    client.force_login(request.getfixturevalue(who))

    for report in FeedbackReport.objects.all():
        for name in READING:
            assert client.get(reverse(f"laureates:{name}", args=[report.pk])).status_code == 404
        assert client.post(reverse("laureates:feedback-order", args=[report.pk])).status_code == 404
        for name in ("feedback-edit",):
            assert client.get(reverse(f"laureates:{name}", args=[report.pk])).status_code == 404
        assert client.get(reverse("laureates:result", args=[report.application_id])).status_code == 404


@pytest.mark.parametrize("who", ["ana", "dora", "judy", "pat"])
def test_pages_of_the_round_are_the_organisers(client, sealed, request, who):
    client.force_login(request.getfixturevalue(who))

    for name in ("feedback-list", "tell", "statistics", "export"):
        answer = client.get(reverse(f"laureates:{name}", args=[sealed.round_id]))
        assert answer.status_code == 403
        assert PRIZE not in answer.content.decode()
    for name in ("feedback-lay-down", "feedback-approve", "tell"):
        assert client.post(reverse(f"laureates:{name}", args=[sealed.round_id])).status_code == 403


def test_even_the_organiser_gets_no_result_page_and_no_export(client, sealed, nora, office):
    client.force_login(nora)

    assert client.get(reverse("laureates:result", args=[of(office, sealed).pk])).status_code == 404
    assert client.get(reverse("laureates:export", args=[sealed.round_id])).status_code == 302


@pytest.mark.parametrize("who", ["ana", "dora"])
def test_pages_of_the_awards_say_the_same_to_laureate_and_loser(client, sealed, request, office, other_office, who):
    person = request.getfixturevalue(who)
    client.force_login(person)
    own = of(office if who == "ana" else other_office, sealed)

    for path in (
        reverse("awards:round-list"),
        reverse("awards:round", args=[sealed.round_id]),
        reverse("awards:application", args=[own.pk]),
        reverse("awards:receipt", args=[own.pk]),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert REASON not in page
        assert "/laureates/" not in page
    assert doors_of_application(own, person, timezone.now()) == ()
    assert [door for door in doors_of_round(sealed.round, person, timezone.now()) if "laureates" in door.url] == []


@pytest.mark.parametrize("who", ["ana", "lena", "dora", "judy"])
def test_history_of_an_office_tells_nothing(sealed, request, who):
    entries = entries_visible_to(request.getfixturevalue(who))

    assert ModelLogEntry.objects.filter(action__startswith="laureates.").exists()
    assert not entries.filter(action__startswith="laureates.").exists()


def test_history_of_the_platform_names_no_office_number_or_count_of_laureates(sealed, pat, office, other_office):
    numbers = {one.number for one in sealed.applications.all()}
    entries = entries_visible_to(pat).filter(action__startswith="laureates.tell")

    assert {(entry.label, entry.data["office"]) for entry in entries} == {(sealed.round.title, None)}
    assert not any(number in f"{entry.label} {entry.data}" for entry in entries for number in numbers)


def test_jobs_and_files_are_seen_by_nobody_of_an_office(printed, ana, lena, dora, judy):
    for person in (ana, lena, dora, judy):
        assert not Job.objects.visible_to(person).filter(kind__startswith="laureates.").exists()
        assert not Rendering.objects.visible_to(person).exists()
        assert not FeedbackReport.objects.visible_to(person).exists()
        assert not Diploma.objects.visible_to(person).exists()


def test_names_of_jobs_and_files_say_only_the_number(printed):
    wanted = {f"Feedback report {one.number}" for one in printed.applications.all()}

    assert set(Job.objects.filter(kind="laureates.feedback").values_list("title", flat=True)) == wanted
    assert {one.name for one in Rendering.objects.all()} < wanted


def test_file_that_is_set_is_given_out_only_after_the_end(client, printed, ana, monkeypatch):
    report = FeedbackReport.objects.get(application__office=ana.memberships.get().office)
    address = reverse("laureates:feedback-file", args=[report.pk])
    client.force_login(ana)
    assert client.get(address).status_code == 404

    monkeypatch.setattr(timezone, "now", lambda: printed.round.embargo_until)
    client.force_login(ana)

    assert client.get(address).status_code == 200


def test_letters_go_to_the_laureate_alone(sealed, ana, lena, dora, judy, pat, rob):
    letters = Letter.objects.filter(kind__startswith="laureates.")

    assert set(letters.values_list("to", flat=True)) == {ana.email, lena.email}
    assert not any(PRIZE in letter.subject or "prize" in letter.subject for letter in letters)
    for stranger in (dora, judy, pat, rob):
        assert not Letter.objects.visible_to(stranger).filter(kind__startswith="laureates.").exists()


@pytest.mark.parametrize("who", ["ana", "dora", "judy", "pat"])
def test_nobody_has_a_task_of_it(sealed, request, who):
    person, at = request.getfixturevalue(who), timezone.now()

    assert tasks_of(person, at) == ()
    assert not any("laureates" in task.url for task in awards_tasks(person, at))


@pytest.mark.parametrize("who", ["ana", "dora", "judy"])
def test_search_finds_no_prize(client, sealed, request, who):
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("portal:search"), {"q": REASON}).content.decode()

    assert "/laureates/" not in page
    assert "2027" not in page.partition("<main")[2]


def test_the_end_is_read_to_the_second(sealed, ana):
    until = sealed.round.embargo_until

    assert not told_to(ana, until - timedelta(microseconds=1)).exists()
    assert told_to(ana, until).count() == 1


def test_embargo_that_is_moved_on_closes_everything_again(client, sealed, ana, office):
    end_embargo(sealed.round)
    client.force_login(ana)
    address = reverse("laureates:result", args=[of(office, sealed).pk])
    assert client.get(address).status_code == 200

    sealed.round.embargo_until = timezone.now() + timedelta(days=1)
    sealed.round.save()

    assert client.get(address).status_code == 404


def as_it_stands(found, **changed):
    names = [one.name for one in fields(RoundDraft) if one.name not in changed]
    return RoundDraft(**{name: getattr(found, name) for name in names}, **changed)


def test_laureate_that_knows_learns_of_a_later_end_and_nobody_else_does(sealed, nora, ana, lena):
    until = sealed.round.embargo_until + timedelta(days=7)
    before = set(Letter.objects.values_list("pk", flat=True))

    change_round(sealed.round, draft=as_it_stands(sealed.round, embargo_until=until), by=nora, at=timezone.now())

    letters = Letter.objects.exclude(pk__in=before)
    said = moment_of(sealed.round, until)
    assert {(one.to, one.kind) for one in letters} == {
        (ana.email, "laureates.embargo"),
        (lena.email, "laureates.embargo"),
    }
    assert all(f"until {said}" in one.text.replace("\xa0", " ") for one in letters)


def test_end_of_the_embargo_stays_once_results_are_told(sealed, nora):
    found = end_embargo(sealed.round)
    later = as_it_stands(found, embargo_until=found.embargo_until + timedelta(days=7))

    with pytest.raises(Refused, match="told already"):
        change_round(found, draft=later, by=nora, at=timezone.now())


def test_end_of_the_embargo_moves_on_while_a_late_jury_has_not_decided(office, nora):
    category = make_decided_category({office: 71}, of=end_embargo(make_closed_round()), closed=False)
    until = timezone.now() + timedelta(days=7)

    change_round(category.round, draft=as_it_stands(category.round, embargo_until=until), by=nora, at=timezone.now())

    assert Round.objects.get().embargo_until == until


def test_after_the_end_each_reads_only_the_own(client, sealed, ana, dora, office, other_office):
    end_embargo(sealed.round)
    client.force_login(dora)

    assert client.get(reverse("laureates:result", args=[of(office, sealed).pk])).status_code == 404
    page = client.get(reverse("laureates:result", args=[of(other_office, sealed).pk])).content.decode()
    assert "No prize this time" in page
    assert PRIZE not in page
    assert [door.title for door in doors_of_application(of(other_office, sealed), dora, timezone.now())] == ["Result"]


def test_decision_of_an_open_list_is_told_to_nobody_after_the_end(office, ana):
    category = make_decided_category({office: 71}, of=end_embargo(make_closed_round()), closed=False)

    assert not told_to(ana, timezone.now()).exists()
    assert category.decision_lists.get().closed_at is None


def test_organiser_has_the_task_until_all_reports_are_approved(decided, rob, nora):
    at = timezone.now()
    assert [task.kind for task in tasks_of(rob, at)] == ["feedback"]

    feedback.lay_down(decided.round, by=nora)
    feedback.approve_feedback(decided.round, by=nora, at=at)

    assert tasks_of(rob, at) == ()
