"""Reads an application as it stands and says what is missing."""

from __future__ import annotations

from datetime import datetime

from qms.awards.domain.checks import Fault
from qms.awards.models import Application


def faults_of(application: Application, at: datetime) -> tuple[Fault, ...]:
    """What is missing or doubtful, what hinders first; in the order of the form."""
    return ()
