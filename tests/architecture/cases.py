"""The form of one case: a request, and the object whose address it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # The world is built with what the areas add to it, and they speak in cases.
    from tests.architecture.world import Side, World

Pick = Callable[["World", "Side"], Any]
NODE = "1.1"
STAGES = ("draft", "scoring", "consensus", "approval", "approved")


@dataclass(frozen=True)
class Case:
    """One row of the table: a request, and the object it is about."""

    method: str = "GET"
    of: str = ""
    arguments: Mapping[str, Pick] = field(default_factory=dict)
    belongs: bool = True
    path: Pick | None = None
    query: str = ""
    body: Pick | None = None

    @property
    def label(self) -> str:
        return f"{self.method} {self.query}".strip()


def plain(*methods: str, query: str = "") -> list[Case]:
    """An address that names nothing."""
    return [Case(method, belongs=False, query=query) for method in methods]


def of(methods: str, belongs: bool = True, **picks: Mapping[str, Pick] | Pick) -> list[Case]:
    """Each kind of request with each object; underscores in a name become spaces."""
    return [
        Case(method, name.replace("_", " "), pick if isinstance(pick, Mapping) else {"pk": pick}, belongs)
        for name, pick in picks.items()
        for method in methods.split()
    ]


def at(methods: str, *stages: str, **more: Pick) -> list[Case]:
    """Each kind of request for the assessment in each of these stages."""
    picks = {stage: {"pk": (lambda _world, side, stage=stage: getattr(side, stage).pk), **more} for stage in stages}
    return of(methods, **picks)


def thing(name: str) -> Pick:
    """What hangs on the side under this name."""
    return lambda _world, side: side.things[name]


def nobodys(name: str) -> Pick:
    """What belongs to no office."""
    return lambda world, _side: world.things[name]


def sheet(stage: str, whose: str) -> Pick:
    return lambda _world, side: side.sheet(stage, whose)


def member(stage: str, whose: str) -> Pick:
    return lambda _world, side: side.member(stage, whose)


def office(_world: World, side: Side) -> Any:
    return side.office.pk


def node(_world: World, _side: Side) -> str:
    return NODE
