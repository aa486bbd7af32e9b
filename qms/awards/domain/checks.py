"""What still stands between an application and its submission."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .limits import measure_of_question, measure_of_section

Content = Mapping[str, Any]

EVIDENCE: Final = re.compile(r"\bE\d+\b")
MISSING: Final = {"consent": "consent", "file": "annex"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is missing or doubtful: what it is, in words, and where it is mended.

    A fault keeps the application from being submitted; where `hinders` is false it only warns.
    """

    code: str
    words: str
    url: str = ""
    hinders: bool = True
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is missing or doubtful in a section: what, by how much, and at which question, if at one."""

    code: str
    question: Content | None = None
    length: int = 0
    limit: int = 0


def hindering(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those that keep the application from being submitted."""
    return tuple(fault for fault in faults if fault.hinders)


def warnings(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those that only warn."""
    return tuple(fault for fault in faults if not fault.hinders)


def is_answered(question: Content) -> bool:
    """Whether there is an answer: a text, a figure in a table, a number, a choice, a tick, an annex."""
    match question["kind"]:
        case "text":
            return any(one["text"].strip() for one in question["paragraphs"])
        case "results":
            return any(value is not None for row in question["rows"] for value in row["values"])
        case "number":
            return question["number"] not in (None, "")
        case "consent":
            return bool(question["agreed"])
        case "file":
            return bool(question["annexes"])
    return bool(question["chosen"])


def flaws_of(section: Content) -> Iterator[Flaw]:
    """What hinders in a section: answers, consents and annexes that are missing, texts that are too long."""
    for question in section["questions"]:
        if question["is_required"] and not is_answered(question):
            yield Flaw(MISSING.get(question["kind"], "answer"), question)
        measure = measure_of_question(question)
        if measure.is_over:
            yield Flaw("long-answer", question, measure.length, measure.limit or 0)
    whole = measure_of_section(section)
    if whole.is_over:
        yield Flaw("long-section", None, whole.length, whole.limit or 0)


def doubts_of(section: Content) -> Iterator[Flaw]:
    """What a careful reader would ask about a section: scores without evidence, results without evidence."""
    questions = section["questions"]
    paragraphs = [one for question in questions for one in question.get("paragraphs", ())]
    rows = [row for question in questions for row in question.get("rows", ())]
    cites = any(one["source"] in ("strength", "evidence") or EVIDENCE.search(one["text"]) for one in paragraphs)
    if any(one["source"] == "score" for one in paragraphs) and not cites:
        yield Flaw("score-alone")
    bare = sum(not row["evidence"].strip() for row in rows)
    if bare:
        yield Flaw("results-alone", length=bare)
