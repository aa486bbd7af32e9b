"""How a category is judged and its prizes: written while the round is prepared, fixed once it is announced."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from qms.awards.domain.judging import JudgingDraft, PrizeDraft
from qms.awards.models import Category, Judging, Prize, Round
from qms.awards.models.round import in_order
from qms.awards.queries.rounds import hindrances_of, is_judged
from qms.awards.services import copying
from qms.awards.services import judging as services
from qms.lifecycle import Refused
from tests.factories.assessments import make_edition
from tests.factories.awards import make_category, make_question, make_round, make_section
from tests.factories.jury import make_judging, make_prize

pytestmark = pytest.mark.django_db
JURY = JudgingDraft(jurors=5, blocks_region=True, tie_below=Decimal(2), visit_from=Decimal(60), most_visits=4)
STATUE = PrizeDraft({"en": "Statue ", "pl": ""}, at_most=1, from_points=Decimal("62.5"))


@pytest.fixture
def category(db):
    return make_category(make_round(state=Round.State.DRAFT))


def test_judging_is_written_once_and_then_changed(category, nora):
    services.set_judging(category, draft=JudgingDraft(), by=nora)
    services.set_judging(category, draft=JURY, by=nora)

    said = Judging.objects.get(category=category)
    assert (said.jurors, said.blocks_region, said.tie_below, said.visit_from) == (5, True, 2, 60)


def test_panel_is_one_of_the_framework(category, nora):
    category.framework = make_edition("caf-2020")
    category.save()

    for unknown in ("", "ladder"):
        with pytest.raises(Refused, match="no such scoring panel"):
            services.set_judging(category, draft=JudgingDraft(panel=unknown), by=nora)
    services.set_judging(category, draft=JudgingDraft(panel="fine-tuned"), by=nora)

    assert Judging.objects.get().panel == "fine-tuned"


def test_a_panel_of_another_scale_is_none_for_a_jury(category, nora):
    category.framework = make_edition("pes-benchlearning")  # levels from 1 to 6
    category.save()
    services.set_judging(category, draft=JudgingDraft(), by=nora)

    with pytest.raises(Refused, match="no such scoring panel"):
        services.set_judging(category, draft=JudgingDraft(panel="maturity"), by=nora)
    assert is_judged(Category.objects.get())


def test_prizes_stand_in_the_order_of_their_organiser(category, nora):
    first = services.add_prize(category, draft=STATUE, by=nora)
    second = services.add_prize(category, draft=PrizeDraft({"en": "Diploma"}, "diploma"), by=nora)
    services.move_prize(second, up=True, by=nora)
    services.move_prize(second, up=True, by=nora)

    assert list(in_order(category.prizes)) == [second, first]
    assert (first.titles, first.at_most, first.from_points) == ({"en": "Statue"}, 1, Decimal("62.5"))

    services.change_prize(first, draft=PrizeDraft({"en": "Cup"}, "distinction"), by=nora)
    services.delete_prize(second, by=nora)

    assert list(Prize.objects.values_list("titles", "kind", "at_most")) == [({"en": "Cup"}, "distinction", None)]


def test_prize_whose_button_is_pressed_twice_is_added_once(category, nora):
    first = services.add_prize(category, draft=STATUE, by=nora)
    second = services.add_prize(category, draft=PrizeDraft({"en": "Diploma", "pl": "Dyplom"}, "diploma"), by=nora)

    for act in (
        lambda: services.add_prize(category, draft=STATUE, by=nora),
        lambda: services.change_prize(first, draft=PrizeDraft({"en": "Cup", "pl": "Dyplom"}), by=nora),
    ):
        with pytest.raises(Refused, match="a prize of this name already"):
            act()
    services.change_prize(second, draft=PrizeDraft({"en": "Diploma", "pl": "Dyplom"}, "nomination"), by=nora)

    assert list(in_order(category.prizes)) == [first, second]
    services.add_prize(make_category(category.round), draft=STATUE, by=nora)


def test_announced_judging_and_prizes_stay(nora):
    category = make_category()
    prize = make_prize(category)
    acts = (
        lambda: services.set_judging(category, draft=JURY, by=nora),
        lambda: services.add_prize(category, draft=STATUE, by=nora),
        lambda: services.change_prize(prize, draft=STATUE, by=nora),
        lambda: services.delete_prize(prize, by=nora),
        lambda: services.move_prize(prize, up=True, by=nora),
    )

    for act in acts:
        with pytest.raises(Refused, match="The round is announced"):
            act()


def test_round_is_copied_with_its_judging_and_prizes(category, nora):
    services.set_judging(category, draft=JURY, by=nora)
    services.add_prize(category, draft=STATUE, by=nora)

    copied = copying.copy_round(category.round, by=nora, at=timezone.now()).categories.get()

    assert (copied.judging.jurors, copied.judging.most_visits) == (5, 4)
    assert [prize.titles for prize in copied.prizes.all()] == [{"en": "Statue"}]


def test_scored_category_is_not_announced_before_it_says_how_it_is_judged(category):
    at = timezone.now() - timedelta(days=1)
    make_question(make_section(category))
    before = [str(one) for one in hindrances_of(category.round, at)]
    make_judging(category)

    assert before == ["The category “Public organisations” does not say yet how it is judged."]
    assert hindrances_of(category.round, at) == ()


def test_panel_of_an_earlier_framework_hinders_announcing(category):
    at = timezone.now() - timedelta(days=1)
    make_question(make_section(category))
    make_judging(category)
    category.framework = make_edition("caf-2020")
    category.save()

    assert len(hindrances_of(category.round, at)) == 1


def test_category_that_nobody_scores_needs_no_judging(category):
    make_question(make_section(category, is_scored=False))

    assert hindrances_of(category.round, timezone.now() - timedelta(days=1)) == ()
