"""What the page of one subcriterion shows, put together from what was read and what was typed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

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
    ticks_of,
)
from qms.assessments.forms.sheet import AnswerForm, EntryForm, mark_name
from qms.assessments.models import Evidence, Kind, Sheet
from qms.assessments.queries import NodeAnswer, SheetView
from qms.assessments.services import Conflict, NodeDraft
from qms.assessments.views.sheet_facts import (
    around,
    closed_note,
    next_said,
    node_head,
    progress_said,
    reopened_note,
)
from qms.frameworks.domain.framework import Node, text
from qms.ui import components as ui
from qms.ui import numbers
from qms.ui.components import Button, ErrorSummary, Legend, Say


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
    errors = {code: " ".join(map(str, form.node.errors.get(mark_name(code), ()))) for code in typed} if checked else {}
    total = answer.scale.score(numbers_of(answer.scale, typed))
    previous = view.previous
    saved = answer.saved_at
    return {
        **around(view.sheet, answer.node),
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
        **around(view.sheet, answer.node),
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
        "removed": _("Removed."),
        "put_back": _("Put back"),
        "not_scored": _("not scored"),
        "capped": _("at most %(mark)s (%(dimension)s)"),
        "zone": timezone.get_current_timezone_name(),
    }


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _row(entry: EntryForm, known: dict[int, Evidence], *, checked: bool) -> EntryRow:
    return EntryRow(
        key=str(entry.key),
        kind=entry.sort,
        label=str(entry.fields["text"].label),
        text=_written(entry["text"].value()),
        errors=tuple(map(str, entry.errors.get("text", ()))) if checked else (),
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
    marks = {} if answer.unknown else answer.marks
    rows = []
    if len(answer.scale.dimensions) > 1:
        rows = [
            _score_row(view, text(dimension.titles, language()), marks.get(dimension.code))
            for dimension in answer.scale.dimensions
        ]
    previous = None if view.previous is None else view.previous.score
    return ui.Scores((*rows, _score_row(view, _("Score of the subcriterion"), answer.score, previous)))


def _score_row(view: SheetView, name: str, value: Decimal | int | None, previous: Decimal | None = None) -> ui.ScoreRow:
    framework = view.framework
    band = None if value is None else framework.band_of(value)
    shown = None if band is None else ui.Band(band.index, text(band.titles, language()))
    ticks = ticks_of(framework)
    return ui.ScoreRow(name, value, shown, previous, digits=0, maximum=framework.highest, ticks=ticks)


def _beside(side: str, node: Node | None, sheet: Sheet) -> dict[str, str]:
    if node is None:
        return {}
    url = reverse("assessments:sheet-node", args=[sheet.pk, node.identifier])
    return {side: f"{node.identifier} {short_of(node)}", f"{side}_url": url}
