"""Programmes and rounds: prepared, changed, announced, taken back, finished, copied."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.awards.domain.rounds import CategoryDraft, ProgrammeDraft, RoundDraft, RuleDraft
from qms.awards.models import AwardRoundPage, Category, Round, Rule
from qms.awards.models.round import in_order
from qms.awards.services import categories, copying, rounds
from qms.lifecycle import Refused
from tests.factories.awards import (
    make_application,
    make_category,
    make_programme,
    make_question,
    make_rule,
    make_section,
)
from tests.factories.goodpractices import make_library
from tests.factories.jury import make_judging

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def drafted(**changes):
    facts = {
        "titles": {"en": "Award 2027", "pl": "Nagroda 2027 "},
        "year": 2027,
        "prefix": "NJ-2027",
        "opens_at": NOW,
        "closes_at": NOW + 30 * DAY,
        "embargo_until": NOW + 60 * DAY,
    }
    return RoundDraft(**facts | changes)


@pytest.fixture
def ready(nora):
    """A round in preparation that may be announced."""
    made = rounds.prepare_round(make_programme(), draft=drafted(), by=nora)
    category = make_category(made)
    make_question(make_section(category))
    make_judging(category)
    return made


@pytest.fixture
def announced(ready, nora):
    return rounds.publish_round(ready, by=nora, at=NOW)


def test_award_gets_an_address_that_nobody_has(nora, region):
    draft = ProgrammeDraft({"pl": "Nagroda Łaskawości", "en": " "}, "The region", region=region.pk)

    first, second = (rounds.add_programme(draft=draft, by=nora) for _time in range(2))

    assert (first.slug, second.slug) == ("nagroda-laskawosci", "nagroda-laskawosci-2")
    assert (first.titles, first.region) == ({"pl": "Nagroda Łaskawości"}, region)


def test_prepared_round_is_a_draft(nora):
    made = rounds.prepare_round(make_programme(), draft=drafted(), by=nora)

    made.refresh_from_db()
    assert (made.state, made.slug, made.titles, made.made_by) == (
        "draft",
        "nj-2027",
        {"en": "Award 2027", "pl": "Nagroda 2027"},
        nora,
    )


def test_two_rounds_never_share_their_numbers(ready, nora):
    with pytest.raises(Refused, match="Another round has the numbers NJ-2027 already"):
        rounds.prepare_round(make_programme(), draft=drafted(), by=nora)


def test_round_without_a_category_is_not_announced(nora):
    made = rounds.prepare_round(make_programme(), draft=drafted(), by=nora)

    with pytest.raises(Refused, match="Add at least one category"):
        rounds.publish_round(made, by=nora, at=NOW)


def test_round_with_an_empty_form_is_not_announced(ready, nora):
    make_section(make_category(ready, titles={"en": "Schools"}))

    with pytest.raises(Refused, match="The category “Schools” has no question yet"):
        rounds.publish_round(ready, by=nora, at=NOW)


def test_round_whose_closing_passed_is_not_announced(ready, nora):
    with pytest.raises(Refused, match="The closing lies in the past"):
        rounds.publish_round(ready, by=nora, at=ready.closes_at)


def test_announced_round_has_public_pages_until_it_is_taken_back(ready, nora):
    make_library("en")
    rounds.publish_round(ready, by=nora, at=NOW)
    shown = AwardRoundPage.objects.get(round=ready).live

    rounds.unpublish_round(ready, by=nora)

    ready.refresh_from_db()
    assert (shown, AwardRoundPage.objects.get(round=ready).live, ready.state) == (True, False, "draft")


def test_round_with_an_application_is_not_taken_back(announced, nora, office):
    make_application(office, announced.categories.get())

    with pytest.raises(Refused, match="An office has begun an application"):
        rounds.unpublish_round(announced, by=nora)


def test_deadline_of_an_announced_round_moves_later_only(announced, nora):
    later = drafted(closes_at=NOW + 40 * DAY)
    rounds.change_round(announced, draft=later, by=nora, at=NOW)

    announced.refresh_from_db()
    assert announced.closes_at == NOW + 40 * DAY
    assert announced.receives(NOW + 35 * DAY)
    with pytest.raises(Refused, match="its closing can only be moved to a later time"):
        rounds.change_round(announced, draft=drafted(), by=nora, at=NOW)


def test_results_of_an_announced_round_are_not_told_earlier(announced, nora):
    with pytest.raises(Refused, match="results can only be told later"):
        rounds.change_round(announced, draft=drafted(embargo_until=NOW + 50 * DAY), by=nora, at=NOW)


def test_closed_round_does_not_open_again(announced, nora):
    later = drafted(closes_at=NOW + 40 * DAY)

    with pytest.raises(Refused, match="Its closing cannot be moved any more"):
        rounds.change_round(announced, draft=later, by=nora, at=announced.closes_at)


def test_round_is_deleted_with_its_forms_while_it_is_in_preparation_only(ready, nora):
    with pytest.raises(Refused, match="has rounds"):
        rounds.delete_programme(ready.programme, by=nora)

    rounds.publish_round(ready, by=nora, at=NOW)
    with pytest.raises(Refused, match="in preparation"):
        rounds.delete_round(ready, by=nora)
    rounds.unpublish_round(ready, by=nora)
    rounds.delete_round(ready, by=nora)
    rounds.delete_programme(ready.programme, by=nora)

    assert (Round.objects.count(), Category.objects.count(), AwardRoundPage.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("change", [{"year": 2028}, {"prefix": "X"}, {"zone": "UTC"}, {"opens_at": NOW - DAY}])
def test_what_an_announced_round_fixed_stays(announced, nora, change):
    with pytest.raises(Refused, match="year, numbers, time zone and opening stay"):
        rounds.change_round(announced, draft=drafted(**change), by=nora, at=NOW)


def test_texts_of_an_announced_round_may_change(announced, nora):
    rounds.change_round(announced, draft=drafted(titles={"en": "The award"}, contact_email="a@b.pl"), by=nora, at=NOW)

    announced.refresh_from_db()
    assert (announced.titles, announced.contact_email) == ({"en": "The award"}, "a@b.pl")


def test_round_is_finished_after_its_closing_only(announced, nora):
    with pytest.raises(Refused, match="Finish it after its closing"):
        rounds.finish_round(announced, by=nora, at=NOW)

    rounds.finish_round(announced, by=nora, at=announced.closes_at)

    announced.refresh_from_db()
    assert announced.state == "finished"
    with pytest.raises(Refused, match="It cannot be changed"):
        rounds.change_round(announced, draft=drafted(), by=nora, at=NOW)
    rounds.publish_round(announced, by=nora, at=announced.closes_at)
    announced.refresh_from_db()
    assert announced.state == "published"


def test_copied_round_has_the_same_form_a_year_later(ready, nora):
    category = ready.categories.get()
    make_rule(category, kind="staff", value={"least": 10, "most": None})
    second = make_section(category, code="b")
    make_question(second, kind="results", code="table", node="1.1")

    made = copying.copy_round(ready, by=nora, at=timezone.now())

    def form_of(one):
        return [
            (section.code, section.titles, [(q.code, q.kind, q.titles, q.node) for q in in_order(section.questions)])
            for section in in_order(one.sections)
        ]

    copied = made.categories.get()
    assert (made.state, made.year, made.prefix, made.titles) == (
        "draft",
        2028,
        "NJ-2028",
        {"en": "Award 2028", "pl": "Nagroda 2028"},
    )
    assert made.opens_at == datetime(2027, 11, 2, 8, tzinfo=UTC)
    assert form_of(copied) == form_of(category)
    assert [(rule.kind, rule.value) for rule in copied.rules.all()] == [("staff", {"least": 10, "most": None})]
    assert (ready.categories.count(), category.sections.count()) == (1, 2)


def test_round_is_copied_twice_under_different_numbers(ready, nora):
    at = timezone.now()
    prefixes = [copying.copy_round(ready, by=nora, at=at + timedelta(minutes=wait)).prefix for wait in (0, 2)]

    assert prefixes == ["NJ-2028", "NJ-2028-2"]


def test_round_whose_button_is_pressed_twice_is_copied_once(ready, nora, ana):
    at = timezone.now()
    made = [copying.copy_round(ready, by=by, at=at) for by in (nora, nora, ana)]

    assert made[0] == made[1] != made[2]


def test_category_is_added_after_the_others(ready, nora):
    made = categories.add_category(ready, draft=CategoryDraft({"pl": "Szkoły"}, max_pages=60), by=nora)

    assert (made.slug, made.position, made.max_pages) == ("szkoly", 2, 60)


def test_moved_category_changes_places_with_its_neighbour_and_the_act_is_kept(ready, nora):
    first = ready.categories.get()
    second = categories.add_category(ready, draft=CategoryDraft({"en": "Schools"}), by=nora)
    categories.move_category(second, up=True, by=nora)
    categories.move_category(second, up=True, by=nora)  # it is the first: nothing happens
    made = ModelLogEntry.objects.filter(action="awards.change_category").values_list("object_id", "user")

    assert list(ready.categories.order_by("position")) == [second, first]
    assert list(made) == [(str(second.pk), nora.pk)]


def test_announced_round_keeps_its_categories_and_conditions(announced, nora):
    category = announced.categories.get()
    rule = make_rule(category)
    acts = (
        lambda: categories.add_category(announced, draft=CategoryDraft({"en": "New"}), by=nora),
        lambda: categories.change_category(category, draft=CategoryDraft({"en": "New"}), by=nora),
        lambda: categories.delete_category(category, by=nora),
        lambda: categories.move_category(category, up=True, by=nora),
        lambda: categories.add_rule(category, draft=RuleDraft("answer", {"en": "New"}), by=nora),
        lambda: categories.change_rule(rule, draft=RuleDraft("answer", {"en": "New"}), by=nora),
        lambda: categories.delete_rule(rule, by=nora),
    )

    for act in acts:
        with pytest.raises(Refused, match="Its categories and conditions stay as they are"):
            act()
    assert (Category.objects.get().titles, Rule.objects.get().titles) == (category.titles, rule.titles)


def test_framework_stays_while_the_form_follows_its_criteria(ready, nora):
    category = ready.categories.get()
    make_section(category, node="1")
    Category.objects.filter(pk=category.pk).update(framework=None)

    with pytest.raises(Refused, match="follows the criteria of its framework"):
        categories.change_category(category, draft=CategoryDraft({"en": "A"}, framework=12345), by=nora)


def test_deleted_category_takes_its_form_with_it(ready, nora):
    categories.delete_category(ready.categories.get(), by=nora)

    assert not Round.objects.get(pk=ready.pk).categories.exists()
