"""Questions, thanks and messages: what they leave behind, and what is refused."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from qms.core.models import Letter
from qms.goodpractices.models import Question, Thanks
from qms.goodpractices.queries.hosts import contact_of, hosts_of
from qms.goodpractices.services.contact import MOST_A_DAY, write_to_office
from qms.goodpractices.services.printing import order_practice
from qms.goodpractices.services.questions import answer, ask, hide
from qms.goodpractices.services.thanks import thank
from qms.lifecycle import Refused
from tests.factories.goodpractices import make_practice

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def practice(library, office, lena, boris):
    return make_practice(office, library=library, contact=boris)


@pytest.fixture
def question(practice, dora):
    return ask(practice, text="Who signs the letters?", by=dora)


def letters():
    return list(Letter.objects.order_by("pk").values_list("kind", "to"))


def test_a_question_is_told_to_the_contact_and_the_leads(question, practice, lena, boris, other_office):
    assert (question.office, question.answer) == (other_office, "")
    assert sorted(to for _kind, to in letters()) == sorted([lena.email, boris.email])
    assert {kind for kind, _to in letters()} == {"goodpractices.question"}
    assert "Who signs the letters?" in Letter.objects.first().text


def test_the_same_question_is_not_asked_twice_and_none_is_empty(question, practice, dora):
    with pytest.raises(Refused, match="already"):
        ask(practice, text=" Who signs the letters? ", by=dora)
    with pytest.raises(Refused, match="Write your question"):
        ask(practice, text="  ", by=dora)
    assert Question.objects.count() == 1


def test_nobody_asks_about_drafts_and_archived_practices(library, office, dora):
    with pytest.raises(Refused, match="not published"):
        ask(make_practice(office, library=library, live=False), text="Why?", by=dora)
    with pytest.raises(Refused, match="archive"):
        ask(make_practice(office, library=library, archived_at=NOW), text="Why?", by=dora)


def test_the_answer_goes_to_whoever_asked(question, boris, dora):
    kept = answer(question, text="The head of unit.", by=boris, at=NOW)

    assert (kept.answer, kept.answered_by, kept.answered_at) == ("The head of unit.", boris, NOW)
    last = Letter.objects.order_by("-pk").first()
    assert (last.kind, last.to) == ("goodpractices.answer", dora.email)
    assert "The head of unit." in last.text


def test_the_same_answer_again_writes_to_nobody(question, boris):
    answer(question, text="The head of unit.", by=boris, at=NOW)
    before = Letter.objects.count()

    answer(question, text="The head of unit.", by=boris, at=NOW)

    assert Letter.objects.count() == before


def test_a_hidden_question_is_read_by_whoever_asked_only(question, rob, dora, boris):
    hide(question, reason="It names a client.", by=rob, at=NOW)

    assert list(Question.objects.visible_to(dora)) == [question]
    assert not Question.objects.visible_to(boris).exists()
    last = Letter.objects.order_by("-pk").first()
    assert (last.kind, last.to) == ("goodpractices.question_hidden", dora.email)
    with pytest.raises(Refused, match="hidden already"):
        hide(question, reason="Again.", by=rob, at=NOW)
    with pytest.raises(Refused, match="hidden"):
        answer(question, text="Too late.", by=boris, at=NOW)


def test_thanks_are_counted_once_for_each_person(practice, dora, eva, lena):
    assert [thank(practice, by=dora), thank(practice, by=dora)] == [True, False]
    assert Thanks.objects.filter(practice=practice).count() == 1
    with pytest.raises(Refused, match="own office"):
        thank(practice, by=lena)


def test_a_message_goes_to_the_contact_without_the_writers_address(practice, dora, boris):
    write_to_office(practice, text="May we come?", shows_address=False, by=dora, at=NOW)

    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == (boris.email, "goodpractices.message")
    assert dora.email not in letter.text + letter.html + letter.subject
    assert dora.get_full_name() in letter.text


def test_the_address_goes_along_where_the_writer_ticked_it(practice, dora):
    write_to_office(practice, text="May we come?", shows_address=True, by=dora, at=NOW)

    assert dora.email in Letter.objects.get().text


def test_script_in_a_message_is_text_in_the_letter(practice, dora):
    write_to_office(practice, text="<script>alert(1)</script>", shows_address=False, by=dora, at=NOW)

    assert "<script>" not in Letter.objects.get().html
    assert "&lt;script&gt;" in Letter.objects.get().html


def test_without_the_contact_the_leads_are_written_to(library, office, lena, dora):
    practice = make_practice(office, library=library, contact=dora)

    assert contact_of(practice) == [lena]
    assert hosts_of(practice) == [lena]


def test_there_is_a_limit_to_messages_of_one_day(practice, dora):
    for _each in range(MOST_A_DAY):
        write_to_office(practice, text="Once more.", shows_address=False, by=dora, at=timezone.now())

    with pytest.raises(Refused, match="tomorrow"):
        write_to_office(practice, text="Once more.", shows_address=False, by=dora, at=timezone.now())


def test_drafts_are_not_printed(library, office, dora, practice):
    with pytest.raises(Refused, match="not published"):
        order_practice(make_practice(office, library=library, live=False), language="en", by=dora)
    assert order_practice(practice, language="en", by=dora) == order_practice(practice, language="en", by=dora)
