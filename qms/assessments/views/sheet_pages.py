"""What the pages of a sheet show, put together from what was read and what was typed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.components.sheet import (
    EntryList,
    EntryRow,
    Guide,
    Previous,
    bands_of,
    chip_of,
    formula,
    language,
    mark_input,
    numbers_of,
    short_of,
    squares,
    title_of,
)
from qms.assessments.forms.sheet import AnswerForm, EntryForm, HandInForm, mark_name
from qms.assessments.models import Assessment, Evidence, Kind, Sheet
from qms.assessments.queries import NodeAnswer, SheetView, WholeSheet
from qms.assessments.services import Conflict, NodeDraft
from qms.frameworks.domain.framework import Node, text
from qms.ui import components as ui
from qms.ui import numbers
from qms.ui.components import Band, Button, Crumbs, ErrorSummary, Legend, Link, Note, PageHead, Say, Seal, State

STATES = {Sheet.State.OPEN: "going", Sheet.State.HANDED_IN: "done", Sheet.State.REOPENED: "wait"}


# --- One subcriterion ------------------------------------------------------------------------------------------------


def node_page(
    view: SheetView,
    form: AnswerForm,
    *,
    checked: bool = False,
    refusal: str = "",
    conflict: Conflict | None = None,
    pieces: Iterable[Evidence] = (),
) -> dict[str, Any]:
    """The page on which one writes; `checked` shows what is wrong, `pieces` are the evidence named in the form."""
    answer, framework = view.answer, view.framework
    known = {piece.pk: piece for line in answer.entries for piece in line.evidence} | {
        piece.pk: piece for piece in pieces
    }
    typed = {d.code: _written(form.node[mark_name(d.code)].value()) for d in answer.scale.dimensions}
    errors = {code: " ".join(form.node.errors.get(mark_name(code), ())) for code in typed} if checked else {}
    total = answer.scale.score(numbers_of(answer.scale, typed))
    previous = view.previous
    saved = answer.saved_at
    return {
        **_around(view.sheet, answer.node),
        "form": form,
        "head": node_head(view),
        "errors": ErrorSummary(form.node, tuple(form.entries)) if checked else "",
        "progress": progress_said(view.done, len(view.nodes), view.unknown),
        "turn": squares(view.nodes, view.sheet.pk, here=answer.node.identifier),
        "lists": [
            EntryList(kind, tuple(_row(e, known, checked=checked) for e in form.of_kind(kind))) for kind in Kind.values
        ],
        "marks": mark_input(
            framework,
            answer,
            typed=typed,
            errors=errors,
            total=total,
            previous=None if previous is None else previous.score,
        ),
        "legend": Legend(bands_of(framework)),
        "unknown": bool(form.node["unknown"].value()),
        "guide": Guide(answer.node, framework),
        "previous": None if previous is None else Previous(previous, framework.highest),
        "version": conflict.stored.version if conflict else form.node["version"].value(),  # type: ignore[attr-defined]
        "conflict": None if conflict is None else conflict_of(conflict, answer, view.sheet.pk),
        "refusal": refusal,
        "closed": not view.is_editable,
        "typed": form.node.is_bound,
        "reopened": reopened_note(view.sheet),
        "saved": "" if saved is None or form.node.is_bound else _("Saved at %(hour)s") % {"hour": numbers.hour(saved)},
        "next_label": next_said(view.next_open),
        "save_url": reverse("assessments:sheet-save", args=[view.sheet.pk, answer.node.identifier]),
        "key": f"qms-sheet-{view.sheet.pk}-{answer.node.identifier}",
        "words": json.dumps(words_of_script(), ensure_ascii=False),
    }


def read_page(view: SheetView) -> dict[str, Any]:
    """The page of a sheet on which nothing is written any more."""
    answer, framework = view.answer, view.framework
    marks = {} if answer.unknown else answer.marks
    return {
        **_around(view.sheet, answer.node),
        "head": node_head(view),
        "progress": progress_said(view.done, len(view.nodes), view.unknown),
        "turn": squares(view.nodes, view.sheet.pk, here=answer.node.identifier),
        "note": closed_note(view.sheet),
        "says": [
            (EntryList(kind, ()).title, [Say(e.text, kind, evidence=tuple(map(chip_of, e.evidence))) for e in lines])  # type: ignore[arg-type]
            for kind in Kind.values
            for lines in [answer.of_kind(kind)]
        ],
        "scores": _score_rows(view),
        "formula": formula(answer.scale, marks),
        "rationale": answer.rationale,
        "guide": Guide(answer.node, framework),
        "previous": None if view.previous is None else Previous(view.previous, framework.highest),
        **_beside("before", view.before, view.sheet),
        **_beside("after", view.after, view.sheet),
    }


def conflict_of(conflict: Conflict, answer: NodeAnswer, sheet_id: int) -> ui.Conflict:
    """Both versions as text, only what differs, and the two ways out."""
    stored, typed = conflict.stored, conflict.typed
    assert isinstance(stored, NodeAnswer)  # noqa: S101  the service says so
    assert isinstance(typed, NodeDraft)  # noqa: S101
    mine = _lines(answer, typed.marks, typed.rationale, unknown=typed.unknown)
    mine |= {str(each.key): (each.kind, each.text.strip()) for each in typed.entries if each.text.strip()}
    theirs = _lines(answer, stored.marks, stored.rationale, unknown=stored.unknown)
    theirs |= {str(each.key): (each.kind, each.text) for each in stored.entries}
    differing = [key for key in {**mine, **theirs} if mine.get(key) != theirs.get(key)]
    page = reverse("assessments:sheet-node", args=[sheet_id, answer.node.identifier])
    return ui.Conflict(
        mine=_joined(mine, differing),
        theirs=_joined(theirs, differing),
        at=stored.saved_at,
        level=2,
        buttons=(
            Button(_("Keep my version"), kind="secondary", small=True, name="do", value="save"),
            Button(_("Take the other version"), url=page, kind="secondary", small=True),
        ),
    )


def stored_of(conflict: Conflict) -> dict[str, Any]:
    """What is stored, in the form in which the script sends it."""
    stored = conflict.stored
    assert isinstance(stored, NodeAnswer)  # noqa: S101  the service says so
    return {
        "marks": {d.code: _written(stored.marks.get(d.code)) for d in stored.scale.dimensions},
        "unknown": stored.unknown,
        "rationale": stored.rationale,
        "entries": [
            {"key": str(e.key), "kind": e.kind, "text": e.text, "evidence": [piece.pk for piece in e.evidence]}
            for kind in Kind.values
            for e in stored.of_kind(kind)
        ],
    }


def words_of_script() -> dict[str, str]:
    """What the script says when the server cannot."""
    return {
        "unsaved": _("Not saved yet"),
        "offline": _("No connection. The text is kept in this browser since %(hour)s."),
        "signed_out": _("You are signed out. The text is kept in this browser: sign in again in another window."),
        "restored": _("Text that had not reached the server was restored from this browser."),
        "not_scored": _("not scored"),
        "capped": _("at most %(mark)s (%(dimension)s)"),
    }


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _row(entry: EntryForm, known: dict[int, Evidence], *, checked: bool) -> EntryRow:
    return EntryRow(
        key=str(entry.key),
        kind=entry.sort,
        label=str(entry.fields["text"].label),
        text=_written(entry["text"].value()),
        errors=tuple(entry.errors.get("text", ())) if checked else (),
        evidence=tuple(sorted((known[pk] for pk in entry.evidence_ids if pk in known), key=lambda each: each.number)),
        focused="autofocus" in entry.fields["text"].widget.attrs,
    )


def _lines(answer: NodeAnswer, marks: Any, rationale: str, *, unknown: bool) -> dict[str, tuple[str, str]]:
    lines = {}
    for dimension in answer.scale.dimensions:
        mark = marks.get(dimension.code)
        lines[dimension.code] = (text(dimension.titles, language()), "\u2013" if mark is None else str(mark))
    lines["unknown"] = (_("I don't know enough"), _("yes") if unknown else _("no"))
    lines["rationale"] = (_("What decided"), rationale.strip())
    return lines


def _joined(lines: dict[str, tuple[str, str]], wanted: list[str]) -> str:
    kinds = dict(Kind.choices)
    found = [(kinds.get(name, name), said) for name, said in (lines.get(key, ("", "")) for key in wanted) if name]
    return "\n".join(f"{name}: {said}" for name, said in found) or "\u2013"


def _score_rows(view: SheetView) -> ui.Scores:
    answer = view.answer
    previous = None if view.previous is None else view.previous.score
    bands = view.framework
    rows = []
    if len(answer.scale.dimensions) > 1:
        for dimension in answer.scale.dimensions:
            mark = None if answer.unknown else answer.marks.get(dimension.code)
            band = None if mark is None else bands.band_of(mark)
            rows.append(_score_row(text(dimension.titles, language()), mark, band, view))
    rows.append(_score_row(_("Score of the subcriterion"), answer.score, answer.band, view, previous))
    return ui.Scores(tuple(rows))


def _score_row(name: str, value: Any, band: Any, view: SheetView, previous: Any = None) -> ui.ScoreRow:
    shown = None if band is None else Band(band.index, text(band.titles, language()))
    ticks = mark_input(view.framework, view.answer, typed={}, errors={}, total=None, previous=None).ticks
    return ui.ScoreRow(name, value, shown, previous, digits=0, maximum=view.framework.highest, ticks=ticks)


def _beside(side: str, node: Node | None, sheet: Sheet) -> dict[str, str]:
    if node is None:
        return {}
    url = reverse("assessments:sheet-node", args=[sheet.pk, node.identifier])
    return {side: f"{node.identifier} {short_of(node)}", f"{side}_url": url}


# --- Around every page of the sheet ----------------------------------------------------------------------------------


def _around(sheet: Sheet, node: Node) -> dict[str, Any]:
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


# --- The whole sheet -------------------------------------------------------------------------------------------------


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
    fixed = [
        ngettext("%(count)s score", "%(count)s scores", scored) % {"count": scored},
        ngettext("%(count)s times “I don't know enough”", "%(count)s times “I don't know enough”", unknown)
        % {"count": unknown},
        ngettext("%(count)s text with its evidence", "%(count)s texts with their evidence", texts) % {"count": texts},
    ]
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
        _(
            "Until the consensus begins: nobody. The group sees only how many subcriteria you answered and that your sheet is in."
        ),
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
