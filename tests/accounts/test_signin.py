import re

import pytest
from django.test import override_settings

from qms.accounts.forms import LoginForm
from qms.core.models import Letter
from tests.factories.accounts import PASSWORD, give_second_factor, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/pl/accounts/login/"


def test_one_signs_in_by_e_mail_in_any_case_and_goes_on_in_the_own_language(client):
    make_user("anna@example.org", language="ru")

    answer = client.post(f"{LOGIN}?next=/pl/people/me/", {"login": "Anna@Example.org", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/ru/people/me/")


def test_a_wrong_password_is_said_beside_the_form(client):
    make_user("anna@example.org")

    answer = client.post(LOGIN, {"login": "anna@example.org", "password": "wrong"})

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_closed_account_does_not_sign_in(client):
    make_user("anna@example.org", is_active=False)

    client.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_without_an_invitation(client):
    answer = client.post("/en/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD})

    assert "Accounts are opened by invitation" in answer.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "3/m/ip"})
def test_guessing_is_slowed_down(client):
    make_user("anna@example.org")
    for _attempt in range(3):
        client.post(LOGIN, {"login": "anna@example.org", "password": "wrong"})

    client.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_with_an_authenticator_the_password_is_only_the_first_step(client):
    give_second_factor(make_user("anna@example.org"))

    answer = client.post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    assert "/accounts/2fa/authenticate/" in answer["Location"]
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_by_letter_in_the_persons_language(client):
    anna = make_user("anna@example.org", language="en")

    client.post("/pl/accounts/password/reset/", {"email": "ANNA@example.org"})

    letter = Letter.objects.get(to="anna@example.org")
    assert (letter.kind, letter.language, letter.subject) == ("accounts.password_reset", "en", "A new password")
    path = re.search(r"http://testserver(/\S+)", letter.text)[1]
    page = client.get(path, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "a quiet river bends", "password2": "a quiet river bends"})
    anna.refresh_from_db()
    assert anna.check_password("a quiet river bends")


def test_an_unknown_address_hears_the_same_answer_on_the_page(client):
    known, unknown = make_user("anna@example.org").email, "nobody@example.org"

    answers = [client.post("/en/accounts/password/reset/", {"email": email}) for email in (known, unknown)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Letter.objects.get(to=unknown).kind == "accounts.unknown_address"


@pytest.mark.parametrize(
    "path",
    ["logout/", "password/reset/", "password/reset/done/", "password/change/", "2fa/", "2fa/totp/activate/"],
)
def test_the_pages_of_sign_in_draw(client, path):
    client.force_login(make_user())

    assert client.get(f"/en/accounts/{path}", follow=True).status_code == 200


def test_the_sign_in_page_draws_for_a_stranger(client):
    assert client.get("/en/accounts/login/").content.decode().count('href="/en/accounts/password/reset/"') == 1


def test_our_sign_in_form_leaves_the_way_to_a_new_password_to_the_page(rf):
    form = LoginForm(request=rf.get("/"))

    assert (str(form["login"].label), form["password"].help_text) == ("E-mail", "")
