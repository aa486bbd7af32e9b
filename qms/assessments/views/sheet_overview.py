"""What the page of the whole sheet shows, and what handing in means."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.components.sheet import language, squares, title_of
from qms.assessments.forms.sheet import HandInForm
from qms.assessments.models import Assessment
from qms.assessments.queries import WholeSheet
from qms.assessments.views.sheet_facts import (
    closed_note,
    deadline,
    progress_said,
    reopened_note,
    sees_fact,
    state_of,
)
from qms.ui.components import Button, Crumbs, ErrorSummary, Link, PageHead, Seal, State


def overview_page(whole: WholeSheet, *, form: HandInForm | None = None) -> dict[str, Any]:
    """The sheet from the first subcriterion to the last, with what handing in means."""
    sheet, assessment = whole.sheet, whole.assessment
    unknown = sum(answer.unknown for answer in whole.answers)
    detail = reverse("assessments:assessment-detail", args=[assessment.pk])
    count = len(whole.nodes)
    return {
        "crumbs": Crumbs(
            (Link(assessment.office.short_name, detail), Link(assessment.title, detail), Link(_("My sheet"), ""))
        ),
        "head": PageHead(
            _("My sheet"),
            over=assessment.title,
            state=state_of(sheet),
            meta=(*deadline(assessment), sees_fact(sheet), (_("Framework"), assessment.edition.short_in(language()))),
            action=_continue(whole),
        ),
        "reopened": reopened_note(sheet) or (None if whole.is_editable else closed_note(sheet)),
        "progress": progress_said(whole.done, count, unknown),
        "turn": squares(whole.nodes, sheet.pk),
        "criteria": _criteria(whole),
        "seal": hand_in_seal(whole, unknown) if whole.is_editable else None,
        "seal_errors": ErrorSummary(form) if form else "",
        "sees": who_sees(assessment),
        "editable": whole.is_editable,
        "print_url": reverse("assessments:sheet-print", args=[sheet.pk]),
        "offline_url": reverse("assessments:sheet-xlsx", args=[sheet.pk]),
        "import_url": reverse("assessments:sheet-import", args=[sheet.pk]),
        "evidence_url": reverse("assessments:evidence-list", args=[assessment.pk]),
    }


def hand_in_seal(whole: WholeSheet, unknown: int) -> Seal:
    """Exactly what becomes fixed and who will see it."""
    scored = whole.done - unknown
    texts = sum(len(answer.entries) for answer in whole.answers)
    blanks = whole.blanks
    fixed = [ngettext("%(count)s score", "%(count)s scores", scored) % {"count": scored}]
    if unknown:
        words = ngettext("%(count)s time “I don't know enough”", "%(count)s times “I don't know enough”", unknown)
        fixed.append(words % {"count": unknown})
    said = ngettext("%(count)s text with its evidence", "%(count)s texts with their evidence", texts)
    fixed.append(said % {"count": texts})
    confirm = _("I hand in my sheet. From then on I only read it.")
    if blanks:
        names = ", ".join(node.identifier for node in blanks)
        fixed.append(
            _("Without an answer: %(nodes)s. They stay blank and are never counted as zero.") % {"nodes": names}
        )
        confirm = ngettext(
            "I leave %(count)s subcriterion blank and hand in my sheet. From then on I only read it.",
            "I leave %(count)s subcriteria blank and hand in my sheet. From then on I only read it.",
            len(blanks),
        ) % {"count": len(blanks)}
    return Seal(
        _("Hand in the sheet"),
        tuple(fixed),
        tuple(who_sees(whole.assessment)),
        reverse("assessments:sheet-hand-in", args=[whole.sheet.pk]),
        confirm,
        Button(_("Hand in")),
    )


def who_sees(assessment: Assessment) -> list[str]:
    """Who reads what of a sheet, step by step."""
    if assessment.names_shown:
        group = _(
            "In the consensus: members of the group whose own sheets are in read your scores and texts with your name."
        )
    else:
        group = _(
            "In the consensus: members of the group whose own sheets are in read your scores and texts under a letter."
        )
    return [
        _("Until the consensus begins: nobody. The group sees only how many subcriteria you have answered."),
        group,
        _("In the report: what the group agreed, and individual scores only as figures without names."),
    ]


def _continue(whole: WholeSheet) -> Button | None:
    if not whole.is_editable:
        return None
    if not whole.blanks:
        return Button(_("Hand in"), url="#seal")
    first = whole.blanks[0].identifier
    label = _("Continue with %(node)s") if whole.done else _("Begin with %(node)s")
    return Button(label % {"node": first}, url=reverse("assessments:sheet-node", args=[whole.sheet.pk, first]))


def _criteria(whole: WholeSheet) -> list[tuple[dict[str, str], list[dict[str, Any]]]]:
    states = {state.node.identifier: state.state for state in whole.nodes}
    found: dict[str, tuple[dict[str, str], list[dict[str, Any]]]] = {}
    for answer in whole.answers:
        criterion = answer.criterion
        heading = {"identifier": criterion.identifier, "title": title_of(criterion)}
        rows = found.setdefault(criterion.identifier, (heading, []))[1]
        rows.append(
            {
                "identifier": answer.node.identifier,
                "title": title_of(answer.node),
                "url": reverse("assessments:sheet-node", args=[whole.sheet.pk, answer.node.identifier]),
                "score": answer.score,
                "texts": len(answer.entries),
                "state": _node_state(states[answer.node.identifier]),
            }
        )
    return list(found.values())


def _node_state(state: str) -> State:
    return {
        "empty": State(_("Empty")),
        "partial": State(_("Begun"), "going"),
        "scored": State(_("Scored"), "done"),
        "unknown": State(_("Not known"), "wait"),
    }[state]
