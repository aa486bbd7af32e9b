"""What an office of the example writes into its application: paragraphs, and figures beside the common ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

Cells = dict[str, Any]
FIGURES = ("before_last", "before", "last", "target", "comparison")
STEP = Decimal("0.01")
MOST = 300
TOLD = 2


def cells_of(facts: Mapping[str, Any], *, year: int, beside: int = 0) -> Cells:
    """The cells of a row of results; its three years lie `beside` hundredths beside the written ones."""
    written = dict(zip(FIGURES, [*facts["values"], facts.get("target"), facts.get("comparison")], strict=True))
    better = facts["better"]
    sign = 1 if better == "higher" else -1
    figures = {
        name: _beside(value, sign * beside if name in FIGURES[:3] else 0) if value is not None else None
        for name, value in written.items()
    }
    return {
        "title": facts["title"],
        "unit": facts["unit"],
        "better": better,
        "comparison_note": facts.get("with", ""),
        "evidence": facts.get("evidence", ""),
        "year": year,
        **figures,
    }


def _beside(value: float, hundredths: int) -> str:
    """The figure moved by so many hundredths of itself, with as many places as it was written with."""
    written = Decimal(str(value))
    places = len(str(value).partition(".")[2])
    return str((written * (1 + STEP * hundredths)).quantize(Decimal(1).scaleb(-places)))


def sentences(node: str, bank: Mapping[str, Mapping[str, Sequence[str]]], *, seed: str) -> str:
    """A paragraph on a subcriterion for an office that has told nothing else: strengths, then what is not done yet."""
    chance = Random(f"{seed}:{node}")  # noqa: S311  an example, not a secret
    told = bank[node]
    strengths = chance.sample(list(told["strengths"]), TOLD)
    return " ".join([*strengths, chance.choice(list(told["areas"]))])
