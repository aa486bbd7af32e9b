"""Taking practices over, what becomes of them, and drafting practices from actions and strengths."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from qms.assessments.models import Assessment
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.services.founding import found_library
from qms.improvements import services
from qms.improvements.models import Action, Effect, Finding
from qms.improvements.queries import strengths
from qms.improvements.queries.adoptions import adopted_by, adoption_of, adoptions_of, shared_by
from qms.improvements.queries.strengths import strengths_of
from qms.improvements.services.adoption import adopt_practice
from qms.improvements.services.drafting import practice_from_action, practice_from_strength
from qms.improvements.views import practices as views
from qms.lifecycle import Refused
from qms.portal.models import HomePage
from tests.factories.assessments import make_approved
from tests.factories.goodpractices import make_practice
from tests.factories.improvements import make_action, make_finding, make_plan
from tests.factories.offices import make_office, make_person
from tests.improvements.effects import AFTER, BEFORE, make_done, make_indicator, make_reading

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAYS = {"title": "Days of waiting", "unit": "days", "better": "lower", "before": Decimal(21), "after": Decimal(14)}


def to(route, *args, query=""):
    return reverse(f"improvements:{route}", args=args) + query


@pytest.fixture
def library(db):
    locale, _ = Locale.objects.get_or_create(language_code="en")
    home = HomePage(title="Home", slug="home-of-practices", locale=locale)
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return found_library()[0]


@pytest.fixture
def practice(library, office):
    criteria = [("caf-2020", "5.2"), ("caf-2020", "6.1")]
    return make_practice(office, library=library, title="A welcome talk", criteria=criteria, results=[DAYS])


@pytest.fixture
def plan(other_office, dora):
    return make_plan(other_office, by=dora)


@pytest.fixture
def dora(other_office):
    return make_person("Dora", "quality_lead", office=other_office)


def judged(action, verdict, difference, *, by, **more):
    """An effect as it was stated, straight in the database."""
    indicator = action.indicators.first() or make_indicator(action, **more)
    low, high = Decimal(difference) - 2, Decimal(difference) + 2
    Effect.objects.create(
        action=action, indicator=indicator, verdict=verdict, difference=difference, low=low, high=high,
        stated_by=by, stated_at=NOW,
    )  # fmt: skip
    return action


def adopters(practice, region, verdicts, *, by):
    """One office for each verdict that took the practice over; none where it has not measured."""
    for number, verdict in enumerate(verdicts):
        office = make_office(slug=f"adopter-{number}", short_name=f"Adopter {number}", region=region)
        action = make_action(make_plan(office, by=by, stage="under_way"), by=by, status="done", practice=practice)
        if verdict:
            judged(action, verdict, -number, by=by)


# --- Taking over -----------------------------------------------------------------------------------------------------


def test_a_practice_becomes_a_proposed_action_measured_as_it_was(practice, plan, dora):
    action = adopt_practice(plan, practice=practice, by=dora)

    assert (action.title, action.status, action.practice) == ("A welcome talk", "proposed", practice)
    assert (action.problem, action.expected) == (practice.problem, practice.summary)
    assert sorted(action.nodes.values_list("framework", "node")) == [("caf-2020", "5.2"), ("caf-2020", "6.1")]
    assert list(action.indicators.values_list("title", "unit", "better", "source")) == [
        ("Days of waiting", "days", "lower", "typed")
    ]


def test_nobody_adopts_the_own_practice(practice, office, lena):
    with pytest.raises(Refused, match="your own office"):
        adopt_practice(make_plan(office, by=lena), practice=practice, by=lena)


def test_nobody_adopts_twice_in_open_plans(practice, plan, other_office, dora):
    first = adopt_practice(plan, practice=practice, by=dora)
    second = make_plan(other_office, by=dora, title="Another plan")

    with pytest.raises(Refused, match="already: D-1 in “Improvement plan”"):
        adopt_practice(second, practice=practice, by=dora)

    first.status = Action.Status.STOPPED
    first.save()
    assert adopt_practice(second, practice=practice, by=dora).plan == second


def test_after_the_plan_is_closed_one_may_begin_again(practice, plan, other_office, dora):
    adopt_practice(plan, practice=practice, by=dora)
    plan.stage, plan.approved_at = "closed", NOW
    plan.save()

    assert adopt_practice(make_plan(other_office, by=dora), practice=practice, by=dora).pk


@pytest.mark.parametrize(("stage", "words"), [("closed", "plan is closed"), ("approval", "with the director")])
def test_closed_plans_and_those_at_the_desk_take_nothing(practice, other_office, dora, stage, words):
    with pytest.raises(Refused, match=words):
        adopt_practice(make_plan(other_office, by=dora, stage=stage), practice=practice, by=dora)
    assert not Action.objects.exists()


def test_archived_practices_and_drafts_are_not_taken_over(library, office, plan, dora):
    with pytest.raises(Refused, match="in the archive"):
        adopt_practice(plan, practice=make_practice(office, library=library, archived_at=NOW), by=dora)
    with pytest.raises(Refused, match="not published"):
        adopt_practice(plan, practice=make_practice(office, library=library, live=False), by=dora)


def test_a_lead_chooses_the_plan_and_lands_in_the_action(client, practice, plan, dora):
    client.force_login(dora)
    assert "Improvement plan (2026)" in client.get(to("practice-adopt", practice.pk)).content.decode()

    done = client.post(to("practice-adopt", practice.pk), {"plan": plan.pk})

    assert done.url == to("action-edit", Action.objects.get().pk)
    action = client.get(to("action-detail", Action.objects.get().pk)).content.decode()
    assert f'<dt>Taken over from</dt><dd><a href="{practice.get_url()}">A welcome talk</a>' in action
    again = client.post(to("practice-adopt", practice.pk), {"plan": plan.pk})
    assert again.status_code == 422
    assert "You take this practice over already" in again.content.decode()


def test_without_a_plan_the_page_says_what_to_do(client, practice, dora):
    client.force_login(dora)

    assert "Your office has no open plan" in client.get(to("practice-adopt", practice.pk)).content.decode()


def test_nobody_adopts_into_the_plan_of_another_office(client, practice, office, lena, dora, boris):
    foreign = make_plan(office, by=lena)
    client.force_login(dora)
    answer = client.post(to("practice-adopt", practice.pk), {"plan": foreign.pk})
    assert (answer.status_code, Action.objects.count()) == (422, 0)

    client.force_login(boris)
    assert client.get(to("practice-adopt", practice.pk)).status_code == 403


# --- What became of it -----------------------------------------------------------------------------------------------


def test_adoptions_are_counted_by_office(practice, region, lena):
    adopters(practice, region, ["improved", "improved", "worse", "not_measurable", None], by=lena)

    found = adoption_of(practice)

    assert (found.offices, found.measured, found.improved) == (5, 3, 2)


def test_stopped_actions_do_not_count(practice, plan, dora):
    make_action(plan, by=dora, practice=practice, status="stopped")

    assert adoption_of(practice).offices == 0


def test_translations_of_a_practice_count_as_one(practice, library, office, plan, dora):
    other = make_practice(office, library=library)
    other.locale, other.translation_key = _locale("pl"), practice.translation_key
    other.save()
    adopt_practice(plan, practice=practice, by=dora)

    assert adoption_of(other).offices == 1
    with pytest.raises(Refused, match="already"):
        adopt_practice(plan, practice=other, by=dora)


def test_single_offices_are_shown_from_five_on(practice, region, lena):
    adopters(practice, region, ["improved"] * 4, by=lena)
    assert adoption_of(practice).comparable("Days of waiting", "days") == ()
    text = drawn("{% adoption_of page as found %}{% adoption_elsewhere page found %}", page=practice)
    assert "Office A" not in text
    assert "4 offices have taken it over; of 4 that measured, 4 improved." in text


def test_five_offices_stand_without_their_names_the_best_first(practice, region, lena):
    adopters(practice, region, ["no_change", "improved", "improved", "improved", "improved"], by=lena)

    text = drawn("{% adoption_of page as found %}{% adoption_elsewhere page found %}", page=practice)

    assert [row.difference for row in adoption_of(practice).rows] == [-4, -3, -2, -1, 0]
    assert "4 of 5 offices improved" in text
    assert "Office E" in text
    assert "Adopter" not in text


def test_other_indicators_are_not_drawn_beside(practice, region, lena):
    adopters(practice, region, ["improved"] * 5, by=lena)

    assert adoption_of(practice).comparable("Something else", "days") == ()


def test_many_practices_take_two_queries(library, office, region, lena, django_assert_num_queries):
    practices = [make_practice(office, library=library, title=f"Practice {number}") for number in range(6)]
    for number, practice in enumerate(practices):
        other = make_office(slug=f"office-{number}", region=region)
        make_action(make_plan(other, by=lena), by=lena, practice=practice)

    with django_assert_num_queries(2):
        found = adoptions_of([practice.pk for practice in practices])

    assert {one.offices for one in found.values()} == {1}


# --- The page of an office -------------------------------------------------------------------------------------------


def test_strangers_see_published_practices_and_approved_plans(practice, library, office, other_office, dora):
    make_practice(office, library=library, live=False, title="A draft")
    draft = make_action(make_plan(other_office, by=dora), by=dora, practice=practice)
    running = make_action(make_plan(other_office, by=dora, stage="under_way"), by=dora, practice=practice)

    assert list(shared_by(office)) == [practice]
    assert list(adopted_by(other_office, AnonymousUser())) == [running]
    assert list(adopted_by(other_office, dora)) == [running, draft]


def test_the_page_of_an_office_tells_both(client, practice, office, other_office, dora):
    make_action(make_plan(other_office, by=dora, stage="under_way"), by=dora, practice=practice)

    shared = client.get(reverse("offices:office-detail", args=[office.slug])).content.decode()
    adopted = client.get(reverse("offices:office-detail", args=[other_office.slug])).content.decode()

    assert "What the office shared" in shared
    assert "adopted by 1 office, none has measured it yet" in shared
    assert "What the office took over" in adopted


# --- Drafts from actions ---------------------------------------------------------------------------------------------


@pytest.fixture
def finished(office, lena, library):
    action = make_done(
        office, by=lena, title="One person to talk to", problem="Three people asked the same.", lessons="Two at least."
    )
    finding = make_finding(office, by=lena, evidence=[{"code": "E4", "title": "Survey"}], source=Finding.Source.OWN)
    action.findings.add(finding)
    indicator = make_indicator(action)
    make_reading(indicator, BEFORE, 21, by=lena, standard_error=Decimal(1))
    make_reading(indicator, AFTER, 14, by=lena, standard_error=Decimal(1), count=204)
    services.state_effect(action, indicator=indicator, comment="", by=lena, at=NOW)
    return action


def test_a_finished_action_hands_on_its_effect_with_the_interval(finished, lena):
    practice = practice_from_action(finished, language="en", by=lena)

    draft = draft_of(latest_of(practice))
    [result] = draft.results
    assert (practice.effect, practice.live, practice.office) == ("proven", False, finished.plan.office)
    assert (result.before, result.after, result.verdict, result.count) == (21, 14, "improved", 204)
    assert (result.low, result.high) == (Decimal("-9.7719"), Decimal("-4.2281"))
    assert [(one.code, one.title) for one in draft.evidence] == [("E4", "Survey")]
    assert (draft.conditions, draft.origin, draft.origin_key) == ("Two at least.", "action", f"action:{finished.pk}")


def test_twice_leads_to_the_same_draft(finished, lena, boris):
    assert practice_from_action(finished, language="en", by=lena) == practice_from_action(
        finished, language="en", by=boris
    )
    assert PracticePage.objects.count() == 1


def test_an_open_action_makes_no_practice(office, lena, library):
    action = make_action(make_plan(office, by=lena, stage="under_way"), by=lena, status="in_progress")

    with pytest.raises(Refused, match="not finished"):
        practice_from_action(action, language="en", by=lena)


def test_the_page_of_the_draft_has_the_button(client, finished, lena, rob):
    button = "Make a draft in the library"
    client.force_login(lena)
    assert button in client.get(to("practice-draft", finished.pk)).content.decode()

    client.force_login(rob)
    assert button not in client.get(to("practice-draft", finished.pk)).content.decode()
    assert client.post(to("practice-from-action", finished.pk)).status_code == 403


# --- Drafts from strengths -------------------------------------------------------------------------------------------


@pytest.fixture
def assessment(office, lena, ana):
    return make_approved(office, by=lena, director=ana, score=60)


def test_agreed_strengths_carry_their_node_and_evidence(assessment, office):
    found = strengths_of(office)

    assert found
    assert {one.framework for one in found} == {assessment.edition.code}
    assert all(one.key.startswith(f"strength:{assessment.pk}:") for one in found)


def test_a_strength_becomes_one_draft(assessment, office, lena, library):
    strength = strengths_of(office)[0]

    first = practice_from_strength(office, strength=strength, language="en", by=lena)
    again = practice_from_strength(office, strength=strength, language="en", by=lena)

    assert first == again
    draft = draft_of(latest_of(first))
    assert (draft.origin, draft.criteria) == ("strength", ((strength.framework, strength.node),))
    assert strengths_of(office)[0].practice == first.pk


def test_draft_from_a_self_assessment_that_is_no_longer_shared_is_withheld(assessment, office, lena, library):
    Assessment.objects.filter(pk=assessment.pk).update(consent_withdrawn_at=NOW)

    made = practice_from_strength(office, strength=strengths_of(office)[0], language="en", by=lena)

    assert "withdrawn its consent" in PracticePage.objects.get(pk=made.pk).withheld_reason


def test_strengths_are_for_lead_and_director(client, assessment, office, lena, ana, boris, dora):
    def status(person):
        client.force_login(person)
        return client.get(to("strengths", query=f"?office={office.pk}")).status_code

    assert [status(one) for one in (lena, ana)] == [200, 200]
    assert status(boris) == 403
    assert status(dora) in (403, 404)


def test_a_long_list_of_strengths_has_pages(client, office, lena, monkeypatch):
    words = [f"Strength {number:02}" for number in range(30)]
    told = [strengths.Strength(word, word, "caf-2020", "1.1", "", None, (), "2026") for word in words]
    monkeypatch.setattr(views, "strengths_of", lambda _office: tuple(told))
    client.force_login(lena)

    def shown(query):
        page = client.get(to("strengths", query=query)).content.decode()
        return [word for word in words if f"{word}<" in page], f"?office={office.pk}&amp;page=2" in page

    assert shown(f"?office={office.pk}") == (words[:25], True)
    assert shown(f"?office={office.pk}&page=2")[0] == words[25:]
    assert shown(f"?office={office.pk}&page=99")[0] == words[25:]


def test_a_strength_that_is_gone_is_said(client, assessment, office, lena):
    client.force_login(lena)

    client.post(to("practice-from-strength", office.pk), {"strength": "strength:0:gone"})

    page = client.get(to("strengths")).content.decode()
    assert "does not stand in your latest approved self-assessment" in page


def _locale(code):
    return Locale.objects.get_or_create(language_code=code)[0]


def drawn(text, **context):
    return Template("{% load improving %}" + text).render(Context(context))
