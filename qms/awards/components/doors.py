"""What the rooms above put on the pages of rounds and applications: links to the jury and to the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qms.awards.models import Application, Category, Round


@dataclass(frozen=True)
class Door:
    """A way on: where to, what it is called, and in a line what one finds there; of one category or of all."""

    title: str
    url: str
    note: str = ""
    category: Category | None = None


@dataclass(frozen=True)
class Room:
    """A category with the ways on that are its own."""

    title: str
    doors: tuple[Door, ...]


RoundDoors = Callable[[Round, Any, datetime], Iterator[Door]]
ApplicationDoors = Callable[[Application, Any, datetime], Iterator[Door]]

on_rounds: list[RoundDoors] = []
on_applications: list[ApplicationDoors] = []
"""Filled in `AppConfig.ready()` of the apps above: each asks its own rights and yields what this person may open."""


def doors_of_round(found: Round, user: Any, at: datetime) -> tuple[Door, ...]:
    """The ways on from the page of a round, for this person at this moment."""
    return tuple(door for doors in on_rounds for door in doors(found, user, at))


def of_all(doors: Iterable[Door]) -> tuple[Door, ...]:
    """The ways on that belong to no category."""
    return tuple(door for door in doors if door.category is None)


def rooms_of(doors: Iterable[Door]) -> tuple[Room, ...]:
    """The ways on by category, both in the order in which they came."""
    found: dict[Category, list[Door]] = {}
    for door in doors:
        if door.category is not None:
            found.setdefault(door.category, []).append(door)
    return tuple(Room(category.title, tuple(own)) for category, own in found.items())


def doors_of_application(found: Application, user: Any, at: datetime) -> tuple[Door, ...]:
    """The ways on from the page of an application, for this person at this moment."""
    return tuple(door for doors in on_applications for door in doors(found, user, at))
