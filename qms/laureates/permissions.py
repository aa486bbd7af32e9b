"""Who may do what with results; each predicate is asked (user, object)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qms.awards import permissions as awards
from qms.awards.models import Application, Round
from qms.jury.models import Decision
from qms.laureates.models import Diploma, FeedbackReport, PressSummary

About = Round | Application | Decision | FeedbackReport | Diploma | PressSummary


def may_run(user: Any, about: About) -> bool:
    """Whether the person organises the round."""
    return awards.may_run(user, about if isinstance(about, Round) else application_of(about).category.round)


def heads(user: Any, about: Application | Decision | FeedbackReport | Diploma | PressSummary) -> bool:
    """Whether the person speaks for the office that applied: its lead and its director."""
    return awards.heads(user, application_of(about).office)


def may_read(user: Any, about: Application | Decision | FeedbackReport | Diploma | PressSummary) -> bool:
    """Whether the person reads it: the organiser, and the office's heads; asked after `.visible_to(user)`."""
    return may_run(user, about) or heads(user, about)


def own_office_of(user: Any, about: FeedbackReport | Diploma, at: datetime) -> int | None:
    """The office in whose history stands that this person fetched it: the own one, once the embargo has ended."""
    application = application_of(about)
    is_over = application.category.round.embargo_until <= at
    return application.office_id if is_over and heads(user, about) else None


def may_answer(user: Any, about: PressSummary) -> bool:
    """Whether the person approves or returns the summary: the office's heads."""
    return heads(user, about)


def application_of(about: Application | Decision | FeedbackReport | Diploma | PressSummary) -> Application:
    """The application to which it belongs."""
    match about:
        case Application():
            return about
        case Diploma():
            return about.decision.application
        case Decision() | FeedbackReport() | PressSummary():
            return about.application
