"""The chapter that tells how the assessment was done, and the opening facts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.components.telling import (
    part_before,
)
from qms.assessments.documents.material import Material
from qms.assessments.models import Member
from qms.frameworks.domain.panel import Scale
from qms.pdf.components import BandMark, Column, Number, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part

from .computing import computing_words


def part_numbers(material: Material) -> tuple[Number, ...]:
    """Enablers and results, each as one number with its change."""
    teller, places = material.teller, material.framework.rounding.criterion
    found = []
    for part in material.results.parts:
        if part.figure.value is None:
            continue
        before = part_before(material.results, part.code)
        note = ""
        if before is not None:
            change = numbers.rounded(part.figure.value, places) - numbers.rounded(before, places)
            note = _("%(change)s since %(year)s") % {
                "change": teller.change(change, places),
                "year": material.results.previous_year,
            }
        title = _("%(part)s, mean") % {"part": teller.said(part.titles)}
        of = _("of %(maximum)s") % {"maximum": material.framework.highest}
        found.append(Number(title, teller.criterion(part.figure.value), of, note))
    return tuple(found)


# --- Chapter 1 -------------------------------------------------------------------------------------------------------


def how_it_was_done(material: Material) -> Section:
    """Steps, group, scale, how figures come about."""
    return Section(
        _("How the self-assessment was done"),
        (_steps(material), _people(material), _scale(material), _computing(material)),
        label=_("Chapter %(number)s") % {"number": 1},
        number="1",
        lead=ngettext(
            "%(count)s person scored the office alone; the group then agreed common scores on the evidence.",
            "%(count)s people scored the office each alone, then agreed common scores on the evidence.",
            material.members,
        )
        % {"count": material.members},
        ident="how",
    )


def _steps(material: Material) -> Table:
    given, possible = material.answers
    settled = sum(node.is_settled for node in material.results.nodes)
    people = ngettext("%(count)s person", "%(count)s people", material.members) % {"count": material.members}
    rows = (
        (
            _("Self-assessment group"),
            _("quality lead and the members of the group"),
            _day(material, "started_at"),
            people,
        ),
        (
            _("Individual scoring"),
            _("each member alone, without sight of the other sheets"),
            _between(material),
            _("%(given)s of %(of)s scores") % {"given": given, "of": possible},
        ),
        (
            _("Consensus"),
            _("the group, led by its chair"),
            _day(material, "consensus_on", "consensus_started_at"),
            ngettext("%(count)s agreement", "%(count)s agreements", settled) % {"count": settled},
        ),
        (
            _("Approval"),
            _("director of the office"),
            numbers.day(material.approved_at),
            _("this report"),
        ),
    )
    note = ""
    if reason := material.head["closed_early_reason"]:
        note = _("Individual scoring was closed before every sheet was in: %(reason)s") % {"reason": reason}
    columns = (
        Column(_("Step"), width="middle"),
        Column(_("Who")),
        Column(_("When"), width="middle"),
        Column(_("Outcome"), is_number=True),
    )
    return Table(
        columns,
        tuple(Row(row) for row in rows),
        _("The course"),
        number=_("Table %(number)s") % {"number": 2},
        note=note,
        contents=_("The course"),
        ident="how-steps",
    )


def _day(material: Material, *names: str) -> str:
    return next((numbers.day(day) for name in names if (day := material.day(name))), "–")


def _between(material: Material) -> str:
    first, last = material.day("started_at"), material.day("consensus_started_at")
    if first is None or last is None:
        return "–"
    return _("%(first)s to %(last)s") % {"first": numbers.day(first), "last": numbers.day(last)}


def _people(material: Material) -> Table:
    several = len(material.results.groups) > 1
    roles = dict(Member.Role.choices)
    rows = []
    for group in material.results.groups:
        if several:
            rows.append(Row((group.name, "", ""), "head"))
        rows.extend(
            Row((member.name, str(roles.get(member.role, member.role)), _("in") if member.handed_in else _("not in")))
            for member in group.members
        )
    return Table(
        (Column(_("Name")), Column(_("Role"), width="large"), Column(_("Individual sheet"), width="middle")),
        tuple(rows),
        _("The self-assessment group"),
        number=_("Table %(number)s") % {"number": 3},
        note=_("Nobody is told which score was whose; this report holds no individual scores with names."),
        contents=_("The self-assessment group"),
        ident="how-group",
    )


def _scale(material: Material) -> Table:
    teller = material.teller
    panel = material.framework.panel(material.panel)
    groups = [group for group in material.framework.groups if group.code in panel.by_group]
    rows = tuple(
        Row(
            (
                material_mark(material, band.index),
                teller.said(band.titles),
                *(_anchor(material, panel.by_group[group.code], band.code) for group in groups),
            )
        )
        for band in material.framework.bands
    )
    columns = (
        Column(_("Points"), width="tiny"),
        Column(_("Evidence"), width="small"),
        *(Column(_about(material, panel.by_group[group.code], teller.said(group.titles))) for group in groups),
    )
    return Table(
        columns,
        rows,
        _("The scale"),
        number=_("Table %(number)s") % {"number": 4},
        note=_("The dial shows the band in the whole report"),
        contents=_("The scale"),
        ident="how-scale",
    )


def material_mark(material: Material, index: int) -> Part:
    """The dial of a band with its span."""
    return BandMark(index, material.teller.span(material.framework.bands[index]))


def _about(material: Material, scale: Scale, group: str) -> str:
    first = material.teller.said(scale.dimensions[0].titles)
    return (
        group
        if len(scale.dimensions) == 1
        else _("%(group)s, for example “%(dimension)s”")
        % {
            "group": group,
            "dimension": first,
        }
    )


def _anchor(material: Material, scale: Scale, band: str) -> str:
    return material.teller.said(scale.dimensions[0].anchors.get(band, {}))


def _computing(material: Material) -> Section:
    return Section(_("How we compute"), (Text(computing_words(material)),), ident="how-computing")
