"""Whether an application is judged by fewer jurors than announced, or by none."""

from __future__ import annotations

from typing import Any

from qms.awards.models import Application
from qms.jury.domain.scoring import LEAST_BALLOTS, least_ballots
from qms.jury.models import Shortage

from .assigning import Panel
from .board import judging_of


def shortage_of(application: Application) -> Shortage | None:
    """What the organiser stated; nothing where nothing was."""
    return getattr(application, "shortage", None)


def least_of(application: Application) -> int:
    """How many ballots it needs before its numbers are shown."""
    found = shortage_of(application)
    return least_ballots(found.jurors if found else None)


def lacks(panel: Panel, application: Application) -> bool:
    """Whether everybody who may judge it does, and they are fewer than two or than announced."""
    wanted = max(judging_of(application.category).jurors, LEAST_BALLOTS)
    return not panel.never_asked and len(panel.ballots) < wanted


def frozen_shortage(application: Application) -> dict[str, Any] | None:
    """What was stated, as a protocol keeps it."""
    found = shortage_of(application)
    if found is None:
        return None
    said = {"jurors": found.jurors, "reason": found.reason}
    return said | {"stated_at": found.stated_at, "stated_by": found.stated_by.name}
