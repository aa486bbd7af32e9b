"""Programmes and rounds as data, and the applications to them."""

from .application import Application, Dossier, SectionState, Submission
from .form import Question, Section
from .judging import Judging, Prize
from .pages import AwardIndexPage, AwardProgrammePage, AwardRoundPage
from .round import Category, Programme, Round, Rule
from .writing import Annex, Answer, Comment, Paragraph, ResultRow, SectionVersion

__all__ = [
    "Annex",
    "Answer",
    "Application",
    "AwardIndexPage",
    "AwardProgrammePage",
    "AwardRoundPage",
    "Category",
    "Comment",
    "Dossier",
    "Judging",
    "Paragraph",
    "Prize",
    "Programme",
    "Question",
    "ResultRow",
    "Round",
    "Rule",
    "Section",
    "SectionState",
    "SectionVersion",
    "Submission",
]
