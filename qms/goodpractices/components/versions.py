"""Two versions of a practice, field by field, with what changed marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from django.utils.translation import gettext as _

from qms.goodpractices.domain.draft import PracticeDraft, ResultDraft
from qms.goodpractices.models import PracticeClients, PracticePage
from qms.stats import runs
from qms.ui.components.part import Part
from qms.ui.numbers import day, figure

NOTHING = "–"


@dataclass(frozen=True)
class Change(Part):
    """One field before and after."""

    label: str
    before: str
    after: str
    before_label: str
    after_label: str
    template_name: ClassVar[str] = "goodpractices/_change.html"

    @property
    def before_pieces(self) -> tuple[tuple[bool, str], ...]:
        """The earlier text in pieces, each with whether the later one lacks it."""
        return marked(self.after, self.before)

    @property
    def after_pieces(self) -> tuple[tuple[bool, str], ...]:
        """The later text in pieces, each with whether the earlier one lacks it."""
        return marked(self.before, self.after)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Streszczenie",
                "Dzwonimy w pięć dni.",
                "Dzwonimy w trzy dni.",
                "18 listopada, 9:12",
                "18 listopada, 10:40",
            ),
        )


def marked(old: str, new: str) -> tuple[tuple[bool, str], ...]:
    """The new text in pieces, each with whether the old one lacks it."""
    before, after = (re.findall(r"\w+|\W", text) for text in (old, new))
    pieces = runs.changes(before, after)
    return tuple((not is_same, "".join(after[now])) for is_same, _was, now in pieces if now.start != now.stop)


def changes_between(
    earlier: PracticeDraft,
    later: PracticeDraft,
    *,
    labels: tuple[str, str],
    people: Mapping[int, str],
    files: Mapping[str, str],
) -> tuple[Change, ...]:
    """The fields in which the two differ, in the order of the page; `labels` name the two versions."""
    changes = []
    for label, said in _sayings(people, files).items():
        before, after = said(earlier) or NOTHING, said(later) or NOTHING
        if before != after:
            changes.append(Change(label, before, after, *labels))
    return tuple(changes)


def record_of(
    draft: PracticeDraft, *, people: Mapping[int, str], files: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """All that is written, field by field."""
    said = ((label, says(draft)) for label, says in _sayings(people, files).items())
    return tuple((label, words) for label, words in said if words)


def _sayings(people: Mapping[int, str], files: Mapping[str, str]) -> dict[str, Callable[[PracticeDraft], str]]:
    """Each field's name and how its content is said in words."""
    stages, licences = dict(PracticePage.Stage.choices), dict(PracticePage.Licence.choices)
    groups = dict(PracticeClients.Group.choices)
    return {
        _("Title"): lambda draft: draft.title,
        _("Summary"): lambda draft: draft.summary,
        _("Stage"): lambda draft: str(stages.get(draft.stage, draft.stage)),
        _("Works since"): lambda draft: day(draft.started_on) if draft.started_on else "",
        _("Ended"): lambda draft: day(draft.ended_on) if draft.ended_on else "",
        _("Criteria"): lambda draft: "\n".join(f"{code} {node}" for code, node in draft.criteria),
        _("Client groups"): lambda draft: ", ".join(str(groups.get(one, one)) for one in draft.clients),
        _("What the trouble was"): lambda draft: draft.problem,
        _("Steps"): lambda draft: "\n".join(_joined((step.title, step.text, step.when)) for step in draft.steps),
        _("What else should be told"): lambda draft: "\n\n".join(draft.texts),
        _("Money"): lambda draft: f"{figure(draft.cost, 2)} {draft.currency}" if draft.cost is not None else "",
        _("Hours of work"): lambda draft: figure(draft.hours) if draft.hours is not None else "",
        _("What the money and the hours were for"): lambda draft: draft.cost_note,
        _("Results"): lambda draft: "\n".join(_result(result) for result in draft.results),
        _("Partners"): lambda draft: draft.partners,
        _("Legal basis"): lambda draft: draft.legal_basis,
        _("What failed"): lambda draft: draft.failures,
        _("When it will work elsewhere"): lambda draft: draft.conditions,
        _("Transferability"): lambda draft: str(draft.transferability or ""),
        _("Pictures"): lambda draft: "\n".join(
            _joined((files.get(f"picture-{one.picture}", ""), one.alternative, one.caption)) for one in draft.pictures
        ),
        _("Files"): lambda draft: "\n".join(
            _joined((files.get(f"document-{one.document}", ""), one.title)) for one in draft.files
        ),
        _("Quotations"): lambda draft: "\n".join(_joined((one.text, one.who)) for one in draft.quotations),
        _("Films"): lambda draft: "\n".join(_joined((one.title, one.address)) for one in draft.films),
        _("Contact"): lambda draft: people.get(draft.contact or 0, ""),
        _("Contact's role"): lambda draft: draft.contact_role,
        _("Licence"): lambda draft: str(licences.get(draft.licence, draft.licence)),
    }


def _result(result: ResultDraft) -> str:
    values = [_plain(value) for value in (result.before, result.after)]
    interval = ""
    if result.low is not None and result.high is not None:
        interval = _("change %(low)s to %(high)s") % {"low": _plain(result.low), "high": _plain(result.high)}
    count = f"n = {result.count}" if result.count else ""
    change = " → ".join(values) + (f" {result.unit}" if result.unit else "")
    return _joined((result.title, change, interval, count, result.source))


def _plain(value: object) -> str:
    return NOTHING if value is None else format(value, "f").rstrip("0").rstrip(".") if "." in str(value) else str(value)


def _joined(parts: tuple[str, ...]) -> str:
    return " · ".join(part for part in parts if part)
