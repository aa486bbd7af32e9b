"""What others see of a self-assessment under each choice, drawn by what draws the pages themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _

from qms.assessments.models import Assessment
from qms.exchange.models import Release
from qms.exchange.queries.consent import Best, Sharing
from qms.exchange.queries.showing import Shown
from qms.ui.components import Part

from .lists import ListRow, strong_section
from .spreads import SHOWN, Spread, spread_of

Consent = Assessment.Consent
# What a distribution looks like, as long as there is none of the subcriterion.
MADE_UP: dict[str, Any] = {"count": 23, "median": "41", "bins": [[0, 30, 5], [30, 40, 6], [40, 60, 6], [60, 100, 6]]}


@dataclass(frozen=True)
class Example(Part):
    """Exactly what another office reads: nothing, a distribution, or a line with the name."""

    title: str
    words: str = ""
    spread: Spread | None = None
    rows: tuple[ListRow, ...] = ()
    note: str = ""
    template_name: ClassVar[str] = "exchange/_example.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        title = "8.1 Postrzeganie społeczne"
        row = ListRow("74", "PUP Gołdap, warmińsko-mazurskie", line="8.1: ocena 74 w 2026 r.")
        return (
            cls(title, "Nie ma tu Państwa urzędu."),
            cls(title, spread=Spread.samples()[0], note="Liczby przykładowe."),
            cls(title, rows=(row,)),
        )


def example_for(consent: str, sharing: Sharing, release: Release | None) -> Example:
    """What others read where the office is strongest, if this is what it shares."""
    best = sharing.best
    if best is None:
        return Example(sharing.assessment.title, _("No subcriterion has a score, so there is nothing to see."))
    title = f"{best.node} {best.title}"
    if consent == Consent.NOTHING:
        return Example(title, _("Your office does not stand here, and no figure counts it."))
    if consent == Consent.ANONYMOUS:
        note = "" if release is not None else _("Made-up figures: there is no distribution of this subcriterion yet.")
        return Example(title, spread=_distribution(sharing, best, release), note=note)
    note = _("Only where your score is in the upper quarter of all that are shared.")
    return Example(title, rows=_row(sharing, best), note=note)


def _distribution(sharing: Sharing, best: Best, release: Release | None) -> Spread:
    tree = sharing.assessment.edition.tree()
    shown = MADE_UP if release is None else release.shown
    scale = {"lowest": tree.lowest, "highest": tree.highest}
    return spread_of({**shown, **scale, "node": best.node, "state": SHOWN})


def _row(sharing: Sharing, best: Best) -> tuple[ListRow, ...]:
    """The line as the theme's page would show it."""
    assessment = sharing.assessment
    row = {
        "assessment": assessment.pk,
        "office": assessment.office_id,
        "node": best.node,
        "score": str(best.score),
        "year": assessment.year,
    }
    may = Shown(named=frozenset({assessment.pk}), offices={assessment.office_id: assessment.office})
    section = strong_section({"rows": [row]}, may)
    return section.rows if section is not None else ()
