"""The pages of an effect: who opens them, what they ask, what they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.improvements.components.effects import effect_panel
from qms.improvements.models import Effect, Indicator, Reading
from tests.improvements.effects import (
    AFTER,
    BEFORE,
    START,
    make_done,
    make_indicator,
    make_reading,
    measured,
    neighbours,
    score,
    scored_indicator,
)


@pytest.fixture
def action(office, boris, lena):
    return make_done(office, by=lena, owner=boris)


def page(client, person, name, *args, **kwargs):
    client.force_login(person)
    return client.get(reverse(f"improvements:{name}", args=args, kwargs=kwargs))


def post(client, person, name, *args, data, **kwargs):
    client.force_login(person)
    return client.post(reverse(f"improvements:{name}", args=args, kwargs=kwargs), data)


def indicator_data(**more):
    return {"title": "Days of waiting", "source": "typed", "better": "lower", "unit": "days", **more}


# --- Who may what ----------------------------------------------------------------------------------------------------


def test_everyone_who_reads_the_plan_reads_the_effect_and_nobody_else(client, action, ana, clara, dora, rob, nora):
    statuses = [page(client, person, "effect", action.pk).status_code for person in (ana, clara, rob, nora, dora)]

    assert statuses == [200, 200, 200, 200, 404]


def test_owner_and_lead_state_it_and_nobody_else(client, action, boris, lena, ana, clara, rob, dora):
    indicator = measured(action, 24, 19, by=lena)
    data = {"indicator": indicator.pk, "confirmed": "1"}
    people = (ana, clara, rob, dora, boris, lena)

    assert [post(client, one, "effect", action.pk, data=data).status_code for one in people] == [
        403,
        403,
        403,
        404,
        302,
        302,
    ]
    assert "State the effect" not in page(client, clara, "effect", action.pk).content.decode()


@pytest.mark.parametrize("name", ["indicator-save", "indicator-delete", "reading-add"])
def test_indicators_of_others_are_not_there(client, action, lena, clara, dora, name):
    indicator = make_indicator(action)
    statuses = [page(client, person, name, pk=indicator.pk).status_code for person in (lena, clara, dora)]

    assert statuses == [200, 403, 404]


# --- What the page says ----------------------------------------------------------------------------------------------


def test_the_page_tells_verdict_numbers_and_reservations(client, action, lena):
    measured(action, 24, 19, by=lena)
    html = page(client, lena, "effect", action.pk).content.decode()

    for text in (
        "Improved",
        "Before 24\u00a0days, after 19\u00a0days: a\u00a0difference of \u22125.",
        "What this result does not say",
        "does not show what caused it",
        "How this is computed",
        "Data in a table",
    ):
        assert text in html


def test_no_other_office_is_named_and_under_five_none_is_counted(client, action, office, region, lena):
    scored_indicator(action, least_change=5)
    score(office, BEFORE, 40, by=lena)
    score(office, AFTER, 60, by=lena)
    others = neighbours(region, [0, 2, -1, 3], by=lena)
    few = page(client, lena, "effect", action.pk).content.decode()
    others += neighbours(region, [1], by=lena)
    enough = page(client, lena, "effect", action.pk).content.decode()

    assert "Fewer than 5 other offices" in few
    assert "Difference in differences" not in few
    assert "mean of 5 offices" in enough
    assert "Difference in differences" in enough
    assert [one.short_name for one in others if one.short_name in few + enough] == []


def test_an_action_without_an_indicator_teaches_what_to_do(client, action, lena):
    html = page(client, lena, "effect", action.pk).content.decode()

    assert "The action has no indicator yet" in html
    assert reverse("improvements:indicator-save", kwargs={"action": action.pk}) in html


def test_the_verdict_needs_its_indicator_and_its_box(client, action, lena):
    measured(action, 24, 19, by=lena)
    response = post(client, lena, "effect", action.pk, data={"comment": "It rained."})

    assert response.status_code == 422
    assert "It rained." in response.content.decode()
    assert not Effect.objects.exists()


def test_a_stated_effect_stands_with_its_comment(client, action, lena):
    indicator = measured(action, 24, 19, by=lena)
    data = {"indicator": indicator.pk, "comment": "It rained.", "confirmed": "1"}
    post(client, lena, "effect", action.pk, data=data)
    html = page(client, lena, "effect", action.pk).content.decode()

    assert "Stated by Lena Example" in html
    assert "It rained." in html
    assert reverse("improvements:practice-draft", args=[action.pk]) in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_many_indicators_as_for_one(
    client, action, lena, count, django_assert_max_num_queries
):
    for number in range(count):
        measured(action, 24, 19, by=lena, title=f"Indicator {number}")
    page(client, lena, "effect", action.pk)

    with django_assert_max_num_queries(32):
        assert page(client, lena, "effect", action.pk).status_code == 200


# --- Forms -----------------------------------------------------------------------------------------------------------


def test_an_indicator_is_added_with_its_dated_baseline(client, action, lena):
    data = indicator_data(baseline="24", baseline_on=BEFORE.isoformat(), least_change="2")
    response = post(client, lena, "indicator-save", action=action.pk, data=data)

    assert response.status_code == 302
    assert list(Reading.objects.values_list("on", "value")) == [(BEFORE, 24)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "Write what is measured."),
        ({"baseline": "24"}, "Write when the baseline was measured"),
        ({"baseline_on": BEFORE.isoformat()}, "Write the value that was measured."),
        ({"baseline": "24", "baseline_on": (START + timedelta(1)).isoformat()}, "before the action begins"),
        ({"baseline": "24", "baseline_on": "2199-01-01"}, "still to come"),
        ({"source": "assessment"}, "Choose the subcriterion"),
        ({"least_change": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_with_an_indicator_is_said_and_nothing_typed_is_lost(client, action, lena, more, said):
    response = post(client, lena, "indicator-save", action=action.pk, data=indicator_data(target="18", **more))
    html = response.content.decode()

    assert response.status_code == 422
    assert said in html
    assert 'value="18"' in html
    assert not Indicator.objects.exists()


def test_scores_of_self_assessments_are_chosen_by_subcriterion(client, action, office, lena):
    score(office, BEFORE, 40, by=lena)
    data = indicator_data(source="assessment", node="small-2020:1.1")
    post(client, lena, "indicator-save", action=action.pk, data=data)

    kept = Indicator.objects.get()
    assert (kept.source, kept.framework, kept.node, kept.unit) == ("assessment", "small-2020", "1.1", "")


def test_an_indicator_is_changed_but_not_its_source(client, action, lena):
    indicator = make_indicator(action)
    data = {"title": "Days", "better": "lower", "unit": "days", "target": "18", "source": "assessment"}
    post(client, lena, "indicator-save", pk=indicator.pk, data=data)

    kept = Indicator.objects.get()
    assert (kept.title, kept.target, kept.source, kept.least_change) == ("Days", 18, "typed", None)


@pytest.mark.parametrize(
    ("on", "value", "said"),
    [
        (BEFORE.isoformat(), "3", "There is a value of this day already"),
        ((timezone.localdate() + timedelta(2)).isoformat(), "3", "still to come"),
        ("", "3", "Write the day of the measurement."),
        (AFTER.isoformat(), "", "Write the measured value."),
    ],
)
def test_what_is_wrong_with_a_value_is_said(client, action, lena, on, value, said):
    indicator = make_indicator(action)
    make_reading(indicator, BEFORE, 24, by=lena)
    response = post(client, lena, "reading-add", indicator.pk, data={"on": on, "value": value, "label": "Register"})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Register" in response.content.decode()


def test_a_value_is_added_and_deleted_after_one_question(client, action, boris, lena):
    indicator = make_indicator(action)
    post(client, boris, "reading-add", indicator.pk, data={"on": AFTER.isoformat(), "value": "19"})
    reading = Reading.objects.get()

    assert "Delete this value?" in page(client, boris, "reading-delete", reading.pk).content.decode()
    assert Reading.objects.count() == 1
    post(client, boris, "reading-delete", reading.pk, data={})
    assert not Reading.objects.exists()


def test_an_indicator_under_a_verdict_stays_and_says_why(client, action, lena):
    indicator = measured(action, 24, 19, by=lena)
    post(client, lena, "effect", action.pk, data={"indicator": indicator.pk, "confirmed": "1"})
    client.force_login(lena)
    answer = client.post(reverse("improvements:indicator-delete", args=[indicator.pk]), follow=True)

    assert "The stated effect rests on this indicator." in answer.content.decode()
    assert Indicator.objects.count() == 1


# --- The draft of a practice -----------------------------------------------------------------------------------------


def test_a_practice_is_drafted_with_its_effect_and_what_is_missing(client, action, lena):
    indicator = measured(action, 24, 19, by=lena)
    post(client, lena, "effect", action.pk, data={"indicator": indicator.pk, "confirmed": "1"})
    html = page(client, lena, "practice-draft", action.pk).content.decode()

    for text in ("What this page is", "Days of waiting: improved.", "does not show what caused it", "What it cost"):
        assert text in html


@pytest.mark.parametrize(("kind", "begins"), [("txt", "Plain words"), ("html", "<!doctype html>")])
def test_a_practice_is_downloaded(client, action, lena, kind, begins):
    client.force_login(lena)
    answer = client.get(reverse("improvements:practice-draft", args=[action.pk]), {"as": kind})

    assert answer.content.decode().startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="plain-words-in-letters.{kind}"'


# --- The panel on the action's page ----------------------------------------------------------------------------------


def test_the_panel_asks_for_the_effect_until_it_is_stated(client, action, lena):
    indicator = measured(action, 24, 19, by=lena)
    asks = effect_panel(action, may_state=True).render_html()
    post(client, lena, "effect", action.pk, data={"indicator": indicator.pk, "confirmed": "1"})
    tells = effect_panel(action).render_html()

    assert "The effect is not stated yet" in asks
    assert "Stated by Lena Example" in tells
