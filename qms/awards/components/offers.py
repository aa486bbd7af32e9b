"""Sources to choose from, with what each would lay down."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.awards.domain.offer import Figures, Offer
from qms.awards.models import Paragraph, Question
from qms.awards.queries.filling import fitting
from qms.awards.queries.offering.filed import places_of
from qms.awards.queries.sources import Sources
from qms.frameworks.domain.framework import text
from qms.ui import numbers

MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One source: what it is, where it stands, what it says."""

    key: str
    kind: str
    title: str
    url: str
    text: str
    is_used: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """Sources that belong to one criterion."""

    title: str
    lines: tuple[OfferLine, ...]
    is_open: bool = False


def offer_groups(
    sources: Sources, question: Question, *, used: Collection[str], chosen: Collection[str]
) -> tuple[OfferGroup, ...]:
    """What belongs to the question first, then all else by criterion; each source once."""
    seen: set[str] = set()

    def group(title: str, offers: Iterable[Offer], *, is_open: bool = False) -> OfferGroup:
        fresh = [one for one in fitting(question.kind, offers) if one.key not in seen]
        seen.update(one.key for one in fresh)
        lines = tuple(_line(one, used, chosen) for one in fresh)
        return OfferGroup(title, lines, is_open=is_open or any(line.is_chosen for line in lines))

    node, language = question.node or question.section.node, get_language() or "pl"
    groups = [group(_("For this question"), sources.under(node), is_open=True)] if node else []
    if sources.tree is not None:
        for root in sources.tree.criteria:
            places = places_of(sources.tree, root)
            under = [one.offer for one in sources.filed if places & one.places]
            groups.append(group(f"{root.identifier} {text(root.titles, language)}", under))
    groups.append(group(_("Without a criterion"), sources.everything()))
    return tuple(one for one in groups if one.lines)


def _line(offer: Offer, used: Collection[str], chosen: Collection[str]) -> OfferLine:
    return OfferLine(
        key=offer.key,
        kind=str(Paragraph.Source(offer.source).label),
        title=offer.title,
        url=offer.url,
        text=offer.text if offer.figures is None else figures_words(offer.figures),
        is_used=offer.key in used,
        is_chosen=offer.key in chosen,
    )


def figures_words(figures: Figures) -> str:
    """A row of figures in the reader's language: Waiting time (days): 2025: 21, 2026: 14; target 15."""
    years = range(figures.year - len(figures.values) + 1, figures.year + 1)
    pairs = [(year, value) for year, value in zip(years, figures.values, strict=True) if value is not None]
    named = f"{figures.title} ({figures.unit})" if figures.unit else figures.title
    told = ", ".join(f"{year}: {_exact(value)}" for year, value in pairs)
    source = f" ({'; '.join(figures.evidence)})" if figures.evidence else ""
    if figures.target is None:
        return f"{named}. {told}{source}"
    facts = {"named": named, "years": told, "target": _exact(figures.target)}
    return _("%(named)s. %(years)s; target: %(target)s") % facts + source


def _exact(value: object) -> str:
    digits = next(one for one in range(MOST_DIGITS + 1) if numbers.rounded(value, one) == value or one == MOST_DIGITS)
    return numbers.figure(value, digits)
