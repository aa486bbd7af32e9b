"""Pages are woven from what is wanted and what editors wrote; twice is the same as once."""

from datetime import UTC, datetime

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Page, Revision

from qms.exchange.blocks import GENERATED
from qms.exchange.models import EditionPage, ExchangeIndexPage, OfficePage, Part, ThemePage
from qms.exchange.queries.standing import generated_in, unsound_parts
from qms.exchange.services import building
from qms.exchange.services.building import build_part, fail_part
from qms.exchange.services.founding import add_under, found_exchange, found_page, found_pages
from tests.factories.exchange import make_edition, make_part, make_theme, want
from tests.factories.goodpractices import make_library

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 6, 15, tzinfo=UTC)


@pytest.fixture
def homes():
    for language in ("en", "pl"):
        make_library(language)


@pytest.fixture
def edition(homes):
    edition = make_edition(languages=["pl", "en"])
    found_pages(edition)
    return edition


@pytest.fixture
def part(edition):
    return make_part(edition, theme=make_theme(edition, titles={"en": "Clients", "pl": "Klienci"}), strong="1")


def built(part):
    written = build_part(part, at=AT)
    part.refresh_from_db()
    return written


def page_of(part, language="en"):
    kind = ThemePage if part.theme_id else OfficePage
    return kind.objects.get(
        locale__language_code=language, **{"theme": part.theme} if part.theme_id else {"office": part.office}
    )


def told(page):
    """The generated blocks and the editors' words in their order."""
    return [
        block["value"]["content"] if block["type"] == GENERATED else block["value"]["text"]
        for block in page.body.raw_data
    ]


def written_over(page, texts, *, publish=True, user=None):
    """Save the page as an editor does: the blocks that stand there, with these words after the first one."""
    page = page.latest_revision.as_object() if page.latest_revision else page
    raw = list(page.body.raw_data)
    raw[1:1] = [{"type": "editorial", "value": {"text": text, "who": ""}, "id": f"id-{text}"} for text in texts]
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)
    revision = page.save_revision(user=user)
    if publish:
        revision.publish()
    return revision


def test_tree_is_founded_once_with_the_slugs_of_each_language(homes):
    found_exchange()
    found_exchange()

    slugs = ExchangeIndexPage.objects.order_by("slug").values_list("slug", "locale__language_code", "show_in_menus")
    assert list(slugs) == [("experience-sharing", "en", True), ("wymiana-doswiadczen", "pl", True)]


def test_edition_has_a_page_in_each_of_its_languages_that_has_a_home(homes):
    edition = make_edition(languages=["pl", "ru"])

    found_pages(edition)
    edition.titles = {"pl": "Zima"}
    found_pages(edition)

    (page,) = EditionPage.objects.filter(edition=edition)
    assert (page.locale.language_code, page.title, page.slug, page.live) == ("pl", "Zima", edition.slug, True)


def test_part_is_built_in_every_language_and_published(part):
    written = built(part)

    pages = [page_of(part, language) for language in ("en", "pl")]
    assert written == 2
    assert [(page.title, page.live, page.slug) for page in pages] == [
        ("Clients", True, part.theme.slug),
        ("Klienci", True, part.theme.slug),
    ]
    assert told(pages[0]) == ['{"told":"1"}']
    assert pages[0].translation_key == pages[1].translation_key
    assert (part.state, part.built_digest, part.built_at) == ("built", part.wanted_digest, AT)


def test_page_of_an_office_has_its_own_address(edition, office):
    part = make_part(edition, office=office, how="1")

    built(part)

    page = page_of(part)
    assert (page.slug, page.title) == ("office-pup-goldap", "PUP Gołdap")


def test_same_input_writes_nothing(part):
    built(part)
    revisions = Revision.objects.count()

    written = built(part)

    assert (written, Revision.objects.count(), unsound_parts(part.edition)) == (0, revisions, frozenset())


def test_words_of_editors_stay_between_generated_blocks_that_change(part):
    built(want(part, strong="1", visits="1"))
    written_over(page_of(part), ["A", "B"])

    built(want(part, strong="2", visits="1", help="1"))

    page = page_of(part)
    assert told(page) == ['{"told":"2"}', "A", "B", '{"told":"1"}', '{"told":"1"}']
    assert (page.live, page.has_unpublished_changes) == (True, False)


