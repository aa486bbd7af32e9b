"""The page of a section, as those who write walk through it, also when they meet each other or the closing."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qms.awards.models import Answer, Comment, Paragraph, ResultRow, SectionState, SectionVersion
from tests.awards.writing import address, page_of, with_new
from tests.factories.awards import (
    make_application,
    make_category,
    make_paragraph,
    make_question,
    make_result,
    make_round,
    make_section,
)
from tests.factories.offices import make_person


@pytest.fixture
def category(db):
    return make_category(make_round())


@pytest.fixture
def section(category):
    return make_section(category, code="6", titles={"en": "Citizens"}, max_pages=1)


@pytest.fixture
def question(section):
    return make_question(section, titles={"en": "What do clients say?"}, max_characters=50)


@pytest.fixture
def application(office, category, question):
    return make_application(office, category)


@pytest.fixture
def paragraph(application, question):
    return make_paragraph(application, question, "We ask in spring.")


def close(application):
    round_ = application.category.round
    type(round_).objects.filter(pk=round_.pk).update(closes_at=timezone.now() - timedelta(seconds=1))


def text_of(answer) -> str:
    return answer.content.decode()


def texts(application):
    return list(Paragraph.objects.filter(application=application).order_by("position").values_list("text", flat=True))


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_empty_section_offers_room_for_a_paragraph_and_takes_it(client, lena, application, section, question):
    client.force_login(lena)
    assert 'rows="4"' in text_of(client.get(address(application, section)))

    sent = with_new(page_of(application, section), question, uuid4(), text="  We ask in spring.\r\nAnd autumn. ")
    answer = client.post(address(application, section), sent | {"do": "save"})

    assert answer["Location"] == address(application, section)
    assert texts(application) == ["We ask in spring.\nAnd autumn."]
    version = SectionVersion.objects.get()
    assert (version.by, version.content["questions"][0]["paragraphs"][0]["text"]) == (lena, texts(application)[0])


def test_sending_the_same_new_paragraph_twice_makes_one(client, lena, application, section, question):
    client.force_login(lena)
    sent = with_new(page_of(application, section), question, uuid4(), text="Once.")
    client.post(address(application, section), sent)
    client.post(address(application, section), sent)
    assert texts(application) == ["Once."]


def test_button_that_adds_saves_and_comes_back_with_room(client, lena, application, section, paragraph):
    client.force_login(lena)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "Changed.", "do": f"add:{paragraph.question_id}"}
    answer = client.post(address(application, section), sent)
    assert texts(application) == ["Changed."]
    assert text_of(client.get(answer["Location"].partition("#")[0])).count("<textarea") == 3  # with the comment's


def test_paragraphs_move_and_go(client, lena, application, section, question, paragraph):
    second = make_paragraph(application, question, "Second.")
    client.force_login(lena)
    client.post(address(application, section), page_of(application, section) | {"do": f"up:{second.key}"})
    assert texts(application) == ["Second.", "We ask in spring."]
    client.post(address(application, section), page_of(application, section) | {"do": f"remove:{second.key}"})
    assert texts(application) == ["We ask in spring."]


def test_next_leads_to_the_next_section(client, lena, category, application, section, paragraph):
    after = make_section(category, code="7", position=section.position + 1)
    client.force_login(lena)
    answer = client.post(address(application, section), page_of(application, section) | {"do": "next"})
    assert answer["Location"] == address(application, after)


def test_section_without_a_number_is_called_by_its_title(client, lena, category, application):
    profile = make_section(category, code="profile", titles={"en": "Profile of the office"}, position=0)
    client.force_login(lena)
    page = client.post(address(application, profile), {"do": "next"}, follow=True)
    history = text_of(client.get(address(application, profile, "section-history")))

    assert [str(one) for one in page.context["messages"]] == ["Section Profile of the office is saved."]
    assert "History of section Profile of the office" in history
    assert ">profile<" not in history


def test_answers_of_other_kinds_are_kept(client, lena, application, section):
    number = make_question(section, "number", unit="days")
    options = [{"code": "a", "titles": {"en": "First"}}, {"code": "b", "titles": {"en": "Second"}}]
    choice = make_question(section, "choice", options=options)
    choices = make_question(section, "choices", options=options)
    consent = make_question(section, "consent")
    client.force_login(lena)
    sent = page_of(application, section) | {
        f"answer-{number.pk}-value": "12,50",
        f"answer-{choice.pk}-value": "b",
        f"answer-{choices.pk}-value": ["a", "b"],
        f"answer-{consent.pk}-value": "on",
    }
    client.post(address(application, section), sent)
    kept = dict(Answer.objects.values_list("question", "value"))
    assert kept == {
        number.pk: {"number": "12.5"},
        choice.pk: {"chosen": ["b"]},
        choices.pk: {"chosen": ["a", "b"]},
        consent.pk: {"agreed": True},
    }

    sent = page_of(application, section)
    del sent[f"answer-{consent.pk}-value"]
    client.post(address(application, section), sent)
    assert Answer.objects.get(question=consent).value == {}


def test_result_is_added_with_commas_and_stands_in_the_table(client, lena, application, section):
    table = make_question(section, "results")
    client.force_login(lena)
    key = uuid4()
    fields = {"title": "Satisfied", "better": "higher", "year": "2026", "before": "4,19", "last": "4.31"}
    fields |= {"target": "4,25"}
    answer = client.post(address(application, section), with_new(page_of(application, section), table, key, **fields))
    assert answer.status_code == 302
    row = ResultRow.objects.get(key=key)
    assert (row.before_last, row.before, row.last, row.target) == (
        None,
        Decimal("4.19"),
        Decimal("4.31"),
        Decimal("4.25"),
    )
    shown = text_of(client.get(address(application, section)))
    assert ("<polyline" in shown, "met</span>" in shown) == (True, True)


def test_untouched_result_stays_as_it_is(client, lena, application, section):
    row = make_result(application, make_question(section, "results"))
    client.force_login(lena)
    client.post(address(application, section), page_of(application, section))
    row.refresh_from_db()
    assert (row.version, SectionVersion.objects.count()) == (1, 0)


def test_wrong_figure_stays_on_the_page_and_the_text_is_saved(client, lena, application, section, paragraph):
    row = make_result(application, make_question(section, "results"))
    client.force_login(lena)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "Saved.", f"{row.key}-last": "about 89"}
    answer = client.post(address(application, section), sent)
    assert (answer.status_code, texts(application)) == (422, ["Saved."])
    assert ('value="about 89"' in text_of(answer), f'href="#id_{row.key}-last"' in text_of(answer)) == (True, True)


def test_too_long_a_text_is_saved_and_told(client, lena, application, section, paragraph):
    client.force_login(lena)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "a" * 53}
    client.post(address(application, section), sent)
    assert "Too many characters: 3" in text_of(client.get(address(application, section)))


# --- Sources ----------------------------------------------------------------------------------------------------------


def test_text_of_the_source_comes_back(client, lena, application, section, question):
    paragraph = make_paragraph(
        application, question, "Mine.", source="strength", source_key="gone:1:1", source_title="6.1", source_text="Was."
    )
    client.force_login(lena)
    assert f"restore:{paragraph.key}" in text_of(client.get(address(application, section)))
    client.post(address(application, section), page_of(application, section) | {"do": f"restore:{paragraph.key}"})
    assert texts(application) == ["Was."]


def test_new_text_of_a_source_is_taken(client, lena, application, section, question, monkeypatch):
    def stands(keys, _office):
        return dict.fromkeys(keys, "From 21 to 15 days.")

    monkeypatch.setattr("qms.awards.queries.desk.now_of", stands)
    monkeypatch.setattr("qms.awards.services.pieces.now_of", stands)
    paragraph = make_paragraph(
        application, question, "14 days.", source="action", source_key="action:1:x", source_text="From 21 to 14 days."
    )
    client.force_login(lena)
    assert "<ins>15</ins>" in text_of(client.get(address(application, section)))
    client.post(address(application, section), page_of(application, section) | {"do": f"take:{paragraph.key}"})
    paragraph.refresh_from_db()
    assert (paragraph.text, paragraph.source_text) == ("From 21 to 15 days.", "From 21 to 15 days.")


# --- Two who write at once --------------------------------------------------------------------------------------------


def test_two_who_write_different_paragraphs_do_not_meet(client, lena, ana, application, section, question, paragraph):
    other = make_paragraph(application, question, "Second.")
    lenas = page_of(application, section)
    client.force_login(ana)
    client.post(address(application, section), page_of(application, section) | {f"{other.key}-text": "Ana's."})
    client.force_login(lena)
    answer = client.post(address(application, section), lenas | {f"{paragraph.key}-text": "Lena's."})
    assert (answer.status_code, texts(application)) == (302, ["Lena's.", "Ana's."])


def test_two_who_change_one_paragraph_see_both_texts(client, lena, ana, application, section, question, paragraph):
    other = make_paragraph(application, question, "Second.")
    lenas = page_of(application, section) | {f"{paragraph.key}-text": "Lena's.", f"{other.key}-text": "Also."}
    client.force_login(ana)
    client.post(address(application, section), page_of(application, section) | {f"{paragraph.key}-text": "Ana's."})

    client.force_login(lena)
    answer = client.post(address(application, section), lenas)

    assert (answer.status_code, texts(application)) == (409, ["Ana's.", "Also."])
    shown = text_of(answer)
    assert ("Version of Ana" in shown, f"theirs:{paragraph.key}" in shown) == (True, True)
    typed = next(one for one in answer.context["questions"][0].pieces if one.key == str(paragraph.key))
    again = page_of(application, section) | {
        f"{paragraph.key}-text": "Both.",
        f"{paragraph.key}-read": typed.read.value(),
    }
    assert client.post(address(application, section), again).status_code == 302
    assert texts(application) == ["Both.", "Also."]


def test_the_other_version_can_be_taken(client, lena, ana, application, section, paragraph):
    lenas = page_of(application, section) | {f"{paragraph.key}-text": "Lena's."}
    client.force_login(ana)
    client.post(address(application, section), page_of(application, section) | {f"{paragraph.key}-text": "Ana's."})
    client.force_login(lena)
    client.post(address(application, section), lenas | {"do": f"theirs:{paragraph.key}"})
    assert texts(application) == ["Ana's."]


def test_paragraph_that_was_taken_out_meanwhile_stays_typed_and_comes_back(
    client, lena, application, section, paragraph
):
    lenas = page_of(application, section) | {f"{paragraph.key}-text": "Lena's."}
    paragraph.delete()
    client.force_login(lena)
    answer = client.post(address(application, section), lenas)
    assert (answer.status_code, "Lena&#x27;s." in text_of(answer)) == (409, True)
    client.post(address(application, section), lenas | {f"{paragraph.key}-read": "0:"})
    assert texts(application) == ["Lena's."]


def test_changed_paragraph_is_not_removed_by_a_stale_page(client, lena, ana, application, section, paragraph):
    lenas = page_of(application, section) | {"do": f"remove:{paragraph.key}"}
    client.force_login(ana)
    client.post(address(application, section), page_of(application, section) | {f"{paragraph.key}-text": "Ana's."})
    client.force_login(lena)
    assert client.post(address(application, section), lenas).status_code == 409
    assert texts(application) == ["Ana's."]


def test_page_names_who_else_writes_just_now(client, lena, ana, application, section, paragraph):
    client.force_login(ana)
    client.post(address(application, section), page_of(application, section) | {f"{paragraph.key}-text": "Ana's."})
    client.force_login(lena)
    assert f"{ana.name} (6)" in text_of(client.get(address(application, section)))


# --- The clock and the rights ---------------------------------------------------------------------------------------


def test_late_text_is_refused_and_stays_to_be_copied(client, lena, application, section, paragraph):
    sent = page_of(application, section) | {f"{paragraph.key}-text": "Too late.", "comment": "Oh."}
    close(application)
    client.force_login(lena)
    answer = client.post(address(application, section), sent)
    assert (answer.status_code, texts(application)) == (409, ["We ask in spring."])
    shown = text_of(answer)
    assert [one in shown for one in ("Too late.", "Oh.", "Copy it before you leave", "readonly")] == [True] * 4


def test_closed_section_is_read_and_has_no_fields(client, lena, application, section, paragraph):
    close(application)
    client.force_login(lena)
    shown = text_of(client.get(address(application, section)))
    assert ("We ask in spring." in shown, "<textarea" in shown) == (True, False)


def test_what_was_typed_when_the_director_submitted_stays(client, lena, application, section, paragraph):
    sent = page_of(application, section) | {f"{paragraph.key}-text": "One more word."}
    type(application).objects.filter(pk=application.pk).update(state="submitted", number="X-001")
    client.force_login(lena)
    answer = client.post(address(application, section), sent)
    assert (answer.status_code, "One more word." in text_of(answer), texts(application)) == (
        409,
        True,
        ["We ask in spring."],
    )


def test_editor_writes_colleagues_and_others_do_not_find_it(client, boris, clara, dora, nora, application, section):
    application.editors.add(boris)
    codes = []
    for person in (boris, clara, dora, nora):
        client.force_login(person)
        codes.append(client.get(address(application, section)).status_code)
    assert codes == [200, 404, 404, 404]


def test_section_of_another_category_is_not_found(client, lena, application):
    client.force_login(lena)
    assert client.get(address(application, make_section(make_category()))).status_code == 404


def test_piece_of_another_application_is_left_alone(client, lena, other_office, application, section, question):
    theirs = make_paragraph(make_application(other_office, application.category), question, "Theirs.")
    client.force_login(lena)
    sent = page_of(application, section)
    sent["piece"].append(f"{question.pk}:{theirs.key}")
    client.post(address(application, section), sent | {f"{theirs.key}-text": "Mine.", f"{theirs.key}-read": "1:x"})
    theirs.refresh_from_db()
    assert theirs.text == "Theirs."


@pytest.mark.parametrize("piece", ["", "x", "1:2", ":", "9" * 30 + ":x"])
def test_broken_page_breaks_nothing(client, lena, application, section, question, piece):
    client.force_login(lena)
    sent = {"piece": [piece, f"{question.pk}:{piece}"], "do": "up:nonsense", "comment": ""}
    assert client.post(address(application, section), sent).status_code == 302


# --- Ready, comments --------------------------------------------------------------------------------------------------


def test_section_is_marked_ready_and_what_was_typed_is_saved(client, lena, application, section, paragraph):
    client.force_login(lena)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "Done.", "ready": "1"}
    client.post(address(application, section, "section-ready"), sent)
    assert (SectionState.objects.get().is_ready, texts(application)) == (True, ["Done."])
    client.post(address(application, section, "section-ready"), {"ready": "0"})
    assert (SectionState.objects.get().is_ready, texts(application)) == (False, ["Done."])


def test_comment_is_put_beside_and_dealt_with(client, lena, ana, application, section, paragraph):
    client.force_login(ana)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "New.", "comment": "Which year?"}
    client.post(address(application, section, "section-comment"), sent)
    comment = Comment.objects.get()
    assert (comment.text, comment.by, texts(application)) == ("Which year?", ana, ["New."])
    client.force_login(lena)
    client.post(f"/en/awards/comments/{comment.pk}/settle/")
    comment.refresh_from_db()
    assert (comment.settled_by, comment.settled_at is not None) == (lena, True)


@pytest.mark.parametrize("number", ["x", "²", "9" * 30, "9" * 5000])
def test_dealing_with_a_comment_that_cannot_be_saves_what_was_typed(
    client, lena, application, section, paragraph, number
):
    client.force_login(lena)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "New.", "do": f"settle:{number}"}
    assert client.post(address(application, section), sent).status_code == 302
    assert texts(application) == ["New."]


def test_comment_whose_button_is_pressed_twice_is_said_once_and_may_be_said_again_when_it_is_settled(
    client, lena, ana, application, section, paragraph
):
    client.force_login(ana)
    sent = page_of(application, section) | {f"{paragraph.key}-text": "New.", "comment": "Which year?"}
    client.post(address(application, section, "section-comment"), sent)
    client.post(address(application, section, "section-comment"), sent)
    comment = Comment.objects.get()

    client.post(f"/en/awards/comments/{comment.pk}/settle/")
    client.post(address(application, section, "section-comment"), sent)

    assert Comment.objects.count() == 2


def test_empty_comment_is_refused(client, lena, application, section):
    client.force_login(lena)
    answer = client.post(address(application, section, "section-comment"), {"comment": " "})
    assert (answer.status_code, "Write the comment first." in text_of(answer)) == (409, True)


def test_comment_of_others_is_not_found(client, dora, lena, application, section):
    comment = Comment.objects.create(application=application, section=section, text="Ours.", by=lena)
    client.force_login(dora)
    assert client.post(f"/en/awards/comments/{comment.pk}/settle/").status_code == 404


# --- History ---------------------------------------------------------------------------------------------------------


def save(client, person, application, section, paragraph, text):
    client.force_login(person)
    client.post(address(application, section), page_of(application, section) | {f"{paragraph.key}-text": text})


def test_same_hand_within_ten_minutes_makes_one_version(client, lena, ana, application, section, paragraph):
    for text in ("One.", "Two."):
        save(client, lena, application, section, paragraph, text)
    save(client, ana, application, section, paragraph, "Three.")
    save(client, lena, application, section, paragraph, "Four.")
    told = [
        (one.by, one.content["questions"][0]["paragraphs"][0]["text"])
        for one in SectionVersion.objects.order_by("pk").select_related("by")
    ]
    assert told == [(lena, "Two."), (ana, "Three."), (lena, "Four.")]


def test_history_marks_the_words_that_changed(client, lena, ana, application, section, paragraph):
    save(client, lena, application, section, paragraph, "We ask in spring.  Always.")
    save(client, ana, application, section, paragraph, "We ask in autumn.  Always.")
    shown = text_of(client.get(address(application, section, "section-history")))
    assert "We ask in <del>spring</del><ins>autumn</ins>." in shown


def test_earlier_version_comes_back_with_its_sources(client, lena, ana, application, section, question, paragraph):
    sourced = make_paragraph(
        application, question, "Strong.", source="strength", source_key="strength:1:2", source_text="Strong!"
    )
    row = make_result(application, make_question(section, "results"))
    save(client, lena, application, section, paragraph, "Good.")
    save(client, ana, application, section, paragraph, "Bad.")
    sourced.delete()
    row.delete()
    first, latest = SectionVersion.objects.order_by("pk")
    sent = {"version": first.pk, "seen": latest.mark}
    answer = client.post(address(application, section, "section-restore"), sent)
    assert answer["Location"] == address(application, section)
    assert texts(application) == ["Good.", "Strong."]
    back = Paragraph.objects.get(key=sourced.key)
    assert (back.source, back.source_key, back.source_text) == ("strength", "strength:1:2", "Strong!")
    assert (ResultRow.objects.get().last, SectionVersion.objects.count()) == (Decimal(89), 3)


def test_stale_history_does_not_bring_back(client, lena, ana, application, section, paragraph):
    save(client, lena, application, section, paragraph, "Good.")
    first = SectionVersion.objects.get()
    save(client, ana, application, section, paragraph, "Newer.")
    client.post(address(application, section, "section-restore"), {"version": first.pk, "seen": first.mark})
    assert texts(application) == ["Newer."]


def test_history_is_stale_also_when_the_same_hand_saved_into_the_same_version(
    client, lena, ana, application, section, paragraph
):
    save(client, lena, application, section, paragraph, "Good.")
    save(client, ana, application, section, paragraph, "Newer.")
    first, latest = SectionVersion.objects.order_by("pk")
    save(client, ana, application, section, paragraph, "Newest.")
    assert SectionVersion.objects.count() == 2

    client.post(address(application, section, "section-restore"), {"version": first.pk, "seen": latest.mark})

    assert texts(application) == ["Newest."]


def test_nothing_comes_back_after_the_closing(client, lena, ana, application, section, paragraph):
    save(client, lena, application, section, paragraph, "Good.")
    save(client, ana, application, section, paragraph, "Newer.")
    first, latest = SectionVersion.objects.order_by("pk")
    close(application)
    client.post(address(application, section, "section-restore"), {"version": first.pk, "seen": latest.mark})
    assert texts(application) == ["Newer."]


# --- Queries ---------------------------------------------------------------------------------------------------------


def test_page_costs_the_same_however_much_is_written(client, lena, application, section, question):
    table = make_question(section, "results")
    client.force_login(lena)

    def fill(count):
        for number in range(count):
            writer = make_person(f"Eve {count}{number}", "employee", office=application.office)
            make_paragraph(application, question, "Text.", by=writer)
            make_result(application, table)
            Comment.objects.create(application=application, section=section, text="Why?", by=lena)

    fill(1)
    queries_of(client, address(application, section))  # what is read once and then kept
    one = queries_of(client, address(application, section))
    fill(3)
    assert queries_of(client, address(application, section)) == one
    assert one <= 26


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
