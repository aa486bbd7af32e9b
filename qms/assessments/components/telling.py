"""What results say in words and figures, the same on the page and on paper; every sentence follows from the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qms.assessments.queries import CriterionResultView, NodeResultView, Results
from qms.charts import band_edges
from qms.frameworks.domain.framework import Framework, Node, text
from qms.frameworks.domain.panel import Band, decimal_of
from qms.frameworks.domain.rollup import weighted_mean
from qms.stats.disclosure import MINIMUM
from qms.ui import numbers

VERY_STRONG = 4
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that one sees: its figure, then a sentence."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Teller:
    """A framework's names and numbers in the reader's language."""

    framework: Framework

    def said(self, mapping: Mapping[str, str]) -> str:
        """The text in the reader's language."""
        return text(mapping, (get_language() or "pl")[:2])

    @property
    def framework_name(self) -> str:
        """The short name of the framework."""
        return self.said(self.framework.shorts or self.framework.titles)

    def title(self, node: Node) -> str:
        """The whole title of a node."""
        return self.said(node.titles)

    def short(self, node: Node) -> str:
        """The title for charts and tables."""
        return self.said(node.shorts) or self.title(node)

    def named(self, node: Node) -> str:
        """Identifier and short title."""
        return f"{node.identifier} {self.short(node)}"

    def score(self, value: Decimal | None) -> str:
        """The score of a subcriterion."""
        return numbers.figure(value, self.framework.rounding.node)

    def criterion(self, value: Decimal | float | None) -> str:
        """The score of a criterion or of a group of them."""
        return numbers.figure(value, self.framework.rounding.criterion)

    def total(self, value: Decimal | None) -> str:
        """The total."""
        return numbers.figure(value, self.framework.rounding.total)

    def change(self, value: Decimal | None, digits: int) -> str:
        """A change with its sign, a dash where there is none."""
        return "–" if value is None else numbers.signed(value, digits)

    def span(self, band: Band) -> str:
        """From where to where a band reaches."""
        return f"{band.low}–{band.high}"

    @property
    def edges(self) -> tuple[float, ...]:
        """The lines between the bands."""
        return band_edges(band.high for band in self.framework.bands)

    @property
    def rings(self) -> tuple[int, ...]:
        """The tops of the bands below the last one, as a radar draws them."""
        return tuple(band.high for band in self.framework.bands[:-1])

    @property
    def scale(self) -> str:
        """The scale in words."""
        return _("Points from %(low)s to %(high)s") % {"low": self.framework.lowest, "high": self.framework.highest}


def listed(items: Iterable[str]) -> str:
    """Things one after another, the last one after “and”."""
    *first, last = items
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def part_before(results: Results, group: str) -> Decimal | None:
    """What enablers or results together had in the previous cycle; only when every criterion may be compared."""
    criteria = [each for each in results.criteria if each.node.group == group]
    if not criteria or any(each.figure.change is None for each in criteria):
        return None
    mean = weighted_mean((Fraction(each.figure.previous or 0), each.node.share) for each in criteria)
    return None if mean is None else decimal_of(mean)


def scored(results: Results) -> list[NodeResultView]:
    """The nodes that have a score."""
    return [node for node in results.nodes if node.figure.value is not None]


def highest(results: Results, count: int = 5) -> list[NodeResultView]:
    """The nodes with the highest scores; equal ones in the framework's order."""
    return sorted(scored(results), key=lambda each: -(each.figure.value or 0))[:count]


def lowest(results: Results, count: int = 5) -> list[NodeResultView]:
    """The nodes with the lowest scores; equal ones in the framework's order."""
    return sorted(scored(results), key=lambda each: each.figure.value or 0)[:count]


def summary(results: Results) -> tuple[str, ...]:
    """Three or four sentences for whoever reads nothing else."""
    teller = Teller(results.framework)
    return tuple(filter(None, (_course(results, teller), _ends(results, teller), _coverage(results, teller))))


