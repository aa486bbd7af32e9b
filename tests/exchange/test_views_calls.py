"""Calls for help: who reads what, and that a call without the office's name gives it away nowhere."""

import pytest
from django.urls import reverse

from qms.core.models import Letter
from qms.exchange.models import HelpAnswer, HelpRequest
from qms.exchange.queries.calls import calls_of
from qms.exchange.queries.speakers import FEWEST
from tests.factories.assessments import make_edition as make_framework
from tests.factories.exchange import make_answer, make_call
from tests.factories.goodpractices import make_practice
from tests.factories.offices import make_member, make_office, make_person

NODE = "small-2020:1.1"


@pytest.fixture(autouse=True)
def framework(db):
    return make_framework()


def to(route, *args):
    return reverse(f"exchange:{route}", args=args)


def read(client, path, person, status=200):
    client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def ask(client, **more):
    return client.post(to("help-add"), {"node": NODE, "text": "How do you ask employers?", "shown_as": "name", **more})


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_a_lead_asks_and_everybody_with_a_role_reads_the_call(client, office, lena, dora, judy):
    client.force_login(lena)
    sent = ask(client)
    call = HelpRequest.objects.get()

    assert sent.url == to("help", call.pk)
    assert (call.office, call.by_name, call.asked_by) == (office, True, lena)
    for person in (dora, judy):
        assert "PUP Gołdap" in read(client, to("help", call.pk), person)
        assert "How do you ask employers?" in read(client, to("help-list"), person)


def test_without_words_or_subcriterion_nothing_typed_is_lost(client, lena):
    client.force_login(lena)
    wrong = ask(client, node="", text="We tried <b>letters</b>.")

    assert wrong.status_code == 422
    assert "Choose the subcriterion" in wrong.content.decode()
    assert "We tried &lt;b&gt;letters&lt;/b&gt;." in wrong.content.decode()
    assert not HelpRequest.objects.exists()


def test_the_same_call_twice_is_refused(client, lena):
    client.force_login(lena)
    ask(client)
    again = ask(client)

    assert again.status_code == 422
    assert "This call stands already." in again.content.decode()


def test_employees_and_coordinators_do_not_ask(client, boris, nora):
    for person in (boris, nora):
        client.force_login(person)
        assert ask(client).status_code == 403
        assert "help/add" not in read(client, to("help-list"), person)


def test_a_link_from_elsewhere_chooses_the_subcriterion(client, lena):
    assert f'value="{NODE}" selected' in read(client, to("help-add") + f"?node={NODE}", lena)


def test_script_in_a_call_stays_text(client, office, dora):
    call = make_call(office, text="<script>alert(1)</script>")

    for path in (to("help", call.pk), to("help-list")):
        page = read(client, path, dora)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- Without the name ------------------------------------------------------------------------------------------------


@pytest.fixture
def nameless(client, lena):
    client.force_login(lena)
    ask(client, shown_as="kind")
    client.logout()
    return HelpRequest.objects.get()


def is_silent(text, office):
    told = text.casefold()
    words = (office.name, office.short_name, office.slug, office.city, office.region.name, "lena@example.org")
    return not any(word.casefold() in told for word in words)


def test_strangers_read_the_call_nowhere_with_the_name(client, office, nameless, dora, judy, nora, pat):
    for person in (dora, judy, nora, pat):
        for path in (to("help-list"), to("help", nameless.pk), to("help-list") + f"?node={NODE}"):
            client.force_login(person)
            answer = client.get(path)
            assert is_silent(answer.content.decode(), office), (person, path)
            assert is_silent(str(answer.headers), office)
        assert "a public office" in read(client, to("help", nameless.pk), person)


def test_the_kind_stands_for_the_name_only_where_it_is_common(client, nameless, dora):
    for _number in range(FEWEST - 2):  # the asker's and dora's are two already
        make_office()

    assert "county labour office" in read(client, to("help", nameless.pk), dora)
    assert calls_of([nameless.pk])[0].speaker.words == "county labour office"


def test_the_regional_coordinator_reads_no_name_either(client, office, nameless, rob):
    page = read(client, to("help", nameless.pk), rob)

    assert office.short_name not in page
    assert "a public office" in page


def test_the_own_people_see_that_it_stands_without_the_name(client, nameless, boris):
    page = read(client, to("help", nameless.pk), boris)

    assert "Shown to others as" in page
    assert "a public office" in page


