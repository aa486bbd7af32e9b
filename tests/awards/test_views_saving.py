"""A section that saves itself while one writes, as its script sends it and reads the answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.awards.domain.writing import Read
from qms.awards.models import Answer, Comment, Paragraph, SectionVersion
from tests.awards.writing import page_of, with_new
from tests.factories.awards import (
    make_application,
    make_category,
    make_paragraph,
    make_question,
    make_result,
    make_round,
    make_section,
)


@pytest.fixture
def section(db):
    return make_section(make_category(make_round()), code="6")


@pytest.fixture
def question(section):
    return make_question(section)


@pytest.fixture
def application(office, section, question):
    return make_application(office, section.category)


@pytest.fixture
def paragraph(application, question):
    return make_paragraph(application, question, "We ask in spring.")


@pytest.fixture
def send(client, application, section):
    """Sends what a script sends: send(person, page) or send(None, page)."""

    def sent(person, page):
        client.force_login(person) if person else client.logout()
        return client.post(reverse("awards:section-save", args=[application.pk, section.pk]), page)

    return sent


def texts(application):
    return list(Paragraph.objects.filter(application=application).order_by("position").values_list("text", flat=True))


def read_of(row):
    row.refresh_from_db()
    return str(Read.of(row.version, row.text))


# --- What is saved ----------------------------------------------------------------------------------------------------


def test_what_was_typed_is_saved_and_read_on_from_there(send, lena, application, section, paragraph):
    page = page_of(application, section)
    first = send(lena, page | {f"{paragraph.key}-text": "We ask in spring and"}).json()
    read = first["reads"][str(paragraph.key)]
    second = send(lena, page | {f"{paragraph.key}-text": "And in autumn.", f"{paragraph.key}-read": read}).json()

    assert texts(application) == ["And in autumn."]
    assert second["reads"] == {str(paragraph.key): read_of(paragraph)}
    assert (first["clashes"], first["faults"], second["clashes"]) == ({}, {}, {})


def test_the_moment_is_told_to_the_second_by_the_clock_of_the_round(send, lena, application, section):
    before = timezone.now()
    said = send(lena, page_of(application, section)).json()["said"]
    zone = application.category.round.timezone
    seconds = [before + timedelta(seconds=second) for second in range(10)]

    assert said in [f"Saved at {one.astimezone(zone):%H:%M:%S}" for one in seconds]


def test_same_sent_again_after_a_lost_answer_changes_nothing_and_is_answered(
    send, lena, application, section, question, paragraph
):
    option = make_question(section, "number")
    page = with_new(page_of(application, section), question, uuid4(), text="New.")
    page |= {f"{paragraph.key}-text": "Changed.", f"answer-{option.pk}-value": "12"}
    first, second = (send(lena, page).json() for _time in range(2))

    assert texts(application) == ["Changed.", "New."]
    assert (second["reads"], second["clashes"]) == (first["reads"], {})
    assert list(Answer.objects.values_list("value", "version")) == [({"number": "12"}, 1)]
    assert SectionVersion.objects.count() == 1


def test_remark_that_is_being_typed_is_not_put_beside(send, lena, application, section, paragraph):
    send(lena, page_of(application, section) | {f"{paragraph.key}-text": "Changed.", "comment": "Which ye"})

    assert (texts(application), Comment.objects.count()) == (["Changed."], 0)


def test_untouched_piece_that_others_changed_is_not_read_on(send, lena, ana, application, section, question, paragraph):
    other = make_paragraph(application, question, "Second.")
    lenas = page_of(application, section)
    send(ana, page_of(application, section) | {f"{paragraph.key}-text": "Ana's."})
    answer = send(lena, lenas | {f"{other.key}-text": "Lena's."}).json()

    assert (texts(application), list(answer["reads"])) == (["Ana's.", "Lena's."], [str(other.key)])


# --- What is not ------------------------------------------------------------------------------------------------------


def test_clash_is_told_at_its_piece_and_the_rest_is_saved(send, lena, ana, application, section, question, paragraph):
    other = make_paragraph(application, question, "Second.")
    lenas = page_of(application, section) | {f"{paragraph.key}-text": "Lena's.", f"{other.key}-text": "Also."}
    send(ana, page_of(application, section) | {f"{paragraph.key}-text": "Ana's."})
    answer = send(lena, lenas).json()

    assert texts(application) == ["Ana's.", "Also."]
    said = f"{ana.name} changed this meanwhile. Your text is not saved: “Save” shows both."
    assert (answer["clashes"], list(answer["reads"])) == ({str(paragraph.key): said}, [str(other.key)])


def test_piece_that_was_taken_out_meanwhile_is_told(send, lena, application, section, paragraph):
    page = page_of(application, section) | {f"{paragraph.key}-text": "Lena's."}
    paragraph.delete()

    said = "Somebody took this out meanwhile. “Save” lets you put your text back."
    assert send(lena, page).json()["clashes"] == {str(paragraph.key): said}


def test_wrong_field_is_named_and_the_rest_is_saved(send, lena, application, section, paragraph):
    row = make_result(application, make_question(section, "results"))
    page = page_of(application, section) | {f"{paragraph.key}-text": "Saved.", f"{row.key}-last": "about 89"}
    answer = send(lena, page).json()

    assert (texts(application), answer["faults"]) == (
        ["Saved."],
        {str(row.key): {f"{row.key}-last": "Enter a number."}},
    )


def test_late_text_is_refused_with_a_sentence(send, lena, application, section, paragraph):
    page = page_of(application, section) | {f"{paragraph.key}-text": "Too late."}
    round_ = application.category.round
    type(round_).objects.filter(pk=round_.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    answer = send(lena, page)

    assert (answer.status_code, texts(application)) == (409, ["We ask in spring."])
    assert answer.json()["said"] == (
        "The last moment for this round has passed. Nothing more is taken. "
        "What you typed stays on this page. Copy it before you leave."
    )


def test_signed_out_writes_nothing_and_is_told(send, application, section, paragraph):
    answer = send(None, page_of(application, section) | {f"{paragraph.key}-text": "Who?"})

    assert (answer.status_code, texts(application)) == (401, ["We ask in spring."])
    assert answer.json()["said"].startswith("You are signed out.")


def test_others_do_not_find_the_section(send, boris, dora, nora, application, section):
    assert [send(person, {}).status_code for person in (boris, dora, nora)] == [404, 404, 404]


# --- The history ------------------------------------------------------------------------------------------------------


def test_saving_all_the_time_is_one_version_and_one_act(send, lena, application, section, paragraph):
    for text in ("W", "We", "We ask."):
        send(lena, page_of(application, section) | {f"{paragraph.key}-text": text})

    version = SectionVersion.objects.get()
    assert version.content["questions"][0]["paragraphs"][0]["text"] == "We ask."
    assert ModelLogEntry.objects.filter(action="awards.write").count() == 1


def test_two_who_write_at_once_stand_in_the_office_s_history_once_each(
    send, lena, ana, application, section, paragraph
):
    for person, text in ((lena, "One."), (ana, "Two."), (lena, "Three."), (ana, "Four.")):
        send(person, page_of(application, section) | {f"{paragraph.key}-text": text})

    acts = ModelLogEntry.objects.filter(action="awards.write").order_by("pk").values_list("user", flat=True)
    assert list(acts) == [lena.pk, ana.pk]


def test_letter_of_a_script_costs_the_same_however_much_is_written(
    send, lena, application, section, question, paragraph
):
    def queries(text):
        page = page_of(application, section) | {f"{paragraph.key}-text": text}
        with CaptureQueriesContext(connection) as captured:
            send(lena, page)
        return len(captured)

    queries("What is read once and then kept.")
    one = queries("One paragraph.")
    for _number in range(5):
        make_paragraph(application, question, "Text.")
    assert queries("Six paragraphs.") == one
