"""External feedback as data: the scheme's tree, its file, the profile to be met, its periods."""

from .drafts import AgreedDraft, AnswerDraft, ReportDraft, ScoreDraft
from .profile import Profile, StepResult, judge
from .reading import read
from .scheme import Item, Level, Note, Periods, Pillar, Scale, Scheme, Step

__all__ = [
    "AgreedDraft",
    "AnswerDraft",
    "Item",
    "Level",
    "Note",
    "Periods",
    "Pillar",
    "Profile",
    "ReportDraft",
    "Scale",
    "Scheme",
    "ScoreDraft",
    "Step",
    "StepResult",
    "judge",
    "read",
]
