"""The whole application as it is frozen when it is submitted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from qms.awards.models import Annex, Application
from qms.awards.models.round import in_order

from .content import section_contents
from .eligibility import conditions_for

Content = dict[str, Any]

ANNEXES: Final = "annexes"
CONDITIONS: Final = "conditions"


def whole_of(
    application: Application, *, statement: str, at: datetime, sections: list[Content] | None = None
) -> Content:
    """Form and answers, office, conditions and annexes in JSON's own types; in a constant number of queries."""
    return {
        "number": application.number,
        "submitted_at": at.isoformat(),
        "statement": statement,
        "round": _round(application),
        "category": _category(application),
        "office": _office(application),
        "eligibility": _eligibility(application, at),
        "assessment": _assessment(application),
        "sections": section_contents(application) if sections is None else sections,
        "annexes": _annexes(application),
    }


def parts_of(application: Application, sections: list[Content]) -> Content:
    """What the office answers for, in parts that change one by one: each section, the annexes, the conditions."""
    parts: Content = {str(section["pk"]): section for section in sections}
    return parts | {ANNEXES: _annexes(application), CONDITIONS: application.eligibility}


def _round(application: Application) -> Content:
    one = application.category.round
    return {
        "pk": one.pk,
        "prefix": one.prefix,
        "titles": one.titles,
        "programme": one.programme.titles,
        "organiser": one.programme.organiser,
        "year": one.year,
        "zone": one.zone,
        "closes_at": one.closes_at.isoformat(),
    }


def _category(application: Application) -> Content:
    category = application.category
    framework = category.framework.code if category.framework is not None else ""
    return {"pk": category.pk, "titles": category.titles, "framework": framework, "max_pages": category.max_pages}


def _office(application: Application) -> Content:
    office = application.office
    plain = ("pk", "name", "short_name", "kind", "city", "address", "website", "staff_count")
    return {name: getattr(office, name) for name in plain} | {"region": office.region.name_pl}


def _eligibility(application: Application, at: datetime) -> list[Content]:
    found = conditions_for(application, at)
    return [{"titles": one.rule.titles, "kind": one.rule.kind, "met": one.met, "answer": one.answer} for one in found]


def _assessment(application: Application) -> Content | None:
    assessment = application.assessment
    if assessment is None:
        return None
    frozen = {"pk": assessment.pk, "title": assessment.title, "year": assessment.year}
    return frozen | {"sha256": assessment.snapshot.sha256}


def _annexes(application: Application) -> list[Content]:
    rows = in_order(Annex.objects.current().filter(application=application).select_related("question"))
    return [
        {
            "pk": row.pk,
            "title": row.title,
            "file_name": row.file_name,
            "kind": row.kind,
            "size": row.size,
            "sha256": row.sha256,
            "scan": row.scan,
            "question": row.question.code if row.question is not None else None,
        }
        for row in rows
    ]
