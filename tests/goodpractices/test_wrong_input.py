"""Wrong input to a new practice and to one that two people write: a clear message, and nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model

from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.services.writing import draft_practice, save_practice
from tests.factories.practices import make_draft
from tests.goodpractices.test_views_writing import WRITTEN, png, text_of, to

MEANWHILE = "Somebody else saved this practice meanwhile."


@pytest.fixture
def begin(client, library, office, lena):
    """Post the form of a new practice."""
    client.force_login(lena)
    return lambda **typed: client.post(to("new"), WRITTEN | {"office": office.pk, "language": "en"} | typed)


@pytest.fixture
def practice(library, office, lena):
    return draft_practice(office, draft=make_draft(criteria=()), language="en", by=lena)


@pytest.fixture
def write(client, practice, lena):
    """Post the form of the practice as its lead who opened it before anybody else wrote."""
    client.force_login(lena)
    read = practice.latest_revision_id
    return lambda **typed: client.post(to("edit", practice.pk), {"revision": read} | WRITTEN | typed)


@pytest.fixture
def overtaken(practice, boris):
    """The same practice, saved by a colleague meanwhile."""
    draft = make_draft(criteria=(), summary="Boris wrote this.")
    return save_practice(practice, draft=draft, revision=practice.latest_revision_id, by=boris)


def stored(practice):
    return draft_of(latest_of(PracticePage.objects.get(pk=practice.pk)))


def test_empty_new_practice_asks_for_a_title_and_makes_nothing(begin):
    wrong = begin(title=" ", summary="", problem="Typed before the title.")

    assert wrong.status_code == 422
    assert "Give the practice a title." in text_of(wrong)
    assert "Typed before the title." in text_of(wrong)
    assert not PracticePage.objects.exists()


def test_picture_of_50_megabytes_in_a_new_practice_is_told_and_the_text_stays(begin):
    large = SimpleUploadedFile("large.png", png() + b"0" * (50 * 1024 * 1024), "image/png")

    wrong = begin(**{"pictures-0-upload": large, "pictures-0-alternative": "The front desk"})

    assert wrong.status_code == 422
    assert "large.png: The file is larger than 20 MB." in text_of(wrong)
    for typed in ("The front desk", WRITTEN["title"], WRITTEN["problem"], WRITTEN["steps-0-title"]):
        assert typed in text_of(wrong)
    assert (PracticePage.objects.count(), get_image_model().objects.count()) == (0, 0)


def test_second_of_two_who_hands_in_sees_what_stands_and_loses_nothing(write, practice, overtaken):
    wrong = write(summary="Lena wrote that.", then="save", **{"steps-0-text": "In three meetings."})

    assert wrong.status_code == 422
    assert MEANWHILE in text_of(wrong)
    for typed in ("Lena wrote that.", "In three meetings."):
        assert typed in text_of(wrong)
    assert stored(practice).summary == "Boris wrote this."


def test_mistake_before_does_not_hide_that_somebody_was_quicker(write, practice, overtaken):
    read = practice.revisions.order_by("pk").first().pk
    wrong = write(title="")
    assert f'name="revision" value="{read}"' in text_of(wrong)

    again = write(summary="Lena wrote that.")

    assert MEANWHILE in text_of(again)
    assert stored(practice).summary == "Boris wrote this."


def test_picture_handed_in_while_somebody_was_quicker_is_not_stored_and_this_is_said(write, overtaken):
    picture = SimpleUploadedFile("desk.png", png(), "image/png")

    wrong = write(**{"pictures-0-upload": picture, "pictures-0-alternative": "The desk"})

    assert MEANWHILE in text_of(wrong)
    assert "new files have to be chosen again" in text_of(wrong)
    assert "The desk" in text_of(wrong)
    assert not get_image_model().objects.exists()
