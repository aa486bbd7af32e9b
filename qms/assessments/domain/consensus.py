"""When an agreement of the group holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from qms.frameworks.domain.framework import Framework
from qms.lifecycle import Refused, gettext_noop

from .scoring import check_agreed, score_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the group agreed on one node: marks and their score, or a blank."""

    marks: Mapping[str, int]
    score: Decimal | None


def lies_outside(score: Decimal, scores: Sequence[Decimal]) -> bool:
    """Whether no member went so high or so low; where nobody scored, any score lies outside.

    A group agrees whole numbers: between 12 and 13 both stand for members who all came to 12.5.
    """
    return not scores or not floor(min(scores)) <= score <= ceil(max(scores))


def check_agreement(
    framework: Framework,
    panel: str,
    node: str,
    *,
    marks: Mapping[str, object],
    left_blank: bool,
    reason: str,
    scores: Sequence[Decimal | None],
) -> Agreement:
    """The agreement, or a refusal that says what is still missing."""
    checked = check_agreed(framework, panel, node, marks)
    score = score_of(framework, panel, node, checked)
    if left_blank:
        if not reason.strip():
            raise Refused(gettext_noop("Say why %(node)s is left without a score."), node=node)
        return Agreement(checked, None)
    if score is None:
        raise Refused(
            gettext_noop("Write the agreed score of %(node)s, or leave it without a score and say why."), node=node
        )
    given = [each for each in scores if each is not None]
    if lies_outside(score, given) and not reason.strip():
        raise Refused(
            gettext_noop("The agreed score of %(node)s lies outside the members' scores. Say why."), node=node
        )
    return Agreement(checked, score)
