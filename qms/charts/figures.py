"""Numbers as people read them, rounded half up as the methods say."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

Formatter = Callable[[float | Decimal], str]

MINUS = "\u2212"


def figures(digits: int = 1, separator: str = ".") -> Formatter:
    """A formatter with so many digits, the given decimal separator and a true minus sign."""
    step = Decimal(1).scaleb(-digits)

    def written(value: float | Decimal) -> str:
        rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
        text = f"{abs(rounded):f}".replace(".", separator)
        return MINUS + text if rounded < 0 else text

    return written


TENTHS = figures(1)
WHOLE = figures(0)
