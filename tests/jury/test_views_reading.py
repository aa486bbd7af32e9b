"""A juror promises, declares, reads, takes a copy, and loses all of it by a conflict."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from qms.awards.models import Application
from qms.core.models import Job
from qms.core.services import run_job
from qms.jury.domain.declaring import Answer, Said
from qms.jury.models import Ballot, DecisionList, Declaration, Exclusion, Juror, Phase, Standing
from qms.jury.queries.tasks import tasks_of
from qms.jury.services import copies
from qms.jury.services import declaring as services
from qms.lifecycle import Refused
from qms.offices.models import Membership
from tests.factories import jury as made
from tests.factories.awards import make_annex, make_submission
from tests.factories.offices import make_office, make_person, make_region

HOME_QUERIES, DECLARE_QUERIES = 20, 20


@pytest.fixture
def category(db):
    return made.make_judged_category()


@pytest.fixture
def application(office, category):
    return made.make_received(office, category)


@pytest.fixture
def seat(judy, application):
    """Judy's seat before the promise; a phase lets everything."""
    made.make_phase(application.category.round)
    return made.make_juror(application.category, judy, accepted_at=None)


@pytest.fixture
def juror(seat):
    """The same after the promise and the declarations."""
    seat.accepted_at = timezone.now() - timedelta(hours=2)
    seat.save()
    made.declare_all(seat)
    return seat


def address(name, *args):
    return reverse(f"jury:{name}", args=args)


def opened(client, user, name, *args):
    client.force_login(user)
    return client.get(address(name, *args))


def sent(client, user, name, *args, **facts):
    client.force_login(user)
    return client.post(address(name, *args), facts)


