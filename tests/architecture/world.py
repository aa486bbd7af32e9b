"""Two offices with everything that an address may name, and everybody who may ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from qms.accounts.models import User
from qms.accounts.services import invite
from qms.assessments import services
from qms.assessments.models import Assessment, Evidence, Member
from qms.core.models import Job, Letter, type_of
from qms.frameworks.models import Edition
from qms.frameworks.services import import_edition
from qms.offices.models import Membership, Office, PendingImport, Region
from qms.offices.services import invite_member
from qms.pdf.models import Rendering
from qms.portal.models import HomePage, StandardPage
from tests.architecture import awarding, exchanging, honouring, improving, judging, sharing
from tests.factories import assessments as made
from tests.factories.accounts import make_user
from tests.factories.offices import make_office, make_person, make_region

ROLES = (
    "visitor",
    "employee",
    "assessor",
    "chair",
    "lead",
    "director",
    "regional",
    "national",
    "administrator",
    "juror",
    "outsider",
)
GUARDED = ("regional", "national", "administrator")


@dataclass
class Side:
    """One office with its people, its assessments in each stage, and what hangs on them; who judges what it submits."""

    office: Office
    juror: User
    people: dict[str, User]
    draft: Assessment
    scoring: Assessment
    consensus: Assessment
    approval: Assessment
    approved: Assessment
    things: dict[str, Any] = field(default_factory=dict)

    def sheet(self, stage: str, whose: str) -> int:
        """The sheet of the chair or of the assessor in one of the assessments."""
        return made.sheet_of(getattr(self, stage), self.people[whose]).pk

    def member(self, stage: str, whose: str) -> int:
        return Member.objects.get(assessment=getattr(self, stage), user=self.people[whose]).pk


@dataclass
class World:
    """Our office, the other one, and everybody's account."""

    own: Side
    foreign: Side
    people: dict[str, Any]
    things: dict[str, Any]


def build_world() -> World:
    """Our office and a foreign one in another region; the outsider works in a third one, in our region."""
    region = make_region(code="28", name_pl="Warmia", name_en="Warmia")
    other = make_region(code="26", name_pl="Holy Cross", name_en="Holy Cross")
    judy = make_person("Judy", "juror")
    own = build_side("goldap", region, juror=judy)
    foreign = build_side("starachowice", other, juror=make_person("Jarek", "juror"))
    people = {
        "visitor": AnonymousUser(),
        **own.people,
        "regional": make_person("Rob", "regional_coordinator", region=region),
        "national": make_person("Nora", "national_coordinator"),
        "administrator": make_person("Pat", "platform_administrator"),
        "juror": judy,
        "outsider": make_person("Dora", "employee", office=make_office(slug="outside", region=region)),
    }
    own.things["invitation of a juror"] = _invited_juror("judge@goldap.example", people["regional"])
    foreign.things["invitation of a juror"] = _invited_juror("judge@starachowice.example", people["national"])
    return World(own, foreign, people, _things_of_nobody(people["national"]))


def build_side(slug: str, region: Region, *, juror: User) -> Side:
    office = make_office(name=f"Office {slug}", short_name=slug.title(), slug=slug, city=slug.title(), region=region)
    roles = {"employee": "employee", "assessor": "employee", "chair": "employee", "lead": "quality_lead"}
    people = {
        name: make_person(f"{name}-{slug}", role, office=office)
        for name, role in {**roles, "director": "director"}.items()
    }
    lead, director, group = people["lead"], people["director"], [people["chair"], people["assessor"]]
    approval = made.make_in_consensus(office, by=lead, people=group, scores=[40, 60])
    made.settle_all(approval, 50, by=people["chair"])
    side = Side(
        office,
        juror,
        people,
        draft=made.make_assessment(office, by=lead),
        # The assessor's sheet is out here, the chair's is in.
        scoring=made.make_started(office, by=lead, people=group),
        consensus=made.make_in_consensus(office, by=lead, people=group, scores=[40, 60]),
        approval=services.send_to_approval(approval, by=lead, at=made.MONDAY),
        approved=made.make_approved(office, by=lead, director=director, people=group),
    )
    made.fill(made.sheet_of(side.scoring, people["chair"]), 50)
    services.add_member(side.draft.groups.get(), email=people["assessor"].email, by=lead, at=made.MONDAY)
    newcomer = f"newcomer@{slug}.example"
    services.add_member(side.scoring.groups.get(), email=newcomer, by=lead, at=made.MONDAY)
    side.things = {**_evidence(side), **_work(side), **_letters(side, newcomer), **_people(side)}
    improving.things_of(side)
    sharing.things_of(side)
    exchanging.things_of(side)
    awarding.things_of(side)
    judging.things_of(side)
    honouring.things_of(side)
    return side


