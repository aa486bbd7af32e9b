"""The figures of many offices: four numbers, four small tables with bars, and the offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms import charts
from qms.improvements.models import Action, Effect, Plan
from qms.ui import numbers
from qms.ui.components import DataTable, Part, Stat, Stats

if TYPE_CHECKING:
    from qms.improvements.queries.network import Network, OfficeRow

SORTS = ("name", "region", "actions", "running", "late", "share", "done", "improved")


@dataclass(frozen=True)
class ShareBar(Part):
    """A share of a hundred as a thin bar with its number."""

    count: int
    of: int
    template_name: ClassVar[str] = "improvements/_share_bar.html"

    @property
    def svg(self) -> str:
        """The bar; the number stands beside it."""
        return charts.progress(self.count, max(self.of, 1))

    @property
    def shown(self) -> str:
        """The share in words; a dash of nothing."""
        return numbers.share(100 * self.count / self.of) if self.of else numbers.figure(None)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(17, 29),)


def stats_of(network: Network) -> Stats:
    """Offices with a plan, what is late, what was answered, what worked."""
    offices, late, findings, verdicts = network.offices, network.lateness, network.findings, network.verdicts
    return Stats(
        (
            Stat(
                _("Offices with an open approved plan"),
                numbers.figure(offices.count),
                _("of %(count)s") % {"count": numbers.figure(offices.of)},
                (share_words(offices.count, offices.of),),
            ),
            Stat(
                _("Late actions"),
                numbers.figure(late.count),
                _("of %(count)s") % {"count": numbers.figure(late.of)},
                (_("of those approved or in progress"),),
            ),
            Stat(
                _("Findings answered"),
                numbers.figure(findings.of("answered")),
                _("of %(count)s") % {"count": numbers.figure(findings.total)},
                (_("of those that offices have taken up"),),
            ),
            Stat(
                _("Actions that improved something"),
                numbers.figure(verdicts.of("improved")),
                _("of %(count)s") % {"count": numbers.figure(verdicts.total)},
                (_("of those whose effect was stated"),),
            ),
        )
    )


def share_words(count: int, of: int) -> str:
    """The share in words, nothing where there is none."""
    return numbers.share(100 * count / of) if of else ""


def tables_of(network: Network) -> tuple[DataTable, ...]:
    """Every figure by its kinds, each count with its share."""
    kinds = (("answered", _("answered by an action")), ("aside", _("set aside")), ("waiting", _("waiting")))
    return (
        _table(_("Plans by stage"), _("Stage"), Plan.Stage.choices, network.plans.by),
        _table(_("Actions of approved plans by status"), _("Status"), Action.Status.choices, network.actions.by),
        _table(_("Findings that offices have taken up"), _("Finding"), kinds, network.findings.by),
        _table(_("Verdicts on finished actions"), _("Verdict"), Effect.Verdict.choices, network.verdicts.by),
    )


def _table(caption: str, head: str, kinds: Iterable[tuple[str, object]], counts: object) -> DataTable:
    found = dict(counts)  # type: ignore[call-overload]
    total = sum(found.values())
    rows = tuple(
        (str(label), numbers.figure(found.get(name, 0)), ShareBar(found.get(name, 0), total)) for name, label in kinds
    )
    return DataTable(caption, (head, _("Count"), _("Share")), rows, (1,), show_caption=True)


def sorted_rows(rows: Sequence[OfficeRow], asked: str) -> list[OfficeRow]:
    """The offices in the order that the address asks for; by name where it asks for nonsense."""
    name = asked.removeprefix("-")
    if name not in SORTS or name == "name":
        return list(reversed(rows)) if asked == "-name" else list(rows)
    key = {
        "region": lambda row: row.office.region.name,
        "share": lambda row: row.lateness.share if row.lateness.share is not None else -1,
    }.get(name, lambda row: getattr(row, name))
    return sorted(rows, key=key, reverse=asked.startswith("-"))


def lead_of(network: Network) -> str:
    """How many offices and actions the figures tell about."""
    offices, actions = network.offices.of, network.actions.total
    said = ngettext("%(count)s office.", "%(count)s offices.", offices) % {"count": numbers.figure(offices)}
    return f"{said} " + ngettext(
        "%(count)s action in approved plans.", "%(count)s actions in approved plans.", actions
    ) % {"count": numbers.figure(actions)}
