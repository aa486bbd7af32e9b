"""A conflict of interest: whose seat it concerns, what it ends, and what it leaves; and rules that exclude."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.jury.domain.declaring import Answer
from qms.jury.models import Ballot, DecisionList, Declaration, Exclusion, Visit
from qms.jury.services import declaring as services
from qms.jury.services import exclusions
from qms.lifecycle import Refused
from qms.offices.services import add_member
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
    make_visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(office):
    return make_received(office, make_judged_category())


@pytest.fixture
def juror(application, judy):
    """Judy's seat: she has promised and declared, and a phase lets everything."""
    seat = make_juror(application.category, judy)
    make_phase(seat.round)
    declare_all(seat)
    return seat


def conflict(application, by, reason="My aunt."):
    services.declare_conflict(application, reason=reason, by=by, at=timezone.now())


def acts():
    """What stands of juries in the history of the platform: the act and who did it."""
    entries = ModelLogEntry.objects.filter(action__startswith="jury.").order_by("pk")
    return list(entries.values_list("action", "user__first_name"))


def close_list_of(category, stage):
    at = timezone.now()
    DecisionList.objects.create(category=category, stage=stage, closed_at=at, closed_by=category.round.made_by)


def test_a_juror_of_two_rounds_leaves_the_one_of_the_application(office, judy, juror, application):
    later = make_received(office, make_judged_category())
    seat = make_juror(later.category, judy)

    conflict(later, judy)
    conflict(application, judy)

    assert list(Exclusion.objects.order_by("pk").values_list("juror", "application")) == [
        (seat.pk, later.pk),
        (juror.pk, application.pk),
    ]


def test_who_gave_up_the_seat_has_no_conflict_to_tell(judy, juror, application):
    juror.left_at = timezone.now()
    juror.save()

    with pytest.raises(Refused, match=services.LEFT):
        conflict(application, judy)
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize("reason", ["", " \r\n"])
def test_a_conflict_without_a_reason_ends_nothing(judy, juror, application, reason):
    make_ballot(juror, application)

    with pytest.raises(Refused, match=services.NO_REASON):
        conflict(application, judy, reason)
    assert (Exclusion.objects.count(), Ballot.objects.counting().count()) == (0, 1)


@pytest.mark.parametrize(("state", "left"), [(Visit.State.PLANNED, 0), (Visit.State.HELD, 1)])
def test_a_conflict_takes_the_juror_off_a_visit_to_come_and_not_off_one_that_was(judy, juror, application, state, left):
    visit = make_visit(application, juror, state=state)

    conflict(application, judy)

    assert visit.team.count() == left


def test_a_conflict_is_told_once_and_the_history_keeps_who_but_not_why(judy, juror, application):
    conflict(application, judy)
    conflict(application, judy, "My uncle too.")

    assert Exclusion.objects.get().reason == "My aunt."
    assert acts() == [("jury.declare_conflict", "Judy")]
    entry = ModelLogEntry.objects.get(action="jury.declare_conflict")
    assert (entry.data["juror"], entry.data["office"]) == (juror.sign, None)
    assert "aunt" not in f"{entry.data} {entry.label}"


def test_after_the_list_of_visits_a_conflict_still_ends_the_ballot(judy, juror, application):
    ballot = hand_in(make_ballot(juror, application), dict.fromkeys(application.category.sections.all(), 60))
    close_list_of(application.category, "visit")

    conflict(application, judy)

    ballot.refresh_from_db()
    assert ballot.ended_reason == services.ENDED


def test_after_the_list_of_prizes_it_changes_nothing(judy, juror, application):
    make_ballot(juror, application)
    close_list_of(application.category, "prize")

    with pytest.raises(Refused, match=services.DECIDED):
        conflict(application, judy)
    assert (Exclusion.objects.count(), Ballot.objects.counting().count()) == (0, 1)


def test_nothing_is_declared_before_the_promise(judy, application):
    make_phase(application.category.round)
    seat = make_juror(application.category, judy, accepted_at=None)

    with pytest.raises(Refused, match=services.PROMISE_FIRST):
        services.declare(seat, answers=[Answer(application.pk)], by=judy, at=timezone.now())
    assert not Declaration.objects.exists()


def test_promise_and_declarations_stand_in_the_history_once(judy, application):
    make_phase(application.category.round)
    seat = make_juror(application.category, judy, accepted_at=None)
    for _time in range(2):
        services.promise(seat, by=judy, at=timezone.now())
        services.declare(seat, answers=[Answer(application.pk)], by=judy, at=timezone.now())

    assert acts() == [("jury.promise", "Judy"), ("jury.declare", "Judy")]


def test_the_first_promise_counts(judy, application):
    seat = make_juror(application.category, judy, accepted_at=None)
    first = timezone.now()
    services.promise(seat, by=judy, at=first)
    again = services.promise(seat, by=judy, at=first + timedelta(hours=1))

    assert again.accepted_at == first


def test_who_took_a_role_in_the_office_since_is_excluded_with_the_promise(judy, office, application):
    seat = make_juror(application.category, judy, accepted_at=None)
    add_member(judy, "employee", office=office, by=None)
    services.promise(seat, by=judy, at=timezone.now())

    assert list(Exclusion.objects.values_list("juror", "application", "kind")) == [(seat.pk, application.pk, "office")]
    assert ("jury.exclude", None) in acts()


def test_every_juror_of_the_office_is_excluded_and_nobody_else(judy, pat, office, application):
    seats = [make_juror(application.category, person) for person in (judy, pat)]
    make_juror(application.category)
    for person in (judy, pat):
        add_member(person, "employee", office=office, by=None)

    assert exclusions.exclude_by_rule(application.category.round, timezone.now()) == 2
    assert set(Exclusion.objects.values_list("juror", flat=True)) == {seat.pk for seat in seats}
    assert exclusions.exclude_by_rule(application.category.round, timezone.now()) == 0
