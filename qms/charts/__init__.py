"""Numbers as SVG text, the same on screen and on paper."""

from qms.charts.bars import bar, progress
from qms.charts.dials import brand, dial, dial_rows
from qms.charts.figures import Formatter, figures
from qms.charts.marks import arrow, swatch
from qms.charts.matrix import Field, Point, matrix, point_swatch
from qms.charts.palette import PAPER, Palette
from qms.charts.radars import Axis, Series, radar
from qms.charts.spread import spread
from qms.charts.strips import strip
from qms.charts.svg import Number, Scale, band_edges
from qms.charts.timeline import Span, span_swatch, timeline
from qms.charts.whiskers import interval

__all__ = [
    "PAPER",
    "Axis",
    "Field",
    "Formatter",
    "Number",
    "Palette",
    "Point",
    "Scale",
    "Series",
    "Span",
    "arrow",
    "band_edges",
    "bar",
    "brand",
    "dial",
    "dial_rows",
    "figures",
    "interval",
    "matrix",
    "point_swatch",
    "progress",
    "radar",
    "span_swatch",
    "spread",
    "strip",
    "swatch",
    "timeline",
]
