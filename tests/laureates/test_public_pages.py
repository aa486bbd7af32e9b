"""The public page of laureates, diplomas verified by strangers, and practices that come of awarded applications."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.awards.services.founding import show_round
from qms.goodpractices.models import PracticePage
from qms.laureates.models import Diploma, LaureatePractice, LaureatesPage
from qms.laureates.queries.diplomas import laurels_of
from qms.laureates.services.diplomas import reissue_diploma, revoke_diploma
from qms.laureates.services.practices import draft_of
from qms.portal.services import found_site
from tests.factories.awards import make_application, make_paragraph, make_question, make_result, make_submission
from tests.factories.goodpractices import make_practice
from tests.factories.jury import make_closed_round, make_judged_category, make_prize
from tests.factories.laureates import (
    decide,
    end_embargo,
    make_decided_category,
    make_decision_list,
    make_diploma,
    make_press,
)


@pytest.fixture
def site(db):
    return found_site(hostname="testserver", port=80)


@pytest.fixture
def decided(office, other_office):
    return make_decided_category({office: 71, other_office: 60})


@pytest.fixture
def decision(decided):
    return laurels_of(decided.round).get()


@pytest.fixture
def address(site, decided, nora, client):
    show_round(decided.round)
    client.force_login(nora)
    client.post(reverse("laureates:page-show", args=[decided.round_id]))
    client.logout()
    return LaureatesPage.objects.get(locale__language_code="en").get_url()


# --- The page --------------------------------------------------------------------------------------------------------


def test_page_stands_once_in_each_language(address, decided, nora, client):
    client.force_login(nora)
    client.post(reverse("laureates:page-show", args=[decided.round_id]))
    pages = LaureatesPage.objects.select_related("locale")

    assert {page.locale.language_code: page.slug for page in pages} == {
        "pl": "laureaci",
        "en": "laureates",
        "ru": "laureaty",
    }


def test_page_tells_only_the_day_before_the_embargo_ends(address, decision, client):
    make_press(decision.application, "approved")
    content = client.get(address).content.decode().replace("\xa0", " ")

    assert "The laureates will be told here on" in content
    for secret in ("Gołdap", "shortened", "Statuette"):
        assert secret not in content, secret


def test_page_tells_who_won_and_what_the_laureate_approved(address, decided, decision, client):
    make_press(decision.application, "approved")
    end_embargo(decided.round)
    content = client.get(address).content.decode().replace("\xa0", " ")

    for said in ("Powiatowy Urząd Pracy w Gołdapi", "Statuette", "The office shortened the way to work."):
        assert said in content, said
    assert "Starachowic" not in content


def test_text_that_is_written_in_another_language_says_so(address, decided, decision, client):
    summary = make_press(decision.application, "approved", texts={"pl": "Urząd skrócił drogę."})
    end_embargo(decided.round)
    assert '<p lang="pl">Urząd' in client.get(address).content.decode()

    summary.texts = {"pl": "Urząd skrócił drogę.", "en": "The office shortened the way."}
    summary.save()

    assert "<p>The" in client.get(address).content.decode()


def test_text_that_is_not_approved_and_the_reason_of_the_jury_stay_inside(address, decided, decision, client):
    make_press(decision.application, "asked")
    end_embargo(decided.round)
    content = client.get(address).content.decode().replace("\xa0", " ")

    assert "Powiatowy Urząd Pracy w Gołdapi" in content
    assert "shortened" not in content
    assert decision.reason not in content


def test_page_leads_to_a_practice_for_as_long_as_its_office_shares_it(address, decided, decision, office, nora, client):
    practice = make_practice(office, title="Newcomers")
    facts = {"page": practice, "made_by": nora, "made_at": timezone.now()}
    LaureatePractice.objects.create(application=decision.application, **facts)
    end_embargo(decided.round)
    assert "Newcomers" in client.get(address).content.decode()

    practice.withheld_at = timezone.now()
    practice.save()

    assert "Newcomers" not in client.get(address).content.decode()


def test_pages_of_the_round_and_of_the_award_lead_to_the_laureates(address, decided, client):
    for page in (address.removesuffix("laureates/"), address.removesuffix(f"{decided.round.slug}/laureates/")):
        assert f'href="{address}"' in client.get(page).content.decode().replace("\xa0", " "), page


def test_round_without_a_public_page_is_refused(site, decided, nora, client):
    client.force_login(nora)
    answer = client.post(reverse("laureates:page-show", args=[decided.round_id]), follow=True)

    assert "no public page" in answer.content.decode().replace("\xa0", " ")
    assert not LaureatesPage.objects.exists()


# --- Verifying a diploma ---------------------------------------------------------------------------------------------


def _verify(client, diploma, code=""):
    return client.get(reverse("laureates:diploma-verify", args=[code or diploma.code]))


def test_code_is_unknown_before_the_embargo_ends_also_to_the_organiser(decision, nora, client):
    diploma = make_diploma(decision)
    assert _verify(client, diploma).status_code == 404
    client.force_login(nora)
    assert _verify(client, diploma).status_code == 404
    assert _verify(client, diploma).content == _verify(client, diploma).content


def test_stranger_verifies_a_diploma_after_the_embargo(decided, decision, client):
    diploma = make_diploma(decision)
    end_embargo(decided.round)
    content = _verify(client, diploma).content.decode().replace("\xa0", " ")

    for said in ("Valid", "Powiatowy Urząd Pracy w Gołdapi", "Statuette", diploma.number, "Olsztyn"):
        assert said in content, said
    typed = client.get(reverse("laureates:verify-any"), {"code": f" {diploma.code[:4].lower()}-{diploma.code[4:]} "})
    assert typed.url == reverse("laureates:diploma-verify", args=[diploma.code])


def test_withdrawn_diploma_says_so_and_not_whose_it_was(decided, decision, nora, client):
    diploma = make_diploma(decision)
    end_embargo(decided.round)
    revoke_diploma(diploma, reason="A secret reason.", by=nora, at=timezone.now())
    content = _verify(client, diploma).content.decode().replace("\xa0", " ")

    assert "no longer counts" in content
    assert "Gołdap" not in content
    assert "secret" not in content


def test_reissued_diploma_says_that_only_the_new_paper_counts(decided, decision, nora, client):
    diploma = make_diploma(decision)
    end_embargo(decided.round)
    reissue_diploma(diploma, reason="The name was wrong.", by=nora, at=timezone.now())

    assert "issued anew" in _verify(client, diploma).content.decode().replace("\xa0", " ")


# --- Who gets the file -----------------------------------------------------------------------------------------------


def test_office_gets_its_diploma_with_the_end_of_the_embargo(decided, decision, ana, boris, dora, client):
    diploma = make_diploma(decision)
    address = reverse("laureates:diploma-file", args=[diploma.pk])
    client.force_login(ana)
    assert client.get(address).status_code == 404
    end_embargo(decided.round)
    assert client.get(address).status_code == 200
    for stranger in (boris, dora):
        client.force_login(stranger)
        assert client.get(address).status_code == 404, stranger


def test_each_who_orders_a_diploma_follows_the_own_job_and_finds_the_way_back(decided, decision, ana, nora, client):
    diploma = make_diploma(decision)
    end_embargo(decided.round)
    ways = {
        nora: reverse("laureates:diplomas", args=[decided.round_id]),
        ana: reverse("laureates:result", args=[decision.application_id]),
    }
    for person, back in ways.items():
        client.force_login(person)
        client.post(reverse("laureates:diploma-order", args=[diploma.pk]))
        page = client.get(reverse("laureates:diploma-file", args=[diploma.pk]))

        assert [row.job.created_by for row in page.context["jobs"]] == [person]
        assert page.context["crumbs"].links[-2].url == back


def test_office_gets_no_withdrawn_diploma(decided, decision, ana, nora, client):
    diploma = make_diploma(decision)
    end_embargo(decided.round)
    revoke_diploma(diploma, reason="A mistake.", by=nora, at=timezone.now())
    client.force_login(ana)

    assert client.get(reverse("laureates:diploma-file", args=[diploma.pk])).status_code == 404


def test_organiser_issues_diplomas_on_one_page(decided, decision, nora, client):
    client.force_login(nora)
    address = reverse("laureates:diplomas", args=[decided.round_id])
    wrong = client.post(address, {"place": "Olsztyn", "role_1": "Chair"})
    client.post(address, {"place": "Olsztyn", "given_on": "2027-05-21", "name_1": "Maria Nowak", "role_1": "Chair"})
    client.post(reverse("laureates:diplomas-issue", args=[decided.round_id]))

    assert wrong.status_code == 422
    assert "Write who signs." in wrong.content.decode().replace("\xa0", " ")
    diploma = Diploma.objects.get()
    assert diploma.content["signatories"] == [{"name": "Maria Nowak", "role": "Chair"}]
    assert diploma.number in client.get(address).content.decode().replace("\xa0", " ")


def test_organiser_withdraws_a_diploma_with_a_reason(decision, nora, client):
    diploma = make_diploma(decision)
    client.force_login(nora)
    address = reverse("laureates:diploma-change", args=[diploma.pk])
    assert client.post(address, {"act": "revoke", "reason": ""}).status_code == 422
    client.post(address, {"act": "revoke", "reason": "A mistake."})
    diploma.refresh_from_db()

    assert diploma.revoked_reason == "A mistake."


# --- The practice ----------------------------------------------------------------------------------------------------


@pytest.fixture
def laurel(office):
    category = make_judged_category(make_closed_round(titles={"en": "Award 2027"}), sections=0)
    first, second = (
        category.sections.create(titles={"en": title}, code=title, position=place)
        for place, title in enumerate(("Leadership", "Customers"))
    )
    application = make_application(office, category)
    for section, text in ((first, "People waited too long."), (second, "We opened a desk for newcomers.")):
        make_paragraph(application, make_question(section), text)
    make_result(application, make_question(second, "results"), "Satisfied")
    make_submission(application, by=application.started_by)
    return decide(make_decision_list(category), application, make_prize(category), reason="It helps newcomers.")


def test_application_becomes_a_draft_once(site, laurel, ana, lena, client):
    address = reverse("laureates:practice", args=[laurel.application_id])
    client.force_login(ana)
    assert client.post(address).status_code == 404
    end_embargo(laurel.application.category.round)
    first = client.post(address)
    client.force_login(lena)
    second = client.post(address)
    practice = PracticePage.objects.get()

    assert (first.url, second.url) == (reverse("goodpractices:edit", args=[practice.pk]),) * 2
    assert LaureatePractice.objects.get().page_id == practice.pk
    assert (practice.title, practice.summary, practice.problem, practice.live) == (
        "Award 2027: Statuette",
        "It helps newcomers.",
        "People waited too long.",
        False,
    )
    assert practice.origin == PracticePage.Origin.LAUREATE
    assert practice.origin_note == f"Award 2027: Statuette, application {laurel.application.number}"
    result = practice.results.get()
    assert (result.title, result.before, result.after, result.source) == ("Satisfied", 84, 89, "2024–2026")


def test_director_reads_the_practice_that_the_lead_began(site, laurel, ana, lena, client):
    end_embargo(laurel.application.category.round)
    address = reverse("laureates:practice", args=[laurel.application_id])
    client.force_login(lena)
    client.post(address)
    client.force_login(ana)
    page = client.post(address, follow=True)

    assert (page.status_code, page.redirect_chain[0][0]) == (
        200,
        reverse("goodpractices:preview", args=[PracticePage.objects.get().pk]),
    )


@pytest.mark.parametrize(
    ("paragraphs", "title", "problem"),
    [
        (
            ["Ten letters that anybody understands", "People called us."],
            "Ten letters that anybody understands",
            "People called us.",
        ),
        (["People called us.", "Too often."], "Award 2027: Statuette", "People called us.\n\nToo often."),
        (["Ten letters"], "Award 2027: Statuette", "Ten letters"),
    ],
)
def test_practice_bears_the_name_that_the_application_begins_with(laurel, ana, paragraphs, title, problem):
    content = laurel.application.submissions.get().content
    question = content["sections"][0]["questions"][0]
    question["paragraphs"] = [{"text": one} for one in paragraphs]
    draft = draft_of(content, laurel, language="en", by=ana)

    assert (draft.title, draft.problem) == (title, problem)


def test_only_the_heads_of_a_laureate_draft_a_practice(site, decided, decision, boris, dora, nora, client):
    end_embargo(decided.round)
    for stranger in (boris, dora, nora):
        client.force_login(stranger)
        assert client.post(reverse("laureates:practice", args=[decision.application_id])).status_code == 404, stranger
    loser = decided.applications.exclude(pk=decision.application_id).get()
    client.force_login(dora)
    assert client.post(reverse("laureates:practice", args=[loser.pk])).status_code == 404
