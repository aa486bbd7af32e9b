"""What letters say, to whom, in which language, and where they lead."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from qms.core.letters import declinable, kinds
from qms.core.services import post_letter
from qms.improvements import letters
from qms.improvements.models import Feedback, FeedbackScheme
from tests.factories.assessments import make_assessment
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 10)


@pytest.fixture
def plan(office, lena):
    plan = make_plan(office, by=lena, title="Plan <2026>")
    make_action(plan, by=lena, owner=lena, title="Plain letters")
    make_action(plan, by=lena, due_on=None)
    return plan


@pytest.fixture
def feedback(office, lena, plan):
    scheme = FeedbackScheme.objects.create(code="pef", content={}, sha256="0" * 64)
    assessment = make_assessment(office, by=lena)
    facts = {"plan": plan, "assessment": assessment, "opened_by": lena, "valid_until": date(2028, 6, 9)}
    return Feedback.objects.create(office=office, scheme=scheme, has_label=True, visit_on=DAY, **facts)


def every_letter(plan, feedback, lena, boris):
    actions = list(plan.actions.select_related("plan__office", "owner"))
    lines = [letters.Line.of(actions[0], date(2026, 7, 10), silent=70), letters.Line.of(actions[1], DAY)]
    yield letters.for_approval(plan, to=lena)
    yield letters.plan_approved(plan, to=lena)
    yield letters.plan_returned(plan, reason="Look at <D-2> again.", by=boris, to=lena)
    yield letters.reminder(lena, lines)
    yield letters.escalation(lena, lines, plan_id=plan.pk)
    yield letters.without_owner(plan, actions, on=DAY, person=boris, to=lena)
    yield letters.handed_over(plan, actions, on=DAY, by=boris, to=lena)
    for kind in ("submitted", "seat", "conflict", "report", "decision"):
        yield letters.feedback(kind, feedback, to=lena, person=boris)
    feedback.has_label = False
    yield letters.feedback("decision", feedback, to=lena)
    for which in ("opens", "closes", "label"):
        yield letters.clock(which, plan.office, until_on=DAY + timedelta(days=30), on=DAY, to=lena)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_letter_is_written_in_the_readers_language_and_leads_to_a_page(
    client, plan, feedback, lena, boris, language
):
    lena.language = language

    posted = [post_letter(**letter.posted()) for letter in every_letter(plan, feedback, lena, boris)]

    assert {letter.kind for letter in posted} == {one.code for one in kinds() if one.code.startswith("improvements.")}
    for letter in posted:
        assert letter.subject
        assert letter.link.startswith(f"/{language}/plans/")
        assert letter.link in letter.text
        assert letter.link.replace("&", "&amp;") in letter.html
        assert "{" not in letter.subject + letter.text
        assert "<D-2>" not in letter.html


def test_every_letter_can_be_declined():
    assert {one.code for one in declinable()} >= {one.code for one in kinds() if one.code.startswith("improvements.")}


def test_reader_learns_how_late_it_is_and_how_long_nothing_was_heard(plan, lena):
    action = plan.actions.select_related("plan__office", "owner").first()
    line = letters.Line.of(action, date(2026, 7, 10), silent=70)

    letter = post_letter(**letters.escalation(lena, [line], plan_id=plan.pk).posted())

    assert "was due June 30, 2026, 10 days late; nothing reported for 70 days; Lena Example" in letter.text


def test_approved_letter_tells_how_many_actions_are_the_readers_own(plan, lena, boris):
    own, others = (post_letter(**letters.plan_approved(plan, to=reader).posted()) for reader in (lena, boris))

    assert "It has 2 actions" in own.text
    assert "One of them is yours." in own.text
    assert "yours" not in others.text


def test_letter_that_tells_of_two_offices_stands_in_neithers_outbox(plan, other_office, lena, dora):
    there = make_action(make_plan(other_office, by=dora), by=dora)
    lines = [letters.Line.of(action, DAY) for action in (plan.actions.first(), there)]

    assert letters.reminder(lena, lines).office_id is None
    assert letters.reminder(lena, lines[:1]).office_id == plan.office_id


def test_today_stands_as_today(plan, lena):
    line = letters.Line.of(plan.actions.first(), date(2026, 6, 30))

    text = post_letter(**letters.reminder(lena, [line]).posted()).text

    assert "due June 30, 2026, that is today" in text
