"""What readers see of calls for help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.exchange.queries import calls
from qms.exchange.queries.calls import CallRow, NodePair
from qms.ui.components import Button, Crumbs, Link, PageHead, Part, State, Tabs
from qms.ui.numbers import day

if TYPE_CHECKING:
    from qms.exchange.models import HelpAnswer


@dataclass(frozen=True)
class CallItem(Part):
    """One call in a list: where help is looked for, who asks as far as it may be told, and the words."""

    node: str
    title: str
    who: str
    text: str
    told: str
    url: str
    state: State | None = None
    own: bool = False
    template_name: ClassVar[str] = "exchange/_call.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "6.1",
                "Wyniki w relacjach z klientami",
                "powiatowy urząd pracy",
                "Nie wiemy, jak pytać pracodawców, żeby odpowiadali.",
                "18 listopada 2026",
                "#",
            ),
        )


def call_item(row: CallRow, *, own: bool, answers: int = 0) -> CallItem:
    """The call as this reader sees it; who belongs to the office that asks learns how many answers came."""
    told = [day(row.asked_at)]
    if own:
        told.append(_answers(answers))
    return CallItem(
        row.node,
        row.title,
        row.speaker.words,
        row.text,
        ", ".join(told),
        reverse("exchange:help", args=[row.pk]),
        state=state_of(row) if row.closed_at else None,
        own=own,
    )


def state_of(row: CallRow) -> State:
    """Whether the call waits, and how it ended."""
    if row.closed_at is None:
        return State(pgettext("call for help", "Open"), "going")
    return State(_("Closed, it helped"), "done") if row.helped else State(pgettext("call for help", "Closed"))


def _answers(count: int) -> str:
    if not count:
        return _("no answer yet")
    return ngettext("one answer", "%(count)s answers", count) % {"count": count}


def call_head(row: CallRow, *, own: bool, changes: bool) -> PageHead:
    """The head of one call's page."""
    name = _("Shown to others as") if own else _("Who asks")
    change = Button(_("Change the call"), url=reverse("exchange:help-edit", args=[row.pk]), kind="secondary")
    return PageHead(
        f"{row.node} {row.title}".strip(),
        over=_("Call for help"),
        state=state_of(row),
        meta=((name, row.speaker.words), (_("Asked on"), day(row.asked_at))),
        action=change if changes else None,
    )


@dataclass(frozen=True)
class AnswerItem(Part):
    """One answer, read by the two offices only."""

    pk: int
    who: str
    told: str
    text: str
    practice: Link | None = None
    template_name: ClassVar[str] = "exchange/_answer.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        practice = Link("Dwa pytania w każdej ankiecie", "#")
        return (cls(1, "PUP Starachowice", "Dora Nowak, 18 listopada 2026", "Pytamy po rozmowie.", practice),)


def answer_item(answer: HelpAnswer) -> AnswerItem:
    """The answer with the office and the person who gave it."""
    practice = answer.practice
    shown = practice is not None and practice.live and practice.archived_at is None
    return AnswerItem(
        answer.pk,
        answer.office.short_name or answer.office.name,
        ", ".join(part for part in (answer.by.get_full_name(), day(answer.created_at)) if part),
        answer.text,
        Link(practice.title, practice.get_url() or "") if practice is not None and shown else None,
    )


# --- Around the list --------------------------------------------------------------------------------------------------


def crumbs(*labels: str) -> Crumbs:
    """The way from the list of calls to the page."""
    return Crumbs((Link(_("Calls for help"), reverse("exchange:help-list")), *(Link(one, "") for one in labels)))


def tabs_of(counts: dict[str, int], part: str, *, with_offices: bool) -> Tabs:
    """The parts of the list, each with how much it holds."""
    labels = {
        calls.OPEN: pgettext("calls for help", "Open"),
        calls.OURS: pgettext("calls for help", "Ours"),
        calls.ANSWERED: pgettext("calls for help", "Answered by us"),
        calls.CLOSED: pgettext("calls for help", "Closed"),
    }
    kept = labels if with_offices else {name: labels[name] for name in (calls.OPEN, calls.CLOSED)}
    links = (
        Link(label, list_url(part=name), current=name == part, count=str(counts[name])) for name, label in kept.items()
    )
    return Tabs(_("Calls for help by what became of them"), tuple(links))


def node_options(nodes: Iterable[tuple[NodePair, str]], chosen: NodePair | None) -> Sequence[tuple[str, str, bool]]:
    """Value, label and whether it is chosen, for each subcriterion that the list knows."""
    return [(":".join(pair), f"{pair[1]} {title}".strip(), pair == chosen) for pair, title in nodes]


def list_url(*, part: str = "", node: NodePair | None = None) -> str:
    """The list with these filters."""
    given = {"show": part, "node": ":".join(node) if node else ""}
    query = urlencode({name: value for name, value in given.items() if value})
    return reverse("exchange:help-list") + (f"?{query}" if query else "")
