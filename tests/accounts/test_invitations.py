from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.accounts import services
from qms.accounts.models import Invitation, User
from qms.core.models import Letter
from qms.lifecycle import Refused
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
JOIN = {
    "first_name": "Nina",
    "last_name": "Nowa",
    "language": "ru",
    "password": "a quiet river bends",
    "password_again": "a quiet river bends",
}


@pytest.fixture
def invited(lena):
    return services.invite("nina@example.org", by=lena, name="Nina Nowa", language="en", purpose="PUP Gołdap")


def run_out(invitation):
    past = timezone.now() - timedelta(days=1)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=past, created_at=past - timedelta(days=14))


def test_the_token_is_in_the_path_and_only_its_hash_in_the_database(invited):
    invitation, path = invited
    token = path.rstrip("/").rpartition("/")[2]

    assert path.startswith("/en/people/invitation/")
    assert token not in invitation.token_hash
    assert len(invitation.token_hash) == 64


def test_the_letter_is_in_the_language_of_the_invitation(invited):
    letter = services.post_invitation(*invited)

    assert letter.subject == "Invitation: PUP Gołdap"
    assert invited[1] in letter.text
    assert letter.is_personal


def test_a_newcomer_gives_name_password_and_language_and_is_inside(client, invited):
    invitation, path = invited

    answer = client.post(path + "?next=/en/people/me/", JOIN)

    person = User.objects.get(email="nina@example.org")
    assert (answer.status_code, answer["Location"]) == (302, "/ru/people/me/")
    assert (person.name, person.language, person.check_password(JOIN["password"])) == ("Nina Nowa", "ru", True)
    assert client.session["_auth_user_id"] == str(person.pk)
    invitation.refresh_from_db()
    assert invitation.accepted_by == person


def test_a_foreign_next_address_is_not_followed(client, invited):
    answer = client.post(invited[1] + "?next=https://evil.example/", JOIN)

    assert answer["Location"].startswith("/ru/")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password_again": "another one entirely"}, "password_again"),
        ({"password": "short", "password_again": "short"}, "password"),
        ({"password": "nina@example.org", "password_again": "nina@example.org"}, "password"),
        ({"first_name": ""}, "first_name"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_comes_in(client, invited, change, field):
    answer = client.post(invited[1], JOIN | change)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(email="nina@example.org").exists()


def test_an_invitation_works_once(client, invited):
    client.post(invited[1], JOIN)
    client.logout()

    answer = client.get(invited[1])

    assert (answer.status_code, answer.context["notice"].title) == (410, "This invitation has been used")


def test_using_it_twice_at_the_same_moment_is_refused(invited):
    invitation, _path = invited
    told = {key: JOIN[key] for key in ("first_name", "last_name", "language", "password")}
    services.join(invitation, **told, at=timezone.now())

    with pytest.raises(Refused, match="has been used"):
        services.join(invitation, **told, at=timezone.now())


def test_an_invitation_that_ran_out_offers_a_new_one(client, invited):
    invitation, path = invited
    run_out(invitation)

    answer = client.get(path)
    assert (answer.status_code, answer.context["notice"].title) == (410, "This invitation has run out")

    answer = client.post(path + "renew/")
    letter = Letter.objects.get(to="nina@example.org")
    fresh = Invitation.objects.open(timezone.now()).get()
    assert answer.status_code == 200
    assert (fresh.email, fresh.purpose) == ("nina@example.org", "PUP Gołdap")
    assert "/en/people/invitation/" in letter.text
    assert path not in letter.text


def test_new_invitations_do_not_come_by_the_minute(client, invited):
    invitation, path = invited
    run_out(invitation)
    client.post(path + "renew/")
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=None)

    answer = client.post(path + "renew/", follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert said == ["A letter was sent a few minutes ago. Look into your mailbox, then try again."]
    assert Letter.objects.count() == 1


def test_an_unknown_link_gets_a_clear_page(client, db):
    answer = client.get(reverse("accounts:invitation", args=["nonsense"]))

    assert (answer.status_code, answer.context["notice"].title) == (404, "This link leads to no invitation")


def test_an_invitation_for_another_person_is_not_taken(client, invited, boris):
    client.force_login(boris)

    answer = client.post(invited[1])

    assert (answer.status_code, answer.context["notice"].title) == (403, "This invitation is for another person")
    assert invited[0].accepted_at is None


def test_who_has_an_account_signs_in_and_then_accepts(client, lena, boris):
    invitation, path = services.invite(boris.email.upper(), by=lena, language="en", destination="/en/people/me/")

    answer = client.get(path)
    assert answer.context["notice"].title == "Welcome back"
    assert answer.context["notice"].buttons[0].url.startswith("/en/accounts/login/?next=%2Fen%2Fpeople%2Finvitation")

    client.force_login(boris)
    assert client.get(path).status_code == 200
    answer = client.post(path)
    invitation.refresh_from_db()
    assert answer["Location"] == "/en/people/me/"
    assert invitation.accepted_by == boris


def test_who_was_listed_without_a_password_joins_by_the_same_page(client, lena):
    listed = make_user("nina@example.org", password=None)
    _invitation, path = services.invite("nina@example.org", by=lena)

    client.post(path, JOIN)

    listed.refresh_from_db()
    assert listed.check_password(JOIN["password"])


def test_a_closed_account_does_not_come_back_by_invitation(lena):
    make_user("nina@example.org", password=None, is_active=False)
    invitation, _path = services.invite("nina@example.org", by=lena)

    with pytest.raises(Refused, match="closed"):
        services.join(invitation, first_name="N", last_name="N", password=PASSWORD, language="en", at=timezone.now())


def test_a_withdrawn_link_says_so_and_cannot_be_renewed(client, invited, lena):
    invitation, path = invited
    run_out(invitation)
    services.withdraw_invitation(invitation, by=lena, at=timezone.now())

    assert client.get(path).context["notice"].title == "This invitation was withdrawn"
    client.post(path + "renew/")
    assert not Invitation.objects.open(timezone.now()).exists()


def test_a_link_whose_place_a_newer_letter_took_leads_to_that_letter(client, invited, lena):
    invitation, path = invited
    services.withdraw_invitation(invitation, by=lena, at=timezone.now())
    services.invite(invitation.email, by=lena)

    assert client.get(path).context["notice"].title == "This invitation has been used"
