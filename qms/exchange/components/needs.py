"""One weak point of an office: its score among all, and the practices that are proposed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from qms.ui import numbers
from qms.ui.components import Link, Part

from .because import Factor, factors_of, reasons_of
from .reader import NOBODY, Reader
from .spreads import Spread, spread_of

if TYPE_CHECKING:
    from qms.exchange.queries.showing import Shown
    from qms.goodpractices.models import PracticePage

SHORT = 120  # letters of a reason that stand beside the score
END = re.compile(r"[.!?…]\s+(?=\w)|\n+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One practice with why it is proposed, and what can be done with it."""

    practice: str
    title: str
    url: str
    who: str
    summary: str
    why: str
    factors: tuple[Factor, ...] = ()
    fit: str = ""
    adopt_url: str = ""
    is_adopted: bool = False
    ask_url: str = ""
    visit: Link | None = None


@dataclass(frozen=True)
class NeedSection(Part):
    """A weak point: on the left where the office stands, on the right what may help."""

    node: str
    title: str
    framework: str
    score: str
    highest: str
    reason: str
    change: str
    spread: Spread
    proposals: tuple[Proposal, ...]
    set_aside: tuple[Proposal, ...] = ()
    call_url: str = ""
    reader: Reader = NOBODY
    reason_rest: str = ""
    template_name: ClassVar[str] = "exchange/_need.html"

    @property
    def ident(self) -> str:
        """What the section is called in the address."""
        return f"need-{self.node.replace('.', '-')}"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        proposal = Proposal(
            "0",
            "Sołtys jako punkt informacji",
            "#",
            "PUP Suwałki, podlaskie",
            "Sołtysi dostają co miesiąc kartkę o pracy urzędu i pytają sąsiadów, czego brakuje.",
            "Efekt potwierdzono pomiarem: ocena 8.1, z 30 do 52.",
            (Factor("Czego jeszcze brakuje", "0,72"), Factor("Dopasowanie", "0,42")),
            "0,42",
            "#",
        )
        spread = Spread.samples()[0]
        reason = "Urząd nie pyta mieszkańców."
        facts = ("8.1", "Postrzeganie społeczne", "caf-2020", "28", "100", reason, "Spadek z 36 w 2024.")
        return (cls(*facts, spread, (proposal,)),)


def need_section(content: Mapping[str, Any], shown: Shown, reader: Reader) -> NeedSection:
    """The weak point as this reader may see it now."""
    framework, node = content["framework"], content["node"]
    distribution = content.get("distribution")
    released = (distribution or {}).get("release")
    rows = list(_proposals(content, shown, reader))
    reason, rest = parted(content.get("reason") or "")
    return NeedSection(
        node=node,
        title=shown.title_of(framework, node),
        framework=framework,
        score=numbers.figure(content["score"]),
        highest=numbers.figure(content["highest"]),
        reason=reason,
        change=change_words(content),
        spread=spread_of(distribution, own=content["score"], is_withdrawn=released in shown.withdrawn),
        proposals=tuple(row for row, is_aside in rows if not is_aside),
        set_aside=tuple(row for row, is_aside in rows if is_aside),
        call_url=_call_url(framework, node) if reader.may_ask else "",
        reader=reader,
        reason_rest=rest,
    )


def parted(text: str) -> tuple[str, str]:
    """The first sentences of a text, enough to know what it is about, and the rest of it."""
    ends = [found.end() for found in END.finditer(text)]
    cut = next((end for end in ends if end >= SHORT), len(text))
    cut = next((end for end in reversed(ends) if end <= 2 * SHORT), cut) if cut > 2 * SHORT else cut
    return text[:cut].strip(), text[cut:].strip()


def change_words(content: Mapping[str, Any]) -> str:
    """How the score moved since the assessment before; nothing where there was none."""
    before, year = content.get("before"), content.get("before_year")
    if before is None or not year:
        return ""
    facts = {"before": numbers.figure(before), "year": year}
    moved = numbers.rounded(content["score"]) - numbers.rounded(before)
    if not moved:
        return gettext("The same as in %(year)s.") % facts
    return (
        gettext("Up from %(before)s in %(year)s.") if moved > 0 else gettext("Down from %(before)s in %(year)s.")
    ) % facts


def _proposals(content: Mapping[str, Any], shown: Shown, reader: Reader) -> Iterator[tuple[Proposal, bool]]:
    place = content["framework"], content["node"]
    for one in content["proposals"]:
        key = str(one["practice"])
        practice = shown.practices.get(key)
        if practice is not None:
            yield proposal_of(one, practice, shown, reader), (key, *place) in shown.own.set_aside


def proposal_of(one: Mapping[str, Any], practice: PracticePage, shown: Shown, reader: Reader) -> Proposal:
    """The practice as it is proposed, with the reasons that may be told now."""
    because, key = one["because"], str(one["practice"])
    url, is_adopted = practice.get_url() or "", key in shown.own.taken_over
    may_adopt = reader.may_adopt and not is_adopted
    host = because.get("host_assessment")
    # The fit was reckoned with the host's score: who knows the formula reads it back from the factors.
    tells_fit = host is None or host in shown.named
    return Proposal(
        practice=key,
        title=practice.title,
        url=url,
        who=whose(practice),
        summary=practice.summary,
        why=reasons_of(because, practice, shows_score=host in shown.named),
        factors=factors_of(one["fit"]) if tells_fit else (),
        fit=numbers.figure(one["fit"]["total"], 2) if tells_fit else "",
        adopt_url=reverse("improvements:practice-adopt", args=[practice.pk]) if may_adopt else "",
        is_adopted=is_adopted,
        ask_url=f"{url}#ask" if reader.is_own else "",
        visit=_visit(one.get("offer"), shown, reader),
    )


def whose(practice: PracticePage) -> str:
    """The office of the practice and its region."""
    office = practice.office
    return f"{office.short_name or office.name}, {office.region.name}"


def _visit(offer: int | None, shown: Shown, reader: Reader) -> Link | None:
    if offer is None or offer not in shown.offers or not reader.may_visit:
        return None
    if (visit := shown.own.visits.get(offer)) is not None:
        return Link(gettext("You have asked for a visit"), reverse("exchange:visit", args=[visit]))
    return Link(gettext("Ask for a visit"), reverse("exchange:visit-ask", args=[offer]))


def _call_url(framework: str, node: str) -> str:
    return f"{reverse('exchange:help-add')}?{urlencode({'node': f'{framework}:{node}'})}"