def test_who_answers_learns_no_name_from_page_or_letters(client, office, nameless, dora):
    client.force_login(dora)
    client.post(to("help-answer", nameless.pk), {"answer-text": "After the talk."})
    assert is_silent(client.get(to("help", nameless.pk)).content.decode(), office)
    close(client, nameless, HelpRequest.objects.get().asked_by)

    letter = Letter.objects.get(kind="exchange.call_closed")
    assert letter.user == dora
    assert letter.office_id == HelpAnswer.objects.get().office_id
    assert is_silent(letter.subject + letter.text + letter.html, office)
    assert is_silent(read(client, to("help", nameless.pk), dora), office)
    assert is_silent(read(client, to("help-list") + "?show=answered", dora), office)


def test_the_history_of_others_tells_no_name(client, office, nameless, dora, nora, pat):
    answer_as(client, nameless, dora)
    close(client, nameless, nameless.asked_by)

    for person, acts in ((dora, 1), (nora, 3), (pat, 3)):
        lines = read(client, reverse("core:history"), person).partition("<tbody")[2].split("<tr")
        told = [line for line in lines if "all for help" in line]
        assert len(told) == acts
        assert is_silent("".join(told), office)
        assert "Lena" not in "".join(told)
        own = read(client, reverse("core:history") + f"?office={office.pk}", person).partition("<tbody")[2]
        assert "all for help" not in own


def test_a_text_that_says_the_name_is_not_sent_without_it(client, lena):
    client.force_login(lena)
    wrong = ask(client, shown_as="kind", text="Clients in Gołdapi do not answer.")

    assert wrong.status_code == 422
    assert "so others would know who asks" in wrong.content.decode()
    assert "Clients in Gołdapi do not answer." in wrong.content.decode()
    assert not HelpRequest.objects.exists()


def test_taking_the_name_away_acts_at_once(client, office, lena, dora):
    call = make_call(office, by=lena)
    client.force_login(lena)
    changed = client.post(to("help-edit", call.pk), {"node": NODE, "text": "How do you ask?", "shown_as": "kind"})

    assert changed.url == to("help", call.pk)
    assert is_silent(read(client, to("help", call.pk), dora), office)


# --- Answering -------------------------------------------------------------------------------------------------------


def answer_as(client, call, person, **more):
    client.force_login(person)
    return client.post(to("help-answer", call.pk), {"answer-text": "After the talk.", **more})


def close(client, call, person, helped="yes"):
    client.force_login(person)
    return client.post(to("help-close", call.pk), {"helped": helped})


def test_only_the_two_offices_read_an_answer(client, office, lena, boris, dora, nora, rob, judy):
    call = make_call(office, by=lena)
    other = make_person("Otto", "employee", office=make_office())
    answer_as(client, call, dora)

    for person in (lena, boris, dora):
        assert "After the talk." in read(client, to("help", call.pk), person)
    for person in (other, nora, rob, judy):
        page = read(client, to("help", call.pk), person)
        assert "After the talk." not in page
        assert "PUP Starachowice" not in page
    letters = Letter.objects.filter(kind="exchange.call_answered")
    assert [(one.user, one.office_id) for one in letters] == [(lena, office.pk)]
    assert "After the talk." in letters.get().text


def test_an_answer_may_show_a_practice_of_ones_own_office_only(client, office, other_office, lena, dora):
    call = make_call(office, by=lena)
    own, foreign = make_practice(other_office, title="Two questions"), make_practice(office)

    wrong = answer_as(client, call, dora, **{"answer-practice": foreign.pk})
    assert wrong.status_code == 422
    assert "After the talk." in wrong.content.decode()
    assert answer_as(client, call, dora, **{"answer-practice": own.pk}).status_code == 302
    assert "Two questions" in read(client, to("help", call.pk), lena)


def test_who_works_in_two_offices_says_in_whose_name(client, office, other_office, lena, dora):
    call = make_call(office, by=lena)
    second = make_office(short_name="PUP Kielce")
    make_member(second, user=dora)

    assert answer_as(client, call, dora).status_code == 422
    assert answer_as(client, call, dora, **{"answer-office": office.pk}).status_code == 422
    assert answer_as(client, call, dora, **{"answer-office": second.pk}).status_code == 302
    assert HelpAnswer.objects.get().office == second


