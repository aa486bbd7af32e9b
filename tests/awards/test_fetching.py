"""Who fetched which file stands in the history: the office reads of its own people only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.awards.services import archives
from qms.core.audit import entries_visible_to
from tests.factories.awards import make_annex, make_application, make_category, make_programme, make_round
from tests.factories.dossiers import make_dossier, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(region, office):
    """One application of our office in a round of our region that closed yesterday."""
    award = make_round(make_programme(region=region))
    made = make_submission(make_application(office, make_category(award)))
    now = timezone.now()
    award.opens_at, award.closes_at = now - timedelta(days=30), now - timedelta(days=1)
    award.embargo_until = now + timedelta(days=30)
    award.save()
    return made


def fetched(client, person, name, *args, method="get"):
    client.force_login(person)
    return getattr(client, method)(reverse(f"awards:{name}", args=args))


def acts(entries=None):
    """What was fetched, by whom, for which office's history."""
    rows = ModelLogEntry.objects.all() if entries is None else entries
    return [
        (one.action, one.user.first_name, one.label, one.data["office"])
        for one in rows.filter(action__contains=".fetch_").select_related("user").order_by("pk")
    ]


def test_each_dossier_that_is_fetched_leaves_a_line(client, ana, rob, office, submission):
    dossier = make_dossier(submission)
    number = submission.application.number

    fetched(client, ana, "dossier-file", dossier.pk)
    fetched(client, rob, "dossier-file", dossier.pk)

    assert acts() == [
        ("awards.fetch_dossier", "Ana", number, office.pk),
        ("awards.fetch_dossier", "Rob", number, None),
    ]


def test_the_office_reads_of_its_own_people_only(client, ana, rob, nora, submission):
    dossier = make_dossier(submission)
    for person in (ana, rob, nora):
        fetched(client, person, "dossier-file", dossier.pk)

    assert [name for _act, name, *_about in acts(entries_visible_to(ana))] == ["Ana"]


def test_who_only_asks_for_the_headers_or_in_vain_has_fetched_nothing(client, ana, dora, submission):
    dossier = make_dossier(submission)

    assert fetched(client, ana, "dossier-file", dossier.pk, method="head").status_code == 200
    assert fetched(client, dora, "dossier-file", dossier.pk).status_code == 404
    assert acts() == []


def test_an_annex_leaves_a_line_with_its_application(client, ana, rob, office):
    award = make_round()
    annex = make_annex(make_application(office, make_category(award)))

    fetched(client, ana, "annex-file", annex.pk)
    fetched(client, rob, "annex-file", annex.pk)

    assert acts() == [("awards.fetch_annex", "Ana", annex.title, office.pk)]
    assert ModelLogEntry.objects.get(action="awards.fetch_annex").data == {
        "office": office.pk,
        "application": annex.application.log_title,
        "file": annex.file_name,
    }


def test_the_archive_of_a_round_leaves_a_line_that_no_office_reads(client, rob, ana, submission):
    make_dossier(submission)
    award = submission.application.category.round
    archives.build_archive(award, language=settings.LANGUAGE_CODE, at=timezone.now(), progress=lambda *_told: None)

    assert fetched(client, rob, "archive-file", award.pk).status_code == 200
    assert acts() == [("awards.fetch_archive", "Rob", award.title_in("en"), None)]
    assert acts(entries_visible_to(ana)) == []