def _evidence(side: Side) -> dict[str, int]:
    about = {"office": side.office, "added_by": side.people["assessor"]}
    note = Evidence.objects.create(number=90, kind="note", title="Minutes", note="Read on Monday.", **about)
    file = Evidence.objects.create(
        number=91, kind="file", title="Plan", file=ContentFile(b"%PDF-1.7", "plan.pdf"), file_name="plan.pdf", **about
    )
    return {"note": note.pk, "file": file.pk}


def _work(side: Side) -> dict[str, int]:
    """Jobs and documents: what the lead asked for, what the employee asked for."""
    about = {"subject_type": type_of(side.approved), "subject_id": side.approved.pk, "office_id": side.office.pk}

    def job(whose: str) -> int:
        return Job.objects.create(
            **about,
            kind="assessments.report",
            title="Report",
            language="en",
            arguments={"language": "en"},
            state=Job.State.FAILED,
            reason="It broke.",
            fingerprint=f"{side.office.slug}-{whose}",
            lease_until=made.MONDAY,
            created_by=side.people[whose],
        ).pk

    def rendering(whose: str) -> int:
        return Rendering.objects.create(
            **about,
            name="Report",
            language="en",
            content_hash=whose,
            file=ContentFile(b"%PDF-1.7", f"{side.office.slug}-{whose}.pdf"),
            page=ContentFile(b"<html></html>", f"{side.office.slug}-{whose}.html"),
            sha256="0" * 64,
            size=8,
            pages=1,
            seconds=1,
            peak_kilobytes=1,
            created_by=side.people[whose],
        ).pk

    return {
        "job": job("lead"),
        "job of employee": job("employee"),
        "rendering": rendering("director"),
        "rendering of employee": rendering("employee"),
    }


def _letters(side: Side, newcomer: str) -> dict[str, int]:
    plain = Letter.objects.filter(user=side.people["assessor"], is_personal=False).order_by("pk").first()
    personal = Letter.objects.filter(to=newcomer, is_personal=True).order_by("pk").first()
    assert plain is not None
    assert personal is not None
    Letter.objects.filter(pk__in=[plain.pk, personal.pk]).update(state=Letter.State.FAILED, reason="No such mailbox.")
    return {"letter": plain.pk, "personal letter": personal.pk}


def _people(side: Side) -> dict[str, Any]:
    lead = side.people["lead"]
    return {
        "membership": Membership.objects.get(user=side.people["employee"]).pk,
        "directorship": Membership.objects.get(user=side.people["director"]).pk,
        "waiting membership": Membership.objects.create(
            user=make_user(password=None), office=side.office, role="employee"
        ).pk,
        "import": PendingImport.objects.create(
            kind="people",
            file_name="people.csv",
            headers=["email", "role", "office"],
            rows=[[2, [f"new@{side.office.slug}.example", "employee", side.office.slug]]],
            created_by=lead,
        ).pk,
    }


def _things_of_nobody(editor: User) -> dict[str, Any]:
    """What belongs to no office: pages, documents, editions, invitations."""
    edition = Edition.objects.published().get()
    text = (made.ROOT / "tests" / "frameworks" / "sample.yaml").read_text("utf-8").replace("small-2020", "small-2021")
    region = Region.objects.order_by("pk").first()
    assert region is not None
    _invitation, path = invite("new.person@example.org", by=editor)
    late_invitation, late_path = invite("late.person@example.org", by=editor)
    late_invitation.expires_at = timezone.now() - timedelta(days=1)
    late_invitation.save()
    return {
        "edition": edition.pk,
        "draft edition": import_edition(text, by=editor).pk,
        "region": region.pk,
        "invitation": _last(path),
        "late invitation": _last(late_path),
        **_pages(),
        **_documents(),
    }


def _invited_juror(email: str, by: User) -> int:
    invitation = invite_member(email, role="juror", by=by).invitation
    assert invitation is not None
    return invitation.pk


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _pages() -> dict[str, Any]:
    root = Page.get_first_root_node()
    assert root is not None
    language, _ = Locale.objects.get_or_create(language_code="en")
    # The library's practices needed a home first; there is one for each language.
    home = HomePage.objects.filter(locale=language).first()
    if home is None:
        home = root.add_child(instance=HomePage(title="Home", slug="home-en", locale=language))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    found: dict[str, Any] = {"home": home}
    for title in ("Published", "Unpublished", "Closed"):
        page = StandardPage(title=title, slug=slugify(title), live=title != "Unpublished", locale=language)
        found[f"{title.lower()} page"] = home.add_child(instance=page)
    PageViewRestriction.objects.create(page=found["closed page"], restriction_type=PageViewRestriction.LOGIN)
    return found


def _documents() -> dict[str, Any]:
    root = Collection.get_first_root_node()
    assert root is not None
    closed = root.add_child(instance=Collection(name="For the signed-in"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    model = get_document_model()

    def document(name: str, collection: Collection) -> Any:
        return model.objects.create(title=name, collection=collection, file=ContentFile(b"text", f"{name}.txt"))

    return {"document": document("open", root), "closed document": document("closed", closed)}
