"""Whole groups in bulk: rows as the services would leave them, made without walking through every stage."""

from __future__ import annotations

from datetime import timedelta
from itertools import count, product
from random import Random

from django.utils import timezone

from qms.accounts.models import User
from qms.assessments.models import Assessment, Entry, Evidence, Group, Member, NodeScore, Sheet
from qms.frameworks.models import Edition
from qms.offices.models import Office, Region

PANEL = "fine-tuned"
KINDS = ("strength", "area")
_numbers = count(1)


def caf() -> Edition:
    return Edition.objects.get(code="caf-2020")


def offices(size: int) -> list[Office]:
    """So many offices of one region."""
    number = next(_numbers)
    region = Region.objects.create(code=f"bench-{number}", name_pl=f"Region {number}")
    rows = [
        Office(
            kind=Office.Kind.COUNTY_LABOUR_OFFICE,
            name=f"Office {number}-{place}",
            short_name=f"Office {number}-{place}",
            slug=f"bench-{number}-{place}",
            city="City",
            language="en",
            region=region,
        )
        for place in range(size)
    ]
    return Office.objects.bulk_create(rows)


def group(size: int, *, stage: str, answered: bool = True) -> Assessment:
    """An assessment of CAF 2020 with so many members, the first of them its chair."""
    number, at = next(_numbers), timezone.now()
    people = User.objects.bulk_create(
        User(email=f"bench-{number}-{place}@example.org", first_name="Person", last_name=str(place), language="en")
        for place in range(size)
    )
    (office,) = offices(1)
    assessment = Assessment.objects.create(
        office=office,
        edition=caf(),
        panel=PANEL,
        title=f"Bench {number}",
        year=2026,
        stage=stage,
        opened_by=people[0],
        started_at=at,
        individual_due_at=at + timedelta(days=7),
    )
    own = Group.objects.create(assessment=assessment, name="Group")
    members = Member.objects.bulk_create(
        Member(
            assessment=assessment,
            group=own,
            role=Member.Role.MEMBER if place else Member.Role.CHAIR,
            letter=f"L{place}",
            email=person.email,
            user=person,
            accepted_at=at,
        )
        for place, person in enumerate(people)
    )
    blind = stage == Assessment.Stage.INDIVIDUAL
    state = {"state": Sheet.State.OPEN} if blind else {"state": Sheet.State.HANDED_IN, "handed_in_at": at}
    sheets = Sheet.objects.bulk_create(Sheet(member=member, **state) for member in members)
    if answered:
        _fill(assessment, sheets, people[0])
    return assessment


def _fill(assessment: Assessment, sheets: list[Sheet], by: User) -> None:
    """Marks and two texts on every node of every sheet; each strength cites a piece of evidence."""
    framework, luck, at = assessment.edition.tree(), Random(3), timezone.now()  # noqa: S311
    places = list(product(sheets, framework.scored))
    NodeScore.objects.bulk_create(
        NodeScore(
            sheet=sheet,
            node=node.identifier,
            marks={one.code: luck.randrange(101) for one in framework.scale(PANEL, node.identifier).dimensions},
            rationale="What decided, in one sentence.",
            saved_at=at,
        )
        for sheet, node in places
    )
    entries = Entry.objects.bulk_create(
        Entry(sheet=sheet, node=node.identifier, kind=kind, text=f"{kind} of {node.identifier} on sheet {sheet.pk}")
        for (sheet, node), kind in product(places, KINDS)
    )
    pieces = Evidence.objects.bulk_create(
        Evidence(office=assessment.office, number=number, kind="note", title=f"Note {number}", note="x", added_by=by)
        for number in range(1, 31)
    )
    through = Entry.evidence.through
    through.objects.bulk_create(
        through(entry_id=entry.pk, evidence_id=luck.choice(pieces).pk) for entry in entries if entry.kind == "strength"
    )
