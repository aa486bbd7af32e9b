"""Who follows the work of all offices does not read what they wrote."""

import pytest
from django.urls import reverse

from qms.core import audit
from qms.core.models import Letter
from qms.core.permissions import own_scope_of
from qms.pdf.models import Rendering


@pytest.fixture
def letter(dora):
    return Letter.objects.create(
        kind="example",
        to=dora.email,
        user=dora,
        office_id=7,
        language="en",
        subject="Back",
        text="1.1 is too low.",
        due_at="2026-11-02T09:00Z",
    )


def test_own_offices_are_those_named_by_a_rule(anna_leads_office_7, admin, dora):
    assert [own_scope_of(one) for one in (anna_leads_office_7, admin, dora)] == [{7}, set(), set()]


def test_documents_are_for_those_who_answer_for_the_office(anna_leads_office_7, admin, dora):
    rendering = Rendering.objects.create(
        name="Report",
        office_id=7,
        language="en",
        content_hash="x",
        file="x.pdf",
        page="x.html",
        sha256="x",
        size=1,
        pages=1,
        seconds=1,
        peak_kilobytes=1,
    )

    seen = [list(Rendering.objects.visible_to(one)) for one in (anna_leads_office_7, admin, dora)]

    assert seen == [[rendering], [], []]


def test_text_of_a_letter_is_for_those_who_answer_for_the_office(client, anna_leads_office_7, admin, letter, settings):
    settings.QMS_DEMO = False
    answers = {}
    for one in (anna_leads_office_7, admin):
        client.force_login(one)
        answers[one.first_name] = (
            "too low" in client.get(letter.get_absolute_url()).content.decode(),
            client.get(reverse("core:letter-html", args=[letter.pk])).status_code,
        )

    assert answers == {"Anna": (True, 200), "Ada": (False, 403)}


@pytest.mark.parametrize("query", ["", "?as=csv"])
def test_reasons_in_the_history_are_for_those_who_answer_for_the_office(
    client, anna_leads_office_7, admin, letter, query
):
    audit.record(letter, "core.resend_letter", by=anna_leads_office_7, office_id=7, reason="Score 1.1 once more.")
    seen = {}
    for one in (anna_leads_office_7, admin):
        client.force_login(one)
        seen[one.first_name] = "once more" in client.get(reverse("core:history") + query).content.decode()

    assert seen == {"Anna": True, "Ada": False}
