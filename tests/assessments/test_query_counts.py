"""Sheet, consensus and results are read in as many queries for a large group as for a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.assessments import services
from tests.factories.accounts import make_user
from tests.factories.assessments import make_approved, make_in_consensus, make_started, save, sheet_of
from tests.factories.offices import make_office

pytestmark = pytest.mark.django_db


def queries_of(client, person, address):
    """The second visit: the first one fills what a process remembers."""
    client.force_login(person)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def pieces(office, size, *, by):
    make = services.add_evidence
    return [make(office, kind="note", title=f"Note {n}", note="Seen.", by=by).pk for n in range(size)]


def in_consensus(office, lena, size, **fields):
    people = [make_user() for _ in range(size)]
    return people[0], make_in_consensus(office, by=lena, people=people, scores=[20 + n for n in range(size)], **fields)


def test_consensus_and_results_do_not_ask_more_for_more_members(client, lena, office):
    counts = []
    for size in (2, 6):
        chair, assessment = in_consensus(office, lena, size)
        page = reverse("assessments:consensus-node", args=[assessment.pk, "1.1"])
        results = reverse("assessments:results", args=[assessment.pk])
        counts.append((queries_of(client, chair, page), queries_of(client, chair, results)))

    assert counts[0] == counts[1]
    assert max(counts[0]) < 60


def test_a_row_offers_every_other_text_of_its_kind_to_join(client, lena, office):
    chair, assessment = in_consensus(office, lena, 3)
    client.force_login(chair)
    html = client.get(reverse("assessments:consensus-node", args=[assessment.pk, "1.1"])).content.decode()
    select = html.split('id="id_entry-1_join"')[1].split("</select>")[0]

    assert '<option value="1">' not in select
    assert select.count("<option") == 3


@pytest.mark.parametrize("page", ["consensus-node", "results"])
def test_consensus_and_results_do_not_ask_more_after_more_cycles(client, lena, ana, office, page):
    counts = []
    for cycles in (1, 3):
        own = make_office()
        before = None
        for _ in range(cycles):
            before = make_approved(own, by=lena, director=ana, previous=before)
        people = [make_user(), make_user()]
        assessment = make_in_consensus(own, by=lena, people=people, scores=[40, 60], previous=before)
        node = ["1.1"] if page == "consensus-node" else []
        counts.append(queries_of(client, people[0], reverse(f"assessments:{page}", args=[assessment.pk, *node])))

    assert counts[0] == counts[1]


def test_a_sheet_does_not_ask_more_for_more_members_and_evidence(client, lena, office):
    counts = []
    for size in (2, 6):
        people = [make_user() for _ in range(size)]
        assessment = make_started(office, by=lena, people=people)
        sheet = sheet_of(assessment, people[1])
        cited = pieces(office, size, by=lena)
        save(sheet, "1.1", 50, entries=tuple(services.EntryDraft("strength", f"{pk}", evidence=(pk,)) for pk in cited))
        counts.append(
            (
                queries_of(client, people[1], reverse("assessments:sheet", args=[sheet.pk])),
                queries_of(client, people[1], reverse("assessments:sheet-node", args=[sheet.pk, "1.1"])),
            )
        )

    assert counts[0] == counts[1]
