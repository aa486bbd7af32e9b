"""What readers see of evaluation meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.exchange.domain.gathering import gathers
from qms.exchange.models import Meeting
from qms.ui.components import Button, Crumbs, DataTable, Link, PageHead, Part, Row, Seal, State
from qms.ui.numbers import day

from .experiences import speaker_line

if TYPE_CHECKING:
    from datetime import date

    from qms.exchange.models import Experience
    from qms.exchange.queries.experiences import ExperienceRow


def state_of(meeting: Meeting, today: date) -> State:
    """How far the meeting is."""
    if meeting.state == Meeting.State.PUBLISHED:
        return State(pgettext("meeting", "Published"), "done")
    if gathers(meeting.state, meeting.closes_on, today):
        return State(_("Gathering experiences"), "going")
    return State(_("Gathering closed"), "wait")


def crumbs(*way: Link) -> Crumbs:
    """The way from the list of meetings to the page."""
    return Crumbs((Link(_("Evaluation meetings"), reverse("exchange:meeting-list")), *way))


def table_of(meetings: Iterable[Meeting], today: date) -> DataTable:
    """The meetings with their edition, day and state, and how many experiences stand there."""
    headers = (
        _("Meeting"),
        pgettext("experience sharing", "Edition"),
        _("Day"),
        _("State"),
        _("Experiences"),
        _("Yours"),
    )
    rows = tuple(_row(meeting, today) for meeting in meetings)
    return DataTable(_("Evaluation meetings"), headers, rows, (4,), stack=True)


def _row(meeting: Meeting, today: date) -> Row:
    yours = _("told") if meeting.mine else "–"  # type: ignore[attr-defined]  # counted by the query
    return Row(
        (
            Link(meeting.title, reverse("exchange:meeting", args=[meeting.pk])),
            meeting.edition.title,
            day(meeting.held_on),
            state_of(meeting, today),
            str(meeting.told),  # type: ignore[attr-defined]  # counted by the query
            yours,
        )
    )


def meeting_head(meeting: Meeting, today: date, *, counts: tuple[int, int], actions: tuple[Part, ...]) -> PageHead:
    """The head of one meeting's page."""
    meta: list[tuple[str, object]] = [
        (pgettext("experience sharing", "Edition"), meeting.edition.title),
        (_("Day"), day(meeting.held_on)),
    ]
    if meeting.place:
        meta.append((_("Place"), meeting.place))
    if meeting.closes_on and meeting.state == Meeting.State.OPEN:
        meta.append((_("Experiences until"), day(meeting.closes_on)))
    meta.append((_("Experiences"), _counted(*counts)))
    state = state_of(meeting, today)
    return PageHead(meeting.title, over=_("Evaluation meeting"), state=state, meta=tuple(meta), action=actions or None)


def _counted(told: int, offices: int) -> str:
    if not told:
        return _("none yet")
    many = ngettext("%(count)s from one office", "%(count)s from %(offices)s offices", offices)
    return many % {"count": told, "offices": offices}


def publish_seal(meeting: Meeting) -> Seal:
    """Before the page is published: what becomes fixed and who will see it."""
    return Seal(
        _("Publish what was told"),
        (
            _("the gathering: nobody tells or changes an experience any more"),
            _("the language of the page"),
        ),
        (
            _("everybody, also without signing in: what helped, what hindered, what to do otherwise"),
            _("names of offices only where the participant wished it; names of people nowhere"),
        ),
        reverse("exchange:meeting-publish", args=[meeting.pk]),
        _("I have read the experiences and left out what should not be public"),
        Button(_("Publish the page")),
        ident="publish",
    )


@dataclass(frozen=True)
class ToldItem(Part):
    """One experience with all its parts, for who told it, their office's heads, or who runs the meeting."""

    pk: int
    who: str
    parts: tuple[tuple[str, str], ...]
    left_out: str = ""
    is_left_out: bool = False
    ways: tuple[Button | Link, ...] = ()
    template_name: ClassVar[str] = "exchange/_told.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        parts = (("Co pomogło", "Jedna osoba prowadziła nas przez cały rok."), ("Co przeszkadzało", "Krótki termin."))
        return (cls(1, "powiatowy urząd pracy, członek grupy", parts, ways=(Button("Pomiń", url="#", kind="link"),)),)


def told_item(
    one: Experience, row: ExperienceRow, *, ways: tuple[Button | Link, ...], shows_reason: bool = True
) -> ToldItem:
    """The experience as it stands, with what the reader may do with it."""
    titles = {"helped": _("What helped"), "hindered": _("What hindered"), "advice": _("What to do otherwise")}
    parts = tuple((title, text) for name, title in titles.items() if (text := getattr(row, name)))
    reason = one.hidden_reason if shows_reason else ""
    return ToldItem(one.pk, speaker_line(row), parts, reason, one.hidden_at is not None, ways)


def own_ways(one: Experience, *, gathering: bool) -> tuple[Button | Link, ...]:
    """What the person may do with the own experience."""
    ways: list[Button | Link] = []
    if gathering:
        url = reverse("exchange:experience", args=[one.meeting_id])
        ways.append(Button(_("Change your experience"), url=url, kind="secondary"))
    if one.by_name:
        ways.append(name_button(one))
    url = reverse("exchange:experience-take-back", args=[one.pk])
    ways.append(Button(_("Take your experience back"), url=url, kind="secondary"))
    return tuple(ways)


def name_button(one: Experience) -> Button:
    """Takes the office's name off."""
    return _button(_("Take the office's name off"), "experience-unname", one)


def moderating_ways(one: Experience) -> tuple[Button | Link, ...]:
    """What who runs the meeting may do with an experience."""
    if one.hidden_at is not None:
        return (_button(_("Show it again"), "experience-show", one),)
    url = reverse("exchange:experience-hide", args=[one.pk])
    hidden = _("experience %(number)s") % {"number": one.pk}
    return (Button(_("Leave it out"), url=url, kind="secondary", small=True, hidden=hidden),)


def _button(label: str, route: str, one: Experience) -> Button:
    url = reverse(f"exchange:{route}", args=[one.pk])
    hidden = _("experience %(number)s") % {"number": one.pk}
    return Button(label, url=url, kind="secondary", post=True, small=True, hidden=hidden)
