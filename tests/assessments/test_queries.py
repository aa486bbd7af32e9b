"""What pages read, and in how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qms.assessments import queries, services
from qms.assessments.components.telling import not_compared
from qms.assessments.models import Assessment
from qms.lifecycle import Refused
from tests.factories.accounts import make_user
from tests.factories.assessments import (
    MONDAY,
    fill,
    make_approved,
    make_assessment,
    make_in_consensus,
    make_started,
    make_team,
    save,
    settle,
    settle_all,
    sheet_of,
)
from tests.factories.offices import make_office

pytestmark = pytest.mark.django_db


def fresh(assessment):
    return Assessment.objects.select_related("office", "edition", "previous").get(pk=assessment.pk)


def others(count, *, consent="anonymous", score=50, **fields):
    made = []
    for number in range(count):
        office = make_office()
        lead, director = make_team(office)
        made.append(
            make_approved(office, by=lead, director=director, score=score + number, benchmark_consent=consent, **fields)
        )
    return made


def test_progress_counts_answers_and_sheets(office, lena, clara, boris):
    assessment = make_started(office, by=lena, people=[clara, boris])
    save(sheet_of(assessment, boris), "1.1", 50)
    save(sheet_of(assessment, boris), "1.2", None)
    save(sheet_of(assessment, boris), "1.3", {"plan": 10})
    fill(sheet_of(assessment, clara), 50)

    progress = queries.progress_of(assessment)

    assert [(each.member.user, each.answered, each.of) for each in progress.members] == [(clara, 6, 6), (boris, 2, 6)]
    assert (progress.handed_in, progress.all_in) == (1, False)


def test_the_sheet_knows_where_it_stands(office, lena, clara, boris):
    assessment = make_started(office, by=lena, people=[clara, boris])
    save(sheet_of(assessment, boris), "1.2", 50)

    view = queries.sheet_view(sheet_of(assessment, boris), "1.2")

    assert [state.state for state in view.nodes] == ["empty", "scored", "empty", "empty", "empty", "empty"]
    assert (view.before.identifier, view.after.identifier, view.next_open.identifier) == ("1.1", "1.3", "1.3")
    assert (view.done, view.is_editable, view.previous) == (1, True, None)
    with pytest.raises(Refused):
        queries.sheet_view(sheet_of(assessment, boris), "9.9")


def test_the_previous_cycle_stands_beside_the_sheet(office, lena, ana, clara, boris):
    before = make_approved(office, by=lena, director=ana, score=48, year=2024)
    assessment = make_started(office, by=lena, people=[clara, boris], previous=before)

    previous = queries.sheet_view(sheet_of(assessment, boris), "1.1").previous

    assert (previous.year, previous.score, previous.band.code, previous.count) == (2024, 48, "some", 2)
    assert previous.areas == ("Agreed area",)


def test_the_widest_divergence_comes_first(office, lena, clara, boris, eva):
    assessment = make_started(office, by=lena, people=[clara, boris, eva])
    for person, score in ((clara, 20), (boris, 40), (eva, 30)):
        sheet = sheet_of(assessment, person)
        save(sheet, "1.3", score * 2)
        fill_rest(sheet, score)
    services.start_consensus(assessment, by=clara, at=MONDAY)
    settle(fresh(assessment), "1.3", 60, by=clara)

    rows = queries.divergence_of(fresh(assessment), viewer=clara)

    first = rows.rows[0]
    assert (first.node.identifier, first.divergence.range, first.agreed, first.is_settled) == ("1.3", 40, 60, True)
    assert (rows.settled, rows.sheets_in, rows.sheets) == (1, 3, 3)
    assert rows.after("1.3").node.identifier == "1.1"
    assert len(rows.with_verdict("discuss")) == 1


def fill_rest(sheet, score):
    for node in ("1.1", "1.2", "1.4", "6.1", "6.2"):
        save(sheet, node, score)
    services.hand_in_sheet(sheet, by=sheet.member.user, at=MONDAY)


def test_consensus_shows_scores_and_texts_side_by_side(office, lena, clara, boris, eva):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris, eva], scores=[70, None, 10])

    view = queries.node_for_consensus(assessment, "1.1", viewer=eva)

    assert [score.score for score in view.scores] == [10, 70, None]
    assert [score.unknown for score in view.scores] == [False, False, True]
    assert (len(view.strengths), len(view.areas), view.agreed.version) == (3, 3, 0)
    assert {text.letters[0] for text in view.strengths} == {"A", "B", "C"}
    assert view.divergence.spread.median == 40


def test_results_before_and_after_approval_say_the_same(office, lena, ana, clara, boris):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[40, 60])
    settle_all(assessment, 55, by=clara)
    services.send_to_approval(assessment, by=lena, at=MONDAY)
    live = queries.results_of(fresh(assessment))
    services.approve(assessment, by=ana, at=MONDAY)
    frozen = queries.results_of(fresh(assessment))

    assert (live.is_frozen, frozen.is_frozen) == (False, True)
    assert (frozen.criteria, frozen.total, frozen.coverage) == (live.criteria, live.total, live.coverage)
    assert (frozen.total.value, frozen.total_of, frozen.total.band.code) == (110, 200, "strong")
    assert [(part.code, part.figure.value) for part in frozen.parts] == [("enablers", 55), ("results", 55)]
    assert (len(frozen.strengths), len(frozen.nodes), frozen.approved_by) == (6, 6, ana.name)
    assert [member.name for member in frozen.groups[0].members] == [clara.name, boris.name]


def test_results_compare_with_the_previous_cycle(office, lena, ana):
    before = make_approved(office, by=lena, director=ana, score=48, year=2024)
    after = make_approved(office, by=lena, director=ana, score=60, previous=before, at=MONDAY + timedelta(days=1))

    results = queries.results_of(after)

    assert (results.previous_year, results.total.change, results.criteria[0].figure.change) == (2024, 24, 12)
    assert [cycle.total for cycle in queries.cycles_of(after)] == [96, 120]


def test_a_criterion_scored_in_part_has_no_change(office, lena, ana, clara, boris):
    before = make_approved(office, by=lena, director=ana, score=48, year=2024)
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[40, 60], previous=before)
    first = assessment.edition.tree().scored[0].identifier
    settle(assessment, first, 60, by=clara)

    results = queries.results_of(fresh(assessment))
    criterion = results.criteria[0]

    assert criterion.coverage.scored < criterion.coverage.of
    assert (criterion.figure.value, criterion.figure.previous, criterion.figure.change) == (60, 48, None)
    assert criterion.figure.is_apart
    assert criterion.nodes[0].figure.change == 12  # a subcriterion is always like itself
    assert "not compared with 2024" in not_compared(results)


def test_there_are_no_results_before_consensus(office, lena, clara, boris):
    with pytest.raises(Refused):
        queries.results_of(make_started(office, by=lena, people=[clara, boris]))


def test_the_benchmark_is_a_median_of_five_others_and_never_of_four(office, lena, ana):
    assessment = make_approved(office, by=lena, director=ana, score=99, benchmark_consent="anonymous")
    others(4)
    assert queries.benchmark_of(assessment) is None

    others(1, score=80)
    others(2, score=1, consent="nothing")
    benchmark = queries.benchmark_of(assessment)

    assert (benchmark.offices, benchmark.nodes["1.1"], benchmark.criteria["6"], benchmark.total) == (5, 52, 52, 104)


def test_the_benchmark_takes_the_latest_of_each_office_and_whole_offices_only(office, lena, ana):
    assessment = make_approved(office, by=lena, director=ana)
    made = others(5)
    lead, director = make_team(made[0].office)
    later = MONDAY + timedelta(days=30)
    make_approved(made[0].office, by=lead, director=director, score=90, benchmark_consent="named", at=later)
    make_approved(
        made[1].office, by=lead, director=director, score=1, benchmark_consent="named", at=later, unit="Branch"
    )

    assert queries.benchmark_of(assessment).nodes["1.1"] == 53


def test_a_withdrawn_consent_in_the_latest_cycle_withdraws_the_office(office, lena, ana):
    assessment = make_approved(office, by=lena, director=ana)
    made = others(5)
    lead, director = make_team(made[0].office)
    make_approved(
        made[0].office, by=lead, director=director, benchmark_consent="nothing", at=MONDAY + timedelta(days=30)
    )

    assert queries.benchmark_of(assessment) is None


def test_the_benchmark_is_reckoned_in_three_queries(office, lena, ana, django_assert_num_queries):
    assessment = make_approved(office, by=lena, director=ana)
    others(6)
    with django_assert_num_queries(3):
        queries.benchmark_of(assessment)


@pytest.mark.parametrize(("hour", "is_late"), [(22, False), (23, True)])
def test_a_task_for_a_day_is_late_when_the_day_ends_in_warsaw(office, lena, boris, clara, hour, is_late):
    """In winter midnight in Warsaw is 23:00 UTC: the calendar on the office's wall decides."""
    assessment = make_in_consensus(office, by=lena, people=[clara, boris], scores=[50, 60])
    Assessment.objects.filter(pk=assessment.pk).update(consensus_on=date(2026, 12, 10))
    (task,) = queries.tasks_of(clara, datetime(2026, 12, 10, hour, 30, tzinfo=UTC))
    assert (task.kind, task.is_late) == ("consensus", is_late)


