"""Preferences that people choose on their page are those that letters obey."""

import pytest

from qms.accounts.services import invite, post_invitation
from qms.core import letters
from qms.core.models import Letter

pytestmark = pytest.mark.django_db


def wishes_none(person):
    person.mail_rhythm = "none"
    person.save()
    return person


def test_lena_chooses_and_core_knows(client, lena):
    client.force_login(lena)
    told = {"first_name": "Lena", "last_name": "Example", "language": "en", "mail_rhythm": "digest"}
    wanted = [kind.code for kind in letters.declinable() if kind.code != "core.job_done"]

    client.post("/en/people/me/", told | {"wanted_kinds": wanted})

    lena.refresh_from_db()
    assert letters.rhythm_for(lena, "core.job_done") == "none"
    assert letters.rhythm_for(lena, "assessments.reminder") == "digest"


def test_page_offers_only_what_one_may_decline(client, boris):
    client.force_login(boris)

    page = client.get("/en/people/me/").content.decode().replace("\xa0", " ")

    assert 'value="core.job_done"' in page
    assert 'value="accounts.invitation"' not in page
    assert 'id="letters"' in page
    assert "Invitations, new passwords and notices of safety always come at once." in page


def test_boris_wants_none_and_is_invited_all_the_same(boris):
    wishes_none(boris)

    letter = post_invitation(*invite(boris.email, by=None))

    assert (letter.user, letter.state) == (boris, "waiting")
    assert letters.kind_of(letter.kind).always_goes


def test_boris_wants_none_and_gets_a_new_password_all_the_same(client, boris):
    wishes_none(boris)

    client.post("/en/accounts/password/reset/", {"email": boris.email})

    letter = Letter.objects.get(to=boris.email)
    assert (letter.kind, letter.state) == ("accounts.password_reset", "waiting")
    assert "/en/people/me/#letters" in letter.text
