"""Who may do what in a self-assessment; each predicate is asked (user, object)."""

from __future__ import annotations

from typing import Any

from qms.assessments.models import Assessment, Evidence, Member, Sheet
from qms.assessments.queries import may_look
from qms.offices import permissions as offices
from qms.offices.models import Office

Stage = Assessment.Stage


def may_open(user: Any, office: Office) -> bool:
    """Whether the person may open an assessment of this office."""
    return offices.leads(user, office)


def may_manage(user: Any, assessment: Assessment) -> bool:
    """Whether the person keeps the group, the dates and the settings."""
    return assessment.is_open and offices.leads(user, assessment.office)


def may_see(user: Any, assessment: Assessment) -> bool:
    """Whether the person may open the assessment's own page; asked after `.visible_to(user)`."""
    return Assessment.objects.visible_to(user).filter(pk=assessment.pk).exists()


def is_member(user: Any, assessment: Assessment) -> bool:
    """Whether the person sits in one of its groups."""
    return Member.objects.present().filter(assessment=assessment, user_id=user.pk).exists()


def is_chair(user: Any, assessment: Assessment) -> bool:
    """Whether the person chairs one of its groups."""
    chairs = Member.objects.present().filter(assessment=assessment, user_id=user.pk, role=Member.Role.CHAIR)
    return chairs.exists()


def may_read_sheet(user: Any, sheet: Sheet) -> bool:
    """Whether it is the person's own: nobody else ever opens a sheet."""
    return user.is_authenticated and sheet.member.user_id == user.pk and sheet.member.left_at is None


def may_score(user: Any, sheet: Sheet) -> bool:
    """Whether the person may write on the sheet now: own, not handed in, while scoring is open."""
    assessment = sheet.member.assessment
    return may_read_sheet(user, sheet) and not sheet.is_in and assessment.stage == Stage.INDIVIDUAL


def may_see_progress(user: Any, assessment: Assessment) -> bool:
    """Whether the person may see who has answered how much: the lead and the group."""
    return offices.leads(user, assessment.office) or is_member(user, assessment)


def may_moderate(user: Any, assessment: Assessment) -> bool:
    """Whether the person leads the group's talk: begins consensus, writes agreements, reopens sheets."""
    return assessment.stage in (Stage.INDIVIDUAL, Stage.CONSENSUS) and is_chair(user, assessment)


def may_reopen_sheet(user: Any, member: Member) -> bool:
    """Whether the person chairs this member's group while individual scoring is open, and the sheet is in."""
    chairs = Member.objects.present().filter(group=member.group_id, user_id=user.pk, role=Member.Role.CHAIR)
    return member.sheet.is_in and member.assessment.stage == Stage.INDIVIDUAL and chairs.exists()


def may_manage_member(user: Any, member: Member) -> bool:
    """Whether the person may invite, remind, remove or replace this member."""
    return may_manage(user, member.assessment)


def may_remind(user: Any, assessment: Assessment) -> bool:
    """Whether the person may write to those whose sheets are out: the lead and the chair."""
    return may_manage(user, assessment) or may_moderate(user, assessment)


def may_see_divergence(user: Any, assessment: Assessment) -> bool:
    """Whether scores are no longer blind to this person: own sheet in, and the group in consensus."""
    return may_look(assessment, user)


def may_send_to_approval(user: Any, assessment: Assessment) -> bool:
    """Whether the person may hand the agreed results to the director."""
    if assessment.stage != Stage.CONSENSUS:
        return False
    return offices.leads(user, assessment.office) or is_chair(user, assessment)


def may_approve(user: Any, assessment: Assessment) -> bool:
    """Whether the person may approve or return the results: the director, while they wait."""
    return assessment.stage == Stage.APPROVAL and offices.directs(user, assessment.office)


def may_read_results(user: Any, assessment: Assessment) -> bool:
    """Whether the person may see agreed figures; before approval only the group, the lead and the director."""
    if assessment.stage == Stage.APPROVED:
        return may_read_report(user, assessment)
    if not assessment.shows_scores:
        return False
    heads = offices.leads(user, assessment.office) or offices.directs(user, assessment.office)
    # One who leads the office and sits in the group is blind like every member until the own sheet is in.
    return may_look(assessment, user) if is_member(user, assessment) else heads


def may_read_report(user: Any, assessment: Assessment) -> bool:
    """Whether the person may read and print the approved report."""
    return assessment.stage == Stage.APPROVED and may_see(user, assessment)


def may_read_evidence(user: Any, evidence: Evidence) -> bool:
    """Whether the person may open this piece: the office's lead and director, and the members of its groups."""
    return Evidence.objects.visible_to(user).filter(pk=evidence.pk).exists()


def may_add_evidence(user: Any, assessment: Assessment) -> bool:
    """Whether the person may put evidence into the office's store."""
    return assessment.is_open and (offices.leads(user, assessment.office) or is_member(user, assessment))


def may_change_evidence(user: Any, evidence: Evidence) -> bool:
    """Whether the person may correct or withdraw this piece: who added it, and the lead."""
    return evidence.added_by_id == user.pk or offices.leads(user, evidence.office)
