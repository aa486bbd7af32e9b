"""The pages on which an application begins, is looked over and filled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.awards.models import Application, Paragraph
from tests.factories.assessments import make_edition
from tests.factories.awards import (
    make_application,
    make_category,
    make_question,
    make_round,
    make_rule,
    make_section,
    make_told_report,
)
from tests.factories.offices import make_member, make_office


@pytest.fixture
def category(db):
    return make_category(framework=make_edition())


@pytest.fixture
def application(office, category):
    report = make_told_report(office, {"1.1": ["Goals are known."], "6.1": ["Clients are content."]})
    return make_application(office, category, assessment=report)


@pytest.fixture
def question(category):
    return make_question(make_section(category, node="1"), node="1.1")


def to(route, *args):
    return reverse(f"awards:{route}", args=args)


def read(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


# --- Beginning -------------------------------------------------------------------------------------------------------


def test_a_lead_sees_the_facts_answers_and_begins(client, office, lena, category):
    rule = make_rule(category)
    make_rule(category, "region", value={"regions": ["28"]}, titles={"en": "In our region."})
    client.force_login(lena)

    assert "Your office lies in the region Warmia-Masuria." in read(client.get(to("begin", category.pk)))
    sent = client.post(to("begin", category.pk), {f"rule-{rule.pk}": "yes"})
    begun = Application.objects.get()
    assert (sent.url, begun.office, begun.eligibility) == (to("application", begun.pk), office, {str(rule.pk): True})


@pytest.mark.parametrize(
    ("answer", "said"), [({}, "Answer yes or no."), ({"yes": "no"}, "Only offices that answer yes can apply")]
)
def test_a_condition_that_is_not_met_says_why(client, lena, category, answer, said):
    rule = make_rule(category)
    client.force_login(lena)
    page = read(client.post(to("begin", category.pk), {f"rule-{rule.pk}": one for one in answer.values()}), 422)

    assert said in page
    assert not Application.objects.exists()


def test_what_the_platform_does_not_know_leads_to_where_it_is_entered(client, office, lena, category):
    make_rule(category, "staff", value={"least": 10}, titles={"en": "At least ten people."})
    client.force_login(lena)
    page = read(client.get(to("begin", category.pk)))

    assert "The number of your staff is not known here. Asked for: at least 10." in page
    assert reverse("offices:office-edit", args=[office.pk]) in page


def test_a_director_of_two_offices_chooses_one(client, office, ana, category):
    other = make_office(short_name="PUP Second")
    make_member(other, "director", ana)
    client.force_login(ana)

    assert "Apply for PUP Second" in read(client.get(to("begin", category.pk) + f"?office={office.pk}"))
    client.post(to("begin", category.pk) + f"?office={other.pk}")
    assert Application.objects.get().office == other


def test_only_heads_of_the_office_begin(client, category, office, other_office, boris, nora, lena):
    for person in (boris, nora):
        client.force_login(person)
        assert client.get(to("begin", category.pk)).status_code == 403
    client.force_login(lena)
    assert client.get(to("begin", category.pk) + f"?office={other_office.pk}").status_code == 404
    draft = make_category(make_round(state="draft"))
    assert client.get(to("begin", draft.pk)).status_code == 404


def test_after_the_closing_nothing_begins(client, lena):
    category = make_category(make_round(closes_at=timezone.now() - timedelta(seconds=1)))
    client.force_login(lena)

    assert "does not take applications" in read(client.post(to("begin", category.pk)), 422)
    assert not Application.objects.exists()


# --- Looking over ----------------------------------------------------------------------------------------------------


def test_the_overview_shows_sections_what_is_missing_and_the_way_on(client, ana, application, question):
    client.force_login(ana)
    page = read(client.get(to("application", application.pk)))

    assert "1 thing is missing" in page
    assert "Fill from your sources" in page
    assert "Check and submit" in page
    assert "Clock of the server" in page


def test_nobody_else_reads_it_and_who_writes_does(client, application, question, lena, boris, nora, rob, dora):
    for person in (boris, nora, rob, dora):
        client.force_login(person)
        assert client.get(to("application", application.pk)).status_code == 404
    client.force_login(lena)
    client.post(to("editors", application.pk), {"people": [boris.pk]})
    client.force_login(boris)
    assert "Check and" not in read(client.get(to("application", application.pk)))
    assert client.get(to("editors", application.pk)).status_code == 403
    assert application.category.title in read(client.get(to("application-list")))


def test_an_office_without_applications_learns_how_one_begins(client, lena, nora):
    client.force_login(lena)
    assert "No application yet" in read(client.get(to("application-list")))
    client.force_login(nora)
    assert client.get(to("application-list")).status_code == 403


def test_people_of_other_offices_cannot_be_chosen(client, application, lena, dora, boris):
    client.force_login(lena)
    assert "who work in your office" in read(client.post(to("editors", application.pk), {"people": [dora.pk]}), 422)


def test_another_report_is_chosen(client, application, office, lena):
    newer = make_told_report(office, {"1.1": ["Newer."]}, title="Second cycle")
    client.force_login(lena)

    page = read(client.get(to("assessment", application.pk)))
    assert "Second cycle" in page
    assert "None: we write everything ourselves" in page
    client.post(to("assessment", application.pk), {"report": newer.pk})
    application.refresh_from_db()
    assert application.assessment == newer


# --- Filling ---------------------------------------------------------------------------------------------------------


def test_the_button_fills_empty_questions(client, application, question, lena):
    client.force_login(lena)
    page = read(client.post(to("fill", application.pk), follow=True))

    assert "2 pieces were laid down" in page
    assert Paragraph.objects.filter(question=question).count() == 2


def test_a_submitted_application_is_not_filled_and_says_so(client, application, question, lena):
    Application.objects.update(state="submitted", number="X-001")
    client.force_login(lena)

    assert "The application is submitted." in read(client.post(to("fill", application.pk), follow=True))
    assert not Paragraph.objects.exists()


def test_chosen_sources_are_added_to_the_question(client, application, question, lena):
    client.force_login(lena)
    address = to("pick", application.pk, question.section_id, question.pk)
    key = f"score:{application.assessment_id}:6.1"

    assert "Goals are known." in read(client.get(address))
    assert "Choose at least one source." in read(client.post(address), 422)
    sent = client.post(address, {"source": [key]})
    assert sent.url == to("section", application.pk, question.section_id) + f"#question-{question.pk}"
    assert [one.source_key for one in Paragraph.objects.all()] == [key]
    assert "stands in the answer already" in read(client.get(address))


def test_a_question_of_another_form_or_kind_has_nothing_to_choose(client, application, question, lena):
    client.force_login(lena)
    foreign = make_question(make_section(make_category()))
    number = make_question(question.section, "number")
    for one in (foreign, number):
        assert client.get(to("pick", application.pk, one.section_id, one.pk)).status_code == 404
