"""Chapters 1 and 2: how the self-assessment was done, and what came out."""

from .computing import computing_words, scale_words
from .how import how_it_was_done, part_numbers
from .outcome import bar_of, comparison_cells, comparison_columns, what_came_out

__all__ = [
    "bar_of",
    "comparison_cells",
    "comparison_columns",
    "computing_words",
    "how_it_was_done",
    "part_numbers",
    "scale_words",
    "what_came_out",
]
