"""What the form of a practice shows: its parts in the order of the printed record, and lines that one may add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext as _

from qms.ui.components import Field
from qms.ui.components.part import Part


@dataclass(frozen=True)
class FormPart(Part):
    """A part of the form under its heading."""

    ident: str
    title: str
    lead: str
    pieces: tuple[Part, ...]
    template_name: ClassVar[str] = "goodpractices/_form_part.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("p-1", "Jaki był kłopot", "Dwa lub trzy zdania wystarczą.", ()),)


@dataclass(frozen=True)
class Abreast(Part):
    """Short fields beside one another."""

    fields: tuple[Field, ...]
    template_name: ClassVar[str] = "goodpractices/_abreast.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(()),)


@dataclass(frozen=True)
class ManyBoxes(Part):
    """A long list of boxes that folds; it stands open where something is chosen or wrong."""

    field: Field
    ticked: int
    is_open: bool
    template_name: ClassVar[str] = "goodpractices/_many_boxes.html"

    @classmethod
    def of_field(cls, form: Any, name: str) -> Self:
        """The field as a folded list."""
        bound = form[name]
        ticked = len(bound.value() or [])
        return cls(Field(bound), ticked, is_open=bool(ticked or bound.errors))

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return ()


@dataclass(frozen=True)
class Line(Part):
    """One line of several: its number, its fields, and the box that takes it off."""

    number: int
    label: str
    kept: str
    fields: tuple[Part, ...]
    hidden: tuple[Any, ...]
    off: Field | None
    template_name: ClassVar[str] = "goodpractices/_line.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls(1, "Krok", "", (), (), None),)


@dataclass(frozen=True)
class Lines(Part):
    """Several lines of one kind and the button that brings another one."""

    name: str
    label: str
    management: Any
    lines: tuple[Line, ...]
    more: str
    template_name: ClassVar[str] = "goodpractices/_lines.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return (cls("steps", "Kroki", "", Line.samples(), "Dodaj krok"),)


WIDE = {"title", "text", "source", "alternative", "caption", "address", "who", "upload", "when"}


def parts_of(
    plain: Any, rows: dict[str, Any], *, criteria: Iterable[str], names: dict[str, str]
) -> tuple[FormPart, ...]:
    """The whole form, in the order in which a reader will meet it."""

    def one(*wanted: str) -> tuple[Part, ...]:
        return tuple(Field(plain[name]) for name in wanted)

    def abreast(*wanted: str) -> Abreast:
        return Abreast(tuple(Field(plain[name]) for name in wanted))

    def lines(name: str, label: str, more: str) -> Lines:
        return _lines(name, rows[name], label, more, names)

    return (
        FormPart(
            "what",
            _("What it is"),
            _("Write for a colleague in another office who has never heard of it."),
            (*one("title", "summary"), abreast("stage", "started_on", "ended_on")),
        ),
        FormPart(
            "where",
            _("Where it belongs"),
            _("By these others find it."),
            (*(ManyBoxes.of_field(plain, name) for name in criteria), *one("clients")),
        ),
        FormPart("trouble", _("What the trouble was"), _("Figures are better than adjectives."), one("problem")),
        FormPart(
            "did",
            _("What you did"),
            _("Step by step, so that another office can do the same. An emptied step disappears."),
            (lines("steps", _("Step"), _("Add a step")), *one("text")),
        ),
        FormPart(
            "cost",
            _("What it costs"),
            _("An honest estimate is enough."),
            (abreast("cost", "currency", "hours"), *one("cost_note")),
        ),
        FormPart(
            "changed",
            _("What has changed"),
            _("The figure before and after, and how many cases it rests on."),
            (lines("results", _("Result"), _("Add a result")),),
        ),
        FormPart("with", _("Partners and legal basis"), "", one("partners", "legal_basis")),
        FormPart(
            "elsewhere",
            _("What failed, and what others need"),
            "",
            one("failures", "conditions", "transferability"),
        ),
        FormPart(
            "shown",
            _("Pictures, files, words"),
            _(
                "Pictures as PNG or JPEG; files as PDF, DOCX, XLSX, ODT, CSV or TXT; at most 20 MB each. "
                "When the page comes back with an error, choose new files again."
            ),
            (
                lines("pictures", _("Picture"), _("Add a picture")),
                lines("files", _("File"), _("Add a file")),
                lines("quotations", _("Quotation"), _("Add a quotation")),
                lines("films", _("Film"), _("Add a film")),
            ),
        ),
        FormPart("who", _("Contact and licence"), "", one("contact", "contact_role", "licence")),
    )


def _lines(name: str, rows: Any, label: str, more: str, names: dict[str, str]) -> Lines:
    made = tuple(_line(number, form, label, names) for number, form in enumerate(rows.forms, start=1))
    return Lines(name, label, rows.management_form, made, more)


def _line(number: int, form: Any, label: str, names: dict[str, str]) -> Line:
    shown = [bound for bound in form if bound.name != "off" and not bound.is_hidden]
    wide = [bound for bound in shown if bound.name in WIDE]
    short = tuple(Field(bound) for bound in shown if bound.name not in WIDE)
    fields: list[Part] = [Field(bound) for bound in wide]
    if short:
        fields.insert(1, Abreast(short))
    stands = any(form.initial.values()) or bool(form["off"].value())
    hidden = tuple(bound for bound in form if bound.is_hidden)
    return Line(number, label, _kept(form, names), tuple(fields), hidden, Field(form["off"]) if stands else None)


def _kept(form: forms.Form, names: dict[str, str]) -> str:
    """The name of the file that stands there already."""
    found = (names.get(f"{key}-{form.initial.get(key)}", "") for key in ("picture", "document"))
    return next((name for name in found if name), "")
