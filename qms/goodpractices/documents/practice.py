"""One good practice on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.goodpractices.components.reading import TRANSFER, facts_of, meta_of, over_of
from qms.goodpractices.domain.results import change_of, digits_of, lines_of
from qms.pdf.components import Box, Column, Number, Numbers, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Link, Part

if TYPE_CHECKING:
    from qms.goodpractices.models import PracticePage, PracticeResult
    from qms.goodpractices.queries.reading import PracticeView


def document_of(view: PracticeView, *, language: str) -> Document:
    """The practice as it is published, to read away from a screen; words of the office stay as it wrote them."""
    with translation.override(language):
        practice, office = view.practice, view.office
        return Document(
            title=practice.title,
            subtitle=_("Good practice"),
            subject=practice.summary,
            language=language,
            sections=tuple(_sections(view)),
            cover=Cover(organisation=office.name, facts=_cover(view)),
            moment=practice.last_published_at or timezone.now(),
            running=_("%(number)s, %(office)s") % {"number": view.number, "office": office.short_name or office.name},
            version_line=_("Version %(version)s") % {"version": _version(view)},
            imprint=(
                _("Licence: %(licence)s.") % {"licence": practice.get_licence_display()},
                _("Typeset by QMS from the practice as it was published; later versions stand on the platform."),
            ),
            author=office.name,
            has_contents=False,
        )


def _version(view: PracticeView) -> str:
    facts = {"version": view.version, "day": numbers.day(view.version_on)}
    return _("%(version)s of %(day)s") % facts if view.version_on else str(view.version)


def _cover(view: PracticeView) -> tuple[tuple[str, str], ...]:
    facts = [(_("Number"), view.number), (_("Criterion"), over_of(view).partition(", ")[2])]
    facts += [(name, _plain(fact)) for name, fact in meta_of(view) if not isinstance(fact, Link)]
    return tuple((name, fact) for name, fact in facts if fact)[:4]


def _plain(fact: object) -> str:
    return fact.label if isinstance(fact, Link) else str(fact)


def _sections(view: PracticeView) -> Iterator[Section]:
    practice = view.practice
    told: tuple[tuple[str, tuple[Part, ...]], ...] = (
        (_("In short"), (_text(practice.summary),)),
        (_("What the trouble was"), (_text(practice.problem),) if practice.problem else ()),
        (_("What we did"), tuple(_done(practice))),
        (_("What it costs"), _cost(practice)),
        (_("What changed"), tuple(_changed(view))),
        (_("What failed"), _lines(practice.failures)),
        (_("When it will work elsewhere"), _elsewhere(practice)),
        (_("Partners and legal basis"), _grounds(practice)),
        (_("Record of the practice"), (_record(view),)),
    )
    shown = [(title, parts) for title, parts in told if parts]
    for number, (title, parts) in enumerate(shown, 1):
        yield Section(title, parts, number=str(number), kind="chapter" if number == 1 else "flow", ident=f"p{number}")


def _text(words: str) -> Text:
    return Text(tuple(part for line in words.split("\n\n") if (part := line.strip())))


def _done(practice: PracticePage) -> Iterator[Part]:
    steps = [item for block in practice.body if block.block_type == "steps" for item in block.value]
    if steps:
        rows = tuple(
            Row((str(number), step["title"], step.get("text") or "", step.get("when") or ""))
            for number, step in enumerate(steps, 1)
        )
        columns = (
            Column(_("Step")),
            Column(_("What was done"), is_main=True),
            Column(_("How")),
            Column(_("When, and how much work")),
        )
        yield Table(columns, rows)
    for block in practice.body:
        if block.block_type == "text":
            yield _text(str(block.value))
        elif block.block_type == "quotation":
            yield Box(block.value["who"], (block.value["text"],))


def _cost(practice: PracticePage) -> tuple[Part, ...]:
    shown = []
    if practice.hours is not None:
        shown.append(Number(_("Work"), numbers.figure(practice.hours), _("hours")))
    if practice.cost is not None:
        digits = 0 if practice.cost == practice.cost.to_integral_value() else 2
        shown.append(Number(_("Money"), numbers.figure(practice.cost, digits), practice.currency))
    parts: list[Part] = [Numbers(tuple(shown))] if shown else []
    if practice.cost_note:
        parts.append(_text(practice.cost_note))
    return tuple(parts)


def _changed(view: PracticeView) -> Iterator[Part]:
    rows = tuple(_result(result) for result in view.results)
    if not rows:
        return
    columns = (
        Column(_("Indicator"), is_main=True),
        Column(pgettext("effect", "Before"), is_number=True),
        Column(pgettext("effect", "After"), is_number=True),
        Column(pgettext("effect", "Change"), is_number=True),
        Column(_("Interval of the change"), is_number=True),
        Column("n", is_number=True),
    )
    yield Table(columns, rows, caption=_("Results before and after"))
    sources = "; ".join(dict.fromkeys(result.source for result in view.results if result.source))
    if sources:
        yield Text((_("Sources: %(sources)s.") % {"sources": sources},))


def _result(result: PracticeResult) -> Row:
    digits = digits_of((result.before, result.after, result.low, result.high))
    change = change_of(result.before, result.after, result.low, result.high)
    span = ""
    if change is not None and change.low is not None and change.high is not None:
        ends = {"low": numbers.signed(change.low, digits), "high": numbers.signed(change.high, digits)}
        span = _("from %(low)s to %(high)s") % ends
    return Row(
        (
            ", ".join(filter(None, (result.title, result.unit, str(result.get_better_display())))),
            numbers.figure(result.before, digits),
            numbers.figure(result.after, digits),
            "–" if change is None else numbers.signed(change.difference, digits),
            span or "–",
            "–" if result.count is None else numbers.figure(result.count),
        )
    )


def _lines(words: str) -> tuple[Part, ...]:
    lines = lines_of(words)
    return (Text(lines),) if lines else ()


def _elsewhere(practice: PracticePage) -> tuple[Part, ...]:
    lines = list(lines_of(practice.conditions))
    if practice.transferability:
        facts = {"words": TRANSFER[practice.transferability - 1], "mark": practice.transferability}
        lines.append(_("The office's own judgement: %(words)s (%(mark)s of 5).") % facts)
    return (Text(tuple(lines)),) if lines else ()


def _grounds(practice: PracticePage) -> tuple[Part, ...]:
    facts = [(_("Partners"), practice.partners), (_("Legal basis"), practice.legal_basis)]
    lines = tuple(f"{name}: {text}" for name, text in facts if text)
    return (Text(lines),) if lines else ()


def _record(view: PracticeView) -> Table:
    rows = tuple(Row((name, _plain(fact))) for name, fact in facts_of(view))
    return Table((Column(_("What")), Column(_("Value"))), rows)
