"""What is written in one practice, plain: what forms fill, finished actions propose, and versions differ in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

NONE: Final = "none"
TOLD: Final = "told"
PROVEN: Final = "proven"
IMPROVED: Final = "improved"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One step of what was done."""

    title: str
    text: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """An indicator before and after, with the interval of the change where it is known."""

    title: str
    unit: str = ""
    better: str = "higher"
    before: Decimal | None = None
    after: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    count: int | None = None
    source: str = ""
    # The verdict of an effect that was stated on the platform; nobody types it.
    verdict: str = ""

    @property
    def figures(self) -> tuple[object, ...]:
        """What a verdict was given on; it holds as long as none of this changes."""
        return (self.title, self.unit, self.better, self.before, self.after, self.low, self.high, self.count)


@dataclass(frozen=True, slots=True)
class QuotationDraft:
    """What somebody said; a role, never a name."""

    text: str
    who: str


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture in our store with what it shows."""

    picture: int
    alternative: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A document in our store with what it is."""

    document: int
    title: str


@dataclass(frozen=True, slots=True)
class FilmDraft:
    """The address of a film with what it shows."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A piece of evidence that the practice came with."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """The content of one practice; `criteria` are pairs of the edition's code and the node's identifier."""

    title: str
    summary: str = ""
    stage: str = "implemented"
    started_on: date | None = None
    ended_on: date | None = None
    criteria: tuple[tuple[str, str], ...] = ()
    clients: tuple[str, ...] = ()
    problem: str = ""
    steps: tuple[StepDraft, ...] = ()
    texts: tuple[str, ...] = ()
    results: tuple[ResultDraft, ...] = ()
    cost: Decimal | None = None
    currency: str = "PLN"
    hours: int | None = None
    cost_note: str = ""
    partners: str = ""
    legal_basis: str = ""
    failures: str = ""
    conditions: str = ""
    transferability: int | None = None
    quotations: tuple[QuotationDraft, ...] = ()
    pictures: tuple[PictureDraft, ...] = ()
    files: tuple[FileDraft, ...] = ()
    films: tuple[FilmDraft, ...] = ()
    contact: int | None = None
    contact_role: str = ""
    licence: str = "cc-by-4.0"
    evidence: tuple[EvidenceDraft, ...] = ()
    origin: str = "own"
    origin_key: str = ""
    origin_note: str = ""


def effect_of(results: tuple[ResultDraft, ...]) -> str:
    """Proven where a stated effect says "improved", told where there are figures, else none."""
    if any(result.verdict == IMPROVED for result in results):
        return PROVEN
    return TOLD if any(result.before is not None or result.after is not None for result in results) else NONE


def words_of(draft: PracticeDraft) -> str:
    """All the words by which a practice is found."""
    parts = [draft.title, draft.summary, draft.problem]
    parts += [part for step in draft.steps for part in (step.title, step.text)]
    parts += draft.texts
    parts += [one.text for one in draft.quotations]
    parts += [result.title for result in draft.results]
    parts += [draft.failures, draft.conditions]
    return "\n".join(part for part in parts if part)


def with_kept_verdicts(draft: PracticeDraft, earlier: PracticeDraft) -> PracticeDraft:
    """The draft whose results bear the verdicts they had, as far as their figures are still the same."""
    known = {result.figures: result.verdict for result in earlier.results}
    kept = tuple(replace(result, verdict=known.get(result.figures, "")) for result in draft.results)
    return replace(draft, results=kept)


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture that was just handed in, with what it shows; `file` is the upload."""

    file: object
    alternative: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A document that was just handed in, with what it is; `file` is the upload."""

    file: object
    title: str


@dataclass(frozen=True, slots=True)
class Uploads:
    """Files that come with a draft and are stored together with it."""

    pictures: tuple[NewPicture, ...] = ()
    files: tuple[NewFile, ...] = ()


NO_UPLOADS: Final = Uploads()
