"""Founding the library; drafting a practice and saving its versions."""

import pickle
from dataclasses import replace

import pytest
from wagtail.models import Workflow

from qms.goodpractices.domain.draft import EvidenceDraft, ResultDraft
from qms.goodpractices.models import PracticeIndexPage, PracticePage, ReviewTask
from qms.goodpractices.queries.drafts import draft_of, latest_of
from qms.goodpractices.services.founding import found_library
from qms.goodpractices.services.locking import Conflict
from qms.goodpractices.services.writing import draft_practice, save_practice
from qms.lifecycle import Refused
from tests.factories.practices import make_draft


@pytest.fixture
def practice(library, office, lena):
    return draft_practice(office, draft=make_draft(), language="en", by=lena)


def test_library_is_founded_once_in_every_language_that_has_a_home(homes):
    first, again = found_library(), found_library()

    assert [one.pk for one in first] == [one.pk for one in again]
    assert {(one.locale.language_code, one.slug) for one in first} == {("en", "practices"), ("pl", "dobre-praktyki")}
    assert {one.translation_key for one in first} == {first[0].translation_key}
    assert (PracticeIndexPage.objects.count(), Workflow.objects.filter(name="Good practices").count()) == (2, 1)
    assert {one.get_workflow().name for one in first} == {"Good practices"}
    assert ReviewTask.objects.count() == 1


def test_draft_keeps_all_that_was_written(practice, office, lena):
    stored = PracticePage.objects.get(pk=practice.pk)

    assert not stored.live
    assert (stored.owner, stored.office, stored.slug) == (lena, office, "letters-in-plain-language")
    assert draft_of(latest_of(stored)) == make_draft()
    assert (stored.effect, stored.get_workflow().name) == ("told", "Good practices")
    assert "clients" in stored.forms


def test_draft_without_a_library_or_title_is_refused(db, office, lena, homes):
    with pytest.raises(Refused, match="no library"):
        draft_practice(office, draft=make_draft(), language="ru", by=lena)
    found_library()
    with pytest.raises(Refused, match="a title"):
        draft_practice(office, draft=make_draft(title=" "), language="en", by=lena)


def test_one_origin_gives_one_practice(library, office, lena):
    from_action = make_draft(origin="action", origin_key="action:7", evidence=(EvidenceDraft("E1", "Counts of calls"),))
    made = draft_practice(office, draft=from_action, language="en", by=lena)

    assert draft_of(latest_of(made)).evidence == from_action.evidence
    with pytest.raises(Refused, match="already been made"):
        draft_practice(office, draft=from_action, language="en", by=lena)


def test_same_title_gets_an_address_of_its_own(practice, library, office, other_office, lena, dora):
    other = draft_practice(other_office, draft=make_draft(), language="en", by=dora)
    third = draft_practice(other_office, draft=make_draft(), language="en", by=dora)

    assert other.slug == "letters-in-plain-language-pup-starachowice"
    assert third.slug == "letters-in-plain-language-2"


def test_saving_makes_a_version_and_leaves_the_published_one(practice, lena):
    practice.get_latest_revision().publish()

    saved = save_practice(
        practice, draft=make_draft(title="Plain letters"), revision=practice.latest_revision_id, by=lena
    )

    stored = PracticePage.objects.get(pk=practice.pk)
    assert (stored.title, stored.draft_title, stored.has_unpublished_changes) == (
        "Letters in plain language",
        "Plain letters",
        True,
    )
    assert latest_of(stored).title == saved.title == "Plain letters"


def test_second_of_two_editors_gets_a_conflict_with_what_stands_now(practice, lena, boris):
    read = practice.latest_revision_id
    save_practice(practice, draft=make_draft(summary="Lena's summary."), revision=read, by=lena)

    with pytest.raises(Conflict) as raised:
        save_practice(practice, draft=make_draft(summary="Boris's summary."), revision=read, by=boris)

    assert raised.value.stored.summary == "Lena's summary."
    assert latest_of(PracticePage.objects.get(pk=practice.pk)).summary == "Lena's summary."
    assert isinstance(pickle.loads(pickle.dumps(raised.value)), Conflict)  # noqa: S301


def test_verdict_of_a_stated_effect_stays_only_with_its_figures(library, office, lena):
    proven = ResultDraft("Calls about letters", before=64, after=31, verdict="improved")
    practice = draft_practice(office, draft=make_draft(results=(proven,)), language="en", by=lena)
    assert practice.effect == "proven"

    typed = replace(proven, verdict="")
    same = save_practice(practice, draft=make_draft(results=(typed,)), revision=practice.latest_revision_id, by=lena)
    assert (same.effect, draft_of(same).results[0].verdict) == ("proven", "improved")

    better = replace(typed, after=5)
    changed = save_practice(same, draft=make_draft(results=(better,)), revision=same.latest_revision_id, by=lena)
    assert (changed.effect, draft_of(changed).results[0].verdict) == ("told", "")


def test_a_verdict_cannot_be_typed(practice, lena):
    forged = (ResultDraft("Calls", before=9, after=1, verdict="improved"),)

    saved = save_practice(practice, draft=make_draft(results=forged), revision=practice.latest_revision_id, by=lena)

    assert saved.effect == "told"
