"""Opening an assessment: its frame, its groups, its people and their invitations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from qms.accounts.models import User, address_of
from qms.accounts.queries import person_of
from qms.accounts.services import invite
from qms.assessments import letters
from qms.assessments.domain import lifecycle
from qms.assessments.models import Assessment, Group, Member, Sheet
from qms.assessments.queries import progress_of
from qms.core.audit import record
from qms.core.services import post_letter
from qms.lifecycle import Refused, gettext_noop

from .locking import locked

if TYPE_CHECKING:
    from qms.frameworks.models import Edition
    from qms.offices.models import Office

FEWEST, MOST = 2, 30
FIRST_YEAR, LAST_YEAR = 1990, 2100
CHANGEABLE = frozenset(
    {
        "title",
        "year",
        "unit",
        "individual_due_at",
        "consensus_on",
        "approve_by",
        "names_shown",
        "benchmark_consent",
        "previous",
    }
)
BEFORE_SCORING = frozenset({"panel"})
BEFORE_CONSENSUS = frozenset({"individual_due_at", "names_shown"})
Stage = Assessment.Stage


@transaction.atomic
def open_assessment(  # noqa: PLR0913  the form has these fields
    office: Office,
    *,
    edition: Edition,
    panel: str,
    title: str,
    year: int,
    by: User,
    unit: str = "",
    individual_due_at: datetime | None = None,
    consensus_on: date | None = None,
    approve_by: date | None = None,
    names_shown: bool = False,
    benchmark_consent: str = Assessment.Consent.NOTHING,
    previous: Assessment | None = None,
    group_name: str = "",
) -> Assessment:
    """A new assessment in preparation, with one empty group."""
    if edition.state != "published":
        raise Refused(gettext_noop("Choose a published edition of the framework."))
    edition.tree().panel(panel)
    _check_frame(title=title, year=year)
    _check_previous(office, previous)
    assessment = Assessment.objects.create(
        office=office,
        edition=edition,
        panel=panel,
        title=title.strip(),
        year=year,
        unit=unit.strip(),
        individual_due_at=individual_due_at,
        consensus_on=consensus_on,
        approve_by=approve_by,
        names_shown=names_shown,
        benchmark_consent=benchmark_consent,
        previous=previous,
        opened_by=by,
    )
    Group.objects.create(assessment=assessment, name=group_name.strip() or gettext("Self-assessment group"), position=1)
    record(assessment, "assessments.open", by=by, office_id=office.pk, title=assessment.title, year=year)
    return assessment


@transaction.atomic
def change_assessment(assessment: Assessment, *, by: User, **changes: object) -> Assessment:
    """Change title, dates or settings; the way of scoring only before the first score is possible."""
    assessment = locked(assessment)
    allowed = CHANGEABLE | (BEFORE_SCORING if assessment.stage == Stage.DRAFT else frozenset())
    if assessment.shows_scores:
        allowed -= BEFORE_CONSENSUS
    if not assessment.is_open or not set(changes) <= allowed:
        raise Refused(gettext_noop("This cannot be changed any more at this stage."))
    _check_frame(title=changes.get("title", assessment.title), year=changes.get("year", assessment.year))
    if "panel" in changes:
        assessment.edition.tree().panel(str(changes["panel"]))
    if "previous" in changes:
        _check_previous(assessment.office, changes["previous"])
    for name, value in changes.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=[*changes, "updated_at"])
    record(assessment, "assessments.change", by=by, office_id=assessment.office_id, changed=sorted(changes))
    return assessment


@transaction.atomic
def add_group(assessment: Assessment, *, name: str, by: User) -> Group:
    """One more group; the groups agree one joint result."""
    assessment = locked(assessment)
    _require_before_consensus(assessment)
    name = name.strip()
    if not name:
        raise Refused(gettext_noop("Give the group a name."))
    if assessment.groups.filter(name=name).exists():
        raise Refused(gettext_noop("There is already a group of this name."))
    group = Group.objects.create(assessment=assessment, name=name, position=assessment.groups.count() + 1)
    record(assessment, "assessments.add_group", by=by, office_id=assessment.office_id, group=name)
    return group


@transaction.atomic
def add_member(
    group: Group, *, email: str, by: User, at: datetime, name: str = "", role: str = Member.Role.MEMBER
) -> Member:
    """A new member with an empty sheet; once individual scoring is open, the invitation goes out at once."""
    assessment = locked(group.assessment)
    _require_before_consensus(assessment)
    email = _checked(email)
    present = assessment.members.present()
    if present.filter(email=email).exists():
        raise Refused(gettext_noop("%(email)s is already in a group."), email=email)
    if present.filter(group=group).count() >= MOST:
        raise Refused(gettext_noop("A group has at most %(most)s people."), most=MOST)
    if role == Member.Role.CHAIR and present.filter(group=group, role=role).exists():
        raise Refused(gettext_noop("The group has a chair already. Replace the chair instead."))
    user = person_of(email)
    member = Member.objects.create(
        assessment=assessment,
        group=group,
        email=email,
        name=name.strip() or (user.name if user else ""),
        role=role,
        user=user,
        accepted_at=at if user else None,
    )
    Sheet.objects.create(member=member)
    record(assessment, "assessments.add_member", by=by, office_id=assessment.office_id, email=email, role=role)
    if assessment.stage == Stage.INDIVIDUAL:
        _invite(member, by=by, at=at)
    return member


@transaction.atomic
def add_members(group: Group, *, people: Iterable[tuple[str, str]], by: User, at: datetime) -> tuple[Member, ...]:
    """Several members at once, as (e-mail, name); one wrong line and nobody is added."""
    return tuple(add_member(group, email=email, name=name, by=by, at=at) for email, name in people)


@transaction.atomic
def remove_member(member: Member, *, by: User, at: datetime) -> None:
    """Take a person out of the group; a sheet that was begun is kept, and counts no more."""
    assessment = locked(member.assessment)
    _require_before_consensus(assessment)
    member = Member.objects.select_related("group").get(pk=member.pk)
    if member.left_at is not None:
        return
    record(assessment, "assessments.remove_member", by=by, office_id=assessment.office_id, email=member.email)
    if assessment.stage == Stage.DRAFT:
        member.delete()
        return
    if member.is_chair:
        raise Refused(gettext_noop("Choose another chair first."))
    if member.group.members.present().count() <= FEWEST:
        raise Refused(gettext_noop("A group has at least %(fewest)s people."), fewest=FEWEST)
    member.left_at = at
    member.save(update_fields=["left_at", "updated_at"])


@transaction.atomic
def replace_chair(member: Member, *, by: User) -> Member:
    """Make this member the chair of the group; the one before becomes a member."""
    assessment = locked(member.assessment)
    if assessment.stage not in (Stage.DRAFT, Stage.INDIVIDUAL, Stage.CONSENSUS):
        raise Refused(gettext_noop("This step is not open at the moment."))
    member = Member.objects.present().get(pk=member.pk)
    group = Member.objects.present().filter(group=member.group_id)
    group.filter(role=Member.Role.CHAIR).exclude(pk=member.pk).update(role=Member.Role.MEMBER)
    member.role = Member.Role.CHAIR
    member.save(update_fields=["role", "updated_at"])
    record(assessment, "assessments.replace_chair", by=by, office_id=assessment.office_id, email=member.email)
    return member


@transaction.atomic
def start_individual(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Open individual scoring and send every invitation."""
    assessment = locked(assessment)
    lifecycle.ASSESSMENT.require(assessment.stage, Stage.INDIVIDUAL)
    if assessment.individual_due_at is None or assessment.individual_due_at <= at:
        raise Refused(gettext_noop("Choose until when the individual sheets are due; the moment must lie ahead."))
    members = list(assessment.members.present().select_related("group", "user", "assessment__office"))
    for group in assessment.groups.order_by("position"):
        _check_group(group, [member for member in members if member.group_id == group.pk])
    assessment.stage, assessment.started_at = Stage.INDIVIDUAL, at
    assessment.save(update_fields=["stage", "started_at", "updated_at"])
    for member in members:
        _invite(member, by=by, at=at)
    record(assessment, "assessments.start", by=by, office_id=assessment.office_id, members=len(members))
    return assessment


