"""What the organiser sees of a jury: its people, what they declared, whom a rule excludes, its phases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.components.rounds import Lines, crumbs_to
from qms.awards.models import Round
from qms.jury.domain.pool import last_moment
from qms.jury.models import Juror, Phase
from qms.jury.queries.pool import Need, Pool, Seat
from qms.ui import numbers
from qms.ui.components import Button, Crumbs, DataTable, Link, PageHead, Row, State, Step, Steps
from qms.ui.components.part import Part


@dataclass(frozen=True)
class Lets(Part):
    """What a phase lets, one thing after another."""

    items: tuple[str, ...]
    template_name: ClassVar[str] = "jury/_lets.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(("zgłaszają konflikty interesów", "oceniają")), cls(()))


def crumbs_of(found: Round, *links: Link) -> Crumbs:
    """The way from the awards to the jury and what lies behind it."""
    above = crumbs_to(found, "").links[:-1]
    here = Link(_("Jury"), reverse("jury:pool", args=[found.pk]) if links else "")
    return Crumbs((*above, here, *links))


def pool_head(found: Round, pool: Pool, at: datetime) -> PageHead:
    """How many people judge, and what is missing."""
    seated = [one for one in pool.seats if one.juror.left_at is None]
    short = sum(one.short for one in pool.needs)
    words = [ngettext("%(count)s juror.", "%(count)s jurors.", len(seated)) % {"count": len(seated)}]
    if short:
        said = ngettext(
            "%(count)s application has too few jurors.", "%(count)s applications have too few jurors.", short
        )
        words.append(said % {"count": short})
    if not found.is_closed(at):
        words.append(_("Applications are sealed until the round closes."))
    phases = Button(_("Phases"), url=reverse("jury:phases", args=[found.pk]), kind="secondary")
    add = Button(_("Add a juror"), url=reverse("jury:juror-add", args=[found.pk]))
    return PageHead(_("Jury"), over=found.title, lead=" ".join(words), action=(add, phases))


def needs_table(needs: Sequence[Need], *, closed: bool) -> DataTable:
    """Each category: how many jurors sit there, how many an application needs, and where they lack."""
    heads = (
        _("Category"),
        _("Jurors in the pool"),
        _("Jurors for each application"),
        _("Applications"),
        _("With too few jurors"),
    )
    rows = tuple(
        Row(
            (
                Link(one.category.title, reverse("jury:board", args=[one.category.pk])),
                numbers.figure(one.seated),
                numbers.figure(one.each) if one.each else numbers.figure(None),
                numbers.figure(one.applications) if closed else numbers.figure(None),
                _short(one) if closed else numbers.figure(None),
            )
        )
        for one in needs
    )
    return DataTable(_("Pools by category"), heads, rows, numeric=(1, 2, 3, 4), stack=True)


def seats_table(seats: Sequence[Seat], *, closed: bool) -> DataTable:
    """The jurors with their promise, declarations and ballots."""
    heads = (
        _("Juror"),
        _("Categories"),
        _("Promise"),
        pgettext("juror", "Declared"),
        pgettext("juror", "Excluded"),
        _("Scores handed in"),
    )
    return DataTable(
        _("Jurors"), heads, tuple(_seat(one, closed=closed) for one in seats), numeric=(3, 4, 5), stack=True
    )


def exclusions_table(pool: Pool) -> DataTable | None:
    """Who does not judge what, and why."""
    rows = tuple(
        (
            f"{one.juror.sign} {one.juror.user.name}",
            Lines(one.application.number, one.application.office.name),
            str(one.get_kind_display()),
            one.reason or numbers.figure(None),
            numbers.day(one.made_at),
        )
        for one in pool.exclusions
    )
    heads = (_("Juror"), _("Application"), pgettext("exclusion", "Kind"), _("Reason"), pgettext("exclusion", "Since"))
    return DataTable(_("Exclusions"), heads, rows, stack=True) if rows else None


def juror_head(juror: Juror) -> PageHead:
    """The head of the page of one seat."""
    meta: list[tuple[str, object]] = [(_("E-mail"), Link(juror.user.email, f"mailto:{juror.user.email}"))]
    if juror.accepted_at:
        meta.append((_("Promised on"), numbers.day(juror.accepted_at)))
    if juror.left_at:
        meta.append((_("Left on"), numbers.day(juror.left_at)))
    return PageHead(f"{juror.sign} {juror.user.name}", over=juror.round.title, meta=tuple(meta))


def phases_head(found: Round) -> PageHead:
    """What phases are."""
    lead = _("A phase says everything that jurors may do and see in its time. Between phases they see no application.")
    add = Button(_("Add a phase"), url=reverse("jury:phase-add", args=[found.pk]))
    return PageHead(_("Phases of the jury"), over=found.title, lead=lead, action=add)


def phases_way(found: Round, phases: Iterable[Phase], at: datetime) -> Steps:
    """The phases in order, and which one runs."""
    with timezone.override(found.timezone):
        steps = [
            Step(
                one.title,
                f"{numbers.short_day(one.starts_at)} \N{EN DASH} {numbers.short_day(last_moment(one.ends_at))}",
                "past" if one.ends_at <= at else "now" if one.starts_at <= at else "next",
            )
            for one in phases
        ]
    return Steps(tuple(steps), across=True)


def phases_table(found: Round, phases: Iterable[Phase], at: datetime) -> DataTable:
    """Each phase: when it runs, by the round's clock, and what it lets."""
    rows = []
    with timezone.override(found.timezone):
        for one in phases:
            over = one.ends_at <= at
            title = one.title if over else Link(one.title, reverse("jury:phase-edit", args=[one.pk]))
            state = State(pgettext("phase", "over"), "done") if over else State(pgettext("phase", "ahead"))
            if one.starts_at <= at < one.ends_at:
                state = State(pgettext("phase", "runs now"), "going")
            when = (numbers.moment(one.starts_at), numbers.moment(one.ends_at))
            rows.append(Row((Lines(title, one.lead), state, *when, Lets(tuple(lets_of(one))))))
    heads = (pgettext("jury", "Phase"), _("State"), _("Begins"), _("Ends"), _("What is open"))
    return DataTable(_("Phases of the jury"), heads, tuple(rows), stack=True)


