"""One line of JSON for each figure; ratios are taken in one run, pair by pair."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, against what, and whether it holds."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    limit: float | None = None
    holds: bool | None = None

    def print(self) -> None:
        print(json.dumps(asdict(self)), flush=True)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compared(
    name: str, ours: Callable[[], object], bare: Callable[[], object], *, limit: float, rounds: int, unit: str = "ms"
) -> Figure:
    """Medians of both, measured in turn, so that a slow moment of the machine hits both."""
    ours(), bare()  # warm
    pairs = [(seconds_of(ours), seconds_of(bare)) for _ in range(rounds)]
    value, baseline = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = value / baseline
    scale = 1000 if unit == "ms" else 1
    return Figure(
        name, round(value * scale, 2), unit, round(baseline * scale, 2), round(ratio, 3), limit, ratio <= limit
    )
