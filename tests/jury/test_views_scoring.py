"""A juror's own ballot, as its juror walks it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.jury.models import Ballot, Exclusion, Mark, Phase
from qms.jury.services.assigning import end_ballot
from qms.jury.services.shortages import state_shortage
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(office, judy):
    category = make_judged_category()
    application = make_received(office, category)
    juror = make_juror(category, judy)
    declare_all(juror)
    make_phase(category.round)
    return make_ballot(juror, application)


@pytest.fixture
def sections(ballot):
    return list(ballot.application.category.sections.order_by("position"))


def page(ballot, section=None):
    if section is None:
        return reverse("jury:ballot", args=[ballot.pk])
    return reverse("jury:ballot-section", args=[ballot.pk, section.pk])


def typed(**more):
    return {"version": "0", "mark-score": "60", "strengths": "", "areas": "", "reason": "", **more}


def in_short(words, version=0, **more):
    return {"version": str(version), "summary": words, **more}


def test_juror_scores_every_section_and_hands_in(client, judy, ballot, sections):
    client.force_login(judy)
    first, second = sections

    saved = client.post(page(ballot, first), typed(do="next", strengths="Clear aims."))
    assert saved.url == page(ballot, second)
    last = client.post(page(ballot, second), typed(is_na="on", reason="No figures.", do="next", **{"mark-score": ""}))
    assert last.url == page(ballot)
    done = client.post(reverse("jury:ballot-hand-in", args=[ballot.pk]), in_short("Good.", confirmed="1"))

    assert done.url == page(ballot)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.total, ballot.summary) == (Ballot.State.HANDED_IN, 60, "Good.")
    assert "Your ballot is handed in" in client.get(page(ballot)).content.decode()


def test_office_text_stands_beside_the_score(client, judy, ballot, sections):
    client.force_login(judy)

    assert client.get(page(ballot, sections[0])).status_code == 200
    assert client.get(page(ballot)).status_code == 200


def test_wrong_mark_keeps_everything_typed(client, judy, ballot, sections):
    client.force_login(judy)

    answer = client.post(page(ballot, sections[0]), typed(strengths="Clear aims.", **{"mark-score": "160"}))

    assert answer.status_code == 422
    assert "A score lies between 0 and 100: 160 does not." in answer.content.decode()
    assert "Clear aims." in answer.content.decode()
    assert not Mark.objects.exists()


def test_reason_is_asked_where_a_section_cannot_be_judged(client, judy, ballot, sections):
    client.force_login(judy)

    answer = client.post(page(ballot, sections[0]), typed(is_na="on"))

    assert answer.status_code == 422
    assert "Say why it cannot be judged." in answer.content.decode()


def test_second_window_meets_both_versions_and_may_replace(client, judy, ballot, sections):
    client.force_login(judy)
    client.post(page(ballot, sections[0]), typed(strengths="First words."))

    answer = client.post(page(ballot, sections[0]), typed(strengths="Second words."))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "First" in said
    assert "Second" in said
    assert 'name="version" value="1"' in said

    client.post(page(ballot, sections[0]), typed(strengths="Second words.", version="1"))
    assert Mark.objects.get().strengths == "Second words."


def test_late_score_is_refused_and_the_text_stays(client, judy, ballot, sections):
    Phase.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    client.force_login(judy)

    answer = client.post(page(ballot, sections[0]), typed(strengths="Too late."))

    assert answer.status_code == 409
    assert "Too late." in answer.content.decode()
    assert not Mark.objects.exists()


def test_between_phases_the_own_words_stay_and_the_application_closes(client, judy, ballot, sections):
    Phase.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    client.force_login(judy)

    said = client.get(page(ballot, sections[0])).content.decode()

    assert "The application is not open to you now." in said
    assert "No scores now" in said


def test_excluded_juror_finds_the_ballot_no_more(client, judy, ballot, sections):
    Exclusion.objects.create(
        juror=ballot.juror, application=ballot.application, kind="declared", reason="A cousin.", made_at=timezone.now()
    )
    client.force_login(judy)

    assert client.get(page(ballot)).status_code == 404
    assert client.get(page(ballot, sections[0])).status_code == 404


def test_what_is_typed_on_a_ballot_that_is_taken_away_meanwhile_comes_back_without_the_office(
    client, judy, nora, ballot, sections
):
    client.force_login(judy)
    end_ballot(ballot, reason="Two are enough.", by=nora, at=timezone.now())

    sent = typed(strengths="Clear aims.\r\nGood proof.")
    answers = [
        client.post(page(ballot, sections[0]), sent),
        client.post(page(ballot), in_short("In all good.")),
        client.post(reverse("jury:ballot-hand-in", args=[ballot.pk]), in_short("In all good.", confirmed="1")),
    ]

    assert [one.status_code for one in answers] == [409, 409, 409]
    pages = [one.content.decode() for one in answers]
    assert "Score: 60\n\nStrengths: Clear aims." in pages[0].replace("\r\n", "\n")
    assert all("In short: In all good." in one for one in pages[1:])
    assert all("This ballot was taken back." in one for one in pages)
    assert not any(ballot.application.office.name in one or ballot.application.number in one for one in pages)
    assert not Mark.objects.exists()


def test_nobody_opens_the_ballot_of_another_juror(client, ballot, nora, ana):
    other = make_juror(ballot.application.category)
    answers = []
    for user in (other.user, nora, ana):
        client.force_login(user)
        answers.append(client.get(page(ballot)).status_code)

    assert answers == [404, 403, 404]


def test_unfinished_ballot_is_not_handed_in(client, judy, ballot):
    client.force_login(judy)

    answer = client.post(reverse("jury:ballot-hand-in", args=[ballot.pk]), in_short("Mine.", confirmed="1"))

    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()


def test_box_must_be_ticked(client, judy, ballot, sections):
    for section in sections:
        Mark.objects.create(ballot=ballot, section=section, marks={"score": 50}, score=50)
    client.force_login(judy)

    answer = client.post(reverse("jury:ballot-hand-in", args=[ballot.pk]), in_short("Mine."))

    assert answer.status_code == 422
    assert "Tick the box to hand in the ballot." in answer.content.decode()


def test_summary_is_saved_without_handing_in(client, judy, ballot):
    client.force_login(judy)

    client.post(page(ballot), in_short("In two words."))

    ballot.refresh_from_db()
    assert (ballot.summary, ballot.state) == ("In two words.", "draft")


def test_words_in_short_from_a_second_window_overwrite_nothing(client, judy, ballot):
    client.force_login(judy)
    client.post(page(ballot), in_short("First words."))
    assert client.post(page(ballot), in_short("First words.")).status_code == 302  # the answer was lost, the same again

    answer = client.post(page(ballot), in_short("Second words."))

    said = answer.content.decode()
    assert answer.status_code == 409
    assert ("<ins>First</ins>" in said, "<ins>Second</ins>" in said) == (True, True)
    assert 'name="version" value="1"' in said
    ballot.refresh_from_db()
    assert (ballot.summary, ballot.version) == ("First words.", 1)
    client.post(page(ballot), in_short("Second words.", 1))
    ballot.refresh_from_db()
    assert (ballot.summary, ballot.version) == ("Second words.", 2)


def test_a_ballot_is_not_handed_in_over_words_that_were_saved_elsewhere(client, judy, ballot, sections):
    for section in sections:
        Mark.objects.create(ballot=ballot, section=section, marks={"score": 50}, score=50)
    client.force_login(judy)
    client.post(page(ballot), in_short("First words."))
    address = reverse("jury:ballot-hand-in", args=[ballot.pk])

    assert client.post(address, in_short("Second words.", confirmed="1")).status_code == 409
    ballot.refresh_from_db()
    assert (ballot.state, ballot.summary) == (Ballot.State.DRAFT, "First words.")
    client.post(address, in_short("Second words.", 1, confirmed="1"))
    ballot.refresh_from_db()
    assert (ballot.state, ballot.summary) == (Ballot.State.HANDED_IN, "Second words.")


def test_organiser_gives_a_ballot_back_with_a_reason(client, nora, judy, ballot, sections):
    hand_in(ballot, dict.fromkeys(sections, 50))
    client.force_login(nora)
    address = reverse("jury:ballot-unlock", args=[ballot.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Two sections were mixed up."})

    ballot.refresh_from_db()
    assert (ballot.state, ballot.unlocked_reason) == ("draft", "Two sections were mixed up.")
    client.force_login(judy)
    assert "Two sections were mixed up." in client.get(page(ballot)).content.decode()
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_ballot_page_asks_the_same_number_of_questions_however_many_sections(
    client, office, judy, many, django_assert_num_queries
):
    category = make_judged_category(sections=many)
    juror = make_juror(category, judy)
    application = make_received(office, category)
    declare_all(juror)
    make_phase(category.round)
    ballot = make_ballot(juror, application)
    client.force_login(judy)
    client.get(page(ballot))

    with django_assert_num_queries(11):
        client.get(page(ballot))


def test_who_judges_alone_reads_nothing_of_two_jurors(client, judy, nora, ballot):
    client.force_login(judy)
    assert "has handed in, at least two" in client.get(page(ballot)).content.decode()

    state_shortage(ballot.application, seen=1, reason="Nobody else may judge it.", by=nora, at=timezone.now())

    alone = client.get(page(ballot)).content.decode()
    talk = client.get(reverse("jury:talk", args=[ballot.application_id])).content.decode()
    assert "nobody until every juror of this application has handed in<" in alone
    assert "Numbers are shown, to the organiser too, only when every ballot is in.<" in talk
