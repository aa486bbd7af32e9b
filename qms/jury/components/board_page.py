"""What stands around the board: head, phases, who the jurors are, why somebody does not judge, how it is reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.components.deadline import left_words
from qms.awards.components.hours import moment_of
from qms.awards.models import Category, Judging, Round
from qms.jury.domain.pool import last_moment
from qms.jury.models import Phase
from qms.jury.queries.board import Board, Show, running
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, Link, PageHead, State, Step, Steps, Tabs

from .board import reasons_of


def crumbs_of(category: Category, *links: Link) -> Crumbs:
    """The way from the awards to the board and what lies behind it."""
    one = category.round
    board = Link(_("Scores of the jury"), reverse("jury:board", args=[category.pk]) if links else "")
    way = (Link(_("Awards"), reverse("awards:round-list")), Link(one.title, reverse("awards:round", args=[one.pk])))
    return Crumbs((*way, board, *links))


def over_of(category: Category) -> str:
    """Which round and category it is about."""
    return _("%(round)s, category “%(category)s”") % {"round": category.round.title, "category": category.title}


def head_of(board: Board, category: Category, phases: Sequence[Phase], at: datetime, *, changes: bool) -> PageHead:
    """What it is, how far it is, and what the organiser does next."""
    phase = running(phases, at)
    meta: list[tuple[str, object]] = [(_("Scores handed in"), _handed_in(board))]
    if phase is not None and phase.may_score:
        until = f"{moment_of(category.round, phase.ends_at)}, {left_words(phase.ends_at - at)}"
        meta.append((_("Scores until"), until))
    out = sum(one.excluded for one in board.standings)
    if out:
        words = ngettext("%(count)s conflict of interest", "%(count)s conflicts of interest", out)
        meta.append((pgettext("jury", "Exclusions"), words % {"count": numbers.figure(out)}))
    return PageHead(
        _("Scores of the jury"),
        over=over_of(category),
        state=State(phase.title, "going") if phase else State(_("no phase runs now")),
        lead=_lead(board),
        meta=tuple(meta),
        action=tuple(_actions(board, category, phase)) if changes else None,
    )


def steps_of(found: Round, phases: Iterable[Phase], received: int, at: datetime) -> Steps:
    """The way from the applications over the phases to the day when results are told."""
    zone = found.timezone
    told = ngettext("%(count)s application", "%(count)s applications", received) % {"count": received}
    closed = _step(_("Applications"), told, found.opens_at, found.closes_at, at)
    steps = [closed, *(_phase(one, found, at) for one in phases)]
    steps.append(
        Step(
            _("Results are told"),
            _("%(day)s, embargo") % {"day": numbers.day(found.embargo_until.astimezone(zone).date())},
            "past" if found.embargo_until <= at else "next",
        )
    )
    return Steps(tuple(steps), across=True)


def tabs_of(board: Board, show: Show) -> Tabs:
    """All applications, those that need a talk, and those that are not revealed."""
    counts: dict[Show, tuple[str, int]] = {
        "": (_("All"), len(board.standings)),
        "talk": (_("Need a talk"), sum(one.needs_talk for one in board.standings)),
        "open": (_("Not revealed"), sum(not (one.is_revealed or one.is_out) for one in board.standings)),
    }
    links = (
        Link(label, f"?show={kind}" if kind else "?", current=kind == show, count=numbers.figure(count))
        for kind, (label, count) in counts.items()
    )
    return Tabs(_("Applications by their scores"), tuple(links))


def jurors_table(board: Board, *, names: bool) -> DataTable:
    """Each juror with how much is handed in, and by how much they differ from the others."""
    asked: dict[int, int] = {}
    given: dict[int, int] = {}
    for one in board.given:
        asked[one.juror] = asked.get(one.juror, 0) + 1
        given[one.juror] = given.get(one.juror, 0) + one.is_in
    rows = []
    for seat in board.seats:
        strict = board.severity.get(seat.pk)
        handed = _("%(done)s of %(all)s") % {"done": given.get(seat.pk, 0), "all": asked.get(seat.pk, 0)}
        difference = (numbers.signed(strict.mean, 1), str(strict.n)) if strict else (numbers.figure(None), "0")
        rows.append((seat.sign, *([seat.user.name] if names else []), handed, *difference))
    heads = [_("Juror"), *([pgettext("person", "Name")] if names else [])]
    heads += [pgettext("scores", "Handed in"), _("Difference from the others, points"), _("Applications")]
    start = len(heads) - 3
    return DataTable(
        _("Jurors: what is handed in, and severity"),
        tuple(heads),
        tuple(rows),
        (start, start + 1, start + 2),
        stack=True,
    )


def conflicts_table(board: Board) -> DataTable | None:
    """Who does not judge what, and why; of the applications on this page."""
    rows = tuple(
        (number, sign, row.reason or str(row.get_kind_display()), numbers.day(row.made_at))
        for number, sign, row in reasons_of(board)
    )
    heads = (_("Application"), _("Juror"), _("Reason"), pgettext("conflict of interest", "Since"))
    return DataTable(_("Conflicts of interest"), heads, rows, stack=True) if rows else None


def how_of(judging: Judging) -> tuple[str, ...]:
    """How numbers come about, in a few sentences."""
    points: Mapping[str, str] = {
        "talk": numbers.figure(judging.talk_above, 1),
        "tie": numbers.figure(judging.tie_below, 1),
    }
    return (
        _("A section has the mean of the jurors' scores, or what they agreed on. The total is their mean by weight."),
        _("What cannot be judged is left out. It is never a zero."),
        _("Numbers of an application appear when its last juror has handed in, for the organiser too."),
        _("Totals more than %(talk)s points apart need a talk. The first scores stay on file.") % points,
        _("Totals closer than %(tie)s points are a tie.") % points,
        _("A juror with a conflict of interest sees neither the application nor its scores."),
        _("The difference of a juror is the mean of own totals minus the mean of the others. It changes no result."),
    )


def _handed_in(board: Board) -> str:
    done = sum(one.is_in for one in board.given)
    return _("%(done)s of %(all)s") % {"done": numbers.figure(done), "all": numbers.figure(len(board.given))}


def _lead(board: Board) -> str:
    """How many have all scores, need a talk, are tied."""
    revealed, talks = sum(one.is_revealed for one in board.standings), sum(one.needs_talk for one in board.standings)
    all_in = ngettext(
        "%(count)s of %(all)s applications has all its scores.",
        "%(count)s of %(all)s applications have all their scores.",
        revealed,
    )
    words = [all_in % {"count": revealed, "all": len(board.standings)}]
    if talks:
        words.append(ngettext("%(count)s needs a talk.", "%(count)s need a talk.", talks) % {"count": talks})
    if board.tied:
        words.append(ngettext("%(count)s is tied.", "%(count)s are tied.", board.tied) % {"count": board.tied})
    return " ".join(words)


def _actions(board: Board, category: Category, phase: Phase | None) -> Iterable[Button]:
    yield Button(_("Assign applications"), url=reverse("jury:assign", args=[category.pk]), kind="secondary")
    late = len({one.juror for one in board.given if not one.is_in})
    if late and phase is not None and phase.may_score:
        label = ngettext("Remind %(count)s juror", "Remind %(count)s jurors", late) % {"count": late}
        yield Button(label, url=reverse("jury:remind", args=[category.pk]), kind="secondary", post=True)


def _phase(one: Phase, found: Round, at: datetime) -> Step:
    start, end = (moment.astimezone(found.timezone).date() for moment in (one.starts_at, last_moment(one.ends_at)))
    if one.starts_at <= at:
        note = _("until %(day)s") % {"day": numbers.short_day(end)}
    else:
        note = f"{numbers.short_day(start)} \N{EN DASH} {numbers.short_day(end)}"
    return _step(one.title, note, one.starts_at, one.ends_at, at)


def _step(title: str, note: str, start: datetime, end: datetime, at: datetime) -> Step:
    stage: Literal["past", "now", "next"] = "past" if end <= at else "now" if start <= at else "next"
    return Step(title, note, stage)
