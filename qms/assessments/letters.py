"""What each letter about a self-assessment says, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from qms.assessments.models import Assessment, Member, Sheet
from qms.core.letters import Draft, register_kind

if TYPE_CHECKING:
    from qms.accounts.models import User

ABOUT = {"name": _("the reader's name"), "title": _("the self-assessment"), "office": _("the office")}
BY, WHY = {"by": _("who did it")}, {"reason": _("the reason given")}

register_kind(
    "assessments.invitation",
    _("Invitation to a self-assessment group"),
    placeholders=ABOUT | BY | {"year": _("its year"), "due": _("the last day")},
    days=["due"],
    needs=["link"],
)
register_kind(
    "assessments.reminder",
    _("My sheet is still out"),
    placeholders=ABOUT | {"answered": _("how many are answered"), "of": _("of how many"), "due": _("the last day")},
    days=["due"],
)
register_kind("assessments.reopened", _("My sheet was opened again"), placeholders=ABOUT | BY | WHY)
register_kind(
    "assessments.all_in",
    _("All sheets are in"),
    placeholders=ABOUT | {"consensus_on": _("the day of the meeting")},
    days=["consensus_on"],
)
register_kind(
    "assessments.for_approval",
    _("Results await my approval"),
    placeholders=ABOUT | {"approve_by": _("the planned day")},
    days=["approve_by"],
)
register_kind("assessments.returned", _("Results came back to the group"), placeholders=ABOUT | BY | WHY)
register_kind("assessments.approved", _("Results are approved"), placeholders=ABOUT | BY | {"year": _("its year")})


def invitation(member: Member, *, by: User, path: str = "") -> Draft:
    """To a new member: what is asked, until when, and the link; a token's link is for the addressee alone."""
    assessment = member.assessment
    language = language_of(member)
    context = _about(assessment) | {
        "name": member.shown_name,
        "by": by.name,
        "is_chair": member.is_chair,
        "path": path or address("assessments:assessment-detail", assessment.pk, language),
        "is_new": bool(path),
    }
    return _letter("invitation", assessment, member.email, language, context, member.user, is_personal=bool(path))


def reminder(sheet: Sheet, *, answered: int, of: int) -> Draft:
    """To a member whose sheet is still out."""
    member, assessment = sheet.member, sheet.member.assessment
    language = language_of(member)
    context = _about(assessment) | {
        "name": member.shown_name,
        "answered": answered,
        "of": of,
        "path": address("assessments:sheet", sheet.pk, language),
    }
    return _letter("reminder", assessment, member.email, language, context, member.user)


def reopened(sheet: Sheet, *, reason: str, by: User) -> Draft:
    """To a member whose sheet the chair opened again."""
    member, assessment = sheet.member, sheet.member.assessment
    language = language_of(member)
    path = address("assessments:sheet", sheet.pk, language)
    context = _about(assessment) | {"name": member.shown_name, "reason": reason, "by": by.name, "path": path}
    return _letter("reopened", assessment, member.email, language, context, member.user)


def all_in(chair: Member) -> Draft:
    """To a chair: every sheet is in, consensus can begin."""
    language = language_of(chair)
    path = address("assessments:assessment-detail", chair.assessment_id, language)
    context = _about(chair.assessment) | {"name": chair.shown_name, "path": path}
    return _letter("all_in", chair.assessment, chair.email, language, context, chair.user)


def for_approval(assessment: Assessment, director: User) -> Draft:
    """To a director: the results wait."""
    path = address("assessments:results", assessment.pk, director.language)
    context = _about(assessment) | {"name": director.name, "path": path}
    return _letter("for_approval", assessment, director.email, director.language, context, director)


def returned(chair: Member, *, reason: str, by: User) -> Draft:
    """To a chair: the director asks the group to look again, and why."""
    language = language_of(chair)
    path = address("assessments:consensus", chair.assessment_id, language)
    context = _about(chair.assessment) | {"name": chair.shown_name, "reason": reason, "by": by.name, "path": path}
    return _letter("returned", chair.assessment, chair.email, language, context, chair.user)


def approved(assessment: Assessment, reader: User, *, by: User) -> Draft:
    """To the lead and the group: the report stands."""
    path = address("assessments:results", assessment.pk, reader.language)
    context = _about(assessment) | {"name": reader.name, "by": by.name, "path": path}
    return _letter("approved", assessment, reader.email, reader.language, context, reader)


def language_of(member: Member) -> str:
    """The person's language, or the office's while there is no account."""
    return member.user.language if member.user is not None else member.assessment.office.language


def address(route: str, pk: int, language: str) -> str:
    """The path of a page in the reader's language."""
    with override(language):
        return reverse(route, args=[pk])


def _about(assessment: Assessment) -> dict[str, object]:
    due = assessment.individual_due_at
    return {
        "title": assessment.title,
        "office": assessment.office.name,
        "year": assessment.year,
        "due": None if due is None else timezone.localtime(due),
        "consensus_on": assessment.consensus_on,
        "approve_by": assessment.approve_by,
    }


def _letter(
    name: str,
    assessment: Assessment,
    to: str,
    language: str,
    context: Mapping[str, object],
    user: User | None,
    *,
    is_personal: bool = False,
) -> Draft:
    return Draft(
        kind=f"assessments.{name}",
        to=to,
        language=language,
        template=f"assessments/{name}",
        context=context,
        office_id=assessment.office_id,
        user=user,
        is_personal=is_personal,
    )
