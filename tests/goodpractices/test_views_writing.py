"""Writing a practice in the browser: the form, wrong input, two people at once, versions, translation."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model

from qms.goodpractices.models import PracticePage
from qms.goodpractices.permissions import may_open_file
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.services.moderating import submit_practice
from qms.goodpractices.services.writing import draft_practice, save_practice
from tests.factories.practices import make_draft

EMPTY = {
    f"{name}-{key}": value
    for name in ("steps", "results", "quotations", "pictures", "files", "films")
    for key, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))
}
WRITTEN = EMPTY | {
    "title": "Letters in plain language",
    "summary": "Calls fell by half.",
    "stage": "implemented",
    "currency": "PLN",
    "licence": "cc-by-4.0",
    "problem": "Clients called to ask what a letter meant.",
    "steps-0-title": "Chose the twelve letters",
}


def to(route, *args):
    return reverse(f"goodpractices:{route}", args=args)


def png(width=4, height=4):
    held = io.BytesIO()
    Image.new("RGB", (width, height)).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def practice(library, office, lena):
    return draft_practice(office, draft=make_draft(criteria=()), language="en", by=lena)


@pytest.fixture
def write(client, practice, lena):
    """Post the form of the practice as its lead."""
    client.force_login(lena)

    def post(**fields):
        fields = (
            {"revision": practice.latest_revision_id}
            | WRITTEN
            | {key.replace("__", "-"): v for key, v in fields.items()}
        )
        return client.post(to("edit", practice.pk), fields)

    return post


def stored(practice):
    return draft_of(latest_of(PracticePage.objects.get(pk=practice.pk)))


def text_of(response):
    return response.content.decode()


def test_colleague_begins_a_draft_and_finds_it_in_the_list(client, library, office, boris):
    client.force_login(boris)
    assert client.get(to("new")).status_code == 200

    made = client.post(to("new"), WRITTEN | {"office": office.pk, "language": "en"}, follow=True)

    assert "The draft is saved." in text_of(made)
    practice = PracticePage.objects.get()
    assert (practice.owner, practice.live, practice.locale.language_code) == (boris, False, "en")
    assert "Letters in plain language" in text_of(client.get(to("mine")))


def test_nobody_writes_for_another_office(client, library, office, dora, nora):
    client.force_login(dora)
    wrong = client.post(to("new"), WRITTEN | {"office": office.pk, "language": "en"})
    assert (wrong.status_code, PracticePage.objects.count()) == (422, 0)

    client.force_login(nora)
    assert client.get(to("new")).status_code == 403


def test_empty_practice_gets_sentences_at_its_fields(write, practice):
    wrong = write(title="", summary="", problem="", steps__0__title="", then="submit")

    said = text_of(wrong)
    assert wrong.status_code == 422
    for sentence in (
        "Give the practice a title.",
        "Write the summary: what it is and what it changed.",
        "Write what the trouble was.",
        "Tell at least one step of what you did.",
    ):
        assert sentence in said
    assert stored(practice) == make_draft(criteria=())


def test_draft_may_lack_everything_but_its_title(write, practice):
    assert write(summary="", problem="", steps__0__title="").status_code == 302
    assert (stored(practice).summary, stored(practice).steps) == ("", ())


def test_summary_has_its_limit_and_nothing_typed_is_lost(write):
    wrong = write(summary="x" * 601, failures="Lawyers sent it back.")

    assert "at most 600 characters" in text_of(wrong)
    assert "Lawyers sent it back." in text_of(wrong)
    assert "x" * 601 in text_of(wrong)


def test_script_in_text_is_shown_as_text(client, write, practice):
    write(title="<script>alert(1)</script>", problem="<img src=x onerror=alert(2)>", steps__0__title="<b>bold</b>")

    for route in ("edit", "preview", "versions"):
        shown = text_of(client.get(to(route, practice.pk)))
        assert "<script>alert(1)" not in shown
        assert "<img src=x" not in shown
        assert "<b>bold</b>" not in shown
    assert "&lt;script&gt;alert(1)" in text_of(client.get(to("mine")))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "http://youtube.com/watch?v=1", "https://example.org/film", "a film", "https://["],
)
def test_video_address_that_is_none_is_told(write, address):
    wrong = write(films__0__address=address, films__0__title="How we write")

    assert wrong.status_code == 422
    assert "address of a film" in text_of(wrong)
    assert "How we write" in text_of(wrong)


def test_film_and_quotation_become_blocks(write, practice):
    write(
        films__0__address="https://youtu.be/abc",
        films__0__title="How we write",
        quotations__0__text="At last I understood.",
        quotations__0__who="a client",
    )

    assert stored(practice).films[0].address == "https://youtu.be/abc"
    assert stored(practice).quotations[0].who == "a client"


def test_picture_of_50_megabytes_is_told_and_nothing_else_is_lost(write, practice):
    large = SimpleUploadedFile("large.png", png() + b"0" * (50 * 1024 * 1024), "image/png")

    wrong = write(pictures__0__upload=large, pictures__0__alternative="The front desk")

    assert wrong.status_code == 422
    assert "The file is larger than 20 MB." in text_of(wrong)
    assert "The front desk" in text_of(wrong)
    assert "Calls fell by half." in text_of(wrong)


def test_picture_needs_words_and_has_to_be_one(write):
    def given(content):
        return SimpleUploadedFile("desk.png", content, "image/png")

    assert "people who do not see it read this" in text_of(write(pictures__0__upload=given(png())))
    wrong = write(pictures__0__upload=given(b"GIF89a"), pictures__0__alternative="The desk")
    assert "something else is in it" in text_of(wrong)
    wrong = write(pictures__0__upload=given(png()[:40]), pictures__0__alternative="The desk")
    assert "cannot be opened as a picture" in text_of(wrong)


def test_picture_and_file_are_stored_kept_and_taken_off(write, practice, client):
    write(
        pictures__0__upload=SimpleUploadedFile("desk.png", png(), "image/png"),
        pictures__0__alternative="The desk",
        files__0__upload=SimpleUploadedFile("letter.pdf", b"%PDF-1.7 x", "application/pdf"),
        files__0__title="A letter",
    )
    draft = stored(practice)
    assert (draft.pictures[0].alternative, draft.files[0].title) == ("The desk", "A letter")
    document = get_document_model().objects.get()
    assert document.collection.name == "Good practices"
    assert "letter" in text_of(client.get(to("edit", practice.pk)))

    latest = PracticePage.objects.get(pk=practice.pk).latest_revision_id
    write(
        revision=latest,
        pictures__0__picture=draft.pictures[0].picture,
        pictures__0__alternative="The new desk",
        files__0__document=document.pk,
        files__0__title="A letter",
        files__0__off="on",
    )
    assert [one.alternative for one in stored(practice).pictures] == ["The new desk"]
    assert stored(practice).files == ()


def test_file_of_somebody_else_cannot_be_taken_along(write, practice):
    foreign = get_document_model().objects.create(title="Secret", file=SimpleUploadedFile("s.pdf", b"%PDF-1.7"))

    wrong = write(files__0__document=foreign.pk, files__0__title="Mine now")

    assert "Choose the file." in text_of(wrong)
    assert stored(practice).files == ()


def test_document_of_a_draft_is_given_to_the_office_and_its_reviewers_only(
    client, write, practice, dora, boris, rob, django_capture_on_commit_callbacks
):
    write(
        files__0__upload=SimpleUploadedFile("letter.pdf", b"%PDF-1.7 x", "application/pdf"), files__0__title="A letter"
    )
    document = get_document_model().objects.get()
    nobody = AnonymousUser()

    assert [may_open_file(reader, document) for reader in (boris, rob, dora, nobody)] == [True, True, False, False]
    client.force_login(dora)
    assert client.get(document.url).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        PracticePage.objects.get(pk=practice.pk).get_latest_revision().publish()
    assert [may_open_file(reader, document) for reader in (dora, nobody)] == [True, True]


def test_another_step_comes_without_script_and_without_complaints(client, write, practice):
    more = write(title="", more="steps")

    assert more.status_code == 200
    assert 'name="steps-1-title"' in text_of(more)
    assert "Chose the twelve letters" in text_of(more)
    assert "Give the practice a title." not in text_of(more)
    assert stored(practice) == make_draft(criteria=())


def test_result_is_checked_figure_by_figure(write, practice):
    wrong = write(results__0__title="Calls", results__0__before="64", results__0__after="many")
    assert "Enter a number." in text_of(wrong)
    wrong = write(
        results__0__title="Calls",
        results__0__before="64",
        results__0__after="31",
        results__0__low="-20",
        results__0__high="-46",
    )
    assert "smaller than the change at least" in text_of(wrong)
    assert write(results__0__title="Calls", results__0__before="64", results__0__after="31.5").status_code == 302
    assert str(stored(practice).results[0].after) == "31.5"


def test_second_of_two_editors_sees_both_texts_and_saves_over(client, write, practice, boris):
    read = practice.latest_revision_id
    save_practice(practice, draft=make_draft(summary="Boris wrote this."), revision=read, by=boris)

    wrong = write(summary="Lena wrote that.")

    assert wrong.status_code == 422
    assert "Somebody else saved this practice meanwhile." in text_of(wrong)
    assert "<del>Boris</del>" in text_of(wrong)
    assert "<ins>Lena</ins>" in text_of(wrong)
    assert stored(practice).summary == "Boris wrote this."

    latest = PracticePage.objects.get(pk=practice.pk).latest_revision_id
    assert f'name="revision" value="{latest}"' in text_of(wrong)
    assert write(summary="Lena wrote that.", revision=latest).status_code == 302
    assert stored(practice).summary == "Lena wrote that."


def test_versions_are_compared_field_by_field(client, write, practice, dora, rob):
    write(summary="Calls fell by two thirds.")

    shown = text_of(client.get(to("versions", practice.pk)))

    assert "<ins>by two thirds</ins>" in shown or "<ins>two thirds</ins>" in shown
    assert "published" not in shown.split("<tbody>")[1].split("</tbody>")[0]
    client.force_login(dora)
    assert client.get(to("versions", practice.pk)).status_code == 404


def test_colleague_edits_own_draft_only_and_hands_nothing_in(client, practice, boris):
    client.force_login(boris)

    assert client.get(to("edit", practice.pk)).status_code == 403
    assert client.post(to("submit", practice.pk)).status_code == 403


def test_waiting_practice_cannot_be_changed_until_it_is_taken_back(client, library, office, lena, rob):
    practice = draft_practice(office, draft=make_draft(), language="en", by=lena)
    client.force_login(lena)
    sent = client.post(to("submit", practice.pk), follow=True)
    assert "The practice is with the reviewer now." in text_of(sent)
    assert client.get(to("edit", practice.pk)).status_code == 403

    client.post(to("withdraw", practice.pk))

    assert client.get(to("edit", practice.pk)).status_code == 200
    assert not PracticePage.objects.get(pk=practice.pk).workflow_in_progress


def test_incomplete_practice_is_not_handed_in(client, practice, lena):
    client.force_login(lena)

    refused = client.post(to("submit", practice.pk), follow=True)

    assert "Before handing in" in text_of(refused)


def test_translation_is_a_draft_in_the_other_library(client, practice, lena):
    client.force_login(lena)

    client.post(to("translate", practice.pk), {"language": "pl"})
    again = client.post(to("translate", practice.pk), {"language": "pl"}, follow=True)

    copy = PracticePage.objects.exclude(pk=practice.pk).get()
    assert (copy.translation_key, copy.locale.language_code, copy.live) == (practice.translation_key, "pl", False)
    assert stored(copy) == stored(practice)
    assert "already there in that language" in text_of(again)
    unknown = client.post(to("translate", practice.pk), {"language": "xx"}, follow=True)
    assert "no library" in text_of(unknown)


def test_preview_leads_readers_to_the_published_page(client, practice, lena, dora):
    client.force_login(dora)
    assert client.get(to("preview", practice.pk)).status_code == 404
    practice.get_latest_revision().publish()
    assert client.get(to("preview", practice.pk)).status_code == 302

    client.force_login(lena)
    save_practice(practice, draft=make_draft(title="Newer"), revision=practice.latest_revision_id, by=lena)
    assert "Newer" in text_of(client.get(to("preview", practice.pk)))


def test_mine_says_what_is_next(client, library, office, lena, rob):
    practice = draft_practice(office, draft=make_draft(), language="en", by=lena)
    client.force_login(lena)
    assert "Hand in for review" in text_of(client.get(to("mine")))

    submit_practice(practice, by=lena)
    assert "Take it back" in text_of(client.get(to("mine")))

    PracticePage.objects.get(pk=practice.pk).get_latest_revision().publish()
    long_ago = timezone.now() - timedelta(days=400)
    PracticePage.objects.filter(pk=practice.pk).update(first_published_at=long_ago, confirmed_on=None)
    assert "It is still true" in text_of(client.get(to("mine")))
