"""The library's pages, what people say about them, and searches that are kept."""

from .index import PracticeIndexPage
from .parts import PracticeClients, PracticeCriterion, PracticeResult
from .people import Question, SavedSearch, Thanks
from .practice import PracticePage
from .review import Review, ReviewTask

__all__ = [
    "PracticeClients",
    "PracticeCriterion",
    "PracticeIndexPage",
    "PracticePage",
    "PracticeResult",
    "Question",
    "Review",
    "ReviewTask",
    "SavedSearch",
    "Thanks",
]
