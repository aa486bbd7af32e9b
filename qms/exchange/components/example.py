"""What others see of a self-assessment under each choice, shown with the office's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _

from qms.assessments.models import Assessment
from qms.charts.spread import spread
from qms.exchange.models import Release
from qms.exchange.queries.consent import Best, Sharing
from qms.ui.components import DataTable, Figure, Part
from qms.ui.numbers import figure, scoped

Consent = Assessment.Consent
# What a distribution looks like, as long as there is none of the subcriterion.
MADE_UP: dict[str, Any] = {"count": 23, "median": "41", "bins": [[0, 30, 5], [30, 40, 6], [40, 60, 6], [60, 100, 6]]}


@dataclass(frozen=True)
class Example(Part):
    """Exactly what another office reads: nothing, a distribution, or a line with the name."""

    title: str
    words: str = ""
    picture: Figure | None = None
    name: str = ""
    score: str = ""
    of: str = ""
    note: str = ""
    template_name: ClassVar[str] = "exchange/_example.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Samoocena 2026", "Nie ma tu Państwa urzędu."),
            cls("8.1 Postrzeganie społeczne", picture=distribution(MADE_UP, 0, 100), note="Liczby przykładowe."),
            cls("8.1 Postrzeganie społeczne", name="PUP Gołdap", score="74", of="na 100"),
        )


def example_for(consent: str, sharing: Sharing, release: Release | None) -> Example:
    """What others read where the office is strongest, if this is what it shares."""
    best = sharing.best
    title = f"{best.node} {best.title}" if best is not None else sharing.assessment.title
    if consent == Consent.NOTHING:
        return Example(title, _("Your office does not stand here, and no figure counts it."))
    if consent == Consent.ANONYMOUS:
        tree = sharing.assessment.edition.tree()
        note = "" if release is not None else _("Made-up figures: there is no distribution of this subcriterion yet.")
        shown = release.shown if release is not None else MADE_UP
        return Example(title, picture=distribution(shown, tree.lowest, tree.highest), note=note)
    return _by_name(title, sharing, best)


def _by_name(title: str, sharing: Sharing, best: Best | None) -> Example:
    assessment = sharing.assessment
    if best is None:
        return Example(title, _("No subcriterion has a score, so there is nothing to name."))
    return Example(
        title,
        name=assessment.office.short_name,
        score=figure(best.score),
        of=_("of %(most)s, self-assessment %(year)s")
        % {"most": figure(assessment.edition.tree().highest), "year": assessment.year},
        note=_("Only if this score is in the upper quarter of all that are shared."),
    )


def distribution(shown: dict[str, Any], lowest: int, highest: int) -> Figure:
    """The distribution as its page draws it, with the table of its columns."""
    median = figure(shown["median"])
    bins = [(low, high, count) for low, high, count in shown["bins"]]
    caption = _("Scores of %(count)s offices without names") % {"count": figure(shown["count"])}
    rows = tuple((scoped(low, high), figure(count)) for low, high, count in bins)
    picture = spread(
        bins,
        minimum=lowest,
        maximum=highest,
        median=Decimal(shown["median"]),
        median_name=_("median %(median)s") % {"median": median},
        ident="example",
        title=caption,
        description=_("The median is %(median)s.") % {"median": median},
    )
    return Figure(caption, picture, table=DataTable(caption, (_("Score"), _("Offices")), rows, (1,)))
