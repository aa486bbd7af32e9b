"""What is offered to an application, and what stands at its sources now."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from qms.awards.components.offers import figures_words
from qms.awards.domain.offer import Figures
from qms.awards.queries.overview import lines_of
from qms.awards.queries.reports import reports_for
from qms.awards.queries.sources import sources_of
from qms.awards.queries.standing import now_of
from qms.improvements.models import ActionNode, Indicator, Reading
from tests.factories.assessments import make_edition
from tests.factories.awards import make_application, make_category, make_question, make_section, make_told_report
from tests.factories.goodpractices import make_practice
from tests.factories.improvements import make_action, make_plan
from tests.factories.reports import make_report

SMALL = "small-2020"


@pytest.fixture
def category(db):
    return make_category(framework=make_edition())


@pytest.fixture
def report(office):
    return make_told_report(office, {"1.1": ["Goals are known.", "Staff meet."], "6.1": ["Clients are content."]})


@pytest.fixture
def application(office, category, report):
    return make_application(office, category, assessment=report)


@pytest.fixture
def action(office, lena):
    made = make_action(
        make_plan(office, by=lena, stage="approved"),
        by=lena,
        title="Welcome talk",
        problem="Employers wait.",
        status="done",
        done_on=date(2026, 6, 30),
    )
    ActionNode.objects.create(action=made, framework=SMALL, node="6.1")
    return made


def measure(action, lena, *values):
    indicator = Indicator.objects.create(action=action, title="Waiting", unit="days", better="lower", target=15)
    for day, value in values:
        Reading.objects.create(indicator=indicator, on=day, value=value, added_by=lena)
    return indicator


def told(offers):
    return [(one.source, one.text) for one in offers]


def test_strengths_come_with_their_evidence_and_the_agreed_score(application):
    assert told(sources_of(application).under("1.1")) == [
        ("strength", "Goals are known. (Evidence: E1 Survey 2026.)"),
        ("strength", "Staff meet."),
        ("score", "In our self-assessment “1.1 Title of 1.1” has the agreed score 60 of 100 (strong evidence)."),
    ]


def test_a_criterion_offers_what_stands_under_its_subcriteria_and_no_node_everything(application, action):
    assert [one.source for one in sources_of(application).under("6")] == ["strength", "score", "action"]
    assert sources_of(application).under("6.2") == ()
    assert sources_of(application).under("9") == ()
    assert len(sources_of(application).under("")) == 6


def test_actions_come_from_approved_plans_only(application, action, lena):
    assert told(sources_of(application).under("6.1"))[-1] == (
        "action",
        "Welcome talk (finished on 30 June 2026). The trouble was: Employers wait.",
    )
    action.plan.stage, action.plan.approved_at = "draft", None
    action.plan.save()
    assert "action" not in [one.source for one in sources_of(application).under("6.1")]


def test_an_indicator_becomes_a_row_of_three_years(application, action, lena):
    measure(action, lena, (date(2024, 5, 1), 21), (date(2026, 1, 1), 19), (date(2026, 9, 1), 14))
    row = sources_of(application).under("6.1")[-1]

    assert row.figures == Figures(
        "Waiting", "days", "lower", 2026, (Decimal(21), None, Decimal(14)), target=Decimal(15)
    )
    assert row.text == "2024: 21; 2026: 14; → 15 [days]"


def test_a_row_names_the_surveys_that_measured_it_the_latest_first(application, action, lena):
    indicator = measure(action, lena, (date(2024, 5, 1), 21), (date(2026, 1, 1), 19), (date(2026, 9, 1), 14))
    surveys = {2024: ("Client survey, spring 2024", 416), 2026: ("Client survey, autumn 2026", None)}
    for reading in indicator.readings.all():
        reading.label, reading.count = surveys[reading.on.year]
        reading.save()

    row = sources_of(application).under("6.1")[-1]
    assert row.figures.evidence == ("Client survey, autumn 2026", "Client survey, spring 2024, n = 416")
    assert figures_words(row.figures) == (
        "Waiting (days). 2024: 21, 2026: 14; target: 15 "
        "(Client survey, autumn 2026; Client survey, spring 2024, n = 416)"
    )


def test_a_published_practice_is_offered_once_and_a_draft_never(application, office):
    make_practice(office, criteria=[(SMALL, "1.1")])
    make_practice(office, title="Secret", criteria=[(SMALL, "1.1")], live=False)

    assert told(sources_of(application).under("1.1"))[-1] == ("practice", "Letters in plain words. What we did.")


def test_nothing_of_another_office_is_offered(application, other_office, dora):
    make_told_report(other_office, {"1.1": ["Theirs."]})
    make_practice(other_office, criteria=[(SMALL, "1.1")])
    theirs = make_action(make_plan(other_office, by=dora, stage="approved"), by=dora, status="done")
    ActionNode.objects.create(action=theirs, framework=SMALL, node="1.1")

    assert [one.source for one in sources_of(application).under("1.1")] == ["strength", "strength", "score"]
    assert now_of([f"action:{theirs.pk}:text"], application.office) == {}


def test_what_stands_at_a_source_now_is_told_by_its_key(application, action, lena):
    measure(action, lena, (date(2026, 9, 1), 14))
    offers = sources_of(application).under("")
    keys = [one.key for one in offers]

    assert now_of(keys, application.office) == {one.key: one.text for one in offers}
    action.title = "Welcome call"
    action.save()
    assert now_of([f"action:{action.pk}:text"], application.office) == {
        f"action:{action.pk}:text": "Welcome call (finished on 30 June 2026). The trouble was: Employers wait."
    }
    assert now_of(["", "nonsense", "action:x:text", "strength:1:gone"], application.office) == {}


def test_a_source_reads_the_same_whoever_reads_it(application, action):
    keys = [one.key for one in sources_of(application).under("")]
    english = now_of(keys, application.office)
    with translation.override("pl"):
        assert now_of(keys, application.office) == english


def test_offers_take_as_many_queries_for_one_action_as_for_three(
    application, action, office, lena, django_assert_num_queries
):
    measure(action, lena, (date(2026, 9, 1), 14))
    with django_assert_num_queries(6):
        sources_of(application)
    for _each in range(2):
        more = make_action(action.plan, by=lena, status="done")
        ActionNode.objects.create(action=more, framework=SMALL, node="6.1")
        measure(more, lena, (date(2026, 9, 1), 14))
    with django_assert_num_queries(6):
        sources_of(application)


def test_only_reports_on_the_whole_office_by_the_framework_fill_it(office, category, report):
    make_report(office, {"1.1": 40}, unit="Branch")
    make_report(office, {}, edition="caf-2020")
    latest = make_told_report(office, {"1.1": ["Later."]})

    assert list(reports_for(category, office)) == [latest, report]


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_takes_as_many_queries_for_one_application_as_for_three(office, django_assert_num_queries):
    made = []
    for expected in (1, 3):
        while len(made) < expected:
            category = make_category()
            make_question(make_section(category))
            made.append(make_application(office, category))
        with django_assert_num_queries(7):
            lines = lines_of(made)
    assert [(line.sections, line.ready, line.missing) for line in lines] == [(1, 0, 1)] * 3
