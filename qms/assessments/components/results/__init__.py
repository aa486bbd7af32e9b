"""What the results page and the comparison of cycles show, made of the figures alone."""

from .cycles import cycles_figure, cycles_table, totals_of
from .drawings import band_of, bars_of, criteria_table, heat_of, how_words, keys_of, radar_of
from .head import crumbs_of, head_of, stats_of
from .in_full import in_full
from .seals import approve_seal, fixed_by_approval, seen_after_approval, send_seal
from .texts import says_of

__all__ = [
    "approve_seal",
    "band_of",
    "bars_of",
    "criteria_table",
    "crumbs_of",
    "cycles_figure",
    "cycles_table",
    "fixed_by_approval",
    "head_of",
    "heat_of",
    "how_words",
    "in_full",
    "keys_of",
    "radar_of",
    "says_of",
    "seen_after_approval",
    "send_seal",
    "stats_of",
    "totals_of",
]
