"""Effects of actions: live reckoning, stated verdicts, and the draft of a practice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import get_language

from qms.assessments.domain.snapshot import plain
from qms.frameworks.domain.framework import text
from qms.improvements.domain.effect import Outcome, Reason, Verdict
from qms.improvements.domain.effect_record import Measured, as_record, from_record
from qms.improvements.models import Action, Effect, Indicator, Reading

from .effect_reckoning import Reckoning
from .forming import framework_of

Status = Action.Status


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator of an action: its typed readings, and what is measured on it now."""

    indicator: Indicator
    rows: tuple[Reading, ...]
    measured: Measured

    @property
    def outcome(self) -> Outcome:
        """What was reckoned."""
        return self.measured.outcome


@dataclass(frozen=True, slots=True)
class StatedView:
    """A verdict as it was stated, with the numbers it rested on then."""

    effect: Effect
    measured: Measured | None
    others: tuple[tuple[str, Verdict], ...]

    @property
    def verdict(self) -> Verdict:
        """The stated verdict."""
        return Verdict(self.effect.verdict)

    @property
    def reason(self) -> Reason | None:
        """Why nothing could be measured."""
        return self.measured.outcome.reason if self.measured else Reason.NO_INDICATOR


@dataclass(frozen=True, slots=True)
class EffectView:
    """Everything on the effect of one action: what stands stated, and what each indicator says now."""

    action: Action
    start: date | None
    end: date | None
    indicators: tuple[IndicatorView, ...]
    stated: StatedView | None

    @property
    def is_over(self) -> bool:
        """Whether the action is finished, so that an effect can be stated."""
        return self.action.status in (Status.DONE, Status.STOPPED)

    @property
    def is_settled(self) -> bool:
        """Whether the stated verdict can no longer be changed: the plan is closed."""
        return self.stated is not None and not self.action.plan.is_open

    @property
    def has_moved(self) -> bool:
        """Whether the numbers would give another result today than the one stated."""
        if self.stated is None:
            return False
        now = {each.indicator.pk: each.measured for each in self.indicators}.get(self.stated.effect.indicator_id or 0)
        if now is None or self.stated.measured is None:
            return (self.stated.measured is None) != (not self.indicators)
        was = self.stated.measured.outcome
        return (was.verdict, was.deciding) != (now.outcome.verdict, now.outcome.deciding)


def effect_view(action: Action) -> EffectView:
    """The effect of an action: each indicator reckoned now, beside what was stated."""
    indicators = (
        Indicator.objects.filter(action=action.pk)
        .prefetch_related(Prefetch("readings", Reading.objects.order_by("on")))
        .order_by("position", "pk")
    )
    effect = Effect.objects.filter(action=action.pk).select_related("stated_by", "indicator").first()
    return EffectView(
        action=action,
        start=action.start_on,
        end=action.done_on or action.due_on,
        indicators=_views(action, list(indicators)),
        stated=None if effect is None else stated_of(effect),
    )


def verdicts_of(actions: Iterable[Action]) -> dict[int, Effect]:
    """The stated effects by action, in one read."""
    effects = Effect.objects.filter(action__in=[action.pk for action in actions]).select_related("indicator")
    return {effect.action_id: effect for effect in effects}


def stated_of(effect: Effect) -> StatedView:
    """A stated effect out of what was frozen with it."""
    content = effect.content
    measured = from_record(content["measured"]) if content.get("measured") else None
    others = tuple((one["title"], Verdict(one["verdict"])) for one in content.get("others", ()))
    return StatedView(effect, measured, others)


def content_of(view: EffectView, chosen: IndicatorView | None) -> dict[str, object]:
    """What is frozen when the effect is stated: the chosen indicator in full, the verdicts of the others."""
    others = [each for each in view.indicators if each is not chosen]
    content = plain(
        {
            "measured": as_record(chosen.measured) if chosen else None,
            "others": [{"title": each.indicator.title, "verdict": each.outcome.verdict.value} for each in others],
        }
    )
    assert isinstance(content, dict)  # noqa: S101  a mapping stays a mapping
    return content


def _views(action: Action, indicators: list[Indicator]) -> tuple[IndicatorView, ...]:
    reckoning = Reckoning(action, indicators)
    return tuple(
        IndicatorView(each, rows := tuple(each.readings.all()), reckoning.measured(each, rows)) for each in indicators
    )


def nodes_to_measure(action: Action) -> tuple[tuple[str, str], ...]:
    """The scored nodes whose agreed score may be an indicator: those of the action first, then the framework's."""
    framework = framework_of(action.plan)
    if framework is None:
        return ()
    language = get_language() or "pl"
    scored = [(node.identifier, f"{node.identifier} {text(node.titles, language)}") for node in framework.scored]
    own = set(action.nodes.filter(framework=framework.code).values_list("node", flat=True))
    ordered = sorted(scored, key=lambda each: each[0] not in own)
    return tuple((f"{framework.code}:{node}", title) for node, title in ordered)
