"""What the door shows: every role account, by office, with what this person can do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from qms.accounts.models import User
from qms.assessments.models import Assessment, Member, Sheet
from qms.assessments.queries import tasks_of
from qms.demo.domain import material
from qms.offices.domain import roles
from qms.offices.models import Membership, Office

Stage = Assessment.Stage
PLACES = {
    roles.PLATFORM_ADMINISTRATOR: "offices:office-list",
    roles.NATIONAL_COORDINATOR: "frameworks:edition-list",
    roles.JUROR: "jury:home",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One role account: who, and what can be done next."""

    pk: int
    name: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """An office (or the platform itself) with its role accounts."""

    title: str
    language: str
    about: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class House:
    """The whole door: the walk to begin with, the offices in the middle of something, the others."""

    walk: tuple[Card, ...]
    rooms: tuple[Room, ...]
    others: tuple[Room, ...]


def role_accounts() -> QuerySet[User]:
    """The people whom the door lets in: the demonstration's own, nobody else."""
    return User.objects.filter(is_active=True, email__in=material.emails())


def house() -> House:
    """Everything on the door's page, in a handful of queries."""
    users = {user.email: user for user in role_accounts()}
    offices = {office.slug: office for office in Office.objects.select_related("region")}
    latest = _latest_assessments()
    sheets = _sheets(latest.values())
    rooms: list[Room] = []
    others: list[Room] = []
    cards: dict[tuple[str, str], Card] = {}
    for slug, people in _by_office():
        office = offices.get(slug)
        assessment = latest.get(office.pk) if office else None
        found = []
        for person in people:
            if person.email in users:
                user = users[person.email]
                text = _next_step(person, assessment, sheets.get(user.pk))
                cards[slug, person.key] = card = Card(user.pk, user.name, user.language, text)
                found.append(card)
        if found:
            room = _room(office, assessment, tuple(found))
            (rooms if not slug or slug in material.MAIN_OFFICES else others).append(room)
    return House(_walk(cards), tuple(rooms), tuple(others))


def destination_of(user: User) -> str:
    """The address of the person's most urgent task; else of the place where this role works."""
    if tasks := tasks_of(user, timezone.now()):
        return tasks[0].url
    held = set(Membership.objects.active().filter(user=user).values_list("role", flat=True))
    for role, place in PLACES.items():
        if role in held:
            return reverse(place)
    if held & {roles.REGIONAL_COORDINATOR, *roles.OFFICE_ROLES}:
        latest = Assessment.objects.visible_to(user).order_by("-year", "-pk").first()
        if latest and latest.stage != Stage.APPROVED:
            return reverse("assessments:assessment-detail", args=[latest.pk])
        return reverse("assessments:assessment-list")
    return reverse("portal:tasks")


def _by_office() -> Iterable[tuple[str, list[material.Person]]]:
    groups: dict[str, list[material.Person]] = defaultdict(list)
    for person in material.people():
        groups[person.office].append(person)
    return groups.items()


def _latest_assessments() -> dict[int, Assessment]:
    """Of each office the newest assessment, with the numbers that the cards tell."""
    present = Q(members__left_at__isnull=True)
    assessments = (
        Assessment.objects.select_related("edition")
        .annotate(
            sheets=Count("members", filter=present, distinct=True),
            sheets_in=Count("members", filter=present & Q(members__sheet__state=Sheet.State.HANDED_IN), distinct=True),
            agreed=Count("consensus", filter=Q(consensus__settled_at__isnull=False), distinct=True),
        )
        .order_by("year", "pk")
    )
    return {assessment.office_id: assessment for assessment in assessments}


def _sheets(assessments: Iterable[Assessment]) -> dict[int, Sheet]:
    sheets = (
        Sheet.objects.in_play()
        .filter(member__assessment__in=list(assessments), member__user__isnull=False)
        .select_related("member")
        .annotate(begun=Count("scores"))
    )
    return {sheet.member.user_id: sheet for sheet in sheets if sheet.member.user_id}


def _room(office: Office | None, assessment: Assessment | None, cards: tuple[Card, ...]) -> Room:
    if office is None:
        return Room(gettext("The whole platform"), "", gettext("Roles that belong to no single office."), cards)
    about = ""
    if assessment is not None:
        stage = assessment.get_stage_display()
        about = gettext("Self-assessment %(year)s: %(stage)s.") % {"year": assessment.year, "stage": stage}
    return Room(office.name, office.language, about, cards)


