"""What was agreed holds for its ballots; what the jury decided on stays; who withdraws is not visited."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from qms.awards.services.submitting import (
    extend_correction,
    reopen_application,
    submit_application,
    withdraw_application,
)
from qms.core.models import Letter
from qms.jury.domain.ballot import AgreedDraft
from qms.jury.models import Agreed, DecisionList, Visit
from qms.jury.queries.talks import talk_of
from qms.jury.services.agreeing import agree_close, agree_section
from qms.jury.services.declaring import declare_conflict
from qms.jury.services.standing import restand
from qms.jury.services.visiting import WITHDRAWN
from qms.lifecycle import Refused
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def category(db):
    found = make_judged_category(sections=1)
    make_phase(found.round)
    return found


@pytest.fixture
def application(office, category):
    return make_received(office, category)


@pytest.fixture
def jurors(category, application):
    """Three who gave 40, 50 and 60 an hour ago."""
    section, seats = category.sections.get(), [make_juror(category) for _seat in range(3)]
    at = timezone.now() - HOUR
    for juror, score in zip(seats, (40, 50, 60), strict=True):
        declare_all(juror)
        hand_in(make_ballot(juror, application, assigned_at=at - HOUR), {section: score}, at=at)
    restand(application, at)
    return seats


def agree(application, score, by):
    draft = AgreedDraft(marks={"score": score}, is_na=False, reason="We looked again.", strengths="Clear.")
    section, now = application.category.sections.get(), timezone.now()
    version = talk_of(application).line(section.pk).version
    return agree_section(application, section, draft=draft, version=version, by=by, at=now)


def test_agreement_does_not_outlive_a_ballot_that_it_was_made_from(application, jurors, nora):
    agree(application, 55, nora)
    assert application.standing.total == Decimal(55)

    declare_conflict(application, reason="My sister works there.", by=jurors[2].user, at=timezone.now())

    application.standing.refresh_from_db()
    line = talk_of(application).lines[0]
    assert (application.standing.total, line.agreed, line.earlier.strengths) == (Decimal(45), None, "Clear.")
    agree(application, 44, nora)
    application.standing.refresh_from_db()
    assert (application.standing.total, Agreed.objects.count()) == (Decimal(44), 1)


def test_close_sections_are_agreed_anew_with_the_words_that_were_found(application, jurors, nora):
    agree(application, 55, nora)
    declare_conflict(application, reason="My sister works there.", by=jurors[2].user, at=timezone.now())

    assert agree_close(application, by=nora, at=timezone.now()) == 1

    again = Agreed.objects.get()
    assert (again.score, again.strengths, again.version) == (Decimal(45), "Clear.", 2)


def test_decided_application_is_neither_withdrawn_nor_reopened(application, category, ana, nora):
    DecisionList.objects.create(category=category, stage="prize", closed_at=timezone.now(), closed_by=nora)
    now = timezone.now()

    with pytest.raises(Refused, match="The jury has decided"):
        withdraw_application(application, reason="We changed our mind.", by=ana, at=now)
    with pytest.raises(Refused, match="The jury has decided"):
        reopen_application(application, reason="Sign it.", until=now + HOUR, by=nora, at=now)


def test_correction_that_is_open_when_the_jury_decides_is_not_submitted_any_more(application, category, ana, nora):
    now = timezone.now()
    reopen_application(application, reason="Sign it.", until=now + HOUR, by=nora, at=now)
    DecisionList.objects.create(category=category, stage="prize", closed_at=now, closed_by=nora)

    with pytest.raises(Refused, match="The jury has decided"):
        submit_application(application, statement="I submit it.", by=ana, at=now)
    with pytest.raises(Refused, match="The jury has decided"):
        extend_correction(application, reason="More time.", until=now + 2 * HOUR, by=nora, at=now)
    assert application.submissions.count() == 1


def test_visit_is_called_off_when_the_office_withdraws(application, jurors, ana, lena, nora):
    soon = timezone.now() + HOUR
    visit = Visit.objects.create(
        application=application, starts_at=soon, ends_at=soon + HOUR, place="Gołdap", planned_by=nora
    )
    visit.team.add(jurors[0])

    withdraw_application(application, reason="We merge with another office.", by=ana, at=timezone.now())

    visit.refresh_from_db()
    assert (visit.state, visit.cancelled_reason) == ("cancelled", "The office has withdrawn its application.")
    told = Letter.objects.filter(kind="jury.visit_cancelled").values_list("to", flat=True)
    assert {lena.email, jurors[0].user.email} <= set(told)


def test_a_juror_is_not_led_to_a_visit_that_the_office_withdrew_from(client, application, jurors, ana, lena, nora):
    soon = timezone.now() + HOUR
    visit = Visit.objects.create(
        application=application, starts_at=soon, ends_at=soon + HOUR, place="Gołdap", planned_by=nora
    )
    visit.team.add(jurors[0])

    withdraw_application(application, reason="We merge with another office.", by=ana, at=timezone.now())

    leads, opens = {}, {}
    for person in (lena, jurors[0].user):
        letter = Letter.objects.get(kind="jury.visit_cancelled", to=person.email)
        leads[person.email] = f"/jury/visits/{visit.pk}/" in letter.text and f"/jury/visits/{visit.pk}/" in letter.html
        client.force_login(person)
        opens[person.email] = client.get(reverse("jury:visit", args=[visit.pk])).status_code == 200
    assert leads == opens == {lena.email: True, jurors[0].user.email: False}


def test_why_the_platform_calls_a_visit_off_is_told_in_the_language_of_each_reader(
    client, application, jurors, ana, lena, nora
):
    soon = timezone.now() + HOUR
    visit = Visit.objects.create(
        application=application, starts_at=soon, ends_at=soon + HOUR, place="Gołdap", planned_by=nora
    )
    visit.team.add(jurors[0])
    for person, language in ((lena, "pl"), (jurors[0].user, "en")):
        person.language = language
        person.save()

    with override("ru"):
        withdraw_application(application, reason="We merge with another office.", by=ana, at=timezone.now())

    told = {one.to: one.text for one in Letter.objects.filter(kind="jury.visit_cancelled")}
    with override("pl"):
        in_polish, address = gettext(WITHDRAWN), reverse("jury:visit", args=[visit.pk])
    assert in_polish in told[lena.email]
    assert "The office has withdrawn its application." in told[jurors[0].user.email]
    client.force_login(lena)
    assert in_polish in client.get(address).content.decode().replace("\xa0", " ")
