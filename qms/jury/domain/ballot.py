"""What a juror typed for a section, how far a ballot is, and a page that was read before another save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from qms.lifecycle import Refused, gettext_noop

STALE: Final = gettext_noop("This was saved elsewhere in the meantime. Both versions stand below.")


class Answer(StrEnum):
    """How far a section of a ballot is."""

    EMPTY = "empty"
    PARTIAL = "partial"
    SCORED = "scored"
    NOT_JUDGED = "na"

    @property
    def is_done(self) -> bool:
        """Whether the ballot may be handed in with it."""
        return self in (Answer.SCORED, Answer.NOT_JUDGED)


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """All that was typed on the page of one section; blank marks are left out."""

    marks: Mapping[str, int] = field(default_factory=dict)
    is_na: bool = False
    reason: str = ""
    strengths: str = ""
    areas: str = ""

    def tidied(self) -> MarkDraft:
        """The same with plain line ends and without space around the texts."""
        return replace(self, reason=tidy(self.reason), strengths=tidy(self.strengths), areas=tidy(self.areas))


@dataclass(frozen=True, slots=True)
class AgreedDraft:
    """What was agreed on a section as it was typed: marks by dimension, or one number under "score"."""

    marks: Mapping[str, int] = field(default_factory=dict)
    is_na: bool = False
    reason: str = ""
    strengths: str = ""
    areas: str = ""
    stage: str = "talk"

    def tidied(self) -> AgreedDraft:
        """The same with plain line ends and without space around the texts."""
        return replace(self, reason=tidy(self.reason), strengths=tidy(self.strengths), areas=tidy(self.areas))


class Stale(Refused):
    """Somebody saved after the page was read; the view shows what is stored beside what was typed."""

    def __init__(self) -> None:
        super().__init__(STALE)


def answer_of(*, marks: Mapping[str, int], score: Decimal | None, is_na: bool, reason: str) -> Answer:
    """How far a section is: "cannot be judged" needs its reason, a score all its marks."""
    if is_na:
        return Answer.NOT_JUDGED if reason else Answer.PARTIAL
    if score is not None:
        return Answer.SCORED
    return Answer.PARTIAL if marks else Answer.EMPTY


def is_outside(score: Decimal | None, given: Iterable[Decimal]) -> bool:
    """Whether what was agreed lies outside what the jurors gave, so that it needs a reason.

    "Cannot be judged" (no score) lies outside as soon as somebody gave a score, and a score where nobody did.
    """
    scores = tuple(given)
    if score is None:
        return bool(scores)
    return not scores or not min(scores) <= score <= max(scores)


def laid_together(texts: Iterable[str]) -> str:
    """Comments one under another in the jurors' order, each once, empty ones left out."""
    return "\n\n".join(dict.fromkeys(filter(None, map(tidy, texts))))


def tidy(text: str) -> str:
    """The text with plain line ends and without space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
