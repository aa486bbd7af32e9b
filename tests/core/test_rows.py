import pytest
from django.http import Http404
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from qms.core.models import Letter
from qms.core.permissions import get_permitted
from qms.core.rows import HIGHEST, NONE, row_number
from qms.goodpractices.models import PracticePage

TOO_HIGH = [HIGHEST + 1, 10**30, -(10**30)]


@pytest.mark.parametrize(("written", "number"), [("7", 7), ("007", 7), (str(HIGHEST), HIGHEST)])
def test_number_of_a_row_is_read(written, number):
    assert row_number(written) == number


@pytest.mark.parametrize("written", ["", "x", "-1", "1.5", " 1", "²", "٣", str(HIGHEST + 1), "9" * 30, "9" * 5000])
def test_what_no_row_can_have_is_none(written):
    assert row_number(written) == NONE


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Page, PracticePage])  # the number of the second is a row of the first
@pytest.mark.parametrize("number", [0, HIGHEST, *TOO_HIGH])
def test_number_that_no_row_has_is_not_found_in_any_database(model, number, anna):
    with pytest.raises(Http404):
        get_permitted(model, number, anna, lambda user, row: True)


@pytest.mark.django_db
@pytest.mark.parametrize("number", TOO_HIGH)
def test_number_that_no_row_can_have_finds_nothing_however_it_is_asked(number, anna):
    letter = Letter.objects.create(kind="x.y", to=anna.email, user=anna, language="en", due_at=timezone.now())
    for field in ("pk", "user", "user_id", "user__pk"):
        assert not Letter.objects.filter(**{field: number}).exists()
        assert not Letter.objects.filter(**{f"{field}__in": [number]}).exists()
        assert not Letter.objects.exclude(**{f"{field}__in": [anna.pk, letter.pk, number]}).exists()
    assert Letter.objects.filter(user__in=[anna, number]).get() == letter
    assert Letter.objects.exclude(user=number).get() == letter
    assert Letter.objects.in_bulk([letter.pk, number]) == {letter.pk: letter}
    assert not ModelLogEntry.objects.filter(user__in=Letter.objects.filter(pk=number).values("user")).exists()
