"""A framework that no programmer has seen: from an empty workbook to an office's results, in the browser only."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from qms.assessments.models import Assessment, Sheet
from qms.assessments.queries import previous_candidates, results_of
from qms.assessments.queries.sheet import previous_node
from qms.frameworks import services
from qms.frameworks.models import Edition
from tests.factories import assessments as made
from tests.factories.offices import make_office, make_person
from tests.frameworks import workbooks

pytestmark = pytest.mark.django_db


def to(name, *args):
    with override("en"):
        return reverse(name, args=args)


def signed_in(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client, url, values):
    answer = client.post(url, values)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer["Location"]


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def people(office):
    roles = {"Lena": "quality_lead", "Dirk": "director", "Ada": "employee", "Bob": "employee"}
    return {name: make_person(name, role, office=office) for name, role in roles.items()}


def imported_and_published(coordinator):
    client = signed_in(coordinator)
    template = client.get(to("frameworks:edition-template")).content
    content = workbooks.filled(template, workbooks.FIRST, **workbooks.SHEETS)
    file = SimpleUploadedFile("service.xlsx", content)
    detail = sent(client, to("frameworks:edition-import"), {"file": file})
    assert "Service check" in client.get(detail).content.decode()
    edition = Edition.objects.get(code="service-2026")
    sent(client, to("frameworks:edition-publish", edition.pk), {"confirmed": "1"})
    return edition


def test_an_office_assesses_itself_on_an_imported_framework(office, people):
    edition = imported_and_published(make_person("Nora", "national_coordinator"))

    # The lead opens it, composes the group and begins.
    lead = signed_in(people["Lena"])
    about = {"title": "Counter 2026", "year": "2026", "unit": "", "individual_due_at": "2099-01-01T12:00"}
    start = {"office": office.pk, "edition": edition.pk, "panel": "plain", **about}
    sent(lead, to("assessments:assessment-start"), start)
    assessment = Assessment.objects.get()
    assert assessment.edition == edition
    group = assessment.groups.get()
    for name in ("Ada", "Bob"):
        made.services.add_member(
            group,
            email=people[name].email,
            role="chair" if name == "Ada" else "member",
            by=people["Lena"],
            at=made.MONDAY,
        )
    sent(lead, to("assessments:assessment-begin", assessment.pk), {"confirmed": "1"})

    # Each scores alone, on a scale of 0 to 5, and hands in.
    for name, score in (("Ada", 3), ("Bob", 5)):
        sheet, client = Sheet.objects.get(member__user=people[name]), signed_in(people[name])
        page = client.get(to("assessments:sheet-node", sheet.pk, "1.1")).content.decode()
        assert "opening hours" in page
        for node in ("1.1", "1.2", "2", "3"):
            url = to("assessments:sheet-node", sheet.pk, node)
            page = client.get(url).content.decode()
            field = re.search(r'name="([^"]*score)"', page)
            assert field, page[:2000]
            sent(client, url, {field[1]: str(score), "version": "0", "rationale": ""})
        sent(client, to("assessments:sheet-hand-in", sheet.pk), {"confirmed": "1"})
    assert client.get(to("assessments:sheet-node", sheet.pk, "1.1")).status_code == 200

    # The chair leads the consensus; 3 and 5 lie further apart than 1, so nothing is fast.
    chair = signed_in(people["Ada"])
    sent(chair, to("assessments:consensus-begin", assessment.pk), {"confirmed": "1"})
    for node, score in (("1.1", 4), ("1.2", 3), ("2", 5), ("3", 4)):
        url = to("assessments:consensus-node", assessment.pk, node)
        field = re.search(r'name="([^"]*score)"', chair.get(url).content.decode())
        assert field
        sent(chair, url, {field[1]: str(score), "reason": "Seen at the counter.", "version": "0"})
    sent(chair, to("assessments:results-send", assessment.pk), {"confirmed": "1"})

    # The director approves, and results come out.
    sent(signed_in(people["Dirk"]), to("assessments:approve", assessment.pk), {"confirmed": "1"})
    page = lead.get(to("assessments:results", assessment.pk)).content.decode()
    assert "Information" in page
    assert "Complaints" in page
    results = results_of(Assessment.objects.get())
    assert [each.figure.value for each in results.criteria] == [Decimal("3.5"), Decimal(5), Decimal(4)]
    assert results.total.value.quantize(Decimal("0.01")) == Decimal("4.17")
    assert results.total.band.code == "level-4"
    assert lead.get(to("assessments:results-xlsx", assessment.pk)).status_code == 200


# --- The next edition ------------------------------------------------------------------------------------------------


def heir_of(edition, by, **changes):
    """A published edition that follows: 1.1 is 5.1 now, what was 1.3 is new."""
    text = services.renew_edition(edition, code="small-2026", name="2026", by=by).file.text
    text = re.sub(r"\n +was: '1.3'", "", text.replace("id: '1.1'\n", "id: '5.1'\n"))
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    draft = services.import_edition(text, by=by)
    return services.publish_edition(draft, by=by, at=made.MONDAY)


@pytest.fixture
def approved(office, people):
    lead, director, *group = people.values()
    return made.make_approved(office, by=lead, director=director, people=group, score=60)


def test_results_on_the_next_edition_stand_beside_those_of_the_forerunners(office, people, approved):
    lead, _director, *group = people.values()
    heir = heir_of(approved.edition, lead)

    assert list(previous_candidates(office, heir.pk)) == [approved]
    later = made.make_in_consensus(office, by=lead, people=group, scores=[70, 70], edition=heir.code, previous=approved)

    assert previous_node(later, "5.1").score == 60
    assert previous_node(later, "5.1").areas == ("Agreed area",)
    assert previous_node(later, "1.3") is None
    made.settle_all(later, 70, by=group[0])
    results = results_of(Assessment.objects.get(pk=later.pk))
    assert {each.node.identifier: each.figure.previous for each in results.nodes} == {
        "5.1": 60, "1.2": 60, "1.3": None, "1.4": 60, "6.1": 60, "6.2": 60,
    }  # fmt: skip
    assert [each.figure.previous for each in results.criteria] == [60, 60]
    assert (results.total.previous, results.previous_year) == (120, approved.year)


def test_scores_on_a_scale_of_another_length_are_not_compared(office, people, approved):
    lead, _director, *group = people.values()
    longer = {"bands": ("to: 100\n", "to: 200\n"), "marks": ("maximum: 100\n", "maximum: 200\n")}
    heir = heir_of(approved.edition, lead, **longer)
    later = made.make_in_consensus(office, by=lead, people=group, scores=[70, 70], edition=heir.code, previous=approved)

    assert previous_node(later, "5.1") is None
    assert results_of(later).previous_year is None
