import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from qms.accounts.models import User
from qms.core import services
from qms.core.models import Job
from qms.core.permissions import get_permitted, history_scopes, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    history_scopes.clear()
    return history_scopes


def test_scopes_of_several_rules_add_up(rules, anna):
    rules.extend([lambda user: None, lambda user: {1, 2}, lambda user: {2, 3}])

    assert scope_of(anna) == {1, 2, 3}


def test_one_rule_that_says_all_is_enough(rules, anna):
    rules.extend([lambda user: {1}, lambda user: "all"])

    assert scope_of(anna) == "all"


def test_unknown_and_dismissed_people_see_nothing(rules, admin):
    rules.append(lambda user: "all")
    admin.is_active = False

    assert scope_of(AnonymousUser()) == frozenset()
    assert scope_of(admin) == frozenset()


def test_row_is_given_hidden_or_forbidden(builds, anna, dora):
    job = services.open_job("example.works", title="x", subject=None, by=anna)

    assert get_permitted(Job, job.pk, anna, lambda user, row: True) == job
    assert get_permitted(Job.objects.filter(title="x"), job.pk, anna, lambda user, row: True) == job
    with pytest.raises(PermissionDenied):
        get_permitted(Job, job.pk, anna, lambda user, row: False)
    with pytest.raises(Http404):
        get_permitted(Job, job.pk, dora, lambda user, row: True)
    with pytest.raises(Http404):
        get_permitted(Job, job.pk, AnonymousUser(), lambda user, row: True)


def test_model_without_a_rule_of_its_own_is_guarded_by_the_predicate(anna):
    with pytest.raises(PermissionDenied):
        get_permitted(User, anna.pk, anna, lambda user, row: False)
