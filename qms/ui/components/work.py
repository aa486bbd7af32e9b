"""Work to be done, how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

from django.utils.translation import ngettext

from qms import charts
from qms.ui import numbers

from .part import Link, Part


@dataclass(frozen=True)
class Progress:
    """How much of a thing is done, in figures and in words."""

    done: int
    of: int
    words: str

    @property
    def svg(self) -> str:
        """The bar beside the words."""
        return charts.progress(self.done, max(self.of, 1))


@dataclass(frozen=True)
class Task(Part):
    """What to do, for which office, until when; one click to the exact place."""

    title: str
    url: str
    text: str = ""
    on: date | None = None
    due: str = ""
    late: bool = False
    progress: Progress | None = None
    template_name: ClassVar[str] = "components/task.html"

    @property
    def month(self) -> str:
        """The month as it stands after the day's number."""
        return numbers.month_after_day(self.on) if self.on else ""

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Wpisz miernik do działania „Rozmowa powitalna z pracodawcą”",
                "#",
                "PUP Gołdap. Działanie jest zakończone, ale bez zmierzonego efektu nie trafi do raportu.",
                date(2026, 11, 18),
                "2 dni po terminie",
                late=True,
            ),
            cls(
                "Dokończ swój arkusz samooceny CAF 2020",
                "#",
                "PUP Gołdap. Do przekazania zostało jedenaście podkryteriów.",
                date(2026, 11, 28),
                "za 8 dni",
                progress=Progress(17, 28, "17 z 28 podkryteriów"),
            ),
        )


@dataclass(frozen=True)
class TaskList(Part):
    """Tasks of one kind under their heading."""

    title: str
    tasks: tuple[Task, ...]
    level: int = 2
    template_name: ClassVar[str] = "components/task_list.html"

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return ngettext("%(count)s task", "%(count)s tasks", len(self.tasks)) % {"count": len(self.tasks)}

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Po terminie", Task.samples()[:1], 3), cls("Później", Task.samples()[1:], 3))


@dataclass(frozen=True)
class Step:
    """One step of a way: behind, now or ahead."""

    title: str
    note: str = ""
    stage: Literal["past", "now", "next"] = "next"
    url: str = ""


@dataclass(frozen=True)
class Steps(Part):
    """The whole way with the place where one stands."""

    steps: tuple[Step, ...]
    across: bool = False
    template_name: ClassVar[str] = "components/steps.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        steps = (
            Step("Zespół", "12 października", "past"),
            Step("Praca indywidualna", "do 28 listopada, 5 z 8 arkuszy", "now"),
            Step("Uzgodnienie ocen", "2 grudnia"),
            Step("Zatwierdzenie", "do 18 grudnia"),
        )
        return (cls(steps, across=True), cls(steps))


@dataclass(frozen=True)
class Square:
    """One subcriterion in the progress: open, done or left blank on purpose."""

    identifier: str
    title: str
    url: str
    state: Literal["open", "done", "unknown"] = "open"
    current: bool = False


@dataclass(frozen=True)
class Turn(Part):
    """Progress over all subcriteria, one square each."""

    squares: tuple[Square, ...]
    label: str = ""
    template_name: ClassVar[str] = "components/turn.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        counts = (4, 4, 3, 6, 3, 2, 2, 2, 2)
        codes = [f"{c}.{s}" for c, many in enumerate(counts, 1) for s in range(1, many + 1)]
        done = {"1.2", "1.3", "1.4", "2.1", "2.2", "3.1", "4.1", "5.2", "6.1", "9.1"}
        return (
            cls(
                tuple(
                    Square(
                        code,
                        "Podkryterium",
                        "#",
                        "done" if code in done else "unknown" if code == "4.3" else "open",
                        code == "1.1",
                    )
                    for code in codes
                ),
                "Postęp: 11 z 28 podkryteriów",
            ),
        )


@dataclass(frozen=True)
class FileRow(Part):
    """A file: ready, being made, or refused with its reason."""

    title: str
    extension: str = "PDF"
    url: str = ""
    note: str = ""
    progress: int | None = None
    action: Part | None = None
    template_name: ClassVar[str] = "components/file_row.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Raport z samooceny 2026", "PDF", "#", "gotowy 19 listopada, 1,2 MB"),
            cls("Wniosek o nagrodę jakości", "PDF", note="składanie, strona 34 z 60", progress=57),
        )


@dataclass(frozen=True)
class Event:
    """What happened and when."""

    when: date | str
    text: str
    url: str = ""
    who: str = ""


@dataclass(frozen=True)
class Timeline(Part):
    """What happened, newest first."""

    events: tuple[Event, ...]
    template_name: ClassVar[str] = "components/timeline.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                (
                    Event(date(2026, 11, 18), "Przekazano piąty arkusz samooceny", who="Anna Nowak"),
                    Event(date(2026, 11, 16), "Termin zgłoszeń przedłużono do 8 stycznia", "#"),
                )
            ),
        )


@dataclass(frozen=True)
class Card(Part):
    """A thing that can be opened: its marks, its name, one sentence."""

    title: str
    url: str
    text: str = ""
    foot: str = ""
    chips: tuple[Part, ...] = ()
    state: Part | None = None
    level: int = 3
    template_name: ClassVar[str] = "components/card.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "CAF 2020",
                "#",
                "Dziewięć kryteriów, 28 podkryteriów. Punktacja klasyczna i szczegółowa.",
                "kwestionariusz, trzy języki",
            ),
        )


@dataclass(frozen=True)
class Door(Part):
    """A way in for one kind of reader."""

    title: str
    text: str
    links: tuple[Link, ...]
    template_name: ClassVar[str] = "components/door.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Dla urzędu",
                "Samoocena, plan doskonalenia i praktyki innych urzędów.",
                (Link("Biblioteka dobrych praktyk", "#"), Link("Zaloguj się", "#")),
            ),
        )
