"""Texts about laureates: written, put to the laureate, approved or returned; the release; the embargo."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.core.audit import entries_visible_to
from qms.core.models import Letter
from qms.laureates.models import PressSummary, Telling
from qms.laureates.queries.diplomas import laurels_of
from qms.laureates.queries.press import laurels_with_press
from qms.laureates.queries.tasks import tasks_of
from tests.factories.laureates import end_embargo, make_decided_category, make_press
from tests.factories.offices import make_person

State = PressSummary.State


@pytest.fixture
def decided(office, other_office):
    return make_decided_category({office: 71, other_office: 60})


@pytest.fixture
def laureate(decided):
    return laurels_of(decided.round).get().application


@pytest.fixture
def told(laureate):
    Telling.objects.create(application=laureate, kind=Telling.Kind.EMBARGO, told_at=timezone.now())
    return laureate


def _at(name, about):
    return reverse(f"laureates:{name}", args=[about.pk])


def test_first_texts_are_laid_down_once_with_the_reason_in_the_own_language(decided, laureate, nora, client):
    client.force_login(nora)
    client.post(f"/en/laureates/rounds/{decided.round_id}/press/begin/")
    client.post(f"/en/laureates/rounds/{decided.round_id}/press/begin/")
    summary = PressSummary.objects.get()

    first = "Powiatowy Urząd Pracy w Gołdapi. Prize: Statuette, category Public organisations, "
    assert summary.application == laureate
    assert summary.texts["en"].startswith(first)
    assert summary.texts["en"].endswith("\n\nThe jury was convinced by the results.")
    assert "convinced" not in summary.texts["pl"]


def test_what_names_no_text_asks_nobody(decided, told, nora, client):
    make_press(told, State.DRAFT)
    client.force_login(nora)
    page = client.post(_at("press-ask", decided.round), {"press": ["x", "²", "9" * 30, "9" * 5000]})

    assert page.status_code == 302
    assert (PressSummary.objects.get().state, Letter.objects.count()) == (State.DRAFT, 0)


def test_laureate_that_was_not_told_is_not_asked(decided, laureate, nora, client):
    make_press(laureate, State.DRAFT)
    client.force_login(nora)
    client.post(_at("press-ask", decided.round))

    assert (PressSummary.objects.get().state, Letter.objects.count()) == (State.DRAFT, 0)


def test_told_laureate_is_asked_by_a_letter_whose_subject_tells_nothing(told, decided, nora, ana, lena, client):
    make_press(told, State.DRAFT)
    client.force_login(nora)
    client.post(_at("press-ask", decided.round))
    letters = Letter.objects.filter(kind="laureates.press_asked")

    assert PressSummary.objects.get().state == State.ASKED
    assert set(letters.values_list("to", "office_id")) == {(ana.email, told.office_id), (lena.email, told.office_id)}
    assert not any("Gołdap" in one.subject or "Statuette" in one.subject for one in letters)


def test_laureate_approves_and_the_organiser_gets_a_letter(told, lena, nora, client):
    summary = make_press(told)
    client.force_login(lena)
    page = client.get(_at("press", summary)).content.decode()
    client.post(_at("press", summary), {"answer": "approve", "version": 1})
    summary.refresh_from_db()

    assert "The office shortened the way to work." in page
    assert (summary.state, summary.answered_by) == (State.APPROVED, lena)
    assert [one.to for one in Letter.objects.filter(kind="laureates.press_answered")] == [nora.email]


def test_question_stands_among_the_tasks_of_the_laureate_alone(told, ana, nora, dora):
    summary = make_press(told)
    waiting = {
        person: [one for one in tasks_of(person, timezone.now()) if one.kind == "press"] for person in (ana, nora, dora)
    }

    assert [one.url for one in waiting[ana]] == [_at("press", summary)]
    assert (waiting[nora], waiting[dora]) == ([], [])


def test_returned_text_is_put_again_when_it_was_changed(told, decided, nora, client):
    summary = make_press(told, State.RETURNED, remark="Name the year.")
    client.force_login(nora)
    client.post(_at("press-ask", decided.round))
    unchanged = PressSummary.objects.get().state
    client.post(_at("press-edit", summary), {"text_en": "In 2026 the office shortened the way.", "version": 1})
    client.post(_at("press-ask", decided.round))

    assert (unchanged, PressSummary.objects.get().state) == (State.RETURNED, State.ASKED)


def test_laureate_returns_the_text_only_with_a_remark_and_what_is_typed_stays(told, ana, client):
    summary = make_press(told)
    client.force_login(ana)
    refused = client.post(_at("press", summary), {"answer": "return", "remark": "", "version": 1})
    client.post(_at("press", summary), {"answer": "return", "remark": "Name the year.", "version": 1})
    summary.refresh_from_db()

    assert refused.status_code == 422
    assert (summary.state, summary.remark) == (State.RETURNED, "Name the year.")


def test_answer_to_a_text_that_was_changed_meanwhile_stays_on_the_page(told, ana, client):
    summary = make_press(told, version=2)
    client.force_login(ana)
    stale = client.post(_at("press", summary), {"answer": "return", "remark": "Name the year.", "version": 1})

    assert (stale.status_code, PressSummary.objects.get().state) == (422, State.ASKED)
    assert stale.context["form"]["remark"].value() == "Name the year."
    client.post(_at("press", summary), {"answer": "return", "remark": "Name the year.", "version": 2})
    assert PressSummary.objects.get().remark == "Name the year."


def test_second_of_two_heads_keeps_what_was_typed(told, ana, lena, client):
    summary = make_press(told)
    client.force_login(lena)
    client.post(_at("press", summary), {"answer": "approve", "version": 1})
    client.force_login(ana)
    late = client.post(_at("press", summary), {"answer": "return", "remark": "Name the year.", "version": 1})

    assert PressSummary.objects.get().state == State.APPROVED
    assert late.context["form"]["remark"].value() == "Name the year."
    assert "does not wait for your answer any more" in late.content.decode().replace("\xa0", " ")


def test_who_approves_asks_for_no_changes(told, ana, client):
    summary = make_press(told)
    client.force_login(ana)
    both = client.post(_at("press", summary), {"answer": "approve", "remark": "Name the year.", "version": 1})

    assert (both.status_code, PressSummary.objects.get().state) == (422, State.ASKED)
    assert list(both.context["form"].errors) == ["remark"]


def test_letter_leads_its_reader_on_while_the_organiser_writes_the_text_anew(told, nora, ana, client):
    summary = make_press(told)
    client.force_login(nora)
    client.post(_at("press-edit", summary), {"text_en": "Other words.", "version": 1})
    client.force_login(ana)
    page = client.get(_at("press", summary))
    late = client.post(_at("press", summary), {"answer": "return", "remark": "Name the year.", "version": 1})

    assert (page.status_code, late.status_code, PressSummary.objects.get().state) == (200, 409, State.DRAFT)
    assert "You get a letter when it waits for your answer." in page.content.decode().replace("\xa0", " ")
    assert "Other words." not in page.content.decode()
    assert "Name the year." in late.content.decode()


def test_changed_text_must_be_put_to_the_laureate_again(told, nora, client):
    summary = make_press(told, State.APPROVED)
    client.force_login(nora)
    client.post(_at("press-edit", summary), {"text_en": "Other words.", "version": 1})
    summary.refresh_from_db()

    assert (summary.state, summary.texts, summary.version) == (State.DRAFT, {"en": "Other words."}, 2)


def test_stale_page_shows_both_versions_and_loses_nothing(told, nora, client):
    summary = make_press(told, State.DRAFT, version=2)
    client.force_login(nora)
    answer = client.post(_at("press-edit", summary), {"text_en": "My own words.", "version": 1})
    content = answer.content.decode()

    assert answer.status_code == 422
    assert "My own words." in content
    assert "shortened" in content
    assert PressSummary.objects.get().texts["en"] == "The office shortened the way to work."
    client.post(_at("press-edit", summary), {"text_en": "My own words.", "version": 2})
    assert PressSummary.objects.get().texts == {"en": "My own words."}


def test_nobody_else_reads_the_text(told, dora, boris, rob, judy, client):
    summary = make_press(told)
    for stranger in (dora, boris, rob, judy):
        client.force_login(stranger)
        assert client.get(_at("press", summary)).status_code == 404, stranger


def test_laureate_that_knows_nothing_finds_no_page_of_the_draft(laureate, ana, dora, client):
    summary = make_press(laureate, State.DRAFT)
    client.force_login(ana)
    assert client.get(_at("press", summary)).status_code == 404

    end_embargo(laureate.category.round)

    assert "shortened" not in client.get(_at("press", summary)).content.decode()
    client.force_login(dora)
    assert client.get(_at("press", summary)).status_code == 404


def test_answer_goes_to_who_runs_the_round_now(told, ana, nora, client):
    summary = make_press(told)
    nora.memberships.update(is_active=False)
    heir = make_person("Hanna", "national_coordinator")
    client.force_login(ana)
    client.post(_at("press", summary), {"answer": "approve", "version": 1})

    assert [one.to for one in Letter.objects.filter(kind="laureates.press_answered")] == [heir.email]


def test_letter_asks_for_secrecy_only_before_the_results_are_told(told, decided, nora, ana, client):
    make_press(told, State.DRAFT)
    client.force_login(nora)
    client.post(_at("press-ask", decided.round))
    end_embargo(decided.round)
    PressSummary.objects.update(state=State.DRAFT)
    client.post(_at("press-ask", decided.round))
    early, *_others, late = Letter.objects.filter(kind="laureates.press_asked").order_by("pk")

    assert ["keep it to yourself" in one.text for one in (early, late)] == [True, False]
    assert ["keep it to yourself" in one.html for one in (early, late)] == [True, False]


def test_organiser_reads_but_does_not_answer_for_the_laureate(told, nora, client):
    summary = make_press(told)
    client.force_login(nora)

    assert client.get(_at("press", summary)).status_code == 200
    assert client.post(_at("press", summary), {"answer": "approve", "version": 1}).status_code == 403


def test_release_has_approved_texts_only_and_opens_with_the_embargo(told, decided, nora, ana, client):
    make_press(told, State.APPROVED)
    address = _at("press-release", decided.round)
    assert client.get(address).status_code == 404
    client.force_login(ana)
    assert client.get(address).status_code == 404
    client.force_login(nora)
    early = client.get(address).content.decode()
    client.logout()
    end_embargo(decided.round)
    open_to_all = client.get(address)

    assert early.startswith("UNDER EMBARGO until ")
    assert open_to_all["Content-Type"] == "text/plain; charset=utf-8"
    assert "Statuette – Powiatowy Urząd Pracy w Gołdapi" in open_to_all.content.decode()
    assert "EMBARGO" not in open_to_all.content.decode()
    PressSummary.objects.update(state=State.RETURNED)
    assert "Gołdapi" not in client.get(address).content.decode()


def test_history_and_letters_name_no_laureate_to_those_who_keep_the_platform(
    told, decided, nora, ana, pat, client, settings
):
    settings.QMS_DEMO = False
    client.force_login(nora)
    client.post(f"/en/laureates/rounds/{decided.round_id}/press/begin/")
    client.post(_at("press-ask", decided.round))
    client.force_login(ana)
    client.post(_at("press", PressSummary.objects.get()), {"answer": "approve", "version": 1})

    acts = entries_visible_to(pat).filter(action__startswith="laureates.")
    assert {(one.action, one.label) for one in acts} == {
        ("laureates.begin_press", decided.round.log_title),
        ("laureates.ask_press", decided.round.log_title),
    }
    assert not Letter.objects.visible_to(pat).filter(kind__startswith="laureates.press").exists()


def test_list_of_a_round_is_two_queries(decided, django_assert_num_queries):
    with django_assert_num_queries(2):
        laurels_with_press(decided.round, timezone.now())


def test_organiser_sees_who_was_asked(told, decided, nora, client):
    make_press(told)
    client.force_login(nora)
    content = client.get(_at("press-list", decided.round)).content.decode()

    assert "Waits for the laureate" in content
    assert "Powiatowy Urząd Pracy w Gołdapi" in content
