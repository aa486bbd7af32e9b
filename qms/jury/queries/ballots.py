"""A juror's own ballot: its sections, how far each is, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from qms.awards.models import Section
from qms.awards.models.round import in_order
from qms.awards.queries.received import last_submission
from qms.frameworks.domain.panel import Scale
from qms.jury.domain.ballot import Answer, answer_of
from qms.jury.domain.scoring import ballot_total
from qms.jury.models import Ballot, Mark, Phase

from .access import cleared_for, open_to, phase_of, seats_of
from .closing import is_decided
from .scales import judging_of, scale_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User

WITH = (
    "juror__round__programme",
    "juror__user",
    "application__category__round__programme",
    "application__category__judging",
    "application__category__framework",
    "application__office__region",
    "application__shortage",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One section of a ballot with what stands there."""

    place: int
    section: Section
    scale: Scale
    mark: Mark | None

    @property
    def answer(self) -> Answer:
        """How far it is."""
        mark = self.mark
        if mark is None:
            return Answer.EMPTY
        return answer_of(marks=mark.marks, score=mark.score, is_na=mark.is_na, reason=mark.reason)

    @property
    def score(self) -> Decimal | None:
        """Its score; nothing where it cannot be judged or a mark is missing."""
        return self.mark.score if self.mark else None

    @property
    def version(self) -> int:
        """Which save it was; 0 where nothing is saved."""
        return self.mark.version if self.mark else 0


@dataclass(frozen=True, slots=True)
class BallotView:
    """One ballot as its juror sees it."""

    ballot: Ballot
    lines: tuple[Line, ...]
    phase: Phase | None
    # Whether the phase lets the juror read the application now.
    is_open: bool
    # Whether scores are taken now.
    may_score: bool

    @property
    def total(self) -> Decimal | None:
        """The total of what is scored so far."""
        weights = {one.section.pk: one.section.weight for one in self.lines}
        return ballot_total({one.section.pk: one.score for one in self.lines}, weights)

    @property
    def missing(self) -> tuple[Line, ...]:
        """The sections without which it cannot be handed in."""
        return tuple(one for one in self.lines if not one.answer.is_done)

    @property
    def done(self) -> int:
        """How many sections are scored or cannot be judged."""
        return len(self.lines) - len(self.missing)

    def after(self, line: Line) -> Line | None:
        """The next section to score: the first unfinished one behind, else in front."""
        others = [one for one in self.missing if one.place != line.place]
        return next((one for one in others if one.place > line.place), others[0] if others else None)


def own(user: User | AnonymousUser, at: datetime) -> QuerySet[Ballot]:
    """The ballots that the person still has to give or gave: seated, declared on, excluded from none of them."""
    cleared = cleared_for(user, at).order_by().values("pk")
    rows = Ballot.objects.visible_to(user).counting().filter(application__in=cleared)
    return rows.filter(juror__in=seats_of(user).values("pk")).select_related(*WITH)


def ballot_view(ballot: Ballot, at: datetime) -> BallotView:
    """The ballot with all its sections."""
    application = ballot.application
    phase = phase_of(application.category.round, at)
    is_open = open_to(ballot.juror.user, at).filter(pk=application.pk).exists()
    lets = is_open and phase is not None and phase.may_score and ballot.state == Ballot.State.DRAFT
    may_score = lets and not is_decided(application.category)
    return BallotView(ballot, lines_of(ballot), phase, is_open, may_score)


def lines_of(ballot: Ballot) -> tuple[Line, ...]:
    """All sections that the jury scores, in order, each with what the juror gave."""
    category = ballot.application.category
    marks = {one.section_id: one for one in Mark.objects.filter(ballot=ballot)}
    lines = []
    for place, section in enumerate(in_order(Section.objects.filter(category=category, is_scored=True)), 1):
        section.category = category
        lines.append(Line(place, section, scale_of(section, judging_of(category)), marks.get(section.pk)))
    return tuple(lines)


def written_by_office(ballot: Ballot, section: Section) -> dict[str, Any] | None:
    """What the office submitted, cut down to this section and its annexes; nothing where it is not there."""
    submission = last_submission(ballot.application)
    if submission is None:
        return None
    content: dict[str, Any] = submission.content
    return {**content, "sections": [one for one in content["sections"] if one["pk"] == section.pk]}
