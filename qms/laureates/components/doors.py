"""The ways in from the pages of rounds and applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from qms.awards.components.doors import Door
from qms.awards.models import Application, Round


def doors_of_round(found: Round, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from a round."""
    yield from ()


def doors_of_application(found: Application, user: Any, at: datetime) -> Iterator[Door]:
    """What this person may open from an application."""
    yield from ()
