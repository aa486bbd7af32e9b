import pytest

from qms.core import letters
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
TOLD = {"first_name": "Anna", "last_name": "Nowak", "language": "ru", "mail_rhythm": "digest"}


@pytest.fixture(autouse=True)
def _three_kinds(monkeypatch):
    letters.kinds()  # those of the apps are read now, and are back after the test
    monkeypatch.setattr(letters, "_kinds", {})
    letters.register_kind("assessments.reminder", "Reminders")
    letters.register_kind("assessments.handed_in", "Sheets handed in")
    letters.register_kind("assessments.invitation", "Invitations")


def test_one_keeps_name_language_and_the_letters_one_wants(client):
    user = make_user(muted_kinds=["awards.news"])
    client.force_login(user)

    answer = client.post("/en/people/me/", TOLD | {"wanted_kinds": ["assessments.handed_in"]})

    user.refresh_from_db()
    assert answer["Location"] == "/ru/people/me/"
    assert (user.name, user.language, user.mail_rhythm) == ("Anna Nowak", "ru", "digest")
    assert user.muted_kinds == ["awards.news", "assessments.reminder"]


def test_a_profile_without_a_name_is_not_kept(client):
    user = make_user(first_name="Anna")
    client.force_login(user)

    answer = client.post("/en/people/me/", TOLD | {"first_name": ""})

    user.refresh_from_db()
    assert list(answer.context["form"].errors) == ["first_name"]
    assert user.first_name == "Anna"


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/en/people/me/")["Location"] == "/en/accounts/login/?next=/en/people/me/"
