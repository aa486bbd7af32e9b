"""Pools and declarations, phases, ballots, agreements, visits, decisions and protocols."""

from .agreement import Agreed, Standing
from .ballot import Ballot, Mark
from .decision import Decision, DecisionList, Protocol
from .phase import Phase
from .pool import Declaration, Exclusion, Juror
from .shortage import Shortage
from .visit import AgendaItem, Visit, VisitNote

__all__ = [
    "AgendaItem",
    "Agreed",
    "Ballot",
    "Decision",
    "DecisionList",
    "Declaration",
    "Exclusion",
    "Juror",
    "Mark",
    "Phase",
    "Protocol",
    "Shortage",
    "Standing",
    "Visit",
    "VisitNote",
]