def asked(client, path):
    """How many queries the page takes; what is remembered from the first time counts for neither."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


# --- Home and tasks --------------------------------------------------------------------------------------------------


def test_home_is_for_who_holds_the_role(client, db, judy, lena, nora):
    assert opened(client, judy, "home").status_code == 200
    assert opened(client, lena, "home").status_code == 403
    assert opened(client, nora, "home").status_code == 403


def test_home_tells_what_waits_in_turn(client, judy, seat, application):
    assert [task.kind for task in tasks_of(judy, timezone.now())] == ["jury_promise"]

    services.promise(seat, by=judy, at=timezone.now())

    assert [task.kind for task in tasks_of(judy, timezone.now())] == ["jury_declare"]

    services.declare(seat, answers=[Answer(application.pk)], by=judy, at=timezone.now())
    ballot = made.make_ballot(seat, application)

    assert [task.kind for task in tasks_of(judy, timezone.now())] == ["jury_score"]
    page = opened(client, judy, "home").content.decode()
    assert address("reading", application.pk) in page
    assert address("ballot", ballot.pk) in page


def test_between_phases_home_says_when_the_next_begins_and_shows_no_office(client, judy, juror, application):
    made.make_ballot(juror, application)
    now = timezone.now()
    Phase.objects.update(ends_at=now - timedelta(minutes=1))
    made.make_phase(
        juror.round, titles={"en": "Talks"}, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2)
    )

    page = opened(client, judy, "home").content.decode()

    assert "The phase “Talks” begins" in page
    assert application.office.name not in page
    assert tasks_of(judy, now) == ()
    assert opened(client, judy, "reading", application.pk).status_code == 404


def test_the_chair_is_asked_to_talk_and_others_are_not(client, judy, juror, application):
    Standing.objects.create(
        application=application, is_revealed=True, needs_talk=True, ballots=2, handed_in=2, reckoned_at=timezone.now()
    )

    assert tasks_of(judy, timezone.now()) == ()

    Juror.objects.update(is_chair=True)

    task = tasks_of(judy, timezone.now())[0]
    assert (task.kind, task.url) == ("jury_talk", address("talk", application.pk))
    assert opened(client, judy, "home").status_code == 200
    Phase.objects.update(may_agree=False)
    assert tasks_of(judy, timezone.now()) == ()


def test_the_chair_is_asked_to_decide_when_every_score_is_there(client, judy, juror, application):
    Juror.objects.update(is_chair=True)
    standing = Standing.objects.create(application=application, reckoned_at=timezone.now())
    assert tasks_of(judy, timezone.now()) == ()
    standing.is_revealed = True
    standing.save()

    def asked_for():
        return [(task.kind, task.url) for task in tasks_of(judy, timezone.now())]

    assert asked_for() == [("jury_decide", address("prizes-decide", application.category_id))]
    application.category.judging.visit_from = 60
    application.category.judging.save()
    assert asked_for() == [("jury_decide", address("visits-decide", application.category_id))]
    DecisionList.objects.create(category=application.category, stage="visit", closed_at=timezone.now())
    assert asked_for() == [("jury_decide", address("prizes-decide", application.category_id))]
    Phase.objects.update(may_decide=False)
    assert asked_for() == []
    Phase.objects.update(may_decide=True)
    DecisionList.objects.create(category=application.category, stage="prize", closed_at=timezone.now())
    assert asked_for() == []


def test_a_chair_who_does_not_see_all_of_a_category_is_not_asked_to_decide(judy, juror, application, other_office):
    Juror.objects.update(is_chair=True)
    other = made.make_received(other_office, application.category)
    for one in (application, other):
        Standing.objects.create(application=one, is_revealed=True, reckoned_at=timezone.now())

    assert "jury_decide" not in [task.kind for task in tasks_of(judy, timezone.now())]
    Declaration.objects.create(juror=juror, application=other, made_at=timezone.now())
    assert [task.kind for task in tasks_of(judy, timezone.now())] == ["jury_decide"]


def test_who_has_lost_the_role_has_no_tasks(judy, seat):
    Membership.objects.filter(user=judy).update(is_active=False)

    assert tasks_of(type(judy).objects.get(pk=judy.pk), timezone.now()) == ()


def test_home_asks_as_much_for_three_seats_as_for_one(client, judy):
    def one_more():
        category = made.make_judged_category()
        made.make_phase(category.round)
        seat = made.make_juror(category, judy, is_chair=True)
        for _one in range(2):
            application = made.make_received(make_office(), category)
            Declaration.objects.create(juror=seat, application=application, made_at=timezone.now())
            made.make_ballot(seat, application)
        made.make_visit(application, seat)

    client.force_login(judy)
    one_more()
    first = asked(client, address("home"))
    one_more()
    one_more()

    assert asked(client, address("home")) == first <= HOME_QUERIES


# --- The promise -----------------------------------------------------------------------------------------------------


def test_declaring_on_what_no_office_can_be_is_asked_again(client, judy, seat, application):
    Juror.objects.filter(pk=seat.pk).update(accepted_at=timezone.now())

    page = sent(
        client, judy, "declare", seat.pk, **{f"reason_{number}": "A cousin." for number in ("x", "²", "9" * 30)}
    )

    assert page.status_code in (200, 409, 422)
    assert not Declaration.objects.exists()
    assert not Exclusion.objects.exists()


def test_the_promise_needs_its_tick(client, judy, seat):
    assert sent(client, judy, "promise", seat.pk).status_code == 422
    assert Juror.objects.get().accepted_at is None


def test_the_promise_takes_the_seat_once(client, judy, seat):
    assert sent(client, judy, "promise", seat.pk, confirmed="1").status_code == 302
    first = Juror.objects.get().accepted_at
    sent(client, judy, "promise", seat.pk, confirmed="1")

    assert first is not None
    assert Juror.objects.get().accepted_at == first


def test_a_seat_is_opened_by_its_own_juror_alone(client, seat, nora, lena):
    other = make_person("Jola", "juror")

    assert opened(client, nora, "promise", seat.pk).status_code == 403
    assert opened(client, other, "promise", seat.pk).status_code == 404
    assert opened(client, lena, "declare", seat.pk).status_code == 404


def test_a_seat_that_was_given_up_is_closed(client, judy, seat):
    Juror.objects.update(left_at=timezone.now())

    assert opened(client, judy, "promise", seat.pk).status_code == 403
    with pytest.raises(Refused):
        services.promise(seat, by=judy, at=timezone.now())


def test_before_the_promise_the_declarations_lead_to_it(client, judy, seat, application):
    answer = opened(client, judy, "declare", seat.pk)

    assert answer["Location"] == address("promise", seat.pk)


# --- Declarations ----------------------------------------------------------------------------------------------------


def promised(seat):
    seat.accepted_at = timezone.now()
    seat.save()
    return seat


def test_nothing_ties_me_opens_the_application(client, judy, seat, application):
    promised(seat)

    assert application.office.name in opened(client, judy, "declare", seat.pk).content.decode()
    assert opened(client, judy, "reading", application.pk).status_code == 404

    sent(client, judy, "declare", seat.pk, **{f"said_{application.pk}": "clear", f"reason_{application.pk}": ""})

    assert Declaration.objects.filter(juror=seat, application=application).count() == 1
    assert opened(client, judy, "reading", application.pk).status_code == 200


def test_the_rest_of_the_page_is_declared_by_one_tick(client, judy, seat, application, other_office):
    promised(seat)
    other = made.make_received(other_office, application.category)
    facts = {f"said_{other.pk}": "conflict", f"reason_{other.pk}": "My brother works there.", "rest": "on"}

    sent(client, judy, "declare", seat.pk, **facts, **{f"reason_{application.pk}": ""})

    assert list(Declaration.objects.values_list("application", flat=True)) == [application.pk]
    assert list(Exclusion.objects.values_list("application", "kind")) == [(other.pk, "declared")]


def test_a_conflict_without_its_reason_keeps_all_that_was_typed(client, judy, seat, application, other_office):
    promised(seat)
    other = made.make_received(other_office, application.category)
    facts = {f"said_{application.pk}": "conflict", f"reason_{application.pk}": ""}

    answer = sent(client, judy, "declare", seat.pk, **facts, **{f"reason_{other.pk}": "We built it together."})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write what ties you to the office." in page
    assert "We built it together." in page
    assert not Exclusion.objects.exists()


def test_an_empty_declaration_says_what_to_do(client, judy, seat, application):
    promised(seat)

    answer = sent(client, judy, "declare", seat.pk, **{f"reason_{application.pk}": ""})

    assert "Choose an answer for one office at least." in answer.content.decode()


def test_what_is_sent_after_the_phase_is_not_taken_and_said_so(client, judy, seat, application):
    Juror.objects.update(accepted_at=timezone.now())
    Phase.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    client.force_login(judy)
    sent = {f"said_{application.pk}": "conflict", f"reason_{application.pk}": "A cousin."}
    answer = client.post(address("declare", seat.pk), sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Declarations are not taken at the moment." in page
    assert page.count("A cousin.") == 1  # to copy
    assert application.office.name not in page
    assert not Exclusion.objects.exists()


def test_what_was_said_of_an_office_that_is_gone_comes_back_beside_the_rest(
    client, judy, seat, application, other_office
):
    promised(seat)
    gone = made.make_received(other_office, application.category)
    Application.objects.filter(pk=gone.pk).update(state="withdrawn")
    facts = {f"said_{gone.pk}": "conflict", f"reason_{gone.pk}": "We were married."}

    answer = sent(client, judy, "declare", seat.pk, **facts, **{f"reason_{application.pk}": "A cousin."})

    page = answer.content.decode()
    assert answer.status_code == 422  # the one that stands has a reason and no answer
    assert (page.count("We were married."), page.count("A cousin.")) == (1, 1)
    assert other_office.name not in page
    assert not Exclusion.objects.exists()


def test_a_conflict_sent_after_its_phase_comes_back_without_the_office(client, judy, seat, application):
    promised(seat)
    client.force_login(judy)
    assert client.get(address("conflict", application.pk)).status_code == 200
    Phase.objects.update(ends_at=timezone.now() - timedelta(seconds=1))

    answer = client.post(address("conflict", application.pk), {"reason": "My sister works there."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This office is not named to you now." in page
    assert "My sister works there." in page
    assert application.office.name not in page
    assert not Exclusion.objects.exists()
    assert client.get(address("conflict", application.pk)).status_code == 404


def test_foreign_keys_in_a_declaration_do_nothing(judy, seat, application, other_office):
    promised(seat)
    elsewhere = made.make_received(other_office, made.make_judged_category())

    assert services.declare(seat, answers=[Answer(elsewhere.pk)], by=judy, at=timezone.now()) == Said(0, 0)
    assert not Declaration.objects.exists()


def test_an_own_office_cannot_be_declared_free(client, judy, seat, application, office):
    promised(seat)
    Membership.objects.create(user=judy, role="employee", office=office, is_active=False, ended_at=timezone.now())

    said = services.declare(seat, answers=[Answer(application.pk)], by=judy, at=timezone.now())

    assert said == Said(0, 0)
    assert list(Exclusion.objects.values_list("kind", flat=True)) == ["office"]
    assert f"said_{application.pk}" not in opened(client, judy, "declare", seat.pk).content.decode()


def test_between_phases_nobody_declares_free_but_a_conflict_is_taken(judy, juror, application, other_office):
    late = made.make_received(other_office, application.category)
    after = Phase.objects.get().ends_at

    with pytest.raises(Refused) as refusal:
        services.declare(juror, answers=[Answer(late.pk)], by=judy, at=after)

    assert refusal.value.text == services.NOT_NOW
    services.declare_conflict(application, reason="My aunt.", by=judy, at=after)
    assert Exclusion.objects.get().reason == "My aunt."


def test_declared_twice_stands_once(judy, seat, application):
    promised(seat)
    for _time in range(2):
        services.declare(seat, answers=[Answer(application.pk)], by=judy, at=timezone.now())

    assert Declaration.objects.count() == 1


def test_declaring_asks_as_much_for_three_offices_as_for_one(client, judy):
    category, region = made.make_judged_category(), make_region()
    made.make_phase(category.round)
    seat = made.make_juror(category, judy)

    def one_more():
        told = made.make_received(make_office(region=region), category)
        Declaration.objects.create(juror=seat, application=told, made_at=timezone.now())
        made.make_received(make_office(region=region), category)

    client.force_login(judy)
    one_more()
    first = asked(client, address("declare", seat.pk))
    one_more()
    one_more()

    assert asked(client, address("declare", seat.pk)) == first <= DECLARE_QUERIES


# --- A conflict later ------------------------------------------------------------------------------------------------


def test_a_later_conflict_ends_everything_at_once(client, judy, juror, application):
    annex = make_annex(application)
    make_submission(application, by=application.started_by)
    ballot = made.make_ballot(juror, application)
    client.force_login(judy)
    places = [address("reading", application.pk), address("annex", annex.pk), address("dossier", application.pk)]
    assert [client.get(place).status_code for place in places] == [200, 200, 200]

    answer = sent(client, judy, "conflict", application.pk, reason="We are in a dispute.")

    assert answer.status_code == 302
    assert [client.get(place).status_code for place in places] == [404, 404, 404]
    ballot.refresh_from_db()
    assert ballot.ended_at is not None
    assert Exclusion.objects.get(kind="declared").reason == "We are in a dispute."
    assert Declaration.objects.filter(application=application).exists()  # what was declared stays in the file


def test_the_office_learns_nothing_of_a_juror_from_its_history(client, lena, judy, juror, application):
    services.declare_conflict(application, reason="A.", by=judy, at=timezone.now())
    client.force_login(lena)

    page = client.get(reverse("awards:application", args=[application.pk])).content.decode()

    assert page.count(application.number) > 0
    assert judy.name not in page
    assert "conflict" not in page


def test_what_was_scored_before_the_conflict_does_not_count(judy, juror, application):
    ballot = made.make_ballot(juror, application)
    sections = application.category.sections.all()
    made.hand_in(ballot, dict.fromkeys(sections, 80))

    services.declare_conflict(application, reason="A.", by=judy, at=timezone.now())

    assert application.standing.handed_in == 0
    assert Ballot.objects.get().total == 80


def test_a_conflict_needs_its_reason_and_is_said_once(client, judy, juror, application):
    assert sent(client, judy, "conflict", application.pk, reason=" ").status_code == 422
    sent(client, judy, "conflict", application.pk, reason="First.")
    sent(client, judy, "conflict", application.pk, reason="Second.")

    assert [one.reason for one in Exclusion.objects.all()] == ["First."]


def test_after_the_decision_no_conflict_changes_what_counted(judy, juror, application):
    DecisionList.objects.create(category=application.category, stage="prize", closed_at=timezone.now())

    with pytest.raises(Refused) as refusal:
        services.declare_conflict(application, reason="A.", by=judy, at=timezone.now())

    assert refusal.value.text == services.DECIDED


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_a_juror_reads_what_was_submitted_with_own_ways_to_annexes(client, judy, juror, application):
    annex = make_annex(application)
    make_submission(application, by=application.started_by)

    page = opened(client, judy, "reading", application.pk).content.decode()

    assert application.number in page
    assert address("annex", annex.pk) in page
    assert reverse("awards:annex-file", args=[annex.pk]) not in page


def test_an_annex_that_was_not_submitted_is_not_there(client, judy, juror, application):
    annex = make_annex(application)

    assert opened(client, judy, "annex", annex.pk).status_code == 404


def test_a_foreign_address_is_not_there(client, judy, juror, other_office):
    foreign = made.make_received(other_office, made.make_judged_category())
    made.make_phase(foreign.category.round)
    annex = make_annex(foreign)
    make_submission(foreign, by=foreign.started_by)

    for name, pk in (("reading", foreign.pk), ("dossier", foreign.pk), ("conflict", foreign.pk), ("annex", annex.pk)):
        assert opened(client, judy, name, pk).status_code == 404, name


# --- The juror's copy ------------------------------------------------------------------------------------------------


def test_every_page_of_the_copy_says_whose_it_is(judy, juror, application):
    make_submission(application, by=application.started_by)
    job = copies.order_copy(application, juror=juror, language="en", by=judy)

    done = run_job(job.pk)

    assert done is not None
    assert done.state == Job.State.DONE, done.reason
    with default_storage.open(copies.copy_that_stands(application, juror=juror, language="en")) as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    assert len(pages) > 1
    words = f"Juror's copy {juror.sign}, confidential"
    assert [page.extract_text().replace("’", "'").count(words) for page in pages] == [1] * len(pages)


def test_the_copy_is_given_to_its_juror_while_the_application_is_open(client, judy, juror, application):
    other = made.make_juror(application.category)
    made.declare_all(other)
    run_job(copies.order_copy(application, juror=juror, language="en", by=judy).pk)

    assert opened(client, judy, "juror-copy", application.pk).status_code == 200
    assert opened(client, other.user, "juror-copy", application.pk).status_code == 404

    Exclusion.objects.create(juror=juror, application=application, kind="declared", reason="A.", made_at=timezone.now())

    assert opened(client, judy, "juror-copy", application.pk).status_code == 404


def test_a_copy_ordered_before_the_conflict_is_not_made(judy, juror, application):
    job = copies.order_copy(application, juror=juror, language="en", by=judy)
    services.declare_conflict(application, reason="A.", by=judy, at=timezone.now())

    done = run_job(job.pk)

    assert done is not None
    assert done.reason == copies.CLOSED
    assert copies.copy_that_stands(application, juror=juror, language="en") == ""


def test_ordering_a_copy_leads_back_to_it(client, judy, juror, application):
    answer = sent(client, judy, "dossier", application.pk)

    assert answer["Location"] == address("dossier", application.pk) + "#files"
    assert Job.objects.get().created_by == judy
    assert Application.objects.count() == 1
