"""Which applications are open to whom in a jury."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from qms.jury.models import Exclusion, Juror, Phase
from qms.jury.queries import access
from qms.offices.models import Membership
from tests.factories import jury as made
from tests.factories.accounts import make_user
from tests.factories.awards import make_application
from tests.factories.offices import make_office, make_person


@pytest.fixture
def category(db):
    return made.make_judged_category()


@pytest.fixture
def application(office, category):
    return made.make_received(office, category)


@pytest.fixture
def juror(judy, application):
    """Judy's seat; she has promised and declared, and a phase lets everything."""
    seat = made.make_juror(application.category, judy)
    made.make_phase(seat.round)
    made.declare_all(seat)
    return seat


def fresh(user):
    """The person as the next request meets them: without what was read of their roles."""
    return type(user).objects.get(pk=user.pk)


def open_pks(user, at=None):
    return set(access.open_to(fresh(user), at or timezone.now()).values_list("pk", flat=True))


def named_pks(user, at=None):
    return set(access.named_to(fresh(user), at or timezone.now()).values_list("pk", flat=True))


def test_who_has_declared_reads(juror, judy, application):
    assert open_pks(judy) == {application.pk}


def test_a_stranger_reads_nothing(juror, application):
    at = timezone.now()

    assert not access.open_to(AnonymousUser(), at).exists()
    assert not access.named_to(AnonymousUser(), at).exists()
    assert not access.open_to(make_user(), at).exists()


def test_before_the_declaration_the_office_is_named_and_nothing_is_read(judy, application):
    made.make_juror(application.category, judy)
    made.make_phase(application.category.round)

    assert named_pks(judy) == {application.pk}
    assert open_pks(judy) == set()


def test_before_the_promise_nothing_is_named_or_read(juror, judy):
    Juror.objects.update(accepted_at=None)

    assert named_pks(judy) == set()
    assert open_pks(judy) == set()


def test_before_the_closing_nothing_is_named_or_read(juror, judy, application):
    closes_at, moment = juror.round.closes_at, timedelta(microseconds=1)
    Phase.objects.update(starts_at=closes_at - timedelta(days=1))

    assert (named_pks(judy, closes_at - moment), open_pks(judy, closes_at - moment)) == (set(), set())
    assert (named_pks(judy, closes_at), open_pks(judy, closes_at)) == ({application.pk}, {application.pk})


def test_an_application_that_was_not_submitted_or_was_withdrawn_is_not_there(juror, judy, application, other_office):
    make_application(other_office, application.category)
    application.state = "withdrawn"
    application.save()

    assert named_pks(judy) == set()
    assert open_pks(judy) == set()


def test_an_application_under_correction_stays_open(juror, judy, application):
    application.state, application.correction_until = "reopened", timezone.now() + timedelta(days=3)
    application.save()

    assert open_pks(judy) == {application.pk}


def test_another_category_is_not_open(juror, judy, office):
    elsewhere = made.make_received(office, made.make_judged_category(juror.round))

    assert elsewhere.pk not in named_pks(judy)


def test_a_seat_of_another_round_opens_nothing_here(juror, judy, office):
    elsewhere = made.make_received(office, made.make_judged_category())
    made.make_phase(elsewhere.category.round)

    assert elsewhere.pk not in named_pks(judy)


def test_who_works_at_the_office_never_reads_it(juror, judy, office):
    Membership.objects.create(user=judy, role="employee", office=office)

    assert open_pks(judy) == set()


def test_who_once_worked_at_the_office_never_reads_it(juror, judy, office):
    Membership.objects.create(
        user=judy, role="employee", office=office, is_active=False, ended_at=timezone.now() - timedelta(days=900)
    )

    assert open_pks(judy) == set()


def test_own_region_is_open_without_the_rule(juror, judy, region, application):
    Membership.objects.create(user=judy, role="employee", office=make_office(region=region))

    assert open_pks(judy) == {application.pk}


def test_own_region_is_closed_by_the_rule(juror, judy, region, application):
    Membership.objects.create(user=judy, role="employee", office=make_office(region=region))
    application.category.judging.blocks_region = True
    application.category.judging.save()

    assert open_pks(judy) == set()


def test_who_once_coordinated_the_region_is_kept_out_by_the_rule(juror, judy, region, application):
    Membership.objects.create(user=judy, role="regional_coordinator", region=region, is_active=False)
    application.category.judging.blocks_region = True
    application.category.judging.save()

    assert open_pks(judy) == set()


