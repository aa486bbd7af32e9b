"""What an action is measured by, what was measured, and the verdict that is stated on it."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from qms.accounts.models import User
from qms.assessments.domain.snapshot import figure
from qms.core.audit import record
from qms.improvements.domain.effect import Change, Reason, Verdict
from qms.improvements.domain.measuring import IndicatorFacts, ReadingFacts
from qms.improvements.models import Action, Effect, Indicator, LogEntry, Reading
from qms.improvements.queries.effects import EffectView, IndicatorView, content_of, effect_view
from qms.lifecycle import Refused, gettext_noop

from .locking import locked_action

Status = Action.Status
PLACES = Decimal("0.000001")
MOST_INDICATORS = 10


@transaction.atomic
def save_indicator(action: Action, *, facts: IndicatorFacts, by: User, indicator: Indicator | None = None) -> Indicator:
    """Add an indicator to the action, or change one; nothing is written where nothing changed."""
    held = locked_action(action)
    _require_changeable(held)
    kept = Indicator(action=held) if indicator is None else held.indicators.select_for_update().get(pk=indicator.pk)
    if indicator is None:
        kept.position = held.indicators.count()
        if kept.position >= MOST_INDICATORS:
            raise Refused(gettext_noop("An action has at most %(most)s indicators."), most=MOST_INDICATORS)
    if not facts.title.strip():
        raise Refused(gettext_noop("Write what is measured."))
    if facts.source == Indicator.Source.ASSESSMENT and not (facts.framework and facts.node):
        raise Refused(gettext_noop("Choose the subcriterion whose score is taken."))
    wanted = {
        "title": facts.title.strip(),
        "unit": facts.unit.strip(),
        "better": facts.better,
        "source": facts.source,
        "framework": facts.framework,
        "node": facts.node,
        "baseline": facts.baseline,
        "target": facts.target,
        "least_change": facts.least_change,
    }
    changed = [name for name, value in wanted.items() if getattr(kept, name) != value]
    for name in changed:
        setattr(kept, name, wanted[name])
    # The day of the last change tells whether the rule was set before the measurement: it must mean one.
    if changed or indicator is None:
        kept.save()
        facts_told = {"indicator": kept.title, "changed": changed}
        record(held, "improvements.save_indicator", by=by, office_id=held.plan.office_id, **facts_told)
    if facts.first is not None and indicator is None:
        _keep_reading(held, kept, facts.first, by=by)
    return kept


@transaction.atomic
def delete_indicator(indicator: Indicator, *, by: User) -> None:
    """Take an indicator off its action with its readings; not one that a stated effect rests on."""
    held = locked_action(indicator.action)
    _require_changeable(held)
    if Effect.objects.filter(indicator=indicator.pk).exists():
        raise Refused(
            gettext_noop("The stated effect rests on this indicator. State the effect on another indicator first.")
        )
    facts = {"indicator": indicator.title, "readings": indicator.readings.count()}
    record(held, "improvements.delete_indicator", by=by, office_id=held.plan.office_id, **facts)
    indicator.delete()


@transaction.atomic
def add_reading(indicator: Indicator, *, facts: ReadingFacts, by: User, at: datetime) -> Reading:
    """Note a measured value; one a day, none of the future, none where values come from self-assessments."""
    held = locked_action(indicator.action)
    if indicator.source != Indicator.Source.TYPED:
        raise Refused(gettext_noop("These values come from self-assessments by themselves."))
    if facts.on > timezone.localdate(at):
        raise Refused(gettext_noop("The day lies in the future."))
    if indicator.readings.filter(on=facts.on).exists():
        raise Refused(
            gettext_noop("There is a value of this day already. Delete it first if it is wrong, then enter it anew.")
        )
    return _keep_reading(held, indicator, facts, by=by)


def _keep_reading(action: Action, indicator: Indicator, facts: ReadingFacts, *, by: User) -> Reading:
    kept = Reading.objects.create(
        indicator=indicator,
        on=facts.on,
        value=facts.value,
        standard_error=facts.standard_error,
        count=facts.count,
        label=facts.label.strip(),
        added_by=by,
    )
    _record_reading(action, kept, "improvements.add_reading", by=by)
    return kept


@transaction.atomic
def delete_reading(reading: Reading, *, by: User) -> None:
    """Take a value off; a stated effect keeps the numbers it was stated with."""
    held = locked_action(reading.indicator.action)
    _require_changeable(held)
    _record_reading(held, reading, "improvements.delete_reading", by=by)
    reading.delete()


def _record_reading(action: Action, reading: Reading, act: str, *, by: User) -> None:
    facts = {
        "indicator": reading.indicator.title,
        "on": reading.on.isoformat(),
        "value": figure(reading.value),
        "standard_error": None if reading.standard_error is None else figure(reading.standard_error),
    }
    record(action, act, by=by, office_id=action.plan.office_id, **facts)


@transaction.atomic
def state_effect(action: Action, *, indicator: Indicator | None, comment: str, by: User, at: datetime) -> Effect:
    """State whether the action worked, as the numbers of this moment say; they are frozen with the verdict.

    The verdict is reckoned here, nobody types it. It may be stated anew until the plan is closed; the history keeps
    what stood before.
    """
    held = locked_action(action)
    if held.status not in (Status.DONE, Status.STOPPED):
        raise Refused(gettext_noop("The effect is stated when the action is finished."))
    _require_changeable(held)
    view = effect_view(held)
    chosen = _chosen(view, indicator)
    before = Effect.objects.filter(action=held).first()
    effect, _new = Effect.objects.update_or_create(
        action=held,
        defaults={
            **_reckoned(chosen),
            "indicator": chosen.indicator if chosen else None,
            "content": content_of(view, chosen),
            "comment": comment.strip(),
            "stated_by": by,
            "stated_at": at,
        },
    )
    _tell(held, effect, before, by=by, at=at)
    return effect


def _chosen(view: EffectView, indicator: Indicator | None) -> IndicatorView | None:
    if indicator is None:
        if view.indicators:
            raise Refused(gettext_noop("Choose the indicator that the verdict rests on."))
        return None
    found = [each for each in view.indicators if each.indicator.pk == indicator.pk]
    if not found:
        raise Refused(gettext_noop("This indicator belongs to another action."))
    return found[0]


def _reckoned(chosen: IndicatorView | None) -> dict[str, object]:
    """The verdict and the change it rests on."""
    found = chosen.outcome.deciding if chosen else None
    if chosen is None or found is None:
        verdict = Verdict.NOT_MEASURABLE if chosen is None else chosen.outcome.verdict
        return {"verdict": verdict, "difference": None, "low": None, "high": None}
    numbers = _stored(found)
    return {"verdict": chosen.outcome.verdict, **numbers}


def _stored(change: Change) -> dict[str, Decimal | None]:
    figures = {"difference": change.difference, "low": change.low, "high": change.high}
    return {
        name: None if value is None else value.quantize(PLACES, rounding=ROUND_HALF_UP)
        for name, value in figures.items()
    }


def _tell(action: Action, effect: Effect, before: Effect | None, *, by: User, at: datetime) -> None:
    """A line in the log in the office's language, and the act in the history with what stood before."""
    with translation.override(action.plan.office.language):
        text = gettext("Effect stated: %(verdict)s.") % {"verdict": effect.get_verdict_display()}
    LogEntry.objects.create(
        action=action, kind=LogEntry.Kind.EFFECT, on=timezone.localdate(at), text=text, progress=None, by=by
    )
    stood = None if before is None else _facts(before)
    record(action, "improvements.state_effect", by=by, office_id=action.plan.office_id, **_facts(effect), before=stood)


def _facts(effect: Effect) -> dict[str, object]:
    measured = effect.content.get("measured") or {}
    outcome = measured.get("outcome") or {"test": "none", "reason": Reason.NO_INDICATOR.value}
    return {
        "verdict": str(effect.verdict),
        "indicator": measured.get("title", ""),
        "test": outcome["test"],
        "reason": outcome["reason"],
        **{
            name: None if value is None else figure(Decimal(value))
            for name, value in (("difference", effect.difference), ("low", effect.low), ("high", effect.high))
        },
        "comment": effect.comment,
        "stated_at": effect.stated_at.isoformat(),
    }


def _require_changeable(action: Action) -> None:
    """What a stated effect of a closed plan rests on stays as it is."""
    if not action.plan.is_open and Effect.objects.filter(action=action).exists():
        raise Refused(
            gettext_noop("The plan is closed, and the effect of this action is stated: both stay as they are.")
        )
