"""What the rooms above put on the pages of rounds and applications: links to the jury and to the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qms.awards.models import Application, Round


@dataclass(frozen=True)
class Door:
    """A way on: where to, what it is called, and in a line what one finds there."""

    title: str
    url: str
    note: str = ""


RoundDoors = Callable[[Round, Any, datetime], Iterator[Door]]
ApplicationDoors = Callable[[Application, Any, datetime], Iterator[Door]]

on_rounds: list[RoundDoors] = []
on_applications: list[ApplicationDoors] = []
"""Filled in `AppConfig.ready()` of the apps above: each asks its own rights and yields what this person may open."""


def doors_of_round(found: Round, user: Any, at: datetime) -> tuple[Door, ...]:
    """The ways on from the page of a round, for this person at this moment."""
    return tuple(door for doors in on_rounds for door in doors(found, user, at))


def doors_of_application(found: Application, user: Any, at: datetime) -> tuple[Door, ...]:
    """The ways on from the page of an application, for this person at this moment."""
    return tuple(door for doors in on_applications for door in doors(found, user, at))
