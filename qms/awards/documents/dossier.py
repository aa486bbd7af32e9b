"""A submission on paper: what the office wrote as it was frozen, and a sheet for each annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.components.dossiers import Facts, Fine, Proof, Whole
from qms.awards.domain import limits
from qms.awards.domain.binding import BoundAnnex, grouped, hyphened
from qms.awards.models import Submission
from qms.frameworks.domain.framework import text
from qms.offices.models import Office
from qms.pdf.codes import code_picture
from qms.pdf.components import Box, Column, Number, Numbers, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

from .dossier_annexes import annex_chapter, annex_list, sources_chapter
from .dossier_answers import answer
from .pictures import pages_written

TEMPLATE = "documents/awards/dossier.html"
HALF_A_PAGE, ROW = Decimal("0.5"), Decimal("0.06")  # of a page, as it is written and as a row of results takes


@dataclass(frozen=True)
class Paper(Document):
    """A document whose cover says how to verify it."""

    proof: Proof | None = None


@dataclass(frozen=True)
class Material:
    """What a dossier says, read once."""

    submission: Submission
    annexes: tuple[BoundAnnex, ...]
    address: str
    language: str

    @property
    def content(self) -> Mapping[str, Any]:
        """The application as it was frozen."""
        return self.submission.content  # type: ignore[no-any-return]

    @property
    def office(self) -> Mapping[str, Any]:
        """The office as it was when it submitted."""
        return self.content["office"]  # type: ignore[no-any-return]

    def said(self, texts: Mapping[str, str]) -> str:
        """The words in the language of the dossier."""
        return text(texts, self.language)

    @cached_property
    def proof(self) -> Proof:
        """How to verify it."""
        words = _("The address of the page that verifies this document, as a QR code.")
        picture = code_picture(self.address, title=_("QR code"), description=words)
        return Proof(picture, hyphened(self.submission.code), self.address.partition("://")[2])

    @property
    def submitted(self) -> str:
        """When it was submitted, with the zone in which the round tells its dates."""
        zone = self.content["round"]["zone"]
        with timezone.override(ZoneInfo(zone)):
            return f"{numbers.moment(self.submission.submitted_at)} ({zone})"


def dossier_of(submission: Submission, annexes: tuple[BoundAnnex, ...], *, address: str, language: str) -> Paper:
    """The dossier in one of the platform's languages; what the office wrote stays as it was written."""
    with translation.override(language):
        material = Material(submission, annexes, address, language)
        number = material.content["number"]
        return Paper(
            title=material.said(material.content["round"]["titles"]),
            subtitle=material.said(material.content["category"]["titles"]),
            subject=_("Application %(number)s of %(office)s") % {"number": number, "office": material.office["name"]},
            language=language,
            sections=tuple(_sections(material)),
            cover=_cover(material),
            moment=submission.submitted_at,
            running=f"{material.office['short_name'] or material.office['name']}, {number}",
            version_line=_("Submitted %(moment)s, fingerprint %(hash)s")
            % {"moment": material.submitted, "hash": submission.sha256[:12]},
            author=str(material.office["name"]),
            proof=material.proof,
        )


def _cover(material: Material) -> Cover:
    content, submission = material.content, material.submission
    written = [
        (str(place), limits.pages(limits.characters_of_section(section)))
        for place, section in enumerate(content["sections"], start=1)
    ]
    art = pages_written(
        written,
        title=_("Pages written in each section"),
        description=_("A small leaf for each standard page of text; how long each section is stands at its head."),
    )
    facts = [(_("Application"), _numbered(material)), (_("Organiser"), content["round"]["organiser"])]
    facts += [(_("Submitted"), material.submitted), (_("Fingerprint"), f"{grouped(submission.sha256[:32])} …")]
    notes = (_("Each leaf on the cover is one standard page of 1,800 characters, section by section."),)
    return Cover(organisation=str(material.office["name"]), facts=tuple(facts), art=art, notes=notes)


def _numbered(material: Material) -> str:
    if material.submission.ordinal == 1:
        return str(material.content["number"])
    facts = {"number": material.content["number"], "ordinal": material.submission.ordinal}
    return _("%(number)s, submission %(ordinal)s") % facts


def _sections(material: Material) -> Iterator[Section]:
    yield _statement(material)
    yield _profile(material)
    places = {annex["pk"]: place for place, annex in enumerate(material.content["annexes"], start=1)}
    for place, section in enumerate(material.content["sections"], start=1):
        yield _section(material, section, place, places)
    if sources := sources_chapter(material.content["sections"], material.language):
        yield sources
    yield annex_list(material.annexes)
    for place, annex in enumerate(material.annexes, start=1):
        yield annex_chapter(annex, place)


# --- Head matter -----------------------------------------------------------------------------------------------------