def test_unpublished_draft_survives_a_build_and_stays_a_draft(part, nora):
    built(part)
    written_over(page_of(part), ["shown"])
    written_over(page_of(part), ["not yet"], publish=False, user=nora)

    built(want(part, strong="2"))

    page = page_of(part)
    latest = page.latest_revision
    assert told(page) == ['{"told":"2"}', "shown"]
    assert told(latest.as_object()) == ['{"told":"2"}', "not yet", "shown"]
    assert (page.has_unpublished_changes, latest.user) == (True, nora)
    assert built(part) == 0
    assert unsound_parts(part.edition) == frozenset()


def test_generated_block_that_a_stale_editor_saved_over_is_mended(part):
    built(part)
    stale = page_of(part).latest_revision
    built(want(part, strong="2"))
    stale.as_object().save_revision().publish()
    assert told(page_of(part)) == ['{"told":"1"}']
    assert unsound_parts(part.edition) == {part.pk}

    built(part)

    assert told(page_of(part)) == ['{"told":"2"}']
    assert unsound_parts(part.edition) == frozenset()


def test_renamed_theme_renames_its_pages(part):
    built(part)
    part.theme.titles = {"en": "Customers"}
    part.theme.save()
    assert unsound_parts(part.edition) == {part.pk}

    built(part)

    assert (page_of(part).title, page_of(part).slug) == ("Customers", part.theme.slug)


def test_where_a_coordinator_publishes_the_woven_version_waits(part):
    part.edition.publishing = "workflow"
    part.edition.save()

    built(part)

    page = page_of(part)
    assert (page.live, page.has_unpublished_changes) == (False, True)
    assert told(page.latest_revision.as_object()) == ['{"told":"1"}']
    assert (built(part), unsound_parts(part.edition)) == (0, frozenset())


def test_page_that_waited_is_published_when_pages_are_to_appear_at_once(part):
    part.edition.publishing = "workflow"
    part.edition.save()
    built(part)
    part.edition.publishing = "automatic"
    part.edition.save()
    assert unsound_parts(part.edition) == {part.pk}

    built(part)

    page = page_of(part)
    assert (page.live, page.has_unpublished_changes, told(page)) == (True, False, ['{"told":"1"}'])


def test_page_that_somebody_took_off_the_site_stays_off(part, nora):
    built(part)
    page_of(part).unpublish(user=nora)

    built(want(part, strong="2"))

    page = page_of(part)
    assert (page.live, told(page.latest_revision.as_object())) == (False, ['{"told":"2"}'])
    assert unsound_parts(part.edition) == frozenset()


def test_page_on_which_nothing_is_wanted_leaves_the_site_and_comes_back(edition, office):
    part = make_part(edition, office=office, need="1")
    built(part)
    part.wanted, part.wanted_digest = [], "none"
    part.save()
    built(part)
    assert (page_of(part).live, unsound_parts(edition)) == (False, frozenset())

    built(want(part, need="2"))

    assert (page_of(part).live, told(page_of(part))) == (True, ['{"told":"2"}'])


def test_page_that_another_worker_added_meanwhile_is_taken(part):
    (home, _other) = EditionPage.objects.filter(edition=part.edition).order_by("pk")
    twin = found_page(part, home)
    late = ThemePage(
        theme=part.theme, title="x", slug="late", locale=home.locale, translation_key=twin.translation_key, live=False
    )

    assert add_under(home, late) == twin
    assert Page.find_problems() == ([], [], [], [], [])


def test_part_planned_anew_while_it_is_built_is_built_once_more(part, monkeypatch):
    write, rounds = building.write_page, []

    def replanned(page, **options):
        if not rounds:
            want(Part.objects.get(pk=part.pk), strong="newer")
        rounds.append(page)
        return write(page, **options)

    monkeypatch.setattr(building, "write_page", replanned)

    built(part)

    assert told(page_of(part)) == ['{"told":"newer"}']
    assert (part.state, part.built_digest) == ("built", part.wanted_digest)


def test_failure_stays_with_the_part_until_it_is_built(part):
    fail_part(part, reason="Only %(n)s offices.", values={"n": 3})
    part.refresh_from_db()
    assert (part.state, part.why) == ("failed", "Only 3 offices.")

    built(part)

    assert (part.state, part.why) == ("built", "")


def test_generated_blocks_of_a_body_are_read_in_order():
    body = [
        {"type": GENERATED, "value": {"kind": "a", "key": "a-1", "content": "{}"}, "id": "1"},
        {"type": "editorial", "value": {"text": "x"}, "id": "2"},
    ]

    assert generated_in(body) == [("a", "a-1", "{}")]
