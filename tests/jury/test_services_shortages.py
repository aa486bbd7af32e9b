"""Too few jurors: the organiser states who judges, and nothing waits for ever."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunPython
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.core.models import Letter
from qms.jury.domain.deciding import Meeting, Verdict
from qms.jury.models import Ballot, Decision, DecisionList, Exclusion, Juror, Shortage, Standing
from qms.jury.queries import visits
from qms.jury.queries.assigning import panel_of, plan_of
from qms.jury.queries.deciding import sheet_of
from qms.jury.services import assigning, declaring
from qms.jury.services.deciding import close_list, save_list
from qms.jury.services.shortages import CHANGED, ENOUGH, state_shortage, withdraw_shortage
from qms.lifecycle import Refused
from qms.offices.models import Membership
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_judged_category,
    make_juror,
    make_received,
    make_visit,
)

pytestmark = pytest.mark.django_db
VISIT, PRIZE = DecisionList.Stage.VISIT, DecisionList.Stage.PRIZE


@pytest.fixture
def category():
    return make_judged_category()


@pytest.fixture
def application(office, category):
    return make_received(office, category)


def scored(juror, application, score=60):
    return hand_in(make_ballot(juror, application), dict.fromkeys(application.category.sections.all(), score))


def state(application, by, reason="All others work there."):
    seen = application.ballots.counting().count()
    return state_shortage(application, seen=seen, reason=reason, by=by, at=timezone.now())


def acts(application):
    rows = ModelLogEntry.objects.filter(object_id=str(application.pk), action__contains="shortage")
    return list(rows.order_by("pk").values_list("action", flat=True))


def why(category, stage=VISIT):
    return [one.why for one in sheet_of(category, stage).hindrances]


def test_an_application_with_one_possible_juror_is_judged_by_that_one(category, application, nora):
    scored(make_juror(category), application)
    assert why(category) == ["hidden"]

    assert state(application, nora).jurors == 1

    standing = Standing.objects.get()
    assert (standing.is_revealed, standing.total) == (True, Decimal(60))
    (row,) = sheet_of(category, VISIT).rows
    assert (row.candidate.first, row.margin) == (1, None)  # a place as others, an interval that nobody knows
    assert why(category) == ["empty"]
    assert acts(application) == ["jury.state_shortage"]


def test_an_application_that_nobody_may_judge_is_out_of_competition(category, application, other_office, nora):
    other = make_received(other_office, category)
    for score in (50, 70):
        juror = make_juror(category)
        Exclusion.objects.create(
            juror=juror, application=application, kind="declared", reason="A.", made_at=timezone.now()
        )
        scored(juror, other, score)
    assigning.restand(other, timezone.now())
    state(application, nora)

    save_list(category, VISIT, version=0, verdicts=[Verdict(other.pk, "visit")], meeting=Meeting(), by=nora)
    protocol = close_list(category, VISIT, version=1, by=nora, at=timezone.now())

    decided = Decision.objects.order_by("pk").values_list("application", "outcome", "reason", "place_from")
    assert list(decided) == [(other.pk, "visit", "", 1), (application.pk, "out", "All others work there.", None)]
    stated = {one["pk"]: one["shortage"] for one in protocol.content["applications"]}
    assert stated[other.pk] is None
    assert (stated[application.pk]["jurors"], stated[application.pk]["stated_by"]) == (0, nora.name)


def test_what_was_chosen_before_does_not_count_for_what_nobody_judges(category, application, nora):
    ballot = scored(make_juror(category), application)
    save_list(category, VISIT, version=0, verdicts=[Verdict(application.pk, "visit")], meeting=Meeting(), by=nora)
    assigning.end_ballot(ballot, reason="Ill.", by=nora, at=timezone.now())
    state(application, nora, "Ill, and nobody else is there.")

    close_list(category, VISIT, version=1, by=nora, at=timezone.now())

    assert Decision.objects.get().outcome == "out"


@pytest.fixture
def to_visit(category, application, judy, nora):
    """The application stands on the closed list for visits; Judy alone has scored it."""
    juror = make_juror(category, judy)
    declare_all(juror)
    scored(juror, application)
    state(application, nora)
    save_list(category, VISIT, version=0, verdicts=[Verdict(application.pk, "visit")], meeting=Meeting(), by=nora)
    close_list(category, VISIT, version=1, by=nora, at=timezone.now())
    return application


def nobody_is_left(application, judy, nora):
    declaring.declare_conflict(application, reason="A cousin.", by=judy, at=timezone.now())
    state(application, nora, "The only juror has a cousin there.")


def test_a_visit_of_what_nobody_judges_any_more_holds_no_prize_up(category, to_visit, judy, nora):
    assert why(category, PRIZE) == ["visit", "empty"]
    nobody_is_left(to_visit, judy, nora)

    assert why(category, PRIZE) == []


def test_what_nobody_judges_any_more_is_no_longer_to_be_visited(category, to_visit, judy, nora):
    assert list(visits.to_visit(category, nora, timezone.now())) == [to_visit]
    nobody_is_left(to_visit, judy, nora)

    assert list(visits.to_visit(category, nora, timezone.now())) == []


def test_a_planned_visit_of_what_nobody_judges_any_more_is_called_off(category, to_visit, lena, judy, nora):
    visit = make_visit(to_visit, Juror.objects.get())
    nobody_is_left(to_visit, judy, nora)

    visit.refresh_from_db()
    assert (visit.state, visit.cancelled_reason) == ("cancelled", "The jury cannot make this visit.")
    assert why(category, PRIZE) == []
    letter = Letter.objects.get(kind="jury.visit_cancelled", to=lena.email)
    assert ("cousin" in letter.text, "The jury cannot make this visit." in letter.text) == (False, True)


def test_a_closed_list_shows_what_was_decided_whatever_is_stated_later(category, to_visit, judy, nora):
    nobody_is_left(to_visit, judy, nora)

    assert [row.verdict.outcome for row in sheet_of(category, VISIT).rows] == ["visit"]
    assert [row.verdict.outcome for row in sheet_of(category, PRIZE).rows] == ["out"]


def test_who_could_be_asked_is_asked_first(category, application, nora):
    scored(make_juror(category), application)
    make_juror(category)

    with pytest.raises(Refused, match=ENOUGH):
        state(application, nora)
    assert not Shortage.objects.exists()


def test_a_seat_without_the_role_is_nobody_who_could_be_asked(category, application, nora):
    scored(make_juror(category), application)
    gone = make_juror(category)
    Membership.objects.filter(user=gone.user).update(is_active=False)

    assert panel_of(application).free == ()
    with pytest.raises(Refused):
        assigning.add_ballot(application, juror=gone, by=nora, at=timezone.now())
    assert state(application, nora).jurors == 1


def test_as_many_as_announced_are_enough(category, application, nora):
    for _number in range(3):
        scored(make_juror(category), application)

    with pytest.raises(Refused, match=ENOUGH):
        state(application, nora)


def test_one_more_ballot_takes_back_what_was_stated(category, application, nora):
    scored(make_juror(category), application)
    state(application, nora)
    assigning.add_ballot(
        application, juror=make_juror(category), late_reason="She came back.", by=nora, at=timezone.now()
    )

    assert not Shortage.objects.exists()
    assert Standing.objects.get().is_revealed is False
    assert acts(application) == ["jury.state_shortage", "jury.lift_shortage"]


def test_it_holds_for_as_many_as_there_were(category, application, nora, judy):
    first, second = make_juror(category, judy), make_juror(category)
    declare_all(first)
    for juror in (first, second):
        scored(juror, application)
    assert state(application, nora).jurors == 2
    declaring.declare_conflict(application, reason="A cousin.", by=judy, at=timezone.now())

    assert Standing.objects.get().is_revealed is False  # one is left: the organiser states anew or adds somebody
    assert state(application, nora).jurors == 1
    assert Standing.objects.get().is_revealed is True


def test_it_can_be_taken_back(category, application, nora):
    state(application, nora)
    assert why(category) == []
    withdraw_shortage(application, by=nora, at=timezone.now())

    assert why(category) == ["hidden"]
    with pytest.raises(Refused):
        withdraw_shortage(application, by=nora, at=timezone.now())


def test_who_was_told_of_other_jurors_reads_again(category, application, nora):
    scored(make_juror(category), application)

    with pytest.raises(Refused, match=CHANGED):
        state_shortage(application, seen=0, reason="Nobody is there.", by=nora, at=timezone.now())


def test_without_a_reason_nothing_is_stated(application, nora):
    with pytest.raises(Refused):
        state(application, nora, " ")


# --- Added after the numbers were open -------------------------------------------------------------------------------


@pytest.fixture
def revealed(category, application):
    for score in (40, 60):
        scored(make_juror(category), application, score)
    assigning.restand(application, timezone.now())
    return application


def test_a_juror_added_to_open_numbers_needs_a_reason_that_stays(category, revealed, nora):
    juror = make_juror(category)
    with pytest.raises(Refused, match=assigning.NO_REASON):
        assigning.add_ballot(revealed, juror=juror, by=nora, at=timezone.now())
    ballot = assigning.add_ballot(revealed, juror=juror, late_reason="A third view.", by=nora, at=timezone.now())

    assert ballot.late_reason == "A third view."


def test_numbers_that_were_open_once_are_remembered(category, revealed, nora):
    first = Standing.objects.get().first_revealed_at
    assigning.end_ballot(Ballot.objects.earliest("pk"), reason="Ill.", by=nora, at=timezone.now())

    standing = Standing.objects.get()
    assert (standing.is_revealed, standing.first_revealed_at) == (False, first)
    with pytest.raises(Refused, match=assigning.NO_REASON):
        assigning.add_ballot(revealed, juror=make_juror(category), by=nora, at=timezone.now())


def test_numbers_that_were_open_before_this_was_kept_are_remembered_too(category, revealed, other_office, nora):
    Standing.objects.create(application=make_received(other_office, category), reckoned_at=timezone.now())
    Standing.objects.update(first_revealed_at=None)
    migration = import_module("qms.jury.migrations.0002_fewer_jurors").Migration
    (keeping,) = (one for one in migration.operations if isinstance(one, RunPython))
    keeping.code(apps, connection.schema_editor())
    assigning.end_ballot(Ballot.objects.earliest("pk"), reason="Ill.", by=nora, at=timezone.now())

    assert [one.was_revealed for one in Standing.objects.order_by("application")] == [True, False]


def test_before_numbers_are_open_no_reason_is_kept(category, application, nora):
    ballot = assigning.add_ballot(
        application, juror=make_juror(category), late_reason="Why not.", by=nora, at=timezone.now()
    )

    assert ballot.late_reason == ""


def test_the_balanced_assignment_leaves_open_numbers_to_the_hand(category, revealed):
    make_juror(category)
    plan = plan_of(category)

    assert (plan.proposal.pairs, plan.opened) == ((), (revealed.pk,))


def test_the_balanced_assignment_warns_no_more_where_the_lack_is_stated(category, revealed, nora):
    state(revealed, nora)
    assert plan_of(category).opened == ()
    assigning.end_ballot(Ballot.objects.earliest("pk"), reason="Ill.", by=nora, at=timezone.now())

    assert plan_of(category).opened == (revealed.pk,)  # one is left: nobody has stated that
