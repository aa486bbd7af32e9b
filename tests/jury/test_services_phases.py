"""Phases: added, changed, deleted, proposed; jurors are told of them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.core.models import Letter
from qms.jury.domain.pool import PhaseDraft
from qms.jury.models import DecisionList, Phase
from qms.jury.queries.desk import to_declare
from qms.jury.queries.tasks import tasks_of
from qms.jury.services import phases, reminding
from qms.lifecycle import Refused
from tests.factories.jury import (
    declare_all,
    make_ballot,
    make_closed_round,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def found(db):
    return make_closed_round()


def drafted(start, days=3, **more):
    return PhaseDraft({"en": "Scores"}, start, start + days * DAY, **more)


def test_phase_is_added_with_everything_that_it_lets(found, nora):
    at = timezone.now()

    phase = phases.add_phase(found, draft=drafted(at, sees="assigned", may_score=True), by=nora, at=at)

    assert (phase.title, phase.sees, phase.may_score, phase.may_decide) == ("Scores", "assigned", True, False)


def test_phases_never_overlap_but_may_touch(found, nora):
    at = timezone.now()
    first = phases.add_phase(found, draft=drafted(at), by=nora, at=at)

    with pytest.raises(Refused, match="“Scores” runs at that time"):
        phases.add_phase(found, draft=drafted(at + 2 * DAY), by=nora, at=at)
    second = phases.add_phase(found, draft=drafted(first.ends_at), by=nora, at=at)
    with pytest.raises(Refused, match="never overlap"):
        phases.change_phase(second, draft=drafted(at + 2 * DAY), by=nora, at=at)


def test_phase_keeps_to_the_closing_and_to_the_clock(found, nora):
    at = timezone.now()
    wrong = {
        "begins with the closing": drafted(found.closes_at - DAY, days=9),
        "The end must come after": drafted(at + DAY, days=0),
        "Who scores must read": drafted(at, may_score=True),
        "lies in the past": drafted(found.closes_at, days=0.5),
    }

    for words, draft in wrong.items():
        with pytest.raises(Refused, match=words):
            phases.add_phase(found, draft=draft, by=nora, at=at)


def test_a_phase_has_begun_with_its_first_moment(found, nora):
    phase = make_phase(found)
    at = phase.starts_at

    with pytest.raises(Refused, match="Its beginning stays"):
        phases.change_phase(phase, draft=drafted(at + DAY), by=nora, at=at)
    with pytest.raises(Refused, match="Move its end instead"):
        phases.delete_phase(phase, by=nora, at=at)


def test_who_changes_what_is_open_stands_in_the_history(found, nora):
    at = timezone.now()
    phase = phases.add_phase(found, draft=drafted(at + DAY), by=nora, at=at)
    phases.change_phase(phase, draft=drafted(at + 2 * DAY), by=nora, at=at)
    phases.delete_phase(phase, by=nora, at=at)

    acts = ModelLogEntry.objects.filter(action__startswith="jury.").order_by("pk")
    assert [(one.action, one.user.first_name, one.data["phase"], one.data["office"]) for one in acts] == [
        ("jury.add_phase", "Nora", "Scores", None),
        ("jury.change_phase", "Nora", "Scores", None),
        ("jury.delete_phase", "Nora", "Scores", None),
    ]


def test_what_has_begun_keeps_its_beginning_and_what_is_over_stays(found, nora):
    at = timezone.now()
    phase = make_phase(found)

    with pytest.raises(Refused, match="Its beginning stays"):
        phases.change_phase(phase, draft=drafted(phase.starts_at + DAY), by=nora, at=at)
    with pytest.raises(Refused, match="Move its end instead"):
        phases.delete_phase(phase, by=nora, at=at)
    with pytest.raises(Refused, match="lies in the past"):
        phases.change_phase(phase, draft=PhaseDraft({"en": "Scores"}, phase.starts_at, at), by=nora, at=at)
    longer = phases.change_phase(phase, draft=drafted(phase.starts_at, days=9), by=nora, at=at)
    with pytest.raises(Refused, match="is over"):
        phases.change_phase(phase, draft=drafted(phase.starts_at, days=20), by=nora, at=longer.ends_at)


def test_phase_that_lies_ahead_is_deleted(found, nora):
    phase = make_phase(found, starts_at=timezone.now() + DAY)

    phases.delete_phase(phase, by=nora, at=timezone.now())

    assert not Phase.objects.exists()


def test_usual_phases_are_proposed_once_from_now_until_results_are_told(found, nora):
    at = timezone.now()

    made = phases.suggest_phases(found, by=nora, at=at)

    assert (made[0].starts_at, made[-1].ends_at) == (at, found.embargo_until)
    assert [one.title_in("en") for one in made] == ["Declarations", "Blind scores", "Talks", "Visits", "Decisions"]
    assert [one.may_score for one in made] == [False, True, True, False, False]
    with pytest.raises(Refused, match="has phases already"):
        phases.suggest_phases(found, by=nora, at=at)


def test_no_phases_are_proposed_where_there_is_no_time(found, nora):
    with pytest.raises(Refused, match="no time for phases"):
        phases.suggest_phases(found, by=nora, at=found.embargo_until)


def test_jurors_are_told_once_that_a_phase_began(found, office):
    category = make_judged_category(found)
    make_received(office, category)
    juror = make_juror(category)
    make_juror(category, left_at=timezone.now())
    make_phase(found)
    at = timezone.now()

    counts = [reminding.remind(at=at), reminding.remind(at=at + DAY)]

    letter = Letter.objects.get()
    assert counts == [1, 0]
    assert (letter.to, letter.kind) == (juror.user.email, "jury.phase_begins")
    assert "whether something ties you to the office: 1." in letter.text.replace("\n", " ")


def test_only_who_has_something_to_do_is_told_of_the_end(found, office):
    category = make_judged_category(found)
    application = make_received(office, category)
    late, done = make_juror(category), make_juror(category)
    for juror in (late, done):
        declare_all(juror)
    make_ballot(late, application)
    phase = make_phase(found, ends_at=timezone.now() + 5 * DAY)
    at = timezone.now()
    reminding.remind(at=at)

    counts = [reminding.remind(at=phase.ends_at - days * DAY) for days in (4, 2, 1)]

    letter = Letter.objects.get(kind="jury.phase_ends")
    assert counts == [0, 1, 0]
    assert letter.to == late.user.email
    assert "Applications that wait for your scores: 1." in letter.text


def test_nobody_is_asked_to_declare_on_what_the_jury_has_decided(found, office, judy, nora):
    category = make_judged_category(found)
    make_received(office, category)
    seat = make_juror(category, judy)
    at = timezone.now()
    make_phase(found, starts_at=at - 5 * DAY, ends_at=at + DAY)
    type(found).objects.update(closes_at=at - 6 * DAY)
    assert [task.kind for task in tasks_of(judy, at)] == ["jury_declare"]

    DecisionList.objects.create(category=category, stage="prize", closed_at=at, closed_by=nora)

    assert (tasks_of(judy, at), reminding.remind(at=at)) == ((), 0)
    assert to_declare(seat, at).count() == 1  # whoever wishes still may


def test_later_end_is_told_anew(found, nora):
    make_juror(make_judged_category(found), accepted_at=None)
    phase = make_phase(found, ends_at=timezone.now() + 2 * DAY, starts_at=timezone.now() - 5 * DAY)
    # The round closed before the phase began.
    type(found).objects.update(closes_at=timezone.now() - 6 * DAY)

    first = reminding.remind(at=timezone.now())
    Phase.objects.update(ends_at=phase.ends_at + 5 * DAY)
    second = reminding.remind(at=phase.ends_at + 4 * DAY)

    assert (first, second) == (1, 1)
    assert "First promise to be impartial." in Letter.objects.order_by("pk").last().text


def test_phase_that_a_later_closing_overtook_may_still_be_changed(found, nora):
    phase = make_phase(found, starts_at=found.closes_at)
    type(found).objects.update(closes_at=found.closes_at + timedelta(hours=2))

    changed = phases.change_phase(phase, draft=drafted(phase.starts_at, days=9), by=nora, at=timezone.now())

    assert changed.ends_at == phase.starts_at + 9 * DAY
