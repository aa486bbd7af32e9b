"""Conditions of a category as they are shown to the office that wants to apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qms.awards.models import Category, Rule
from qms.awards.queries.eligibility import Condition
from qms.offices.models import Office
from qms.ui import numbers
from qms.ui.components import Link

Kind = Rule.Kind


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition that the platform answers itself: whether it is met, and the fact it rests on."""

    title: str
    lead: str
    met: bool
    fact: str
    way: Link | None = None


def condition_lines(
    conditions: Iterable[Condition], category: Category, office: Office, *, edits: bool
) -> tuple[ConditionLine, ...]:
    """The conditions that the platform answers; where a fact is missing, with the way to it."""
    return tuple(
        ConditionLine(
            title=one.rule.title,
            lead=one.rule.lead,
            met=one.met,
            fact=fact_words(one, category, office),
            way=None if one.met else _way(one, office, edits=edits),
        )
        for one in conditions
        if not one.is_answered
    )


def fact_words(condition: Condition, category: Category, office: Office) -> str:
    """What the platform knows about this condition."""
    value = condition.rule.value
    match condition.rule.kind:
        case Kind.OFFICE_KIND:
            return _("Your office: %(kind)s.") % {"kind": office.get_kind_display()}
        case Kind.REGION:
            return _("Your office lies in the region %(region)s.") % {"region": office.region.name}
        case Kind.STAFF:
            return _staff_words(value, office.staff_count)
        case Kind.ASSESSMENT:
            return _report_words(condition, category)
    return ""


def _staff_words(value: dict[str, Any], staff: int | None) -> str:
    least, most = value.get("least"), value.get("most")
    if staff is None:
        known = _("The number of your staff is not known here.")
    else:
        known = _("Your staff: %(count)s.") % {"count": numbers.figure(staff)}
    if least is not None and most is not None:
        asked = _("Asked for: %(least)s to %(most)s.") % {"least": least, "most": most}
    elif least is not None:
        asked = _("Asked for: at least %(least)s.") % {"least": least}
    else:
        asked = _("Asked for: at most %(most)s.") % {"most": most} if most is not None else ""
    return f"{known} {asked}".strip()


def _report_words(condition: Condition, category: Category) -> str:
    months = condition.rule.value.get("months")
    asked = ""
    if months:
        words = ngettext(
            "Asked for: not older than %(count)s month.", "Asked for: not older than %(count)s months.", months
        )
        asked = words % {"count": months}
    if condition.report is None:
        framework = category.framework.short_in(get_language() or "pl") if category.framework is not None else ""
        known = (
            _("Your office has no approved self-assessment by %(framework)s.") % {"framework": framework}
            if framework
            else _("Your office has no approved self-assessment.")
        )
    else:
        known = _("%(report)s, approved on %(day)s.") % {
            "report": condition.report.title,
            "day": numbers.day(condition.report.approved_at),
        }
    return f"{known} {asked}".strip()


def _way(condition: Condition, office: Office, *, edits: bool) -> Link | None:
    if condition.rule.kind == Kind.STAFF and edits and office.staff_count is None:
        return Link(_("Enter the number of staff"), reverse("offices:office-edit", args=[office.pk]))
    if condition.rule.kind == Kind.ASSESSMENT:
        return Link(_("To the self-assessments"), reverse("assessments:assessment-list"))
    return None
