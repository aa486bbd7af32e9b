"""A round in figures, its scores without names, and the page from which results are told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from qms.awards.components.doors import doors_of_round
from qms.core.models import Letter
from qms.laureates.domain.bands import Span, laid_together, median_told, span_of
from qms.laureates.domain.figures import binned, renamed
from qms.laureates.queries.statistics import figures_of, masks_of
from tests.factories.jury import hand_in, make_ballot, make_juror
from tests.factories.laureates import end_embargo, make_decided_category
from tests.factories.offices import make_office

SCORES = (71, 64, 58, 52, 47)
STATISTICS_QUERIES = 24


@pytest.fixture
def scored(office, ana):
    """Our office and four others, each scored by the same two jurors, the second one six points stricter."""
    offices = [office, *(make_office(staff_count=40) for _score in SCORES[1:])]
    category = make_decided_category(dict(zip(offices, SCORES, strict=True)))
    sections = list(category.sections.all())
    jurors = [make_juror(category), make_juror(category)]
    for application in category.applications.all():
        total = int(application.standing.total)
        for juror, apart in zip(jurors, (3, -3), strict=True):
            hand_in(make_ballot(juror, application), dict.fromkeys(sections, total + apart))
    return category


def at(name, found):
    return reverse(f"laureates:{name}", args=[found.pk])


# --- Reckoning -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "span"), [("0", (0, 10)), ("69.96", (60, 70)), ("70", (70, 80)), ("100", (90, 100)), (None, None)]
)
def test_without_bands_a_score_lies_in_its_ten(score, span):
    assert span_of(None if score is None else Decimal(score), ()) == (span and Span(*span))


@given(st.decimals(0, 100, places=3))
def test_a_score_lies_in_its_span(score):
    span = span_of(score, ())

    assert span.low <= score <= span.high
    assert span.high - span.low == 10


def test_median_is_told_from_five_on_and_blanks_do_not_count():
    assert median_told([Decimal(one) for one in SCORES]) == 58
    assert median_told([*(Decimal(one) for one in SCORES[:4]), None]) is None


def test_what_several_wrote_stands_once():
    assert laid_together(["Clear goals.\nGood staff.", "", "Good staff.\n\nOpen books."]) == (
        "Clear goals.\nGood staff.\nOpen books."
    )


@given(st.lists(st.decimals(0, 100, places=2)))
def test_every_value_lies_in_one_bin(values):
    assert sum(one.count for one in binned(values, tuple(range(0, 101, 10)))) == len(values)
    assert sum(one.count for one in binned(values, (0, 10, 20), is_open=True)) == len(values)


@given(st.sets(st.integers(1, 500)), st.integers())
def test_renamed_keys_have_each_an_own_name(keys, seed):
    names = renamed(keys, "A", 3, Random(seed))

    assert set(names) == keys
    assert sorted(names.values()) == [f"A{place:03}" for place in range(1, len(keys) + 1)]


# --- Statistics ------------------------------------------------------------------------------------------------------


def test_figures_of_a_round(scored):
    figures = figures_of(scored.round, timezone.now())

    assert (figures.ballots, figures.handed_in) == (10, 10)
    assert [(one.low, one.count) for one in figures.totals if one.count] == [(40, 1), (50, 2), (60, 1), (70, 1)]
    assert figures.spread.median == 58
    assert [(one.low, one.count) for one in figures.ranges] == [(0, 5), (10, 0), (20, 0), (30, 0)]
    assert [(one.n, one.mean) for _sign, one in figures.severities] == [(5, 6), (5, -6)]
    assert [(one.low, one.count) for one in figures.sizes if one.count] == [(25, 4)]
    assert figures.size_unknown == 1


def test_before_the_closing_nothing_is_said_about_offices(scored):
    scored.round.closes_at = scored.round.embargo_until = timezone.now() + timedelta(days=1)

    figures = figures_of(scored.round, timezone.now())

    assert (figures.kinds, figures.sizes, figures.totals, figures.spread) == ((), (), (), None)


def test_scores_that_are_not_revealed_are_in_no_figure(scored, office):
    standing = scored.applications.get(office=office).standing
    standing.is_revealed = False
    standing.save()

    figures = figures_of(scored.round, timezone.now())

    assert figures.spread.n == 4
    assert {one.n for _sign, one in figures.severities} == {4}


def test_page_names_no_office(client, scored, nora, django_assert_max_num_queries):
    client.force_login(nora)
    with django_assert_max_num_queries(STATISTICS_QUERIES):
        page = client.get(at("statistics", scored.round)).content.decode()

    assert "Totals of the applications" in page
    assert "The table is made from" in page
    for application in scored.applications.all():
        assert application.office.name not in page
        assert application.number not in page


def test_table_without_names_holds_every_score_once(scored):
    masks = masks_of(scored.round, Random(1))

    assert len(masks) == 5 * 2 * 2
    assert {one.application for one in masks} == {f"A00{place}" for place in range(1, 6)}
    assert {one.juror for one in masks} == {"J01", "J02"}
    assert sorted({one.counts for one in masks}) == sorted(map(Decimal, SCORES))


def test_small_categories_stay_out_of_the_table(scored, office):
    standing = scored.applications.get(office=office).standing
    standing.is_revealed = False
    standing.save()

    assert masks_of(scored.round, Random(1)) == ()


def test_table_is_downloaded_after_the_embargo_and_holds_no_name(client, scored, nora):
    client.force_login(nora)
    assert client.get(at("export", scored.round)).status_code == 302
    end_embargo(scored.round)

    answer = client.get(at("export", scored.round))

    cells = {
        str(cell) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True) for cell in row
    }
    for application in scored.applications.select_related("office"):
        assert not {application.office.name, application.office.short_name, application.number} & cells
    assert not any("E1" in cell or "Goals" in cell for cell in cells)


# --- Telling ---------------------------------------------------------------------------------------------------------


def test_organiser_tells_a_laureate_in_confidence(client, scored, nora, ana, office):
    client.force_login(nora)
    page = client.get(at("tell", scored.round))
    assert [one.office for one in page.context["laureates"]] == [office.name]

    laureate = page.context["laureates"][0].pk
    page = client.post(at("tell", scored.round), {"do": "embargo", "laureate": laureate}, follow=True)

    assert [str(one) for one in page.context["messages"]] == ["1 office is told."]
    assert Letter.objects.get(kind="laureates.embargo").to == ana.email
    assert page.context["laureates"][0].told


@pytest.mark.parametrize("sent", [{"do": "embargo"}, {"do": "embargo", "laureate": "x"}, {"do": "results"}, {}])
def test_wrong_clicks_tell_nobody(client, scored, nora, sent):
    client.force_login(nora)

    client.post(at("tell", scored.round), sent)

    assert not Letter.objects.filter(kind__startswith="laureates.").exists()


def test_after_the_embargo_one_click_tells_everybody(client, scored, nora):
    end_embargo(scored.round)
    client.force_login(nora)
    assert client.get(at("tell", scored.round)).context["untold"] == 5

    page = client.post(at("tell", scored.round), {"do": "results"}, follow=True)

    assert [str(one) for one in page.context["messages"]] == ["5 offices are told."]
    assert page.context["untold"] == 0


def test_organiser_finds_the_doors_after_the_closing_alone(scored, nora, ana):
    now = timezone.now()
    addresses = {at(name, scored.round) for name in ("feedback-list", "tell", "statistics")}

    assert addresses <= {door.url for door in doors_of_round(scored.round, nora, now)}
    assert not addresses & {door.url for door in doors_of_round(scored.round, ana, now)}
    scored.round.closes_at = now + timedelta(days=1)
    assert not addresses & {door.url for door in doors_of_round(scored.round, nora, now)}
