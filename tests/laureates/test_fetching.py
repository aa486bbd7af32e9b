"""Who fetched reports, diplomas and scores stands in the history; the office reads of its own people only."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from qms.core.audit import entries_visible_to
from qms.laureates.models import FeedbackReport
from qms.laureates.services import printing
from qms.laureates.services.paper import build_feedback
from qms.offices.models import Membership
from qms.offices.services import add_member
from tests.factories.awards import make_programme
from tests.factories.jury import make_closed_round
from tests.factories.laureates import end_embargo, make_decided_category, make_diploma, make_feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(office, region, ana):
    """Our office has won in a round of our region; the embargo has not ended."""
    return make_decided_category({office: 71}, of=make_closed_round(programme=make_programme(region=region)))


@pytest.fixture
def report(decided, monkeypatch):
    """The report of our office, set on paper."""
    monkeypatch.setattr("qms.pdf.engine.typeset", lambda html, **_more: (b"%PDF-1.7", 1))
    made = make_feedback(decided.applications.get(), approved=True)
    build_feedback(made, language="en", progress=lambda *_told: None)
    return made


@pytest.fixture
def diploma(decided, monkeypatch):
    """The diploma of our office, set on paper alone and with all of the round."""
    monkeypatch.setattr("qms.pdf.engine.typeset", lambda html, **_more: (b"%PDF-1.7", 1))
    made = make_diploma(decided.decision_lists.get().decisions.get())
    printing.set_diplomas(decided.round, language="en", progress=lambda *_told: None)
    return made


def fetched(client, person, name, pk):
    client.force_login(person)
    return client.get(reverse(f"laureates:{name}", args=[pk]))


def acts(entries=None):
    """What was fetched, by whom, for which office's history."""
    rows = ModelLogEntry.objects.all() if entries is None else entries
    return [
        (one.action.removeprefix("laureates.fetch_"), one.user.first_name, one.data["office"])
        for one in rows.filter(action__startswith="laureates.fetch_").select_related("user").order_by("pk")
    ]


def test_reports_and_diplomas_leave_a_line_for_their_organiser_and_for_the_office(
    client, decided, report, diploma, office, ana, rob
):
    fetched(client, rob, "feedback-file", report.pk)
    fetched(client, rob, "diploma-file", diploma.pk)
    fetched(client, rob, "diplomas-file", decided.round_id)
    end_embargo(decided.round)
    build_feedback(FeedbackReport.objects.get(), language="en", progress=lambda *_told: None)  # it tells the day
    fetched(client, ana, "feedback-file", report.pk)
    fetched(client, ana, "diploma-file", diploma.pk)

    own = [("feedback", "Ana", office.pk), ("diploma", "Ana", office.pk)]
    assert acts() == [("feedback", "Rob", None), ("diploma", "Rob", None), ("diplomas", "Rob", None), *own]
    assert acts(entries_visible_to(ana)) == own


def test_who_runs_the_round_and_heads_the_office_tells_it_nothing_before_the_end(client, report, office, rob, lena):
    add_member(rob, Membership.Role.DIRECTOR, office=office, by=None)

    fetched(client, rob, "feedback-file", report.pk)

    assert acts() == [("feedback", "Rob", None)]
    assert acts(entries_visible_to(lena)) == []


def test_a_page_that_only_offers_to_set_the_file_gives_nothing_out(client, decided, rob):
    made = make_diploma(decided.decision_lists.get().decisions.get())

    assert fetched(client, rob, "diploma-file", made.pk).status_code == 200
    assert acts() == []


def test_the_table_of_scores_leaves_a_line(client, decided, rob):
    assert fetched(client, rob, "export", decided.round_id).status_code == 302
    assert acts() == []

    end_embargo(decided.round)

    assert fetched(client, rob, "export", decided.round_id).status_code == 200
    assert acts() == [("export", "Rob", None)]
