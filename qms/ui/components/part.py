"""What every component is, and the smallest of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, Self

from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from laces.components import Component


class Part(Component):
    """A piece of page: its fields are all that its template sees."""

    template_name: ClassVar[str]

    def get_context_data(self, parent_context: Context | Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The fields by name, the part itself for what follows from them, and the token for its forms."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        token = parent_context.get("csrf_token") if parent_context is not None else None
        return {**own, "part": self, "csrf_token": token}

    def render_html(self, parent_context: Context | Mapping[str, Any] | None = None) -> SafeString:
        """The markup, without white space around it: parts stand inside sentences too."""
        return mark_safe(super().render_html(parent_context).strip())  # the template has escaped every field

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        """What the gallery shows of it and the test renders."""
        return ()


@dataclass(frozen=True)
class Link(Part):
    """Where one can go."""

    label: str
    url: str
    current: bool = False
    count: str = ""
    language: str = ""
    title: str = ""
    template_name: ClassVar[str] = "components/link.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Jak liczymy", "#"),)


@dataclass(frozen=True)
class Button(Part):
    """What one can do: a link that looks like a button, or a button (with its own small form if `post`)."""

    label: str
    url: str = ""
    kind: Literal["primary", "secondary", "danger", "link"] = "primary"
    name: str = ""
    value: str = ""
    post: bool = False
    small: bool = False
    hidden: str = ""
    template_name: ClassVar[str] = "components/button.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Zapisz i przejdź dalej"),
            cls("Drukuj", url="#", kind="secondary"),
            cls("Wyślij przypomnienia", url="#", kind="secondary", post=True, small=True),
            cls("Usuń urząd", kind="danger"),
        )


StateKind = Literal["", "going", "wait", "late", "done"]


@dataclass(frozen=True)
class State(Part):
    """How far a thing is, told by shape, word and colour."""

    label: str
    kind: StateKind = ""
    template_name: ClassVar[str] = "components/state.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (
            cls("Szkic"),
            cls("W pracy", "going"),
            cls("Do zatwierdzenia", "wait"),
            cls("Po terminie", "late"),
            cls("Zatwierdzono", "done"),
        )


@dataclass(frozen=True)
class Band(Part):
    """A band of the scale: the quarter dial, then its name or its span."""

    index: int
    title: str = ""
    span: str = ""
    template_name: ClassVar[str] = "components/band.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        names = ("brak dowodów", "słabe dowody", "dobre dowody", "silne dowody", "bardzo silne", "wzorcowe")
        spans = ("0–10", "11–30", "31–50", "51–70", "71–90", "91–100")
        return tuple(cls(index, title, span) for index, (title, span) in enumerate(zip(names, spans, strict=True)))


@dataclass(frozen=True)
class Chip(Part):
    """A piece of evidence or a label: its code, its name, where it leads."""

    label: str
    code: str = ""
    url: str = ""
    removes: bool = False
    template_name: ClassVar[str] = "components/chip.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Strategia, s. 12", "E1", "#"), cls("pracodawcy"), cls("3 Pracownicy", url="#", removes=True))
