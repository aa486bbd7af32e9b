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
from qms.jury.models import Agreed, Ballot, Standing
from qms.laureates.domain.bands import Span, laid_together, median_told, span_of
from qms.laureates.domain.figures import Bin, binned, folded, merged, renamed
from qms.laureates.queries.statistics import Mask, Talks, figures_of, masks_of
from qms.laureates.sheets import score_lines
from tests.factories.jury import hand_in, make_ballot, make_juror, make_received
from tests.factories.laureates import decide, end_embargo, make_decided_category, make_standing
from tests.factories.offices import make_led_office, make_office

SCORES = (71, 64, 58, 52, 47)
STATISTICS_QUERIES = 24


@pytest.fixture
def scored(office, ana):
    """Our office and four others, each scored by the same two jurors, the second one six points stricter."""
    offices = [office, *(make_led_office(staff_count=40) for _score in SCORES[1:])]
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


@given(st.lists(st.decimals(0, 100, places=2), min_size=5))
def test_no_stretch_of_a_scale_tells_of_fewer_than_five(values):
    stretches = merged(binned(values, tuple(range(0, 101, 10))))

    assert min(one.count for one in stretches) >= 5
    assert sum(one.count for one in stretches) == len(values)
    assert (stretches[0].low, stretches[-1].high) == (0, 100)


def test_fewer_than_five_make_no_stretch():
    assert merged(binned([40, 50, 60, 70], (0, 50, 100))) == ()


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([("tax", 9), ("labour", 3), ("court", 2)], (("tax", 9), ("", 5))),
        ([("tax", 9), ("labour", 6), ("court", 1)], (("tax", 9), ("", 7))),
        ([("court", 2), ("tax", 3)], (("", 5),)),
        ([("labour", 5), ("tax", 7)], (("tax", 7), ("labour", 5))),
        ([("court", 2), ("tax", 2)], ()),
        ([], ()),
    ],
)
def test_small_kinds_stand_together_so_that_none_can_be_reckoned(counts, told):
    assert folded(counts) == told


@given(st.sets(st.integers(1, 500)), st.integers())
def test_renamed_keys_have_each_an_own_name(keys, seed):
    names = renamed(keys, "A", 3, Random(seed))

    assert set(names) == keys
    assert sorted(names.values()) == [f"A{place:03}" for place in range(1, len(keys) + 1)]


# --- Statistics ------------------------------------------------------------------------------------------------------


def test_figures_of_a_round(scored):
    figures = figures_of(scored.round, timezone.now())

    assert (figures.ballots, figures.handed_in) == (10, 10)
    assert (figures.scored, figures.median) == (5, 58)
    assert figures.totals == (Bin(0, 100, 5),)
    assert figures.ranges == (Bin(0, None, 5),)
    assert [(one.n, one.mean) for _sign, one in figures.severities] == [(5, 6), (5, -6)]
    assert [many for _kind, many in figures.kinds] == [5]
    assert (figures.sizes, figures.size_unknown) == ((), 1)


def test_before_the_closing_nothing_is_said_about_offices(scored):
    scored.round.closes_at = scored.round.embargo_until = timezone.now() + timedelta(days=1)

    figures = figures_of(scored.round, timezone.now())

    assert (figures.kinds, figures.sizes, figures.totals, figures.median) == ((), (), (), None)


def test_page_of_four_scored_applications_tells_no_figure_of_them(client, scored, nora, office):
    scored.applications.get(office=office).standing.delete()
    client.force_login(nora)

    page = client.get(at("statistics", scored.round))

    assert page.context["totals"].text.startswith("Fewer than five applications are scored.")
    assert page.context["tables"] == ()
    kinds, sizes = page.context["offices"]
    assert [many for _kind, many in kinds.rows] == ["5"]
    assert sizes.rows == (("All sizes together", "fewer than five"),)


def test_columns_of_many_totals_are_drawn(client, scored, nora):
    for _twice in range(2):
        for score in SCORES:
            application = make_received(make_office(staff_count=40), scored)
            make_standing(application, score)
    client.force_login(nora)

    page = client.get(at("statistics", scored.round))

    assert [many for _points, many in page.context["totals"].table.rows] == ["9", "6"]
    assert page.context["offices"][1].rows == (("All sizes together", "14"), ("not known", "fewer than five"))


def test_section_closed_at_the_mean_was_not_talked_about(scored):
    talked, seen, not_judged, *_closed = scored.applications.order_by("number")
    Agreed.objects.update(agreed_at=timezone.now())
    Agreed.objects.filter(application=talked).update(marks={"score": 60})
    Agreed.objects.filter(application=seen).update(marks={"score": 60}, stage="visit")
    Agreed.objects.filter(application=not_judged).update(is_na=True, score=None)

    assert figures_of(scored.round, timezone.now()).talks == Talks(apart=0, after_talk=2, after_visit=1)


