"""What was agreed on a section, and what an agreement is held against."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from qms.awards.components.hours import moment_of
from qms.awards.models import Application
from qms.jury.models import Agreed
from qms.jury.queries.scales import HIGHEST, LOWEST
from qms.jury.queries.talks import TalkLine
from qms.ui.components import Facts, MarkRow
from qms.ui.numbers import figure

from .marks import Marks, keys_of, marks_of, ticks_of


def agreed_words(agreed: Agreed | None, application: Application) -> str:
    """What was agreed and when; nothing where nothing was."""
    if agreed is None:
        return ""
    score = _("cannot be judged") if agreed.is_na else figure(agreed.score, 1)
    words = _("Agreed: %(score)s (%(stage)s, %(moment)s)")
    moment = moment_of(application.category.round, agreed.agreed_at)
    return words % {"score": score, "stage": agreed.get_stage_display(), "moment": moment}


def stored_facts(agreed: Agreed) -> Facts:
    """What somebody saved in the meantime, to be held against what was typed."""
    score = _("cannot be judged") if agreed.is_na else figure(agreed.score, 1)
    facts: tuple[tuple[str, object], ...] = (
        (_("Agreed score"), score),
        (_("Reason"), agreed.reason or "\u2013"),
        (_("Strengths"), agreed.strengths or "\u2013"),
        (_("Areas for improvement"), agreed.areas or "\u2013"),
    )
    return Facts(facts)


def given_words(line: TalkLine) -> str:
    """Between which scores an agreement needs no reason."""
    spread = line.spread
    if spread is None:
        return _("Nobody gave a score, so any score needs a reason.")
    if spread.lowest == spread.highest:
        return _("All gave %(score)s.") % {"score": figure(spread.lowest, 1)}
    words = _("From %(low)s to %(high)s no reason is needed.")
    return words % {"low": figure(spread.lowest, 1), "high": figure(spread.highest, 1)}


def marks_given(line: TalkLine, code: str) -> str:
    """Which marks the jurors gave for one dimension."""
    marks = [one.mark.marks for one in line.voices if one.mark is not None and not one.mark.is_na]
    given = sorted(one[code] for one in marks if code in one)
    return _("given: %(marks)s") % {"marks": ", ".join(map(str, given))} if given else ""


def whole_marks(line: TalkLine, *, typed: str, error: str, name: str) -> Marks:
    """The agreed score as one whole number."""
    number = int(typed) if typed.isdecimal() and LOWEST <= int(typed) <= HIGHEST else None
    row = MarkRow(name, _("Agreed score"), given_words(line), typed, error=error, ident=f"id_{name}")
    bands = line.scale.bands
    return Marks(
        _("Agreed score"), (row,), keys_of(bands), number, ticks=ticks_of(bands), combination="single", ident="whole"
    )


def part_marks(line: TalkLine, *, typed: dict[str, str], errors: dict[str, str]) -> Marks | None:
    """The agreed score part by part, each with what was given; nothing where the panel has only one."""
    if len(line.scale.dimensions) == 1:
        return None
    marks = marks_of(line.scale, typed=typed, errors=errors, legend=_("Agreed score by parts"))
    rows = tuple(
        replace(row, question=marks_given(line, one.code), anchors=())
        for row, one in zip(marks.rows, line.scale.dimensions, strict=True)
    )
    return replace(marks, rows=rows, ident="parts")