def test_another_region_is_open_under_the_rule(juror, judy, other_region, application):
    Membership.objects.create(user=judy, role="employee", office=make_office(region=other_region))
    application.category.judging.blocks_region = True
    application.category.judging.save()

    assert open_pks(judy) == {application.pk}


def test_a_declared_conflict_closes_it_and_the_office_stays_named(juror, judy, application):
    Exclusion.objects.create(
        juror=juror, application=application, kind="declared", reason="My sister.", made_at=timezone.now()
    )

    assert open_pks(judy) == set()
    assert named_pks(judy) == {application.pk}


def test_between_phases_nothing_is_open(juror, judy, application):
    after = Phase.objects.get().ends_at

    assert open_pks(judy, after) == set()
    assert named_pks(judy, after) == {application.pk}  # it was declared on, so a conflict may still be told


def test_a_phase_runs_from_its_first_moment_until_just_before_its_end(juror, judy, application):
    phase, moment = Phase.objects.get(), timedelta(microseconds=1)
    moments = (phase.starts_at - moment, phase.starts_at, phase.ends_at - moment, phase.ends_at)

    assert [open_pks(judy, at) for at in moments] == [set(), {application.pk}, {application.pk}, set()]


def test_between_phases_nothing_new_is_named(judy, application):
    made.make_juror(application.category, judy)
    after = made.make_phase(application.category.round).ends_at

    assert named_pks(judy, after) == set()


def test_a_phase_that_shows_nothing_opens_nothing(juror, judy):
    Phase.objects.update(sees="none", may_score=False)

    assert open_pks(judy) == set()


def test_a_phase_without_declarations_and_reading_names_nothing_new(judy, application):
    made.make_juror(application.category, judy)
    made.make_phase(application.category.round, sees="none", may_score=False, may_declare=False)

    assert named_pks(judy) == set()


@pytest.mark.parametrize(("may_declare", "sees"), [(True, "none"), (False, "assigned"), (False, "category")])
def test_a_phase_that_lets_declare_or_read_names_the_offices(judy, application, may_declare, sees):
    made.make_juror(application.category, judy)
    made.make_phase(application.category.round, sees=sees, may_score=False, may_declare=may_declare)

    assert (named_pks(judy), open_pks(judy)) == ({application.pk}, set())


def test_where_only_assigned_ones_are_read_a_ballot_opens_them(juror, judy, application):
    Phase.objects.update(sees="assigned")

    assert open_pks(judy) == set()

    ballot = made.make_ballot(juror, application)

    assert open_pks(judy) == {application.pk}

    ballot.ended_at = timezone.now()
    ballot.save()

    assert open_pks(judy) == set()


def test_a_ballot_of_another_juror_opens_nothing(juror, judy, application):
    Phase.objects.update(sees="assigned")
    made.make_ballot(made.make_juror(application.category), application)

    assert open_pks(judy) == set()


def test_who_left_reads_nothing(juror, judy):
    Juror.objects.update(left_at=timezone.now())

    assert named_pks(judy) == set()
    assert open_pks(judy) == set()


def test_who_no_longer_holds_the_role_reads_nothing(juror, judy):
    Membership.objects.filter(user=judy).update(is_active=False, ended_at=timezone.now())

    assert named_pks(judy) == set()
    assert open_pks(judy) == set()


def test_an_account_that_is_closed_reads_nothing(juror, judy):
    judy.is_active = False
    judy.save()

    assert open_pks(judy) == set()


def test_the_organiser_has_what_was_received_and_others_have_not(juror, judy, nora, rob, application):
    at = timezone.now()

    assert set(access.run_by(nora, at)) == {application}
    assert set(access.run_by(rob, at)) == set()  # a national round
    assert set(access.run_by(judy, at)) == set()
    assert set(access.run_by(nora, juror.round.closes_at - timedelta(seconds=1))) == set()


def test_a_team_has_its_visits_until_something_excludes_it(juror, judy, application):
    visit = made.make_visit(application, juror)
    other = made.make_juror(application.category)

    assert set(access.visited_by(judy, timezone.now())) == {visit}
    assert set(access.visited_by(other.user, timezone.now())) == set()

    Exclusion.objects.create(
        juror=juror, application=application, kind="declared", reason="A.", made_at=visit.starts_at
    )

    assert set(access.visited_by(judy, timezone.now())) == set()


def test_two_jurors_do_not_share_their_declarations(juror, application):
    other = make_person("Jola", "juror")
    made.make_juror(application.category, other)

    assert open_pks(other) == set()
