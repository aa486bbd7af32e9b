"""The pages of a form: who reads it, who builds it, what happens to wrong input."""

from __future__ import annotations

import pytest
from django.urls import reverse

from qms.awards.models import Question, Round, Section
from tests.factories.assessments import make_edition
from tests.factories.awards import make_category, make_programme, make_question, make_round, make_section


@pytest.fixture
def programme(region):
    return make_programme(region=region)


@pytest.fixture
def category(programme):
    return make_category(make_round(programme, state="draft"), framework=make_edition("caf-2020"))


@pytest.fixture
def announced(programme):
    return make_category(make_round(programme))


def _at(name, thing):
    return reverse(f"awards:{name}", args=[thing.pk])


def _section(**more):
    return {"title_en": "Leadership", "weight": "1", "is_scored": "on"} | more


def test_everybody_with_a_role_reads_the_form_of_an_announced_round_and_changes_nothing(client, announced, boris):
    question = make_question(make_section(announced, titles={"en": "Leadership"}), max_characters=3600)
    client.force_login(boris)
    content = client.get(_at("form", announced)).content.decode()

    assert "Leadership" in content
    assert "at most 3,600 characters" in content
    assert f"/questions/{question.pk}/edit/" not in content


def test_the_form_leads_to_itself_on_paper(client, announced, category, boris, nora):
    for person, one in ((boris, announced), (nora, category)):
        make_section(one)
        client.force_login(person)

        assert f'href="{_at("blank-file", one)}"' in client.get(_at("form", one)).content.decode()


def test_form_of_a_draft_is_there_for_its_organisers_only(client, category, lena, rob, nora):
    answers = {}
    for person in (lena, rob, nora):
        client.force_login(person)
        answers[person.first_name] = client.get(_at("form", category)).status_code

    assert answers == {"Lena": 404, "Rob": 200, "Nora": 200}


def test_who_does_not_run_the_award_changes_nothing(client, announced, lena):
    section = make_section(announced)
    question = make_question(section)
    client.force_login(lena)

    for name, thing in (("section-add", announced), ("section-edit", section), ("question-add", section)):
        assert client.get(_at(name, thing)).status_code == 403
    for name, thing in (("section-delete", section), ("question-delete", question), ("question-move", question)):
        assert client.post(_at(name, thing)).status_code == 403


def test_organiser_builds_a_form_step_by_step(client, category, rob):
    client.force_login(rob)
    client.post(_at("section-add", category), _section(title_pl="Przywództwo", node="1", max_pages="2.5"))
    section = Section.objects.get(category=category)
    answer = client.post(
        f"{_at('question-add', section)}?kind=text",
        {"title_en": "Who leads?", "is_required": "on", "max_characters": "1800", "node": "1.1"},
    )
    question = Question.objects.get(section=section)

    assert answer["Location"] == f"{_at('form', category)}#question-{question.pk}"
    assert (section.titles, section.node, str(section.max_pages)) == (
        {"pl": "Przywództwo", "en": "Leadership"},
        "1",
        "2.5",
    )
    assert (question.kind, question.max_characters, question.node) == ("text", 1800, "1.1")


def test_choice_takes_as_many_answers_in_each_language(client, category, rob):
    section = make_section(category)
    client.force_login(rob)
    address = f"{_at('question-add', section)}?kind=choice"
    wrong = client.post(address, {"title_en": "Which?", "options_en": "Yes\nNo", "options_pl": "Tak"})
    right = client.post(address, {"title_en": "Which?", "options_en": "Yes\nNo", "options_pl": "Tak\nNie"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Question.objects.get().options == [
        {"code": "1", "titles": {"pl": "Tak", "en": "Yes"}},
        {"code": "2", "titles": {"pl": "Nie", "en": "No"}},
    ]


@pytest.mark.parametrize("typed", ["", "Yes", "Yes\nYes", "\n".join(str(n) for n in range(31))])
def test_choice_needs_from_two_to_thirty_different_answers(client, category, rob, typed):
    client.force_login(rob)
    answer = client.post(
        f"{_at('question-add', make_section(category))}?kind=choices", {"title_en": "Which?", "options_en": typed}
    )

    assert answer.status_code == 422
    assert "Which?" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"title_en": ""}, {"weight": "-1"}, {"weight": "much"}, {"max_pages": "0"}, {"code": "A b"}, {"node": "99"}],
)
def test_wrong_section_is_not_saved_and_nothing_typed_is_lost(client, category, rob, wrong):
    client.force_login(rob)
    answer = client.post(_at("section-add", category), _section(lead_en="What leaders do.") | wrong)

    assert answer.status_code == 422
    assert "What leaders do." in answer.content.decode()
    assert not Section.objects.exists()


def test_code_that_is_taken_is_told_on_the_form(client, category, rob):
    make_section(category, code="profile")
    client.force_login(rob)
    answer = client.post(_at("section-add", category), _section(code="profile"))

    assert answer.status_code == 422
    assert "Another part of the form has the code profile already." in answer.content.decode()


def test_form_that_was_announced_meanwhile_is_not_changed(client, category, rob):
    section = make_section(category, titles={"en": "Leadership"})
    client.force_login(rob)
    Round.objects.update(state="published")
    answer = client.post(_at("section-edit", section), _section(title_en="Leaders"))

    assert answer.status_code == 422
    section.refresh_from_db()
    assert section.titles == {"en": "Leadership"}


def test_framework_is_taken_over_with_one_click_and_then_not_offered(client, category, rob):
    client.force_login(rob)
    address = _at("sections-from-framework", category)

    assert address in client.get(_at("form", category)).content.decode()
    client.post(address)
    assert Section.objects.filter(category=category).count() == 9
    assert address not in client.get(_at("form", category)).content.decode()


def test_parts_are_moved_and_deleted(client, category, rob):
    first, second = make_section(category, position=1), make_section(category, position=2)
    question, other = make_question(first, position=1), make_question(first, position=2)
    client.force_login(rob)
    client.post(_at("section-move", second), {"to": "up"})
    client.post(_at("question-move", question), {"to": "down"})

    assert list(Section.objects.order_by("position")) == [second, first]
    assert list(Question.objects.order_by("position")) == [other, question]
    client.post(_at("question-delete", question))
    client.post(_at("section-delete", second))
    assert (list(Section.objects.all()), list(Question.objects.all())) == ([first], [other])


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_each_kind_of_question_has_its_form(client, category, rob, kind):
    client.force_login(rob)
    question = make_question(make_section(category), kind, options=[{"code": "1", "titles": {"en": "Yes"}}])

    assert client.get(f"{_at('question-add', question.section)}?kind={kind}").status_code == 200
    assert client.get(_at("question-edit", question)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_form_is_read_with_the_same_number_of_queries(client, category, rob, django_assert_num_queries, count):
    for _number in range(count):
        section = make_section(category)
        for _question in range(count):
            make_question(section)
    client.force_login(rob)
    client.get(_at("form", category))
    with django_assert_num_queries(7):
        client.get(_at("form", category))
