"""What the jury has before it when it talks about an application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms import charts
from qms.assessments.components.consensus import spread_title
from qms.assessments.components.sheet import language
from qms.awards.components.submitting import over_of
from qms.awards.domain.form import named, said_code
from qms.awards.models import Application
from qms.frameworks.domain.framework import text
from qms.jury.models import Ballot
from qms.jury.queries.talks import Talk, TalkLine, Voice, spread_of_totals
from qms.ui.components import (
    Button,
    Crumbs,
    DataTable,
    Link,
    Note,
    PageHead,
    Part,
    Row,
    Say,
    State,
    StripRow,
    Strips,
)
from qms.ui.numbers import figure

from .agreeing import agreed_words
from .board import late_words
from .marks import dial_of, ticks_of, trimmed


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: whether with names, and whether what was agreed may be written down."""

    is_organiser: bool
    writes: bool
    sees_names: bool

    def name_of(self, ballot: Ballot) -> str:
        """The juror as this reader may know them."""
        juror = ballot.juror
        return f"{juror.sign}, {juror.user.name}" if self.sees_names else juror.sign


@dataclass(frozen=True)
class TalkSection(Part):
    """One section: the scores on their scale, the words of each juror, what was agreed."""

    ident: str
    title: str
    says: str
    note: str
    drawing: str
    table: DataTable
    strengths: tuple[Say, ...]
    areas: tuple[Say, ...]
    agreed: str = ""
    agreed_reason: str = ""
    waits: bool = False
    is_here: bool = False
    way: Link | None = None
    template_name: ClassVar[str] = "jury/_talk_section.html"


def crumbs_of(application: Application, reader: Reader, *links: Link) -> Crumbs:
    """The way to a talk: through the scores of the category for who runs the round, else through the juror's work."""
    category = application.category
    start: tuple[Link, ...] = (Link(_("Work as a juror"), reverse("jury:home")),)
    if reader.is_organiser:
        one = category.round
        to_round = Link(one.title, reverse("awards:round", args=[one.pk]))
        start = (Link(_("Awards"), reverse("awards:round-list")), to_round)
    board = Link(category.title, reverse("jury:board", args=[category.pk]))
    return Crumbs((*start, board, *links))


def talk_head(talk: Talk, *, close: int = 0) -> PageHead:
    """Whose application it is, and how far apart the jurors lie."""
    application, spread = talk.application, spread_of_totals(talk)
    meta: list[tuple[str, object]] = [
        (_("Application"), application.number),
        (_("Ballots"), _("%(done)s of %(count)s handed in") % {"done": talk.handed_in, "count": len(talk.ballots)}),
    ]
    if talk.is_revealed:
        meta.append((_("Result"), _("%(points)s of 100") % {"points": figure(talk.total, 1)}))
    if talk.is_revealed and spread is not None:
        meta.append((_("Range of the totals"), figure(spread.range, 1)))
    action = None
    if close:
        words = ngettext("Agree on %(count)s close section", "Agree on %(count)s close sections", close) % {
            "count": close
        }
        url = reverse("jury:agree-close", args=[application.pk])
        action = Button(words, url=url, kind="secondary", post=True)
    return PageHead(
        application.office.name, over=over_of(application), state=state_of(talk), meta=tuple(meta), action=action
    )


def state_of(talk: Talk) -> State:
    """Whether it is hidden, waits for a talk, or is settled."""
    if not talk.is_revealed:
        return State(_("Hidden"))
    if any(one.waits for one in talk.lines):
        return State(_("Waits for a talk"), "wait")
    if talk.lines and all(one.agreed for one in talk.lines):
        return State(_("Agreed"), "done")
    return State(_("Revealed"), "going")


def note_of(talk: Talk) -> Note:
    """What has to be talked about, or why nothing is shown."""
    if not talk.is_revealed:
        words = _("Numbers are shown, to the organiser too, only when every ballot is in and there are at least two.")
        if talk.least == 1:
            words = _("Numbers are shown, to the organiser too, only when every ballot is in.")
        return Note(words, _("Still hidden"), level=2)
    # A number stays on the line of its title.
    waiting = [
        f"{said_code(one.section.code)}\u00a0{one.section.title}".strip("\u00a0") for one in talk.widest if one.waits
    ]
    above = trimmed(talk.judging.talk_above) if talk.judging else figure(100)
    if waiting:
        words = _("The totals lie further apart than %(above)s points. To talk about: %(sections)s.")
        return Note(
            words % {"above": above, "sections": "; ".join(waiting)}, _("The rule asks for a talk"), "warn", level=2
        )
    words = _("The rule asks for a talk where totals lie further apart than %(above)s points.")
    return Note(words % {"above": above}, _("Nothing waits for a talk"), level=2)


def totals_drawing(talk: Talk) -> str:
    """The jurors' totals on the scale, with what the application stands at."""
    spread = spread_of_totals(talk)
    median = spread.median if spread else None
    return charts.strip(
        talk.totals, agreed=talk.total, median=median, ticks=(0, 20, 40, 60, 80, 100), axis=True, large=True
    )


def totals_table(talk: Talk, reader: Reader, *, may_unlock: bool) -> DataTable:
    """Every juror's ballot: its total when it may be shown, and how far it is."""
    heads = (
        _("Juror"),
        pgettext("ballot", "Total"),
        _("State"),
        _("In short"),
        *((_("Action"),) if may_unlock else ()),
    )
    rows = tuple(Row(_ballot_cells(talk, one, reader, may_unlock=may_unlock)) for one in talk.ballots)
    return DataTable(_("Ballots of the application"), heads, rows, numeric=(1,), stack=True)


