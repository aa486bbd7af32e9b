"""What approved improvement plans offer: actions, their effects, and the figures they were measured by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from qms.assessments.domain.snapshot import figure
from qms.awards.domain.offer import Figures, Offer
from qms.improvements.components.effects import outcome_line, summary
from qms.improvements.components.effects.words import change_span
from qms.improvements.domain.effect import Verdict
from qms.improvements.models import Action, Effect, Indicator, Reading
from qms.improvements.models.plan import APPROVED_STAGES
from qms.improvements.queries.effects import stated_of
from qms.offices.models import Office
from qms.ui import numbers

from .filed import Filed, joined, titled

Status = Action.Status
SHOWN = (Status.DONE, Status.IN_PROGRESS, Status.APPROVED)
YEARS = 3


def plan_offers(office: Office) -> Iterator[Filed]:
    """Everything that the office's approved plans offer, what is finished first; four queries."""
    for action in _actions(office):
        places = frozenset((one.framework, one.node) for one in action.nodes.all())
        for offer in _offers(action):
            yield Filed(offer, places)


def _actions(office: Office) -> QuerySet[Action]:
    readings = Prefetch("readings", Reading.objects.order_by("on"))
    return (
        Action.objects.filter(plan__office=office, plan__stage__in=APPROVED_STAGES, status__in=SHOWN)
        .select_related("plan", "effect")
        .prefetch_related(
            "nodes", Prefetch("indicators", Indicator.objects.order_by("position", "pk").prefetch_related(readings))
        )
        .order_by(F("done_on").desc(nulls_last=True), "plan", "number")
    )


def _offers(action: Action) -> Iterator[Offer]:
    url = reverse("improvements:action-detail", args=[action.pk])
    named = titled(f"{action.plan.title}: {action.code} {action.title}")
    yield Offer("action", f"action:{action.pk}:text", named, url, action_words(action))
    effect: Effect | None = getattr(action, "effect", None)
    if effect is not None and (words := effect_words(action, effect)):
        address = reverse("improvements:effect", args=[action.pk])
        yield Offer("effect", f"effect:{action.pk}:verdict", named, address, words)
    for indicator in action.indicators.all():
        figures = figures_of(indicator, list(indicator.readings.all()))
        if figures is not None:
            key, name = f"indicator:{indicator.pk}:figures", titled(f"{named}: {indicator.title}")
            yield Offer("effect", key, name, url, row_words(figures), figures)


def action_words(action: Action) -> str:
    """What the action is, how far, why, and what for."""
    problem = gettext("The trouble was: %(words)s") % {"words": action.problem.strip()} if action.problem else ""
    expected = gettext("What we want of it: %(words)s") % {"words": action.expected.strip()} if action.expected else ""
    return joined(f"{action.title.strip().rstrip('.')} ({_stage_words(action)})", problem, expected)


def _stage_words(action: Action) -> str:
    if action.status == Status.DONE:
        return _on(gettext("finished on %(day)s"), action.done_on) or gettext("finished")
    if action.status == Status.IN_PROGRESS:
        return _on(gettext("under way until %(day)s"), action.due_on) or gettext("under way")
    return _on(gettext("approved, until %(day)s"), action.due_on) or pgettext("action", "approved")


def _on(words: str, day: date | None) -> str:
    return words % {"day": numbers.day(day)} if day is not None else ""


def effect_words(action: Action, effect: Effect) -> str:
    """The stated verdict with its numbers and interval; nothing where nothing could be measured."""
    measured = stated_of(effect).measured
    if measured is None or measured.outcome.verdict == Verdict.NOT_MEASURABLE:
        return ""
    deciding = measured.outcome.deciding
    span = change_span(deciding, measured) if deciding is not None else ""
    interval = gettext("95 % interval of the difference: %(span)s.").replace("%(span)s", span) if span else ""
    head = f"{action.title.strip().rstrip('.')}, {measured.title}: {outcome_line(measured)}"
    return joined(head, summary(measured), interval)


def figures_of(indicator: Indicator, readings: Sequence[Reading]) -> Figures | None:
    """The last three years of an indicator, each with its last value; nothing before the first value is in."""
    if not readings:
        return None
    by_year = {reading.on.year: reading for reading in readings}
    last = max(by_year)
    told = [by_year.get(year) for year in range(last - YEARS + 1, last + 1)]
    first, second, third = (None if reading is None else reading.value for reading in told)
    return Figures(
        title=indicator.title,
        unit=indicator.unit,
        better=indicator.better,
        year=last,
        values=(first, second, third),
        target=indicator.target,
        evidence=tuple(dict.fromkeys(filter(None, map(measured_in, filter(None, reversed(told)))))),
    )


def measured_in(reading: Reading) -> str:
    """The survey or register in which a value was measured, with how many answered: Client survey 2026, n = 416."""
    if not reading.label.strip():
        return ""
    return f"{reading.label.strip()}, n = {reading.count}" if reading.count else reading.label.strip()


def row_words(figures: Figures) -> str:
    """The row as one line, the same in each language: 2025: 21; 2026: 14; target 15."""
    years: Iterable[tuple[int, Decimal | None]] = zip(
        range(figures.year - YEARS + 1, figures.year + 1), figures.values, strict=True
    )
    parts = [f"{year}: {figure(value)}" for year, value in years if value is not None]
    if figures.target is not None:
        parts.append(f"→ {figure(figures.target)}")
    return "; ".join(parts) + (f" [{figures.unit}]" if figures.unit else "")
