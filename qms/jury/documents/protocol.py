"""The protocol of a list on paper: what was decided, by which rules, by whom, and everything that counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.components.dossiers import Facts, Proof, Whole
from qms.awards.domain.binding import grouped, hyphened
from qms.awards.models import Judging, Prize
from qms.jury.components.paper import Signatures
from qms.jury.models import Protocol
from qms.pdf.codes import code_picture
from qms.pdf.components import Box, Column, Number, Numbers, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

from .material import Frozen, Material, listed, place_words, points, yes
from .people import people_chapter
from .scores import agreements_chapter, ballots_chapter, scores_chapter, visits_chapter

TEMPLATE = "documents/jury/protocol.html"


@dataclass(frozen=True)
class Paper(Document):
    """A document whose cover says how to verify it."""

    proof: Proof | None = None


def protocol_of(protocol: Protocol, *, address: str, language: str) -> Paper:
    """The protocol in one of the platform's languages; what people wrote stays as it was written."""
    material = Material(protocol, address, language)
    with translation.override(language), timezone.override(ZoneInfo(protocol.content["round"]["zone"])):
        content = material.content
        title = _("Protocol of the jury: visits") if material.is_visits else _("Protocol of the jury: prizes")
        category, award = material.said(content["category"]["titles"]), material.said(content["round"]["titles"])
        return Paper(
            title=title,
            subtitle=f"{award}, {category}",
            subject=_("Protocol of the jury of %(round)s, %(category)s") % {"round": award, "category": category},
            language=language,
            sections=tuple(_sections(material)),
            cover=_cover(material),
            moment=protocol.made_at,
            running=f"{award}, {category}",
            version_line=_("Closed %(moment)s, fingerprint %(hash)s")
            % {"moment": material.when(content["closed"]["at"]), "hash": protocol.sha256[:12]},
            author=str(content["round"]["organiser"]),
            proof=_proof(material),
        )


def _proof(material: Material) -> Proof:
    words = _("The address of the page that verifies this document, as a QR code.")
    picture = code_picture(material.address, title=_("QR code"), description=words)
    return Proof(picture, hyphened(material.protocol.code), material.address.partition("://")[2])


def _cover(material: Material) -> Cover:
    content = material.content
    facts = [
        (
            pgettext("jury", "Meeting"),
            material.when(content["meeting"]["met_at"]) if content["meeting"]["met_at"] else "",
        ),
        (_("List closed"), material.when(content["closed"]["at"])),
        (_("Closed by"), content["closed"]["by"]),
        (_("Fingerprint"), f"{grouped(material.protocol.sha256[:32])} …"),
    ]
    confidential = _("Confidential: for the organiser and the chair of the jury.")
    return Cover(
        str(content["round"]["organiser"]), tuple((name, fact) for name, fact in facts if fact), notes=(confidential,)
    )


def _sections(material: Material) -> Iterator[Section]:
    yield _opening(material)
    chapters = (
        _decisions(material),
        _rules(material),
        people_chapter(material),
        scores_chapter(material),
        agreements_chapter(material),
        visits_chapter(material),
        ballots_chapter(material),
        _signatures(material),
    )
    for place, (title, lead, ident, parts) in enumerate(chapters, start=1):
        # Most follow on their page: the table of phases or a last exclusion would else stand alone on one.
        kind = "flow" if ident in ("people", "scores", "agreements", "visits", "signatures") else "chapter"
        yield Section(
            title,
            parts,
            label=_("Chapter %(place)s") % {"place": place},
            number=str(place),
            lead=lead,
            kind=kind,  # type: ignore[arg-type]
            ident=ident,
        )


# --- What was decided ------------------------------------------------------------------------------------------------


def _opening(material: Material) -> Section:
    content = material.content
    received = [one for one in content["applications"] if one["state"] != "withdrawn"]
    counting = [one for one in content["ballots"] if one["ended_at"] is None]
    counts = (
        Number(_("Applications"), str(len(received)), "", _withdrawn(len(content["applications"]) - len(received))),
        Number(_("Jurors"), str(len([one for one in content["jurors"] if one["left_at"] is None]))),
        Number(pgettext("jury", "Ballots"), str(len(counting))),
        Number(_("Exclusions"), str(len(content["exclusions"])), "", _("with their reasons")),
    )
    tally = Counter(material.outcome(one) for one in content["decisions"])
    words = "; ".join(f"{outcome}: {count}" for outcome, count in tally.items())
    words = f"{words[:1].upper()}{words[1:]}"
    frozen = _("This document shows what was frozen when the list was closed. Nothing in it changed afterwards.")
    return Section(
        _("In short"), (Text((f"{words}.", frozen)), Numbers(counts)), kind="opening", in_contents=False, ident="short"
    )


def _withdrawn(count: int) -> str:
    return ngettext("%(count)s was withdrawn", "%(count)s were withdrawn", count) % {"count": count} if count else ""