def lets_of(phase: Phase) -> Iterator[str]:
    """What the phase lets, in words."""
    reads = {
        Phase.Sees.ASSIGNED: _("jurors read the applications that they score"),
        Phase.Sees.CATEGORY: _("jurors read all applications of their categories"),
    }
    if phase.may_declare:
        yield _("jurors declare conflicts of interest")
    if phase.sees in reads:
        yield reads[Phase.Sees(phase.sees)]
    if phase.may_score:
        yield _("jurors score")
    if phase.shows_scores and phase.shows_names:
        yield _("jurors see each other's revealed scores, with names")
    elif phase.shows_scores:
        yield _("jurors see each other's revealed scores, without names")
    if phase.may_agree:
        yield _("the chair writes down what was agreed")
    if phase.may_visit:
        yield _("jurors visit and report")
    if phase.may_decide:
        yield _("the chair writes down decisions")


def _short(need: Need) -> object:
    return State(numbers.figure(need.short), "late") if need.short else numbers.figure(0)


def _seat(one: Seat, *, closed: bool) -> Row:
    juror = one.juror
    name = Lines(Link(juror.user.name, reverse("jury:juror-edit", args=[juror.pk])), _sign(juror))
    told = (one.declared, one.applications - one.excluded)
    return Row(
        (
            name,
            ", ".join(category.title for category in one.categories),
            _promise(one),
            _of(*told) if closed else numbers.figure(None),
            numbers.figure(one.excluded) if closed else numbers.figure(None),
            _of(one.handed_in, one.ballots) if closed else numbers.figure(None),
        )
    )


def _sign(juror: Juror) -> str:
    return _("%(sign)s, chairs the jury") % {"sign": juror.sign} if juror.is_chair else juror.sign


def _promise(one: Seat) -> State:
    juror = one.juror
    if juror.left_at is not None:
        return State(pgettext("juror", "has left"))
    if not one.holds_role:
        return State(_("no longer has the role of a juror"), "late")
    if juror.accepted_at is None:
        return State(pgettext("juror's promise", "awaited"), "wait")
    return State(pgettext("juror's promise", "given"), "done")


def _of(done: int, whole: int) -> str:
    return _("%(done)s of %(all)s") % {"done": numbers.figure(done), "all": numbers.figure(whole)}
