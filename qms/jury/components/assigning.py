"""Who would score what, and the jurors of one application."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.models import Application
from qms.jury.domain.scoring import is_revealed
from qms.jury.models import Ballot
from qms.jury.queries.assigning import Panel, Plan
from qms.jury.queries.shortages import lacks, least_of, shortage_of
from qms.ui import numbers
from qms.ui.components import Button, DataTable, Link, Note

from .board import late_words

MOST = 50
"""So many applications are named that stay short."""


def loads_table(plan: Plan) -> DataTable:
    """What each juror has, would get and would then have."""
    all_of = len(plan.applications)
    rows = tuple(
        (
            seat.sign,
            seat.user.name,
            pgettext("promise of a juror", "given") if seat.accepted_at else pgettext("promise of a juror", "not yet"),
            _("%(done)s of %(all)s") % {"done": plan.declared[seat.pk], "all": all_of},
            numbers.figure(plan.held[seat.pk]),
            numbers.signed(plan.added[seat.pk]),
            numbers.figure(plan.proposal.loads[seat.pk]),
        )
        for seat in plan.seats
    )
    heads = (
        _("Juror"),
        pgettext("person", "Name"),
        pgettext("juror", "Promise"),
        _("Declarations"),
        pgettext("ballots", "Has now"),
        pgettext("ballots", "Would get"),
        pgettext("ballots", "Would have"),
    )
    return DataTable(_("Ballots of each juror"), heads, rows, (4, 5, 6), stack=True)


def short_table(plan: Plan) -> DataTable | None:
    """Applications for which there are too few jurors, and how many are missing."""
    rows = tuple(
        (
            Link(one.number, reverse("jury:ballot-add", args=[one.pk])),
            one.office.short_name,
            ngettext("%(count)s juror is missing", "%(count)s jurors are missing", lacks) % {"count": lacks},
        )
        for one, lacks in ((plan.applications[pk], lacks) for pk, lacks in sorted(plan.proposal.short.items())[:MOST])
    )
    heads = (_("Application"), _("Office"), pgettext("assignment", "Missing"))
    return DataTable(_("Applications that stay short"), heads, rows, stack=True) if rows else None


def more_of(plan: Plan) -> str:
    """How many more stay short than the table names."""
    more = len(plan.proposal.short) - MOST
    words = ngettext("and %(count)s more application", "and %(count)s more applications", more)
    return words % {"count": numbers.figure(more)} if more > 0 else ""


def notes_of(plan: Plan) -> tuple[Note, ...]:
    """What the organiser should know before assigning."""
    if not plan.seats:
        return (Note(_("Add jurors to this category first."), _("The pool is empty"), "warn"),)
    notes = []
    if many := len(plan.opened):
        words = ngettext(
            "%(count)s application lacks jurors, but its numbers were open. Add jurors by hand, with the reason.",
            "%(count)s applications lack jurors, but their numbers were open. Add jurors by hand, with the reason.",
            many,
        )
        notes.append(Note(words % {"count": many}, _("Added by hand only"), "warn"))
    undeclared = sum(done < len(plan.applications) for done in plan.declared.values())
    if not undeclared:
        return tuple(notes)
    words = ngettext(
        "%(count)s juror has not declared on every office yet. A conflict ends a ballot, and you assign again.",
        "%(count)s jurors have not declared on every office yet. A conflict ends a ballot, and you assign again.",
        undeclared,
    )
    return (*notes, Note(words % {"count": undeclared}, _("Declarations are missing"), "warn"))


def summary_of(plan: Plan) -> str:
    """What the button will do, in one or two sentences."""
    many = len(plan.proposal.pairs)
    if not many:
        return _("Nothing to assign: every application has the jurors that can be found for it.")
    words = ngettext("%(count)s ballot will be made.", "%(count)s ballots will be made.", many) % {"count": many}
    each = _("The rule asks for %(count)s jurors for each application.") % {"count": plan.jurors_each}
    return f"{words} {each}"


def ballots_table(panel: Panel, *, changes: bool) -> DataTable | None:
    """Who scores the application, how far it is, and the way to take a ballot away."""
    rows = tuple(
        (one.juror.sign, one.juror.user.name, _state(one), _way(one), *([_end(one)] if changes else []))
        for one in panel.ballots
    )
    heads = (
        _("Juror"),
        pgettext("person", "Name"),
        pgettext("ballot", "State"),
        pgettext("ballot", "Assigned"),
        *([pgettext("ballot", "Change")] if changes else []),
    )
    return DataTable(_("Jurors who score"), heads, rows, stack=True) if rows else None


def excluded_table(panel: Panel) -> DataTable | None:
    """Who never scores the application, and why."""
    rows = tuple(
        (one.juror.sign, one.reason or str(one.get_kind_display()), numbers.day(one.made_at)) for one in panel.excluded
    )
    heads = (_("Juror"), _("Reason"), pgettext("conflict of interest", "Since"))
    return DataTable(_("Conflicts of interest"), heads, rows, stack=True) if rows else None


def ended_table(panel: Panel) -> DataTable | None:
    """Ballots that were taken away; they stay in the file and do not count."""
    rows = tuple((one.juror.sign, _(one.ended_reason), numbers.day(one.ended_at)) for one in panel.ended)
    heads = (_("Juror"), _("Reason"), pgettext("ballot", "Taken away"))
    return DataTable(_("Ballots that do not count"), heads, rows, stack=True) if rows else None


def ways_of(application: Application, panel: Panel) -> Iterable[Link]:
    """What else there is on this application: what was submitted, and once it is revealed the talk."""
    yield Link(_("What the office submitted"), reverse("awards:received-detail", args=[application.pk]))
    handed_in = sum(one.state == Ballot.State.HANDED_IN for one in panel.ballots)
    if is_revealed(len(panel.ballots), handed_in, least=least_of(application)):
        yield Link(_("Scores side by side"), reverse("jury:talk", args=[application.pk]))


def shortage_note(application: Application, panel: Panel, *, changes: bool) -> Note | None:
    """That too few judge it: what was stated, or the way to state it."""
    found, url = shortage_of(application), reverse("jury:shortage", args=[application.pk])
    state = Button(_("State it"), url=url, kind="secondary", small=True)
    is_short = changes and lacks(panel, application)
    if found is not None and found.jurors != len(panel.ballots) and is_short:
        words = _("Since this was stated, the number of jurors changed from %(was)s to %(now)s. State it again.")
        return Note(words % {"was": found.jurors, "now": len(panel.ballots)}, _("Too few jurors"), "warn", state)
    if found is not None:
        title = _("Not judged, out of competition") if found.is_out else _("Judged by those who are there")
        back = reverse("jury:shortage-withdraw", args=[application.pk])
        action = Button(_("Take it back"), url=back, kind="secondary", small=True, post=True) if changes else None
        return Note(found.reason, title, "warn", action)
    if not is_short:
        return None
    words = _("Nobody else may judge it. Add jurors to the category, or state that those judge it who are there.")
    if not panel.ballots:
        words = _("Nobody may judge it. Add jurors to the category, or state that it is not judged.")
    return Note(words, _("Too few jurors"), "warn", state)


def _state(one: Ballot) -> str:
    return str(one.get_state_display())


def _way(one: Ballot) -> str:
    how = pgettext("assigned", "automatically") if one.is_automatic else pgettext("assigned", "by hand")
    said = f"{numbers.day(one.assigned_at)}, {how}"
    return f"{said}; {late_words()}: {one.late_reason}" if one.late_reason else said


def _end(one: Ballot) -> Button:
    url = reverse("jury:ballot-end", args=[one.pk])
    return Button(_("Take away"), url=url, kind="secondary", small=True, hidden=one.juror.sign)
