"""What is shown of an effect: on its own page, on the page of the action, in the draft of a practice."""

from .box import measured_box, stated_box
from .doubts import reservations
from .panel import effect_panel
from .parts import EffectBox, EffectPanel, Gauge, VerdictWord
from .tables import indicator_table, readings_figure, readings_table
from .words import outcome_line, reading_named, summary, verdict_meanings, verdict_name

__all__ = [
    "EffectBox",
    "EffectPanel",
    "Gauge",
    "VerdictWord",
    "effect_panel",
    "indicator_table",
    "measured_box",
    "outcome_line",
    "reading_named",
    "readings_figure",
    "readings_table",
    "reservations",
    "stated_box",
    "summary",
    "verdict_meanings",
    "verdict_name",
]
