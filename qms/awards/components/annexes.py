"""The files that go with an application, as they stand on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.models import Annex
from qms.awards.queries.annexes import Asked
from qms.ui.components import Button, Part, State
from qms.ui.numbers import short_day

MERGED = ("pdf", "png", "jpeg")


@dataclass(frozen=True)
class AnnexItem(Part):
    """One annex: its file, what is known of it, and what can be done with it."""

    pk: int
    number: int
    title: str
    extension: str
    url: str
    notes: tuple[str, ...]
    ways: tuple[Button, ...] = ()
    template_name: ClassVar[str] = "awards/_annex.html"


@dataclass(frozen=True)
class AskedItem(Part):
    """One annex that the form asks for: given, or still missing."""

    title: str
    lead: str
    state: State
    given: str = ""
    template_name: ClassVar[str] = "awards/_annex_asked.html"


def items_of(annexes: tuple[Annex, ...], *, changes: bool) -> tuple[AnnexItem, ...]:
    """All annexes in order; with their buttons where they may be changed."""
    last = len(annexes)
    return tuple(
        AnnexItem(
            annex.pk,
            number,
            annex.title,
            annex.kind.upper(),
            reverse("awards:annex-file", args=[annex.pk]),
            _notes(annex),
            _ways(annex, first=number == 1, last=number == last) if changes else (),
        )
        for number, annex in enumerate(annexes, start=1)
    )


def asked_items(asked: tuple[Asked, ...]) -> tuple[AskedItem, ...]:
    """What the form asks for, with what is still missing."""
    return tuple(
        AskedItem(one.question.title, one.question.lead, _state(one), ", ".join(annex.title for annex in one.given))
        for one in asked
    )


def counted(many: int, most: int) -> str:
    """How many there are and how many there may be."""
    return ngettext("%(many)s of at most %(most)s", "%(many)s of at most %(most)s", many) % {
        "many": many,
        "most": most,
    }


def _state(one: Asked) -> State:
    if one.given:
        return State(pgettext("annex", "Added"), "done")
    if one.question.is_required:
        return State(pgettext("annex", "Missing"), "wait")
    return State(pgettext("annex", "Optional"))


def _notes(annex: Annex) -> tuple[str, ...]:
    told = _("%(name)s added it on %(day)s") % {"name": annex.added_by.name, "day": short_day(annex.created_at)}
    fate = "" if annex.kind in MERGED else _("not merged into the dossier, only listed there")
    asked = annex.question.title if annex.question is not None else ""
    notes = (asked, f"{annex.file_name}, {filesizeformat(annex.size)}", told, annex.get_scan_display(), fate)
    return tuple(note for note in notes if note)


def _ways(annex: Annex, *, first: bool, last: bool) -> tuple[Button, ...]:
    move = reverse("awards:annex-move", args=[annex.pk])
    up = _way(_("Move up"), move, annex, name="to", value="up")
    down = _way(_("Move down"), move, annex, name="to", value="down")
    out = _way(pgettext("annex", "Take out"), reverse("awards:annex-remove", args=[annex.pk]), annex)
    return tuple(way for way, there in ((up, not first), (down, not last), (out, True)) if there)


def _way(label: str, url: str, annex: Annex, *, name: str = "", value: str = "") -> Button:
    return Button(label, url=url, kind="secondary", post=True, small=True, hidden=annex.title, name=name, value=value)
