"""After an office has withdrawn, no page of anybody elsewhere tells its score, by name or in a distribution."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Site

from qms.assessments.models import NodeResult
from qms.exchange.models import Edition, EditionPage, ExchangeIndexPage, OfficePage, Release, ThemePage
from qms.exchange.services.consent import decide_consent
from qms.exchange.services.queueing import build_edition
from tests.factories.exchange import make_edition, make_offer, make_theme
from tests.factories.goodpractices import make_library, make_practice
from tests.factories.offices import make_office, make_person, make_region
from tests.factories.reports import make_report

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = datetime(2026, 11, 20, 6, 10, tzinfo=UTC), datetime(2026, 11, 21, 6, 10, tzinfo=UTC)
READERS = ("lead", "director", "employee", "regional", "juror", "evaluator", "administrator", "visitor")
EXAMPLES = 4
CODE, NODES, SHARING = "small-2020", ("1.1", "1.2", "6.1"), 7
LINES = {"li", "p", "td", "th", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "section", "article", "div"}


class Lines(HTMLParser):
    """The text of every innermost element that stands on a line of its own; an item of a list is one line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = [("", [])]
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in LINES and "li" not in [name for name, _words in self.open]:
            self.open.append((tag, []))

    def handle_endtag(self, tag):
        if tag == self.open[-1][0]:
            self.found.append(" ".join("".join(self.open.pop()[1]).split()))

    def handle_data(self, text):
        self.open[-1][1].append(f" {text}")


@pytest.fixture
def network(django_db_setup, db):
    """Seven offices that share by name, each strong somewhere with a practice and a visit; and one that is weak."""
    library = make_library()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "root_page": Page.objects.get(pk=library.get_parent().pk)},
    )
    region = make_region()
    reports = []
    for number in range(SHARING):
        office = make_office(region=region, name=f"Office Sharing{number}", short_name=f"Sharing{number}")
        # Numbers that stand nowhere else on a page.
        scores = {node: 61 + 4 * number + place for place, node in enumerate(NODES)}
        reports.append(make_report(office, scores, consent="named"))
        make_practice(office, title=f"Practice of {number}", criteria=[(CODE, node) for node in NODES], effect="told")
        make_offer(office, nodes=NODES[:1])
    weak = make_office(region=make_region(), short_name="Weak")
    make_report(weak, dict.fromkeys(NODES, 11), consent="nothing")
    edition = make_edition(languages=["en"], by=make_person("Nora", "national_coordinator"), needs=3, proposals=5)
    for node in NODES:
        make_theme(edition, nodes=[node])
    build_edition(edition, at=FRIDAY)
    readers = {
        "lead": make_person("Dora", "quality_lead", office=weak),
        "director": make_person("Ivo", "director", office=weak),
        "employee": make_person("Jan", "employee", office=weak),
        "regional": make_person("Rob", "regional_coordinator", region=weak.region),
        "juror": make_person("Judy", "juror"),
        "evaluator": make_person("Mark", "mystery_evaluator"),
        "administrator": make_person("Pat", "platform_administrator"),
        "visitor": None,
    }
    return reports, readers, weak


def pages_for(weak):
    kinds = (ExchangeIndexPage, EditionPage, ThemePage)
    tree = [page.get_url() for kind in kinds for page in kind.objects.live()]
    own = [page.get_url() for page in OfficePage.objects.live().filter(office=weak)]
    return [*tree, *own, "/en/exchange/visits/offers/", "/en/exchange/help/", "/en/", make_library().get_url()]


def read(person, address):
    client = Client()
    if person is not None:
        client.force_login(person)
    response = client.get(address)
    assert response.status_code in (200, 302, 403, 404)
    return response.content.decode() if response.status_code == 200 else ""


def tells(html, office, scores):
    """Lines in which the office's name stands beside one of its scores."""
    figures = re.compile(rf"(?<![\d.])({'|'.join(str(int(score)) for score in scores)})(?!\d)")
    return [line for line in Lines(html).found if office.short_name in line and figures.search(line)]


def drawn(html):
    """The subcriteria whose distribution the page draws."""
    return set(re.findall(r'id="spread-([\d.]+)', html))


def told_of(report, reader, weak):
    """What the pages of this reader tell of the self-assessment: lines with the name, and distributions."""
    scores = list(NodeResult.objects.filter(assessment=report).values_list("score", flat=True))
    html = [read(reader, address) for address in pages_for(weak)]
    counts = {one.node for one in Release.objects.all() if report.pk in one.contributors}
    lines = [line for page in html for line in tells(page, report.office, scores)]
    return lines, set().union(*map(drawn, html)) & counts


def test_pages_tell_names_and_distributions_as_long_as_they_are_shared(network):
    reports, readers, weak = network

    lines, distributions = told_of(reports[-1], readers["lead"], weak)

    assert lines != []
    assert distributions == set(NODES)


def test_fit_that_was_reckoned_with_a_score_is_not_told_once_the_name_is_off(network):
    reports, readers, weak = network
    address = OfficePage.objects.live().get(office=weak).get_url()
    fits = read(readers["lead"], address).count("How sure the effect is")
    for report in reports:
        decide_consent(report, consent="anonymous", seen="named", by=report.opened_by, at=FRIDAY)

    assert fits > 0
    assert read(readers["lead"], address).count("How sure the effect is") == 0


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(range(SHARING)), st.sampled_from(READERS), st.booleans())
def test_withdrawn_score_stands_nowhere(network, number, who, is_rebuilt):
    reports, readers, weak = network
    report = reports[number]
    with transaction.atomic():
        decide_consent(report, consent="nothing", seen="named", by=report.opened_by, at=FRIDAY)
        if is_rebuilt:
            build_edition(Edition.objects.get(), at=SATURDAY)
        told = told_of(report, readers[who], weak)
        transaction.set_rollback(True)
    assert told == ([], set())


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(range(SHARING)), st.sampled_from(READERS))
def test_name_that_was_taken_off_stands_beside_no_score(network, number, who):
    reports, readers, weak = network
    report = reports[number]
    with transaction.atomic():
        decide_consent(report, consent="anonymous", seen="named", by=report.opened_by, at=FRIDAY)
        lines, distributions = told_of(report, readers[who], weak)
        transaction.set_rollback(True)
    assert lines == [], lines[0]
    assert distributions == (set(NODES) if who != "visitor" else set())