def _ballot_cells(talk: Talk, one: Ballot, reader: Reader, *, may_unlock: bool) -> tuple[object, ...]:
    is_in = one.state == Ballot.State.HANDED_IN
    total = figure(one.total, 1) if talk.is_revealed else "\u2013"
    late = f", {late_words()}" if one.late_reason else ""
    state = State(Ballot.State.HANDED_IN.label, "done") if is_in else State(_("not handed in"))
    said = one.summary if talk.is_revealed else ""
    cells: tuple[object, ...] = (f"{reader.name_of(one)}{late}", total, state, said or "\u2013")
    if not may_unlock:
        return cells
    way = Link(_("Give back"), reverse("jury:ballot-unlock", args=[one.pk])) if is_in else "\u2013"
    return (*cells, way)


def strips_of(talk: Talk, reader: Reader, *, here: int = 0) -> Strips:
    """The sections, those to talk about first, then by width."""
    return Strips(tuple(_strip(talk, one, reader, here=here) for one in talk.widest))


def _strip(talk: Talk, one: TalkLine, reader: Reader, *, here: int) -> StripRow:
    return StripRow(
        sign_of(one),
        one.section.title,
        _address(talk.application, one, reader),
        one.figures.given,
        agreed=one.figures.agreed,
        current=one.section.pk == here,
        ticks=ticks_of(one.scale.bands),
    )


def _address(application: Application, one: TalkLine, reader: Reader) -> str:
    if reader.writes:
        return reverse("jury:agree", args=[application.pk, one.section.pk])
    return reverse("jury:talk", args=[application.pk]) + f"#s-{one.section.pk}"


def sign_of(line: TalkLine) -> str:
    """The short sign of a section: its number in the form, or its place."""
    return said_code(line.section.code) or str(line.place)


def state_of_line(line: TalkLine) -> State:
    """Whether a section is agreed, waits for a talk, or neither."""
    if line.agreed:
        return State(pgettext("section", "agreed"), "done")
    if line.earlier:
        return State(_("to agree anew"), "wait")
    return State(_("to talk about"), "wait") if line.waits else State(_("not agreed"))


def section_of(talk: Talk, line: TalkLine, reader: Reader, *, is_here: bool = False) -> TalkSection:
    """One section of the talk; on its own page without its title and the way there."""
    agreed = line.agreed
    label = _("Change the agreement") if agreed else _("Write down what was agreed")
    return TalkSection(
        ident=f"s-{line.section.pk}",
        title=named(line.section.code, line.section.title),
        says=spread_title(line.spread, 0),
        note=spread_words(line),
        drawing=drawing_of(line),
        table=voices_table(line, reader),
        strengths=words_of(line, reader, "strengths"),
        areas=words_of(line, reader, "areas"),
        agreed=agreed_words(agreed, talk.application),
        agreed_reason=agreed.reason if agreed else "",
        waits=line.waits,
        way=Link(label, _address(talk.application, line, reader)) if reader.writes and not is_here else None,
        is_here=is_here,
    )


def spread_words(line: TalkLine) -> str:
    """Middle, range, weight, and who could not judge."""
    spread, said = line.spread, []
    if spread is not None:
        said.append(_("mean %(mean)s") % {"mean": figure(spread.mean, 1)})
        said.append(_("median %(median)s") % {"median": figure(spread.median, 1)})
        said.append(_("range %(range)s") % {"range": figure(spread.range, 1)})
    without = sum(one.score is None for one in line.voices)
    if without:
        said.append(ngettext("%(count)s could not judge", "%(count)s could not judge", without) % {"count": without})
    return ", ".join(said)


def drawing_of(line: TalkLine) -> str:
    """All scores on the scale, large, with the agreed one."""
    spread = line.spread
    return charts.strip(
        line.figures.given,
        agreed=line.figures.agreed,
        median=spread.median if spread else None,
        ticks=ticks_of(line.scale.bands),
        axis=True,
        large=True,
    )


def voices_table(line: TalkLine, reader: Reader) -> DataTable:
    """Every juror's score with its band and its marks."""
    several = line.scale.dimensions if len(line.scale.dimensions) > 1 else ()
    bands = (_("Band"),) if line.scale.bands else ()
    heads = (_("Juror"), _("Score"), *bands, *(text(one.titles, language()) for one in several))
    rows = tuple(Row(_voice_cells(one, line, reader)) for one in line.voices)
    first = 2 + len(bands)
    numeric = (1, *range(first, first + len(several)))
    caption = _("Scores of %(section)s") % {"section": line.section.title}
    return DataTable(caption, heads, rows, numeric=numeric, stack=True)


def _voice_cells(one: Voice, line: TalkLine, reader: Reader) -> tuple[object, ...]:
    who = reader.name_of(one.ballot)
    if one.mark is not None and one.mark.is_na:
        who = _("%(who)s: cannot be judged, %(reason)s") % {"who": who, "reason": one.mark.reason}
    given = one.mark.marks if one.mark and not one.mark.is_na else {}
    several = line.scale.dimensions if len(line.scale.dimensions) > 1 else ()
    bands = (dial_of(line.scale.bands, one.score) or "\u2013",) if line.scale.bands else ()
    return (who, figure(one.score, 1), *bands, *(figure(given.get(each.code)) for each in several))


def words_of(line: TalkLine, reader: Reader, kind: str) -> tuple[Say, ...]:
    """What the jurors wrote, each under their sign."""
    said = ((one, getattr(one.mark, kind)) for one in line.voices if one.mark is not None)
    tone = "strength" if kind == "strengths" else "area"
    return tuple(Say(words, tone, reader.name_of(one.ballot)) for one, words in said if words)  # type: ignore[arg-type]
