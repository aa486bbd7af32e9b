"""What every component is, and the smallest of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal, Self

from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from laces.components import Component


class Part(Component):
    """A piece of page: its fields are all that its template sees."""

    template_name: ClassVar[str]
    keeps: ClassVar[bool] = False
    """Whether equal ones look equal: all fields are plain words and numbers, and no form needs its token."""

    def get_context_data(self, parent_context: Context | Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The fields by name, the part itself for what follows from them, and the token for its forms."""
        token = parent_context.get("csrf_token") if parent_context is not None else None
        return {**vars(self), "part": self, "csrf_token": token}

    def render_html(self, parent_context: Context | Mapping[str, Any] | None = None) -> SafeString:
        """The markup, without white space around it: parts stand inside sentences too."""
        if self.keeps and not settings.DEBUG:  # while one changes templates, nothing old may stay
            return _kept(self, get_language())
        return self.drawn(self.get_context_data(parent_context))

    def drawn(self, context: Mapping[str, Any]) -> SafeString:
        """The markup made anew."""
        # Asked of the engine itself: for small parts Django's wrapper around it costs more than they do.
        template = Engine.get_default().get_template(self.template_name)
        return mark_safe(template.render(Context(dict(context))).strip())  # the template has escaped every field

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        """What the gallery shows of it and the test renders."""
        return ()


@lru_cache(maxsize=2048)
def _kept(part: Part, _language: str | None) -> SafeString:
    """The markup of such a part in one language, drawn once in a process."""
    return part.drawn(part.get_context_data())


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
    keeps: ClassVar[bool] = True

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
    keeps: ClassVar[bool] = True

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
    keeps: ClassVar[bool] = True

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
    keeps: ClassVar[bool] = True

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("Strategia, s. 12", "E1", "#"), cls("pracodawcy"), cls("3 Pracownicy", url="#", removes=True))
