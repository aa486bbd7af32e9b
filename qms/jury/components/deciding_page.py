"""What stands around a list of decisions: head, tabs, what closing fixes and who sees it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.components.hours import moment_of
from qms.jury.domain.deciding import VISIT, Meeting
from qms.jury.models import DecisionList, Juror
from qms.jury.queries.deciding import Sheet
from qms.ui.components import Button, DataTable, Facts, Link, PageHead, State, Tabs

from .board_page import over_of
from .hindrances import hindrance_words


def address_of(stage: str) -> str:
    """The name of the page of such a list."""
    return "jury:visits-decide" if stage == DecisionList.Stage.VISIT else "jury:prizes-decide"


def title_of(stage: str) -> str:
    """What the list is called."""
    return _("Decisions on visits") if stage == DecisionList.Stage.VISIT else _("Decisions on prizes")


def head_of(sheet: Sheet) -> PageHead:
    """How many scores are there, how much is decided, and the way to the protocol."""
    revealed = sum(1 for row in sheet.rows if row.candidate.is_revealed)
    talks = sum(1 for row in sheet.rows if row.candidate.needs_talk)
    facts = {"revealed": revealed, "count": len(sheet.rows)}
    lead = _("%(revealed)s of %(count)s applications have all their scores.") % facts
    if talks:
        lead += " " + ngettext("%(count)s waits for a talk.", "%(count)s wait for a talk.", talks) % {"count": talks}
    action: Button | None = None
    if sheet.protocol is not None:
        action = Button(_("Open the protocol"), url=reverse("jury:protocol", args=[sheet.protocol.pk]))
    return PageHead(
        title_of(sheet.stage),
        over=over_of(sheet.category),
        state=_state(sheet),
        lead=lead,
        meta=tuple(_meta(sheet)),
        action=action,
    )


def _state(sheet: Sheet) -> State:
    if sheet.is_closed:
        return State(pgettext("list of decisions", "Closed"), "done")
    return State(pgettext("list of decisions", "Open"), "going")


def _meta(sheet: Sheet) -> list[tuple[str, object]]:
    decided = sum(1 for row in sheet.rows if row.verdict.outcome)
    told = _("%(decided)s of %(count)s") % {"decided": decided, "count": len(sheet.rows)}
    meta: list[tuple[str, object]] = [(_("Decided"), told)]
    if sheet.stage == DecisionList.Stage.VISIT:
        visits = sum(1 for row in sheet.rows if row.verdict.outcome == VISIT)
        most = sheet.judging.most_visits if sheet.judging else None
        chosen = str(visits) if most is None else _("%(count)s, at most %(most)s") % {"count": visits, "most": most}
        meta.append((_("Visits"), chosen))
    found = sheet.found
    if found is not None and found.closed_at is not None:
        meta.append((pgettext("list of decisions", "Closed"), moment_of(sheet.category.round, found.closed_at)))
    elif found is not None:
        meta.append((_("Saved"), moment_of(sheet.category.round, found.updated_at)))
    return meta


def tabs_of(sheet: Sheet) -> Tabs:
    """The list for visits and the one of prizes."""
    labels = {DecisionList.Stage.VISIT: _("Visits"), DecisionList.Stage.PRIZE: _("Prizes")}
    links = (
        Link(label, reverse(address_of(stage), args=[sheet.category.pk]), current=stage == sheet.stage)
        for stage, label in labels.items()
    )
    return Tabs(_("Lists of decisions"), tuple(links))


def fixed_by(sheet: Sheet) -> tuple[str, ...]:
    """What becomes fixed when it closes."""
    always = (
        _("the decision on every application, with its reason"),
        _("totals and places as they are now"),
        _("the protocol with all scores, comments, exclusions and agreements"),
    )
    if sheet.stage == DecisionList.Stage.PRIZE:
        return (*always, _("all scores: nothing that counted changes any more"))
    return always


def seen_by(sheet: Sheet) -> tuple[str, ...]:
    """Who sees it."""
    until = moment_of(sheet.category.round, sheet.category.round.embargo_until)
    return (
        _("the organiser and the chair of the jury: everything"),
        _("offices: only their own decision with its reason, from %(moment)s") % {"moment": until},
        _("anybody with the code of the protocol: round, category, date and fingerprint"),
    )


def hindrances_of(sheet: Sheet) -> tuple[tuple[str, ...], bool]:
    """What keeps it from being closed, and whether choices on this page can mend all of it."""
    prizes = {one.pk: one.title for one in sheet.prizes}
    found = sheet.hindrances
    words = tuple(hindrance_words(one, prizes) for one in found)
    return words, not any(one.is_outside for one in found)


def juror_words(juror: Juror, *, names: bool) -> str:
    """A juror as this reader may know them."""
    return f"{juror.user.name} ({juror.sign})" if names else juror.sign


def meeting_facts(sheet: Sheet, *, names: bool) -> Facts | None:
    """The meeting of a list that is closed."""
    found = sheet.found
    if found is None:
        return None
    present = [juror_words(one, names=names) for one in sheet.jurors if one.pk in sheet.present]
    facts: list[tuple[str, object]] = []
    if found.met_at is not None:
        facts.append((pgettext("jury", "Meeting"), moment_of(sheet.category.round, found.met_at)))
    if present:
        facts.append((_("Present"), ", ".join(present)))
    if found.note:
        facts.append((_("Note"), found.note))
    return Facts(tuple(facts)) if facts else None


def meeting_differences(sheet: Sheet, mine: Meeting, theirs: Meeting, *, names: bool) -> DataTable | None:
    """Day, attendance and note as they were typed here beside what somebody else saved."""

    def said(meeting: Meeting) -> tuple[str, ...]:
        present = [juror_words(one, names=names) for one in sheet.jurors if one.pk in meeting.present]
        met_at = moment_of(sheet.category.round, meeting.met_at)
        return met_at, ", ".join(present) or "–", meeting.note or "–"

    what = (_("Day and hour of the meeting"), _("Present"), _("Note for the protocol"))
    both = zip(what, said(mine), said(theirs), strict=True)
    rows = tuple((name, own, other) for name, own, other in both if own != other)
    heads = (_("What"), _("On this page"), _("Saved meanwhile"))
    return DataTable(_("Meeting, attendance and note"), heads, rows, stack=True) if rows else None


def unseen_words(count: int) -> str:
    """That a chair does not see everything."""
    words = ngettext(
        "%(count)s application is not shown: you are excluded from it, or have not declared on it. "
        "The organiser decides on it.",
        "%(count)s applications are not shown: you are excluded from them, or have not declared on them. "
        "The organiser decides on them.",
        count,
    )
    return words % {"count": count}