def _walk(cards: dict[tuple[str, str], Card]) -> tuple[Card, ...]:
    """Four people who between them walk the whole road."""
    stops = (("pup-goldap", "m6"), ("pup-goldap", "lead"), ("pup-starachowice", "chair"), ("um-leczna", "director"))
    return tuple(cards[stop] for stop in stops if stop in cards)


def _next_step(person: material.Person, assessment: Assessment | None, sheet: Sheet | None) -> str:
    if not person.office:
        return _of_platform(person.role)
    if assessment is None:
        return gettext("Can look around; this office has no self-assessment yet.")
    if person.role == roles.DIRECTOR:
        return _of_director(assessment)
    if person.role == roles.QUALITY_LEAD:
        return _of_lead(assessment)
    if sheet is None:
        return gettext("Reads the approved reports of the office.")
    return _of_member(assessment, sheet)


def _of_platform(role: str) -> str:
    return {
        roles.PLATFORM_ADMINISTRATOR: gettext("Looks after offices, people, rights, letters and jobs."),
        roles.NATIONAL_COORDINATOR: gettext("Publishes frameworks, keeps the pages, reads approved self-assessments."),
        roles.REGIONAL_COORDINATOR: gettext("Reads the approved self-assessments of the region's offices."),
        roles.JUROR: gettext("Scores award applications and decides on them with the jury."),
        roles.MYSTERY_EVALUATOR: gettext("Makes calls and visits once a study is open; nothing waits now."),
    }[role]


def _of_director(assessment: Assessment) -> str:
    if assessment.stage == Stage.APPROVAL:
        return gettext("Reads the results and approves them, or returns them with a remark.")
    if assessment.stage == Stage.APPROVED:
        return gettext("Reads the approved report and downloads it as PDF.")
    return gettext("Follows the self-assessment; approves it when the group has agreed.")


def _of_lead(assessment: Assessment) -> str:
    if assessment.stage == Stage.APPROVED:
        return gettext("Reads the approved report and can open the next self-assessment.")
    if assessment.stage == Stage.INDIVIDUAL:
        text = gettext("Follows the individual work (%(in)s of %(of)s sheets are in) and reminds the others.")
        return text % {"in": assessment.sheets_in, "of": assessment.sheets}  # type: ignore[attr-defined]
    if assessment.stage == Stage.CONSENSUS:
        text = gettext("Follows the consensus: %(agreed)s of %(of)s subcriteria are agreed.")
        return text % {"agreed": assessment.agreed, "of": _size(assessment)}  # type: ignore[attr-defined]
    return gettext("Waits for the director's approval; the results can be read.")


def _of_member(assessment: Assessment, sheet: Sheet) -> str:
    if assessment.stage == Stage.INDIVIDUAL and not sheet.is_in:
        text = gettext("Fills in the individual sheet: %(begun)s of %(of)s subcriteria begun.")
        return text % {"begun": sheet.begun, "of": _size(assessment)}  # type: ignore[attr-defined]
    if assessment.stage == Stage.INDIVIDUAL:
        return _waiting(assessment, sheet)
    if assessment.stage == Stage.CONSENSUS and sheet.member.role == Member.Role.CHAIR:
        left = _size(assessment) - assessment.agreed  # type: ignore[attr-defined]
        text = ngettext(
            "Leads the group to its agreed scores; %(left)s subcriterion is left.",
            "Leads the group to its agreed scores; %(left)s subcriteria are left.",
            left,
        )
        return text % {"left": left}
    if assessment.stage == Stage.CONSENSUS:
        return gettext("Takes part in the consensus and sees how the group's scores differ.")
    if assessment.stage == Stage.APPROVAL:
        return gettext("Reads what the group has agreed, before the director approves it.")
    return gettext("Reads the approved report.")


def _waiting(assessment: Assessment, sheet: Sheet) -> str:
    missing = assessment.sheets - assessment.sheets_in  # type: ignore[attr-defined]
    if sheet.member.role == Member.Role.CHAIR:
        text = ngettext(
            "Has handed in; follows the group and waits for %(missing)s sheet.",
            "Has handed in; follows the group and waits for %(missing)s sheets.",
            missing,
        )
        return text % {"missing": missing}
    return gettext("Has handed in the individual sheet; reads it and waits for the others.")


def _size(assessment: Assessment) -> int:
    return len(assessment.edition.tree().scored)
