"""Planning: what the pages of an edition are to show."""

from datetime import UTC, datetime, timedelta

import pytest

from qms.exchange.models import Dismissal, Part, Release
from qms.exchange.services.planning import Planned, plan_edition
from qms.goodpractices.models import Question
from tests.factories.accounts import make_user
from tests.factories.exchange import make_call, make_edition, make_offer, make_theme, make_visit
from tests.factories.goodpractices import make_library, make_practice
from tests.factories.improvements import make_action, make_plan
from tests.factories.reports import make_report, make_reports

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 6, 10, tzinfo=UTC)
CODE = "small-2020"
SCORES = {"1.1": 70, "1.2": 20, "1.3": 20, "1.4": 60, "6.1": 40, "6.2": 80}


@pytest.fixture
def edition(db):
    return make_edition()


def planned(edition, at=FRIDAY):
    return plan_edition(edition, at=at)


def blocks_of(edition, *, office=None, theme=None):
    part = Part.objects.get(edition=edition, office=office, theme=theme)
    return {block["key"]: block["content"] for block in part.wanted}


def built(edition):
    for part in Part.objects.filter(edition=edition):
        part.built_digest, part.state = part.wanted_digest, Part.State.BUILT
        part.save()


def test_an_office_is_planned_by_its_three_lowest_scores_in_the_frameworks_order(edition, office):
    make_report(office, SCORES)

    planned(edition)

    assert list(blocks_of(edition, office=office)) == ["need-1.2", "need-1.3", "need-6.1", "how"]


def test_a_weak_point_is_told_from_the_approved_report_with_the_cycle_before(edition, office):
    before = make_report(office, {"1.2": 10}, year=2024, consent="nothing")
    report = make_report(office, SCORES, previous=before, reasons={"1.2": "Letters take long."})

    planned(edition)

    need = blocks_of(edition, office=office)["need-1.2"]
    assert {name: need[name] for name in need if name not in ("distribution", "proposals")} == {
        "framework": CODE,
        "node": "1.2",
        "score": "20",
        "lowest": 0,
        "highest": 100,
        "assessment": report.pk,
        "year": 2026,
        "before": "10",
        "before_year": 2024,
        "reason": "Letters take long.",
    }


def test_a_practice_is_proposed_with_its_fit_and_why(edition, office, other_office):
    make_report(office, SCORES, reasons={"1.2": "Our letters are long and hard to read."})
    named = make_report(other_office, {"1.2": 80}, consent="named")
    practice = make_practice(
        other_office, title="Letters in plain words", criteria=[(CODE, "1.2")], clients=["unemployed"], effect="told"
    )

    planned(edition)

    assert blocks_of(edition, office=office)["need-1.2"]["proposals"] == [
        {
            "practice": str(practice.translation_key),
            "host": other_office.pk,
            "fit": {
                "total": "0.28864",
                "need": "0.8",
                "strength": "0.82",
                "similarity": "0.88",
                "willingness": "0.5",
                "load": "1",
            },
            "because": {
                "same_kind": True,
                "kind": "county_labour_office",
                "staff": None,
                "clients": ["unemployed"],
                "effect": "told",
                "adopted": 0,
                "measured": 0,
                "improved": 0,
                "host_score": "80",
                "host_assessment": named.pk,
                "words": ["letters"],
                "beside": None,
                "is_foreign": False,
            },
            "offer": None,
        }
    ]


def test_a_score_that_is_not_shared_by_name_stays_out_of_every_page(edition, office, other_office):
    make_report(office, {"1.2": 20}, consent="nothing")
    make_report(other_office, {"1.2": 80}, consent="anonymous")
    make_practice(other_office, criteria=[(CODE, "1.2")])

    planned(edition)

    (proposal,) = blocks_of(edition, office=office)["need-1.2"]["proposals"]
    assert (proposal["because"]["host_score"], proposal["fit"]["strength"]) == (None, "0.4")


def test_a_low_score_does_not_speak_for_a_host(edition, office, other_office):
    make_report(office, {"1.2": 20})
    make_report(other_office, {"1.2": 50}, consent="named")
    make_practice(other_office, criteria=[(CODE, "1.2")])

    planned(edition)

    (proposal,) = blocks_of(edition, office=office)["need-1.2"]["proposals"]
    assert (proposal["because"]["host_score"], proposal["fit"]["strength"]) == (None, "0.4")


def test_an_office_that_shares_nothing_gets_its_own_page_and_gives_nothing(edition, office):
    make_reports({"1.2": 50}, offices=4)
    make_report(office, {"1.2": 90}, consent="nothing")
    theme = make_theme(edition, nodes=["1.2"])

    planned(edition)

    assert list(blocks_of(edition, office=office)) == ["need-1.2", "how"]
    assert blocks_of(edition, theme=theme)["distribution-1.2"]["state"] == "too_few"


