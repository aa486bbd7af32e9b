"""The matter of an action's page: findings, tasks, log, what was said and done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, gettext

from qms.frameworks.domain.framework import text
from qms.ui import numbers
from qms.ui.components import Band, Chip, Link

from .parts import Log, LogLine, Said, SaidLine, Source, Todo, TodoLine
from .words import moved_words

if TYPE_CHECKING:
    from qms.improvements.models import Communication
    from qms.improvements.queries.actions import ActionView, LineView, SourceView


def sources_of(view: ActionView, *, links: bool) -> tuple[Source, ...]:
    """The findings behind the action, each with its score, interval and evidence."""
    return tuple(_source(source, links=links) for source in view.sources)


def _source(source: SourceView, *, links: bool) -> Source:
    finding = source.finding
    chips = [Chip(piece.get("title", ""), piece.get("code", "")) for piece in finding.evidence]
    if links and source.url:
        chips.append(Chip(finding.instrument or gettext("Open where it comes from"), url=source.url))
    band = source.band
    return Source(
        finding.title,
        finding.detail,
        score_of(source),
        ", ".join(part for part in (source.node.identifier if source.node else "", scale_of(source)) if part),
        None if band is None else Band(band.index, text(band.titles, get_language() or "pl")),
        _note(source),
        tuple(chips),
    )


def score_of(source: SourceView) -> str:
    """The score in figures; nothing where none was given."""
    score = source.finding.score
    if score is None:
        return ""
    if source.finding.scale == "%":
        return numbers.share(score)
    return _plain(score)


def _plain(value: object) -> str:
    exact = numbers.rounded(value, 1)
    return numbers.figure(value, 0 if exact == exact.to_integral_value() else 1)


def scale_of(source: SourceView) -> str:
    """What the score is out of, in words; nothing where its sign says it."""
    scale = source.finding.scale
    if source.finding.score is None or scale in ("", "%"):
        return ""
    if scale == "0\u2013100":
        return gettext("of 100")
    return scale


def _note(source: SourceView) -> str:
    finding = source.finding
    parts = [str(finding.get_source_display())]
    if source.node and source.node.title:
        parts.append(f"{source.node.identifier} {source.node.title}")
    if finding.low is not None and finding.high is not None:
        span = {"low": _plain(finding.low), "high": _plain(finding.high)}
        parts.append(gettext("between %(low)s and %(high)s") % span)
    if finding.count is not None:
        parts.append(f"n = {numbers.figure(finding.count)}")
    if finding.found_on:
        parts.append(numbers.day(finding.found_on))
    return " \u00b7 ".join(parts)


def todo_of(view: ActionView, *, ticks: bool) -> Todo:
    """The tasks in their order; with the address to which ticks go, where the person may tick."""
    lines = tuple(
        TodoLine(each.task.pk, each.task.title, _who_and_when(each.task.person, each.task), each.is_done, each.is_late)
        for each in view.tasks
    )
    return Todo(lines, reverse("improvements:task-save", args=[view.action.pk]) if ticks else "")


def _who_and_when(person: object, task: object) -> str:
    name = getattr(person, "name", "")
    done, due = getattr(task, "done_on", None), getattr(task, "due_on", None)
    when = ""
    if done:
        when = gettext("done %(day)s") % {"day": numbers.day(done)}
    elif due:
        when = gettext("until %(day)s") % {"day": numbers.day(due)}
    return ", ".join(part for part in (name, when) if part)


def log_of(view: ActionView, *, opens_files: bool, shown: int = 6) -> Log:
    """The log, newest first; the older lines stand apart."""
    lines = tuple(log_line(line, opens_files=opens_files) for line in view.log)
    return Log(lines[:shown], lines[shown:])


def log_line(line: LineView, *, opens_files: bool) -> LogLine:
    """One line of the log in the reader's words."""
    entry = line.entry
    words, remark = entry.text, ""
    if line.moved is not None:
        words, remark = moved_words(line.moved.before, line.moved.after), line.moved.reason
    elif entry.progress is not None:
        remark = gettext("Progress: %(share)s") % {"share": numbers.share(entry.progress)}
    files = tuple(
        Link(one.file_name, reverse("improvements:attachment", args=[one.pk]) if opens_files else "")
        for one in line.attachments
    )
    return LogLine(entry.on, words, remark, entry.by.name if entry.by else "", files)


def said_of(communications: Sequence[Communication], *, changes: bool) -> Said:
    """What people said and what was done about it."""
    return Said(tuple(_said_line(one, changes=changes) for one in communications))


def _said_line(one: Communication, *, changes: bool) -> SaidLine:
    told = gettext("Told: %(audience)s") % {"audience": one.get_audience_display()}
    parts = [part for part in (told, one.channel, numbers.day(one.told_on) if one.told_on else "") if part]
    did = one.outcome == one.Outcome.DONE
    return SaidLine(
        one.said,
        one.done,
        gettext("We did") if did else gettext("We did not do"),
        ", ".join(parts),
        f"{reverse('improvements:communication-save', args=[one.action_id])}?line={one.pk}" if changes else "",
    )
