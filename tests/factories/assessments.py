"""Assessments by way of the services, so that every stage is one that people can reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from qms.accounts.models import User
from qms.assessments import services
from qms.assessments.models import Assessment, Member, Sheet
from qms.frameworks.models import Edition
from qms.frameworks.services import import_edition, publish_edition
from qms.offices.models import Office
from tests.factories.accounts import make_user
from tests.factories.offices import make_member

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DUE = MONDAY + timedelta(days=14)
ROOT = Path(__file__).parent.parent.parent
_numbers = count(1)


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


def make_edition(code: str = "small-2020") -> Edition:
    """A published edition: the small one of the tests, or one of the library."""
    if edition := Edition.objects.filter(code=code).first():
        return edition
    small = ROOT / "tests" / "frameworks" / "sample.yaml"
    path = small if code == "small-2020" else ROOT / "qms" / "frameworks" / "library" / f"{code}.yaml"
    return publish_edition(import_edition(_text(path), by=None), by=None, at=MONDAY)


def make_assessment(office: Office, *, by: User, edition: str = "small-2020", **fields) -> Assessment:
    """A draft with one empty group."""
    fields.setdefault("panel", "fine-tuned")
    fields.setdefault("title", f"Self-assessment {next(_numbers)}")
    fields.setdefault("year", 2026)
    fields.setdefault("individual_due_at", DUE)
    return services.open_assessment(office, edition=make_edition(edition), by=by, **fields)


def make_started(office: Office, *, by: User, people: Sequence[User] = (), **fields) -> Assessment:
    """An assessment in individual scoring; the first person chairs."""
    assessment = make_assessment(office, by=by, **fields)
    group = assessment.groups.get()
    for number, person in enumerate(people or [make_user() for _ in range(3)]):
        role = Member.Role.MEMBER if number else Member.Role.CHAIR
        services.add_member(group, email=person.email, role=role, by=by, at=MONDAY)
    return services.start_individual(assessment, by=by, at=MONDAY)


def sheet_of(assessment: Assessment, person: User) -> Sheet:
    return Sheet.objects.with_assessment().get(member__assessment=assessment, member__user=person)


def marks_for(assessment: Assessment, node: str, score: int) -> dict[str, int]:
    scale = assessment.edition.tree().scale(assessment.panel, node)
    return {dimension.code: score for dimension in scale.dimensions}


def save(sheet: Sheet, node: str, marks: Mapping[str, object] | int | None, **fields):
    """Save one node as the member would, from the version that is stored."""
    assessment = sheet.member.assessment
    stored = sheet.scores.filter(node=node).first()
    if isinstance(marks, int):
        marks = marks_for(assessment, node, marks)
    draft = services.NodeDraft(marks=marks or {}, unknown=marks is None, **fields)
    version = stored.version if stored else 0
    return services.save_node(sheet, node, draft=draft, version=version, by=sheet.member.user, at=MONDAY)


def fill(sheet: Sheet, score: int | None, *, text: str = "") -> Sheet:
    """Give every node the same score, None for "I don't know enough", and hand the sheet in."""
    entries = (("strength", f"{text} is good"), ("area", f"{text} could be better")) if text else ()
    for node in sheet.member.assessment.edition.tree().scored:
        drafts = tuple(services.EntryDraft(kind, each) for kind, each in entries)
        save(sheet, node.identifier, score, entries=drafts)
    return services.hand_in_sheet(sheet, by=sheet.member.user, at=MONDAY)


def make_in_consensus(office: Office, *, by: User, people: Sequence[User], scores: Sequence[int | None], **fields):
    """An assessment whose sheets are in and whose scores may meet."""
    assessment = make_started(office, by=by, people=people, **fields)
    for person, score in zip(people, scores, strict=True):
        fill(sheet_of(assessment, person), score, text=person.first_name)
    return services.start_consensus(assessment, by=people[0], at=MONDAY)


def settle(assessment: Assessment, node: str, score: int | None, *, by: User, version: int = 0, **fields):
    """Agree one number for the node, or leave it blank."""
    fields.setdefault("reason", "The evidence decided.")
    marks = {} if score is None else {"score": score}
    draft = services.AgreementDraft(marks=marks, left_blank=score is None, **fields)
    return services.settle_node(assessment, node, draft=draft, version=version, by=by, at=MONDAY)


def settle_all(assessment: Assessment, score: int | None, *, by: User) -> None:
    for node in assessment.edition.tree().scored:
        entries = (
            services.AgreedEntryDraft("strength", "Agreed strength"),
            services.AgreedEntryDraft("area", "Agreed area"),
        )
        settle(assessment, node.identifier, score, by=by, entries=entries)


def make_approved(
    office: Office, *, by: User, director: User, score: int | None = 60, at: datetime = MONDAY, **fields
) -> Assessment:
    """An approved assessment with the same agreed score everywhere."""
    people = fields.pop("people", None) or [make_user(), make_user()]
    assessment = make_in_consensus(office, by=by, people=people, scores=[score] * len(people), **fields)
    settle_all(assessment, score, by=people[0])
    services.send_to_approval(assessment, by=by, at=at)
    services.approve(assessment, by=director, at=at)
    return Assessment.objects.select_related("office", "edition").get(pk=assessment.pk)


def make_team(office: Office) -> tuple[User, User]:
    """A lead and a director of that office."""
    return make_member(office, "quality_lead").user, make_member(office, "director").user
