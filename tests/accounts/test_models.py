import pytest
from django.db import IntegrityError

from qms.accounts.models import User
from qms.accounts.queries import address_in, rhythm_of
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters():
    assert make_user(" Anna.Nowak@Example.ORG ").email == "anna.nowak@example.org"


def test_two_people_cannot_share_an_address_in_any_case():
    make_user("anna@example.org")

    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="ANNA@example.org")])


def test_a_person_is_found_whatever_the_case():
    anna = make_user("anna@example.org")

    assert User.objects.get_by_natural_key("ANNA@Example.org") == anna


def test_a_person_without_a_password_has_not_joined():
    assert not make_user(password=None).has_joined


def test_the_name_falls_back_to_the_address():
    assert make_user("x@example.org", first_name="", last_name="").name == "x@example.org"


def test_a_muted_kind_is_never_sent_and_others_follow_the_rhythm():
    user = make_user(mail_rhythm="digest", muted_kinds=["assessments.reminder"])

    assert (rhythm_of(user, "assessments.reminder"), rhythm_of(user, "assessments.handed_in")) == ("none", "digest")


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        ("/pl/people/me/", "ru", "/ru/people/me/"),
        ("/pl/people/me/?x=1#y", "en", "/en/people/me/?x=1#y"),
        ("/en/people/me/", "en", "/en/people/me/"),
        ("/cms/", "ru", "/cms/"),
        ("/pl/", "ru", "/ru/"),
    ],
)
def test_a_page_has_its_twin_under_another_language(url, language, expected):
    assert address_in(url, language) == expected


def test_an_editors_page_keeps_its_own_address():
    assert address_in("/pl/aktualnosci/nowy-model/", "ru") == "/pl/aktualnosci/nowy-model/"
