"""What people read of how a category is judged and of its prizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from qms.awards.models import Category, Judging, Prize, Round
from qms.awards.queries.rounds import panels_in_points
from qms.frameworks.domain.framework import text
from qms.ui.components import Crumbs, Link, Note, PageHead
from qms.ui.components.part import Part
from qms.ui.numbers import figure

from .building import Moving, moving_of
from .rounds import crumbs_to as crumbs_to_round


@dataclass(frozen=True)
class PrizeItem:
    """A prize: what it is called, its kind, how many there are, where it is changed and moved."""

    title: str
    lead: str
    facts: str
    moving: Moving | None = None


@dataclass(frozen=True)
class JudgingText(Part):
    """The rules of the jury in sentences, and the prizes, the highest first."""

    rules: tuple[str, ...]
    prizes: tuple[PrizeItem, ...]
    level: int = 3
    template_name: ClassVar[str] = "awards/_judging.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        prize = PrizeItem("Statuetka", "", "statuetka, najwyżej 1")
        return (cls(("Każdy wniosek ocenia niezależnie 3 ekspertów.",), (prize,)),)


def text_of(category: Category, prizes: Iterable[Prize], *, language: str = "", level: int = 3) -> JudgingText | None:
    """How the category is judged and its prizes; nothing where nothing is said."""
    language = language or get_language() or "pl"
    judging: Judging | None = getattr(category, "judging", None)
    rules = tuple(_rules(category, judging, language)) if judging else ()
    items = tuple(PrizeItem(one.title_in(language), one.lead_in(language), facts_of(one, language)) for one in prizes)
    return JudgingText(rules, items, level) if rules or items else None


def prize_items(prizes: Sequence[Prize], *, builds: bool) -> tuple[PrizeItem, ...]:
    """The prizes in their order; who prepares the round changes and moves them."""
    return tuple(
        PrizeItem(
            one.title, one.lead, facts_of(one), moving_of("prize", one.pk, place, len(prizes)) if builds else None
        )
        for place, one in enumerate(prizes, 1)
    )


def facts_of(prize: Prize, language: str = "") -> str:
    """Kind, number and points of a prize; its kind only where its title says something else."""
    kind, title = str(prize.get_kind_display()), prize.title_in(language or get_language() or "pl")
    facts = [kind] if kind.casefold() != title.casefold() else []
    if prize.at_most:
        facts.append(gettext("at most %(count)s") % {"count": prize.at_most})
    if prize.from_points is not None:
        facts.append(gettext("from %(points)s points") % {"points": points(prize.from_points)})
    return ", ".join(facts)


def points(value: Decimal) -> str:
    """Points, with a decimal only where there is one."""
    return figure(value, 0 if value == value.to_integral_value() else 1)


def head_of(category: Category) -> PageHead:
    """The head of the page of judging and prizes."""
    lead = gettext("Offices read this before they apply. Once the round is announced it stays as it is.")
    return PageHead(gettext("Judging and prizes"), over=category.title, lead=lead)


def fixed_note(category: Category, *, runs: bool) -> Note | None:
    """Why who runs the round cannot change it any more."""
    if not runs or category.round.state == Round.State.DRAFT:
        return None
    return Note(gettext("The round is announced: judging and prizes stay as they are."))


def crumbs_to(category: Category, *labels: str) -> Crumbs:
    """The way from the list of rounds to the page."""
    crumbs = crumbs_to_round(category.round, gettext("Judging and prizes"))
    here = Link(f"{category.title}: {crumbs.links[-1].label}", _page(category) if labels else "")
    return Crumbs((*crumbs.links[:-1], here, *(Link(label, "") for label in labels)))


def _page(category: Category) -> str:
    return reverse("awards:judging", args=[category.pk])


def _rules(category: Category, judging: Judging, language: str) -> Iterator[str]:
    said = ngettext(
        "%(count)s juror scores each application, without seeing the scores of others.",
        "%(count)s jurors score each application, each without seeing the scores of others.",
        judging.jurors,
    )
    yield said % {"count": judging.jurors}
    yield _panel(category, judging, language)
    yield gettext("The total is the mean of the sections by their weight, from 0 to 100 points.")
    talk = gettext("Where the totals of jurors lie more than %(points)s points apart, they talk and agree on a score.")
    yield talk % {"points": points(judging.talk_above)}
    yield _tie(judging) % {"points": points(judging.tie_below)}
    yield _nobody(judging)
    yield from _visits(judging)


def _panel(category: Category, judging: Judging, language: str) -> str:
    for panel in panels_in_points(category):
        if panel.code == judging.panel and category.framework:
            named = {"panel": text(panel.titles, language), "framework": category.framework.short_in(language)}
            return gettext("Scoring panel: %(panel)s (%(framework)s).") % named
    return gettext("Each section is scored from 0 to 100 points.")


def _tie(judging: Judging) -> str:
    if judging.tie_rule == Judging.TieRule.HEAVIEST:
        return gettext(
            "Totals less than %(points)s points apart are a tie: the higher score in the section of the greatest"
            " weight decides, then in the next."
        )
    return gettext("Totals less than %(points)s points apart are a tie: they share the place and the jury decides.")


def _nobody(judging: Judging) -> str:
    if judging.blocks_region:
        return gettext("Nobody judges an office where they work or worked, nor an office of their own region.")
    return gettext("Nobody judges an office where they work or worked.")


def _visits(judging: Judging) -> Iterator[str]:
    if judging.visit_from is not None:
        yield gettext("An office is visited from %(points)s points on.") % {"points": points(judging.visit_from)}
    if judging.most_visits:
        said = ngettext(
            "At most %(count)s office is visited.", "At most %(count)s offices are visited.", judging.most_visits
        )
        yield said % {"count": judging.most_visits}
