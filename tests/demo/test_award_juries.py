"""The juries of the example: one at work, one that has decided and whose laureates were told."""

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.awards.models import Application, Judging, Prize, Round
from qms.core.models import Letter
from qms.demo.services.sharing import sharing_case
from qms.jury.models import (
    Ballot,
    Decision,
    Declaration,
    Exclusion,
    Juror,
    Mark,
    Phase,
    Protocol,
    Standing,
    Visit,
)
from qms.jury.queries import access
from qms.laureates.models import (
    Diploma,
    FeedbackReport,
    LaureatePractice,
    LaureatesPage,
    PressSummary,
    Telling,
)

CLOSED, FINISHED = "EPSA-2026", "WMNJ-2026"


@pytest.fixture
def case(network):
    return sharing_case(network)


def standings(prefix):
    return {
        one.application.office.slug: one
        for one in Standing.objects.filter(application__category__round__prefix=prefix).select_related(
            "application__office"
        )
    }


def test_every_category_says_how_it_is_judged_and_what_is_won(network):
    assert Judging.objects.count() == 6
    assert set(Prize.objects.filter(category__slug="goscie").values_list("kind", flat=True)) == {
        "distinction",
        "diploma",
    }


def test_five_jurors_sit_and_have_promised(network):
    seats = Juror.objects.filter(round__prefix=CLOSED).order_by("number")

    assert [(one.sign, one.is_chair) for one in seats] == [
        ("E1", True),
        ("E2", False),
        ("E3", False),
        ("E4", False),
        ("E5", False),
    ]
    assert all(one.accepted_at < network for one in seats)


def test_seats_and_phases_have_the_history_that_an_organiser_would_have_left(network):
    seats = {str(pk): moment for pk, moment in Juror.objects.values_list("pk", "created_at")}
    acts = ModelLogEntry.objects.filter(action="jury.add_juror")

    assert {one.object_id: one.timestamp for one in acts} == seats
    assert ModelLogEntry.objects.filter(action="jury.add_phase").count() == Phase.objects.count()
    invited = Letter.objects.filter(kind="jury.invited")
    assert set(invited.values_list("user", "state")) == {
        (one, "sent") for one in Juror.objects.values_list("user", flat=True)
    }
    assert invited.count() == len(seats)


def test_two_conflicts_and_an_own_office_exclude(network):
    rows = Exclusion.objects.filter(juror__round__prefix=CLOSED).order_by("juror__number", "kind")

    assert [(one.juror.sign, one.application.office.slug, one.kind) for one in rows] == [
        ("E2", "us-poznan", "declared"),
        ("E5", "um-leczna", "declared"),
        ("E5", "um-opole-lubelskie", "office"),
    ]
    assert not Declaration.objects.filter(juror__number=5, application__number="EPSA-2026-004").exists()


def test_the_phase_that_runs_lets_jurors_score(network):
    (phase,) = Phase.objects.current(network).filter(round__prefix=CLOSED)

    assert (phase.may_score, phase.may_agree, phase.sees) == (True, True, "assigned")


def test_one_talk_waits_and_two_are_still_blind(network):
    found = standings(CLOSED)

    assert {slug: (one.is_revealed, one.needs_talk) for slug, one in found.items()} == {
        "um-leczna": (True, True),
        "us-poznan": (True, False),
        "um-krasnystaw": (False, False),
        "um-opole-lubelskie": (False, False),
    }
    assert found["um-krasnystaw"].total is None


def test_what_the_excluded_juror_scored_is_kept_and_does_not_count(network):
    (ended,) = Ballot.objects.filter(ended_at__isnull=False)

    assert (ended.juror.sign, ended.application.office.slug, ended.marks.count()) == ("E2", "us-poznan", 2)


def test_what_cannot_be_judged_is_no_zero(network):
    (mark,) = Mark.objects.filter(is_na=True)

    assert (mark.score, bool(mark.reason)) == (None, True)


def test_the_chair_reads_what_the_chair_scores(case):
    open_now = access.open_to(case.person("", "juror"), case.at)

    assert sorted(one.office.slug for one in open_now) == ["um-krasnystaw", "um-leczna", "us-poznan"]


def test_last_springs_jury_gave_its_prizes_with_protocols(network):
    laurels = Decision.objects.laurels().order_by("place_from")

    assert [(one.application.office.slug, one.prize.kind, one.place_from) for one in laurels] == [
        ("us-poznan", "statuette", 1),
        ("pup-goldap", "distinction", 2),
        ("um-leczna", "distinction", 3),
    ]
    assert Protocol.objects.count() == 2
    assert Visit.objects.filter(state="held").count() == 3


def test_every_applicant_was_told_and_has_feedback(network):
    assert FeedbackReport.objects.filter(state="approved").count() == 6
    assert list(Telling.objects.order_by("kind").values_list("kind", flat=True)) == [
        *["embargo"] * 3,
        *["report"] * 6,
        *["result"] * 6,
    ]
    assert all(row["median"] for one in FeedbackReport.objects.all() for row in one.sections)


def test_laureates_have_diplomas_and_approved_what_the_press_reads(network):
    assert sorted(Diploma.objects.values_list("number", flat=True)) == [
        "WMNJ-2026-D001",
        "WMNJ-2026-D002",
        "WMNJ-2026-D003",
    ]
    assert set(PressSummary.objects.values_list("state", flat=True)) == {"approved"}
    assert Round.objects.get(prefix=FINISHED).embargo_until < network


def test_the_public_reads_of_laureates_and_of_their_practice(network):
    pages = LaureatesPage.objects.live()

    assert sorted(page.locale.language_code for page in pages) == ["en", "pl", "ru"]
    assert LaureatePractice.objects.get().page.live


def test_goldap_that_won_a_distinction_applies_again(network):
    assert Application.objects.filter(office__slug="pup-goldap").count() == 2


def test_moments_lie_in_their_own_time(network):
    for model in (Juror, Ballot, Mark, Visit, Decision, FeedbackReport, Diploma, PressSummary):
        assert not model.objects.filter(created_at__gt=network).exists(), model
        assert not model.objects.filter(updated_at__gt=network).exists(), model
    assert not Standing.objects.filter(reckoned_at__gt=timezone.now()).exists()
    for ballot in Ballot.objects.filter(state="in").select_related("application__category__round"):
        assert ballot.application.category.round.closes_at < ballot.handed_in_at < network
