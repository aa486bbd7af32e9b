"""Who of the jury fetched which file stands in the history, and no office reads of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.core.audit import entries_visible_to
from qms.core.services import run_job
from qms.jury.models import DecisionList
from qms.jury.services import copies, protocols
from tests.factories import jury as made
from tests.factories.awards import make_annex, make_submission
from tests.factories.laureates import make_decision_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(office):
    return made.make_received(office, made.make_judged_category())


@pytest.fixture
def juror(judy, application):
    """Judy has declared that nothing ties her; a phase lets everything."""
    made.make_phase(application.category.round)
    seat = made.make_juror(application.category, judy)
    made.declare_all(seat)
    return seat


def fetched(client, person, name, pk, method="get"):
    client.force_login(person)
    return getattr(client, method)(reverse(f"jury:{name}", args=[pk]))


def acts(entries=None):
    """What was fetched, by whom, and the facts."""
    rows = ModelLogEntry.objects.all() if entries is None else entries
    return [
        (one.action, one.user.first_name, one.label, one.data)
        for one in rows.filter(action__startswith="jury.fetch_").select_related("user").order_by("pk")
    ]


def test_a_juror_s_copy_leaves_a_line_each_time_it_is_fetched(client, judy, lena, juror, application):
    run_job(copies.order_copy(application, juror=juror, language="en", by=judy).pk)

    for method in ("get", "head", "get"):
        assert fetched(client, judy, "juror-copy", application.pk, method).status_code == 200

    facts = {"office": None, "juror": juror.sign, "file": f"{application.number}-{juror.sign}.pdf"}
    assert acts() == [("jury.fetch_copy", "Judy", application.number, facts)] * 2
    assert acts(entries_visible_to(lena)) == []


def test_an_annex_that_a_juror_reads_leaves_a_line_that_the_office_does_not_see(client, judy, lena, juror, application):
    annex = make_annex(application)
    make_submission(application, by=application.started_by)

    assert fetched(client, judy, "annex", annex.pk).status_code == 200

    facts = {"office": None, "file": annex.file_name}
    assert acts() == [("jury.fetch_annex", "Judy", application.number, facts)]
    assert acts(entries_visible_to(lena)) == []


def test_a_protocol_leaves_a_line_without_an_office(client, nora, ana, application, monkeypatch):
    monkeypatch.setattr("qms.pdf.engine.typeset", lambda html, **_more: (b"%PDF-1.7 a protocol", 9))
    found = make_decision_list(application.category, stage=DecisionList.Stage.VISIT)
    protocol = protocols.write_protocol(found, by=nora, at=timezone.now())
    rendering = protocols.build_protocol(protocol, language="en")

    assert fetched(client, nora, "protocol-file", protocol.pk).status_code == 200

    facts = {"office": None, "file": rendering.name}
    assert acts() == [("jury.fetch_protocol", "Nora", application.category.title, facts)]
    assert acts(entries_visible_to(ana)) == []
