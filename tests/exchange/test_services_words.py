"""Editors' words: added, changed, taken off; two editors at once lose nothing."""

from datetime import date

import pytest

from qms.exchange.domain.wording import TOP, mark_of, words_in
from qms.exchange.models import Edition, OfficePage
from qms.exchange.queries.wording import newest_of, pieces_of
from qms.exchange.services.building import build_part
from qms.exchange.services.words import Conflict, add_words, change_words, delete_words
from tests.factories.exchange import make_edition
from tests.factories.exchange_pages import BUILT, a_need, make_office_page, make_site

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def edition(nora):
    make_site()
    return make_edition(by=nora)


@pytest.fixture
def page(edition, office):
    return make_office_page(edition, office, a_need(node="1.1"), a_need(node="1.2"))


def read(page):
    return OfficePage.objects.get(pk=page.pk)


def order_of(page):
    """Generated blocks by key, words by their text."""
    return [piece.value.get("key") or piece.value["text"] for piece in pieces_of(newest_of(read(page)))]


def words_of(page):
    return words_in(pieces_of(newest_of(read(page))))


def test_words_stand_at_the_top_or_behind_a_part_with_the_role_of_who_wrote_them(page, rob):
    behind = pieces_of(page)[0].id
    add_words(page, text="Ask people first.", after=TOP, by=rob, on=DAY)
    add_words(page, text="This goes together.", after=behind, by=rob, on=DAY)

    assert order_of(page) == ["Ask people first.", "need-1.1", "This goes together.", "need-1.2"]
    assert words_of(page)[0].value == {
        "text": "Ask people first.",
        "who": "regional coordinator",
        "added_on": "2026-11-20",
    }


def test_words_of_two_editors_stand_in_the_order_in_which_they_came(page, rob, nora):
    add_words(page, text="Mine.", after=TOP, by=rob, on=DAY)
    add_words(page, text="Hers.", after=TOP, by=nora, on=DAY)

    assert order_of(page) == ["Mine.", "Hers.", "need-1.1", "need-1.2"]


def test_words_survive_the_next_build(page, edition, rob):
    add_words(page, text="Mine.", after=pieces_of(page)[0].id, by=rob, on=DAY)
    part = edition.parts.get()
    part.wanted = [a_need(node="1.1", score="30"), a_need(node="1.3")]
    part.wanted_digest = "other"
    part.save()
    build_part(part, at=BUILT)

    assert order_of(page) == ["need-1.1", "Mine.", "need-1.3"]


def test_words_are_changed_and_taken_off(page, rob):
    ident = add_words(page, text="Mine.", after=TOP, by=rob, on=DAY)
    change_words(page, ident=ident, text="Better.", was=mark_of("Mine."), by=rob, on=DAY)
    changed = order_of(page)
    delete_words(page, ident=ident, was=mark_of("Better."), by=rob)

    assert (changed[0], order_of(page)) == ("Better.", ["need-1.1", "need-1.2"])


def test_editor_who_was_slower_meets_the_other_text(page, rob, nora):
    ident = add_words(page, text="Mine.", after=TOP, by=rob, on=DAY)
    was = mark_of("Mine.")
    change_words(page, ident=ident, text="Hers.", was=was, by=nora, on=DAY)

    with pytest.raises(Conflict) as changed:
        change_words(page, ident=ident, text="Mine again.", was=was, by=rob, on=DAY)
    with pytest.raises(Conflict) as removed:
        delete_words(page, ident=ident, was=was, by=rob)
    delete_words(page, ident=ident, was=mark_of("Hers."), by=nora)
    with pytest.raises(Conflict) as gone:
        change_words(page, ident=ident, text="Mine again.", was=was, by=rob, on=DAY)

    assert (changed.value.theirs, removed.value.theirs, gone.value.theirs) == ("Hers.", "Hers.", None)


def test_draft_of_another_editor_gets_the_words_and_stays_a_draft(page, rob, nora):
    draft = read(page)
    draft.body.append(("heading", "A heading"))
    draft.save_revision(user=nora)
    add_words(page, text="Mine.", after=TOP, by=rob, on=DAY)
    live, newest = read(page), newest_of(read(page))

    assert [child.block_type for child in live.body] == ["editorial", "generated", "generated"]
    assert [child.block_type for child in newest.body] == ["editorial", "generated", "generated", "heading"]
    assert live.has_unpublished_changes is True


def test_where_pages_wait_the_words_of_a_region_wait_too(page, rob, nora):
    Edition.objects.update(publishing="workflow")
    add_words(read(page), text="Mine.", after=TOP, by=rob, on=DAY)
    waits = [child.block_type for child in read(page).body]
    add_words(read(page), text="Hers.", after=TOP, by=nora, on=DAY)

    assert waits == ["generated", "generated"]
    assert [child.block_type for child in read(page).body] == ["editorial", "generated", "generated"]
    assert order_of(page) == ["Mine.", "Hers.", "need-1.1", "need-1.2"]


@pytest.mark.parametrize(("one", "other"), [("a\r\nb", "a\nb"), (" a ", "a")])
def test_mark_cares_for_words_alone(one, other):
    assert mark_of(one) == mark_of(other)
