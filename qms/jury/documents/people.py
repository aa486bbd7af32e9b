"""The chapter of a protocol on people: the pool, what was promised and declared, and who was excluded why."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms.jury.models import Exclusion
from qms.pdf.components import Column, Row, Table, Text
from qms.ui.components import Part

from .material import Frozen, Material


def people_chapter(material: Material) -> tuple[str, str, str, tuple[Part, ...]]:
    """Title, introduction, anchor and parts of the chapter."""
    parts: list[Part] = [_pool(material)]
    if material.content["exclusions"]:
        parts.append(_exclusions(material))
    else:
        parts.append(Text((_("Nobody was excluded from any application."),)))
    lead = _("Before anything was shown, each juror promised to be impartial and declared on every application.")
    return _("Jury, declarations and exclusions"), lead, "people", tuple(parts)


def _pool(material: Material) -> Table:
    content = material.content
    declared = Counter(one["juror"] for one in content["declarations"])
    excluded = Counter(one["juror"] for one in content["exclusions"])
    columns = (
        Column(_("Juror"), width="small"),
        Column(pgettext("person", "Name")),
        Column(_("Promised")),
        Column(_("Nothing ties me"), is_number=True),
        Column(_("Excluded"), is_number=True),
        Column(_("Left")),
    )
    rows = tuple(
        Row(
            (
                one["sign"],
                _("%(name)s, chair") % {"name": one["name"]} if one["is_chair"] else one["name"],
                material.day(one["accepted_at"]),
                str(declared[one["sign"]]),
                str(excluded[one["sign"]]),
                _left(material, one),
            )
        )
        for one in content["jurors"]
    )
    return Table(columns, rows, _("Jurors"), note=_("Numbers of applications declared on"), ident="pool")


def _left(material: Material, one: Frozen) -> str:
    if one["left_at"] is None:
        return "–"
    return ": ".join(filter(None, [material.day(one["left_at"]), one["left_reason"]]))


def _exclusions(material: Material) -> Table:
    columns = (
        Column(_("Application")),
        Column(_("Juror"), width="small"),
        Column(_("Kind")),
        Column(_("Reason")),
        Column(_("Since")),
    )
    rows = tuple(
        Row(
            (
                material.number(one["application"]),
                one["juror"],
                str(Exclusion.Kind(one["kind"]).label),
                one["reason"] or "–",
                material.day(one["made_at"]),
            )
        )
        for one in material.content["exclusions"]
    )
    return Table(columns, rows, _("Exclusions"), ident="exclusions")
