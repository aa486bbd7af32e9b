"""What the values of facets are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from qms.goodpractices.domain import facets
from qms.goodpractices.models import PracticeClients, PracticePage
from qms.goodpractices.queries.catalogue import Lexicon
from qms.offices.models import Office
from qms.ui import numbers


@dataclass(frozen=True)
class Labels:
    """Names of facets and of their values in the reader's language."""

    lexicon: Lexicon
    plain: Mapping[str, Mapping[str, str]]

    def value(self, facet: str, value: str) -> str:
        """What one value is called; the value itself where nobody knows it any more."""
        if facet == facets.CRITERION:
            framework, _, node = value.partition(":")
            title = self.lexicon.criterion(framework, node)
            return f"{node} {title}" if title else value
        return self.plain.get(facet, {}).get(value, value)

    def groups(self, facet: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The legends under which a facet's values stand: criteria one for each framework, all others one."""
        if facet != facets.CRITERION:
            return [(legends()[facet], tuple(self.plain[facet]))]
        language = (get_language() or "en")[:2]
        return [
            (
                gettext("Criterion of %(framework)s") % {"framework": edition.short_in(language)},
                tuple(f"{code}:{node.identifier}" for node in edition.tree().criteria),
            )
            for code, edition in self.lexicon.editions.items()
        ]


def labels_of(lexicon: Lexicon) -> Labels:
    """All names, read once for a page."""
    return Labels(
        lexicon,
        {
            facets.CLIENTS: _names(PracticeClients.Group),
            facets.KIND: _names(Office.Kind),
            facets.REGION: lexicon.regions,
            facets.STAGE: _names(PracticePage.Stage),
            facets.EFFECT: _names(PracticePage.Effect),
            facets.COST: _costs(),
            facets.HOURS: _hours(),
        },
    )


def legends() -> dict[str, str]:
    """What the facets are called."""
    return {
        facets.CLIENTS: gettext("Client group"),
        facets.KIND: gettext("Kind of office"),
        facets.REGION: gettext("Region"),
        facets.STAGE: gettext("Stage"),
        facets.EFFECT: gettext("Effect"),
        facets.COST: gettext("Money, in the office's currency"),
        facets.HOURS: gettext("Hours of work"),
    }


def _names(choices: type) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}  # type: ignore[attr-defined]


def _costs() -> dict[str, str]:
    names = {name: _up_to(most) for name, most in facets.COSTS}
    return {**names, "none": pgettext("cost", "none"), facets.ABOVE: _above(facets.COSTS[-1][1])}


def _hours() -> dict[str, str]:
    return {**{name: _up_to(most) for name, most in facets.WORK}, facets.ABOVE: _above(facets.WORK[-1][1])}


def _up_to(most: int) -> str:
    return gettext("up to %(most)s") % {"most": numbers.figure(most)}


def _above(most: int) -> str:
    return gettext("more than %(most)s") % {"most": numbers.figure(most)}
