"""What was measured on one indicator, in words that a database keeps and numbers that nothing rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .effect import Change, Controls, Lack, Outcome, Reading, Reason, Test, Verdict

Values = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Reservation:
    """One thing that the result does not say: its code, and the figures that its sentence needs."""

    code: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator with its readings and what was reckoned from them."""

    title: str
    unit: str
    higher_is_better: bool
    source: str
    framework: str
    node: str
    target: Decimal | None
    start: date | None
    end: date | None
    readings: tuple[Reading, ...]
    outcome: Outcome
    scale: tuple[Decimal, Decimal] | None = None
    reservations: tuple[Reservation, ...] = ()

    @property
    def is_used(self) -> Mapping[date, str]:
        """Which readings were compared: "before" and "after" by day."""
        pairs = (("before", self.outcome.before), ("after", self.outcome.after))
        return {reading.on: name for name, reading in pairs if reading is not None}


def as_record(measured: Measured) -> dict[str, object]:
    """The same in plain mappings and lists; decimals and days stay what they are."""
    outcome = measured.outcome
    return {
        "title": measured.title,
        "unit": measured.unit,
        "better": "higher" if measured.higher_is_better else "lower",
        "source": measured.source,
        "framework": measured.framework,
        "node": measured.node,
        "target": measured.target,
        "scale": list(measured.scale) if measured.scale else None,
        "span": [measured.start, measured.end],
        "readings": [_reading(reading) for reading in measured.readings],
        "outcome": {
            "verdict": outcome.verdict.value,
            "test": outcome.test.value,
            "reason": outcome.reason.value if outcome.reason else None,
            "before": _reading(outcome.before),
            "after": _reading(outcome.after),
            "change": _change(outcome.change),
            "controls": _controls(outcome.controls),
            "lack": outcome.lack.value if outcome.lack else None,
            "against": _change(outcome.against),
            "least": outcome.least,
        },
        "reservations": [{"code": one.code, "values": dict(one.values)} for one in measured.reservations],
    }


def from_record(record: Mapping[str, Any]) -> Measured:
    """What was kept, as it was."""
    outcome = record["outcome"]
    start, end = (_day(day) for day in record["span"])
    return Measured(
        title=record["title"],
        unit=record["unit"],
        higher_is_better=record["better"] == "higher",
        source=record["source"],
        framework=record["framework"],
        node=record["node"],
        target=_number(record["target"]),
        start=start,
        end=end,
        readings=tuple(reading for each in record["readings"] if (reading := _read(each)) is not None),
        outcome=Outcome(
            verdict=Verdict(outcome["verdict"]),
            test=Test(outcome["test"]),
            reason=Reason(outcome["reason"]) if outcome["reason"] else None,
            before=_read(outcome["before"]),
            after=_read(outcome["after"]),
            change=_changed(outcome["change"]),
            controls=_controlled(outcome["controls"]),
            lack=Lack(outcome["lack"]) if outcome["lack"] else None,
            against=_changed(outcome["against"]),
            least=_number(outcome["least"]),
        ),
        scale=(Decimal(record["scale"][0]), Decimal(record["scale"][1])) if record["scale"] else None,
        reservations=tuple(Reservation(one["code"], one["values"]) for one in record["reservations"]),
    )


def _reading(reading: Reading | None) -> dict[str, object] | None:
    if reading is None:
        return None
    names = ("on", "value", "standard_error", "count", "label", "low", "high", "assessment")
    return {name: getattr(reading, name) for name in names}


def _read(record: Mapping[str, Any] | None) -> Reading | None:
    if record is None:
        return None
    day, value = _day(record["on"]), _number(record["value"])
    if day is None or value is None:
        raise ValueError("A reading has a day and a value.")
    return Reading(
        day,
        value,
        _number(record["standard_error"]),
        record["count"],
        record["label"],
        _number(record["low"]),
        _number(record["high"]),
        record["assessment"],
    )


def _change(change: Change | None) -> dict[str, object] | None:
    return None if change is None else {"difference": change.difference, "margin": change.margin}


def _changed(record: Mapping[str, Any] | None) -> Change | None:
    return None if record is None else Change(Decimal(record["difference"]), _number(record["margin"]))


def _controls(controls: Controls | None) -> dict[str, object] | None:
    if controls is None:
        return None
    return {"count": controls.count, "mean": controls.mean, "deviation": controls.deviation}


def _controlled(record: Mapping[str, Any] | None) -> Controls | None:
    if record is None:
        return None
    return Controls(record["count"], _number(record["mean"]), _number(record["deviation"]))


def _number(text: str | Decimal | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text