def test_everyone_is_told_what_to_do(office, lena, ana, clara, boris):
    kinds = lambda person, at=MONDAY: [task.kind for task in queries.tasks_of(person, at)]  # noqa: E731
    draft = make_assessment(office, by=lena)
    assert kinds(lena) == ["start"]
    services.add_member(draft.groups.get(), email=clara.email, role="chair", by=lena, at=MONDAY)
    services.add_member(draft.groups.get(), email=boris.email, by=lena, at=MONDAY)
    assessment = services.start_individual(draft, by=lena, at=MONDAY)
    assert (kinds(lena), kinds(clara), kinds(boris), kinds(ana)) == ([], ["sheet"], ["sheet"], [])
    late = queries.tasks_of(boris, MONDAY + timedelta(days=30))[0]
    assert (late.is_late, late.detail) == (True, "0 of 6 begun")
    for person in (clara, boris):
        fill(sheet_of(assessment, person), 50)
    assert (kinds(clara), kinds(boris)) == (["open_consensus"], [])
    services.start_consensus(assessment, by=clara, at=MONDAY)
    assert kinds(clara) == ["consensus"]
    settle_all(fresh(assessment), 50, by=clara)
    assert kinds(clara) == ["send"]
    services.send_to_approval(assessment, by=clara, at=MONDAY)
    assert (kinds(clara), kinds(ana)) == ([], ["approve"])
    assert queries.tasks_of(ana, MONDAY)[0].url
    services.approve(assessment, by=ana, at=MONDAY)
    assert (kinds(ana), kinds(lena)) == ([], [])


