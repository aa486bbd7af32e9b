"""Pictures have a public address only where everybody reads the practice."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model
from wagtail.images.models import Rendition
from wagtail.models import Site

from qms.goodpractices.domain.draft import NewPicture, Uploads
from qms.goodpractices.models import PracticePage
from qms.goodpractices.services.keeping import release_practices, withhold_practices
from qms.goodpractices.services.moderating import submit_practice
from qms.goodpractices.services.writing import draft_practice
from tests.factories.practices import make_draft
from tests.goodpractices.test_views_writing import png, text_of, to


@pytest.fixture
def practice(homes, library, office, lena):
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": homes[0]}
    )
    desk = NewPicture(SimpleUploadedFile("desk.png", png(8, 4), "image/png"), "The front desk", "")
    return draft_practice(office, draft=make_draft(), uploads=Uploads((desk,), ()), language="en", by=lena)


def address_in(page):
    return re.search(r'<img src="([^"]+)"[^>]*alt="The front desk"', page)[1]


def test_preview_shows_the_picture_without_making_it_public(client, practice, lena, rob, dora):
    client.force_login(lena)
    address = address_in(text_of(client.get(to("preview", practice.pk))))

    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert "no-store" in shown["Cache-Control"]
    assert b"".join(shown.streaming_content) == png(8, 4)
    assert not Rendition.objects.exists()
    submit_practice(practice, by=lena)
    client.force_login(rob)
    assert client.get(address).status_code == 200
    client.force_login(dora)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_only_pictures_of_this_very_practice_are_given(client, practice, lena, dora):
    other = get_image_model().objects.create(title="Secret", file=SimpleUploadedFile("s.png", png()), width=4, height=4)
    client.force_login(lena)

    for asked in (other.pk, "x", "9999"):
        assert client.get(f"{to('preview', practice.pk)}?picture={asked}").status_code == 404

    practice.get_latest_revision().publish()
    own = get_image_model().objects.exclude(pk=other.pk).get()
    client.force_login(dora)
    assert client.get(f"{to('preview', practice.pk)}?picture={own.pk}").status_code == 404


def test_public_copy_comes_with_publishing_and_goes_when_the_practice_is_withheld(client, practice, lena):
    practice.get_latest_revision().publish()
    page = PracticePage.objects.get(pk=practice.pk)
    assert "/media/" in address_in(text_of(client.get(page.get_url())))
    assert Rendition.objects.count() == 1

    withhold_practices([page], reason="No longer shared.", by=lena)
    client.force_login(lena)
    assert "?picture=" in address_in(text_of(client.get(page.get_url())))
    assert not Rendition.objects.exists()

    release_practices([page], by=lena)
    assert "/media/" in address_in(text_of(client.get(page.get_url())))