@transaction.atomic
def invite_again(member: Member, *, by: User, at: datetime) -> Member:
    """Send the invitation once more, with a fresh link."""
    assessment = locked(member.assessment)
    if assessment.stage != Stage.INDIVIDUAL:
        raise Refused(gettext_noop("Invitations go out while individual scoring is open."))
    member = Member.objects.present().select_related("user", "assessment__office").get(pk=member.pk)
    _invite(member, by=by, at=at)
    record(assessment, "assessments.invite", by=by, office_id=assessment.office_id, email=member.email)
    return member


@transaction.atomic
def remind_members(assessment: Assessment, *, by: User) -> int:
    """Write to everyone whose sheet is still out; how many letters that are."""
    assessment = locked(assessment)
    if assessment.stage != Stage.INDIVIDUAL:
        raise Refused(gettext_noop("Reminders go out while individual scoring is open."))
    late = [each for each in progress_of(assessment).members if not each.sheet.is_in]
    for each in late:
        each.member.assessment = each.sheet.member.assessment = assessment
        post_letter(**letters.reminder(each.sheet, answered=each.answered, of=each.of).posted())
    record(assessment, "assessments.remind", by=by, office_id=assessment.office_id, letters=len(late))
    return len(late)


@transaction.atomic
def link_members(user: User, *, at: datetime) -> int:
    """Give the person who accepted an invitation the sheets that wait under the same e-mail."""
    waiting = Member.objects.present().filter(email=address_of(user.email), user__isnull=True)
    return waiting.update(user=user, accepted_at=at, name=user.name, updated_at=at)


