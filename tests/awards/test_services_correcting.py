"""The steps back and forth of a submitted application: what refuses each, and what the history keeps of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.awards.models import Application, Round
from qms.awards.services import submitting as services
from qms.lifecycle import Refused
from tests.factories.awards import make_application, make_category, make_round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def application(office, lena):
    return make_application(office, make_category(make_round(prefix="WMNJ-2027")), started_by=lena)


@pytest.fixture
def submitted(application, ana):
    """Submitted, and the round has closed since."""
    services.submit_application(application, statement="I submit it.", by=ana, at=timezone.now())
    Round.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    return Application.objects.get(pk=application.pk)


def reopen(application, by, at, *, days=3, reason="Sign it."):
    return services.reopen_application(application, reason=reason, until=at + days * DAY, by=by, at=at)


def extend(application, by, at, *, until, reason="One more week."):
    return services.extend_correction(application, reason=reason, until=until, by=by, at=at)


@pytest.mark.parametrize("reason", ["", " \r\n"])
def test_no_step_back_without_a_reason(submitted, ana, nora, reason):
    at = timezone.now()
    with pytest.raises(Refused, match=services.NO_REASON):
        services.withdraw_application(submitted, reason=reason, by=ana, at=at)
    with pytest.raises(Refused, match=services.NO_REASON):
        reopen(submitted, nora, at, reason=reason)
    reopen(submitted, nora, at)
    with pytest.raises(Refused, match=services.NO_REASON):
        extend(submitted, nora, at, until=at + 9 * DAY, reason=reason)

    submitted.refresh_from_db()
    assert (submitted.correction_until, submitted.correction_reason) == (at + 3 * DAY, "Sign it.")


def test_a_correction_needs_a_deadline_that_is_still_to_come(submitted, nora):
    with pytest.raises(Refused, match=services.TOO_SOON):
        reopen(submitted, nora, timezone.now(), days=0)


def test_only_an_open_correction_gets_more_time(submitted, nora):
    at = timezone.now()

    with pytest.raises(Refused, match="is not open for correction"):
        extend(submitted, nora, at, until=at + DAY)


def test_after_its_deadline_a_correction_gets_time_from_now_on_only(submitted, nora):
    at = timezone.now()
    reopen(submitted, nora, at)
    late = at + 5 * DAY

    for until in (at + 4 * DAY, late):
        with pytest.raises(Refused, match="later than the one that stands"):
            extend(submitted, nora, late, until=until)
    longer = extend(submitted, nora, late, until=late + DAY)

    longer.refresh_from_db()
    assert (longer.correction_until, longer.correction_reason) == (late + DAY, "One more week.")


def test_the_office_reads_every_step_in_its_history(application, office, ana, nora):
    at = timezone.now()
    services.submit_application(application, statement="I submit it.", by=ana, at=at)
    services.withdraw_application(application, reason="A page is missing.", by=ana, at=at)
    services.take_up_application(application, by=ana, at=at)
    services.submit_application(application, statement="I submit it.", by=ana, at=at)
    Round.objects.update(closes_at=at)
    reopen(application, nora, at)
    extend(application, nora, at, until=at + 9 * DAY)

    entries = ModelLogEntry.objects.filter(action__startswith="awards.").order_by("pk")
    assert list(entries.values_list("action", "user__first_name")) == [
        ("awards.submit", "Ana"),
        ("awards.withdraw", "Ana"),
        ("awards.take_up", "Ana"),
        ("awards.submit", "Ana"),
        ("awards.reopen", "Nora"),
        ("awards.extend_correction", "Nora"),
    ]
    assert {one.data["office"] for one in entries} == {office.pk}
