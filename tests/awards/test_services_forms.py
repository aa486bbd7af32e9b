"""Building the form of a category."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.awards.domain.form import Option, QuestionDraft, SectionDraft, code_of, coded, free_code
from qms.awards.models import Question, Round, Section
from qms.awards.services import forming
from qms.lifecycle import Refused
from tests.factories.assessments import make_edition
from tests.factories.awards import make_category, make_question, make_round, make_section

LEADERSHIP = SectionDraft({"en": "Leadership"})


@pytest.fixture
def category(db):
    return make_category(make_round(state="draft"), framework=make_edition("caf-2020"))


def _codes(category):
    return list(Section.objects.filter(category=category).order_by("position").values_list("code", flat=True))


def test_sections_come_one_after_another_with_numbers_where_no_code_was_given(category, nora):
    forming.add_section(category, draft=LEADERSHIP, by=nora)
    forming.add_section(category, draft=SectionDraft({"en": "Profile"}, code="profile"), by=nora)
    forming.add_section(category, draft=LEADERSHIP, by=nora)

    assert _codes(category) == ["1", "profile", "3"]


def test_code_that_another_section_has_is_refused(category, nora):
    make_section(category, code="profile")

    with pytest.raises(Refused):
        forming.add_section(category, draft=SectionDraft({"en": "Profile"}, code="profile"), by=nora)


def test_changed_section_keeps_its_code_where_none_was_given(category, nora):
    section = make_section(category, code="profile")
    draft = SectionDraft({"en": "Who we are"}, node="1", weight=Decimal(2), max_pages=Decimal("1.5"), is_scored=False)
    forming.change_section(section, draft=draft, by=nora)

    section.refresh_from_db()
    assert (section.code, section.titles, section.node) == ("profile", {"en": "Who we are"}, "1")
    assert (section.weight, section.max_pages, section.is_scored) == (2, Decimal("1.5"), False)


def test_criterion_that_the_framework_does_not_have_is_refused(category, nora):
    with pytest.raises(Refused):
        forming.add_section(category, draft=SectionDraft({"en": "Leadership"}, node="99"), by=nora)


def test_framework_gives_a_section_for_each_criterion_and_a_table_where_results_are_told(category, nora):
    added = forming.add_sections_from_framework(category, by=nora)

    assert (added, _codes(category)) == (9, [str(number) for number in range(1, 10)])
    asked = Question.objects.filter(section__category=category, section__code="6").order_by("position")
    assert list(asked.values_list("code", "kind", "node")) == [
        ("6.1", "text", "6.1"),
        ("6.2", "text", "6.2"),
        ("6-results", "results", "6"),
    ]
    assert Question.objects.filter(section__category=category, kind="results").count() == 4


def test_framework_adds_only_the_criteria_that_are_not_asked_about(category, nora):
    make_section(category, code="leaders", node="1", position=1)
    make_section(category, code="2", position=2)

    assert forming.add_sections_from_framework(category, by=nora) == 8
    assert _codes(category)[:3] == ["leaders", "2", "3"]
    with pytest.raises(Refused):
        forming.add_sections_from_framework(category, by=nora)


def test_category_without_framework_has_nothing_to_take_over(nora):
    with pytest.raises(Refused):
        forming.add_sections_from_framework(make_category(make_round(state="draft")), by=nora)


def test_moved_section_changes_places_with_its_neighbour(category, nora):
    _first, second = make_section(category, code="a"), make_section(category, code="b")
    make_section(category, code="c")
    forming.move_section(second, up=True, by=nora)
    forming.move_section(second, up=True, by=nora)  # it is the first: nothing happens

    assert _codes(category) == ["b", "a", "c"]


def test_moved_question_changes_places_in_its_section(category, nora):
    section = make_section(category)
    first = make_question(section, code="a")
    make_question(section, code="b")
    forming.move_question(first, up=False, by=nora)

    assert list(section.questions.order_by("position").values_list("code", flat=True)) == ["b", "a"]


def test_deleted_section_takes_its_questions_along(category, nora):
    section = make_section(category)
    make_question(section)
    forming.delete_section(section, by=nora)

    assert not Question.objects.exists()


def test_options_keep_their_codes_when_others_come_between(category, nora):
    section = make_section(category)
    yes, no, maybe = (Option("", {"en": said}) for said in ("Yes", "No", "Maybe"))
    question = forming.add_question(section, draft=QuestionDraft({"en": "?"}, "choice", options=(yes, no)), by=nora)
    forming.change_question(question, draft=QuestionDraft({"en": "?"}, "choice", options=(maybe, yes, no)), by=nora)

    question.refresh_from_db()
    assert [(one["code"], one["titles"]["en"]) for one in question.options] == [
        ("3", "Maybe"),
        ("1", "Yes"),
        ("2", "No"),
    ]


@pytest.mark.parametrize("state", [Round.State.PUBLISHED, Round.State.FINISHED])
def test_form_of_an_announced_round_stays_as_it_is(category, nora, state):
    section = make_section(category)
    question = make_question(section)
    Round.objects.update(state=state)
    asked = QuestionDraft({"en": "?"})

    for change in (
        lambda: forming.add_section(category, draft=LEADERSHIP, by=nora),
        lambda: forming.change_section(section, draft=LEADERSHIP, by=nora),
        lambda: forming.delete_section(section, by=nora),
        lambda: forming.move_section(section, up=True, by=nora),
        lambda: forming.add_sections_from_framework(category, by=nora),
        lambda: forming.add_question(section, draft=asked, by=nora),
        lambda: forming.change_question(question, draft=asked, by=nora),
        lambda: forming.delete_question(question, by=nora),
        lambda: forming.move_question(question, up=True, by=nora),
    ):
        with pytest.raises(Refused):
            change()
    assert (Section.objects.get(), Question.objects.get()) == (section, question)


@given(st.lists(st.text("ab", min_size=1, max_size=3), unique=True), st.lists(st.text("ab", min_size=1, max_size=3)))
def test_options_always_have_different_codes(earlier, later):
    before = coded([Option("", {"en": said}) for said in earlier])
    after = coded([Option("", {"en": said}) for said in later], before)

    assert len({one.code for one in after}) == len(later)
    kept = {one.titles["en"]: one.code for one in before}
    first = {one.titles["en"]: one.code for one in reversed(after)}
    assert all(first[said] == code for said, code in kept.items() if said in first)


@given(st.frozensets(st.integers(0, 20).map(str)), st.sampled_from(["", "1", "x"]))
def test_free_code_is_free(taken, wanted):
    assert free_code(wanted, taken) not in taken


@pytest.mark.parametrize(("identifier", "code"), [("1.1", "1.1"), ("A", "a"), ("B 2", "b-2"), (".x.", "x")])
def test_identifier_of_a_criterion_becomes_a_code(identifier, code):
    assert code_of(identifier) == code
