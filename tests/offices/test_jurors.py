"""Who runs a regional round invites jurors, sees those invitations, and withdraws them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.accounts.models import Invitation, User
from qms.core.models import Letter
from qms.jury.queries.assigning import plan_of
from qms.jury.queries.pool import candidates
from qms.offices import services
from qms.offices.models import Membership
from qms.offices.queries import jurors_invited_by
from tests.factories.awards import make_programme, make_round
from tests.factories.jury import make_closed_round, make_judged_category, make_juror, make_received
from tests.factories.offices import make_person

pytestmark = pytest.mark.django_db
HERE = "/en/offices/people/jurors/"
NINA = {"email": "Nina@example.org", "first_name": "Nina", "last_name": "Nowak", "language": "pl"}


def sent(client, user, path=HERE, **typed):
    client.force_login(user)
    return client.post(path, typed, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def withdraw(client, user, invitation):
    return sent(client, user, f"{HERE}{invitation.pk}/withdraw/")


def shown(user):
    """Name, and whether the letter still lets the person in."""
    return [(one.person.name, one.is_open) for one in jurors_invited_by(user, timezone.now())]


@pytest.fixture
def nina(client, rob):
    """Rob has invited Nina to judge."""
    sent(client, rob, **NINA)
    return User.objects.get(email="nina@example.org")


def test_who_is_invited_by_a_region_can_be_seated_in_its_jury(nina, rob, region):
    held = nina.memberships.get()

    assert (held.role, held.office, held.region, held.is_active) == ("juror", None, None, True)
    assert list(candidates(make_round(make_programme(region=region)))) == [nina]
    assert shown(rob) == [("Nina Nowak", True)]
    assert Letter.objects.get(kind="accounts.invitation").to == nina.email


def test_a_seat_whose_invitation_was_withdrawn_gets_no_ballots(client, nina, rob, office, region):
    category = make_judged_category(make_closed_round(programme=make_programme(region=region)))
    application = make_received(office, category)
    seat = make_juror(category, nina, accepted_at=None)
    assert plan_of(category).proposal.pairs == ((application.pk, seat.pk),)
    withdraw(client, rob, Invitation.objects.get())

    assert (plan_of(category).seats, plan_of(category).proposal.pairs) == ((), ())


def test_no_other_role_can_be_given_there(client, rob):
    sent(client, rob, **NINA, role="national_coordinator")

    assert Membership.objects.get(user__email="nina@example.org").role == "juror"


def test_who_has_an_account_is_a_juror_at_once(client, rob, dora):
    answer = sent(client, rob, **NINA | {"email": dora.email})

    assert said(answer) == ["Dora Example has an account already and holds the role from now on."]
    assert shown(rob) == []


def test_what_was_typed_stays_on_a_wrong_form(client, rob):
    answer = sent(client, rob, **NINA | {"email": "nobody"})

    assert list(answer.context["form"].errors) == ["email"]
    assert 'value="Nowak"' in answer.content.decode()


def test_each_sees_only_the_own_invitations(client, nina, nora, other_region):
    neighbour = make_person("Rita", "regional_coordinator", region=other_region)

    assert shown(neighbour) == shown(nora) == []
    assert withdraw(client, neighbour, Invitation.objects.get()).status_code == 404
    assert withdraw(client, nora, Invitation.objects.get()).status_code == 404
    assert nina.memberships.get().is_active


def test_a_withdrawn_invitation_lets_nobody_in_and_ends_the_role(client, nina, rob):
    answer = withdraw(client, rob, Invitation.objects.get())

    assert said(answer) == ["The invitation to nina@example.org is withdrawn."]
    assert not Invitation.objects.get().is_open(timezone.now())
    assert not nina.memberships.get().is_active
    assert shown(rob) == []
    assert said(withdraw(client, rob, Invitation.objects.get())) == ["This invitation is no longer valid."]


def test_an_invitation_that_ran_out_is_shown_and_withdrawn(client, nina, rob):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert shown(rob) == [("Nina Nowak", False)]

    withdraw(client, rob, Invitation.objects.get())

    assert not nina.memberships.get().is_active


def test_who_has_come_in_stays_a_juror(client, nina, rob):
    nina.set_password("a long and secret word")
    nina.save()

    answer = withdraw(client, rob, Invitation.objects.get())

    assert said(answer) == ["Nina Nowak has come in already. The national coordinator ends the role."]
    assert nina.memberships.get().is_active
    assert Invitation.objects.get().withdrawn_at is None
    assert "Withdraw the invitation" not in answer.content.decode()


def test_a_role_that_was_given_later_by_others_stays(client, nina, rob, nora):
    services.end_membership(nina.memberships.get(), by=nora, at=timezone.now())
    services.add_member(nina, Membership.Role.JUROR, by=nora)

    withdraw(client, rob, Invitation.objects.get())

    assert [one.is_active for one in nina.memberships.order_by("pk")] == [False, True]


def test_an_invitation_to_an_office_is_none_of_a_juror(rob, office):
    welcome = services.invite_member("nina@example.org", role="employee", by=rob, office=office)
    services.add_member(welcome.membership.user, Membership.Role.JUROR, by=None)

    assert shown(rob) == []


def test_the_coordinator_finds_the_page_in_the_menu_and_in_the_round(client, rob, ana, region):
    link = f'href="{reverse("offices:jurors")}"'
    award = make_round(make_programme(region=region))
    client.force_login(rob)

    assert link in client.get(reverse("offices:office-list")).content.decode()
    assert link in client.get(reverse("jury:juror-add", args=[award.pk])).content.decode()

    client.force_login(ana)
    assert link not in client.get(reverse("offices:office-list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(rob, count, django_assert_num_queries):
    for place in range(count):
        services.invite_member(f"nina{place}@example.org", role="juror", by=rob)

    with django_assert_num_queries(2):
        assert len(shown(rob)) == count
