"""How a practice went elsewhere: sentence, forest of changes, and the box by which one takes it over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from qms.charts.readings import gauge
from qms.goodpractices.domain.results import change_of
from qms.improvements.domain.effect import Verdict
from qms.improvements.queries.adoptions import JUDGED, Measured, best_first
from qms.ui import numbers
from qms.ui.components import Button, Delta, Link

from .effects.parts import VerdictWord

if TYPE_CHECKING:
    from qms.improvements.models import Action
    from qms.improvements.queries.adoptions import Adoption

AIR = Decimal("0.06")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One office's change, without its name."""

    name: str
    svg: str
    delta: Delta
    span: str
    verdict: VerdictWord
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Forest:
    """The changes of those who took the practice over, the best first."""

    title: str
    unit: str
    rows: tuple[ForestRow, ...]
    others: str


@dataclass(frozen=True, slots=True)
class AdoptBox:
    """What the box says to this reader, and what one can do there."""

    text: str
    steps: tuple[str, ...] = ()
    action: Button | Link | None = None
    fine: str = ""


def adoption_words_of(adoption: Adoption) -> str:
    """By how many offices, and how many of those that measured improved."""
    words = ngettext("%(count)s office", "%(count)s offices", adoption.offices) % {"count": adoption.offices}
    if not adoption.measured:
        return gettext("%(offices)s, none has measured it yet") % {"offices": words}
    facts = {"offices": words, "improved": adoption.improved, "measured": adoption.measured}
    return gettext("%(offices)s, improved in %(improved)s of %(measured)s measured") % facts


def adoption_line_of(adoption: Adoption) -> str:
    """The same for a row of a list; nothing where nobody took it over."""
    if not adoption.offices:
        return ""
    return gettext("adopted by %(words)s") % {"words": adoption_words_of(adoption)}


def sentence_of(adoption: Adoption) -> str:
    """What is said where single offices may not be shown."""
    if not adoption.offices:
        return gettext("No other office has taken it over yet. The first one can be yours.")
    if not adoption.measured:
        told = ngettext(
            "%(count)s office has taken it over; it has not measured the effect yet.",
            "%(count)s offices have taken it over; none has measured the effect yet.",
            adoption.offices,
        )
        return told % {"count": adoption.offices}
    told = ngettext(
        "%(count)s office has taken it over; of %(measured)s that measured, %(improved)s improved.",
        "%(count)s offices have taken it over; of %(measured)s that measured, %(improved)s improved.",
        adoption.offices,
    )
    return told % {"count": adoption.offices, "measured": adoption.measured, "improved": adoption.improved}


def forest_of(adoption: Adoption, results: Iterable[Any], *, author: str) -> Forest | None:
    """The changes on the practice's indicator that enough offices measured, its own among them; none where too few."""
    for result in results:
        rows = adoption.comparable(result.title, result.unit)
        if rows:
            return _forest(rows, adoption, indicator=result.title, own=_own(result), author=author)
    return None


def _own(result: Any) -> Measured | None:
    """The change of the office whose practice it is, where its verdict was stated on the platform."""
    change = change_of(result.before, result.after, result.low, result.high)
    if change is None or result.verdict not in JUDGED:
        return None
    facts = (change.difference, change.low, change.high)
    return Measured(result.title, result.unit, result.better, result.verdict, *facts)


def _forest(
    rows: tuple[Measured, ...], adoption: Adoption, *, indicator: str, own: Measured | None, author: str
) -> Forest:
    shown = sorted([*rows, *([own] if own else [])], key=best_first)
    ends = [Decimal(0), *(end for row in shown for end in (row.low, row.difference, row.high) if end is not None)]
    air = (max(ends) - min(ends)) * AIR or Decimal(1)
    span = min(ends) - air, max(ends) + air
    improved = sum(row.verdict == Verdict.IMPROVED for row in rows)
    title = ngettext(
        "%(improved)s of %(count)s office improved", "%(improved)s of %(count)s offices improved", len(rows)
    )
    less = adoption.measured - len(rows)
    others = ngettext("%(count)s office measures it otherwise.", "%(count)s offices measure it otherwise.", less)
    names = (gettext("Office %(letter)s") % {"letter": _letter(number)} for number in range(len(rows)))
    mine = gettext("%(office)s (author)") % {"office": author}
    return Forest(
        title=title % {"improved": improved, "count": len(rows)},
        unit=", ".join(filter(None, (gettext("change of “%(indicator)s”") % {"indicator": indicator}, rows[0].unit))),
        rows=tuple(_row(row, mine if row is own else next(names), span, is_own=row is own) for row in shown),
        others=others % {"count": less} if less else "",
    )


def _row(row: Measured, name: str, span: tuple[Decimal, Decimal], *, is_own: bool) -> ForestRow:
    words = ""
    if row.low is not None and row.high is not None:
        ends = {"low": numbers.signed(row.low, 1), "high": numbers.signed(row.high, 1)}
        words = gettext("from %(low)s to %(high)s") % ends
    better = "more" if row.better == "higher" else "less"
    # What cannot be told from chance is no rise and no fall.
    shown = Decimal(0) if row.verdict == Verdict.NO_CHANGE else row.difference
    return ForestRow(
        name=name,
        svg=gauge(row.difference, minimum=span[0], maximum=span[1], low=row.low, high=row.high, zero=True),
        delta=Delta(shown, text=numbers.signed(row.difference, 1), better=better),  # type: ignore[arg-type]
        span=words,
        verdict=VerdictWord(Verdict(row.verdict)),
        is_own=is_own,
    )


def _letter(number: int) -> str:
    """A, B, … Z, AA, AB …"""
    first, last = divmod(number, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[last]


def box_for_visitor() -> AdoptBox:
    """To whoever is not signed in."""
    return AdoptBox(
        gettext("Offices on this platform take a practice over into their improvement plan with one click."),
        action=Link(gettext("Sign in"), reverse("account_login")),
    )


def box_of_own() -> AdoptBox:
    """To the people of the practice's office."""
    return AdoptBox(gettext("This is a practice of your own office. Others can take it over from here."))


def box_for_staff() -> AdoptBox:
    """To those who lead no office's quality."""
    return AdoptBox(gettext("Your office's quality lead can take the practice over into the improvement plan."))


def box_of_adopted(action: Action) -> AdoptBox:
    """To a lead whose office does it already."""
    facts = {"office": action.plan.office.short_name or action.plan.office.name, "code": action.code}
    return AdoptBox(
        gettext("%(office)s takes this practice over already, as %(code)s of its plan.") % facts,
        action=Link(gettext("Open the action"), reverse("improvements:action-detail", args=[action.pk])),
    )


def box_of_archived() -> AdoptBox:
    """To everybody, of a practice that is no longer kept."""
    return AdoptBox(gettext("The practice is in the archive; it is not taken over any more."))


def box_to_adopt(practice_pk: int, office: str, indicator: str) -> AdoptBox:
    """To a lead who can take it over."""
    steps = [gettext("owner and days are yours to fill in")]
    if indicator:
        steps.append(gettext("indicator: %(indicator)s") % {"indicator": indicator})
    steps.append(gettext("once its effect is stated, it counts here, without your name"))
    return AdoptBox(
        gettext("An action goes into the plan of %(office)s as a proposal:") % {"office": office},
        tuple(steps),
        Button(gettext("We adopt this"), reverse("improvements:practice-adopt", args=[practice_pk])),
        gettext("You can stop it at any time, like any other action."),
    )
