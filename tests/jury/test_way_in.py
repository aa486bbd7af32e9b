"""Jurors find their work without knowing an address."""

import pytest
from django.urls import reverse

from tests.factories.jury import make_judged_category, make_juror, make_phase, make_received

pytestmark = pytest.mark.django_db


def test_juror_finds_the_jury_in_the_menu_and_what_waits_among_the_tasks(client, office):
    category = make_judged_category()
    make_received(office, category)
    juror = make_juror(category, accepted_at=None)
    make_phase(category.round)
    client.force_login(juror.user)

    page = client.get(reverse("portal:tasks"), follow=True).content.decode()

    assert f'href="{reverse("jury:home")}"' in page
    assert "Promise to be impartial" in page


def test_who_is_no_juror_is_not_led_to_juries(client, lena):
    client.force_login(lena)

    assert reverse("jury:home") not in client.get(reverse("portal:tasks"), follow=True).content.decode()
