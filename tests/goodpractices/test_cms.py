"""Editing a practice in the CMS: words and effect follow the text, and nothing is published round the review."""

import pytest
from django.urls import reverse
from wagtail.models import Revision, Site
from wagtail.test.utils.form_data import querydict_from_html

from qms.accounts.models import User
from qms.goodpractices.domain.draft import ResultDraft
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.services.keeping import withhold_practices
from qms.goodpractices.services.moderating import submit_practice
from qms.goodpractices.services.writing import draft_practice
from qms.offices.services.members import keep_groups
from tests.factories.practices import make_draft

STEP = {"title": "Wrote a glossary", "text": "", "when": ""}


@pytest.fixture
def draft(homes, library, office, lena):
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": homes[0]}
    )
    proven = (ResultDraft("Calls", better="lower", before=64, after=31, verdict="improved"),)
    return draft_practice(office, draft=make_draft(results=proven), language="en", by=lena)


@pytest.fixture
def editor(client, nora):
    keep_groups(nora)
    client.force_login(nora)
    return client


@pytest.fixture
def administrator(client, pat):
    User.objects.filter(pk=pat.pk).update(is_superuser=True)
    client.force_login(pat)
    return client


def save(client, practice, **typed):
    """Open the page in the CMS, type, send; the form is sent as it came apart from what is typed."""
    address = reverse("wagtailadmin_pages:edit", args=[practice.pk])
    page = client.get(address)
    assert page.status_code == 200
    sent = querydict_from_html(page.content.decode(), form_id="page-edit-form")
    steps = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "steps",
        "body-0-id": "",
        "body-0-value-count": "1",
        "body-0-value-0-deleted": "",
        "body-0-value-0-order": "0",
        "body-0-value-0-id": "",
        **{f"body-0-value-0-value-{name}": text for name, text in STEP.items()},
    }
    for name, value in (steps | typed).items():
        sent[name] = value
    return client.post(address, sent, follow=True)


def stored(practice):
    return latest_of(PracticePage.objects.get(pk=practice.pk))


def test_words_and_effect_follow_what_is_written_there(editor, draft):
    answer = save(editor, draft, problem="Zebras stood in the corridor.", **{"results-0-after": "70"})

    page = stored(draft)
    assert answer.status_code == 200
    assert "zebra" in page.forms.split()
    assert "glossary" in page.forms.split()
    assert draft_of(page).steps[0].title == "Wrote a glossary"
    assert (page.effect, page.results.first().verdict) == ("told", "")
    assert not PracticePage.objects.get(pk=draft.pk).live


def test_verdict_stays_with_its_figures(editor, draft):
    save(editor, draft, summary="Another summary.")

    assert (stored(draft).summary, stored(draft).effect) == ("Another summary.", "proven")


def test_coordinator_saves_drafts_but_does_not_publish_round_the_review(editor, draft):
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "action-publish" not in page
    assert "action-submit" not in page

    save(editor, draft, **{"title": "Newer", "action-publish": "1"})

    kept = PracticePage.objects.get(pk=draft.pk)
    assert (kept.live, stored(draft).title) == (False, "Newer")


def test_coordinator_begins_no_published_practice(editor, library):
    address = reverse("wagtailadmin_pages:add", args=["goodpractices", "practicepage", library.pk])

    assert "action-publish" not in editor.get(address).content.decode()


def test_what_waits_for_review_is_closed_there_too(editor, draft, lena, rob):
    submit_practice(draft, by=lena)
    before = Revision.objects.count()

    save(editor, draft, title="Behind the back")

    assert Revision.objects.count() == before
    assert stored(draft).title == "Letters in plain language"


def test_administrator_publishes_except_what_is_withheld(administrator, draft, lena):
    save(administrator, draft, **{"problem": "Zebras.", "action-publish": "1"})
    live = PracticePage.objects.get(pk=draft.pk)
    assert live.live
    assert "zebra" in live.forms.split()

    withhold_practices([draft], reason="No longer shared.", by=lena)
    page = save(administrator, draft, **{"problem": "Lions.", "action-publish": "1"}).content.decode()

    kept = PracticePage.objects.get(pk=draft.pk)
    assert (kept.problem, stored(draft).problem) == ("Zebras.", "Lions.")
    assert "withdrew its consent" in page


def test_address_of_the_platform_is_refused_with_a_sentence(editor, draft):
    page = save(editor, draft, slug="mine")

    assert "The platform itself uses this address." in page.content.decode()
    assert PracticePage.objects.get(pk=draft.pk).slug == draft.slug
