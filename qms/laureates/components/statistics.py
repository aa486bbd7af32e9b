"""The figures of a round, drawn and in tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms import charts
from qms.awards.components.hours import moment_of
from qms.awards.models import Round
from qms.jury.domain.ranking import Severity
from qms.laureates.domain.figures import Bin
from qms.laureates.queries.statistics import Figures
from qms.stats.disclosure import may_show
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
    if figures.time is not None and may_show(figures.time.n):
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
    """How many there are by kind of office; small kinds together."""
    others = _("Other kinds together") if len(figures.kinds) > 1 else _("All kinds together")
    rows = tuple((name or others, numbers.figure(many)) for name, many in figures.kinds)
    headers = (_("Kind of office"), _("Applications"))
    return DataTable(_("By kind of office"), headers, rows or _few(_("All kinds together")), (1,))


def size_table(figures: Figures) -> DataTable:
    """How many there are by the number of staff; neighbouring sizes together where there are few."""
    rows = _laid_together(figures.sizes, _("All sizes together"), whole=True)
    if rows and figures.size_unknown:
        rows.append((pgettext("staff", "not known"), _told(figures.size_unknown)))
    headers = (_("Staff"), _("Applications"))
    return DataTable(_("By number of staff"), headers, tuple(rows) or _few(_("All sizes together")), (1,))


def _laid_together(bins: Sequence[Bin], label: str, *, whole: bool = False) -> list[tuple[str, str]]:
    """A row for each stretch; where five were only found in all of them, what they are together."""
    if len(bins) == 1:
        return [(label, numbers.figure(bins[0].count))]
    return [(bin_words(one, whole=whole), numbers.figure(one.count)) for one in bins]


def _few(label: str) -> tuple[tuple[str, str], ...]:
    return ((label, _("fewer than five")),)


def _told(many: int) -> str:
    """How many, or that they are too few to be told."""
    return numbers.figure(many) if not many or may_show(many) else _("fewer than five")


def totals_part(figures: Figures) -> Figure | Note | None:
    """Where the totals lie; why that is not told where few are revealed; nothing while none is."""
    if not figures.scored:
        return None
    if figures.median is None:
        return Note(_("Fewer than five applications are scored. Their figures would tell about single offices."))
    median = numbers.figure(figures.median, 1)
    said = _("Median %(median)s.") % {"median": median}
    if len(figures.totals) == 1:
        few = _("The totals are too few to draw how they lie: each column would tell about single offices.")
        return Note(f"{said} {few}", _("Totals of the applications"))
    title = _("Totals of the applications")
    svg = charts.spread(
        [(one.low, one.high, one.count) for one in figures.totals if one.high is not None],
        median=figures.median,
        median_name=_("median %(median)s") % {"median": median},
        ident="totals",
        title=title,
        description=said,
    )
    rows = tuple((bin_words(one), numbers.figure(one.count)) for one in figures.totals)
    table = DataTable(title, (_("Points"), _("Applications")), rows, (1,))
    how = _("Only applications for which every ballot is in. A column counts at least five of them.") + " " + said
    return Figure(title, svg, unit=_("Points from 0 to 100"), table=table, how=how)


def range_table(figures: Figures) -> DataTable:
    """How far the jurors of an application lay apart."""
    rows = _laid_together(figures.ranges, _("All together"))
    rows_or_few = tuple(rows) or _few(_("All together"))
    return DataTable(_("How far jurors lay apart"), (_("Points"), _("Applications")), rows_or_few, (1,))


def talk_table(figures: Figures) -> DataTable:
    """How often a talk was needed, and what was agreed."""
    talks = figures.talks
    rows = (
        (_("Jurors lay further apart than the rule lets"), _told(talks.apart)),
        (_("Agreed after a talk"), _told(talks.after_talk)),
        (_("Agreed after a visit"), _told(talks.after_visit)),
    )
    return DataTable(_("Talks and agreements"), (_("What"), _("Applications")), rows, (1,))


def severity_table(figures: Figures) -> DataTable | None:
    """By how much each juror gives more or less than the others, over five applications at least; never used."""
    if not figures.severities:
        return None
    headers = (_("Juror"), _("Applications"), _("Difference in points"))
    rows = tuple((sign, _told(one.n), _difference(one)) for sign, one in figures.severities)
    return DataTable(_("Jurors against the others of the same applications"), headers, rows, (1, 2))


def _difference(one: Severity) -> str:
    return numbers.signed(one.mean, 1) if may_show(one.n) else "–"


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
    if figures.median is None:
        return
    yield range_table(figures)
    yield talk_table(figures)
    if (table := severity_table(figures)) is not None:
        yield table
