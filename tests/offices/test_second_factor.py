import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.urls import reverse

from qms.offices.queries import needs_second_factor
from qms.offices.services import add_member
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
SETUP = "/en/accounts/2fa/totp/activate/"
PAGE = "/en/people/me/"


@pytest.mark.parametrize("name", ["pat", "nora", "rob"])
def test_a_guarded_role_without_a_second_factor_is_sent_to_set_it_up(client, name, request):
    person = request.getfixturevalue(name)
    Authenticator.objects.all().delete()
    client.force_login(person)

    assert client.get(PAGE)["Location"] == SETUP
    assert client.get("/cms/", follow=False)["Location"].endswith("/accounts/2fa/totp/activate/")


@pytest.mark.parametrize("name", ["pat", "nora", "rob"])
def test_with_a_second_factor_the_page_opens(client, name, request):
    client.force_login(request.getfixturevalue(name))

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["ana", "lena", "boris", "dora", "judy", "mark"])
def test_other_roles_need_none(client, name, request):
    client.force_login(request.getfixturevalue(name))

    assert client.get(PAGE).status_code == 200


def test_the_way_out_and_the_set_up_stay_open(client, pat):
    Authenticator.objects.all().delete()
    client.force_login(pat)

    assert client.get("/en/accounts/logout/").status_code == 200
    assert client.get(SETUP, follow=True).status_code == 200
    assert client.get("/pl/accounts/2fa/totp/activate/", follow=True).status_code == 200


@pytest.mark.parametrize(("is_demo", "status"), [(True, 200), (False, 302)])
def test_the_door_of_the_demonstration_waives_it_only_in_a_demonstration(client, pat, is_demo, status):
    Authenticator.objects.all().delete()
    client.force_login(pat)
    session = client.session
    session["demo_door"] = True
    session.save()

    with override_settings(QMS_DEMO=is_demo):
        assert client.get(PAGE).status_code == status


def test_the_editors_own_door_leads_to_ours(client, pat):
    answer = client.post("/cms/login/?next=/cms/pages/", {"username": pat.email, "password": PASSWORD})

    assert answer["Location"].endswith("/accounts/login/?next=%2Fcms%2Fpages%2F")
    assert "_auth_user_id" not in client.session


def test_one_sets_it_up_and_goes_on(client, pat):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time  # noqa: PLC0415

    Authenticator.objects.all().delete()
    client.post("/en/accounts/login/", {"login": pat.email, "password": PASSWORD})
    page = client.get(SETUP)
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    client.post(SETUP, {"code": code})

    assert client.get(reverse("accounts:profile")).status_code == 200
    assert Authenticator.objects.filter(user=pat).exists()


def test_a_role_that_needs_it_asks_for_it_at_the_very_next_request(
    client, boris, pat, django_capture_on_commit_callbacks
):
    client.force_login(boris)
    assert client.get(PAGE).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        add_member(boris, "national_coordinator", by=pat)

    assert client.get(PAGE)["Location"] == SETUP


def test_whether_it_is_needed_is_read_once_a_minute(client, boris, django_assert_num_queries):
    client.force_login(boris)
    needs_second_factor(boris)

    with django_assert_num_queries(0):
        assert not needs_second_factor(boris)
