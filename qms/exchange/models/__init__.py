"""Editions with their themes, pages, and what offices offer to and ask of each other."""

from .edition import Edition, Part, Theme
from .help import HelpAnswer, HelpRequest
from .meeting import Experience, Meeting
from .pages import EditionPage, ExchangeIndexPage, MeetingPage, OfficePage, ThemePage
from .release import Release
from .seminar import Presentation, Seminar
from .visit import VisitOffer, VisitRequest, VisitWord
from .wish import Dismissal

__all__ = [
    "Dismissal",
    "Edition",
    "EditionPage",
    "ExchangeIndexPage",
    "Experience",
    "HelpAnswer",
    "HelpRequest",
    "Meeting",
    "MeetingPage",
    "OfficePage",
    "Part",
    "Presentation",
    "Release",
    "Seminar",
    "Theme",
    "ThemePage",
    "VisitOffer",
    "VisitRequest",
    "VisitWord",
]