def test_nobody_answers_the_own_office_or_without_an_office(client, office, lena, boris, nora):
    call = make_call(office, by=lena)

    for person in (lena, boris, nora):
        assert answer_as(client, call, person).status_code == 403


def test_an_empty_answer_and_the_same_one_twice_are_refused(client, office, dora):
    call = make_call(office)

    assert answer_as(client, call, dora, **{"answer-text": " "}).status_code == 422
    assert answer_as(client, call, dora).status_code == 302
    assert "sent this answer already" in answer_as(client, call, dora).content.decode()
    assert HelpAnswer.objects.count() == 1


def test_an_answer_to_a_call_that_was_closed_meanwhile_is_not_lost(client, office, lena, dora):
    call = make_call(office, by=lena)
    close(client, call, lena, "no")
    late = answer_as(client, call, dora, **{"answer-text": "Two <b>questions</b>."})

    assert late.status_code == 409
    assert "closed meanwhile" in late.content.decode()
    assert "Two &lt;b&gt;questions&lt;/b&gt;." in late.content.decode()


def test_a_change_of_a_call_that_was_closed_meanwhile_is_not_lost(client, office, lena, ana, boris):
    call = make_call(office, by=lena)
    close(client, call, ana)

    for person, status in ((lena, 409), (boris, 403)):
        client.force_login(person)
        late = client.post(
            to("help-edit", call.pk), {"node": NODE, "text": "Two <i>questions</i>?", "shown_as": "name"}
        )
        assert late.status_code == status
        assert ("Two &lt;i&gt;questions&lt;/i&gt;?" in late.content.decode()) == (status == 409)


# --- Closing ---------------------------------------------------------------------------------------------------------


def test_closing_asks_whether_it_helped_and_tells_who_answered(client, office, lena, dora):
    call = make_call(office, by=lena)
    answer_as(client, call, dora)

    assert close(client, call, lena, "").status_code == 422
    assert close(client, call, lena).status_code == 302
    call.refresh_from_db()
    assert call.helped is True
    assert call.closed_at is not None
    assert "answers helped" in Letter.objects.get(kind="exchange.call_closed").text
    assert close(client, call, lena).status_code == 403


def test_a_closed_call_is_gone_for_strangers(client, office, lena, dora, nora):
    call = make_call(office, by=lena)
    other = make_person("Otto", "employee", office=make_office())
    answer_as(client, call, dora)
    close(client, call, lena)

    read(client, to("help", call.pk), other, 404)
    for person in (lena, dora, nora):
        read(client, to("help", call.pk), person)
    assert calls_of([call.pk]) == ()


def test_other_offices_change_and_close_nothing(client, office, boris, dora, nora):
    call = make_call(office)

    for person in (boris, dora, nora):
        client.force_login(person)
        assert client.get(to("help-edit", call.pk)).status_code == 403
        assert close(client, call, person).status_code == 403


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_to_a_subcriterion(client, office, dora):
    make_call(office, node="1.1", text="About leading")
    make_call(office, node="1.2", text="About results")
    page = read(client, to("help-list") + f"?node={NODE}", dora)

    assert "About leading" in page
    assert "About results" not in page
    read(client, to("help-list") + "?node=nonsense&show=nonsense&page=x", dora)


def test_ours_shows_how_many_answers_came(client, office, other_office, lena, dora):
    call = make_call(office, by=lena)
    make_answer(call, other_office, by=dora)

    assert "one answer" in read(client, to("help-list") + "?show=ours", lena)
    assert "one answer" not in read(client, to("help-list"), dora)


def test_the_list_takes_the_same_queries_for_one_and_three_calls(
    client, office, lena, dora, django_assert_num_queries, django_assert_max_num_queries
):
    make_call(office, by=lena)
    read(client, to("help-list"), dora)
    with django_assert_max_num_queries(40) as taken:
        read(client, to("help-list"), dora)
    for _number in range(2):
        make_call(make_office(), node="1.2")
    with django_assert_num_queries(len(taken)):
        read(client, to("help-list"), dora)


def test_people_without_a_role_read_nothing(client, office, django_user_model):
    call = make_call(office)
    nobody = make_person("Nobody")

    read(client, to("help-list"), nobody, 403)
    read(client, to("help", call.pk), nobody, 404)