def _course(results: Results, teller: Teller) -> str:
    """How the criteria moved since the previous cycle, and which ones may not be compared with it."""
    if results.previous_year is None:
        return ""
    return " ".join(filter(None, (_rises(results, teller), not_compared(results))))


def not_compared(results: Results) -> str:
    """Which criteria have no change although both figures stand: they are made of different nodes."""
    apart = [each.node.identifier for each in results.criteria if each.figure.is_apart]
    if not apart:
        return ""
    return ngettext(
        "Criterion %(names)s is not compared with %(year)s: not the same subcriteria have a score.",
        "Criteria %(names)s are not compared with %(year)s: not the same subcriteria have a score.",
        len(apart),
    ) % {"names": listed(apart), "year": results.previous_year}


def _rises(results: Results, teller: Teller) -> str:
    pairs = [each for each in results.criteria if each.figure.change is not None]
    if not pairs:
        return ""
    places = teller.framework.rounding.criterion
    moves = [(each, numbers.rounded(each.figure.change, places)) for each in pairs]
    down = [each for each, move in moves if move < 0]
    up = sum(move > 0 for _each, move in moves)
    values = {"up": up, "of": len(pairs), "year": results.previous_year}
    if up == len(results.criteria):
        return _("Every criterion rose since %(year)s.") % values
    first = _("Of %(of)s criteria %(up)s rose since %(year)s.") % values
    if not down:
        return first
    return (
        first + " " + _("Lower than then: %(names)s.") % {"names": "; ".join(teller.named(each.node) for each in down)}
    )


def _ends(results: Results, teller: Teller) -> str:
    """The highest and the lowest criterion."""
    given = _whole(results)
    if len(given) < SEVERAL:
        return ""
    top = max(given, key=lambda each: each.figure.value or 0)
    foot = min(given, key=lambda each: each.figure.value or 0)
    ends = (
        _("Highest: %(top)s (%(top_value)s); lowest: %(foot)s (%(foot_value)s).")
        if len(given) == len(results.criteria)
        else _("Of the fully scored criteria, highest: %(top)s (%(top_value)s); lowest: %(foot)s (%(foot_value)s).")
    )
    return ends % {
        "top": teller.named(top.node),
        "top_value": teller.criterion(top.figure.value),
        "foot": teller.named(foot.node),
        "foot_value": teller.criterion(foot.figure.value),
    }


def _coverage(results: Results, teller: Teller) -> str:
    """How much was scored."""
    covered = results.coverage
    if covered.is_full:
        return ngettext("The one subcriterion was scored.", "All %(of)s subcriteria were scored.", covered.of) % {
            "of": covered.of
        }
    blank = [node for node in results.nodes if node.figure.value is None]
    return _("Scored: %(scored)s of %(of)s subcriteria; without a score, and not counted as zero: %(names)s.") % {
        "scored": covered.scored,
        "of": covered.of,
        "names": ", ".join(node.node.identifier for node in blank),
    }


def remarks(results: Results) -> tuple[Remark, ...]:
    """What one sees in the figures, at most five things."""
    teller = Teller(results.framework)
    found = (
        _top(results, teller),
        _foot(results, teller),
        _weakest(results, teller),
        _moves(results, teller),
        _strong(results, teller),
    )
    return tuple(remark for remark in found if remark is not None)


def _whole(results: Results) -> list[CriterionResultView]:
    """The criteria of which every node has a score: only these are ranked."""
    return [each for each in results.criteria if each.figure.value is not None and each.coverage.is_full]


