"""Nobody's answer leaks before the own sheet is in and consensus has begun, whatever the order of acts."""

import dataclasses
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.assessments import permissions, queries, services
from qms.assessments.models import Assessment, Entry, Evidence, Member, NodeScore, Sheet
from qms.lifecycle import Refused
from tests.factories.accounts import make_user
from tests.factories.assessments import MONDAY, make_started, save, sheet_of
from tests.factories.offices import make_member, make_office

pytestmark = pytest.mark.django_db

# Marks and scores that appear nowhere else, so that finding one means having read another's sheet.
MARKS = {number: {"plan": 91 + number, "do": 80, "check": 70, "act": 60} for number in range(3)}
SECRETS = {
    number: (f"secret-{number}", f"because-{number}", f"plan {91 + number}", score)
    for number, score in enumerate(("75.25", "75.5", "75.75"))
}
ACTS = st.lists(
    st.tuples(st.sampled_from(["save", "hand_in", "reopen", "begin", "settle"]), st.integers(0, 2)), max_size=14
)


class RollBackError(Exception):
    """Ends one example and leaves the database as it was."""


def everything_seen_by(person, assessment):
    """All that any query tells this person, as one text."""
    seen = []
    sheet = sheet_of(assessment, person)
    reads = [
        lambda: queries.divergence_of(assessment, viewer=person),
        lambda: queries.node_for_consensus(assessment, "1.1", viewer=person),
        lambda: queries.sheet_view(sheet, "1.1"),
        lambda: queries.whole_sheet(sheet),
        lambda: queries.progress_of(assessment),
        lambda: queries.tasks_of(person, MONDAY),
        lambda: queries.assessments_listed(person),
        lambda: queries.groups_of(assessment),
        lambda: queries.benchmark_of(assessment),
        lambda: queries.cycles_of(assessment),
    ]
    if permissions.may_read_results(person, assessment):
        reads.append(lambda: queries.results_of(assessment))
    for read in reads:
        try:
            seen.append(read())
        except Refused:
            continue
    return "\n".join(words(each) for each in seen)


def words(value):  # noqa: PLR0911  one line per kind of value
    """Whatever a template could reach: the fields of dataclasses, rows of our own tables, and plain values."""
    if dataclasses.is_dataclass(value):
        return " ".join(
            words(getattr(value, field.name)) for field in dataclasses.fields(value) if field.name != "framework"
        )
    if isinstance(value, (NodeScore, Entry)):
        return f"{getattr(value, 'marks', '')} {getattr(value, 'text', '')} {getattr(value, 'rationale', '')}"
    if isinstance(value, (Sheet, Member, Assessment, Evidence)):
        return " ".join(
            words(each) for name, each in value.__dict__.items() if not name.startswith(("_", "created", "updated"))
        )
    if isinstance(value, dict):
        return " ".join(f"{words(key)} {words(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return " ".join(words(each) for each in value)
    if isinstance(value, (str, int, Decimal)):
        return str(value)
    return ""


def act(assessment, people, name, number):
    person = people[number]
    sheet = sheet_of(assessment, person)
    if name == "save":
        entry = services.EntryDraft("area", f"secret-{number}")
        save(sheet, "1.1", MARKS[number], entries=(entry,), rationale=f"because-{number}")
    elif name == "hand_in":
        services.hand_in_sheet(sheet, by=person, at=MONDAY, leave_blank=True)
    elif name == "reopen":
        services.reopen_sheet(sheet, reason="Once more.", by=people[0])
    elif name == "begin":
        services.start_consensus(assessment, by=person, at=MONDAY, reason="We go on.")
    else:
        draft = services.AgreementDraft(marks={"score": 55}, reason="Agreed.")
        services.settle_node(assessment, "1.1", draft=draft, version=0, by=person, at=MONDAY)


def assert_blind(assessment, people):
    for number, person in enumerate(people):
        may = assessment.shows_scores and sheet_of(assessment, person).is_in
        assert permissions.may_see_divergence(person, assessment) is may
        if may:
            continue
        seen = everything_seen_by(person, assessment)
        found = [secret for other in {0, 1, 2} - {number} for secret in SECRETS[other] if secret in seen]
        assert found == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_nobodys_answer_leaks_whatever_the_order_of_acts(acts):
    with pytest.raises(RollBackError), transaction.atomic():  # noqa: PT012  the whole example is undone
        office = make_office()
        people = [make_user() for _ in range(3)]
        assessment = make_started(office, by=make_member(office, "quality_lead").user, people=people)
        for name, number in acts:
            try:
                with transaction.atomic():
                    act(assessment, people, name, number)
            except Refused:
                pass
            assessment = Assessment.objects.select_related("office", "edition").get(pk=assessment.pk)
            assert_blind(assessment, people)
        raise RollBackError


def test_the_property_would_notice_a_leak(office, lena, clara, boris, eva):
    people = [clara, boris, eva]
    assessment = make_started(office, by=lena, people=people)
    for number in range(3):
        act(assessment, people, "save", number)
        act(assessment, people, "hand_in", number)
    act(assessment, people, "begin", 0)
    assessment.refresh_from_db()

    seen = everything_seen_by(boris, assessment)

    assert [secret for secrets in SECRETS.values() for secret in secrets if secret not in seen] == []


def test_nobody_opens_anothers_sheet_at_any_time(office, lena, clara, boris, ana):
    assessment = make_started(office, by=lena, people=[clara, boris])
    sheet = sheet_of(assessment, boris)

    for person in (clara, lena, ana):
        assert not permissions.may_read_sheet(person, sheet)
        assert sheet not in Sheet.objects.visible_to(person)
    assert permissions.may_read_sheet(boris, sheet)


def test_letters_are_drawn_and_not_told_beside_names(office, lena, ana, clara, boris):
    assessment = make_started(office, by=lena, people=[clara, boris])
    assert set(Member.objects.values_list("letter", flat=True)) == {""}
    for person in (clara, boris):
        services.hand_in_sheet(sheet_of(assessment, person), by=person, at=MONDAY, leave_blank=True)
    services.start_consensus(assessment, by=clara, at=MONDAY)
    assessment.refresh_from_db()

    view = queries.node_for_consensus(assessment, "1.1", viewer=boris)
    assert {score.name for score in view.scores} == {""}
    assert all(
        "letter" not in member for group in queries.content_of(assessment)["groups"] for member in group["members"]
    )


def test_names_stand_there_when_the_group_chose_names(office, lena, clara, boris):
    assessment = make_started(office, by=lena, people=[clara, boris], names_shown=True)
    for person in (clara, boris):
        services.hand_in_sheet(sheet_of(assessment, person), by=person, at=MONDAY, leave_blank=True)
    services.start_consensus(assessment, by=clara, at=MONDAY)
    assessment.refresh_from_db()

    view = queries.node_for_consensus(assessment, "1.1", viewer=boris)
    assert {score.name for score in view.scores} == {clara.name, boris.name}
