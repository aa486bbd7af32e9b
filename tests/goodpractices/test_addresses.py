"""No practice hides behind an address of the platform's own."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from qms.goodpractices.models.addresses import is_reserved, reserved_words
from qms.goodpractices.services.writing import draft_practice
from tests.factories.goodpractices import make_practice
from tests.factories.practices import make_draft


@pytest.mark.parametrize("slug", ["mine", "new", "map", "searches", "open-data", "to-review", "questions", "2026"])
def test_addresses_of_the_library_are_kept(slug):
    assert is_reserved(slug)


@pytest.mark.parametrize("slug", ["mine-and-yours", "2026-in-review", "practice", "Łódź"])
def test_other_addresses_are_free(slug):
    assert not is_reserved(slug)


def test_every_address_of_the_library_begins_with_a_kept_word_or_a_number():
    for pattern in get_resolver("qms.goodpractices.urls").url_patterns:
        head = str(pattern.pattern).partition("/")[0]
        assert head in reserved_words() or head == "<int:pk>"


@pytest.mark.parametrize(("title", "slug"), [("Mine!", "mine-pup-goldap"), ("2026", "2026-pup-goldap")])
def test_a_draft_gets_another_address_by_itself(library, office, lena, title, slug):
    practice = draft_practice(office, draft=make_draft(title=title), language="en", by=lena)

    assert practice.slug == slug


def test_a_page_with_a_kept_address_is_refused_with_a_sentence(library, office):
    with pytest.raises(ValidationError, match="The platform itself uses this address"):
        make_practice(office, library=library, slug="map")
