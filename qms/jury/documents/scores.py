"""The chapters of a protocol on scores: totals, agreements, visits, and every ballot with its words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.awards.components.dossiers import Fine, Whole
from qms.jury.components.paper import Said
from qms.jury.models import Agreed, Visit, VisitNote
from qms.pdf.components import Column, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part

from .material import Frozen, Material, points

Chapter = tuple[str, str, str, tuple[Part, ...]]
FULL = 7  # more jurors than this do not fit beside one another


def scores_chapter(material: Material) -> Chapter:
    """The totals of all jurors, application by application, and how strict each juror was."""
    parts: list[Part] = [_totals(material)]
    if short := _shortages(material):
        parts.append(short)
    if late := _late(material):
        parts.append(late)
    if material.content["severity"]:
        parts.append(_severity(material))
    lead = _("Scores were given blind. A dash is no zero: the juror was not asked, was excluded, or could not judge.")
    return _("Scores"), lead, "scores", tuple(parts)


def _totals(material: Material) -> Table:
    """One column for each juror where they fit; else each application with its totals in a row."""
    signs = [one["sign"] for one in material.content["jurors"]]
    fits = len(signs) <= FULL
    columns = [Column(_("Application"), width="" if fits else "middle")]
    columns += [Column(sign, is_number=True) for sign in signs] if fits else [Column(_("Totals of the jurors"))]
    columns += [Column(_("Median"), is_number=True), Column(_("Range"), is_number=True)]
    columns.append(Column(_("Counts"), is_number=True, is_main=True))
    rows = []
    for one in material.content["applications"]:
        given = {b["juror"]: b["total"] for b in material.ballots.get(one["pk"], []) if b["ended_at"] is None}
        standing = one["standing"] or {}
        if fits:
            cells = [points(given.get(sign)) for sign in signs]
        else:
            cells = [", ".join(f"{sign} {points(total)}" for sign, total in given.items()) or "–"]
        spread = _range(standing)
        rows.append(Row((one["number"], *cells, points(standing.get("median")), spread, points(standing.get("total")))))
    return Table(tuple(columns), tuple(rows), _("Totals, 0 to 100 points"), ident="totals")


def _range(standing: Frozen) -> str:
    if standing.get("highest") is None or standing.get("ballots") == 1:
        return "–"
    return numbers.figure(float(standing["highest"]) - float(standing["lowest"]), 1)


def _severity(material: Material) -> Table:
    columns = (Column(_("Juror")), Column(_("Applications"), is_number=True), Column(_("Difference"), is_number=True))
    rows = tuple(
        Row((one["juror"], str(one["n"]), numbers.signed(float(one["mean"]), 1)))
        for one in material.content["severity"]
    )
    note = _("The mean of the own total minus the mean of the others. It is shown and never used.")
    return Table(columns, rows, _("How strict each juror was"), note=note, ident="severity")


def _shortages(material: Material) -> Table | None:
    """Applications for which too few jurors could be found; older protocols know of none."""
    known = [(one["number"], one.get("shortage")) for one in material.content["applications"]]
    rows = tuple(
        Row(
            (
                number,
                _by_how_many(said["jurors"]),
                said["reason"],
                f"{said['stated_by']}, {material.day(said['stated_at'])}",
            )
        )
        for number, said in known
        if said
    )
    columns = (Column(_("Application")), Column(_("Judged by")), Column(_("Reason")), Column(_("Stated")))
    note = _("The interval of a total that one juror gave is not known.")
    return Table(columns, rows, _("Fewer jurors than announced"), note=note, ident="shortages") if rows else None


def _by_how_many(jurors: int) -> str:
    if not jurors:
        return _("nobody: out of competition")
    return ngettext("%(count)s juror", "%(count)s jurors", jurors) % {"count": jurors}


def _late(material: Material) -> Table | None:
    """Ballots that were added when the numbers of the application had been open."""
    rows = tuple(
        Row((material.number(one["application"]), one["juror"], material.day(one["assigned_at"]), one["late_reason"]))
        for one in material.content["ballots"]
        if one.get("late_reason")
    )
    columns = (Column(_("Application")), Column(_("Juror")), Column(_("When")), Column(_("Reason")))
    return Table(columns, rows, _("Ballots added after the numbers were open"), ident="late") if rows else None


def agreements_chapter(material: Material) -> Chapter:
    """Which sections were agreed on, with the reason."""
    title = _("Agreements")
    if not material.content["agreed"]:
        return title, "", "agreements", (Text((_("Nothing had to be agreed."),)),)
    columns = (
        Column(_("Application")),
        Column(_("Section")),
        Column(_("Agreed"), is_number=True, is_main=True),
        Column(_("When")),
        Column(_("Reason")),
    )
    rows = tuple(
        Row(
            (
                material.number(one["application"]),
                _section(material, one["section"]),
                _("not judged") if one["is_na"] else points(one["score"]),
                str(Agreed.Stage(one["stage"]).label),
                one["reason"] or "–",
            )
        )
        for one in material.content["agreed"]
    )
    return title, _("Ballots stay as they were given."), "agreements", (Table(columns, rows, ident="agreed"),)


def visits_chapter(material: Material) -> Chapter:
    """Who visited whom, and what was reported."""
    title, visits = _("Visits"), material.content["visits"]
    if not visits:
        return title, "", "visits", (Text((_("No office was visited."),)),)
    parts: list[Part] = []
    for number, one in enumerate(visits, start=1):
        facts = ", ".join(
            [str(Visit.State(one["state"]).label), material.day(one["starts_at"]), one["place"], *one["team"]]
        )
        inner: list[Part] = [Fine(facts)]
        if items := tuple(_visit(material, one)):
            inner.append(Said(items))
        heading = material.number(one["application"])
        parts.append(Section(heading, tuple(inner), in_contents=False, ident=f"visit-{number}"))
    return title, "", "visits", tuple(parts)


def _visit(material: Material, one: Frozen) -> Iterator[tuple[str, str, str]]:
    if one["cancelled_reason"]:
        yield _("Why it was cancelled"), "", _(one["cancelled_reason"])
    if one["report"]:
        yield _("Report"), "", one["report"]
    for note in one["notes"]:
        if note["text"] or note["verdict"]:
            verdict = str(VisitNote.Verdict(note["verdict"]).label) if note["verdict"] else ""
            yield _section(material, note["section"]), verdict, note["text"] or "–"


def ballots_chapter(material: Material) -> Chapter:
    """Each application with what every juror gave each section and wrote about it."""
    parts = tuple(
        Section(
            f"{one['number']} {one['office']}",
            tuple(_application(material, one)),
            in_contents=False,
            ident=f"application-{one['pk']}",
        )
        for one in material.content["applications"]
    )
    lead = _("What every juror gave and wrote. Ballots that ended do not count; they stay in the file.")
    return pgettext("jury", "Ballots"), lead, "ballots", parts


def _application(material: Material, one: Frozen) -> Iterator[Part]:
    ballots = material.ballots.get(one["pk"], [])
    if not ballots:
        yield Text((_("Nobody scored it."),))
        return
    counting = [ballot for ballot in ballots if ballot["ended_at"] is None]
    words = ngettext("%(count)s ballot counts", "%(count)s ballots count", len(counting)) % {"count": len(counting)}
    words = f"{words[:1].upper()}{words[1:]}"
    yield Fine(f"{words}. " + _("Fingerprint of the application: %(hash)s") % {"hash": one["sha256"][:16]})
    if counting:
        yield Whole(_marks(material, one, counting))
    if items := tuple(_words(material, ballots)):
        yield Said(items)


def _marks(material: Material, one: Frozen, ballots: list[Frozen]) -> Table:
    """Sections down, jurors across, then the mean, what was agreed, and what counts."""
    by_juror = [(ballot, {mark["section"]: mark for mark in ballot["marks"]}) for ballot in ballots]
    figures = (one["standing"] or {}).get("sections", {})
    columns = (
        Column(_("Section")),
        *(Column(ballot["juror"], is_number=True) for ballot in ballots),
        Column(_("Mean"), is_number=True),
        Column(_("Agreed"), is_number=True),
        Column(_("Counts"), is_number=True, is_main=True),
    )
    rows = [
        Row(
            (
                material.said(section["titles"]),
                *(_mark(marks.get(pk)) for _ballot, marks in by_juror),
                *(points(figures.get(str(pk), {}).get(name)) for name in ("mean", "agreed", "counts")),
            )
        )
        for pk, section in material.sections.items()
    ]
    totals = [points(ballot["total"]) for ballot in ballots]
    whole = points((one["standing"] or {}).get("total"))
    rows.append(Row((pgettext("scores", "Total"), *totals, "", "", whole), kind="own"))
    return Table(columns, tuple(rows), ident=f"marks-{one['pk']}")


def _mark(mark: Frozen | None) -> str:
    return "–" if mark is None else points(mark["score"])


def _words(material: Material, ballots: list[Frozen]) -> Iterator[tuple[str, str, str]]:
    for ballot in ballots:
        who = ballot["juror"]
        if ballot["ended_at"] is not None:
            ended = _("ended %(moment)s") % {"moment": material.day(ballot["ended_at"])}
            # The platform's own reasons are kept in English.
            yield who, ended, _(ballot["ended_reason"]) if ballot["ended_reason"] else "–"
        if ballot.get("late_reason"):
            yield who, _("added after the numbers were open"), ballot["late_reason"]
        if ballot["unlocked_reason"]:
            yield who, _("given back for correction"), ballot["unlocked_reason"]
        if ballot["summary"]:
            yield who, _("in short"), ballot["summary"]
        for mark in sorted(ballot["marks"], key=lambda one: [*material.sections, one["section"]].index(one["section"])):
            if said := tuple(_remarks(mark)):
                yield f"{who}, {_section(material, mark['section'])}", "", "\n".join(said)


def _remarks(mark: Frozen) -> Iterator[str]:
    """What a juror wrote about a section, each under what it is."""
    if mark["is_na"]:
        yield f"{_('cannot be judged')}: {mark['reason'] or '–'}"
    if mark["strengths"]:
        yield f"{_('strengths')}: {mark['strengths']}"
    if mark["areas"]:
        yield f"{_('areas for improvement')}: {mark['areas']}"


def _section(material: Material, pk: int) -> str:
    section = material.sections.get(pk)
    return material.said(section["titles"]) if section else ""
