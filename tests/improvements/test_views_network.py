import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.improvements.permissions import may_read_network
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(office, lena):
    plan = make_plan(office, by=lena, stage="under_way")
    today = timezone.localdate()
    late = {"start_on": today - timedelta(days=30), "due_on": today - timedelta(days=3)}
    make_action(plan, by=lena, status="in_progress", **late)
    return plan


@pytest.fixture
def coordinator(nora, client):
    client.force_login(nora)
    return client


def lines(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_country_sees_figures_and_offices(coordinator, plan, office, other_office):
    page = coordinator.get(reverse("improvements:network")).content.decode()

    assert "2 offices. 1 action in approved plans." in page
    assert office.short_name in page
    assert other_office.short_name in page


def test_filters_and_order_stay_in_the_address(coordinator, plan, office, other_office):
    address = reverse("improvements:network")
    narrowed = coordinator.get(address, {"region": "28", "sort": "-late"}).content.decode()
    other_way = coordinator.get(address, {"sort": "-name"}).content.decode()

    assert "1 office." in narrowed
    assert other_office.short_name not in narrowed
    assert 'href="/en/plans/network.csv?region=28&amp;sort=-late"' in narrowed
    assert other_way.index(other_office.short_name) < other_way.index(office.short_name)


@pytest.mark.parametrize("query", ["region=nowhere", "kind=ship", "sort=x", "page=99", "q=%00"])
def test_nonsense_in_the_address_narrows_nothing(query, coordinator, plan, office):
    answer = coordinator.get(f"{reverse('improvements:network')}?{query}")

    assert answer.status_code == 200
    assert office.short_name in answer.content.decode()


def test_filter_that_leaves_nothing_says_so(coordinator, plan):
    assert "No office here" in coordinator.get(reverse("improvements:network"), {"q": "zzz"}).content.decode()


def test_csv_holds_every_office_with_its_counts(coordinator, plan, office, other_office):
    head, ours, theirs = lines(coordinator.get(reverse("improvements:network-csv")))

    assert dict(zip(head, ours, strict=True)) == {
        "Office": office.name,
        "Kind": office.get_kind_display(),
        "Region": office.region.name,
        "Plans in preparation": "0",
        "Open approved plans": "1",
        "Closed plans": "0",
        "Actions": "1",
        "Approved or in progress": "1",
        "Late": "1",
        "Late, %": "100.0",
        "Done": "0",
        "Effects stated": "0",
        "Improved": "0",
    }
    assert theirs[0] == other_office.name
    assert theirs[9] == ""


def test_csv_is_narrowed_like_the_page(coordinator, plan, other_office):
    answer = coordinator.get(reverse("improvements:network-csv"), {"region": "26"})

    assert [line[0] for line in lines(answer)[1:]] == [other_office.name]


@pytest.mark.parametrize("name", ["network", "network-csv"])
@pytest.mark.parametrize("person", ["ana", "lena", "boris"])
def test_nobody_else_gets_in(name, person, client, plan, request):
    user = request.getfixturevalue(person)
    client.force_login(user)

    assert client.get(reverse(f"improvements:{name}")).status_code == 403
    assert not may_read_network(user)
