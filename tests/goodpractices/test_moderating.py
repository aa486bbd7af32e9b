"""From handing in to the library, and once a year again: review, letters, confirmation, archive, tasks, rights."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from qms.core.models import Letter
from qms.goodpractices import permissions
from qms.goodpractices.domain.confirming import year_after, year_before
from qms.goodpractices.models import PracticePage, Review
from qms.goodpractices.queries.drafts import latest_of
from qms.goodpractices.queries.tasks import tasks_of
from qms.goodpractices.services.keeping import archive_practice, ask_still_true, confirm_practice, restore_practice
from qms.goodpractices.services.moderating import review_practice, submit_practice, withdraw_practice
from qms.goodpractices.services.writing import draft_practice, save_practice
from qms.goodpractices.tasks import ask_still_true as ask_task
from qms.lifecycle import Refused
from tests.factories.practices import make_draft

MARKS = {"relevance": 5, "evidence": 4, "effect": 4, "transferability": 5, "clarity": 3}
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=get_default_timezone())
TODAY = NOW.date()


def to(route, *args):
    return reverse(f"goodpractices:{route}", args=args)


def text_of(response):
    return response.content.decode()


def fresh(practice):
    return PracticePage.objects.select_related("office").get(pk=practice.pk)


def letters(kind):
    return sorted(Letter.objects.filter(kind=f"goodpractices.{kind}").values_list("to", flat=True))


def decide(practice, outcome, by, comment=""):
    return review_practice(fresh(practice), outcome=outcome, marks=MARKS, comment=comment, by=by, at=NOW)


@pytest.fixture
def draft(library, office, boris):
    return draft_practice(office, draft=make_draft(), language="en", by=boris)


@pytest.fixture
def waiting(draft, lena, rob):
    return submit_practice(draft, by=lena)


@pytest.fixture
def published(waiting, rob):
    decide(waiting, "published", rob)
    return fresh(waiting)


def test_handing_in_writes_to_the_reviewers_of_the_region(waiting, rob):
    assert fresh(waiting).workflow_in_progress
    assert letters("submitted") == [rob.email]
    letter = Letter.objects.get(kind="goodpractices.submitted")
    assert "Letters in plain language" in letter.text
    assert letter.link.endswith(to("review", waiting.pk))


def test_country_reviews_where_the_region_has_nobody(draft, lena, nora):
    submit_practice(draft, by=lena)

    assert letters("submitted") == [nora.email]


def test_publishing_shows_it_to_all_and_writes_to_the_office_once(waiting, rob, lena, boris):
    review = decide(waiting, "published", rob, comment="Well told.")

    page = fresh(waiting)
    assert (page.live, page.has_unpublished_changes, page.workflow_in_progress) == (True, False, False)
    assert (page.title, page.confirmed_on) == ("Letters in plain language", TODAY)
    assert page.criteria.count() == 2
    assert (review.outcome, review.revision_id, review.clarity) == ("published", page.live_revision_id, 3)
    assert letters("published") == sorted([lena.email, boris.email])
    assert "Well told." in Letter.objects.filter(kind="goodpractices.published").first().text
    assert mail.outbox == []  # Wagtail writes no letters of its own


def test_returning_needs_words_and_gives_the_practice_back(waiting, rob, lena, boris):
    with pytest.raises(Refused, match="should mend"):
        decide(waiting, "returned", rob, comment=" ")

    decide(waiting, "returned", rob, comment="Say how many letters.")

    page = fresh(waiting)
    assert (page.live, page.workflow_in_progress) == (False, False)
    assert letters("returned") == sorted([lena.email, boris.email])
    saved = save_practice(page, draft=make_draft(title="Mended"), revision=page.latest_revision_id, by=lena)
    submit_practice(saved, by=lena)
    decide(waiting, "published", rob)
    assert fresh(waiting).title == "Mended"
    assert list(Review.objects.order_by("pk").values_list("outcome", flat=True)) == ["returned", "published"]


def test_new_version_of_a_published_practice_waits_while_the_old_one_stands(published, lena, rob):
    save_practice(published, draft=make_draft(title="Newer"), revision=published.latest_revision_id, by=lena)
    submit_practice(published, by=lena)
    assert fresh(published).title == "Letters in plain language"

    decide(published, "published", rob)

    assert fresh(published).title == "Newer"


def test_nothing_is_decided_twice_or_after_it_was_taken_back(waiting, lena, rob):
    withdraw_practice(waiting, by=lena)

    with pytest.raises(Refused, match="does not wait"):
        decide(waiting, "published", rob)
    with pytest.raises(Refused, match="does not wait"):
        withdraw_practice(waiting, by=lena)


def test_waiting_practice_is_neither_changed_nor_handed_in_again(waiting, lena):
    with pytest.raises(Refused, match="waits for its reviewer"):
        save_practice(waiting, draft=make_draft(), revision=waiting.latest_revision_id, by=lena)
    with pytest.raises(Refused, match="not open"):
        submit_practice(waiting, by=lena)


@pytest.mark.parametrize("lacking", [{"summary": ""}, {"criteria": ()}, {"problem": " "}, {"steps": ()}])
def test_incomplete_practice_is_not_handed_in(library, office, lena, lacking):
    practice = draft_practice(office, draft=make_draft(**lacking), language="en", by=lena)

    with pytest.raises(Refused, match="Before handing in"):
        submit_practice(practice, by=lena)


# --- Once a year ------------------------------------------------------------------------------------------------------


def test_a_year_is_a_year_also_after_a_leap_day():
    assert year_after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2026, 11, 20)) == date(2025, 11, 20)


def test_leads_are_asked_a_year_after_and_once_a_year(published, lena):
    assert ask_still_true(on=TODAY + timedelta(days=364)) == 0
    assert ask_still_true(on=TODAY + timedelta(days=365)) == 1
    assert ask_still_true(on=TODAY + timedelta(days=400)) == 0
    assert ask_still_true(on=TODAY + timedelta(days=731)) == 1
    assert letters("still_true") == [lena.email] * 2


def test_confirmed_and_archived_practices_are_not_asked_about(published, lena):
    confirm_practice(published, by=lena, on=TODAY + timedelta(days=300))
    assert ask_still_true(on=TODAY + timedelta(days=365)) == 0

    archive_practice(published, reason="Replaced.", by=lena, at=NOW)
    assert ask_still_true(on=TODAY + timedelta(days=3000)) == 0


def test_beat_asks_and_sends(published):
    PracticePage.objects.filter(pk=published.pk).update(confirmed_on=date(2020, 1, 1))

    ask_task(unknown="from an older caller")

    assert fresh(published).asked_on == timezone.localdate()


def test_archive_wants_a_reason_and_restoring_confirms(published, lena):
    with pytest.raises(Refused, match="Write why"):
        archive_practice(published, reason=" ", by=lena, at=NOW)

    archive_practice(published, reason="A new system does it.", by=lena, at=NOW)
    assert PracticePage.objects.published().count() == 0
    with pytest.raises(Refused, match="archive"):
        save_practice(published, draft=make_draft(), revision=published.latest_revision_id, by=lena)
    with pytest.raises(Refused, match="not in the library"):
        archive_practice(published, reason="Again.", by=lena, at=NOW)

    restore_practice(published, by=lena, on=TODAY + timedelta(days=9))
    assert (fresh(published).archived_reason, fresh(published).confirmed_on) == ("", TODAY + timedelta(days=9))
    assert PracticePage.objects.published().count() == 1


def test_practice_whose_new_version_waits_is_not_archived(published, lena):
    save_practice(published, draft=make_draft(title="Newer"), revision=published.latest_revision_id, by=lena)
    submit_practice(published, by=lena)

    with pytest.raises(Refused, match="waits for its reviewer"):
        archive_practice(published, reason="Given up.", by=lena, at=NOW)


# --- Tasks and rights -------------------------------------------------------------------------------------------------


def kinds(user, at=NOW):
    return [task.kind for task in tasks_of(user, at)]


def test_each_is_told_what_waits(waiting, lena, boris, rob, nora, dora, ana):
    assert (kinds(rob), kinds(nora), kinds(lena), kinds(dora)) == (["review_practice"], ["review_practice"], [], [])

    decide(waiting, "returned", rob, comment="Say how many.")
    assert (kinds(rob), kinds(lena), kinds(boris)) == ([], ["mend_practice"], ["mend_practice"])

    submit_practice(waiting, by=lena)
    decide(waiting, "published", rob)
    assert kinds(lena) == []
    later = NOW + timedelta(days=366)
    task = tasks_of(lena, later)[0]
    assert (task.kind, task.due_at, task.is_late) == ("confirm_practice", year_after(TODAY), True)
    assert (kinds(ana, later), kinds(boris, later)) == (["confirm_practice"], [])


def test_who_may_do_what(waiting, lena, boris, ana, dora, rob, nora, pat):
    everyone = (lena, boris, ana, dora, rob, nora, pat)

    def those(predicate):
        return [user.first_name for user in everyone if predicate(user, fresh(waiting))]

    assert those(permissions.may_review) == ["Rob", "Nora"]
    assert those(permissions.may_withdraw) == ["Lena"]
    assert those(permissions.may_edit) == []
    assert those(permissions.may_see_drafts) == ["Lena", "Boris", "Ana", "Rob", "Nora"]
    assert those(permissions.may_translate) == ["Lena", "Boris", "Ana"]

    decide(waiting, "published", rob)
    assert those(permissions.may_edit) == ["Lena", "Boris"]
    assert those(permissions.may_confirm) == ["Lena", "Ana"]
    assert those(permissions.may_archive) == ["Lena", "Rob", "Nora"]
    assert those(permissions.may_restore) == []


# --- In the browser ---------------------------------------------------------------------------------------------------


def test_reviewer_reads_marks_and_publishes(client, waiting, rob):
    client.force_login(rob)
    assert "Letters in plain language" in text_of(client.get(to("to-review")))
    page = text_of(client.get(to("review", waiting.pk)))
    assert "Every third client called" in page
    assert "5: nearly every office has this trouble" in page

    done = client.post(to("review", waiting.pk), MARKS | {"outcome": "published", "comment": ""}, follow=True)

    assert "The practice is published." in text_of(done)
    assert fresh(waiting).live
    assert client.get(to("review", waiting.pk)).status_code == 403


def test_return_without_words_or_marks_keeps_what_was_typed(client, waiting, rob):
    client.force_login(rob)

    wrong = client.post(to("review", waiting.pk), {"outcome": "returned", "relevance": "4", "comment": ""})

    assert wrong.status_code == 422
    assert "Write what the office should mend." in text_of(wrong)
    assert "Choose a mark from 1 to 5." in text_of(wrong)
    assert not Review.objects.exists()


def test_reviewer_sees_what_is_new_against_the_published_version(client, published, lena, rob):
    save_practice(published, draft=make_draft(summary="A new summary."), revision=published.latest_revision_id, by=lena)
    submit_practice(published, by=lena)
    client.force_login(rob)

    page = text_of(client.get(to("review", published.pk)))

    assert "What is new against the published version" in page
    assert "Earlier reviews" in page


def test_nobody_reviews_in_one_s_own_office_or_elsewhere(client, waiting, lena, dora):
    client.force_login(lena)
    assert client.get(to("review", waiting.pk)).status_code == 403
    assert client.get(to("to-review")).status_code == 403
    client.force_login(dora)
    assert client.get(to("review", waiting.pk)).status_code == 404


def test_lead_confirms_archives_and_brings_back(client, published, lena, boris):
    PracticePage.objects.filter(pk=published.pk).update(confirmed_on=date(2020, 1, 1))
    client.force_login(lena)
    client.post(to("confirm", published.pk))
    assert fresh(published).confirmed_on == timezone.localdate()

    wrong = client.post(to("archive", published.pk), {"reason": ""})
    assert "Write why the practice goes into the archive." in text_of(wrong)
    client.post(to("archive", published.pk), {"reason": "<b>Replaced</b>"})
    assert fresh(published).archived_at is not None
    assert "&lt;b&gt;Replaced" in text_of(client.get(to("mine")))
    assert "Bring the practice back" in text_of(client.get(to("archive", published.pk)))
    client.post(to("archive", published.pk))
    assert fresh(published).archived_at is None

    client.force_login(boris)
    assert client.post(to("confirm", published.pk)).status_code == 403
    assert client.post(to("archive", published.pk)).status_code == 403


def test_returned_practice_says_in_the_list_what_to_mend(client, waiting, lena, rob):
    decide(waiting, "returned", rob, comment="Say how many letters.")
    client.force_login(lena)

    assert "Say how many letters." in text_of(client.get(to("mine")))
    assert latest_of(fresh(waiting)).title == "Letters in plain language"
