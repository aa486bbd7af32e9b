"""What the list of rounds and the head of a round show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, Self

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qms.awards.models import Application, Programme, Round
from qms.awards.queries.rounds import CURRENT, DRAFTS, PAST
from qms.frameworks.domain.framework import text
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, Link, PageHead, Row, State, Step, Steps, Tabs
from qms.ui.components.part import Part, StateKind

from .deadline import left_words
from .hours import moment_of
from .overview import state_of as application_state


@dataclass(frozen=True)
class Lines(Part):
    """A thing, and a fine line under it."""

    main: object
    fine: str = ""
    template_name: ClassVar[str] = "awards/_lines.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("8 stycznia 2027, 15:30 (Europe/Warsaw)", "zostały 3 dni 4 godz."),)


@dataclass(frozen=True)
class Own(Part):
    """Applications of one's own offices, each with its state."""

    items: tuple[tuple[Link, State], ...]
    template_name: ClassVar[str] = "awards/_own.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(((Link("PUP Gołdap, organizacje publiczne", "#"), State("Szkic", "going")),)),)


def state_of(found: Round, at: datetime) -> State:
    """How far the round is at this moment, by its state and its calendar."""
    kinds: dict[str, StateKind] = {"draft": "", "published": "going", "finished": "done"}
    if found.state == Round.State.PUBLISHED:
        if found.receives(at):
            return State(_("Takes applications"), "going")
        if found.is_closed(at):
            return State(pgettext("award round", "Closed"), "done")
    return State(str(found.get_state_display()), kinds[found.state])


def crumbs_to(found: Round | None, *labels: str) -> Crumbs:
    """The way from the list of rounds to the page."""
    links = [Link(_("Awards"), reverse("awards:round-list") if found or labels else "")]
    if found is not None:
        links.append(Link(found.title, reverse("awards:round", args=[found.pk]) if labels else ""))
    return Crumbs((*links, *(Link(label, "") for label in labels)))


def tabs_of(kind: str, counts: Mapping[str, int]) -> Tabs:
    """Rounds that are open, past, and for organisers those in preparation."""
    labels = {
        CURRENT: pgettext("award rounds", "Open"),
        DRAFTS: pgettext("award rounds", "In preparation"),
        PAST: pgettext("award rounds", "Past"),
    }
    links = (
        Link(labels[one], f"?{one}=1" if one else "?", current=one == kind, count=str(counts[one]))
        for one in labels
        if one in counts
    )
    return Tabs(_("Rounds by their state"), tuple(links))


def rounds_table(
    rounds: Sequence[Round], own: Mapping[int, Sequence[Application]], at: datetime, *, kind: str, applies: bool
) -> DataTable:
    """The rounds with their closing, and what one's own offices have there."""
    headers = [pgettext("award", "Round"), _("Organiser"), _("State"), pgettext("award round", "Closes")]
    with_own = kind != DRAFTS and (applies or any(own.values()))
    rows = []
    for one in rounds:
        left = left_words(one.closes_at - at) if kind == CURRENT and one.receives(at) else ""
        cells: list[object] = [
            Lines(Link(one.title, reverse("awards:round", args=[one.pk])), one.programme.title),
            Lines(one.programme.organiser, region_of(one.programme)),
            state_of(one, at),
            Lines(moment_of(one, one.closes_at), left),
        ]
        if with_own:
            cells.append(own_of(own[one.pk]) if own.get(one.pk) else "–")
        rows.append(Row(tuple(cells)))
    titles = (*headers, _("Your applications")) if with_own else tuple(headers)
    return DataTable(_("Award rounds"), titles, tuple(rows), stack=True)


def own_of(applications: Iterable[Application]) -> Own:
    """Each own application with its office, its category and its state."""
    items = []
    for one in applications:
        label = f"{one.office.short_name}: {one.category.title}"
        items.append((Link(label, reverse("awards:application", args=[one.pk])), application_state(one)))
    return Own(tuple(items))


def programmes_table(programmes: Sequence[Programme]) -> DataTable:
    """The awards that the person runs, each with the way to its next round."""
    headers = (pgettext("award", "Award"), _("Organiser"), _("Region"), _("What to do"))
    rows = tuple(
        Row(
            (
                Link(one.title, reverse("awards:programme-edit", args=[one.pk])),
                one.organiser,
                region_of(one),
                Button(
                    _("Prepare a round"),
                    url=reverse("awards:round-add", args=[one.pk]),
                    kind="secondary",
                    small=True,
                    hidden=one.title,
                ),
            )
        )
        for one in programmes
    )
    return DataTable(_("Awards that you run"), headers, rows, stack=True)


def region_of(programme: Programme) -> str:
    """Its region, or the whole country."""
    return programme.region.name if programme.region is not None else _("The whole country")


def round_head(found: Round, at: datetime, *, runs: bool) -> PageHead:
    """The head of a round."""
    steps: tuple[Button, ...] = ()
    if runs:
        edit = Button(_("Settings"), url=reverse("awards:round-edit", args=[found.pk]), kind="secondary")
        received = Button(_("Applications received"), url=reverse("awards:received", args=[found.pk]))
        steps = {"draft": (edit,), "published": (received, edit), "finished": (received,)}[found.state]
    meta: list[tuple[str, object]] = [(_("Organiser"), found.programme.organiser), (_("Year"), str(found.year))]
    if found.contact_email:
        meta.append((_("Contact"), Link(found.contact_email, f"mailto:{found.contact_email}")))
    return PageHead(
        found.title,
        over=found.programme.title,
        state=state_of(found, at),
        lead=found.lead,
        meta=tuple(meta),
        action=steps or None,
    )


def calendar_of(found: Round, at: datetime) -> Steps:
    """Its moments in order, by its own clock; the one that comes next is marked."""
    moments = [
        (found.opens_at, pgettext("award round", "Opens"), ""),
        (found.closes_at, pgettext("award round", "Closes"), ""),
        (found.embargo_until, _("Results may be told"), ""),
    ]
    if found.gala_at is not None:
        moments.append((found.gala_at, _("Gala"), found.gala_place))
    moments.sort(key=lambda one: one[0])
    ahead = [moment for moment, _title, _place in moments if moment > at]
    steps = []
    with timezone.override(found.timezone):
        for moment, title, place in moments:
            note = f"{numbers.moment(moment)}, {place}" if place else numbers.moment(moment)
            steps.append(Step(title, note, _stage(moment, ahead)))
    return Steps(tuple(steps), across=True)


def _stage(moment: datetime, ahead: Sequence[datetime]) -> Literal["past", "now", "next"]:
    if moment not in ahead:
        return "past"
    return "now" if moment == ahead[0] else "next"


def rules_of(found: Round) -> str:
    """The rules in the reader's language."""
    return text(found.rules, get_language() or "pl")
