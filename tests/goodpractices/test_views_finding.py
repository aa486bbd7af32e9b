"""The library's page, its feed, its open data and its map, as visitors open them."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from qms.frameworks.services.importing import load_library as load_frameworks
from qms.goodpractices.components.jsonld import practice_json_ld
from tests.factories.goodpractices import make_library, make_practice

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
RESULT = {
    "title": "Days until a vacancy is filled",
    "unit": "days",
    "better": "lower",
    "before": 21,
    "after": 14,
    "low": -10,
    "high": -4,
    "count": 186,
    "verdict": "improved",
}


@pytest.fixture
def library(db):
    load_frameworks(by=None, at=MAY)
    made = make_library("en")
    home = made.get_parent()
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    return made


@pytest.fixture
def practice(library, office):
    return make_practice(
        office,
        title="Welcome talks with every employer",
        library=library,
        effect="proven",
        summary="Every new employer meets an adviser.",
        criteria=[("caf-2020", "5.2"), ("caf-2020", "6.2")],
        clients=["employers"],
        results=[RESULT],
        first_published_at=MAY,
    )


@pytest.fixture
def address(library):
    return library.get_url()


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_visitor_sees_the_library_with_effect_and_facets(client, practice, address):
    page = read(client, address)
    assert "Welcome talks with every employer" in page
    assert f"{address}{practice.slug}/" in page
    assert "from −10 to −4 · n = 186" in page
    assert "−7\xa0days" in page
    assert 'name="criterion" value="caf-2020:5"' in page
    assert "1 practice" in page


def test_word_in_another_form_finds_and_choices_become_chips(client, practice, address):
    page = read(client, f"{address}?q=employers+meeting&clients=employers&effect=proven")
    assert "1 practice of 1" in page
    assert page.count("remove filter") == 3
    assert 'href="' + address + '?q=employers+meeting&amp;effect=proven"' in page


def test_nothing_found_says_what_to_drop(client, practice, address):
    page = read(client, f"{address}?q=employer&stage=pilot")
    assert "Nothing found" in page
    assert "Pilot: 1 practice is left" in page


def test_empty_library_says_so(client, library, address):
    assert "The library is still empty" in read(client, address)


def test_unknown_values_are_left_out_with_a_sentence(client, practice, address):
    page = read(client, f"{address}?region=<script>&page=x")
    assert "we left it out: “&lt;script&gt;”, “x”." in page
    assert "Welcome talks" in page


def test_script_in_words_stays_text(client, practice, address):
    assert "<script>alert" not in read(client, f"{address}?q=<script>alert(1)</script>")


@pytest.mark.parametrize("query", ["", "?q=talk&clients=employers"])
def test_page_of_three_takes_as_many_queries_as_of_one(client, practice, office, library, address, query):
    def count():
        read(client, f"{address}{query}")
        with CaptureQueriesContext(connection) as queries:
            read(client, f"{address}{query}")
        return len(queries)

    one = count()
    for number in range(2):
        make_practice(
            office, title=f"Talk {number}", library=library, clients=["employers"], criteria=[("caf-2020", "1.1")]
        )
    assert count() == one


# --- Feed, open data, map --------------------------------------------------------------------------------------------


def test_feed_tells_the_newest_that_fit(client, practice, office, library):
    make_practice(office, title="Another one", library=library, clients=["residents"])
    channel = ElementTree.fromstring(read(client, "/en/practices/feed.xml?clients=employers")).find("channel")
    (item,) = channel.findall("item")
    assert item.find("title").text == "Welcome talks with every employer"
    assert item.find("link").text == f"http://testserver{library.get_url()}{practice.slug}/"
    assert channel.find("title").text == "Good practices: employers"


def test_csv_holds_what_fits_and_no_formula(client, practice, office, library):
    make_practice(office, title="=cmd()", library=library, clients=["residents"])
    lines = list(csv.DictReader(io.StringIO(read(client, "/en/practices/practices.csv").lstrip("\ufeff"))))
    assert len(lines) == 2
    (first,) = [line for line in lines if line["id"] == str(practice.pk)]
    assert first["criteria"] == "caf-2020 5.2; caf-2020 6.2"
    assert (first["before"], first["after"], first["change_low"]) == ("21", "14", "-10")
    assert not any(line["title"].startswith("=") for line in lines)
    assert "=cmd()" not in read(client, "/en/practices/practices.csv?clients=employers")


def test_json_holds_all_results_and_no_person(client, practice, lena):
    practice.contact = lena
    practice.save()
    answer = json.loads(read(client, "/en/practices/practices.json"))
    (one,) = answer["practices"]
    assert (one["effect"], one["results"][0]["low"], one["licence"]) == ("proven", -10, "cc-by-4.0")
    assert lena.email not in json.dumps(answer)
    assert "Lena" not in json.dumps(answer)


def test_every_open_field_is_documented(client, practice):
    answer = json.loads(read(client, "/en/practices/practices.json"))
    page = read(client, "/en/practices/open-data/")
    assert all(f">{name}<" in page for name in answer["practices"][0])


def test_drafts_and_archived_ones_are_nowhere(client, practice, office, library, address):
    make_practice(office, title="Hidden draft talk", library=library, live=False)
    make_practice(office, title="Hidden old talk", library=library, archived_at=MAY)
    for where in (address, "/en/practices/feed.xml", "/en/practices/practices.csv", "/en/practices/practices.json"):
        assert "Hidden" not in read(client, f"{where}?q=talk")


def test_map_counts_practices_by_region(client, practice, other_office, library):
    make_practice(other_office, library=library)
    page = read(client, "/en/practices/map/?clients=employers")
    assert "Warmia-Masuria: 1" in page
    assert "Holy Cross: 1" not in page
    assert "region=28" in page
    assert "Holy Cross: 1" in read(client, "/en/practices/map/")


@pytest.mark.parametrize("name", ["feed.xml", "practices.csv", "practices.json", "open-data/", "map/"])
def test_language_without_a_library_has_no_data(client, practice, name):
    assert client.get(f"/ru/practices/{name}").status_code == 404


@pytest.mark.parametrize("name", ["feed.xml", "practices.csv", "practices.json", "map/"])
def test_data_of_three_take_as_many_queries_as_of_one(client, practice, office, library, name):
    def count():
        read(client, f"/en/practices/{name}")
        with CaptureQueriesContext(connection) as queries:
            read(client, f"/en/practices/{name}")
        return len(queries)

    one = count()
    for number in range(2):
        make_practice(office, title=f"Talk {number}", library=library, clients=["staff"], results=[RESULT])
    assert count() == one


# --- What the page of a practice takes from here ---------------------------------------------------------------------


def test_json_ld_is_schema_org_and_cannot_end_its_block(practice):
    practice.title = "</script><script>alert(1)</script>"
    block = practice_json_ld(practice, url="https://qms.example/p/")
    html = block.render_html()
    assert html.count("</script>") == 1
    facts = json.loads(html.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))
    assert (facts["@type"], facts["name"]) == ("CreativeWork", practice.title)
    assert facts["datePublished"] == "2026-05-04"


def test_json_ld_has_the_day_of_the_calendar_in_warsaw(practice):
    """Published at half past midnight: in UTC that was still the day before."""
    practice.first_published_at = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    assert practice_json_ld(practice, url="https://qms.example/p/").facts["datePublished"] == "2026-05-05"


def test_similar_practices_stand_with_their_reasons(practice, other_office, library):
    make_practice(other_office, title="Like it", library=library, criteria=[("caf-2020", "5.2")], clients=["employers"])
    make_practice(other_office, title="Not like it", library=library)
    request = RequestFactory().get("/")
    page = Template("{% load library %}{% similar_practices page %}{% practice_json_ld_of page %}").render(
        Context({"request": request, "page": practice})
    )
    assert page.index("Like it") < page.index("filed under 5.2")
    assert "for the same people: employers; the same kind of office" in page
