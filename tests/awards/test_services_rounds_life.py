"""The life of a round from preparation to the past: each step is taken where it is open, and is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import ModelLogEntry

from qms.awards.domain.rounds import ProgrammeDraft, RoundDraft
from qms.awards.models import Round
from qms.awards.services import rounds
from qms.lifecycle import Refused
from tests.factories.awards import make_category, make_programme, make_question, make_section
from tests.factories.jury import make_judging, make_juror

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def drafted(**changes):
    facts = {
        "titles": {"en": "Award 2027"},
        "year": 2027,
        "prefix": "NJ-2027",
        "opens_at": NOW,
        "closes_at": NOW + 30 * DAY,
        "embargo_until": NOW + 60 * DAY,
    }
    return RoundDraft(**facts | changes)


@pytest.fixture
def ready(nora):
    """A round in preparation that may be announced."""
    made = rounds.prepare_round(make_programme(), draft=drafted(), by=nora)
    category = make_category(made)
    make_question(make_section(category))
    make_judging(category)
    return made


def state_of(found):
    return Round.objects.get(pk=found.pk).state


def test_every_step_of_a_round_stands_in_the_history(ready, nora):
    rounds.publish_round(ready, by=nora, at=NOW)
    rounds.change_round(ready, draft=drafted(closes_at=NOW + 40 * DAY), by=nora, at=NOW)
    rounds.unpublish_round(ready, by=nora)
    rounds.publish_round(ready, by=nora, at=NOW)
    rounds.finish_round(ready, by=nora, at=NOW + 40 * DAY)
    spare = rounds.prepare_round(ready.programme, draft=drafted(prefix="NJ-2028"), by=nora)
    rounds.delete_round(spare, by=nora)

    entries = ModelLogEntry.objects.filter(action__contains="_round").order_by("pk")
    assert [(one.action.removeprefix("awards."), one.user.first_name) for one in entries] == [
        ("prepare_round", "Nora"),
        ("publish_round", "Nora"),
        ("change_round", "Nora"),
        ("unpublish_round", "Nora"),
        ("publish_round", "Nora"),
        ("finish_round", "Nora"),
        ("prepare_round", "Nora"),
        ("delete_round", "Nora"),
    ]
    moved = ModelLogEntry.objects.get(action="awards.change_round")
    assert moved.data["closing_moved_to"] == (NOW + 40 * DAY).isoformat()


def test_award_that_is_changed_or_deleted_stands_in_the_history(nora):
    draft = ProgrammeDraft({"en": "Award"}, "The ministry")
    made = rounds.add_programme(draft=draft, by=nora)
    rounds.change_programme(made, draft=draft, by=nora)
    rounds.delete_programme(made, by=nora)

    entries = ModelLogEntry.objects.filter(action__contains="_programme").order_by("pk")
    assert [one.action.removeprefix("awards.") for one in entries] == [
        "add_programme",
        "change_programme",
        "delete_programme",
    ]


def test_steps_are_taken_once(ready, nora):
    with pytest.raises(Refused):
        rounds.unpublish_round(ready, by=nora)
    with pytest.raises(Refused):
        rounds.finish_round(ready, by=nora, at=NOW + 40 * DAY)
    rounds.publish_round(ready, by=nora, at=NOW)
    with pytest.raises(Refused):
        rounds.publish_round(ready, by=nora, at=NOW)
    with pytest.raises(Refused):
        rounds.delete_round(ready, by=nora)

    assert state_of(ready) == "published"


def test_texts_of_a_closed_round_may_change_and_its_closing_not(ready, nora):
    rounds.publish_round(ready, by=nora, at=NOW)
    closed = NOW + 30 * DAY

    rounds.change_round(ready, draft=drafted(titles={"en": "The award"}), by=nora, at=closed)
    with pytest.raises(Refused, match="The round is closed"):
        rounds.change_round(ready, draft=drafted(closes_at=closed + DAY), by=nora, at=closed)

    assert Round.objects.get(pk=ready.pk).titles["en"] == "The award"


def test_numbers_of_a_round_differ_by_more_than_large_and_small_letters(ready, nora):
    with pytest.raises(Refused, match="Another round has the numbers nj-2027 already"):
        rounds.prepare_round(ready.programme, draft=drafted(prefix="nj-2027"), by=nora)


def test_round_in_whose_jury_people_sit_is_not_deleted(ready, nora):
    make_juror(ready.categories.get())

    with pytest.raises(Refused, match="People sit in the jury"):
        rounds.delete_round(ready, by=nora)
    assert ready.categories.get().sections.count() == 1