def test_what_an_office_set_aside_or_took_over_is_not_proposed(edition, office, other_office, lena):
    make_report(office, {"1.2": 20, "6.1": 30})
    aside = make_practice(other_office, criteria=[(CODE, "1.2"), (CODE, "6.1")])
    taken = make_practice(other_office, criteria=[(CODE, "6.1")])
    Dismissal.objects.create(office=office, practice_key=aside.translation_key, framework=CODE, node="1.2", by=lena)
    make_action(make_plan(office, by=lena), by=lena, practice=taken)

    planned(edition)

    blocks = blocks_of(edition, office=office)
    proposals = {key: [one["practice"] for one in blocks[key]["proposals"]] for key in ("need-1.2", "need-6.1")}
    assert proposals == {"need-1.2": [], "need-6.1": [str(aside.translation_key)]}


def test_a_visit_with_one_place_left_is_proposed_to_the_office_that_needs_it_most(edition, office, other_office):
    weak, weaker = make_reports({"1.2": 30}, offices=2)
    weaker.node_results.update(score=10)
    practice = make_practice(other_office, criteria=[(CODE, "1.2")])
    offer = make_offer(other_office, nodes=["1.2"], practice=practice, allowed=2)
    make_visit(offer, office)

    planned(edition)

    told = [blocks_of(edition, office=each.office) for each in (weak, weaker)]
    assert [one["need-1.2"]["proposals"][0]["offer"] for one in told] == [None, offer.pk]
    assert [one.get("welcome") for one in told] == [None, {"offers": [offer.pk]}]


def test_a_call_for_help_reaches_offices_that_are_strong_there(edition, office, other_office):
    make_report(office, {"1.1": 80, "1.2": 30})
    make_report(other_office, {"1.1": 20, "1.2": 30})
    call = make_call(other_office, node="1.1")
    make_call(other_office, node="1.2")

    planned(edition)

    assert blocks_of(edition, office=office)["asked"] == {"rows": [{"call": call.pk, "node": "1.1", "own": "80"}]}
    assert "asked" not in blocks_of(edition, office=other_office)


def test_a_theme_gathers_what_belongs_to_its_nodes_and_what_was_chosen(edition, office, other_office):
    make_reports({"1.2": 40}, offices=5)
    filed = make_practice(office, criteria=[(CODE, "1.2")], effect="proven", results=[{"title": "Calls", "before": 60}])
    chosen = make_practice(other_office, criteria=[(CODE, "6.1")])
    theme = make_theme(edition, nodes=["1.2"], practices=[chosen])
    offer, _full = (
        make_offer(other_office, nodes=["1.2"]),
        make_visit(make_offer(office, nodes=["1.2"], allowed=1), other_office),
    )
    call = make_call(office, node="1.2")
    seminar = theme.seminars.create(title="Letters")
    question = Question.objects.create(practice=chosen, text="How long did it take?", asked_by=make_user())

    planned(edition)

    blocks = blocks_of(edition, theme=theme)
    distribution = blocks.pop("distribution-1.2")
    release = Release.objects.get()
    assert distribution == {
        "framework": CODE,
        "node": "1.2",
        "state": "shown",
        "release": release.pk,
        "lowest": 0,
        "highest": 100,
        "count": 5,
        "median": "40",
        "bins": [[0, 100, 5]],
        "on": "2026-11-20",
    }
    nothing = {"adopted": 0, "measured": 0, "improved": 0}
    calls = {"title": "Calls", "unit": "", "better": "higher", "verdict": "", "before": "60"}
    assert blocks == {
        "practices": {
            "rows": [
                {
                    "practice": str(filed.translation_key),
                    "nodes": ["1.2"],
                    "effect": "proven",
                    **nothing,
                    "results": [{**calls, "after": None, "low": None, "high": None}],
                },
                {"practice": str(chosen.translation_key), "nodes": [], "effect": "none", **nothing, "results": []},
            ],
            "more": 0,
        },
        "visits": {"offers": [offer.pk]},
        "help": {"calls": [call.pk]},
        "seminars": {"seminars": [seminar.pk]},
        "questions": {"questions": [question.pk]},
    }


def test_strong_offices_are_named_only_where_they_share_by_name(edition, office, other_office):
    make_reports({"1.2": 40}, offices=6)
    before = make_report(office, {"1.2": 60}, year=2024, consent="named")
    named = make_report(office, {"1.2": 90}, consent="named", previous=before)
    make_report(other_office, {"1.2": 95}, consent="anonymous")
    theme = make_theme(edition, nodes=["1.2"])

    planned(edition)

    assert blocks_of(edition, theme=theme)["strong"]["rows"] == [
        {
            "assessment": named.pk,
            "office": office.pk,
            "node": "1.2",
            "score": "90",
            "year": 2026,
            "before": "60",
            "before_year": 2024,
            "before_assessment": before.pk,
        }
    ]


def test_a_low_score_is_not_strong_even_where_no_other_is_better(edition, office):
    make_report(office, {"1.2": 45}, consent="named")
    theme = make_theme(edition, nodes=["1.2"])

    planned(edition)

    assert list(blocks_of(edition, theme=theme)) == ["distribution-1.2"]


