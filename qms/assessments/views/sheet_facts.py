"""What stands around every page of a sheet: where one is, until when, who sees it, how far it is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.components.sheet import language, short_of, title_of
from qms.assessments.models import Assessment, Sheet
from qms.assessments.queries import SheetView
from qms.frameworks.domain.framework import Node, text
from qms.ui import numbers
from qms.ui.components import Crumbs, Link, Note, PageHead, State

STATES = {Sheet.State.OPEN: "going", Sheet.State.HANDED_IN: "done", Sheet.State.REOPENED: "wait"}


def around(sheet: Sheet, node: Node) -> dict[str, Any]:
    overview = reverse("assessments:sheet", args=[sheet.pk])
    return {
        "title": f"{node.identifier} {short_of(node)}",
        "crumbs": crumbs_of(sheet, Link(_("My sheet"), overview), Link(node.identifier, "")),
        "overview_url": overview,
    }


def crumbs_of(sheet: Sheet, *links: Link) -> Crumbs:
    """The way to a page of the sheet."""
    assessment = sheet.member.assessment
    detail = reverse("assessments:assessment-detail", args=[assessment.pk])
    return Crumbs((Link(assessment.office.short_name, detail), Link(assessment.title, detail), *links))


def node_head(view: SheetView) -> PageHead:
    """What is scored, by when, and who sees it."""
    node, criterion = view.answer.node, view.answer.criterion
    over = _("Individual sheet, criterion %(code)s %(title)s") % {
        "code": criterion.identifier,
        "title": title_of(criterion),
    }
    panel = view.framework.panel(view.assessment.panel)
    meta = (*deadline(view.assessment), sees_fact(view.sheet), (_("Scoring"), text(panel.titles, language())))
    return PageHead(f"{node.identifier} {title_of(node)}", over=over, state=state_of(view.sheet), meta=meta)


def deadline(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Until when the sheet is due, and how long that is."""
    due = assessment.individual_due_at
    if due is None:
        return ()
    left = numbers.time_left(timezone.localtime(due).date(), timezone.localdate())
    return ((_("Hand in by"), f"{numbers.moment(due)} ({left})"),)


def sees_fact(sheet: Sheet) -> tuple[str, str]:
    """Who sees the sheet now, in a few words."""
    if not sheet.is_in:
        return _("Who sees it"), _("only you, until you hand it in")
    if sheet.member.assessment.shows_scores:
        return _("Who sees it"), _("members of the group whose own sheets are in")
    return _("Who sees it"), _("only you, until the consensus begins")


def state_of(sheet: Sheet) -> State:
    """How far the sheet is."""
    return State(str(sheet.get_state_display()), STATES[Sheet.State(sheet.state)])  # type: ignore[arg-type]


def reopened_note(sheet: Sheet) -> Note | None:
    """Why the chair gave the sheet back."""
    if sheet.state != Sheet.State.REOPENED:
        return None
    return Note(sheet.reopened_reason, _("The chair has opened your sheet again"), "warn", level=2)


def closed_note(sheet: Sheet) -> Note:
    """Why nothing can be written here now."""
    if sheet.is_in:
        words = _("You handed the sheet in on %(moment)s. If something must change, ask the chair to open it again.")
        return Note(words % {"moment": numbers.moment(sheet.handed_in_at)})
    return Note(_("Individual scoring is closed."))


def progress_said(done: int, of: int, unknown: int) -> str:
    """How much is answered, in words."""
    said = ngettext("%(done)s of %(of)s subcriterion", "%(done)s of %(of)s subcriteria", of) % {"done": done, "of": of}
    if not unknown:
        return said
    more = ngettext("of these %(count)s not known", "of these %(count)s not known", unknown) % {"count": unknown}
    return f"{said}, {more}"


def next_said(node: Node | None) -> str:
    """What the main button does."""
    if node is None:
        return _("Save and see the whole sheet")
    return _("Save and go to %(node)s") % {"node": node.identifier}
