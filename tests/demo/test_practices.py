"""The example library: many practices, every one marked as an example, at every state, some taken over elsewhere."""

from wagtail.models import PageLogEntry, Revision

from qms.demo.services import build_network
from qms.goodpractices.models import PracticeIndexPage, PracticePage, Question, Review, Thanks
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.improvements.models import Action
from qms.improvements.queries.adoptions import adoption_of

MARKS = {"pl": "(dane przykładowe)", "en": "(example data)", "ru": "(данные для примера)"}


def counted():
    models = (PracticePage, Review, Question, Thanks, Revision, PageLogEntry)
    return [model.objects.count() for model in models] + [Action.objects.filter(practice__isnull=False).count()]


def test_every_language_has_a_library_with_practices(network):
    of = PracticePage.objects.published().filter
    published = {code: of(locale__language_code=code).count() for code in MARKS}

    assert PracticeIndexPage.objects.live().count() == 3
    assert published["pl"] >= 22
    assert published["en"] >= 3
    assert published["ru"] >= 4


def test_every_practice_is_marked_as_an_example_and_fits(network):
    drafts = [latest_of(page) for page in PracticePage.objects.select_related("locale")]

    assert len(drafts) >= 30
    for page in drafts:
        assert page.summary.endswith(MARKS[page.locale.language_code]), page.title
        assert len(page.summary) <= 600
        assert 3 <= len(draft_of(page).steps) <= 5
        page.full_clean(exclude=["path", "depth", "slug"])


def test_practices_cover_every_criterion_stage_and_effect(network):
    polish = PracticePage.objects.filter(locale__language_code="pl").prefetch_related("criteria")
    nodes = {one.node.partition(".")[0] for page in polish for one in page.criteria.all()}
    live = PracticePage.objects.published()

    assert polish.count() >= 24
    assert nodes == set("123456789")
    assert set(live.values_list("effect", flat=True)) == {"none", "told", "proven"}
    assert set(live.values_list("stage", flat=True)) == {"pilot", "implemented", "scaled"}
    assert set(live.values_list("office__kind", flat=True)) == {
        "county_labour_office",
        "town_hall",
        "statistical_office",
        "employment_centre",
    }


def test_one_waits_one_is_returned_one_is_still_a_draft(network):
    kept = PracticePage.objects.filter(live=False)
    returned = Review.objects.get(outcome="returned")

    assert kept.count() == 3
    assert PracticePage.objects.in_review().count() == 1
    assert returned.practice in kept
    assert returned.comment


def test_practices_made_from_actions_are_proven_and_say_where_they_come_from(network):
    made = PracticePage.objects.filter(origin="action").exclude(origin_key="")

    assert {(page.office.slug, page.effect) for page in made} == {("pup-goldap", "proven"), ("um-leczna", "proven")}
    assert all(page.origin_note for page in made)
    assert any(page.evidence for page in made)


def test_practices_are_taken_over_with_stated_effects(network):
    taken = Action.objects.filter(practice__isnull=False)
    plain = PracticePage.objects.get(title__startswith="Prosty język: dziesięć")

    assert taken.count() == 7
    assert sorted(taken.filter(effect__isnull=False).values_list("effect__verdict", flat=True)) == [
        "improved",
        "improved",
        "no_change",
    ]
    assert (adoption_of(plain).offices, adoption_of(plain).improved) == (2, 1)


def test_moments_are_of_the_example_and_never_in_the_future(network):
    stamped = PracticePage.objects.published().filter(first_published_at__isnull=False)

    assert stamped.filter(first_published_at__gt=network).count() == 0
    assert stamped.exclude(latest_revision_created_at__lt=network).count() == 0
    assert Review.objects.filter(created_at__gt=network).count() == 0


def test_practices_are_found_by_their_words_in_other_forms(network):
    assert PracticePage.objects.filter(forms="").count() == 0


def test_second_load_leaves_the_library_as_it_is(network):
    before = counted()

    build_network(at=network)

    assert counted() == before
