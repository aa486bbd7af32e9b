from datetime import UTC, date, datetime

import pytest

from qms.improvements.models import Effect
from qms.improvements.queries.network import Part, network_of, offices_counted, reach_of, regions_of
from tests.factories.improvements import make_action, make_finding, make_plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)
MOMENT = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def filled(office, other_office, lena, dora):
    """Our office: two approved plans; the other one: a draft."""
    first = make_plan(office, by=lena, stage="under_way")
    make_action(first, by=lena, status="approved", due_on=date(2026, 4, 1))
    make_action(first, by=lena, status="in_progress", due_on=date(2026, 6, 1))
    make_action(first, by=lena, status="postponed", due_on=date(2026, 4, 1))
    closed = make_plan(office, by=lena, stage="closed")
    done = make_action(closed, by=lena, status="done", done_on=date(2026, 4, 2))
    Effect.objects.create(action=done, verdict="improved", stated_by=lena, stated_at=MOMENT)
    draft = make_plan(other_office, by=dora)
    make_action(draft, by=dora, due_on=date(2026, 4, 1))
    make_finding(office, by=lena).actions.add(done)
    make_finding(office, by=lena, dismissed_at=MOMENT, dismissed_reason="Known.")
    make_finding(other_office, by=dora)
    return office


def test_figures_of_the_country(filled, nora):
    found = network_of(reach_of(nora), on=TODAY)

    assert found.offices == Part(1, 2)
    assert found.plans.by == {"draft": 1, "under_way": 1, "closed": 1}
    assert found.actions.by == {"approved": 1, "in_progress": 1, "postponed": 1, "done": 1}
    assert found.lateness == Part(1, 2)
    assert found.findings.by == {"answered": 1, "aside": 1, "waiting": 1}
    assert found.verdicts.by == {"improved": 1}


def test_figures_of_a_region_are_those_of_its_offices(filled, rob):
    found = network_of(reach_of(rob), on=TODAY)

    assert found.offices == Part(1, 1)
    assert found.plans.by == {"under_way": 1, "closed": 1}
    assert found.findings.by == {"answered": 1, "aside": 1, "waiting": 0}


@pytest.mark.parametrize("person", ["ana", "lena", "boris", "judy"])
def test_who_coordinates_nothing_reaches_no_office(person, filled, request):
    assert list(reach_of(request.getfixturevalue(person))) == []


def test_reach_is_narrowed_by_words_region_and_kind(filled, office, other_office, nora, rob):
    assert list(reach_of(nora, region="26")) == [other_office]
    assert list(reach_of(nora, words="goldap")) == [office]
    assert list(reach_of(nora, kind="town_hall")) == []
    assert list(reach_of(rob, region="26")) == []
    assert [region.code for region in regions_of(rob)] == ["28"]


def test_closed_offices_are_left_out(filled, other_office, nora, office):
    other_office.is_active = False
    other_office.save()

    assert list(reach_of(nora)) == [office]


def test_each_office_has_its_counts(filled, nora, office, other_office):
    ours, theirs = offices_counted(reach_of(nora), on=TODAY)

    assert (ours.office, ours.open_plans, ours.closed, ours.actions, ours.running, ours.late) == (office, 1, 1, 4, 2, 1)
    assert (ours.done, ours.stated, ours.improved, ours.lateness.share) == (1, 1, 1, 50)
    assert (theirs.office, theirs.in_preparation, theirs.actions, theirs.lateness.share) == (other_office, 1, 0, None)


def test_finding_answered_by_two_actions_counts_once_and_by_a_stopped_one_not_at_all(filled, office, lena, nora):
    plan = office.plans.get(stage="under_way")
    twice, stopped = make_finding(office, by=lena), make_finding(office, by=lena)
    twice.actions.add(*plan.actions.all())
    stopped.actions.add(make_action(plan, by=lena, status="stopped"))

    assert network_of(reach_of(nora), on=TODAY).findings.by == {"answered": 2, "aside": 1, "waiting": 2}


@pytest.mark.parametrize("count", [1, 3])
def test_every_figure_is_one_query(count, filled, office, lena, nora, django_assert_num_queries):
    for _ in range(count):
        make_action(make_plan(office, by=lena, stage="approved"), by=lena, status="approved")
    offices = reach_of(nora)

    with django_assert_num_queries(6):
        network_of(offices, on=TODAY)
    with django_assert_num_queries(4):
        assert [row.office.region.name for row in offices_counted(offices, on=TODAY)]
