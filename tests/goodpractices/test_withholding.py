"""A practice whose self-assessment the office no longer shares: written on, but neither published nor read."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry, Site
from wagtail.search.models import IndexEntry

from qms.goodpractices.models import PracticePage, Review
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.services.keeping import release_practices, withhold_practices
from qms.goodpractices.services.moderating import review_practice, submit_practice
from qms.goodpractices.services.translating import translate_practice
from qms.goodpractices.services.writing import draft_practice, save_practice
from qms.lifecycle import Refused
from tests.factories.practices import make_draft
from tests.goodpractices.test_moderating import MARKS, fresh, text_of, to
from tests.goodpractices.test_views_writing import WRITTEN

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
REASON = "Nothing of it is shared any more."
SAID = "The office withdrew its consent to share the self-assessment this practice comes from."


@pytest.fixture
def draft(homes, library, office, lena):
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": homes[0]}
    )
    told = make_draft(origin="strength", origin_key="strength:7:abc")
    return draft_practice(office, draft=told, language="en", by=lena)


@pytest.fixture
def waiting(draft, lena, rob):
    return submit_practice(draft, by=lena)


@pytest.fixture
def published(waiting, rob):
    publish(waiting, rob)
    return fresh(waiting)


def publish(practice, by):
    return review_practice(fresh(practice), outcome="published", marks=MARKS, comment="", by=by, at=NOW)


def withhold(practice, by):
    return withhold_practices([practice], reason=REASON, by=by, at=NOW)


def test_office_is_told_why_it_cannot_hand_in_and_goes_on_writing(draft, lena):
    withhold(draft, lena)

    saved = save_practice(draft, draft=make_draft(title="Later"), revision=draft.latest_revision_id, by=lena)
    with pytest.raises(Refused, match="withdrew its consent"):
        submit_practice(saved, by=lena)

    assert latest_of(fresh(draft)).title == "Later"
    assert not fresh(draft).workflow_in_progress


def test_reviewer_is_told_why_it_cannot_be_published_and_may_return_it(waiting, lena, rob):
    withhold(waiting, lena)

    with pytest.raises(Refused, match="withdrew its consent"):
        publish(waiting, rob)
    assert (fresh(waiting).live, Review.objects.count()) == (False, 0)

    review_practice(fresh(waiting), outcome="returned", marks=MARKS, comment="Share it first.", by=rob, at=NOW)
    assert not fresh(waiting).workflow_in_progress


def test_translations_follow_and_the_history_tells_each(published, library, office, lena):
    copy = translate_practice(published, language="pl", by=lena)

    assert withhold_practices("strength:7:", reason=REASON, by=lena, at=NOW) == 2
    assert withhold_practices("strength:7:", reason=REASON, by=lena, at=NOW) == 0
    assert [fresh(one).withheld_reason for one in (published, copy)] == [REASON, REASON]
    assert release_practices([published], by=lena) == 2
    acts = PageLogEntry.objects.filter(action__in=["goodpractices.withhold", "goodpractices.release"])
    assert acts.count() == 4
    assert withhold_practices("", reason=REASON, by=lena) == 0
    with pytest.raises(Refused, match="Write why"):
        withhold_practices([published], reason=" ", by=lena)


def test_translation_of_a_withheld_practice_is_withheld(draft, lena):
    withhold(draft, lena)

    assert translate_practice(fresh(draft), language="pl", by=lena).withheld_reason == REASON


def test_published_one_leaves_lists_searches_and_strangers_until_it_is_released(client, published, lena, dora, rob):
    def shown(user):
        client.logout() if user is None else client.force_login(user)
        return client.get(published.get_url()).status_code

    assert [shown(user) for user in (None, dora, lena, rob)] == [200] * 4
    withhold(published, lena)

    assert [shown(user) for user in (None, dora, lena, rob)] == [404, 404, 200, 200]
    assert not PracticePage.objects.published().exists()
    entries = IndexEntry.objects.filter(object_id=str(published.pk))
    save_practice(published, draft=make_draft(title="New"), revision=published.latest_revision_id, by=lena)
    assert not entries.exists()
    client.force_login(dora)
    assert client.post(to("ask", published.pk), {"text": "How?"}).status_code == 404
    assert client.get(reverse("improvements:practice-adopt", args=[published.pk])).status_code == 404

    release_practices([published], by=lena)
    assert [shown(user) for user in (None, dora)] == [200, 200]
    assert PracticePage.objects.published().count() == entries.count() == 1


def test_publishing_an_older_version_does_not_release_it(published, lena):
    withhold(published, lena)

    latest_of(fresh(published)).save_revision(user=lena, clean=False).publish()

    assert fresh(published).withheld_reason == REASON


# --- In the browser ---------------------------------------------------------------------------------------------------


def test_desk_form_and_page_of_the_office_show_it(client, published, lena):
    withhold(published, lena)
    client.force_login(lena)

    for address in (to("mine"), to("edit", published.pk), published.get_url()):
        page = text_of(client.get(address))
        assert "Withheld since" in page
        assert REASON in page
    assert "Hand in for review" not in text_of(client.get(to("mine")))
    assert "Save and hand in" not in text_of(client.get(to("edit", published.pk)))


def test_handing_in_from_the_form_is_refused_and_loses_nothing(client, draft, lena):
    withhold(draft, lena)
    client.force_login(lena)
    typed = WRITTEN | {"revision": draft.latest_revision_id, "criteria-caf-2020": [], "problem": "Typed just now."}

    with_criteria = save_practice(draft, draft=make_draft(), revision=draft.latest_revision_id, by=lena)
    refused = client.post(to("submit", draft.pk), follow=True)
    assert SAID in text_of(refused).replace("&#x27;", "'")

    typed["revision"] = with_criteria.latest_revision_id
    wrong = client.post(to("edit", draft.pk), typed | {"then": "submit"})
    assert wrong.status_code == 422
    assert "Typed just now." in text_of(wrong)
    assert draft_of(latest_of(fresh(draft))).problem == make_draft().problem


def test_review_page_shows_it_and_keeps_marks_and_remarks(client, waiting, lena, rob):
    withhold(waiting, lena)
    client.force_login(rob)
    assert REASON in text_of(client.get(to("review", waiting.pk)))

    wrong = client.post(to("review", waiting.pk), MARKS | {"outcome": "published", "comment": "Well told."})

    assert wrong.status_code == 422
    assert SAID in text_of(wrong)
    assert "Well told." in text_of(wrong)
    assert not fresh(waiting).live
