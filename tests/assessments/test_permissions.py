"""Who may do what, at every stage, in the own office and in a foreign one."""

import pytest

from qms.assessments import permissions as may
from qms.assessments import services
from qms.assessments.models import Assessment, Evidence
from tests.factories.assessments import (
    MONDAY,
    fill,
    make_assessment,
    make_started,
    settle_all,
    sheet_of,
)

pytestmark = pytest.mark.django_db
EVERYONE = ("ana", "lena", "boris", "clara", "eva", "dora", "rob", "nora", "pat", "judy")


@pytest.fixture
def people(ana, lena, boris, clara, eva, dora, rob, nora, pat, judy):  # noqa: PLR0917  ten people
    return dict(zip(EVERYONE, (ana, lena, boris, clara, eva, dora, rob, nora, pat, judy), strict=True))


def at_stage(stage, office, people):
    """Clara chairs, boris is a member; eva only works in the office."""
    lena, clara, boris, ana = (people[name] for name in ("lena", "clara", "boris", "ana"))
    if stage == "draft":
        return make_assessment(office, by=lena)
    assessment = make_started(office, by=lena, people=[clara, boris])
    if stage == "individual":
        return assessment
    for person in (clara, boris):
        fill(sheet_of(assessment, person), 50)
    services.start_consensus(assessment, by=clara, at=MONDAY)
    if stage != "consensus":
        settle_all(assessment, 50, by=clara)
        services.send_to_approval(assessment, by=clara, at=MONDAY)
    if stage == "approved":
        services.approve(assessment, by=ana, at=MONDAY)
    return Assessment.objects.select_related("office", "edition").get(pk=assessment.pk)


def those_who(predicate, subject, people):
    return {name for name, person in people.items() if predicate(person, subject)}


@pytest.mark.parametrize(
    ("stage", "visible", "manage", "moderate", "divergence", "approve", "results"),
    [
        ("draft", {"ana", "lena"}, {"lena"}, set(), set(), set(), set()),
        ("individual", {"ana", "lena", "clara", "boris"}, {"lena"}, {"clara"}, set(), set(), set()),
        (
            "consensus",
            {"ana", "lena", "clara", "boris"},
            {"lena"},
            {"clara"},
            {"clara", "boris"},
            set(),
            {"ana", "lena", "clara", "boris"},
        ),
        (
            "approval",
            {"ana", "lena", "clara", "boris"},
            {"lena"},
            set(),
            {"clara", "boris"},
            {"ana"},
            {"ana", "lena", "clara", "boris"},
        ),
        (
            "approved",
            {"ana", "lena", "clara", "boris", "eva", "rob", "nora"},
            set(),
            set(),
            {"clara", "boris"},
            set(),
            {"ana", "lena", "clara", "boris", "eva", "rob", "nora"},
        ),
    ],
)
def test_rights_at_each_stage(  # noqa: PLR0917  a table
    stage, visible, manage, moderate, divergence, approve, results, office, people
):
    assessment = at_stage(stage, office, people)

    assert those_who(may.may_see, assessment, people) == visible
    assert those_who(may.may_manage, assessment, people) == manage
    assert those_who(may.may_moderate, assessment, people) == moderate
    assert those_who(may.may_see_divergence, assessment, people) == divergence
    assert those_who(may.may_approve, assessment, people) == approve
    assert those_who(may.may_read_results, assessment, people) == results
    assert those_who(may.may_read_report, assessment, people) == (results if stage == "approved" else set())


def test_only_the_lead_opens(office, people):
    assert those_who(may.may_open, office, people) == {"lena"}


def test_a_sheet_is_written_by_its_member_until_it_is_in(office, people):
    assessment = at_stage("individual", office, people)
    sheet = sheet_of(assessment, people["boris"])
    assert those_who(may.may_score, sheet, people) == {"boris"}
    assert those_who(may.may_reopen_sheet, sheet.member, people) == set()

    sheet = fill(sheet, 50)
    assert those_who(may.may_score, sheet, people) == set()
    assert those_who(may.may_reopen_sheet, sheet.member, people) == {"clara"}
    assert those_who(may.may_read_sheet, sheet, people) == {"boris"}


def test_evidence_is_read_by_the_heads_and_the_group(office, people):
    piece = services.add_evidence(office, kind="note", title="Talk", note="Said", by=people["lena"])
    assert those_who(may.may_read_evidence, piece, people) == {"lena", "ana"}
    at_stage("individual", office, people)

    assert those_who(may.may_read_evidence, piece, people) == {"lena", "ana", "clara", "boris"}
    assert list(Evidence.objects.visible_to(people["dora"])) == []


def test_a_lead_in_the_group_is_blind_like_every_member(office, people):
    lena, clara, boris = people["lena"], people["clara"], people["boris"]
    assessment = make_started(office, by=lena, people=[clara, boris, lena])
    for person in (clara, boris):
        fill(sheet_of(assessment, person), 50)
    services.start_consensus(assessment, by=clara, at=MONDAY, reason="Lena has no time.")
    assessment.refresh_from_db()

    assert not may.may_read_results(lena, assessment)
    assert not may.may_see_divergence(lena, assessment)


def test_strangers_see_nothing(office, people, django_user_model):
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415

    at_stage("approved", office, people)
    for nobody in (AnonymousUser(), people["dora"], people["judy"], people["pat"]):
        assert not Assessment.objects.visible_to(nobody).exists()
