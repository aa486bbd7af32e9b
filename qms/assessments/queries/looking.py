"""Blindness in one place: nobody learns another's score before the own sheet is in and consensus has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.assessments.models import Assessment, Sheet
from qms.lifecycle import Refused, gettext_noop

if TYPE_CHECKING:
    from qms.accounts.models import User

BLIND = gettext_noop("You see the others' scores when your own sheet is in and the consensus has begun.")


def may_look(assessment: Assessment, viewer: User) -> bool:
    """Whether this member may see individual scores: own sheet handed in, and the group in consensus."""
    if not assessment.shows_scores or not viewer.is_authenticated:
        return False
    own = Sheet.objects.in_play().handed_in().filter(member__assessment=assessment, member__user_id=viewer.pk)
    return own.exists()


def require_look(assessment: Assessment, viewer: User) -> None:
    """Nothing, or a refusal while the sheets are still blind to this person."""
    if not may_look(assessment, viewer):
        raise Refused(BLIND)
