"""What was said, what was saved, what went wrong, what becomes fixed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, Self

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from qms.stats.runs import changes
from qms.ui import numbers

from .part import Button, Chip, Link, Part

SayKind = Literal["strength", "area", "suggestion"]


@dataclass(frozen=True)
class Say(Part):
    """A strength or an area for improvement in somebody's words, with its evidence."""

    text: str
    kind: SayKind = "strength"
    over: str = ""
    evidence: tuple[Chip, ...] = ()
    links: tuple[Link, ...] = ()
    bare: bool = False
    template_name: ClassVar[str] = "components/say.html"
    keeps: ClassVar[bool] = True

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        chip = Chip("Badanie klientów 2026, n = 412", "E21", "#")
        return (
            cls("Osiemdziesiąt dziewięć na sto klientów poleciłoby urząd.", over="6.1, ocena 74", evidence=(chip,)),
            cls("Urząd nie pyta mieszkańców, jak odbierają jego pracę.", "area", "8.1, ocena 28"),
            cls("Można pytać na festynie powiatowym.", "suggestion", "8.1", links=(Link("Utwórz działanie", "#"),)),
        )


@dataclass(frozen=True)
class Saved(Part):
    """When it was saved, or that the line is down."""

    at: datetime | None = None
    off: bool = False
    text: str = ""
    template_name: ClassVar[str] = "components/saved.html"

    @property
    def shown(self) -> str:
        """The sentence."""
        if self.text or self.at is None:
            return self.text
        if self.off:
            return _("No connection. The text is kept in this browser since %(hour)s.") % {
                "hour": numbers.hour(self.at)
            }
        return _("Saved at %(hour)s") % {"hour": numbers.hour(self.at)}

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        at = datetime(2026, 11, 20, 14, 32, tzinfo=get_default_timezone())
        return (cls(at), cls(at, off=True))


@dataclass(frozen=True)
class Conflict(Part):
    """Both texts when somebody else was quicker; nothing is lost."""

    mine: str
    theirs: str
    who: str = ""
    at: datetime | None = None
    buttons: tuple[Button, ...] = ()
    level: int = 3
    template_name: ClassVar[str] = "components/conflict.html"

    @property
    def hour(self) -> str:
        return numbers.hour(self.at) if self.at else ""

    @property
    def mine_marked(self) -> SafeString:
        """My text; what the other one lacks is marked."""
        return _marked(self.theirs, self.mine)

    @property
    def theirs_marked(self) -> SafeString:
        """The other text; what mine lacks is marked."""
        return _marked(self.mine, self.theirs)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Umowy z jedenastoma partnerami mają mierniki.",
                "Umowy z dziesięcioma partnerami mają mierniki i wspólny przegląd.",
                "Anna Nowak",
                datetime(2026, 11, 20, 14, 29, tzinfo=get_default_timezone()),
                tuple(Button(label, kind="secondary", small=True) for label in ("Zostaw moją", "Weź drugą")),
            ),
        )


def _marked(old: str, new: str) -> SafeString:
    before, after = (re.findall(r"\w+|\W", text) for text in (old, new))
    pieces = [
        (escape("".join(after[now])), not is_same)
        for is_same, _was, now in changes(before, after)
        if now.start != now.stop
    ]
    return format_html_join("", "{}", ((mark_safe(f"<ins>{text}</ins>") if fresh else text,) for text, fresh in pieces))


@dataclass(frozen=True)
class Empty(Part):
    """A page with nothing yet: what it will show, who fills it, the next step."""

    title: str
    text: str
    action: Part | None = None
    level: int = 2
    template_name: ClassVar[str] = "components/empty.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Plan doskonalenia jest jeszcze pusty",
                "Tu pojawią się działania z samooceny i ankiet. Zaczyna koordynator jakości, gdy raport jest gotowy.",
                Button("Wybierz obszary z samooceny", url="#"),
                3,
            ),
        )


@dataclass(frozen=True)
class Seal(Part):
    """A dangerous step: what becomes fixed, who will see it, one box, one button."""

    title: str
    fixed: tuple[str, ...]
    seen: tuple[str, ...]
    action: str
    confirm: str
    button: Button
    other: Part | None = None
    confirm_name: str = "confirmed"
    fields: Part | None = None
    ident: str = "seal"
    template_name: ClassVar[str] = "components/seal.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Zatwierdzenie raportu",
                ("28 ocen uzgodnionych z powodami i głosami odrębnymi", "raport PDF z sumą kontrolną"),
                ("wszyscy pracownicy PUP Gołdap: raport bez ocen indywidualnych", "inne urzędy: anonimowa mediana"),
                "#",
                "Znam treść raportu i zatwierdzam go w imieniu urzędu",
                Button("Zatwierdź raport"),
                Button("Zwróć zespołowi z uwagą", url="#", kind="secondary"),
            ),
        )


@dataclass(frozen=True)
class Dock(Part):
    """The buttons of a long form, always in reach."""

    buttons: tuple[Part, ...]
    saved: Saved | None = None
    template_name: ClassVar[str] = "components/dock.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                (
                    Button("Zapisz i przejdź do 2.4"),
                    Button("Zapisz", kind="secondary"),
                    Link("Wszystkie podkryteria", "#"),
                ),
                Saved.samples()[0],
            ),
        )


@dataclass(frozen=True)
class Note(Part):
    """Something to know now."""

    text: str
    title: str = ""
    kind: Literal["", "warn", "bad"] = ""
    action: Part | None = None
    live: bool = False
    level: int = 3
    template_name: ClassVar[str] = "components/note.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Dane na tej stronie są przykładowe."),
            cls("Termin mija jutro o 15:30.", "Zostały trzy arkusze", "warn"),
            cls(
                "Serwer poczty nie odpowiada.",
                "List nie wyszedł",
                "bad",
                Button("Spróbuj ponownie", small=True, kind="secondary"),
            ),
        )


@dataclass(frozen=True)
class Facts(Part):
    """Names and facts, in the margin or across."""

    facts: tuple[tuple[str, object], ...]
    template_name: ClassVar[str] = "components/facts.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls((("Urząd", "PUP Gołdap"), ("Województwo", "warmińsko-mazurskie"), ("Pracownicy", "31"))),)


@dataclass(frozen=True)
class How(Part):
    """How a figure is computed, with the way to the method."""

    text: str
    url: str = ""
    label: str = ""
    template_name: ClassVar[str] = "components/how.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Średnia z pięciu pytań, ważona grupą klientów. Przedział ufności 95 %.", "#"),)
