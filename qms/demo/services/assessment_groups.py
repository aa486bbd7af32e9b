"""The group of an example assessment and the evidence that it has at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from qms.assessments import services
from qms.assessments.models import Assessment, Evidence, Member
from qms.demo.services.assessment_cases import Case


def add_evidence(case: Case) -> list[Evidence]:
    """The evidence of the office, as its lead added it when the work began."""
    made = []
    last = timezone.localtime(case.calendar.until).date()
    with case.as_of(case.calendar.opened):
        for place, one in enumerate(case.facts["evidence"]):
            month, day = (int(part) for part in one["day"].split("-"))
            made.append(
                services.add_evidence(
                    case.office,
                    title=one["title"],
                    by=case.lead,
                    dated_on=min(dt.date(case.year, month, day), last),
                    owner=one["owner"],
                    **_kind(case, one, place),
                )
            )
    return made


def _kind(case: Case, one: Mapping[str, Any], place: int) -> dict[str, Any]:
    """Most pieces are notes; some are links, and one is a small file to open."""
    if one["title"].startswith("Zestawienie czasu"):
        rows = "miesiąc;sprawy;średni czas (dni)\nlipiec;212;9,1\nsierpień;198;8,7\nwrzesień;240;9,4\n"
        content = ("\ufeff" + case.source + "\n" + rows).encode()
        return {"kind": Evidence.Kind.FILE, "file": ContentFile(content, name="zestawienie-czasu-spraw.csv")}
    if place % 7 == 4:
        return {
            "kind": Evidence.Kind.LINK,
            "url": f"https://{case.office.slug}.example/dokumenty/{place + 1}",
            "note": case.source,
        }
    return {"kind": Evidence.Kind.NOTE, "note": case.source}


def seat_members(case: Case, assessment: Assessment) -> list[Member]:
    """The members of the group in their order; individual work begins."""
    group = assessment.groups.get()
    opened = case.calendar.opened
    with case.as_of(opened):
        for key in case.plan["members"]:
            user = case.people[key]
            role = Member.Role.CHAIR if key == "chair" else Member.Role.MEMBER
            services.add_member(group, email=user.email, name=user.name, role=role, by=case.lead, at=opened)
        services.start_individual(assessment, by=case.lead, at=opened)
    by_email = {member.email: member for member in assessment.members.all()}
    return [by_email[case.people[key].email] for key in case.plan["members"]]
