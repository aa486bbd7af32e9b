"""Ballots, agreements and what follows from them for the standing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from qms.core.models import Letter
from qms.jury.domain.ballot import AgreedDraft, MarkDraft, Stale
from qms.jury.models import Agreed, Ballot, DecisionList, Exclusion, Juror, Mark, Phase, Standing
from qms.jury.queries.scales import WHOLE, scale_of
from qms.jury.services import agreeing, ballots
from qms.jury.services.standing import restand
from qms.lifecycle import Refused
from tests.factories.assessments import make_edition
from tests.factories.awards import make_category, make_section
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_closed_round,
    make_judged_category,
    make_judging,
    make_juror,
    make_phase,
    make_received,
)

pytestmark = pytest.mark.django_db
AT = timezone.now


@pytest.fixture
def category(db):
    return make_judged_category()


@pytest.fixture
def sections(category):
    return list(category.sections.order_by("position"))


@pytest.fixture
def application(office, category):
    return make_received(office, category)


@pytest.fixture
def phase(category):
    return make_phase(category.round)


@pytest.fixture
def ballot(application, category, phase, judy):
    juror = make_juror(category, judy)
    declare_all(juror)
    return make_ballot(juror, application)


def save(ballot, section, *, version=0, **typed):
    draft = MarkDraft(**{"marks": {"score": 60}} | typed)
    return ballots.save_mark(ballot, section, draft=draft, version=version, by=ballot.juror.user, at=AT())


def agree(application, section, by, *, version=0, score=60, **typed):
    draft = AgreedDraft(**{"marks": {"score": score}} | typed)
    return agreeing.agree_section(application, section, draft=draft, version=version, by=by, at=AT())


def decide(category):
    DecisionList.objects.create(category=category, stage="prize", closed_at=AT(), closed_by=category.round.made_by)


def scored(application, *totals):
    """Ballots that give every section this much."""
    category = application.category
    for total in totals:
        juror = make_juror(category)
        declare_all(juror)
        hand_in(make_ballot(juror, application), dict.fromkeys(category.sections.all(), total))
    return restand(application, AT())


# --- Ballots ---------------------------------------------------------------------------------------------------------


def test_mark_is_saved_with_its_score_and_counted_up(ballot, sections):
    save(ballot, sections[0])
    mark = save(ballot, sections[0], version=1, marks={"score": 70}, strengths=" Clear.\r\n")

    assert (mark.score, mark.version, mark.strengths) == (70, 2, "Clear.")


def test_saving_the_same_twice_changes_nothing(ballot, sections):
    save(ballot, sections[0])

    assert save(ballot, sections[0]).version == 1


def test_stale_page_is_refused(ballot, sections):
    save(ballot, sections[0])

    with pytest.raises(Stale):
        save(ballot, sections[0], marks={"score": 10})
    assert Mark.objects.get().score == 60


def test_what_cannot_be_judged_has_no_score_and_keeps_its_marks(ballot, sections):
    mark = save(ballot, sections[0], is_na=True, reason="No annex.")

    assert (mark.score, mark.marks, mark.reason) == (None, {"score": 60}, "No annex.")

    mark = save(ballot, sections[0], version=1, reason="No annex.")
    assert (mark.score, mark.is_na, mark.reason) == (60, False, "")


def test_section_of_another_form_takes_no_score(ballot):
    with pytest.raises(Refused, match="gives this section no score"):
        save(ballot, make_section(make_category()))


def test_section_that_is_not_scored_takes_none(ballot, category):
    with pytest.raises(Refused, match="gives this section no score"):
        save(ballot, make_section(category, is_scored=False))


@pytest.mark.parametrize(
    ("closed", "sentence"),
    [
        (lambda one: Phase.objects.update(may_score=False), ballots.LATE),
        (lambda one: Phase.objects.update(ends_at=timezone.now() - timedelta(seconds=1)), ballots.LATE),
        (lambda one: Ballot.objects.update(ended_at=timezone.now()), ballots.TAKEN),
        (lambda one: Juror.objects.update(left_at=timezone.now()), ballots.LATE),
        (lambda one: decide(one.application.category), ballots.DECIDED),
        (
            lambda one: Exclusion.objects.create(
                juror=one.juror, application=one.application, kind="office", made_at=timezone.now()
            ),
            ballots.LATE,
        ),
        (lambda one: hand_in(one, {}), "This ballot is handed in. The organiser can give it back to you."),
        (
            lambda one: setattr(one.juror, "user", one.juror.added_by),
            "Only the juror scores on a ballot.",
        ),
    ],
    ids=["no scoring", "phase over", "ended", "left", "decided", "excluded", "handed in", "another person"],
)
def test_a_ballot_that_is_closed_takes_nothing_and_is_not_handed_in(ballot, sections, closed, sentence):
    for section in sections:
        save(ballot, section)
    closed(ballot)
    state, facts = Ballot.objects.get().state, {"by": ballot.juror.user, "at": AT()}

    for act in (
        lambda: save(ballot, sections[0], version=1, marks={"score": 10}),
        lambda: ballots.save_summary(ballot, summary="Good.", version=0, **facts),
        lambda: ballots.hand_in_ballot(ballot, summary="Good.", **facts),
    ):
        with pytest.raises(Refused, match=f"^{sentence}"):
            act()
    assert list(Mark.objects.values_list("score", "version")) == [(60, 1), (60, 1)]
    assert (Ballot.objects.get().state, Ballot.objects.get().summary) == (state, "")


def test_ballot_is_handed_in_whole_with_its_total(ballot, sections):
    save(ballot, sections[0], marks={"score": 40})
    with pytest.raises(Refused, match="without a score or a reason: 1"):
        ballots.hand_in_ballot(ballot, summary="", by=ballot.juror.user, at=AT())

    save(ballot, sections[1], marks={}, is_na=True, reason="No annex.")
    done = ballots.hand_in_ballot(ballot, summary=" Good. ", by=ballot.juror.user, at=AT())

    assert (done.state, done.total, done.summary) == ("in", 40, "Good.")
    standing = Standing.objects.get()
    assert (standing.ballots, standing.handed_in, standing.is_revealed, standing.total) == (1, 1, False, None)


def test_last_ballot_reveals_the_numbers(ballot, sections, application):
    scored(application, 80)
    assert not Standing.objects.get().is_revealed
    for section in sections:
        save(ballot, section, marks={"score": 60})

    ballots.hand_in_ballot(ballot, summary="", by=ballot.juror.user, at=AT())

    standing = Standing.objects.get()
    assert (standing.is_revealed, standing.total, standing.lowest, standing.highest) == (True, 70, 60, 80)


def test_ballot_given_back_hides_the_numbers_again_and_tells_the_juror(ballot, sections, application, nora):
    hand_in(ballot, dict.fromkeys(sections, 60))
    scored(application, 80)

    ballots.unlock_ballot(ballot, reason="Mixed up.", by=nora, at=AT())

    standing = Standing.objects.get()
    assert (standing.is_revealed, standing.total, standing.sections) == (False, None, {})
    letter = Letter.objects.get(kind="jury.unlocked")
    assert (letter.user, letter.office_id, "Mixed up." in letter.text) == (ballot.juror.user, None, True)
    assert letter.is_personal  # who keeps the platform reads no reason
    assert Mark.objects.count() == 4
    given_back = Ballot.objects.get(pk=ballot.pk)
    assert (given_back.state, given_back.handed_in_at, given_back.total) == ("draft", None, None)


@pytest.mark.parametrize(
    ("closed", "sentence"),
    [
        (lambda one: decide(one.application.category), ballots.DECIDED),
        (lambda one: Ballot.objects.update(ended_at=timezone.now()), "This ballot does not count any more."),
        (
            lambda one: Ballot.objects.update(state="draft", handed_in_at=None, total=None),
            "This ballot is not handed in, so the juror can still change it.",
        ),
    ],
    ids=["decided", "ended", "not handed in"],
)
def test_ballot_that_counted_ended_or_is_open_is_not_given_back(ballot, sections, nora, closed, sentence):
    hand_in(ballot, dict.fromkeys(sections, 60))
    closed(ballot)

    with pytest.raises(Refused, match=f"^{sentence}$"):
        ballots.unlock_ballot(ballot, reason="Late.", by=nora, at=AT())


def test_acts_on_ballots_belong_to_no_office_and_tell_no_number(ballot, sections, application, nora):
    for section in sections:
        save(ballot, section, marks={"score": 61})
    ballots.hand_in_ballot(ballot, summary="", by=ballot.juror.user, at=AT())
    ballots.unlock_ballot(ballot, reason="Mixed up.", by=nora, at=AT())

    acts = ModelLogEntry.objects.filter(action__startswith="jury.")
    assert sorted(acts.values_list("action", flat=True)) == ["jury.hand_in", "jury.unlock"]
    assert [one.data["office"] for one in acts] == [None, None]
    assert not any("61" in str(one.data) for one in acts)


# --- Scales ----------------------------------------------------------------------------------------------------------


def test_section_is_scored_on_the_panel_of_its_criterion(db):
    category = make_category(make_closed_round(), framework=make_edition())
    tree = category.framework.tree()
    panel, node = tree.panels[0].code, tree.criteria[0].identifier
    judging = make_judging(category, panel=panel)
    section = make_section(category, node=node)

    leaf = next(one.identifier for one in tree.criteria[0].walk() if one.is_scored)
    assert scale_of(section, judging) == tree.scale(panel, leaf)


def test_section_without_criterion_panel_or_judging_has_one_number(sections, category):
    section = sections[0]

    assert [one.code for one in scale_of(section, category.judging).dimensions] == ["score"]
    assert scale_of(section, None).score({"score": 40}) == 40


# --- Agreements ------------------------------------------------------------------------------------------------------


def test_any_whole_number_is_agreed_where_the_parts_of_a_panel_go_in_steps(office, nora):
    category = make_category(make_closed_round(), framework=make_edition("efqm-2020"))
    tree = category.framework.tree()
    judging = make_judging(category, panel=tree.panels[0].code)
    section = make_section(category, node=tree.criteria[0].identifier)
    assert {one.step for one in scale_of(section, judging).dimensions} == {5}
    application = make_received(office, category)
    for score in (40, 45):
        hand_in(make_ballot(make_juror(category), application), {section: score})

    agreed = agree(application, section, nora, marks={WHOLE: 42})

    assert (agreed.marks, agreed.score) == ({WHOLE: 42}, 42)


def test_standing_tells_what_waits_for_a_talk_and_follows_the_agreement(application, sections, nora):
    assert scored(application, 40, 80).needs_talk

    for section in sections:
        agree(application, section, nora)

    standing = Standing.objects.get()
    assert (standing.needs_talk, standing.total) == (False, 60)
    assert standing.sections[str(sections[0].pk)] == {
        "n": 2,
        "mean": "60",
        "low": "40.000000",
        "high": "80.000000",
        "agreed": "60.000000",
        "na": False,
        "counts": "60.000000",
    }


def test_ended_ballot_does_not_count_and_leaves_its_marks(application, sections):
    scored(application, 40, 60, 95)
    Ballot.objects.filter(total=95).update(ended_at=AT())

    standing = restand(application, AT())

    assert (standing.ballots, standing.total, Mark.objects.count()) == (2, 50, 6)


@pytest.mark.parametrize("many", [2, 4])
def test_standing_takes_the_same_number_of_questions_however_many_ballots(application, many, django_assert_num_queries):
    scored(application, *[60] * many)

    with django_assert_num_queries(12):
        restand(application, AT())


def test_nothing_is_agreed_while_scores_are_hidden(application, sections, nora, ballot):
    scored(application, 40)

    with pytest.raises(Refused):
        agree(application, sections[0], nora)


def test_nothing_is_agreed_after_the_decision(application, sections, nora, category):
    scored(application, 40, 80)
    decide(category)

    with pytest.raises(Refused):
        agree(application, sections[0], nora)
    with pytest.raises(Refused):
        agreeing.agree_close(application, by=nora, at=AT())


def test_chair_agrees_only_while_a_phase_lets(application, sections, category, judy, phase):
    declare_all(make_juror(category, judy, is_chair=True))
    scored(application, 40, 80)
    agree(application, sections[0], judy)

    Phase.objects.update(may_agree=False)
    with pytest.raises(Refused):
        agree(application, sections[1], judy)


def test_agreement_outside_the_scores_needs_a_reason(application, sections, nora):
    scored(application, 40, 80)

    with pytest.raises(Refused):
        agree(application, sections[0], nora, score=81)
    assert agree(application, sections[0], nora, score=81, reason="New proof.").score == 81


def test_agreement_needs_a_score_or_that_it_cannot_be_judged(application, sections, nora):
    scored(application, 40, 80)

    with pytest.raises(Refused):
        agree(application, sections[0], nora, marks={})
    assert agree(application, sections[0], nora, marks={}, is_na=True, reason="No annex.").score is None


def test_second_agreement_from_a_stale_page_is_refused(application, sections, nora):
    scored(application, 40, 80)
    agree(application, sections[0], nora)

    with pytest.raises(Stale):
        agree(application, sections[0], nora, score=70)
    assert agree(application, sections[0], nora, score=70, version=1).version == 2


def test_close_sections_are_agreed_at_the_mean_and_wide_ones_wait(application, sections, nora):
    for first, second in ((10, 50), (90, 55)):
        juror = make_juror(application.category)
        hand_in(make_ballot(juror, application), dict(zip(sections, (first, second), strict=True)))

    assert agreeing.agree_close(application, by=nora, at=AT()) == 1
    assert Agreed.objects.get().score == Decimal("52.5")
    assert agreeing.agree_close(application, by=nora, at=AT()) == 0


def test_acts_of_agreeing_tell_no_score(application, sections, nora):
    scored(application, 41, 63)
    agree(application, sections[0], nora, score=57)

    act = ModelLogEntry.objects.get(action="jury.agree")
    assert act.data == {"office": None, "section": sections[0].code, "stage": "talk", "version": 1}
