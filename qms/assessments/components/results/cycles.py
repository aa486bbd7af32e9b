"""One cycle beside another."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.assessments.components.telling import Teller
from qms.assessments.queries import Cycle
from qms.assessments.queries import Figure as Score
from qms.frameworks.domain.framework import Framework
from qms.ui import numbers
from qms.ui.components import (
    DataTable,
    Delta,
    Figure,
    KeyItem,
    Link,
    ScoreRow,
    Scores,
    Stat,
    Stats,
)

from .drawings import band_of


def cycles_table(framework: Framework, cycles: Sequence[Cycle]) -> DataTable:
    """The criteria of all cycles, oldest first, and the change from the first to the last."""
    teller, places = Teller(framework), framework.rounding.criterion
    heads = (_("Criterion"), *(str(cycle.year) for cycle in cycles), pgettext("difference", "Change"))
    rows: list[tuple[object, ...]] = []
    for node in framework.criteria:
        values = [cycle.criteria.get(node.identifier) for cycle in cycles]
        change = teller.change(cycles[-1].change_since(cycles[0], node), places)
        rows.append((teller.named(node), *(numbers.figure(value, places) for value in values), change))
    totals, digits = [cycle.total for cycle in cycles], framework.rounding.total
    change = teller.change(cycles[-1].total_change_since(cycles[0]), digits)
    rows.append((_("Total"), *(numbers.figure(total, digits) for total in totals), change))
    return DataTable(
        _("Criteria by cycle, %(scale)s") % {"scale": teller.scale}, heads, tuple(rows), tuple(range(1, len(heads)))
    )


def cycles_figure(framework: Framework, cycles: Sequence[Cycle]) -> Figure:
    """The latest cycle on its scale, the one before it as a mark."""
    teller, (before, latest) = Teller(framework), cycles[-2:]
    rows = []
    for node in framework.criteria:
        now, then = latest.criteria.get(node.identifier), before.criteria.get(node.identifier)
        figure = Score(now, None if now is None else framework.band_of(now), then, None)
        change = latest.change_since(before, node)
        note = _("since %(year)s") % {"year": before.year}
        rows.append(
            ScoreRow(
                teller.named(node),
                now,
                band_of(teller, figure),
                then,
                None,
                None if change is None else Delta(change, digits=framework.rounding.criterion, note=note),
                digits=framework.rounding.criterion,
                maximum=framework.highest,
                ticks=teller.edges,
            )
        )
    return Figure(
        _("%(now)s against %(then)s") % {"now": latest.year, "then": before.year},
        Scores(tuple(rows)),
        number=_("Figure %(number)s") % {"number": 1},
        unit=_("Strokes under the bar are the bounds of the bands"),
        key=(KeyItem(str(before.year), "previous-mark"),),
        table=cycles_table(framework, cycles),
    )


def totals_of(framework: Framework, cycles: Sequence[Cycle]) -> Stats:
    """The total of each of the last four cycles with its change."""
    teller, shown = Teller(framework), []
    for place, cycle in list(enumerate(cycles))[-4:]:
        before = cycles[place - 1] if place else None
        notes: tuple[object, ...] = (Link(_("Results"), reverse("assessments:results", args=[cycle.pk])),)
        change = None if before is None else cycle.total_change_since(before)
        if before is not None and change is not None:
            note = _("since %(year)s") % {"year": before.year}
            notes = (Delta(change, digits=framework.rounding.total, note=note), *notes)
        shown.append(Stat(str(cycle.year), teller.total(cycle.total), "", notes))
    return Stats(tuple(shown))