def _top(results: Results, teller: Teller) -> Remark | None:
    given = _whole(results)
    if len(given) < SEVERAL:
        return None
    top = max(given, key=lambda each: each.figure.value or 0)
    rises = [each for each in given if (each.figure.change or 0) > 0]
    most = max(rises, key=lambda each: each.figure.change or 0, default=None)
    values = {"name": teller.named(top.node), "year": results.previous_year}
    if top is most:
        sentence = _("%(name)s: the highest score and the largest rise since %(year)s (%(change)s).") % {
            **values,
            "change": teller.change(top.figure.change, teller.framework.rounding.criterion),
        }
    elif len(given) == len(results.criteria):
        sentence = _("%(name)s: the highest score of all criteria.") % values
    else:
        sentence = _("%(name)s: the highest score of the fully scored criteria.") % values
    return Remark(teller.criterion(top.figure.value), sentence)


def _foot(results: Results, teller: Teller) -> Remark | None:
    given = _whole(results)
    if len(given) < SEVERAL:
        return None
    foot = min(given, key=lambda each: each.figure.value or 0)
    sentence = (
        _("%(name)s: the lowest score of all criteria.")
        if len(given) == len(results.criteria)
        else _("%(name)s: the lowest score of the fully scored criteria.")
    ) % {"name": teller.named(foot.node)}
    if foot.figure.benchmark is not None:
        places = teller.framework.rounding.criterion
        gap = foot.figure.value - foot.figure.benchmark  # type: ignore[operator]
        sentence += " " + _("Median of other offices: %(median)s (difference %(gap)s).") % {
            "median": teller.criterion(foot.figure.benchmark),
            "gap": teller.change(gap, places),
        }
    return Remark(teller.criterion(foot.figure.value), sentence)


def _weakest(results: Results, teller: Teller) -> Remark | None:
    first = lowest(results, 1)
    if not first:
        return None
    node = first[0]
    sentence = (
        _("%(name)s: the lowest of all subcriteria.")
        if results.coverage.is_full
        else _("%(name)s: the lowest of the scored subcriteria.")
    ) % {"name": teller.named(node.node)}
    if node.figure.previous is not None:
        sentence += " " + _("In %(year)s it was %(score)s.") % {
            "year": results.previous_year,
            "score": teller.score(node.figure.previous),
        }
    return Remark(teller.score(node.figure.value), sentence)


def _moves(results: Results, teller: Teller) -> Remark | None:
    places = teller.framework.rounding.node
    moves = [
        (node, numbers.rounded(node.figure.change, places)) for node in results.nodes if node.figure.change is not None
    ]
    if not moves:
        return None
    down = [node.node.identifier for node, move in moves if move < 0]
    up = sum(move > 0 for _node, move in moves)
    sentence = ngettext("subcriterion rose since %(year)s.", "subcriteria rose since %(year)s.", up) % {
        "year": results.previous_year
    }
    if down:
        sentence += " " + _("Lower than then: %(names)s.") % {"names": listed(down)}
    return Remark(numbers.figure(up), sentence)


def _strong(results: Results, teller: Teller) -> Remark | None:
    strong = [node for node in results.nodes if node.figure.band and node.figure.band.index >= VERY_STRONG]
    if not strong:
        return None
    bound = teller.framework.bands[VERY_STRONG].low
    sentence = ngettext(
        "subcriterion reaches %(bound)s and may become a good practice: %(names)s.",
        "subcriteria reach %(bound)s and may become good practices: %(names)s.",
        len(strong),
    ) % {"bound": bound, "names": listed(node.node.identifier for node in strong)}
    return Remark(numbers.figure(len(strong)), sentence)


def no_benchmark() -> str:
    """Why other offices are not shown."""
    return _(
        "Fewer than %(count)s other offices share figures of this edition. Under %(count)s a median could tell"
        " whose it is, so it is not shown."
    ) % {"count": MINIMUM}


def benchmark_name(offices: int) -> str:
    """The benchmark as keys of charts call it."""
    return ngettext("median of %(count)s office", "median of %(count)s offices", offices) % {"count": offices}


def dissents(results: Results) -> Sequence[NodeResultView]:
    """The nodes at which somebody kept another score."""
    return [node for node in results.nodes if node.dissent]
