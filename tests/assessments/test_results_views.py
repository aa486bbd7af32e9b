"""The page of results, the way to approval and back, the report's row, the comparison of cycles."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qms.assessments import services
from qms.assessments.models import Assessment, Snapshot
from qms.assessments.tasks import REPORT
from qms.core import services as core
from qms.core.models import Job
from qms.pdf.models import Rendering
from tests.assessments import report_sample as sample
from tests.factories.accounts import make_user
from tests.factories.assessments import MONDAY, make_approved, make_in_consensus, make_started, make_team, settle_all
from tests.factories.offices import make_office

pytestmark = pytest.mark.django_db
Stage = Assessment.Stage


@pytest.fixture
def agreeing(office, lena, clara, boris):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[40, 60])
    settle_all(assessment, 50, by=clara)
    return assessment


@pytest.fixture
def waiting(agreeing, lena):
    return services.send_to_approval(agreeing, by=lena, at=MONDAY)


@pytest.fixture
def approved(office, lena, ana, clara, boris):
    return make_approved(office, by=lena, director=ana, people=[clara, boris])


def at(name, assessment, *more):
    return reverse(f"assessments:{name}", args=[assessment.pk, *more])


def page(client, user, assessment, name="results"):
    client.force_login(user)
    return client.get(at(name, assessment))


def say(response):
    return response.content.decode().replace("\u00a0", " ")  # no lone letter ends a line


# --- Who reads -------------------------------------------------------------------------------------------------------


def test_before_approval_lead_chair_and_director_read_a_preview(client, agreeing, lena, clara, ana):
    for person in (lena, clara, ana):
        response = page(client, person, agreeing)
        assert response.status_code == 200
        assert "These results are a preview" in say(response)


def test_before_approval_colleagues_and_strangers_read_nothing(client, agreeing, eva, dora, rob, nora):
    statuses = [page(client, person, agreeing).status_code for person in (eva, dora, rob)]

    assert statuses == [404, 404, 404]


def test_after_approval_colleagues_and_coordinators_read_and_strangers_do_not(client, approved, eva, rob, dora):
    client.force_login(eva)

    assert client.get(at("results", approved)).status_code == 200
    assert page(client, dora, approved).status_code == 404


def test_individual_scoring_has_no_results(client, office, lena, clara, boris):
    started = make_started(office, by=lena, people=[clara, boris])

    assert page(client, lena, started).status_code == 403


def test_nobody_signed_in_goes_to_the_door(client, approved):
    assert client.get(at("results", approved)).status_code == 302


# --- What the page says ----------------------------------------------------------------------------------------------


def test_page_shows_stats_charts_table_heat_and_texts(client, office, lena, ana):
    html = say(page(client, ana, sample.frozen(office, by=lena, director=ana)))

    for wanted in (
        "Total of criteria",
        "What one sees",
        'id="radar-t"',
        'class="heat"',
        "since 2022",
        "median of 23 offices",
    ):
        assert wanted in html
    assert html.count('id="node-') == 28


def test_page_without_a_radar_still_says_what_one_sees(client, approved, ana):
    html = say(page(client, ana, approved))

    assert "What one sees" in html
    assert 'id="radar-t"' not in html
    assert "Agreed strength" in html


def test_page_says_why_other_offices_are_missing(client, approved, ana):
    assert "Fewer than 5 other offices share figures of this edition." in say(page(client, ana, approved))


def test_page_shows_the_median_of_five_offices(client, office, lena, ana):
    for score in (50, 55, 60, 65, 70):
        other = make_office()
        lead, director = make_team(other)
        make_approved(other, by=lead, director=director, score=score, benchmark_consent="anonymous")
    approved = make_approved(office, by=lena, director=ana, score=40)

    assert "5 offices, anonymous" in say(page(client, ana, approved))


def test_open_subcriteria_are_named_and_nothing_can_be_sent(client, office, lena, clara, boris):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[40, 60])
    html = say(page(client, lena, assessment))

    assert "are not agreed yet" in html
    assert at("results-send", assessment) not in html


def test_queries_do_not_grow_with_members_or_cycles(client, office, lena, ana, django_assert_max_num_queries):
    make_approved(office, by=lena, director=ana, year=2024)
    few = make_approved(office, by=lena, director=ana, year=2025)
    counts = []
    for assessment in (few, _with_more_people(office, lena, ana)):
        client.force_login(ana)
        client.get(at("results", assessment))
        with django_assert_max_num_queries(40) as seen:
            client.get(at("results", assessment))
        counts.append(len(seen.captured_queries))

    assert counts[0] == counts[1]


def _with_more_people(office, lena, ana):
    return make_approved(office, by=lena, director=ana, people=[make_user() for _ in range(5)], year=2026)


# --- Sending, approving, returning -----------------------------------------------------------------------------------


def test_lead_sends_for_approval(client, agreeing, lena):
    client.force_login(lena)
    response = client.post(at("results-send", agreeing), {"confirmed": "1"})
    agreeing.refresh_from_db()

    assert (response.status_code, agreeing.stage) == (302, Stage.APPROVAL)


def test_sending_without_the_box_changes_nothing_and_says_so(client, agreeing, lena):
    client.force_login(lena)
    response = client.post(at("results-send", agreeing))
    agreeing.refresh_from_db()

    assert (response.status_code, agreeing.stage) == (422, Stage.CONSENSUS)
    assert "Tick the box under what becomes fixed." in say(response)


def test_director_approves_and_the_report_is_ordered(client, waiting, ana, django_capture_on_commit_callbacks):
    client.force_login(ana)
    response = client.post(at("approve", waiting), {"confirmed": "1"})
    waiting.refresh_from_db()
    job = Job.objects.about(waiting).get()

    assert (response.status_code, waiting.stage) == (302, Stage.APPROVED)
    assert Snapshot.objects.filter(assessment=waiting).exists()
    assert (job.kind, job.arguments) == (REPORT, {"language": "en"})
    assert job.title in say(client.get(at("results", waiting)))


def test_approving_without_the_box_freezes_nothing(client, waiting, ana):
    client.force_login(ana)
    response = client.post(at("approve", waiting))

    assert response.status_code == 422
    assert not Snapshot.objects.exists()


def test_director_returns_with_a_reason(client, waiting, ana, lena):
    client.force_login(ana)
    client.post(at("return", waiting), {"reason": "Look at 1.1 again."})
    waiting.refresh_from_db()

    assert (waiting.stage, waiting.returned_reason) == (Stage.CONSENSUS, "Look at 1.1 again.")
    assert "Look at 1.1 again." in say(page(client, lena, waiting))


def test_returning_without_a_reason_changes_nothing(client, waiting, ana):
    client.force_login(ana)
    response = client.post(at("return", waiting), {"reason": " "})
    waiting.refresh_from_db()

    assert (response.status_code, waiting.stage) == (422, Stage.APPROVAL)
    assert "Write what the group should look at again." in say(response)


@pytest.mark.parametrize("name", ["approve", "return"])
def test_only_the_director_decides(client, waiting, name, lena, clara, dora):
    for person, status in ((lena, 403), (clara, 403), (dora, 404)):
        client.force_login(person)
        assert client.post(at(name, waiting), {"confirmed": "1", "reason": "x"}).status_code == status
    waiting.refresh_from_db()
    assert waiting.stage == Stage.APPROVAL


def test_only_lead_and_chair_send(client, agreeing, ana, boris, dora):
    for person, status in ((ana, 403), (boris, 403), (dora, 404)):
        client.force_login(person)
        assert client.post(at("results-send", agreeing), {"confirmed": "1"}).status_code == status


# --- The report on the page ------------------------------------------------------------------------------------------


def test_any_reader_orders_the_report_and_finds_the_file_on_the_page(client, approved, eva):
    client.force_login(eva)
    client.post(at("report-order", approved), {"language": "pl"})
    core.run_job(Job.objects.get().pk)
    rendering = Rendering.objects.get()
    html = say(client.get(at("results", approved)))
    file = client.get(at("report", approved, rendering.pk))

    assert at("report", approved, rendering.pk) in html
    assert file["Content-Type"] == "application/pdf"
    assert client.get(at("report", approved, rendering.pk) + "?as=html").status_code == 200


def test_unknown_language_is_refused(client, approved, eva):
    client.force_login(eva)

    assert client.post(at("report-order", approved), {"language": "xx"}).status_code == 422
    assert not Job.objects.exists()


def test_report_is_closed_to_strangers(client, approved, ana, dora):
    client.force_login(ana)
    client.post(at("report-order", approved), {"language": "en"})
    core.run_job(Job.objects.get().pk)
    client.force_login(dora)

    assert client.get(at("report", approved, Rendering.objects.get().pk)).status_code == 404
    assert client.post(at("report-order", approved), {"language": "en"}).status_code == 404


# --- Cycles ----------------------------------------------------------------------------------------------------------


def test_one_cycle_teaches_what_the_page_will_show(client, approved, ana):
    assert "There is nothing to compare yet" in say(page(client, ana, approved, "cycles"))


def test_cycles_stand_side_by_side(client, office, lena, ana, dora):
    make_approved(office, by=lena, director=ana, score=40, year=2024, at=MONDAY - timedelta(days=700))
    latest = make_approved(office, by=lena, director=ana, score=60, year=2026)
    html = say(page(client, ana, latest, "cycles"))

    assert "2026 against 2024" in html
    assert "+20" in html
    assert page(client, dora, latest, "cycles").status_code == 404
