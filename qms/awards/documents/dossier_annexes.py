"""The last chapters of a dossier: where its words come from, its annexes, and a title sheet for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.awards.components.dossiers import Facts, PageOf, Sheets, Whole
from qms.awards.domain.binding import BoundAnnex, grouped
from qms.awards.models import Annex, Paragraph
from qms.core.uploads import KINDS
from qms.pdf.components import Box, Column, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part

Content = Mapping[str, Any]
SHORT = 8  # rows that stand together
OUTCOMES = {
    "merged": lambda: _("set in"),
    "listed": lambda: _("listed only"),
    "encrypted": lambda: _("has a password"),
    "broken": lambda: _("cannot be read"),
}


def outcome_words(outcome: str) -> str:
    """What became of an annex, in two or three words."""
    return OUTCOMES[outcome]()


def sources_chapter(sections: Sequence[Content], _language: str) -> Section | None:
    """Every source and piece of evidence that the answers name, with the questions that use it."""
    used: dict[tuple[str, str], list[str]] = {}
    for place, section in enumerate(sections, start=1):
        for count, question in enumerate(section["questions"], start=1):
            for named in _named(question):
                places = used.setdefault(named, [])
                if f"{place}.{count}" not in places:
                    places.append(f"{place}.{count}")
    if not used:
        return None
    rows = tuple(Row((title, kind, ", ".join(places))) for (kind, title), places in used.items())
    columns = (Column(_("Source")), Column(_("Kind"), width="large"), Column(_("Used in"), width="small"))
    table = Table(columns, rows, _("Evidence and sources that the answers name"), ident="sources-list")
    return Section(_("Evidence and sources"), (table,), number="A", kind="flow", ident="sources")


def _named(question: Content) -> Iterator[tuple[str, str]]:
    kinds = dict(Paragraph.Source.choices)
    for one in (*question.get("paragraphs", ()), *question.get("rows", ())):
        if one["source"] and one["source_title"]:
            yield str(kinds.get(one["source"], one["source"])), one["source_title"]
        if one.get("evidence"):
            yield str(kinds[Paragraph.Source.EVIDENCE]), one["evidence"]


def annex_list(annexes: tuple[BoundAnnex, ...]) -> Section:
    """All annexes: how many pages each has, where it begins, and what became of it."""
    if not annexes:
        return Section(
            _("Annexes"), (Text((_("The application has no annexes."),)),), number="B", kind="flow", ident="annexes"
        )
    columns = (
        Column(_("No."), width="tiny"),
        Column(_("Annex")),
        Column(_("File")),
        Column(_("Pages"), is_number=True),
        Column(pgettext("annex", "What became of it"), width="middle"),
        Column(_("On page"), is_number=True),
    )
    rows = tuple(
        Row(
            (
                str(place),
                annex.title,
                f"{annex.file_name} ({_kind(annex)}, {filesizeformat(annex.size)})",
                str(len(annex.pages)) if annex.pages else "–",
                outcome_words(annex.outcome),
                PageOf(f"annex-{place}"),
            )
        )
        for place, annex in enumerate(annexes, start=1)
    )
    table = Table(columns, rows, _("Annexes in the order of the application"), ident="annex-list")
    listed = Whole(table) if len(rows) <= SHORT else table
    return Section(_("Annexes"), (listed,), number="B", kind="flow", ident="annexes")


def annex_chapter(annex: BoundAnnex, place: int) -> Section:
    """The title sheet of an annex and the sheets for its pages."""
    facts: list[tuple[str, object]] = [
        (_("File"), annex.file_name),
        (_("Kind and size"), f"{_kind(annex)}, {filesizeformat(annex.size)}"),
        (_("Pages"), numbers.figure(len(annex.pages)) if annex.pages else "–"),
        (_("Scan for viruses"), str(Annex.Scan(annex.scan).label)),
        (_("Fingerprint (SHA-256)"), grouped(annex.sha256)),
    ]
    parts: list[Part] = [Facts(tuple(facts))]
    if annex.reason:
        parts.append(Box(_("This annex is not set in"), (_(annex.reason),)))
    if annex.pages:
        picture = f"media:{annex.path}" if annex.is_picture else ""
        parts.append(Sheets(tuple(page.is_wide for page in annex.pages), picture, annex.title))
    label = _("Annex %(place)s") % {"place": place}
    return Section(annex.title, tuple(parts), label=label, number=f"B{place}", ident=f"annex-{place}")


def _kind(annex: BoundAnnex) -> str:
    return KINDS[annex.kind].name if annex.kind in KINDS else annex.kind.upper()