def _invite(member: Member, *, by: User, at: datetime) -> None:
    path = ""
    if member.user is None or not member.user.has_joined:
        invitation, path = invite(
            member.email,
            by=by,
            name=member.name,
            language=letters.language_of(member),
            purpose=member.assessment.title,
            destination=letters.address(
                "assessments:assessment-detail", member.assessment_id, letters.language_of(member)
            ),
        )
        member.invitation = invitation
    member.invited_at = at
    member.save(update_fields=["invitation", "invited_at", "updated_at"])
    post_letter(**letters.invitation(member, by=by, path=path).posted())


def _check_group(group: Group, members: list[Member]) -> None:
    if not FEWEST <= len(members) <= MOST:
        raise Refused(
            gettext_noop("%(group)s: a group has %(fewest)s to %(most)s people."),
            group=group.name,
            fewest=FEWEST,
            most=MOST,
        )
    if not any(member.is_chair for member in members):
        raise Refused(gettext_noop("%(group)s has no chair yet."), group=group.name)


def _check_frame(*, title: object, year: object) -> None:
    if not str(title).strip():
        raise Refused(gettext_noop("Give the assessment a title."))
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(gettext_noop("Write the year in four digits."))


def _check_previous(office: Office, previous: object) -> None:
    if previous is None:
        return
    if not isinstance(previous, Assessment) or previous.office_id != office.pk or previous.is_open:
        raise Refused(gettext_noop("Only an approved assessment of the same office can be the previous cycle."))


def _require_before_consensus(assessment: Assessment) -> None:
    if assessment.stage not in (Stage.DRAFT, Stage.INDIVIDUAL):
        raise Refused(gettext_noop("The group cannot change any more: the consensus has begun."))


def _checked(email: str) -> str:
    email = address_of(email)
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(gettext_noop("“%(email)s” is not an e-mail address."), email=email[:80]) from error
    return email
