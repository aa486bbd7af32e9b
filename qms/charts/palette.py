"""The colours of a chart: what paper sees.

On screens the page takes over: `svg[color] { color: inherit }` for what carries the chart's own colour, and
`.q-grid, .q-quiet, .q-current, .q-previous, .q-benchmark { color: … }` for the parts that keep one of their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour and the font that a chart may use."""

    ink: str = "#16201f"
    quiet: str = "#4a5654"
    grid: str = "#808680"
    accent: str = "#0b5557"
    falling: str = "#a54e28"
    current: str = "#1b8084"
    previous: str = "#808680"
    benchmark: str = "#b26a00"
    bands: tuple[str, ...] = ("#7f2a1d", "#a54e28", "#8a6810", "#46766b", "#1a6769", "#063c41")
    font: str = "Noto Sans, sans-serif"

    def band(self, number: int | None) -> str:
        """The colour of a band, or the accent where no band is known."""
        if number is None:
            return self.accent
        if not 0 <= number < len(self.bands):
            raise ValueError(f"Band {number} is not between 0 and {len(self.bands) - 1}.")
        return self.bands[number]


# grid, current, previous and benchmark keep 3:1 on the light and on the dark ground.
PAPER = Palette()
