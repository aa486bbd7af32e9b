"""The draft of a good practice: one text with headings, for the page and for files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qms.improvements.domain.effect import Verdict
from qms.ui import numbers

from .effects.doubts import reservations
from .effects.words import change_of, change_span, power, reason_words, summary, verdict_name
from .money import money

if TYPE_CHECKING:
    from qms.improvements.models import Finding
    from qms.improvements.queries import PracticeDraft, StatedView


@dataclass(frozen=True, slots=True)
class Chapter:
    """One heading of the draft with its paragraphs, or its list."""

    title: str
    lines: tuple[str, ...]
    is_list: bool = False
    is_numbered: bool = False
    missing: str = ""  # what to write there, where the action says nothing


def chapters_of(draft: PracticeDraft) -> tuple[Chapter, ...]:
    """The draft in the order in which a practice is read."""
    action = draft.action
    return (
        Chapter(
            gettext("The problem"),
            _given(action.problem),
            missing=gettext("What was wrong, for whom, and how it was noticed."),
        ),
        Chapter(
            gettext("How it was found"),
            tuple(_finding(finding) for finding in draft.findings),
            is_list=True,
            missing=gettext("The finding, its score and where it comes from."),
        ),
        Chapter(
            gettext("What was to be reached"),
            _given(action.expected),
            missing=gettext("What should be better for clients or staff."),
        ),
        Chapter(
            gettext("Steps"),
            tuple(_step(step.title, numbers.day(step.done_on) if step.done_on else "") for step in draft.steps),
            is_numbered=True,
            missing=gettext("What was done, in the order in which it was done."),
        ),
        Chapter(gettext("Time"), _time(draft), missing=gettext("From when until when.")),
        Chapter(gettext("Cost"), _cost(draft), missing=gettext("What it cost, in money and in people's time.")),
        Chapter(
            gettext("Effect"),
            tuple(_effect(draft.stated)),
            missing=gettext("The effect is not stated yet. Without it this is an idea and not a practice."),
        ),
        Chapter(
            gettext("What the result does not say"),
            reservations(draft.stated.measured) if draft.stated and draft.stated.measured else (),
            is_list=True,
            missing=gettext("What else may have caused the change."),
        ),
        Chapter(
            gettext("Lessons for other offices"),
            _given(action.lessons),
            missing=gettext("What you would do otherwise, and what one cannot do without."),
        ),
        Chapter(
            gettext("Evidence"), draft.evidence, is_list=True, missing=gettext("Documents and figures that show it.")
        ),
    )


def _given(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _finding(finding: Finding) -> str:
    parts = [finding.title]
    if finding.score is not None:
        score = numbers.figure(finding.score, 0 if finding.score == finding.score.to_integral_value() else 1)
        parts.append(gettext("score %(score)s") % {"score": score})
    if finding.instrument:
        parts.append(finding.instrument)
    return ", ".join(parts)


def _step(title: str, day: str) -> str:
    return f"{title} ({day})" if day else title


def _time(draft: PracticeDraft) -> tuple[str, ...]:
    action = draft.action
    last = action.done_on or action.due_on
    if action.start_on is None or last is None:
        return ()
    return (f"{numbers.day(action.start_on)} – {numbers.day(last)}",)


def _cost(draft: PracticeDraft) -> tuple[str, ...]:
    if draft.cost is None:
        return ()
    cost = money(draft.cost, draft.action.plan.currency)
    if draft.is_cost_planned:
        return (gettext("%(cost)s planned; what was spent is not noted.") % {"cost": cost},)
    return (cost,)


def _effect(stated: StatedView | None) -> Iterator[str]:
    """The verdict with its interval, as it was stated."""
    if stated is None:
        return
    measured = stated.measured
    name = verdict_name(stated.verdict)
    if measured is None:
        yield f"{name}. {reason_words(stated.reason)}"
    else:
        yield f"{measured.title}: {name.lower()}. {summary(measured)}"
        found = measured.outcome.deciding
        if found is not None and found.margin is not None and stated.verdict != Verdict.NOT_MEASURABLE:
            values = {"change": change_of(found.difference, measured), "span": change_span(found, measured)}
            yield gettext("Change: %(change)s, interval (95 %%) %(span)s.") % values
        if told := power(measured):
            yield told
    if stated.effect.comment:
        yield from _given(stated.effect.comment)


def as_text(draft: PracticeDraft) -> str:
    """The draft as plain text, to be pasted anywhere."""
    action = draft.action
    head = [action.title, "=" * len(action.title), "", _under(draft), ""]
    for chapter in chapters_of(draft):
        head += [chapter.title, "-" * len(chapter.title), *_lines(chapter), ""]
    return "\n".join(head)


def _lines(chapter: Chapter) -> Iterator[str]:
    if not chapter.lines:
        yield f"[{chapter.missing}]"
    for number, line in enumerate(chapter.lines, 1):
        yield f"{number}. {line}" if chapter.is_numbered else f"- {line}" if chapter.is_list else line


def _under(draft: PracticeDraft) -> str:
    """Of whom and from where, in one line."""
    action = draft.action
    return f"{action.plan.office.name}. {action.plan.title}, {action.code}"
