"""Where one is and where one can go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .part import Button, Chip, Link, Part, State


@dataclass(frozen=True)
class Choice:
    """One of several offices that a person may work in."""

    label: str
    value: str
    current: bool = False


@dataclass(frozen=True)
class Shell:
    """What stands around every page: menu, offices, person, languages."""

    menu: tuple[Link, ...] = ()
    offices: tuple[Choice, ...] = ()
    office: str = ""
    person: str = ""
    account: tuple[Link, ...] = ()
    languages: tuple[Link, ...] = ()
    role: str = ""
    home: str = "/"
    footer: tuple[Link, ...] = ()
    sign_in: Link | None = None
    notice: str = ""


@dataclass(frozen=True)
class PageHead(Part):
    """The head of a page: what it is, how far it is, what to do."""

    title: str
    over: str = ""
    state: State | None = None
    lead: str = ""
    meta: tuple[tuple[str, object], ...] = ()
    action: Part | tuple[Part, ...] | None = None
    front: bool = False
    template_name: ClassVar[str] = "components/page_head.html"

    @property
    def actions(self) -> tuple[Part, ...]:
        """What can be done here, always as a list."""
        if self.action is None:
            return ()
        return self.action if isinstance(self.action, tuple) else (self.action,)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Wyniki samooceny PUP Gołdap 2026",
                over="Samoocena CAF 2020, cykl trzeci",
                state=State("Do zatwierdzenia", "wait"),
                lead="Urząd poprawił się we wszystkich dziewięciu kryteriach. Najmocniejsza jest obsługa klientów.",
                meta=(("Oceny uzgodniono", "2 grudnia 2026"), ("Zespół", "8 osób"), ("Oceniono", "28 z 28")),
                action=Button("Przejdź do zatwierdzenia", url="#"),
            ),
        )


@dataclass(frozen=True)
class Crumbs(Part):
    """The way here; the last one is this page."""

    links: tuple[Link, ...]
    template_name: ClassVar[str] = "components/crumbs.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls((Link("PUP Gołdap", "#"), Link("Samoocena 2026", "#"), Link("Wyniki", ""))),)


@dataclass(frozen=True)
class Tabs(Part):
    """Views of one list, each with how much it holds."""

    label: str
    links: tuple[Link, ...]
    template_name: ClassVar[str] = "components/tabs.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                "Zadania według urzędu",
                (
                    Link("Wszystkie", "#", current=True, count="7"),
                    Link("PUP Gołdap", "#", count="5"),
                    Link("PUP Starachowice", "#", count="2"),
                ),
            ),
        )


@dataclass(frozen=True)
class Pagination(Part):
    """The pages of a long list; filters stay in the address."""

    page: Page[Any]
    query: QueryDict | None = None
    name: str = "page"
    template_name: ClassVar[str] = "components/pagination.html"

    def address(self, number: int) -> str:
        """The same list, another page."""
        kept = [] if self.query is None else [(k, v) for k, vs in self.query.lists() for v in vs if k != self.name]
        return "?" + urlencode([*kept, (self.name, number)])

    @property
    def links(self) -> tuple[Link, ...]:
        """Numbers, with a gap where many were left out."""
        elided = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return tuple(
            Link(str(number), self.address(number), current=number == self.page.number)
            if isinstance(number, int)
            else Link(str(number), "")
            for number in elided
        )

    @property
    def earlier(self) -> str:
        """Address of the page before, if there is one."""
        return self.address(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def later(self) -> str:
        """Address of the page after, if there is one."""
        return self.address(self.page.next_page_number()) if self.page.has_next() else ""

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(Paginator(range(164), 20).page(3), QueryDict("q=kolejki")),)


@dataclass(frozen=True)
class FacetOption:
    """One box of a filter."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True)
class FacetGroup:
    """Boxes of one kind."""

    legend: str
    name: str
    options: tuple[FacetOption, ...]
    open: bool = True


@dataclass(frozen=True)
class Facets(Part):
    """Filters of a list, sent by GET."""

    groups: tuple[FacetGroup, ...]
    action: str = ""
    label: str | Promise = field(default=_("Narrow the list"))
    kept: tuple[tuple[str, str], ...] = ()
    template_name: ClassVar[str] = "components/facets.html"

    @property
    def chosen(self) -> int:
        """How many boxes are ticked."""
        return sum(option.chosen for group in self.groups for option in group.options)

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls(
                (
                    FacetGroup(
                        "Kryterium",
                        "criterion",
                        (FacetOption("1", "1 Przywództwo", 18), FacetOption("3", "3 Pracownicy", 27, True)),
                    ),
                    FacetGroup("Województwo", "region", (FacetOption("lu", "lubelskie", 17),), open=False),
                )
            ),
        )


@dataclass(frozen=True)
class Picked(Part):
    """Filters that are on; each can be taken away."""

    chips: tuple[Chip, ...]
    template_name: ClassVar[str] = "components/picked.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls((Chip("3 Pracownicy", url="#", removes=True), Chip("pracodawcy", url="#", removes=True))),)


@dataclass(frozen=True)
class SearchBox(Part):
    """One field and one button."""

    action: str
    label: str
    value: str = ""
    name: str = "q"
    examples: tuple[Link, ...] = ()
    ident: str = "search"
    template_name: ClassVar[str] = "components/search_box.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("", "Czego Pani lub Pan szuka?", examples=(Link("kolejki", "#"), Link("urząd w Gołdapi", "#"))),)