def _counts(material: Material) -> Numbers:
    """What it amounts to."""
    content = material.content
    length = sum(limits.characters_of_section(section) for section in content["sections"])
    rows = sum(len(question.get("rows", ())) for section in content["sections"] for question in section["questions"])
    most = content["category"]["max_pages"]
    limit = _("of %(most)s allowed") % {"most": most} if most else _("no limit")
    set_in = sum(1 for annex in material.annexes if annex.pages)
    counts = (
        Number(_("Standard pages"), numbers.figure(limits.shown_pages(length), 1), "", limit),
        Number(_("Sections"), str(len(content["sections"]))),
        Number(_("Results"), str(rows), "", _("measured over three years")),
        Number(_("Annexes"), str(len(material.annexes)), "", _("%(count)s set in") % {"count": set_in}),
    )
    return Numbers(counts)


def _statement(material: Material) -> Section:
    submission = material.submission
    who = _("Submitted by %(name)s on %(moment)s.") % {
        "name": submission.submitted_by.name,
        "moment": material.submitted,
    }
    frozen = _("This document shows the application as it was frozen at that moment. Nothing in it changed afterwards.")
    facts: tuple[tuple[str, object], ...] = (
        (_("Application"), _numbered(material)),
        (_("Fingerprint (SHA-256)"), grouped(submission.sha256)),
    )
    parts: tuple[Part, ...] = (
        _counts(material),
        Box(_("Statement of the director"), (submission.statement, who)),
        Facts(facts),
        Text((frozen,)),
    )
    return Section(_("Statement"), parts, ident="statement")


def _profile(material: Material) -> Section:
    office, assessment = material.office, material.content["assessment"]
    kinds = dict(Office.Kind.choices)
    facts: list[tuple[str, object]] = [
        (pgettext("office", "Name"), office["name"]),
        (_("Kind"), kinds.get(office["kind"], office["kind"])),
        (_("Region"), office["region"]),
        (_("City"), office["city"]),
        (_("Address"), office["address"]),
        (_("Website"), office["website"]),
        (_("Staff"), "" if office["staff_count"] is None else numbers.figure(office["staff_count"])),
    ]
    if assessment:
        facts.append((_("Self-assessment"), f"{assessment['title']} ({assessment['year']})"))
        facts.append((_("Fingerprint of its report"), grouped(assessment["sha256"][:32]) + " …"))
    parts: list[Part] = [Facts(tuple((name, fact) for name, fact in facts if fact))]
    if material.content["eligibility"]:
        parts.append(Whole(_conditions(material)))
    return Section(_("The office"), tuple(parts), ident="office")


def _conditions(material: Material) -> Table:
    rows = tuple(
        Row((material.said(one["titles"]), _("met") if one["met"] else _("not met"), _answered(one["answer"])))
        for one in material.content["eligibility"]
    )
    columns = (Column(_("Condition")), Column(_("State"), width="small"), Column(_("Fact or answer"), width="large"))
    return Table(columns, rows, _("Conditions of the category when it was submitted"), ident="conditions")


def _answered(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


# --- What was written ------------------------------------------------------------------------------------------------


def _section(material: Material, section: Mapping[str, Any], place: int, annexes: Mapping[int, int]) -> Section:
    parts: list[Part] = [Fine(words)] if (words := _length(section)) else []
    for count, question in enumerate(section["questions"], start=1):
        said = answer(question, material.language, annexes)
        title = f"{place}.{count}  {material.said(question['titles'])}"
        parts.append(Section(title, said, in_contents=False, ident=f"q{question['pk']}"))
    return Section(
        material.said(section["titles"]),
        tuple(parts),
        label=_("Section %(place)s") % {"place": place},
        number=str(place),
        lead=material.said(section["leads"]),
        kind="flow" if place > 1 and _is_short(section) else "chapter",
        ident=f"section-{place}",
    )


def _is_short(section: Mapping[str, Any]) -> bool:
    """Whether a page of its own would stay half empty."""
    rows = sum(len(question.get("rows", ())) for question in section["questions"])
    return limits.pages(limits.characters_of_section(section)) + rows * ROW <= HALF_A_PAGE


def _length(section: Mapping[str, Any]) -> str:
    """How much of its room a section takes; nothing where nothing is written in it."""
    length = limits.characters_of_section(section)
    if not length:
        return ""
    pages = limits.shown_pages(length)
    if section["max_pages"]:
        most = numbers.figure(Decimal(section["max_pages"]).normalize(), 1)
        return _("%(pages)s of %(most)s standard pages") % {"pages": numbers.figure(pages, 1), "most": most}
    count = int(pages) if pages == int(pages) else 2
    words = ngettext("%(pages)s standard page", "%(pages)s standard pages", count)
    return words % {"pages": numbers.figure(pages, 1)}
