"""The figures of a round, drawn and in tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms import charts
from qms.awards.components.hours import moment_of
from qms.awards.models import Round
from qms.laureates.domain.figures import Bin
from qms.laureates.queries.statistics import Figures
from qms.ui import numbers
from qms.ui.components import Button, DataTable, Figure, Note, Stat, Stats


def stats_of(figures: Figures) -> Stats:
    """Begun, submitted, withdrawn; how many ballots are in, and how long they took."""
    stats = [
        Stat(pgettext("applications", "Begun and not submitted"), _sum(figures, "drafts")),
        Stat(pgettext("applications", "Submitted"), _sum(figures, "submitted")),
        Stat(pgettext("applications", "Withdrawn"), _sum(figures, "withdrawn")),
    ]
    if figures.ballots:
        of = _("of %(count)s") % {"count": numbers.figure(figures.ballots)}
        stats.append(Stat(_("Ballots handed in"), numbers.figure(figures.handed_in), of))
    if figures.time is not None:
        stats.append(Stat(_("Median time of a ballot"), numbers.figure(figures.time.median, 1), _("days")))
    return Stats(tuple(stats))


def _sum(figures: Figures, name: str) -> str:
    return numbers.figure(sum(getattr(one, name) for one in figures.counted))


def category_table(figures: Figures) -> DataTable:
    """How many there are by category."""
    headers = (
        _("Category"),
        pgettext("applications", "Begun and not submitted"),
        pgettext("applications", "Submitted"),
        pgettext("applications", "Withdrawn"),
    )
    rows = tuple(
        (one.category.title, *(numbers.figure(each) for each in (one.drafts, one.submitted, one.withdrawn)))
        for one in figures.counted
    )
    return DataTable(_("By category"), headers, rows, (1, 2, 3), stack=True)


def kind_table(figures: Figures) -> DataTable:
    """How many there are by kind of office."""
    rows = tuple((name, numbers.figure(many)) for name, many in figures.kinds)
    return DataTable(_("By kind of office"), (_("Kind of office"), _("Applications")), rows, (1,))


def size_table(figures: Figures) -> DataTable:
    """How many there are by the number of staff."""
    rows = [(bin_words(one, whole=True), numbers.figure(one.count)) for one in figures.sizes]
    if figures.size_unknown:
        rows.append((_("not known"), numbers.figure(figures.size_unknown)))
    return DataTable(_("By number of staff"), (_("Staff"), _("Applications")), tuple(rows), (1,))


def totals_figure(figures: Figures) -> Figure | None:
    """Where the totals lie; nothing while no application is revealed."""
    if figures.spread is None:
        return None
    drawn = [(one.low, one.high, one.count) for one in figures.totals if one.count and one.high is not None]
    median = numbers.figure(figures.spread.median, 1)
    said = _("Median %(median)s, lowest %(lowest)s, highest %(highest)s.") % {
        "median": median,
        "lowest": numbers.figure(figures.spread.lowest, 1),
        "highest": numbers.figure(figures.spread.highest, 1),
    }
    title = _("Totals of the applications")
    svg = charts.spread(
        drawn,
        median=figures.spread.median,
        median_name=_("median %(median)s") % {"median": median},
        ident="totals",
        title=title,
        description=said,
    )
    rows = tuple((bin_words(one), numbers.figure(one.count)) for one in figures.totals)
    table = DataTable(title, (_("Points"), _("Applications")), rows, (1,))
    how = _("Only applications for which every ballot is in.") + " " + said
    return Figure(title, svg, unit=_("Points from 0 to 100"), table=table, how=how)


def range_table(figures: Figures) -> DataTable:
    """How far the jurors of an application lay apart."""
    rows = tuple((bin_words(one), numbers.figure(one.count)) for one in figures.ranges)
    return DataTable(_("How far jurors lay apart"), (_("Points"), _("Applications")), rows, (1,))


def talk_table(figures: Figures) -> DataTable:
    """How often a talk was needed, and what was agreed."""
    talks = figures.talks
    rows = (
        (_("Jurors lay further apart than the rule lets"), numbers.figure(talks.apart)),
        (_("Agreed after a talk"), numbers.figure(talks.after_talk)),
        (_("Agreed after a visit"), numbers.figure(talks.after_visit)),
    )
    return DataTable(_("Talks and agreements"), (_("What"), _("Applications")), rows, (1,))


def severity_table(figures: Figures) -> DataTable | None:
    """By how much each juror gives more or less than the others; shown, never used."""
    if not figures.severities:
        return None
    headers = (_("Juror"), _("Applications"), _("Difference in points"))
    rows = tuple((sign, numbers.figure(one.n), numbers.signed(one.mean, 1)) for sign, one in figures.severities)
    return DataTable(_("Jurors against the others of the same applications"), headers, rows, (1, 2))


def export_part(found: Round, at: datetime, url: str) -> Button | Note:
    """The file, or from when on it is made."""
    if found.embargo_until > at:
        when = {"moment": moment_of(found, found.embargo_until)}
        return Note(_("The table is made from %(moment)s on, when results may be told.") % when)
    return Button(_("Download the table (XLSX)"), url=url, kind="secondary")


def bin_words(one: Bin, *, whole: bool = False) -> str:
    """From where to where a bin goes; whole things end one below the next bin."""
    if one.high is None:
        return _("%(low)s and more") % {"low": numbers.figure(one.low)}
    return numbers.scoped(one.low, one.high - 1 if whole else one.high)


def tables_of(figures: Figures) -> Sequence[DataTable]:
    """All tables about scores, in order."""
    return tuple(_tables(figures))


def _tables(figures: Figures) -> Iterator[DataTable]:
    if figures.spread is None:
        return
    yield range_table(figures)
    yield talk_table(figures)
    if (table := severity_table(figures)) is not None:
        yield table
