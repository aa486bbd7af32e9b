"""Pages of an edition: what they show is what may be shown at the moment when they are read."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from qms.assessments.models import Assessment
from qms.exchange.models import Dismissal, Edition, OfficePage, Release
from tests.factories.exchange import make_call, make_edition, make_offer, make_theme, make_visit
from tests.factories.exchange_pages import (
    a_distribution,
    a_need,
    a_proposal,
    block,
    make_office_page,
    make_shared,
    make_site,
    make_theme_page,
)
from tests.factories.goodpractices import make_practice

pytestmark = pytest.mark.django_db
RESULT = {"title": "Days until an answer", "unit": "days", "before": Decimal(21), "after": Decimal(14)}


@pytest.fixture
def front(db):
    return make_site()


@pytest.fixture
def edition(front, nora):
    return make_edition(by=nora)


@pytest.fixture
def practice(front, other_office):
    return make_practice(other_office, title="A card for village heads", results=[RESULT], effect="proven")


def read(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def page(edition, office, practice):
    return make_office_page(edition, office, a_need(a_proposal(practice, effect="proven")))


def test_lead_reads_score_reason_distribution_and_why_a_practice_is_proposed(client, page, lena):
    client.force_login(lena)
    text = read(client, page)

    told = ("For your office", "Nobody asks.", "You 28", "median 41", "A card for village heads", "Add to the plan")
    assert [words for words in told if words not in text] == []
    assert "proven by measurement: Days until an answer, from 21 to 14 days." in text
    assert "the same kind of office as yours: county labour office" in text


def test_who_sees_an_office_s_page(client, page, boris, rob, nora, dora, pat, judy):
    answers = {}
    for person in (boris, rob, nora, dora, pat, judy):
        client.force_login(person)
        answers[person.first_name] = client.get(page.get_url()).status_code
    client.logout()

    assert answers == {"Boris": 200, "Rob": 200, "Nora": 200, "Dora": 404, "Pat": 404, "Judy": 404}
    assert client.get(page.get_url()).status_code == 302


def test_coordinator_reads_for_whom_it_is_and_gets_no_buttons_of_the_office(client, page, rob):
    client.force_login(rob)
    text = read(client, page)

    assert ("For PUP Gołdap" in text, "Not for us" in text, "Add to the plan" in text) == (True, False, False)


def test_practice_that_was_withheld_is_gone_at_once(client, page, practice, lena):
    type(practice).objects.filter(pk=practice.pk).update(withheld_at=datetime(2026, 11, 21, tzinfo=UTC))
    client.force_login(lena)

    assert ("A card for village heads" in read(client, page)) is False


def test_score_of_the_host_is_told_only_while_it_is_shared_by_name(
    client, edition, office, other_office, practice, lena
):
    shared = make_shared(other_office)
    page = make_office_page(edition, office, a_need(a_proposal(practice, host_score="74", host_assessment=shared.pk)))
    client.force_login(lena)
    before = "a score of 74 here" in read(client, page)
    Assessment.objects.filter(pk=shared.pk).update(benchmark_consent="anonymous")

    assert (before, "a score of 74 here" in read(client, page)) == (True, False)


def test_distribution_of_which_somebody_withdrew_is_gone_at_once(client, edition, office, lena):
    release = Release.objects.create(edition=edition, framework="small-2020", node="1.1", contributors=[1], shown={})
    page = make_office_page(edition, office, a_need(distribution=a_distribution(release=release.pk)))
    client.force_login(lena)
    before = "Data in a table" in read(client, page)
    Release.objects.update(withdrawn_at=datetime(2026, 11, 21, tzinfo=UTC))

    assert (before, "Data in a table" in read(client, page)) == (True, False)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("held_back", "beside the last one it would tell too much"),
        ("too_few", "fewer than 5 offices share"),
        ("kept", "The distribution is older"),
    ],
)
def test_page_says_why_a_distribution_is_missing_or_old(client, edition, office, lena, state, said):
    page = make_office_page(edition, office, a_need(distribution=a_distribution(state=state)))
    client.force_login(lena)

    assert said in read(client, page)


def test_proposal_set_aside_leaves_the_list_and_comes_back(client, page, practice, lena):
    about = {"practice": str(practice.translation_key), "framework": "small-2020", "node": "1.1"}
    client.force_login(lena)
    client.post(reverse("exchange:set-aside", args=[page.pk]), about)
    aside = read(client, page)
    client.post(reverse("exchange:take-back", args=[page.pk]), about)

    assert ("1 set aside" in aside, "Why we propose it" in aside) == (True, False)
    assert ("set aside" in read(client, page), Dismissal.objects.count()) == (False, 0)


def test_setting_aside_is_for_heads_of_the_office(client, page, practice, boris, rob, dora, ana):
    about = {"practice": str(practice.translation_key), "framework": "small-2020", "node": "1.1"}
    answers = {}
    for person in (boris, rob, dora, ana):
        client.force_login(person)
        answers[person.first_name] = client.post(reverse("exchange:set-aside", args=[page.pk]), about).status_code

    assert answers == {"Boris": 403, "Rob": 403, "Dora": 404, "Ana": 302}


@pytest.mark.parametrize("wrong", [{"practice": "x"}, {"node": ""}, {"framework": "f" * 61}])
def test_setting_aside_what_is_nothing_is_not_found(client, page, practice, lena, wrong):
    about = {"practice": str(practice.translation_key), "framework": "small-2020", "node": "1.1", **wrong}
    client.force_login(lena)

    assert client.post(reverse("exchange:set-aside", args=[page.pk]), about).status_code == 404


def test_full_offer_is_no_longer_shown_but_to_who_asked(client, edition, office, other_office, lena, dora):
    offer = make_offer(other_office, by=dora, allowed=1)
    page = make_office_page(edition, office, block("welcome", offers=[offer.pk]))
    client.force_login(lena)
    free = "Ask for a visit" in read(client, page)
    visit = make_visit(offer, office, by=lena)
    asked = "You have asked for a visit" in read(client, page)
    visit.office = other_office
    visit.save()

    assert (free, asked, "PUP Starachowice" in read(client, page)) == (True, True, False)


def test_closed_call_is_gone_and_a_nameless_one_keeps_its_name(client, edition, office, other_office, lena, dora):
    open_call = make_call(other_office, by=dora, by_name=False, text="How do you ask employers?")
    closed = make_call(other_office, by=dora, text="Nobody needs this.", closed_at=datetime(2026, 11, 1, tzinfo=UTC))
    rows = [{"call": call.pk, "node": "1.1", "own": "74"} for call in (open_call, closed)]
    page = make_office_page(edition, office, block("asked", rows=rows))
    client.force_login(lena)
    text = read(client, page)

    assert ("How do you ask employers?" in text, "Nobody needs this." in text) == (True, False)
    assert ("PUP Starachowice" in text, "1.1, your score 74" in text) == (False, True)


def test_page_takes_as_many_queries_for_three_needs_as_for_one(client, edition, office, other_office, lena, dora):
    def opened(count):
        needs = []
        for number in range(count):
            practice = make_practice(other_office, title=f"Practice {count}-{number}", results=[RESULT])
            offer = make_offer(other_office, by=dora)
            needs.append(a_need(a_proposal(practice, offer=offer.pk, effect="told"), node=f"1.{number + 1}"))
        calls = [make_call(other_office, by=dora) for _number in range(count)]
        rows = [{"call": call.pk, "node": "1.1", "own": "74"} for call in calls]
        page = make_office_page(edition, office, *needs, block("asked", rows=rows))
        client.get(page.get_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page.get_url()).status_code == 200
        return len(asked)

    client.force_login(lena)

    assert opened(1) == opened(3)


# --- Themes, the edition, the front -----------------------------------------------------------------------------------


def test_office_that_works_no_more_is_named_with_no_score_and_asks_nobody(
    client, edition, office, other_office, lena, dora
):
    shared, call = make_shared(other_office), make_call(other_office, by=dora, text="How do you ask employers?")
    row = {"assessment": shared.pk, "office": other_office.pk, "node": "1.1", "score": "74", "before": None}
    page = make_office_page(
        edition,
        office,
        block("strong", rows=[{**row, "year": 2026, "before_year": None}]),
        block("asked", rows=[{"call": call.pk, "node": "1.1", "own": "74"}]),
    )
    client.force_login(lena)
    before = read(client, page)
    type(other_office).objects.filter(pk=other_office.pk).update(is_active=False)
    after = read(client, page)

    assert ("score 74 in 2026" in before, "How do you ask employers?" in before) == (True, True)
    assert ("score 74 in 2026" in after, "How do you ask employers?" in after) == (False, False)


def test_theme_shows_strong_offices_only_while_they_want_to_be_named(client, edition, other_office, lena, practice):
    shared = make_shared(other_office)
    row = {"assessment": shared.pk, "office": other_office.pk, "node": "1.1", "score": "74", "before": None}
    page = make_theme_page(
        make_theme(edition, titles={"en": "Clients"}),
        block("distribution", "distribution-1.1", **a_distribution()),
        block("strong", rows=[{**row, "year": 2026, "before_year": None}]),
        block("practices", rows=[{"practice": str(practice.translation_key), "adopted": 2, "measured": 0}], more=3),
    )
    client.force_login(lena)
    before = read(client, page)
    Assessment.objects.filter(pk=shared.pk).update(benchmark_consent="nothing")

    assert ("Who is strong here" in before, "Who is strong here" in read(client, page)) == (True, False)
    assert ("3 more in the library" in before, "2 other offices took it over" in before) == (True, True)


def test_edition_counts_what_is_open_now(client, edition, other_office, lena, dora, practice):
    offer = make_offer(other_office, by=dora)
    theme = make_theme(edition, titles={"en": "Clients"})
    page = make_theme_page(
        theme,
        block("practices", rows=[{"practice": str(practice.translation_key)}]),
        block("visits", offers=[offer.pk]),
        block("help", calls=[make_call(other_office, by=dora).pk]),
    )
    client.force_login(lena)
    before = read(client, page.get_parent())
    offer.closed_at = datetime(2026, 11, 1, tzinfo=UTC)
    offer.save()

    assert [words in before for words in ("1 practice", "1 office invites", "1 call for help")] == [True] * 3
    assert "office invites" not in read(client, page.get_parent())


def test_stranger_reads_the_front_with_titles_and_no_ways_in(client, front, edition):
    make_theme_page(make_theme(edition, titles={"en": "Clients"}), block("visits", offers=[]))
    text = read(client, front)

    assert ("Clients" in text, "Sign in to read the pages" in text) == (True, True)
    assert (reverse("exchange:for-you") in text, reverse("exchange:consent") in text) == (False, False)


def test_lead_finds_all_ways_on_the_front(client, front, edition, lena):
    make_office_page(edition, make_offer(lena.memberships.get().office).office, a_need())
    client.force_login(lena)
    text = read(client, front)
    ways = ("for-you", "offer-list", "help-list", "meeting-list", "edition-list", "consent")

    assert [way for way in ways if f'href="{reverse(f"exchange:{way}")}"' not in text] == []


def test_page_of_a_closed_edition_says_so(client, page, lena):
    Edition.objects.update(state="closed")
    client.force_login(lena)

    assert "This edition is closed" in read(client, page)


# --- The way to one's own page ----------------------------------------------------------------------------------------


def test_way_leads_to_the_office_s_page_in_the_newest_edition(client, page, edition, nora, lena):
    make_edition(by=nora, state="draft", starts_on=edition.starts_on + timedelta(days=30))
    client.force_login(lena)

    assert client.get(reverse("exchange:for-you")).url == page.get_url()


@pytest.mark.parametrize("made", ["nothing", "edition", "assessment", "failed"])
def test_way_says_what_is_missing(client, front, office, lena, nora, made):
    said = {
        "nothing": "No edition is under way",
        "edition": "Your office has no approved self-assessment",
        "assessment": "The page is being built",
        "failed": "The page could not be built",
    }
    if made != "nothing":
        edition = make_edition(by=nora)
    if made == "assessment":
        make_shared(office, framework=edition.framework)
    if made == "failed":
        make_office_page(edition, office, a_need())
        edition.parts.update(state="failed")
        OfficePage.objects.update(live=False)
    client.force_login(lena)

    assert said[made] in client.get(reverse("exchange:for-you")).content.decode()


def test_coordinator_finds_the_pages_of_the_region(client, page, rob, nora, pat):
    found = {}
    for person in (rob, nora, pat):
        client.force_login(person)
        found[person.first_name] = page.get_url() in client.get(reverse("exchange:for-you")).content.decode()

    assert found == {"Rob": True, "Nora": True, "Pat": False}


def test_office_in_the_address_is_held_to_the_same_right(client, page, office, rob, pat, dora):
    address = reverse("exchange:for-you") + f"?office={office.pk}"
    answers = {}
    for person in (rob, pat, dora):
        client.force_login(person)
        answers[person.first_name] = client.get(address).status_code

    assert answers == {"Rob": 302, "Pat": 403, "Dora": 404}
    assert client.get(reverse("exchange:for-you") + "?office=x").status_code == 404


def test_draft_page_opens_in_the_preview_of_the_cms(client, page, nora):
    client.force_login(nora)
    request = page.make_preview_request()

    assert request.status_code == 200


def test_days_that_are_over_are_not_shown(client, edition, office, other_office, lena, dora):
    offer = make_offer(other_office, by=dora, days=[(localdate() - timedelta(days=2)).isoformat()])
    page = make_office_page(edition, office, block("welcome", offers=[offer.pk]))
    client.force_login(lena)

    assert "by arrangement" in read(client, page)


def test_theme_takes_as_many_queries_for_three_rows_as_for_one(client, edition, other_office, lena, dora):
    def opened(count):
        practices = [make_practice(other_office, title=f"T {count}-{number}") for number in range(count)]
        shared = [make_shared(other_office) for _number in range(count)]
        rows = [
            {"assessment": one.pk, "office": other_office.pk, "node": "1.1", "score": "74", "year": 2026}
            for one in shared
        ]
        page = make_theme_page(
            make_theme(edition, titles={"en": f"Clients {count}"}),
            *(block("distribution", f"distribution-1.{number + 1}", **a_distribution()) for number in range(count)),
            block("strong", rows=rows),
            block("practices", rows=[{"practice": str(one.translation_key)} for one in practices]),
            block("visits", offers=[make_offer(other_office, by=dora).pk for _number in range(count)]),
            block("help", calls=[make_call(other_office, by=dora).pk for _number in range(count)]),
        )
        client.get(page.get_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page.get_url()).status_code == 200
        return len(asked)

    client.force_login(lena)

    assert opened(1) == opened(3)
