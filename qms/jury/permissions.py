"""Who may do what in a jury; each predicate is asked (user, object). What is open when, `queries.access` says."""

from __future__ import annotations

from typing import Any

from qms.awards import permissions as awards
from qms.awards.models import Application, Category, Round
from qms.jury.models import Ballot, DecisionList, Juror, Phase, Protocol, Visit
from qms.offices.domain import roles
from qms.offices.models import roles_of

About = Round | Category | Application | Juror | Phase | Ballot | Visit | DecisionList | Protocol


def may_run(user: Any, about: About) -> bool:
    """Whether the person organises the round."""
    return awards.may_run(user, round_of(about))


def judges(user: Any, _about: object = None) -> bool:
    """Whether the person may sit in juries at all: the role of a juror, given under People."""
    return roles_of(user).has(roles.JUROR)


def is_own(user: Any, about: Juror | Ballot) -> bool:
    """Whether the seat or the ballot is the person's own, and the person still judges."""
    juror = about.juror if isinstance(about, Ballot) else about
    return judges(user) and juror.user_id == user.pk and juror.left_at is None


def chairs(user: Any, about: About) -> bool:
    """Whether the person chairs the jury of the round."""
    seats = Juror.objects.seated().filter(round=round_of(about), user=user.pk, is_chair=True)
    return judges(user) and seats.filter(accepted_at__isnull=False).exists()


def leads(user: Any, about: About) -> bool:
    """Whether the person writes down what was agreed and decided: the organiser, or the chair while a phase lets."""
    return may_run(user, about) or chairs(user, about)


def round_of(about: About) -> Round:
    """The round to which it belongs."""
    match about:
        case Round():
            return about
        case Category() | Juror() | Phase():
            return about.round
        case Application():
            return about.category.round
        case Ballot() | Visit():
            return about.application.category.round
        case DecisionList():
            return about.category.round
        case Protocol():
            return about.list.category.round
