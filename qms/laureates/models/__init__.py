"""FeedbackReport, diplomas, press summaries, laureates' practices and pages."""

from .diploma import Diploma, DiplomaPlan
from .feedback import FeedbackReport, Telling
from .pages import LaureatesPage
from .press import LaureatePractice, PressSummary

__all__ = ["Diploma", "DiplomaPlan", "FeedbackReport", "LaureatePractice", "LaureatesPage", "PressSummary", "Telling"]
