"""What the list of findings shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.improvements.models import Action, Finding
from qms.improvements.queries import FindingView
from qms.offices.models import Office
from qms.ui.components import Button, Chip, Link, Stat, Stats, Tabs
from qms.ui.components.part import Part
from qms.ui.numbers import day, figure, scoped

OPEN, ANSWERED, ASIDE, ALL = "open", "answered", "aside", "all"
SHOWN = (OPEN, ANSWERED, ASIDE, ALL)


@dataclass(frozen=True)
class FindingRow(Part):
    """One finding: its score, its words, its evidence, what answers it, and what can be done with it."""

    key: str
    ident: str
    title: str
    detail: str
    score: str
    under_score: str
    over: str
    told: str
    evidence: tuple[Chip, ...] = ()
    answers: tuple[Link, ...] = ()
    aside: str = ""
    source_url: str = ""
    ticks: bool = False
    dismiss_url: str = ""
    restore_url: str = ""
    delete_url: str = ""
    template_name: ClassVar[str] = "improvements/_finding_row.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        chip = Chip("Badanie klientów 2026, n = 412", "E21")
        return (
            cls(
                "k1",
                "f1",
                "Urząd nie pyta mieszkańców, jak odbierają jego pracę.",
                "",
                "28",
                "od 20 do 45",
                "8.1 · obszar do poprawy",
                "Samoocena 2026",
                (chip,),
                (Link("D-1 Badanie mieszkańców", "#"),),
            ),
        )


def row_of(one: FindingView, office: Office, *, number: int, handles: bool) -> FindingRow:
    """The finding as this reader sees it."""
    source = Finding.Source(one.source).label if one.source in Finding.Source.values else one.source
    dismiss = ""
    if handles and one.is_open:
        query = urlencode({"office": office.pk, "key": one.key})
        dismiss = reverse("improvements:finding-dismiss") + f"?{query}"
    return FindingRow(
        key=one.key,
        ident=f"finding-{number}",
        title=one.title,
        detail=one.detail,
        score=figure(one.score) if one.score is not None else "",
        under_score=_("of %(scale)s") % {"scale": one.scale} if one.score is not None and one.scale else "",
        over=" · ".join(part for part in (one.node, str(source)) if part),
        told=_told(one),
        evidence=tuple(Chip(piece.title, piece.code) for piece in one.evidence),
        answers=tuple(
            Link(f"{answer.code} {answer.title}{_stopped(answer.status)}", _action_url(answer.pk))
            for answer in one.answers
        ),
        aside=one.dismissed_reason,
        source_url=one.url,
        ticks=handles and not one.is_dismissed,
        dismiss_url=dismiss,
        restore_url=_url("finding-restore", one) if handles and one.is_dismissed else "",
        delete_url=_url("finding-delete", one) if handles and one.is_own else "",
    )


def _told(one: FindingView) -> str:
    parts = [one.instrument]
    if one.low is not None and one.high is not None and one.low != one.high:
        parts.append(_("individual scores %(span)s") % {"span": scoped(one.low, one.high)})
    if one.found_on:
        parts.append(day(one.found_on))
    return " · ".join(part for part in parts if part)


def _stopped(status: str) -> str:
    return " (" + _("stopped") + ")" if status == Action.Status.STOPPED else ""


def _action_url(pk: int) -> str:
    return reverse("improvements:action-detail", args=[pk])


def _url(route: str, one: FindingView) -> str:
    return reverse(f"improvements:{route}", args=[one.pk])


# --- Around the list --------------------------------------------------------------------------------------------------


def narrowed(found: Iterable[FindingView], *, shown: str, source: str) -> list[FindingView]:
    """Those of this part of the list and of this source."""
    return [one for one in found if _belongs(one, shown) and source in ("", one.source)]


def _belongs(one: FindingView, shown: str) -> bool:
    if shown == OPEN:
        return one.is_open
    if shown == ANSWERED:
        return one.is_answered
    return one.is_dismissed if shown == ASIDE else True


def tabs_of(found: Sequence[FindingView], *, shown: str, source: str, office: Office) -> Tabs:
    """The parts of the list, each with how many it holds."""
    labels = {
        OPEN: pgettext("findings", "Unanswered"),
        ANSWERED: pgettext("findings", "Answered by an action"),
        ASIDE: pgettext("findings", "Set aside"),
        ALL: pgettext("findings", "All"),
    }
    return Tabs(
        _("Findings by what was done about them"),
        tuple(
            Link(
                label,
                address(office, shown=name, source=source),
                current=name == shown,
                count=str(len(narrowed(found, shown=name, source=""))),
            )
            for name, label in labels.items()
        ),
    )


def sources_of(found: Sequence[FindingView], *, shown: str, source: str, office: Office) -> tuple[Chip, ...]:
    """Ways to narrow the list to one source; the chosen one can be taken away."""
    part = narrowed(found, shown=shown, source="")
    if source:
        label = Finding.Source(source).label
        return (Chip(str(label), url=address(office, shown=shown, source=""), removes=True),)
    counted = {name: sum(one.source == name for one in part) for name in Finding.Source.values}
    return tuple(
        Chip(f"{Finding.Source(name).label} {count}", url=address(office, shown=shown, source=name))
        for name, count in counted.items()
        if count
    )


def address(office: Office, *, shown: str, source: str) -> str:
    """The list with these filters."""
    given = {"office": str(office.pk), "show": shown, "source": source}
    return (
        reverse("improvements:finding-list") + "?" + urlencode({name: value for name, value in given.items() if value})
    )


def stats_of(found: Sequence[FindingView]) -> Stats:
    """How much of what was found is answered."""
    answered, aside = sum(one.is_answered for one in found), sum(one.is_dismissed for one in found)
    waiting = sum(one.is_open for one in found)
    of = _("of %(count)s") % {"count": len(found)}
    return Stats(
        (
            Stat(pgettext("findings", "Unanswered"), str(waiting), of, (_("no action and no decision yet"),)),
            Stat(pgettext("findings", "Answered by an action"), str(answered), of),
            Stat(pgettext("findings", "Set aside"), str(aside), of, (_("each with a reason"),)),
        )
    )


def add_button(office: Office) -> Button:
    """The way to an observation of one's own."""
    url = reverse("improvements:finding-add") + f"?office={office.pk}"
    return Button(_("Add an own finding"), url=url, kind="secondary")
