"""What stands in the margin of a list: how many of each prize, ties, scores far apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.jury.models import DecisionList
from qms.jury.queries.deciding import Sheet
from qms.ui import numbers
from qms.ui.components import DataTable

from .hindrances import named

MOST_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Beside:
    """A remark in the margin, with the way to what it is about."""

    title: str
    text: str
    url: str = ""
    label: str = ""


def beside_of(sheet: Sheet) -> tuple[Beside, ...]:
    """Ties and talks, those at the top of the order first."""
    return (*islice(_ties(sheet), MOST_BESIDE), *islice(_talks(sheet), MOST_BESIDE))


def given_table(sheet: Sheet) -> DataTable | None:
    """How many of each prize are chosen as saved."""
    if sheet.stage == DecisionList.Stage.VISIT or not sheet.prizes:
        return None
    given = [row.verdict.prize for row in sheet.rows]
    rows = tuple(
        (one.title, str(given.count(one.pk)), "–" if one.at_most is None else str(one.at_most)) for one in sheet.prizes
    )
    return DataTable(_("Prizes chosen"), (_("Prize"), _("Chosen"), _("At most")), rows, numeric=(1, 2))


def _ties(sheet: Sheet) -> Iterator[Beside]:
    """One remark for each group that lies too close together."""
    seen: set[int] = set()
    for row in sheet.rows:
        if not row.close_to or row.pk in seen:
            continue
        group = [one for one in sheet.rows if one.pk == row.pk or one.pk in row.close_to]
        seen |= {one.pk for one in group}
        facts = {
            "totals": "; ".join(numbers.figure(one.candidate.total, 1) for one in group[:MOST_BESIDE]),
            "below": numbers.figure(sheet.judging.tie_below if sheet.judging else 0, 1),
            "rule": str(sheet.judging.get_tie_rule_display()) if sheet.judging else "",
        }
        text = _("Totals: %(totals)s. Less than %(below)s points apart is a tie; the rule: %(rule)s.") % facts
        yield Beside(_("Tie: %(numbers)s") % {"numbers": named([one.application.number for one in group])}, text)


def _talks(sheet: Sheet) -> Iterator[Beside]:
    """One remark for each application whose jurors have to talk."""
    for row in sheet.rows:
        standing = row.standing
        if not row.candidate.needs_talk or standing is None or standing.highest is None or standing.lowest is None:
            continue
        facts = {
            "low": numbers.figure(standing.lowest, 1),
            "high": numbers.figure(standing.highest, 1),
            "range": numbers.figure(standing.highest - standing.lowest, 1),
        }
        text = _("The totals reach from %(low)s to %(high)s, %(range)s points apart.") % facts
        title = pgettext("jury", "Scores far apart: %(number)s") % {"number": row.application.number}
        yield Beside(title, text, reverse("jury:talk", args=[row.pk]), _("Open the talk"))