# --- Constant queries ------------------------------------------------------------------------------------------------


def crowd(office, lena, size):
    people = [make_user() for _ in range(size)]
    return people, make_in_consensus(office, by=lena, people=people, scores=[20 + n for n in range(size)])


@pytest.mark.parametrize("size", [2, 5])
def test_pages_read_in_a_fixed_number_of_queries(office, lena, size, django_assert_num_queries):
    people, assessment = crowd(office, lena, size)
    settle_all(assessment, 22, by=people[0])
    assessment = fresh(assessment)
    assessment.edition.tree()
    sheet = sheet_of(assessment, people[1])
    with django_assert_num_queries(3):
        queries.progress_of(assessment)
    with django_assert_num_queries(3):
        queries.sheet_view(sheet, "1.1")
    with django_assert_num_queries(3):
        queries.whole_sheet(sheet)
    with django_assert_num_queries(4):
        queries.divergence_of(assessment, viewer=people[0])
    with django_assert_num_queries(11):
        queries.node_for_consensus(assessment, "1.1", viewer=people[0])
    with django_assert_num_queries(6):
        queries.results_of(assessment)
    with django_assert_num_queries(3):
        queries.tasks_of(people[0], MONDAY)


@pytest.mark.parametrize("cycles", [1, 3])
def test_the_list_reads_in_a_fixed_number_of_queries(office, lena, ana, cycles, django_assert_num_queries):
    for year in range(cycles):
        make_approved(office, by=lena, director=ana, year=2020 + year, at=MONDAY + timedelta(days=year))
    lena.__dict__.pop("_roles", None)
    with django_assert_num_queries(2):
        rows = queries.assessments_listed(lena, office=office)
    assert [row.assessment.year for row in rows] == [2020 + year for year in reversed(range(cycles))]
    assert {(row.sheets_in, row.sheets, row.settled, row.nodes, row.total) for row in rows} == {(2, 2, 6, 6, 120)}
