"""The walk from the first invitation to the frozen report, and everything that is refused on the way."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from qms.accounts.models import Invitation
from qms.accounts.services import join
from qms.assessments import queries, services
from qms.assessments.models import Assessment, CriterionResult, Entry, Evidence, Member, NodeResult, NodeScore, Sheet
from qms.core.models import Letter
from qms.lifecycle import Refused
from tests.factories.assessments import (
    MONDAY,
    fill,
    make_approved,
    make_assessment,
    make_in_consensus,
    make_started,
    marks_for,
    save,
    settle,
    settle_all,
    sheet_of,
)

pytestmark = pytest.mark.django_db
Stage = Assessment.Stage


@pytest.fixture
def started(office, lena, clara, boris, eva):
    return make_started(office, by=lena, people=[clara, boris, eva])


@pytest.fixture
def agreeing(office, lena, clara, boris, eva):
    return make_in_consensus(office, by=lena, people=[clara, boris, eva], scores=[20, 40, 60])


def rows(assessment):
    scores = NodeScore.objects.filter(sheet__member__assessment=assessment)
    entries = Entry.objects.filter(sheet__member__assessment=assessment)
    return (
        list(scores.order_by("pk").values_list("pk", "marks", "unknown", "rationale", "version")),
        list(entries.order_by("pk").values_list("pk", "text", "kind", "version")),
    )


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_the_lead_opens_invites_and_starts(office, lena, clara):
    assessment = make_assessment(office, by=lena)
    group = assessment.groups.get()
    services.add_member(group, email=clara.email, role="chair", by=lena, at=MONDAY)
    services.add_member(group, email="New.Person@Example.org", name="Jan Nowak", by=lena, at=MONDAY)
    assert Letter.objects.count() == 0

    started = services.start_individual(assessment, by=lena, at=MONDAY)

    assert started.stage == Stage.INDIVIDUAL
    assert set(Letter.objects.values_list("to", "is_personal")) == {
        (clara.email, False),
        ("new.person@example.org", True),
    }
    newcomer = Member.objects.get(email="new.person@example.org")
    assert newcomer.user is None
    assert newcomer.invitation is not None
    assert newcomer.sheet.state == Sheet.State.OPEN


def test_accepting_the_invitation_gives_the_sheet(office, lena, clara):
    assessment = make_assessment(office, by=lena)
    group = assessment.groups.get()
    services.add_member(group, email=clara.email, role="chair", by=lena, at=MONDAY)
    services.add_member(group, email="jan@example.org", by=lena, at=MONDAY)
    services.start_individual(assessment, by=lena, at=MONDAY)

    jan = join(
        Invitation.objects.get(email="jan@example.org"),
        first_name="Jan",
        last_name="Nowak",
        password="long enough word",
        language="pl",
        at=MONDAY,
    )

    assert queries.own_sheet_of(assessment, jan).member.shown_name == "Jan Nowak"


def test_a_group_needs_a_chair_two_people_and_a_date(office, lena, clara, boris):
    assessment = make_assessment(office, by=lena, individual_due_at=None)
    group = assessment.groups.get()
    with pytest.raises(Refused, match="due"):
        services.start_individual(assessment, by=lena, at=MONDAY)
    services.change_assessment(assessment, by=lena, individual_due_at=MONDAY + timedelta(days=1))
    services.add_member(group, email=clara.email, by=lena, at=MONDAY)
    with pytest.raises(Refused, match="2 to 30"):
        services.start_individual(assessment, by=lena, at=MONDAY)
    member = services.add_member(group, email=boris.email, by=lena, at=MONDAY)
    with pytest.raises(Refused, match="no chair"):
        services.start_individual(assessment, by=lena, at=MONDAY)
    services.replace_chair(member, by=lena)

    assert services.start_individual(assessment, by=lena, at=MONDAY).stage == Stage.INDIVIDUAL


def test_thirty_people_are_enough(office, lena):
    group = make_assessment(office, by=lena).groups.get()
    services.add_members(group, people=[(f"p{n}@example.org", "") for n in range(30)], by=lena, at=MONDAY)

    with pytest.raises(Refused, match="at most 30"):
        services.add_member(group, email="p31@example.org", by=lena, at=MONDAY)


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c", "clara@example.org"])
def test_a_wrong_or_known_address_is_refused(office, lena, clara, email):
    group = make_assessment(office, by=lena).groups.get()
    services.add_member(group, email=clara.email, by=lena, at=MONDAY)

    with pytest.raises(Refused):
        services.add_members(group, people=[("new@example.org", ""), (email, "")], by=lena, at=MONDAY)
    assert group.members.count() == 1


def test_replacing_the_chair_leaves_one(started, lena, boris, clara):
    services.replace_chair(Member.objects.get(user=boris), by=lena)

    assert list(Member.objects.filter(role="chair").values_list("user", flat=True)) == [boris.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(user=clara).update(role="chair")


def test_a_removed_member_counts_no_more_and_loses_nothing(started, lena, boris, eva):
    save(sheet_of(started, boris), "1.1", 50)
    services.remove_member(Member.objects.get(user=boris), by=lena, at=MONDAY)

    assert len(queries.progress_of(started).members) == 2
    assert NodeScore.objects.filter(sheet__member__user=boris).count() == 1
    with pytest.raises(Refused, match="another person"):
        save(sheet_of(started, boris), "1.1", 60)
    with pytest.raises(Refused, match="at least 2"):
        services.remove_member(Member.objects.get(user=eva), by=lena, at=MONDAY)


def test_settings_change_only_while_they_may(started, lena):
    assert services.change_assessment(started, by=lena, title="New title").title == "New title"
    with pytest.raises(Refused, match="cannot be changed"):
        services.change_assessment(started, by=lena, panel="classical")
    with pytest.raises(Refused, match="cannot be changed"):
        services.change_assessment(started, by=lena, stage="approved")


# --- Scoring alone ---------------------------------------------------------------------------------------------------


def test_a_member_saves_scores_texts_and_evidence(started, office, boris):
    piece = services.add_evidence(office, kind="note", title="Minutes", note="Minutes of March", by=boris)
    entry = services.EntryDraft("strength", " Good. ", evidence=(piece.pk,))

    save(sheet_of(started, boris), "1.1", {"plan": "85", "do": 65, "check": 45, "act": 40}, entries=(entry,))

    answer = queries.sheet_view(sheet_of(started, boris), "1.1").answer
    assert str(answer.score) == "58.75"
    assert answer.band.code == "strong"
    assert [(line.text, line.evidence) for line in answer.strengths] == [("Good.", (piece,))]


@pytest.mark.parametrize("wrong", [101, -1, "3.5", 3.5, "3,5", "abc", "−1", "1e2", True, "٣"])
def test_a_wrong_mark_is_named_and_nothing_is_changed(started, boris, wrong):
    sheet = sheet_of(started, boris)
    save(sheet, "1.1", {"plan": 10})

    with pytest.raises(services.WrongMarks) as caught:
        save(sheet, "1.1", {"plan": wrong, "do": 20}, rationale="typed")

    assert set(caught.value.errors) == {"plan"}
    assert sheet.scores.get().marks == {"plan": 10}


def test_blank_is_never_zero(started, boris):
    sheet = sheet_of(started, boris)
    save(sheet, "1.1", {"plan": "", "do": None, "check": 0, "act": 0})

    answer = queries.sheet_view(sheet, "1.1").answer
    assert (answer.marks, answer.score) == ({"check": 0, "act": 0}, None)


def test_not_knowing_enough_keeps_the_marks_and_does_not_count_them(started, boris):
    sheet = sheet_of(started, boris)
    draft = services.NodeDraft(marks=marks_for(started, "1.1", 50), unknown=True)
    services.save_node(sheet, "1.1", draft=draft, version=0, by=boris, at=MONDAY)

    answer = queries.sheet_view(sheet, "1.1").answer
    assert (answer.score, answer.marks["plan"]) == (None, 50)
    assert queries.whole_sheet(sheet).nodes[0].state == "unknown"


def test_two_pages_never_overwrite_one_another(started, boris):
    sheet = sheet_of(started, boris)
    first = services.NodeDraft(marks={"plan": 10}, rationale="from the telephone")
    second = services.NodeDraft(marks={"plan": 20}, rationale="from the desk")
    services.save_node(sheet, "1.1", draft=first, version=0, by=boris, at=MONDAY)

    with pytest.raises(services.Conflict) as caught:
        services.save_node(sheet, "1.1", draft=second, version=0, by=boris, at=MONDAY)

    assert caught.value.stored.rationale == "from the telephone"
    assert caught.value.stored.version == 1
    assert caught.value.typed is second
    services.save_node(sheet, "1.1", draft=second, version=1, by=boris, at=MONDAY)
    assert sheet.scores.get().rationale == "from the desk"


def test_the_same_saving_sent_twice_is_saved_once(started, boris):
    sheet = sheet_of(started, boris)
    entry = services.EntryDraft("area", "Once", key=uuid.uuid4())
    draft = services.NodeDraft(marks={"plan": 10}, entries=(entry,))
    services.save_node(sheet, "1.1", draft=draft, version=0, by=boris, at=MONDAY)

    again = services.save_node(sheet, "1.1", draft=draft, version=0, by=boris, at=MONDAY)

    assert again.version == 1
    assert sheet.entries.count() == 1


def test_entries_are_changed_moved_and_removed(started, boris):
    sheet = sheet_of(started, boris)
    one, two = services.EntryDraft("area", "One"), services.EntryDraft("area", "Two")
    save(sheet, "1.1", 10, entries=(one, two))
    save(sheet, "1.1", 10, entries=(two, services.EntryDraft("area", "One more", key=one.key)))
    assert list(sheet.entries.order_by("position").values_list("text", flat=True)) == ["Two", "One more"]

    save(sheet, "1.1", 10, entries=(services.EntryDraft("area", "  ", key=two.key),))
    assert sheet.entries.count() == 0


def test_only_the_own_open_sheet_is_written(started, boris, clara):
    sheet = sheet_of(started, boris)
    with pytest.raises(Refused, match="another person"):
        services.save_node(sheet, "1.1", draft=services.NodeDraft(), version=0, by=clara, at=MONDAY)
    with pytest.raises(Refused, match="no criterion"):
        save(sheet, "7.7", 10)
    with pytest.raises(Refused, match="not scored itself"):
        services.save_node(sheet, "1", draft=services.NodeDraft(), version=0, by=boris, at=MONDAY)
    fill(sheet, 50)
    with pytest.raises(Refused, match="handed in"):
        save(sheet, "1.1", 60)


def test_evidence_of_another_office_is_refused(started, boris, other_office, dora):
    piece = services.add_evidence(other_office, kind="link", title="Page", url="https://example.org", by=dora)

    with pytest.raises(Refused, match="not in the office"):
        save(sheet_of(started, boris), "1.1", 1, entries=(services.EntryDraft("area", "x", evidence=(piece.pk,)),))


def test_blank_nodes_are_confirmed_before_handing_in(started, boris):
    sheet = sheet_of(started, boris)
    save(sheet, "1.1", {"plan": 10})
    with pytest.raises(Refused, match=r"1\.1"):
        services.hand_in_sheet(sheet, by=boris, at=MONDAY)

    assert services.hand_in_sheet(sheet, by=boris, at=MONDAY, leave_blank=True).is_in
    with pytest.raises(Refused, match="not open"):
        services.hand_in_sheet(sheet, by=boris, at=MONDAY, leave_blank=True)


def test_the_chair_reopens_with_a_reason_and_a_trace(started, boris, clara):
    sheet = fill(sheet_of(started, boris), 50)
    with pytest.raises(Refused, match="Say why"):
        services.reopen_sheet(sheet, reason=" ", by=clara)

    services.reopen_sheet(sheet, reason="Criterion 2 was forgotten.", by=clara)
    save(sheet, "1.1", 60)

    entry = ModelLogEntry.objects.get(action="assessments.reopen_sheet")
    assert (entry.user, entry.data["reason"]) == (clara, "Criterion 2 was forgotten.")
    assert services.hand_in_sheet(sheet, by=boris, at=MONDAY).is_in


def test_the_last_sheet_tells_the_chair(started, clara, boris, eva):
    for person in (clara, boris):
        fill(sheet_of(started, person), 50)
    assert not Letter.objects.filter(kind="assessments.all_in").exists()

    fill(sheet_of(started, eva), 50)
    assert Letter.objects.get(kind="assessments.all_in").to == clara.email


def test_reminders_go_to_those_who_are_late(started, lena, boris, clara, eva):
    fill(sheet_of(started, boris), 50)

    assert services.remind_members(started, by=lena) == 2
    letters = Letter.objects.filter(kind="assessments.reminder")
    assert set(letters.values_list("to", flat=True)) == {clara.email, eva.email}


def test_a_sheet_filled_in_offline_is_taken_whole_or_not_at_all(started, boris):
    sheet = sheet_of(started, boris)
    good = services.NodeDraft(marks=marks_for(started, "1.1", 50))
    with pytest.raises(Refused, match=r"1\.2: A score lies"):
        services.save_sheet(
            sheet, drafts={"1.1": good, "1.2": services.NodeDraft(marks={"plan": 101})}, by=boris, at=MONDAY
        )
    assert sheet.scores.count() == 0

    assert services.save_sheet(sheet, drafts={"1.1": good}, by=boris, at=MONDAY) == 1


# --- Evidence --------------------------------------------------------------------------------------------------------


def test_evidence_gets_the_next_number_of_its_office(office, other_office, lena, dora):
    first = services.add_evidence(office, kind="link", title="Strategy", url="https://example.org/s", by=lena)
    second = services.add_evidence(office, kind="note", title="Talk", note="Said in May", by=lena)
    other = services.add_evidence(other_office, kind="note", title="Talk", note="Said in May", by=dora)
    services.withdraw_evidence(second, by=lena, at=MONDAY)
    third = services.add_evidence(office, kind="note", title="Talk", note="Said in June", by=lena)

    assert [each.code for each in (first, second, other, third)] == ["E1", "E2", "E1", "E3"]
    assert list(queries.evidence_of(office)) == [first, third]


def test_a_file_is_judged_by_its_content(office, lena):
    good = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 content")
    piece = services.add_evidence(office, kind="file", title="Plan", file=good, by=lena)
    assert (len(piece.sha256), piece.file_name) == (64, "plan.pdf")

    disguised = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 not a PDF")
    with pytest.raises(Refused, match="something else"):
        services.add_evidence(office, kind="file", title="Plan", file=disguised, by=lena)
    huge = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")
    huge.size = 200 * 1024 * 1024
    with pytest.raises(Refused, match="larger"):
        services.add_evidence(office, kind="file", title="Plan", file=huge, by=lena)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "link", "url": "javascript:alert(1)"},
        {"kind": "link", "url": ""},
        {"kind": "note", "note": " "},
        {"kind": "file"},
        {"kind": "else"},
        {"kind": "note", "note": "x", "title": " "},
    ],
)
def test_empty_or_strange_evidence_is_refused(office, lena, wrong):
    with pytest.raises(Refused):
        services.add_evidence(office, **{"title": "Title", **wrong}, by=lena)


# --- Consensus -------------------------------------------------------------------------------------------------------


def test_consensus_waits_for_sheets_or_a_reason(started, clara, boris):
    with pytest.raises(Refused, match="your own sheet first"):
        services.start_consensus(started, by=clara, at=MONDAY)
    fill(sheet_of(started, clara), 50)
    with pytest.raises(Refused, match="At least 2"):
        services.start_consensus(started, by=clara, at=MONDAY)
    fill(sheet_of(started, boris), 50)
    with pytest.raises(Refused, match="2 of 3"):
        services.start_consensus(started, by=clara, at=MONDAY)

    begun = services.start_consensus(started, by=clara, at=MONDAY, reason="Eva is ill.")
    assert (begun.stage, begun.closed_early_reason) == (Stage.CONSENSUS, "Eva is ill.")
    assert sorted(Member.objects.values_list("letter", flat=True)) == ["A", "B", "C"]


def test_scores_stay_as_they_are_once_consensus_has_begun(agreeing, boris, clara, lena):
    sheet = sheet_of(agreeing, boris)
    with pytest.raises(Refused):
        save(sheet, "1.1", 70)
    with pytest.raises(Refused, match="stay as they are"):
        services.reopen_sheet(sheet, reason="x", by=clara)
    with pytest.raises(Refused, match="cannot change"):
        services.remove_member(sheet.member, by=lena, at=MONDAY)


def test_consensus_never_alters_individual_rows(agreeing, clara, ana, lena):
    before = rows(agreeing)
    settle_all(agreeing, 35, by=clara)
    services.reopen_node(agreeing, "1.1", reason="New evidence.", by=clara, at=MONDAY)
    settle(agreeing, "1.1", 99, by=clara, version=2)
    services.send_to_approval(agreeing, by=lena, at=MONDAY)
    services.approve(agreeing, by=ana, at=MONDAY)

    assert rows(agreeing) == before


def test_a_reason_is_required_only_outside_the_range(agreeing, clara):
    assert settle(agreeing, "1.1", 20, by=clara, reason="").is_settled
    with pytest.raises(Refused, match="outside"):
        settle(agreeing, "1.2", 61, by=clara, reason=" ")
    assert settle(agreeing, "1.2", 61, by=clara, reason="A new survey.").is_settled


def test_a_blank_needs_a_reason_and_a_score_must_be_whole(agreeing, clara):
    with pytest.raises(Refused, match="Say why"):
        settle(agreeing, "1.1", None, by=clara, reason="")
    for wrong in (101, -1, "3.5", "abc"):
        with pytest.raises(Refused):
            settle(agreeing, "1.1", wrong, by=clara)
    with pytest.raises(Refused, match="agreed score"):
        services.settle_node(agreeing, "1.1", draft=services.AgreementDraft(), version=0, by=clara, at=MONDAY)
    assert settle(agreeing, "1.1", None, by=clara).left_blank


def test_agreement_by_dimension_keeps_dissent_and_sources(agreeing, clara, boris):
    sources = tuple(Entry.objects.filter(node="1.1", kind="strength").order_by("pk").values_list("pk", flat=True))
    entry = services.AgreedEntryDraft("strength", "Together", sources=sources)
    dissenter = Member.objects.get(user=boris)
    draft = services.AgreementDraft(
        marks={"plan": 30, "do": 40, "check": 40, "act": 50},
        dissent="Stays higher.",
        dissenters=(dissenter.pk,),
        entries=(entry,),
    )
    services.settle_node(agreeing, "1.1", draft=draft, version=0, by=clara, at=MONDAY)

    agreed = queries.node_for_consensus(agreeing, "1.1", viewer=clara).agreed
    assert (agreed.score, agreed.dissenters, agreed.dissent) == (40, (dissenter.pk,), "Stays higher.")
    assert agreed.entries[0].sources == sources


def test_two_chairs_saving_at_once_see_both_versions(agreeing, clara):
    mine, other = services.AgreementDraft(reason="mine"), services.AgreementDraft(reason="other")
    services.save_agreement(agreeing, "1.1", draft=mine, version=0, by=clara, at=MONDAY)

    with pytest.raises(services.Conflict) as caught:
        services.save_agreement(agreeing, "1.1", draft=other, version=0, by=clara, at=MONDAY)
    assert (caught.value.stored.reason, caught.value.typed.reason) == ("mine", "other")


def test_close_nodes_are_agreed_at_their_median(office, lena, clara, boris, eva):
    assessment = make_in_consensus(office, by=lena, people=[clara, boris, eva], scores=[55, 58, 60])
    settle(assessment, "1.1", 40, by=clara)

    done = services.settle_close_ones(assessment, by=clara, at=MONDAY)

    assert "1.1" not in done
    view = queries.node_for_consensus(assessment, "1.2", viewer=clara)
    assert (view.agreed.score, len(view.agreed.entries)) == (58, 6)


def test_a_member_whose_sheet_is_out_writes_no_agreement(started, clara, boris, eva):
    for person in (clara, boris):
        fill(sheet_of(started, person), 50)
    services.start_consensus(started, by=clara, at=MONDAY, reason="Eva is ill.")

    with pytest.raises(Refused, match="own sheet"):
        settle(started, "1.1", 50, by=eva)


# --- Approval --------------------------------------------------------------------------------------------------------


def test_everything_is_agreed_before_it_goes_to_the_director(agreeing, clara, lena, ana):
    settle(agreeing, "1.1", 40, by=clara)
    with pytest.raises(Refused, match=r"1\.2"):
        services.send_to_approval(agreeing, by=clara, at=MONDAY)
    with pytest.raises(Refused, match="not open"):
        services.approve(agreeing, by=ana, at=MONDAY)


def test_the_director_returns_with_a_remark(agreeing, clara, lena, ana):
    settle_all(agreeing, 40, by=clara)
    services.send_to_approval(agreeing, by=lena, at=MONDAY)
    with pytest.raises(Refused, match="Write what"):
        services.return_to_group(agreeing, reason="", by=ana)

    assert services.return_to_group(agreeing, reason="Look at 1.1.", by=ana).stage == Stage.CONSENSUS
    assert Letter.objects.get(kind="assessments.returned").to == clara.email
    assert services.reopen_node(agreeing, "1.1", reason="Asked by Ana.", by=clara, at=MONDAY).settled_at is None


def test_approval_freezes_everything(office, lena, ana, clara, boris):
    people = [clara, boris]
    assessment = make_approved(office, by=lena, director=ana, people=people)
    before = (assessment.snapshot.content, rows(assessment))

    acts = [
        lambda: settle(assessment, "1.1", 10, by=clara, version=1),
        lambda: services.reopen_node(assessment, "1.1", reason="x", by=clara, at=MONDAY),
        lambda: services.approve(assessment, by=ana, at=MONDAY),
        lambda: services.return_to_group(assessment, reason="x", by=ana),
        lambda: services.change_assessment(assessment, by=lena, title="x"),
        lambda: services.add_member(assessment.groups.get(), email="x@example.org", by=lena, at=MONDAY),
        lambda: services.remove_member(Member.objects.get(user=boris), by=lena, at=MONDAY),
        lambda: services.replace_chair(Member.objects.get(user=boris), by=lena),
        lambda: services.reopen_sheet(sheet_of(assessment, boris), reason="x", by=clara),
        lambda: save(sheet_of(assessment, boris), "1.1", 10),
        assessment.snapshot.save,
        assessment.snapshot.delete,
        lambda: type(assessment.snapshot).objects.update(sha256=""),
    ]
    for act in acts:
        with pytest.raises(Refused), transaction.atomic():
            act()

    fresh = Assessment.objects.get(pk=assessment.pk)
    assert (fresh.snapshot.content, rows(fresh)) == before
    assert queries.is_intact(fresh.snapshot)


def test_the_frozen_hash_notices_every_change(office, lena, ana):
    snapshot = make_approved(office, by=lena, director=ana).snapshot
    snapshot.content["nodes"][0]["score"] = "61"

    assert not queries.is_intact(snapshot)


def test_results_are_kept_as_rows(office, lena, ana):
    assessment = make_approved(office, by=lena, director=ana, score=60)
    scored = len(assessment.edition.tree().scored)

    assert NodeResult.objects.filter(assessment=assessment, score=60, count=2, lowest=60).count() == scored
    assert CriterionResult.objects.get(assessment=assessment, criterion="").score == 120


def test_blank_agreements_leave_no_zero_behind(office, lena, ana):
    assessment = make_approved(office, by=lena, director=ana, score=None)

    assert set(NodeResult.objects.filter(assessment=assessment).values_list("score", flat=True)) == {None}
    assert queries.results_of(assessment).total.value is None
