"""Indicators, values and verdicts: what may be done when, and what stays of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from qms.improvements import services
from qms.improvements.domain.measuring import IndicatorFacts, ReadingFacts
from qms.improvements.models import Effect, Indicator
from qms.improvements.queries import effect_view, stated_of, verdicts_of
from qms.lifecycle import Refused
from tests.factories.improvements import make_plan
from tests.improvements.effects import (
    AFTER,
    BEFORE,
    make_done,
    make_indicator,
    make_reading,
    measured,
    neighbours,
    score,
    scored_indicator,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def action(office, lena):
    return make_done(office, by=lena)


def state(action, indicator, *, by, comment="It rained."):
    return services.state_effect(action, indicator=indicator, comment=comment, by=by, at=NOW)


def close(action):
    action.plan.stage = "closed"
    action.plan.save()


def acts(action):
    return list(
        ModelLogEntry.objects.filter(object_id=str(action.pk), action__startswith="improvements.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


# --- Indicators ------------------------------------------------------------------------------------------------------


def test_an_indicator_with_a_dated_baseline_has_its_first_value(action, lena):
    first = ReadingFacts(BEFORE, Decimal(24), None, 131, "baseline")
    facts = IndicatorFacts("Days ", unit="days", better="lower", baseline=Decimal(24), first=first)

    kept = services.save_indicator(action, facts=facts, by=lena)

    assert (kept.title, kept.position, kept.baseline) == ("Days", 0, 24)
    assert list(kept.readings.values_list("on", "value", "count")) == [(BEFORE, 24, 131)]
    assert acts(action) == ["improvements.save_indicator", "improvements.add_reading"]


def test_saving_what_did_not_change_moves_no_day(action, lena):
    facts = IndicatorFacts("Days", least_change=Decimal("2.5"))
    kept = services.save_indicator(action, facts=facts, by=lena)
    again = services.save_indicator(action, facts=facts, by=lena, indicator=kept)

    assert again.updated_at == kept.updated_at
    assert acts(action) == ["improvements.save_indicator"]


def test_an_indicator_needs_a_title_and_a_node_where_one_is_taken(action, lena):
    with pytest.raises(Refused, match="what is measured"):
        services.save_indicator(action, facts=IndicatorFacts(" "), by=lena)
    with pytest.raises(Refused, match="subcriterion"):
        services.save_indicator(action, facts=IndicatorFacts("Score", source="assessment"), by=lena)


def test_an_indicator_goes_with_its_values_unless_a_verdict_rests_on_it(action, lena):
    kept, other = measured(action, 24, 19, by=lena), measured(action, 1, 9, by=lena, title="Other")
    state(action, kept, by=lena)

    with pytest.raises(Refused, match="rests on this indicator"):
        services.delete_indicator(kept, by=lena)
    services.delete_indicator(other, by=lena)

    assert list(Indicator.objects.all()) == [kept]


# --- Values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "said"), [(date(2026, 11, 3), "future"), (BEFORE, "this day already")], ids=["future", "twice"]
)
def test_a_value_of_the_future_or_of_the_same_day_is_refused(action, lena, on, said):
    indicator = make_indicator(action)
    make_reading(indicator, BEFORE, 1, by=lena)

    with pytest.raises(Refused, match=said):
        services.add_reading(indicator, facts=ReadingFacts(on, Decimal(2)), by=lena, at=NOW)


def test_scores_of_assessments_are_not_typed(action, lena):
    with pytest.raises(Refused, match="self-assessments"):
        services.add_reading(scored_indicator(action), facts=ReadingFacts(AFTER, Decimal(2)), by=lena, at=NOW)


# --- The verdict -----------------------------------------------------------------------------------------------------


def test_the_verdict_is_reckoned_and_frozen_with_its_numbers(action, lena):
    indicator = measured(action, 24, 19, by=lena)
    measured(action, 24, 23, by=lena, title="Other")

    effect = state(action, indicator, by=lena)
    now = effect_view(action).indicators[0].measured

    assert (effect.verdict, effect.difference, effect.low, effect.high) == ("improved", -5, None, None)
    assert stated_of(Effect.objects.get(pk=effect.pk)).measured == now
    assert stated_of(effect).others == (("Other", "no_change"),)
    assert verdicts_of([action]) == {action.pk: effect}
    assert list(action.log.values_list("kind", "text")) == [("effect", "Effect stated: improved.")]


def test_the_region_decides_and_its_interval_is_kept(action, office, region, lena):
    indicator = scored_indicator(action)
    score(office, BEFORE, 40, by=lena)
    score(office, AFTER, 48, by=lena)
    neighbours(region, [0, 2, -1, 3, 1], by=lena)

    effect = state(action, indicator, by=lena)

    assert (effect.verdict, effect.difference, effect.low, effect.high) == (
        "improved",
        7,
        Decimal("2.191056"),
        Decimal("11.808944"),
    )


def test_what_changes_later_does_not_change_what_was_stated(action, lena):
    indicator = measured(action, 24, 19, by=lena)
    state(action, indicator, by=lena)
    make_reading(indicator, date(2026, 6, 1), 30, by=lena)

    view = effect_view(action)

    assert (view.stated.verdict, view.indicators[0].outcome.verdict, view.has_moved) == ("improved", "worse", True)


def test_not_measurable_is_stated_with_its_reason(action, lena):
    indicator = make_indicator(action)
    make_reading(indicator, BEFORE, 24, by=lena)

    effect = state(action, indicator, by=lena)

    assert (effect.verdict, effect.difference, stated_of(effect).reason) == ("not_measurable", None, "no_after")


def test_an_action_without_an_indicator_is_not_measurable(action, lena):
    effect = state(action, None, by=lena)

    assert (effect.verdict, effect.indicator, stated_of(effect).reason) == ("not_measurable", None, "no_indicator")
    assert not effect_view(action).has_moved


def test_an_indicator_must_be_chosen_and_be_the_actions_own(action, lena, office):
    measured(action, 24, 19, by=lena)
    foreign = make_indicator(make_done(office, by=lena, plan=make_plan(office, by=lena, stage="under_way")))

    with pytest.raises(Refused, match="Choose the indicator"):
        state(action, None, by=lena)
    with pytest.raises(Refused, match="another action"):
        state(action, foreign, by=lena)


@pytest.mark.parametrize("status", ["proposed", "approved", "in_progress", "postponed"])
def test_only_a_finished_action_has_an_effect(office, lena, status):
    with pytest.raises(Refused, match="finished"):
        state(make_done(office, by=lena, status=status), None, by=lena)


def test_stating_anew_keeps_one_effect_and_the_history_of_the_first(action, lena):
    indicator = measured(action, 24, 19, by=lena)
    first = state(action, indicator, by=lena)
    indicator.readings.filter(on=AFTER).update(value=30)
    second = state(action, indicator, by=lena, comment="Corrected.")

    kept = ModelLogEntry.objects.filter(action="improvements.state_effect").order_by("pk").last()
    assert (second.pk, second.verdict) == (first.pk, "worse")
    assert (kept.data["before"]["verdict"], kept.data["before"]["comment"]) == ("improved", "It rained.")
    assert kept.data["before"]["difference"] == "-5"


def test_after_the_plan_is_closed_what_is_stated_stays(action, lena):
    indicator = measured(action, 24, 19, by=lena)
    state(action, indicator, by=lena)
    close(action)

    for act in (
        lambda: state(action, indicator, by=lena),
        lambda: services.delete_reading(indicator.readings.first(), by=lena),
        lambda: services.save_indicator(action, facts=IndicatorFacts("New"), by=lena),
    ):
        with pytest.raises(Refused, match="plan is closed"):
            act()


def test_a_closed_plan_may_still_get_the_effect_that_is_missing(action, lena):
    indicator = measured(action, 24, 19, by=lena)
    close(action)

    assert state(action, indicator, by=lena).verdict == "improved"