def test_the_cycle_before_stays_out_of_a_named_row_unless_it_is_shared_by_name_too(edition, office):
    before = make_report(office, {"1.2": 60}, year=2024, consent="anonymous")
    make_report(office, {"1.2": 90}, consent="named", previous=before)
    theme = make_theme(edition, nodes=["1.2"])

    planned(edition)

    (row,) = blocks_of(edition, theme=theme)["strong"]["rows"]
    assert (row["before"], row["before_year"], row["before_assessment"]) == (None, None, None)


def test_planning_again_without_changes_leaves_nothing_to_build(edition):
    make_reports(SCORES, offices=6)
    make_theme(edition, nodes=["1.2"])

    first = planned(edition)
    built(edition)

    assert (len(first.parts), first.planned) == (7, 7)
    assert planned(edition, FRIDAY + timedelta(days=1)) == Planned((), 7, ())
    assert Release.objects.count() == len({"1.2", "1.3", "6.1"})


def test_only_what_changed_is_built_again(edition, office, other_office, lena):
    make_report(office, {"1.2": 20})
    make_report(other_office, {"6.1": 20})
    practice = make_practice(make_reports({"1.1": 90}, offices=1)[0].office, criteria=[(CODE, "1.2")])
    planned(edition)
    built(edition)

    Dismissal.objects.create(office=office, practice_key=practice.translation_key, framework=CODE, node="1.2", by=lena)

    assert planned(edition).parts == (Part.objects.get(office=office).pk,)


def test_what_is_not_built_yet_waits_still(edition, office):
    make_report(office, SCORES)
    first = planned(edition)

    assert planned(edition) == first


def test_an_office_that_left_the_platform_is_emptied(edition, office):
    make_report(office, SCORES)
    planned(edition)
    built(edition)
    office.is_active = False
    office.save()

    part = Part.objects.get()
    assert planned(edition) == Planned((part.pk,), 1, (part.pk,))
    assert Part.objects.get().wanted == []


def test_a_withdrawal_takes_the_distribution_away_at_the_next_plan(edition):
    theme, reports = make_theme(edition, nodes=["1.2"]), make_reports({"1.2": 40}, offices=6)
    planned(edition)
    reports[0].benchmark_consent = "nothing"
    reports[0].save()

    planned(edition)

    told = blocks_of(edition, theme=theme)["distribution-1.2"]
    assert (told["state"], told["release"], told["bins"]) == ("held_back", None, [])


def test_one_office_more_does_not_change_what_is_shown_even_in_another_edition(edition, office):
    theme = make_theme(edition, nodes=["1.2"])
    make_reports({"1.2": 40}, offices=5)
    planned(edition)
    release = Release.objects.get()
    make_report(office, {"1.2": 90})
    later = make_edition()
    other_theme = make_theme(later, nodes=["1.2"])

    planned(edition)
    planned(later)

    told = blocks_of(edition, theme=theme)["distribution-1.2"]
    assert (told["state"], told["release"], told["count"]) == ("kept", release.pk, 5)
    assert blocks_of(later, theme=other_theme)["distribution-1.2"]["state"] == "held_back"


def test_a_plan_says_from_how_much_it_was_reckoned(edition, office, other_office):
    make_report(office, SCORES)
    make_practice(other_office, criteria=[(CODE, "1.2")])
    make_practice(other_office, criteria=[("caf-2020", "1.2")])

    planned(edition)

    edition.refresh_from_db()
    assert (edition.planned_at, edition.material) == (FRIDAY, {"assessments": 1, "practices": 1, "offices": 1})


def test_translations_of_a_practice_are_one_practice(edition, office, other_office):
    make_report(office, {"1.2": 20})
    practice = make_practice(other_office, criteria=[(CODE, "1.2")])
    polish = make_library("pl")
    make_practice(other_office, library=polish, criteria=[(CODE, "1.2")], translation_key=practice.translation_key)
    make_practice(other_office, criteria=[(CODE, "1.2")], title="Drafts do not count", live=False)

    planned(edition)

    assert [one["practice"] for one in blocks_of(edition, office=office)["need-1.2"]["proposals"]] == [
        str(practice.translation_key)
    ]


@pytest.mark.parametrize("offices", [1, 3])
def test_the_number_of_queries_does_not_depend_on_how_much_there_is(edition, django_assert_num_queries, offices):
    for report in make_reports(SCORES, offices=offices, reasons={"1.2": "Letters take long."}):
        practice = make_practice(report.office, criteria=[(CODE, "1.2")], clients=["unemployed"])
        offer = make_offer(report.office, nodes=["1.2"], practice=practice)
        make_visit(offer, report.office)
        make_call(report.office, node="6.1")
        make_theme(edition, nodes=["1.2"], practices=[practice])
    assert edition.framework.tree()  # a process reads a framework's file once

    with django_assert_num_queries(27):
        planned(edition)