def _decisions(material: Material) -> tuple[str, str, str, tuple[Part, ...]]:
    content = material.content
    columns = (
        Column(pgettext("order", "Place")),
        Column(_("Application")),
        Column(_("Points"), is_number=True, is_main=True),
        Column(pgettext("jury", "Decision")),
        Column(_("Reason")),
    )
    rows = tuple(
        Row(
            (
                place_words(one["place_from"], one["place_to"]),
                f"{material.number(one['application'])} {_office(material, one['application'])}",
                points(one["total"]),
                material.outcome(one),
                one["reason"] or "–",
            )
        )
        for one in content["decisions"]
    )
    note = _("A place that is shared is written from its first to its last.")
    parts: list[Part] = [Table(columns, rows, _("Order and decisions"), note=note, ident="order"), _meeting(material)]
    if content["meeting"]["note"]:
        parts.append(Box(_("Note"), (content["meeting"]["note"],)))
    return _("Order and decisions"), "", "decisions", tuple(parts)


def _office(material: Material, application: int) -> str:
    one = material.applications.get(application)
    return str(one["office"]) if one else ""


def _meeting(material: Material) -> Part:
    meeting = material.content["meeting"]
    present = [f"{one['name']} ({one['juror']})" for one in meeting["present"]]
    return Facts(((pgettext("jury", "Meeting"), material.when(meeting["met_at"])), (_("Present"), listed(present))))


# --- The rules -------------------------------------------------------------------------------------------------------


def _rules(material: Material) -> tuple[str, str, str, tuple[Part, ...]]:
    parts: list[Part] = []
    if rules := material.content["judging"]:
        parts.append(Facts(tuple(_judging(material, rules))))
    parts.append(_weights(material))
    if material.prizes:
        parts.append(Whole(_prizes(material)))
    if material.content["phases"]:
        parts.append(Whole(_phases(material)))
    lead = _("Announced with the form before the round opened; the phases as they stood when the list was closed.")
    return _("Rules"), lead, "rules", tuple(parts)


def _judging(material: Material, rules: Frozen) -> Iterator[tuple[str, object]]:
    # Protocols of before name the panel by its code alone.
    panel = material.said(rules.get("panel_titles", {})) or rules["panel"]
    yield _("Scoring panel"), panel or _("one score from 0 to 100")
    yield _("Jurors for each application"), str(rules["jurors"])
    yield _("Own region excludes"), pgettext("answer", "yes") if rules["blocks_region"] else pgettext("answer", "no")
    yield _("A talk is needed above"), _points(rules["talk_above"])
    yield _("A tie is below"), _points(rules["tie_below"])
    yield _("How a tie is settled"), str(Judging.TieRule(rules["tie_rule"]).label)
    if rules["visit_from"] is not None:
        yield _("A visit is made from"), _points(rules["visit_from"])
    if rules["most_visits"] is not None:
        yield _("Most visits"), str(rules["most_visits"])


def _points(value: object) -> str:
    return _("%(points)s points") % {"points": points(value)}


def _weights(material: Material) -> Table:
    rows = tuple(Row((material.said(one["titles"]), points(one["weight"], 2))) for one in material.sections.values())
    return Table(
        (Column(_("Section")), Column(_("Weight"), is_number=True)), rows, _("Scored sections"), ident="weights"
    )


def _prizes(material: Material) -> Table:
    columns = (
        Column(_("Prize")),
        Column(_("Kind"), width="middle"),
        Column(_("At most"), is_number=True),
        Column(_("From points"), is_number=True),
    )
    rows = tuple(
        Row(
            (
                material.said(one["titles"]),
                str(Prize.Kind(one["kind"]).label),
                numbers.figure(one["at_most"]),
                points(one["from_points"]),
            )
        )
        for one in material.prizes.values()
    )
    return Table(columns, rows, _("Prizes"), ident="prizes")


def _phases(material: Material) -> Table:
    columns = (
        Column(_("Phase")),
        Column(_("Begins"), width="small"),
        Column(_("Ends"), width="small"),
        Column(_("Jurors score"), width="tiny"),
        Column(_("See scores"), width="tiny"),
        Column(_("With names"), width="tiny"),
    )
    rows = tuple(
        Row(
            (
                material.said(one["titles"]),
                material.day(one["starts_at"]),
                material.day(one["ends_at"]),
                yes(one["may_score"]),
                yes(one["shows_scores"]),
                yes(one["shows_names"]),
            )
        )
        for one in material.content["phases"]
    )
    note = _("All hours by the clock of %(zone)s") % {"zone": material.content["round"]["zone"]}
    return Table(columns, rows, _("Phases"), note=note, ident="phases")


# --- Signatures ------------------------------------------------------------------------------------------------------


def _signatures(material: Material) -> tuple[str, str, str, tuple[Part, ...]]:
    """Those who were present; where nobody wrote that down, all who had not left."""
    content = material.content
    present = {one["juror"] for one in content["meeting"]["present"]}
    people = [
        (one["name"], _("Chair of the jury") if one["is_chair"] else _("Juror"))
        for one in content["jurors"]
        if (one["sign"] in present if present else one["left_at"] is None)
    ]
    people.sort(key=lambda one: one[1] != _("Chair of the jury"))
    people.append((content["closed"]["by"], _("Closed the list")))
    return _("Signatures"), "", "signatures", (Signatures(tuple(people)),)
