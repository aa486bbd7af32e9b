"""The talk about an application, and what is agreed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.jury.models import Agreed, DecisionList, Mark, Phase, Standing
from qms.jury.services.standing import restand
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
def category(db):
    return make_judged_category()


@pytest.fixture
def sections(category):
    return list(category.sections.order_by("position"))


@pytest.fixture
def application(office, category):
    return make_received(office, category)


@pytest.fixture
def scored(application, category, sections):
    """Two ballots: 40 and 80 in the first section, 50 and 56 in the second."""
    make_phase(category.round)
    for first, second in ((40, 50), (80, 56)):
        juror = make_juror(category)
        declare_all(juror)
        hand_in(make_ballot(juror, application), dict(zip(sections, (first, second), strict=True)))
    Mark.objects.filter(score=40).update(areas="No proof.")
    Mark.objects.filter(score=80).update(strengths="Clear aims.", areas="No proof.")
    restand(application, timezone.now())
    return application


@pytest.fixture
def chair(category, judy, scored):
    juror = make_juror(category, judy, is_chair=True)
    declare_all(juror)
    return judy


def talk(application):
    return reverse("jury:talk", args=[application.pk])


def page(application, section):
    return reverse("jury:agree", args=[application.pk, section.pk])


def typed(**more):
    said = {"version": "0", "stage": "talk", "mark-score": "60", "reason": "", "strengths": "Aims.", "areas": "Proof."}
    return said | {name.replace("mark_", "mark-"): value for name, value in more.items()}


def test_numbers_stay_hidden_from_the_organiser_too_until_every_ballot_is_in(client, nora, scored, category):
    juror = make_juror(category)
    make_ballot(juror, scored)
    client.force_login(nora)

    said = client.get(talk(scored)).content.decode()

    assert "Still hidden" in said
    assert "Clear aims." not in said
    assert "2 of 3 handed in" in said
    assert client.get(page(scored, category.sections.first())).url == talk(scored)


def test_what_is_typed_while_numbers_are_hidden_again_comes_back(client, nora, scored, category):
    make_ballot(make_juror(category), scored)
    client.force_login(nora)

    answer = client.post(page(scored, category.sections.first()), typed(reason="After the talk."))

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing is agreed before every ballot is handed in." in said
    assert "Score: 60\n\nReason: After the talk.\n\nStrengths: Aims.\n\nAreas for improvement: Proof." in said
    assert "Clear aims." not in said
    assert not Agreed.objects.exists()


def test_talk_begins_with_the_section_that_waits(client, nora, scored, sections):
    client.force_login(nora)

    said = client.get(talk(scored)).content.decode().replace("\xa0", " ")

    assert "The rule asks for a talk" in said
    assert said.index(f'id="s-{sections[0].pk}"') < said.index(f'id="s-{sections[1].pk}"')
    assert "Clear aims." in said


def test_organiser_agrees_between_the_scores_and_the_standing_follows(client, nora, scored, sections):
    client.force_login(nora)

    answer = client.post(page(scored, sections[0]), typed(do="next"))

    assert answer.url == page(scored, sections[1])
    agreed = Agreed.objects.get()
    assert (agreed.score, agreed.strengths, agreed.areas, agreed.version) == (60, "Aims.", "Proof.", 1)
    standing = Standing.objects.get(application=scored)
    assert (standing.total, standing.needs_talk) == (Decimal("56.5"), False)


def test_score_outside_what_was_given_needs_a_reason(client, nora, scored, sections):
    client.force_login(nora)

    answer = client.post(page(scored, sections[0]), typed(mark_score="90"))
    assert answer.status_code == 422
    assert "lies outside the jurors" in answer.content.decode()

    client.post(page(scored, sections[0]), typed(mark_score="90", reason="New proof came."))
    assert Agreed.objects.get().reason == "New proof came."


def test_section_is_agreed_as_impossible_to_judge(client, nora, scored, sections):
    client.force_login(nora)

    client.post(page(scored, sections[0]), typed(mark_score="", is_na="on", reason="Wrong annex."))

    standing = Standing.objects.get(application=scored)
    assert (Agreed.objects.get().is_na, standing.total) == (True, 53)


def test_comments_are_laid_together_for_the_office_once_each(client, nora, scored, sections):
    client.force_login(nora)

    form = client.get(page(scored, sections[0])).context["form"]

    assert (form["strengths"].value(), form["areas"].value()) == ("Clear aims.", "No proof.")


def test_stale_page_is_refused_and_both_versions_stand(client, nora, scored, sections):
    client.force_login(nora)
    client.post(page(scored, sections[0]), typed(strengths="First."))

    answer = client.post(page(scored, sections[0]), typed(strengths="Second.", mark_score="70"))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "First." in said
    assert "Second." in said

    client.post(page(scored, sections[0]), typed(strengths="Second.", mark_score="70", version="1"))
    assert (Agreed.objects.get().strengths, Agreed.objects.get().version) == ("Second.", 2)


def test_close_sections_are_agreed_at_their_mean(client, nora, scored, sections):
    client.force_login(nora)

    client.post(reverse("jury:agree-close", args=[scored.pk]))

    agreed = Agreed.objects.get()
    assert (agreed.section, agreed.score) == (sections[1], 53)


def test_chair_agrees_while_the_phase_lets_and_keeps_the_text_afterwards(client, chair, scored, sections):
    client.force_login(chair)
    client.post(page(scored, sections[0]), typed())
    assert Agreed.objects.get().score == 60

    Phase.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    late = client.post(page(scored, sections[1]), typed(strengths="Too late.", mark_score="52"))

    assert late.status_code == 409
    assert "Too late." in late.content.decode()
    assert "What the jurors gave" not in late.content.decode()
    assert Agreed.objects.count() == 1
    assert client.get(page(scored, sections[1])).status_code == 404


def test_after_the_decision_the_page_of_an_agreement_leads_to_the_talk(client, nora, scored, sections, category):
    DecisionList.objects.create(category=category, stage="prize", closed_at=timezone.now(), closed_by=nora)
    client.force_login(nora)

    answer = client.get(page(scored, sections[0]), follow=True)

    assert answer.redirect_chain == [(talk(scored), 302)]
    assert "The jury has decided. What counted stays as it is." in answer.content.decode()


def test_chair_is_led_to_the_talk_while_no_phase_lets_agree(client, chair, scored, sections):
    Phase.objects.update(may_agree=False)
    client.force_login(chair)

    answer = client.get(page(scored, sections[0]), follow=True)

    assert answer.redirect_chain == [(talk(scored), 302)]
    said = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "The chair writes down agreements only while a phase lets them." in said


def test_juror_reads_the_talk_only_while_scores_are_shown_and_without_names(client, judy, scored, category):
    declare_all(make_juror(category, judy))
    Phase.objects.update(shows_names=False)
    other = scored.ballots.first().juror
    client.force_login(judy)

    shown = client.get(talk(scored)).content.decode()
    assert other.sign in shown
    assert other.user.name not in shown

    Phase.objects.update(shows_scores=False)
    assert client.get(talk(scored)).status_code == 403


def test_juror_who_does_not_chair_agrees_on_nothing(client, judy, scored, sections, category):
    declare_all(make_juror(category, judy))
    client.force_login(judy)

    answers = [
        client.get(page(scored, sections[0])).status_code,
        client.post(page(scored, sections[0]), typed()).status_code,
        client.post(reverse("jury:agree-close", args=[scored.pk])).status_code,
    ]

    assert answers == [403, 403, 403]


def test_office_and_strangers_find_no_talk(client, ana, judy, scored):
    answers = []
    for user in (ana, judy):
        client.force_login(user)
        answers.append(client.get(talk(scored)).status_code)

    assert answers == [404, 404]


@pytest.mark.parametrize("many", [1, 3])
def test_talk_asks_the_same_number_of_questions_however_many_sections(
    client, nora, office, many, django_assert_num_queries
):
    category = make_judged_category(sections=many)
    application = make_received(office, category)
    for _number in range(many + 1):
        hand_in(make_ballot(make_juror(category), application), dict.fromkeys(category.sections.all(), 50))
    restand(application, timezone.now())
    client.force_login(nora)
    client.get(talk(application))

    with django_assert_num_queries(11):
        client.get(talk(application))


def test_a_chair_writes_nothing_on_an_application_that_the_phase_keeps_shut(client, chair, scored, sections):
    Phase.objects.update(sees=Phase.Sees.ASSIGNED)
    client.force_login(chair)

    assert client.get(page(scored, sections[0])).status_code == 404
    answer = client.post(page(scored, sections[0]), typed())
    assert answer.status_code == 409
    assert "No proof." not in answer.content.decode()
    assert not Agreed.objects.exists()
