"""The lists of decisions and their protocols in the browser: what is shown, saved, refused, closed and verified."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.core.models import Job
from qms.core.services import run_job
from qms.jury.documents.protocol import TEMPLATE, protocol_of
from qms.jury.models import Decision, DecisionList, Exclusion, Phase, Protocol
from qms.jury.services.standing import restand
from qms.offices.models import Membership
from qms.pdf.services import html_of
from tests.factories.awards import make_category
from tests.factories.jury import (
    declare_all,
    make_ballot,
    make_juror,
    make_organiser,
    make_phase,
    make_prize,
    make_received,
)
from tests.factories.offices import make_office
from tests.jury.deciding import scored_category, three_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    one = make_organiser()
    client.force_login(one)
    return one


@pytest.fixture
def judged(region):
    return scored_category(three_offices(region))


def url(name, *args):
    return reverse(f"jury:{name}", args=args)


def typed(applications, *choices, **more):
    """What the page sends: a choice and perhaps a reason for each application."""
    sent = {"version": 0, "act": "save"} | more
    for application, choice in zip(applications, choices, strict=True):
        sent[f"choice-{application.pk}"], _, sent[f"reason-{application.pk}"] = choice.partition(": ")
    return sent


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def closed(client, category, applications, **more):
    """The protocol of the list for visits, closed in the browser."""
    sent = typed(applications, "visit", "visit", "no_visit: Too early.", act="close", confirmed="1", **more)
    client.post(url("visits-decide", category.pk), sent)
    return Protocol.objects.get()


def test_the_page_shows_order_ties_threshold_and_what_is_missing(client, organiser, region):
    category, _applications, _jurors = scored_category(three_offices(region), scores=((71, 71), (70, 71), (50, 52)))
    category.judging.visit_from = Decimal(65)
    category.judging.save()
    page = client.get(url("visits-decide", category.pk))
    text = text_of(page)

    assert page.status_code == 200
    assert "2 applications share the first place." in text
    assert "visit from 65.0 points" in text
    assert "1.–2." in text
    assert "Nothing is decided yet" in text
    assert page.content.decode().count('type="radio"') == 9


def test_a_list_is_saved_unfinished(client, organiser, judged):
    category, applications, jurors = judged
    sent = typed(applications, "visit", "talk", "", met_at="2027-03-22T10:00", present=[jurors[0].pk], note="In Elk.")
    answer = client.post(url("visits-decide", category.pk), sent)

    assert answer.status_code == 302
    found = DecisionList.objects.get()
    assert (found.note, found.met_at.isoformat()) == ("In Elk.", "2027-03-22T09:00:00+00:00")
    assert list(found.decisions.order_by("application").values_list("outcome", flat=True)) == ["visit", "talk"]


def test_a_stale_page_is_refused_and_shows_both_states(client, organiser, judged):
    category, applications, _jurors = judged
    here = url("visits-decide", category.pk)
    client.post(here, typed(applications, "visit", "", ""))
    answer = client.post(here, typed(applications, "talk", "visit", "no_visit: My words."))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Somebody saved this list meanwhile." in page
    assert "My words." in page
    assert 'name="version" value="1"' in page
    assert list(Decision.objects.values_list("outcome", flat=True)) == ["visit"]
    again = typed(applications, "talk", "visit", "no_visit: My words.", version=1)
    assert client.post(here, again).status_code == 302
    assert Decision.objects.count() == 3


def test_the_empty_ones_are_filled_by_the_threshold(client, organiser, judged):
    category, applications, _jurors = judged
    category.judging.visit_from = Decimal(65)
    category.judging.save()
    sent = typed(applications, "talk", "", "", act="fill", common="Below the threshold.")
    client.post(url("visits-decide", category.pk), sent)

    rows = Decision.objects.order_by("application").values_list("outcome", "reason")
    assert list(rows) == [("talk", ""), ("visit", ""), ("no_visit", "Below the threshold.")]


def test_too_long_a_reason_keeps_everything_typed(client, organiser, judged):
    category, applications, _jurors = judged
    answer = client.post(
        url("visits-decide", category.pk), typed(applications, "visit", "talk", f"no_visit: {'x' * 2001}")
    )

    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    assert not Decision.objects.exists()


def test_closing_is_confirmed_and_leads_to_the_protocol(client, organiser, judged):
    category, applications, _jurors = judged
    here = url("visits-decide", category.pk)
    sent = typed(applications, "visit", "visit", "no_visit: Too early.", act="close")
    assert client.post(here, sent).status_code == 422
    answer = client.post(here, sent | {"confirmed": "1"})
    protocol = Protocol.objects.get()

    assert answer["Location"] == url("protocol", protocol.pk)
    page = text_of(client.get(answer["Location"]))
    assert "Too early." in page
    text = client.get(here).content.decode()
    assert 'type="radio"' not in text
    assert "Open the protocol" in text


def test_a_list_that_cannot_be_closed_is_saved_all_the_same(client, organiser, judged):
    category, applications, _jurors = judged
    sent = typed(applications, "visit", "", "", act="close", confirmed="1")
    answer = client.post(url("visits-decide", category.pk), sent, follow=True)

    assert "The list cannot be closed yet." in text_of(answer)
    assert Decision.objects.count() == 1
    assert not Protocol.objects.exists()


def test_hidden_scores_keep_the_list_open(client, organiser, judged, region):
    category, (first, *_others), _jurors = judged
    make_ballot(make_juror(category), first)
    restand(first, timezone.now())
    page = client.get(url("visits-decide", category.pk)).content.decode()

    assert f"{first.number} enters the order when its scores are revealed." in page
    assert re.search(r'<button class="btn btn-primary" disabled>\s*Close the list', page)
    assert f'name="choice-{first.pk}"' not in page


def test_prizes_are_chosen_by_their_name(client, organiser, judged):
    category, applications, _jurors = judged
    statuette = make_prize(category)
    sent = typed(applications, f"prize-{statuette.pk}", "no_prize", "no_prize", act="close", confirmed="1")
    client.post(url("prizes-decide", category.pk), sent)

    assert list(Decision.objects.laurels().values_list("application", flat=True)) == [applications[0].pk]


def test_only_the_organiser_and_the_chair_decide_and_the_chair_while_a_phase_lets(client, judged, judy, ana, rob):
    category, applications, _jurors = judged
    chair = make_juror(category, judy, is_chair=True)
    chair.declarations.create(application=applications[0], made_at=timezone.now())
    here = url("visits-decide", category.pk)

    def asked(user):
        client.force_login(user)
        return client.get(here).status_code

    assert [asked(user) for user in (ana, rob, judy)] == [403, 403, 403]
    phase = make_phase(category.round, may_decide=False)
    assert asked(judy) == 403
    Phase.objects.filter(pk=phase.pk).update(may_decide=True)
    assert asked(judy) == 200


def test_a_chair_neither_sees_nor_closes_what_excludes_them(client, judged, judy):
    category, applications, _jurors = judged
    chair = make_juror(category, judy, is_chair=True)
    for one in applications:
        chair.declarations.create(application=one, made_at=timezone.now())
    Exclusion.objects.create(
        juror=chair, application=applications[2], kind="declared", reason="Friends.", made_at=timezone.now()
    )
    make_phase(category.round)
    client.force_login(judy)
    here = url("visits-decide", category.pk)
    page = client.get(here).content.decode()
    assert (applications[0].number in page, applications[2].number in page) == (True, False)
    sent = typed(applications[:2], "visit", "visit", act="close", confirmed="1")
    assert "the organiser closes it" in text_of(client.post(here, sent, follow=True))
    client.post(here, typed(applications, "visit", "visit", "visit", version=1))
    assert set(Decision.objects.values_list("application", flat=True)) == {one.pk for one in applications[:2]}


def test_a_chair_whom_something_excludes_does_not_read_the_protocol(client, organiser, judged, judy):
    category, applications, _jurors = judged
    protocol = closed(client, category, applications)
    chair = make_juror(category, judy, is_chair=True)
    client.force_login(judy)
    assert client.get(url("protocol", protocol.pk)).status_code == 403  # nothing is declared yet
    declare_all(chair)
    assert client.get(url("protocol", protocol.pk)).status_code == 200
    Exclusion.objects.create(
        juror=chair, application=applications[2], kind="declared", reason="Friends.", made_at=timezone.now()
    )
    assert client.get(url("protocol", protocol.pk)).status_code == 403


def test_sealed_until_the_round_closes(client, organiser, judged):
    category, _applications, _jurors = judged
    category.round.closes_at = timezone.now() + timedelta(days=1)
    category.round.save()
    page = client.get(url("visits-decide", category.pk)).content.decode()

    assert 'type="radio"' not in page
    assert "Sealed" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_application_as_for_three(client, organiser, region, django_assert_num_queries, rows):
    category, _applications, _jurors = scored_category(three_offices(region)[:rows], scores=((80, 84),) * rows)
    here = url("visits-decide", category.pk)
    client.get(here)
    with django_assert_num_queries(18):
        client.get(here)


def test_the_protocol_is_set_on_paper_and_verified_by_strangers(client, organiser, judged, monkeypatch):
    category, applications, _jurors = judged
    protocol = closed(client, category, applications)
    monkeypatch.setattr("qms.pdf.engine.typeset", lambda html, **_more: (b"%PDF-1.7 a protocol", 9))
    assert client.get(url("protocol-file", protocol.pk)).status_code == 404
    client.post(url("protocol-order", protocol.pk))
    job = Job.objects.get(kind="jury.protocol")
    run_job(job.pk)
    assert client.get(url("protocol-file", protocol.pk))["Content-Type"] == "application/pdf"

    client.logout()
    page = client.get(url("protocol-verify", protocol.code))
    text = text_of(page)
    assert page.status_code == 200
    assert category.round.title in text
    assert not any(one.office.name in text or one.number in text for one in applications)
    assert client.get(url("protocol-verify", "ZZZZZZZZZZZZ")).status_code == 404
    typed_code = f"{protocol.code[:4]}-{protocol.code[4:8].lower()}-{protocol.code[8:]}"
    answer = client.get(url("protocol-verify-any"), {"code": typed_code})
    assert answer["Location"] == url("protocol-verify", protocol.code)


def test_the_paper_holds_everything_that_counted(client, organiser, judged):
    category, applications, jurors = judged
    Exclusion.objects.create(
        juror=jurors[0], application=applications[2], kind="declared", reason="Friends.", made_at=timezone.now()
    )
    late = make_office(name="Late Office", slug="late", region=applications[0].office.region)
    protocol = closed(client, category, applications)
    make_received(late, category)
    html = html_of(protocol_of(protocol, address="http://host/verify/", language="en"), template=TEMPLATE)

    for words in ("Friends.", "Too early.", jurors[1].user.name, "Office a", protocol.sha256[:8], "Signatures"):
        assert words in html
    assert "Late Office" not in html


def test_a_chair_decides_in_own_categories_alone_and_reads_no_other_protocol(client, organiser, judged, judy):
    category, applications, _jurors = judged
    protocol = closed(client, category, applications)
    make_juror(make_category(category.round), judy, is_chair=True)
    make_phase(category.round)
    client.force_login(judy)

    asked = [url("visits-decide", category.pk), url("prizes-decide", category.pk), url("protocol", protocol.pk)]
    assert [client.get(one).status_code for one in asked] == [403, 403, 404]


def test_a_chair_learns_no_names_while_the_phase_hides_them(client, judged, judy):
    category, _applications, jurors = judged
    declare_all(make_juror(category, judy, is_chair=True))
    make_phase(category.round, shows_names=False)
    client.force_login(judy)
    page = client.get(url("visits-decide", category.pk)).content.decode()

    assert (jurors[0].sign in page, jurors[0].user.name in page) == (True, False)


def test_who_took_a_role_in_an_office_since_does_not_count_when_a_list_is_closed(client, organiser, judged):
    category, applications, jurors = judged
    Membership.objects.create(user=jurors[0].user, role="employee", office=applications[0].office)
    sent = typed(applications, "visit", "visit", "no_visit: Too early.", act="close", confirmed="1")
    answer = client.post(url("visits-decide", category.pk), sent, follow=True)

    assert "The list cannot be closed yet." in text_of(answer)
    assert applications[0].ballots.filter(ended_at__isnull=False).count() == 1
    assert not Protocol.objects.exists()
