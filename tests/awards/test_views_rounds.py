"""The list of rounds, the page of one, and the organiser's forms."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.awards.models import Category, Programme, Round, Rule
from qms.awards.queries.rounds import region_names
from tests.factories.assessments import make_edition
from tests.factories.awards import (
    closed_days,
    make_application,
    make_category,
    make_programme,
    make_question,
    make_round,
    make_rule,
    make_section,
)
from tests.factories.jury import make_judging

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def shown(client, address):
    return client.get(address).content.decode()


def written(**changes):
    return {
        "title_en": "Award 2027",
        "year": "2027",
        "prefix": "nj-2027",
        "zone": "Europe/Warsaw",
        "opens_at": "2027-01-10T08:00",
        "closes_at": "2027-03-26T15:30",
        "embargo_until": "2027-06-01T10:00",
        **changes,
    }


def again(found, **changes):
    """The form of a round as its page shows it."""
    zone = found.timezone
    moments = {
        name: getattr(found, name).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        for name in ("opens_at", "closes_at", "embargo_until")
    }
    return {"title_en": found.titles["en"], "year": found.year, "prefix": found.prefix, "zone": found.zone} | (
        moments | changes
    )


@pytest.fixture
def draft(region):
    """A round of our region in preparation."""
    return make_round(make_programme(region=region), state="draft")


def test_lead_sees_open_rounds_with_the_state_of_the_own_application(client, lena, office):
    found = make_round()
    draft = make_round(state="draft", titles={"en": "Not yet"})
    application = make_application(office, make_category(found))
    client.force_login(lena)

    page = shown(client, url("round-list"))

    assert url("round", found.pk) in page
    assert url("application", application.pk) in page
    assert url("round", draft.pk) not in page
    assert "(Europe/Warsaw)" in page


def test_past_rounds_stand_on_their_own_list(client, lena):
    now = timezone.now()
    past = make_round(closes_at=now - timedelta(hours=1), opens_at=now - timedelta(days=9))
    client.force_login(lena)

    assert url("round", past.pk) not in shown(client, url("round-list"))
    assert url("round", past.pk) in shown(client, url("round-list") + "?past=1")


def test_organiser_sees_own_rounds_in_preparation(client, rob, draft):
    other = make_round(state="draft")
    client.force_login(rob)

    page = shown(client, url("round-list") + "?drafts=1")

    assert url("round", draft.pk) in page
    assert url("round", other.pk) not in page


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_rounds_takes_the_same_number_of_queries(client, ana, office, many, django_assert_num_queries):
    for _round in range(many):
        make_application(office, make_category())
    client.force_login(ana)
    client.get(url("round-list"))

    with django_assert_num_queries(10):
        client.get(url("round-list"))


def test_applicants_read_conditions_and_find_the_way_to_begin(client, ana, region):
    category = make_category()
    make_rule(category, kind="region", titles={"en": "From our region"}, value={"regions": ["PL-28"]})
    client.force_login(ana)

    page = shown(client, url("round", category.round_id))

    assert "From our region" in page
    assert "Region: Warmia-Masuria." in page
    assert url("begin", category.pk) in page
    assert "Applications by category" not in page


def test_conditions_are_folded_away_once_nobody_can_apply(client, ana):
    category = make_category()
    make_rule(category, titles={"en": "We answer in days"})
    client.force_login(ana)
    assert "<details" not in shown(client, url("round", category.round_id)).partition('id="categories"')[2]

    Round.objects.update(**closed_days())

    folded = shown(client, url("round", category.round_id)).partition('<details class="more">')[2]
    assert "We answer in days" in folded.partition("</details>")[0]


def test_regions_are_named_with_and_without_their_country(region):
    assert region_names(["PL-28", "28", "PL-99"]) == {
        "PL-28": "Warmia-Masuria",
        "28": "Warmia-Masuria",
        "PL-99": "PL-99",
    }


def test_organiser_sees_numbers_and_no_names_before_the_closing(client, nora, office):
    category = make_category()
    make_application(office, category)
    client.force_login(nora)

    page = shown(client, url("round", category.round_id))

    assert "Applications by category" in page
    assert "you see numbers only" in page
    assert office.short_name not in page


def test_regional_coordinator_founds_an_award_of_the_own_region(client, rob, region, other_region):
    client.force_login(rob)
    wrong = client.post(url("programme-add"), {"title_en": "Award", "organiser": "We", "region": other_region.pk})
    answer = client.post(url("programme-add"), {"title_en": "Award", "organiser": "We", "region": region.pk})

    programme = Programme.objects.get()
    assert (wrong.status_code, programme.region, programme.slug) == (422, region, "award")
    assert answer.url == url("round-add", programme.pk)


def test_dates_are_typed_by_the_clock_of_the_round(client, nora):
    client.force_login(nora)

    answer = client.post(url("round-add", make_programme().pk), written(zone="Europe/Helsinki"))

    found = Round.objects.get()
    assert answer.url == url("round", found.pk)
    assert (found.prefix, found.state) == ("NJ-2027", "draft")
    assert found.closes_at == datetime(2027, 3, 26, 13, 30, tzinfo=UTC)
    assert 'value="2027-03-26T15:30"' in shown(client, url("round-edit", found.pk))


def test_closing_before_the_opening_keeps_what_was_typed(client, nora):
    client.force_login(nora)

    answer = client.post(url("round-add", make_programme().pk), written(closes_at="2027-01-09T08:00"))

    page = answer.content.decode()
    assert (answer.status_code, Round.objects.count()) == (422, 0)
    assert "The closing must come after the opening." in page
    assert 'value="2027-01-09T08:00"' in page
    assert 'value="Award 2027"' in page


def test_saving_an_announced_round_as_it_is_changes_no_moment(client, nora):
    found = make_round()
    client.force_login(nora)

    answer = client.post(url("round-edit", found.pk), again(found, title_en="New name"))

    before, found = found, Round.objects.get()
    assert answer.status_code == 302
    assert (found.titles, found.closes_at, found.embargo_until, found.opens_at) == (
        {"en": "New name"},
        before.closes_at,
        before.embargo_until,
        before.opens_at,
    )


def test_earlier_closing_of_an_announced_round_is_refused_on_its_form(client, nora):
    found = make_round()
    client.force_login(nora)
    earlier = (found.closes_at - timedelta(days=5)).astimezone(found.timezone).strftime("%Y-%m-%dT%H:%M")

    answer = client.post(url("round-edit", found.pk), again(found, closes_at=earlier))

    assert answer.status_code == 422
    assert "can only be moved to a later time" in answer.content.decode()


def test_round_is_announced_once_it_is_confirmed(client, rob, draft):
    category = make_category(draft)
    make_question(make_section(category))
    make_judging(category)
    client.force_login(rob)

    client.post(url("round-publish", draft.pk))
    unconfirmed = Round.objects.get().state
    client.post(url("round-publish", draft.pk), {"confirmed": "1"})

    assert (unconfirmed, Round.objects.get().state) == ("draft", "published")


def test_page_of_a_draft_says_what_is_missing(client, rob, draft):
    make_category(draft, titles={"en": "Schools"})
    client.force_login(rob)

    page = shown(client, url("round", draft.pk))

    assert "The category “Schools” has no question yet." in page
    assert url("round-publish", draft.pk) not in page


def test_round_goes_through_its_steps(client, nora):
    now = timezone.now()
    found = make_round(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    client.force_login(nora)

    states = []
    for step in ("round-finish", "round-publish", "round-unpublish"):
        client.post(url(step, found.pk))
        states.append(Round.objects.get().state)
    client.post(url("round-copy", found.pk))

    assert states == ["finished", "published", "draft"]
    assert sorted(Round.objects.values_list("year", flat=True)) == [2027, 2028]


def test_coordinator_of_another_region_changes_nothing(client, rob):
    found = make_round(make_programme())
    client.force_login(rob)

    assert client.get(url("round", found.pk)).status_code == 200
    assert client.get(url("round-edit", found.pk)).status_code == 403
    assert client.post(url("round-copy", found.pk)).status_code == 403


def test_category_is_added_changed_and_deleted(client, rob, draft):
    framework = make_edition("small-2020")
    client.force_login(rob)
    body = {"title_en": "Offices", "framework": framework.pk, "max_pages": "60", "max_annexes": "10"}

    client.post(url("category-add", draft.pk), body)
    category = Category.objects.get()
    client.post(url("category-edit", category.pk), body | {"title_en": "Public offices"})
    changed = Category.objects.get()
    client.post(url("category-delete", category.pk))

    assert (changed.titles, changed.framework, changed.max_pages) == ({"en": "Public offices"}, framework, 60)
    assert not Category.objects.exists()


def test_categories_are_moved_as_long_as_the_round_is_prepared(client, rob, draft):
    first, second = make_category(draft, position=1), make_category(draft, position=2)
    client.force_login(rob)
    page = shown(client, url("round", draft.pk))
    offered = [[f'action="{url("category-move", one.pk)}"' in page, page.count(f'value="{to}"')]
               for one, to in ((first, "down"), (second, "up"))]  # fmt: skip
    answer = client.post(url("category-move", second.pk), {"to": "up"})
    Round.objects.filter(pk=draft.pk).update(state="published")
    client.post(url("category-move", second.pk), {"to": "down"})

    assert offered == [[True, 1], [True, 1]]
    assert answer["Location"] == url("round", draft.pk) + f"#category-{second.pk}"
    assert list(Category.objects.order_by("position")) == [second, first]
    assert url("category-move", first.pk) not in shown(client, url("round", draft.pk))


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("answer", {}, {}),
        ("office_kind", {"kinds": ["town_hall"]}, {"kinds": ["town_hall"]}),
        ("assessment", {"months": "24"}, {"months": 24}),
        ("staff", {"least": "10"}, {"least": 10, "most": None}),
    ],
)
def test_condition_of_each_kind_is_added_and_shown_again(client, rob, draft, kind, typed, value):
    category = make_category(draft)
    client.force_login(rob)

    answer = client.post(f"{url('rule-add', category.pk)}?kind={kind}", {"title_en": "Condition", **typed})

    rule = Rule.objects.get()
    assert (answer.status_code, rule.kind, rule.value) == (302, kind, value)
    assert client.post(url("rule-edit", rule.pk), {"title_en": "Other", **typed}).status_code == 302
    assert Rule.objects.get().titles == {"en": "Other"}


def test_condition_of_region_keeps_the_regions_chosen(client, rob, draft, region, other_region):
    category = make_category(draft)
    rule = make_rule(category, kind="region", value={"regions": ["PL-28"]})
    client.force_login(rob)

    page = shown(client, url("rule-edit", rule.pk))
    client.post(url("rule-edit", rule.pk), {"title_en": "There", "regions": [region.pk, other_region.pk]})

    assert page.count("checked") == 1
    assert sorted(Rule.objects.get().value["regions"]) == ["26", "28"]


def test_condition_of_staff_needs_a_number(client, rob, draft):
    category = make_category(draft)
    client.force_login(rob)

    answer = client.post(f"{url('rule-add', category.pk)}?kind=staff", {"title_en": "Staff"})

    assert answer.status_code == 422
    assert "Give the least or the greatest number of staff." in answer.content.decode()


def test_deleted_condition_is_gone(client, rob, draft):
    rule = make_rule(make_category(draft))
    client.force_login(rob)

    client.post(url("rule-delete", rule.pk))

    assert not Rule.objects.exists()
