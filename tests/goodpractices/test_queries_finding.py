"""What a question to the library finds, and what it counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from qms.frameworks.services.importing import load_library as load_frameworks
from qms.goodpractices.domain.results import Change
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries import catalogue
from qms.goodpractices.queries.catalogue import lexicon
from qms.goodpractices.queries.finding import ON_A_PAGE, Drop, asked, drops, found
from qms.goodpractices.services.keeping import archive_practice
from tests.factories.goodpractices import make_library, make_practice

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)


def ask(address="", language="pl"):
    return asked(QueryDict(address), language=language, lexicon=lexicon())


def titles(address="", language="pl"):
    return [hit.title for hit in found(ask(address, language)).rows]


@pytest.fixture
def polish(db):
    load_frameworks(by=None, at=MAY)
    return make_library("pl")


@pytest.fixture
def practices(polish, office, other_office):
    """Three published ones: proven, told, not measured; and two that nobody finds."""
    told = {"title": "Oddane wnioski", "before": 10, "after": 4, "low": -9, "high": -3, "better": "lower"}
    return [
        make_practice(
            office,
            title="Rozmowa z pracodawcami",
            library=polish,
            effect="proven",
            criteria=[("caf-2020", "5.2"), ("caf-2020", "5.3")],
            clients=["employers"],
            results=[told, {**told, "title": "Czas", "verdict": "improved"}],
            cost=500,
            first_published_at=MAY,
        ),
        make_practice(
            other_office,
            title="Krótsze kolejki",
            summary="W urzędach czeka się krócej.",
            library=polish,
            effect="told",
            criteria=[("caf-2020", "6.1")],
            clients=["residents", "employers"],
            results=[{**told, "low": None, "high": None}],
            first_published_at=MAY + timedelta(days=2),
        ),
        make_practice(
            other_office,
            title="Kawa z dyrektorem",
            library=polish,
            stage="pilot",
            first_published_at=MAY + timedelta(days=1),
        ),
        make_practice(office, title="Szkic rozmowy z pracodawcą", library=polish, live=False),
        make_practice(office, title="Dawna rozmowa z pracodawcą", library=polish, archived_at=MAY),
    ]


def test_only_published_ones_are_found_best_proven_first(practices):
    assert titles() == ["Rozmowa z pracodawcami", "Krótsze kolejki", "Kawa z dyrektorem"]


@pytest.mark.parametrize("words", ["pracodawca", "rozmowy pracodawcow", "ROZMÓW", "pracodawcą"])
def test_words_find_other_forms_and_missing_diacritics(practices, words):
    assert titles(f"q={words}") == ["Rozmowa z pracodawcami"]


def test_words_are_looked_for_in_the_summary_too(practices):
    assert titles("q=urząd") == ["Krótsze kolejki"]


def test_signs_of_the_search_language_are_only_signs(practices):
    assert titles('q="rozmowa" AND NOT (title:*') == []
    assert titles("q=*") == []


def test_practices_of_another_language_are_not_found(practices):
    make_library("en")
    assert titles(language="en") == []


def test_facets_narrow_and_their_counts_respect_the_others(practices):
    everything = found(ask())
    assert everything.facets["clients"] == {"employers": 2, "residents": 1}
    assert everything.facets["criterion"] == {"caf-2020:5": 1, "caf-2020:6": 1}
    narrowed = found(ask("clients=employers&effect=proven"))
    assert [hit.title for hit in narrowed.rows] == ["Rozmowa z pracodawcami"]
    assert narrowed.facets["clients"] == {"employers": 1, "residents": 0}
    assert narrowed.facets["effect"] == {"proven": 1, "told": 1, "none": 0}
    assert (narrowed.total, narrowed.of_all) == (1, 3)


def test_values_of_one_facet_widen(practices):
    assert len(titles("effect=proven&effect=told")) == 2


def test_kind_region_stage_and_cost_narrow(practices):
    assert titles("region=28") == ["Rozmowa z pracodawcami"]
    assert titles("stage=pilot") == ["Kawa z dyrektorem"]
    assert titles("cost=small") == ["Rozmowa z pracodawcami"]
    assert len(titles("kind=county_labour_office")) == 3


def test_newest_come_first_when_asked(practices):
    assert titles("sort=newest") == ["Krótsze kolejki", "Kawa z dyrektorem", "Rozmowa z pracodawcami"]


def test_words_in_the_title_come_first_when_asked(practices, polish, office):
    make_practice(office, title="Inna", summary="Kolejki w urzędzie", library=polish, effect="proven")
    assert titles("q=kolejka") == ["Inna", "Krótsze kolejki"]
    assert titles("q=kolejka&sort=words") == ["Krótsze kolejki", "Inna"]


def test_row_shows_the_proven_result_with_its_interval(practices):
    result = found(ask("effect=proven")).rows[0].result
    assert (result.title, result.change, result.is_proven) == ("Czas", Change(-6, -9, -3), True)


def test_result_without_interval_shows_none(practices):
    assert found(ask("effect=told")).rows[0].result.change == Change(-6)


def test_question_that_finds_nothing_says_what_to_drop(practices):
    query = ask("q=kawa&clients=employers&region=28")
    assert found(query).total == 0
    assert drops(query) == (Drop("", "kawa", 1),)
    assert drops(ask("q=pracodawca&stage=pilot")) == (Drop("stage", "pilot", 1), Drop("", "pracodawca", 1))


def test_unknown_values_are_named_and_change_nothing(practices):
    query = ask("region=atlantis&page=zwei")
    assert query.ignored == ("atlantis", "zwei")
    assert found(query).total == 3


def test_new_and_archived_practices_are_counted_at_once(practices, polish, office, lena):
    assert found(ask()).total == 3
    new = make_practice(office, title="Nowa", library=polish)
    assert found(ask()).total == 4
    archive_practice(new, reason="Replaced.", by=lena, at=MAY)
    assert found(ask()).total == 3


def test_what_the_history_does_not_tell_is_seen_when_the_process_looks_again(practices, monkeypatch):
    assert found(ask()).total == 3
    PracticePage.objects.filter(pk=practices[0].pk).update(archived_at=MAY)
    monkeypatch.setattr(catalogue, "LOOK_AGAIN_SECONDS", 0)
    assert found(ask()).total == 2


def test_pages_hold_twenty_and_the_last_one_catches_what_is_beyond(polish, office):
    for number in range(ON_A_PAGE + 1):
        make_practice(office, title=f"Praktyka {number}", library=polish)
    assert [len(found(ask(f"page={page}")).rows) for page in (1, 2, 9)] == [20, 1, 1]
    assert found(ask("page=9")).page == 2


@pytest.mark.parametrize("address", ["", "q=praktyka", "q=praktyka&sort=words&clients=staff&criterion=caf-2020:5"])
def test_three_practices_take_as_many_queries_as_one(polish, office, address):
    def count():
        query = ask(address)
        with CaptureQueriesContext(connection) as queries:
            assert found(query).rows
        return len(queries)

    facts = {"criteria": [("caf-2020", "5.2")], "clients": ["staff"], "results": [{"title": "Czas"}]}
    make_practice(office, title="Praktyka", library=polish, **facts)
    count()
    one = count()
    for number in range(2):
        make_practice(office, title=f"Praktyka {number}", library=polish, **facts)
    count()
    assert count() == one
