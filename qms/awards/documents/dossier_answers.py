"""The answer to a question on paper, by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.components.dossiers import Indicator, Narrative, PageOf, Ticks, Trend, Whole
from qms.awards.models import Paragraph, Question, ResultRow
from qms.frameworks.domain.framework import text
from qms.pdf.components import Column, Row, Table, Text
from qms.ui import numbers
from qms.ui.components import Part

from .pictures import trend

Content = Mapping[str, Any]
FEW = 8  # rows that are kept on one page


def answer(question: Content, language: str, annexes: Mapping[int, int]) -> tuple[Part, ...]:
    """What the office answered; a line that says so where it answered nothing."""
    found = tuple(_answer(question, language, annexes))
    return found or (Text((_("Nothing was answered here."),)),)


def _answer(question: Content, language: str, annexes: Mapping[int, int]) -> Iterator[Part]:
    match question["kind"]:
        case Question.Kind.TEXT:
            said = tuple((one["text"], source_words(one)) for one in question["paragraphs"] if one["text"].strip())
            if said:
                yield Narrative(said)
        case Question.Kind.RESULTS:
            yield from _results(question["rows"])
        case Question.Kind.NUMBER:
            if question["number"] is not None:
                yield Text((f"{plain(question['number'])} {question['unit']}".strip(),))
        case Question.Kind.CONSENT:
            yield Ticks(((_("The office agrees to this statement."), bool(question["agreed"])),))
        case Question.Kind.FILE:
            yield from (_annex(annexes[pk]) for pk in question["annexes"] if pk in annexes)
        case _:
            chosen = question["chosen"]
            yield Ticks(tuple((text(one["titles"], language), one["code"] in chosen) for one in question["options"]))


def source_words(sourced: Content) -> str:
    """Where it comes from, in words; nothing for the office's own text."""
    if not sourced["source"]:
        return ""
    kind = dict(Paragraph.Source.choices).get(sourced["source"], sourced["source"])
    return f"{kind}: {sourced['source_title']}" if sourced["source_title"] else str(kind)


def _annex(place: int) -> PageOf:
    return PageOf(f"annex-{place}", _("Annex %(place)s, page") % {"place": place})


def plain(number: str | None) -> str:
    """A figure as it was entered, in the signs of the language."""
    if number is None:
        return "–"
    return numbers.figure(number, len(number.partition(".")[2]))


def _results(rows: Sequence[Content]) -> Iterator[Part]:
    """One table for each last year: its columns are the three years up to it."""
    ordered = sorted(rows, key=lambda row: -row["year"])
    for year, group in groupby(ordered, key=lambda row: row["year"]):
        columns = (
            Column(_("Indicator"), width="large"),
            *(Column(str(each), is_number=True, is_main=each == year) for each in (year - 2, year - 1, year)),
            Column(_("Trend"), width="middle"),
            Column(pgettext("column of results", "Target"), is_number=True),
            Column(_("Comparison"), width="small"),
        )
        caption = _("Results %(first)s–%(last)s") % {"first": year - 2, "last": year}
        note = _("Dashed line: the target. Ring: the comparison.")
        lines = tuple(_result(row) for row in group)
        table = Table(columns, lines, caption, note=note)
        yield Whole(table) if len(lines) <= FEW else table


def _result(row: Content) -> Row:
    drawn = trend(row)
    cells = (_indicator(row), *(plain(value) for value in row["values"]), Trend(drawn) if drawn else "–")
    return Row((*cells, plain(row["target"]), _comparison(row)))


def _indicator(row: Content) -> Indicator:
    notes = [str(dict(ResultRow.Better.choices).get(row["better"], ""))]
    if row["evidence"]:
        notes.append(_("Evidence: %(evidence)s") % {"evidence": row["evidence"]})
    if words := source_words(row):
        notes.append(words)
    return Indicator(row["title"], row["unit"], tuple(filter(None, notes)))


def _comparison(row: Content) -> object:
    if row["comparison"] is None:
        return "–"
    return Indicator(plain(row["comparison"]), "", tuple(filter(None, (row["comparison_note"],))))
