"""The page on which an office reads what sharing means, and the step before anything changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from qms.assessments.models import Assessment
from tests.exchange.test_services_consent import make_release
from tests.factories.assessments import make_assessment
from tests.factories.exchange import make_edition
from tests.improvements.effects import score

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)


@pytest.fixture
def assessment(office, lena):
    return score(office, ON, 74, by=lena, benchmark_consent="named")


def page(client, person, office=None):
    client.force_login(person)
    return client.get(reverse("exchange:consent"), {"office": office.pk} if office else {})


def step(client, person, assessment, consent):
    client.force_login(person)
    return client.get(reverse("exchange:consent-change", args=[assessment.pk]), {"consent": consent})


def decide(client, person, assessment, follow=True, **posted):
    client.force_login(person)
    return client.post(reverse("exchange:consent-change", args=[assessment.pk]), posted, follow=follow)


def text_of(response):
    return " ".join(response.content.decode().split()).replace("\u00a0", " ")


def test_examples_show_the_own_figure_as_others_would_see_it(client, office, lena, assessment):
    shown = text_of(page(client, lena))

    assert "Your office does not stand here, and no figure counts it." in shown
    assert "<b>PUP Gołdap, Warmia-Masuria</b><br>score 74 in 2026" in shown
    assert "Made-up figures: there is no distribution of this subcriterion yet." in shown


def test_example_of_figures_without_names_is_the_one_that_stands_now(client, lena, assessment):
    make_release(assessment.pk, 901, 902, 903, 904, 905, edition=make_edition())

    shown = text_of(page(client, lena))

    assert "Scores of 6 offices without names" in shown
    assert "without a name, in the distribution of the scores of 1.1" in shown
    assert "Made-up figures" not in shown


def test_office_without_approved_assessment_learns_what_will_stand_here(client, office, lena):
    make_assessment(office, by=lena, title="Spring", benchmark_consent="anonymous")

    shown = text_of(page(client, lena))

    assert "No self-assessment is approved yet" in shown
    assert "Spring</a>: Without our name" in shown


def test_director_decides_too(client, ana, assessment):
    decide(client, ana, assessment, consent="anonymous", seen="named", confirmed="1")

    assert Assessment.objects.get().benchmark_consent == "anonymous"


@pytest.mark.parametrize("who", ["boris", "rob", "nora", "pat"])
def test_nobody_else_decides(client, request, office, assessment, who):
    person = request.getfixturevalue(who)

    assert page(client, person, office).status_code == 403
    assert decide(client, person, assessment, consent="nothing", seen="named", confirmed="1").status_code in (403, 404)
    assert Assessment.objects.get().benchmark_consent == "named"


def test_foreign_office_is_not_there(client, dora, office, assessment):
    assert page(client, dora, office).status_code == 404
    assert step(client, dora, assessment, "nothing").status_code == 404


def test_address_with_a_word_for_an_office_is_not_there(client, lena):
    client.force_login(lena)
    assert client.get(reverse("exchange:consent"), {"office": "ours"}).status_code == 404


def test_step_before_withdrawing_lists_what_disappears(client, lena, assessment):
    make_release(assessment.pk, 901, 902, 903, 904, edition=make_edition())

    shown = text_of(step(client, lena, assessment, "nothing"))

    assert "Your name stands on no page at the moment; from now on it cannot appear on one." in shown
    assert "The distributions of the scores of 1.1 disappear for everybody" in shown
    assert "The medians beside other offices' own results are reckoned without you." in shown.replace("&#x27;", "'")
    assert "Copies that others printed or saved before today" in shown
    assert Assessment.objects.get().benchmark_consent == "named"


def test_nothing_changes_without_the_box(client, lena, assessment):
    response = decide(client, lena, assessment, consent="nothing", seen="named")

    assert response.status_code == 422
    assert "Tick the box when you have read what changes." in text_of(response)
    assert Assessment.objects.get().benchmark_consent == "named"


def test_withdrawing_leads_back_to_the_assessment(client, lena, assessment):
    response = decide(client, lena, assessment, follow=False, consent="nothing", seen="named", confirmed="1")

    assert response.url == f"/en/exchange/consent/?office={assessment.office_id}#assessment-{assessment.pk}"
    assert "Nothing." in text_of(page(client, lena))


def test_who_decided_when_stands_on_the_page(client, lena, assessment):
    decide(client, lena, assessment, consent="nothing", seen="named", confirmed="1")
    decide(client, lena, assessment, consent="anonymous", seen="nothing", confirmed="1")

    shown = text_of(page(client, lena))

    assert "by Lena Example." in shown
    assert "Lena Example: “Nothing” instead of “By name”" in shown
    assert "Lena Example: “Without our name” instead of “Nothing”" in shown


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"consent": "everything"}, "Choose one of the three: nothing, without a name, or by name."),
        ({}, "Choose one of the three: nothing, without a name, or by name."),
        ({"consent": "named", "seen": "named"}, "This is what you share already; nothing has changed."),
        ({"consent": "nothing", "seen": "anonymous"}, "Somebody in your office has changed this"),
    ],
)
def test_wrong_choice_and_page_out_of_date_get_a_sentence(client, lena, assessment, posted, said):
    assert said in text_of(decide(client, lena, assessment, confirmed="1", **posted))
    assert Assessment.objects.get().benchmark_consent == "named"


def test_assessment_under_way_gets_a_sentence(client, office, lena):
    draft = make_assessment(office, by=lena)

    response = decide(client, lena, draft, consent="named", seen="nothing", confirmed="1")

    assert "The self-assessment is not approved yet." in text_of(response)


def test_page_costs_the_same_for_one_assessment_and_for_three(client, office, lena, django_assert_max_num_queries):
    score(office, ON, 74, by=lena, benchmark_consent="named")
    page(client, lena)
    with django_assert_max_num_queries(60) as one:
        page(client, lena)
    for year in (2024, 2025):
        score(office, date(year, 5, 2), 60, by=lena, benchmark_consent="named")
    with django_assert_max_num_queries(len(one)):
        page(client, lena)
