"""One application before the jury: who scored what, how far apart it lies, and what must be talked about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from qms.awards.models import Application, Judging, Section
from qms.awards.models.round import in_order
from qms.frameworks.domain.panel import Scale
from qms.jury.domain.ballot import laid_together
from qms.jury.domain.scoring import SectionScore, is_revealed, to_talk_about, total_of
from qms.jury.models import Agreed, Ballot, Mark, Visit
from qms.stats.agreement import Spread, spread_of, widest_first

from .scales import judging_of, scale_of
from .scores import section_score
from .shortages import least_of

MOST_WORDS = 6000


@dataclass(frozen=True, slots=True)
class Voice:
    """What one juror gave one section."""

    ballot: Ballot
    mark: Mark | None

    @property
    def score(self) -> Decimal | None:
        """The score, if there is one."""
        return self.mark.score if self.mark else None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One section: what everybody gave, and what was agreed."""

    place: int
    section: Section
    scale: Scale
    figures: SectionScore
    voices: tuple[Voice, ...]
    agreed: Agreed | None
    # What was agreed before a ballot came in or ended: it does not count any more, its words are offered again.
    earlier: Agreed | None
    # It waits for a talk by the rule of the category.
    waits: bool
    # Scores lie close enough to be agreed at their mean.
    is_close: bool

    @property
    def spread(self) -> Spread | None:
        """How far apart the scores lie."""
        return self.figures.spread

    @property
    def version(self) -> int:
        """Which save the agreement is; 0 where nothing is agreed."""
        known = self.agreed or self.earlier
        return known.version if known else 0


@dataclass(frozen=True, slots=True)
class Talk:
    """One application with its counting ballots; without lines as long as numbers are hidden."""

    application: Application
    judging: Judging | None
    ballots: tuple[Ballot, ...]
    lines: tuple[TalkLine, ...]
    # As many ballots as it needs.
    least: int

    @property
    def is_revealed(self) -> bool:
        """Whether numbers may be shown."""
        return is_revealed(len(self.ballots), self.handed_in, least=self.least)

    @property
    def handed_in(self) -> int:
        """How many ballots are in."""
        return sum(one.state == Ballot.State.HANDED_IN for one in self.ballots)

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """The jurors' totals."""
        return tuple(one.total for one in self.ballots if one.total is not None)

    @property
    def total(self) -> Decimal | None:
        """What the application stands at."""
        return total_of(one.figures for one in self.lines)

    @property
    def widest(self) -> tuple[TalkLine, ...]:
        """The sections that wait for a talk, then the others; the widest first."""
        return tuple(sorted(self.lines, key=lambda one: (not one.waits, widest_first(one.spread))))

    def line(self, section: int) -> TalkLine | None:
        """The line of that section."""
        return next((one for one in self.lines if one.section.pk == section), None)

    def after(self, line: TalkLine) -> TalkLine | None:
        """The next section by width that is not agreed."""
        others = [one for one in self.widest if one.agreed is None and one.section.pk != line.section.pk]
        return others[0] if others else None


def talk_of(application: Application) -> Talk:
    """What the jurors gave the application; numbers only when every ballot that counts is in."""
    rows = Ballot.objects.counting().filter(application=application)
    ballots = tuple(rows.select_related("juror__user").order_by("juror__number"))
    judging = judging_of(application.category)
    talk = Talk(application, judging, ballots, (), least_of(application))
    return replace(talk, lines=_lines(talk)) if talk.is_revealed else talk


def _lines(talk: Talk) -> tuple[TalkLine, ...]:
    application, category = talk.application, talk.application.category
    marks = {(one.ballot_id, one.section_id): one for one in Mark.objects.filter(ballot__in=talk.ballots)}
    rows = list(Agreed.objects.filter(application=application).weighed())
    agreed = {one.section_id: one for one in rows if one.holds}
    earlier = {one.section_id: one for one in rows if not one.holds}
    sections = list(in_order(Section.objects.filter(category=category, is_scored=True)))
    voices = {
        section.pk: tuple(Voice(one, marks.get((one.pk, section.pk))) for one in talk.ballots) for section in sections
    }
    figures = {
        one.pk: section_score(
            one, [voice.score for voice in voices[one.pk] if voice.score is not None], agreed.get(one.pk)
        )
        for one in sections
    }
    above = Decimal(talk.judging.talk_above) if talk.judging else Decimal(100)
    waiting = frozenset(to_talk_about(talk.totals, tuple(figures.values()), above))
    lines = []
    for place, section in enumerate(sections, 1):
        section.category = category
        one = figures[section.pk]
        spread = one.spread
        lies_close = spread is not None and spread.n > 1 and spread.range <= above
        lines.append(
            TalkLine(
                place=place,
                section=section,
                scale=scale_of(section, talk.judging),
                figures=one,
                voices=voices[section.pk],
                agreed=agreed.get(section.pk),
                earlier=earlier.get(section.pk),
                waits=section.pk in waiting,
                is_close=lies_close and section.pk not in waiting and not one.is_settled,
            )
        )
    return tuple(lines)


def spread_of_totals(talk: Talk) -> Spread | None:
    """How far apart the jurors' totals lie."""
    return spread_of(talk.totals)


def words_of(line: TalkLine, kind: str) -> str:
    """The jurors' strengths or areas of a section, laid together without their names."""
    texts = (getattr(one.mark, kind) for one in line.voices if one.mark is not None)
    return laid_together(texts)[:MOST_WORDS]


def stage_of(application: Application) -> Agreed.Stage:
    """Whether one agrees after a talk or after the jury has seen the office."""
    held = Visit.objects.filter(application=application, state=Visit.State.HELD)
    return Agreed.Stage.VISIT if held.exists() else Agreed.Stage.TALK
