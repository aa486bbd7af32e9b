"""Answers of the applicant, levels of the actors, and what the team agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qms.improvements.domain.feedback import Pillar, Profile, Scheme, judge
from qms.improvements.models import Feedback, FeedbackActor, FeedbackAgreed, FeedbackAnswer, FeedbackScore

from .schemes import tree_of


def answers_of(feedback: Feedback) -> dict[str, FeedbackAnswer]:
    """The applicant's own answers by item."""
    return {answer.item: answer for answer in FeedbackAnswer.objects.filter(feedback=feedback)}


def scores_of(actor: FeedbackActor) -> dict[str, FeedbackScore]:
    """One actor's own levels by item."""
    return {score.item: score for score in FeedbackScore.objects.filter(actor=actor)}


def missing_answers_of(feedback: Feedback, scheme: Scheme) -> tuple[str, ...]:
    """The items that lack a level or words of the applicant, in order."""
    given = answers_of(feedback)
    return tuple(
        item.identifier
        for item in scheme.items
        if (answer := given.get(item.identifier)) is None or answer.level is None or not answer.text.strip()
    )


def missing_scores_of(actor: FeedbackActor, scheme: Scheme) -> tuple[str, ...]:
    """The items without this actor's level, in order."""
    given = FeedbackScore.objects.filter(actor=actor, level__isnull=False).values_list("item", flat=True)
    return _lacking(scheme, set(given))


def missing_agreements_of(feedback: Feedback, scheme: Scheme) -> tuple[str, ...]:
    """The items on which the team has not agreed yet, in order."""
    return _lacking(scheme, set(FeedbackAgreed.objects.filter(feedback=feedback).values_list("item", flat=True)))


def _lacking(scheme: Scheme, given: set[str]) -> tuple[str, ...]:
    return tuple(item.identifier for item in scheme.items if item.identifier not in given)


def waiting_for(feedback: Feedback) -> tuple[FeedbackActor, ...]:
    """The actors whose own levels are not in; until then nobody sees another's."""
    actors = FeedbackActor.objects.present().filter(feedback=feedback, handed_in_at__isnull=True)
    return tuple(actors.select_related("user").order_by("pk"))


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """One item before the team agrees: what the office said, what each actor gave, what is agreed so far."""

    item: str
    answer: FeedbackAnswer | None
    scores: tuple[FeedbackScore, ...]
    agreed: FeedbackAgreed | None

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels given, the lowest first."""
        return tuple(sorted(score.level for score in self.scores if score.level is not None))

    @property
    def spread(self) -> int:
        """How far the levels lie apart."""
        return self.levels[-1] - self.levels[0] if self.levels else 0


def agreements_of(feedback: Feedback, pillar: Pillar) -> dict[str, ItemAgreement]:
    """Each item of a questionnaire with all that was said on it; only levels that were handed in."""
    names = [item.identifier for item in pillar.items]
    scores: dict[str, list[FeedbackScore]] = {name: [] for name in names}
    handed_in = FeedbackActor.objects.present().filter(feedback=feedback, handed_in_at__isnull=False)
    for score in (
        FeedbackScore.objects.filter(actor__in=handed_in, item__in=names)
        .select_related("actor__user")
        .order_by("actor_id")
    ):
        scores[score.item].append(score)
    answers, agreed = answers_of(feedback), _agreed(feedback)
    return {name: ItemAgreement(name, answers.get(name), tuple(scores[name]), agreed.get(name)) for name in names}


def _agreed(feedback: Feedback) -> dict[str, FeedbackAgreed]:
    return {each.item: each for each in FeedbackAgreed.objects.filter(feedback=feedback)}


def agreed_levels_of(feedback: Feedback) -> dict[str, FeedbackAgreed]:
    """What the team agreed, by item."""
    return _agreed(feedback)


def profile_of(feedback: Feedback, agreed: Iterable[FeedbackAgreed] | None = None) -> Profile:
    """Whether the levels agreed so far meet the profile of the feedback's own scheme."""
    rows = FeedbackAgreed.objects.filter(feedback=feedback) if agreed is None else agreed
    levels: Mapping[str, int | None] = {each.item: each.level for each in rows}
    return judge(tree_of(feedback.scheme), levels)
