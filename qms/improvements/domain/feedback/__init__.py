"""External feedback as data: the scheme's tree, its file, the profile to be met, its periods."""

from .profile import Profile, StepResult, judge
from .reading import read
from .scheme import Item, Level, Note, Periods, Pillar, Scale, Scheme, Step

__all__ = [
    "Item",
    "Level",
    "Note",
    "Periods",
    "Pillar",
    "Profile",
    "Scale",
    "Scheme",
    "Step",
    "StepResult",
    "judge",
    "read",
]
