"""The plan on paper: the approved content or today's, in three languages, the same bytes every time."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from qms.assessments.domain.snapshot import digest, plain
from qms.core import services as core
from qms.core.models import Job
from qms.improvements import tasks
from qms.improvements.documents.plan import plan_of
from qms.improvements.models import Action, Effect, Indicator, PlanSnapshot, Task
from qms.improvements.queries.content import content_of_plan
from qms.improvements.queries.printing import approved_plan, is_whole, present_plan
from qms.improvements.services.printing import order_print
from qms.lifecycle import Refused
from qms.pdf import services as pdf
from qms.pdf.models import Rendering
from tests.factories.improvements import MONDAY, make_action, make_finding, make_plan

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def plan(office, lena, boris, clara):
    """A plan with one full action and one that says little."""
    plan = make_plan(office, by=lena, stage="under_way", introduction="Why we do this.", title="Better letters")
    weighed = {"stakeholders": 5, "results": 4, "visibility": 4, "difficulty": 4, "resources": 4, "speed": 5}
    full = make_action(
        plan,
        by=lena,
        title="Plain words",
        owner=boris,
        problem="Every third client telephones.",
        expected="Clients know what to do.",
        budget=Decimal(12500),
        unit="Client service",
        status="approved",
        **weighed,
    )
    full.helpers.add(clara)
    full.findings.add(make_finding(office, by=lena, node="6.1", score=Decimal("34.5"), instrument="CAF 2025"))
    Task.objects.create(action=full, title="Collect letters", person=clara, due_on=date(2026, 4, 1))
    Indicator.objects.create(
        action=full, title="Telephone calls", unit="calls", baseline=Decimal(90), target=Decimal(60)
    )
    make_action(plan, by=lena, title="Ask staff", status="approved", start_on=None, due_on=None)
    return plan


@pytest.fixture
def snapshot(plan, ana):
    content = content_of_plan(plan) | {"approved": plain({"by": ana.name, "at": MONDAY})}
    return PlanSnapshot.objects.create(
        plan=plan, content=content, sha256=digest(content), approved_by=ana, approved_at=MONDAY
    )


def text_of(printed, language="en"):
    return " ".join(pdf.html_of(plan_of(printed, language=language)).replace("\xa0", " ").split())


def test_approved_plan_says_who_approved_it_and_bears_the_fingerprint(plan, snapshot, ana):
    document = plan_of(approved_plan(plan), language="en")

    assert document.cover.facts[0] == ("Content", f"as approved by {ana.name} on 2 March 2026")
    assert document.version_line == f"Approved 2 March 2026, fingerprint {snapshot.sha256[:12]}"
    assert document.moment == MONDAY


def test_sections_are_brief_pictures_actions_and_signatures(plan, snapshot):
    frozen, present = approved_plan(plan), present_plan(plan, at=AT)

    assert [section.ident for section in plan_of(frozen, language="en").sections] == [
        "brief",
        "first",
        "time",
        "actions",
        "signatures",
    ]
    assert [section.ident for section in plan_of(present, language="en").sections] == [
        "brief",
        "first",
        "time",
        "standing",
        "actions",
        "signatures",
    ]


def test_every_fact_of_an_action_is_printed(plan, snapshot, boris, clara):
    text = text_of(approved_plan(plan))

    for words in (
        "Why we do this.",
        "D-1 Plain words",
        boris.name,
        clara.name,
        "Client service",
        "2 March 2026 – 30 June 2026",
        "12,500",
        "Every third client telephones.",
        "Clients know what to do.",
        "6.1 Letters are hard to read",
        "34.5",
        "CAF 2025",
        "Collect letters",
        "Telephone calls",
        "4.3 (mean of 5, 4, 4)",
        "18.8 of 25, quick win",
        "D-2 Ask staff",
        "The action answers no finding.",
        "nobody yet",
    ):
        assert words in text, words


def test_later_changes_do_not_reach_the_approved_content(plan, snapshot, lena):
    action = plan.actions.get(number=1)
    action.title, action.status = "Other words", "done"
    action.save()
    make_action(plan, by=lena, title="Later idea")

    frozen, present = text_of(approved_plan(plan)), text_of(present_plan(plan, at=AT))

    assert ("Other words" in frozen, "Later idea" in frozen, "Plain words" in frozen) == (False, False, True)
    assert ("Other words" in present, "Later idea" in present) == (True, True)


def test_plan_as_it_stands_tells_status_lateness_and_effect(plan, snapshot, lena):
    done, late = plan.actions.order_by("number")
    Action.objects.filter(pk=done.pk).update(status="done", progress=100, done_on=date(2026, 4, 30))
    Action.objects.filter(pk=late.pk).update(status="in_progress", progress=40, due_on=date(2026, 4, 1))
    Effect.objects.create(action=done, verdict="improved", stated_by=lena, stated_at=timezone.now())

    text = text_of(present_plan(plan, at=AT))

    for words in ("Actions on 4 May 2026", "In progress, late", "40%", "30 April 2026", "improved"):
        assert words in text, words


def test_draft_says_that_it_is_not_approved(office, lena):
    plan = make_plan(office, by=lena)
    document = plan_of(present_plan(plan, at=AT), language="en")

    assert document.cover.facts[0] == ("Content", "not approved (in preparation), as it stood on 4 May 2026")
    assert approved_plan(plan) is None
    assert "There is no action in this plan yet." in text_of(present_plan(plan, at=AT))


@pytest.mark.parametrize(
    ("language", "day"), [("pl", "2 marca 2026"), ("ru", "2 марта 2026 г."), ("en", "2 March 2026")]
)
def test_document_speaks_its_language_and_keeps_the_offices_words(plan, snapshot, language, day):
    text = text_of(approved_plan(plan), language)

    assert day in text
    assert "Every third client telephones." in text


def test_content_that_was_touched_has_lost_its_fingerprint(plan, snapshot):
    assert is_whole(approved_plan(plan))
    touched = snapshot.content | {"plan": snapshot.content["plan"] | {"title": "Other"}}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE improvements_plansnapshot SET content = %s", [json.dumps(touched)])

    assert not is_whole(approved_plan(plan))


# --- The job and the pages -------------------------------------------------------------------------------------------


def test_job_sets_the_plan_and_leads_to_the_file(plan, snapshot, lena):
    job = order_print(plan, content="approved", language="en", by=lena)
    core.run_job(job.pk, carrier="test")
    job.refresh_from_db()
    rendering = Rendering.objects.about(plan).get()
    with rendering.file.open() as file:
        reader = PdfReader(io.BytesIO(file.read()))

    assert (job.state, job.reason) == (Job.State.DONE, "")
    assert job.result_url == reverse("improvements:plan-file", args=[plan.pk, rendering.pk])
    assert len(reader.pages) == rendering.pages
    assert "Improvement" in reader.pages[0].extract_text()


def test_same_content_is_set_once(plan, snapshot, lena):
    for _ in range(2):
        job = Job.objects.get(pk=order_print(plan, content="approved", language="en", by=lena).pk)
        tasks.build_plan(job, lambda *_: None)

    assert Rendering.objects.about(plan).count() == 1


def test_plan_that_is_not_approved_cannot_be_printed_as_approved(office, lena):
    with pytest.raises(Refused):
        order_print(make_plan(office, by=lena), content="approved", language="pl", by=lena)


def test_page_orders_the_plan(client, plan, snapshot, lena):
    client.force_login(lena)
    address = reverse("improvements:plan-print", args=[plan.pk])
    answer = client.post(address, {"content": "approved", "language": "en"})

    assert answer.url == f"{address}#files"
    assert Job.objects.about(plan).get().arguments == {"content": "approved", "language": "en"}


def test_wrong_order_comes_back_with_a_sentence(client, office, lena):
    plan = make_plan(office, by=lena)
    client.force_login(lena)
    answer = client.post(reverse("improvements:plan-print", args=[plan.pk]), {"content": "approved", "language": "xx"})

    assert answer.status_code == 422
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"), [("lena", 200), ("boris", 200), ("ana", 200), ("rob", 404), ("dora", 404)]
)
def test_file_of_a_draft_is_for_the_office_alone(person, status, client, plan, lena, request):
    """What was printed before approval is not given to the region afterwards."""
    job = order_print(plan, content="today", language="en", by=lena)
    core.run_job(job.pk, carrier="test")
    rendering = Rendering.objects.about(plan).get()
    plan.approved_at = timezone.now()
    plan.save()
    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse("improvements:plan-file", args=[plan.pk, rendering.pk])).status_code == status
    page = client.get(reverse("improvements:plan-print", args=[plan.pk]))
    assert page.status_code == (404 if person == "dora" else 200)