def test_scores_that_are_not_revealed_are_in_no_figure(scored, office):
    standing = scored.applications.get(office=office).standing
    standing.is_revealed = False
    standing.save()

    figures = figures_of(scored.round, timezone.now())

    assert (figures.scored, figures.totals, figures.median) == (4, (), None)
    assert {one.n for _sign, one in figures.severities} == {4}


def test_one_juror_lies_apart_from_nobody(scored):
    assert [(one.low, one.count) for one in figures_of(scored.round, timezone.now()).ranges] == [(0, 5)]

    Standing.objects.filter(application=scored.applications.first()).update(ballots=1)

    assert figures_of(scored.round, timezone.now()).ranges == ()


def test_table_of_ranges_says_where_nobody_lies_apart_from_anybody(client, scored, nora):
    Standing.objects.filter(application=scored.applications.first()).update(ballots=1)
    client.force_login(nora)

    ranges, *_others = client.get(at("statistics", scored.round)).context["tables"]

    assert ranges.rows == (("All together", "fewer than five"),)


def test_juror_of_fewer_than_five_applications_is_told_by_no_figure(client, scored, nora):
    first = scored.applications.order_by("number").first()
    third = hand_in(make_ballot(make_juror(scored), first), dict.fromkeys(scored.sections.all(), 90))
    client.force_login(nora)

    *_others, jurors = client.get(at("statistics", scored.round)).context["tables"]

    assert [row[1:] for row in jurors.rows if row[0] == third.juror.sign] == [("fewer than five", "–")]
    assert [many for _sign, many, _points in jurors.rows] == ["5", "5", "fewer than five"]


def test_time_of_a_few_ballots_is_not_told(client, scored, nora):
    handed_in = Ballot.objects.order_by("pk").values_list("pk", flat=True)[:4]
    Ballot.objects.exclude(pk__in=list(handed_in)).update(state=Ballot.State.DRAFT)
    client.force_login(nora)

    names = [one.title for one in client.get(at("statistics", scored.round)).context["stats"].stats]

    assert "Ballots handed in" in names
    assert "Median time of a ballot" not in names


def test_scores_of_the_table_are_rounded_half_up():
    mask = Mask("A001", "Offices", "J01", "S1", Decimal(1), Decimal("52.125"), False, Decimal("60.005"))

    assert score_lines([mask])[0][5:] == (Decimal("52.13"), 0, Decimal("60.01"))


def test_page_names_no_office(client, scored, nora, django_assert_max_num_queries):
    client.force_login(nora)
    with django_assert_max_num_queries(STATISTICS_QUERIES):
        page = client.get(at("statistics", scored.round)).content.decode()

    assert "Totals of the applications" in page
    assert "The table is made from" in page
    assert ">47<" not in page.partition("<main")[2].partition("By category")[2]
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


NAMES_NOBODY = ["x", "²", "9" * 30, "9" * 5000]


@pytest.mark.parametrize(
    "sent", [{"do": "embargo"}, {"do": "embargo", "laureate": NAMES_NOBODY}, {"do": "results"}, {}]
)
def test_wrong_clicks_tell_nobody(client, scored, nora, sent):
    client.force_login(nora)

    client.post(at("tell", scored.round), sent)

    assert not Letter.objects.filter(kind__startswith="laureates.").exists()


def test_after_the_embargo_one_click_tells_everybody(client, scored, nora):
    end_embargo(scored.round)
    client.force_login(nora)
    page = client.get(at("tell", scored.round))
    assert page.context["untold"] == 5
    assert "by themselves" in page.context["note"].text

    page = client.post(at("tell", scored.round), {"do": "results"}, follow=True)

    assert [str(one) for one in page.context["messages"]] == ["5 offices are told."]
    assert page.context["untold"] == 0
    assert "by themselves" not in page.context["note"].text


def test_page_names_the_office_that_nobody_leads(client, scored, nora, office, ana):
    decide(scored.decision_lists.get(), make_received(make_office(name="The office of nobody"), scored))
    ana.memberships.update(is_active=False)
    client.force_login(nora)

    page = client.get(at("tell", scored.round))

    assert page.context["unled"].text.startswith(f"{office.name}; The office of nobody.")
    assert [(one.remark, one.is_locked) for one in page.context["laureates"]] == [("nobody to tell", True)]
    end_embargo(scored.round)
    assert client.get(at("tell", scored.round)).context["untold"] == 4


def test_organiser_finds_the_doors_after_the_closing_alone(scored, nora, ana):
    now = timezone.now()
    addresses = {at(name, scored.round) for name in ("feedback-list", "tell", "statistics")}

    assert addresses <= {door.url for door in doors_of_round(scored.round, nora, now)}
    assert not addresses & {door.url for door in doors_of_round(scored.round, ana, now)}
    scored.round.closes_at = now + timedelta(days=1)
    assert not addresses & {door.url for door in doors_of_round(scored.round, nora, now)}
