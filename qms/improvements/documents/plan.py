"""The improvement plan on paper: as it was approved, or as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.improvements.components.money import money
from qms.improvements.components.printed import Blank
from qms.pdf.components import Column, Number, Numbers, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

from .plan_actions import actions_chapter
from .plan_material import Material
from .plan_pictures import cover_art, first_chapter, time_chapter

if TYPE_CHECKING:
    from qms.improvements.queries.printing import PrintedPlan


def plan_of(printed: PrintedPlan, *, language: str) -> Document:
    """The plan in one of the platform's languages; texts that people wrote stay as they were written."""
    with translation.override(language):
        material = Material(printed)
        return Document(
            title=_("Improvement\nplan %(year)s") % {"year": material.head["year"]},
            subtitle=str(material.head["title"]),
            subject=_("Improvement plan of %(office)s, %(year)s")
            % {"office": material.office["name"], "year": material.head["year"]},
            language=language,
            sections=tuple(_sections(material)),
            cover=_cover(material),
            moment=printed.moment,
            running=_("%(office)s, improvement plan %(year)s")
            % {"office": material.office["short_name"], "year": material.head["year"]},
            version_line=_version(material),
            imprint=(_imprint(material),),
            author=str(material.office["name"]),
        )


def _sections(material: Material) -> Iterable[Section]:
    yield _brief(material)
    if material.actions:
        yield first_chapter(material)
        yield time_chapter(material)
    if material.printed.standing:
        yield _standing(material)
    if material.actions:
        yield actions_chapter(material)
    yield _signatures(material)


def _version(material: Material) -> str:
    printed = material.printed
    if printed.is_frozen:
        return _("Approved %(day)s, fingerprint %(hash)s") % {
            "day": numbers.day(printed.approved_at),
            "hash": printed.sha256[:12],
        }
    return _("As it stood on %(day)s") % {"day": numbers.moment(printed.moment)}


def _imprint(material: Material) -> str:
    if material.printed.is_frozen:
        return _("Typeset by QMS from the content that the director approved; later changes stand on the platform.")
    return _("Typeset by QMS from the plan as it stood at the moment named at the foot of each page.")


# --- The cover -------------------------------------------------------------------------------------------------------


def _cover(material: Material) -> Cover:
    printed = material.printed
    notes = [_("Each stroke on the cover is one action of this plan: from its start to its last day.")]
    if printed.is_frozen:
        notes.append(_("Fingerprint of the approved content (SHA-256): %(hash)s.") % {"hash": _grouped(printed.sha256)})
    art = cover_art(material)
    return Cover(
        organisation=str(material.office["name"]),
        facts=_facts(material),
        art=art,
        notes=tuple(notes if art else notes[1:]),
    )


def _grouped(fingerprint: str) -> str:
    return " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8))


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    count = len(material.actions)
    facts = [
        (_("Content"), _content_words(material)),
        (_("Actions"), ngettext("%(count)s action", "%(count)s actions", count) % {"count": count}),
    ]
    if material.first_day and material.last_day:
        facts.append((_("Time"), f"{numbers.day(material.first_day)} – {numbers.day(material.last_day)}"))
    if material.budget is not None:
        facts.append((_("Budget"), money(material.budget, material.currency)))
    return tuple(facts)


def _content_words(material: Material) -> str:
    """Which content this is: it must never be taken for another."""
    printed = material.printed
    if printed.is_frozen:
        return _("as approved by %(name)s on %(day)s") % {
            "name": printed.approved_by,
            "day": numbers.day(printed.approved_at),
        }
    words = {"stage": printed.plan.get_stage_display().lower(), "day": numbers.day(printed.on)}
    if printed.plan.is_approved:
        return _("as it stood on %(day)s (%(stage)s)") % words
    return _("not approved (%(stage)s), as it stood on %(day)s") % words


# --- In brief --------------------------------------------------------------------------------------------------------


def _brief(material: Material) -> Section:
    parts: list[Part] = [Numbers(_numbers(material))]
    if material.head["introduction"]:
        parts.append(Text((str(material.head["introduction"]),)))
    if not material.actions:
        parts.append(Text((_("There is no action in this plan yet."),)))
    return Section(_("In brief"), tuple(parts), kind="opening", in_contents=False, ident="brief")


def _numbers(material: Material) -> tuple[Number, ...]:
    quick = sum(action.quick for action in material.actions)
    findings = {finding["key"] for action in material.actions for finding in action.findings}
    without = sum(not action.findings for action in material.actions)
    note = ngettext("%(count)s action without a finding", "%(count)s actions without a finding", without)
    return (
        Number(_("Actions"), str(len(material.actions)), "", _kinds_words(material)),
        Number(_("Quick wins"), str(quick), "", _("easy, and done within six months")),
        Number(_("Findings answered"), str(len(findings)), "", note % {"count": without} if without else ""),
        Number(
            _("Budget"),
            "–" if material.budget is None else money(material.budget, material.currency),
            "",
            "" if material.budget is not None else _("no action has one"),
        ),
    )


def _kinds_words(material: Material) -> str:
    owners = len({action.owner for action in material.actions if action.owner})
    return ngettext("%(count)s owner", "%(count)s owners", owners) % {"count": owners}


# --- Where it stands -------------------------------------------------------------------------------------------------


def _standing(material: Material) -> Section:
    rows = []
    for row in material.printed.standing.values():
        action = row.action
        effect = row.effect.get_verdict_display() if row.effect else "–"
        done = numbers.day(action.done_on) if action.done_on else ""
        status = ", ".join(filter(None, (str(action.get_status_display()), done, _("late") if row.late else "")))
        rows.append(
            Row(
                (
                    f"{action.code}  {action.title}",
                    status,
                    numbers.share(action.progress),
                    numbers.day(action.due_on),
                    effect,
                )
            )
        )
    columns = (
        Column(_("Action")),
        Column(_("Status"), width="middle"),
        Column(_("Progress"), is_number=True),
        Column(_("Due"), width="small"),
        Column(_("Effect"), width="small"),
    )
    table = Table(columns, tuple(rows), _("Actions on %(day)s") % {"day": numbers.day(material.printed.on)})
    return Section(_("Where it stands"), (table,), ident="standing")


# --- Signatures ------------------------------------------------------------------------------------------------------


def _signatures(material: Material) -> Section:
    printed = material.printed
    columns = (
        Column(_("Role"), width="middle"),
        Column(pgettext("person", "Name")),
        Column(pgettext("signature", "Day"), width="small"),
        Column(_("Signature"), width="large"),
    )
    rows = (
        Row((_("Quality lead"), "", "", Blank())),
        Row(
            (
                _("Director"),
                printed.approved_by,
                numbers.day(printed.approved_at) if printed.approved_at else "",
                Blank(),
            )
        ),
    )
    words = _("On the platform nobody has approved this plan yet.")
    if printed.approved_at:
        words = _("On the platform %(name)s approved this plan on %(moment)s.") % {
            "name": printed.approved_by,
            "moment": numbers.moment(printed.approved_at),
        }
    return Section(_("Signatures"), (Text((words,)), Table(columns, rows)), kind="flow", ident="signatures")
