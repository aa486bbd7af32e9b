"""Issuing diplomas, changing them, and what is printed."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from qms.core.models import Job
from qms.core.services import run_job
from qms.laureates.documents.diploma import diplomas_of
from qms.laureates.domain.diplomas import PlanDraft, Rung, number_of, rungs, size_of
from qms.laureates.models import Diploma
from qms.laureates.queries.diplomas import laurels_of
from qms.laureates.services import diplomas as services
from qms.laureates.services import printing
from qms.lifecycle import Refused
from tests.factories.jury import make_closed_round, make_judged_category, make_prize, make_received
from tests.factories.laureates import decide, make_decided_category, make_decision_list, make_diploma, make_plan


@pytest.fixture
def decided(office, other_office):
    return make_decided_category({office: 71, other_office: 60})


def _issue(found, by):
    return services.issue_diplomas(found, by=by, at=timezone.now())


def test_number_says_nothing_of_the_office():
    assert number_of("WMNJ-2027", 3) == "WMNJ-2027-D003"


def test_scale_names_every_prize_where_there_is_room():
    assert rungs(["Gold", "Silver", "Bronze"], 1) == (
        Rung(0, "Gold", False),
        Rung(0.5, "Silver", True),
        Rung(1, "Bronze", False),
    )


def test_scale_names_its_ends_and_the_own_prize_where_room_is_short():
    titles = ["Gold", "Silver " * 5, "Bronze", "Nomination " * 4, "Diploma"]

    assert [one.words for one in rungs(titles, 2)] == ["Gold", "", "Bronze", "", "Diploma"]


@pytest.mark.parametrize("titles", [[], ["Gold"], ["Gold " * 20, "Silver"]])
def test_scale_is_left_out_where_it_would_say_nothing_or_has_no_room(titles):
    assert rungs(titles, 0) == ()


def test_long_prize_is_set_smaller():
    assert [size_of("x" * length) for length in (16, 17, 22, 45)] == ["", "middling", "long", "longer"]


def test_where_category_and_office_are_long_the_words_have_the_sheet_for_themselves(decided, nora):
    make_plan(decided.round)
    _issue(decided.round, nora)
    diploma = Diploma.objects.get()
    ladder = {"ladder": [{"en": "Statuette"}, {"en": "Nomination"}]}

    def page(office, category):
        diploma.content |= ladder | {"office": "x" * office, "category": {"en": "x" * category}}
        return diplomas_of([diploma], title="", addresses={diploma.code: "/"}, language="en").pages[0]

    assert [page(84, 91).among_size, page(85, 90).among_size] == ["long", ""]
    assert [bool(page(*lengths).scale) for lengths in ((84, 91), (85, 90), (85, 91))] == [True, True, False]


def test_every_prize_gets_one_diploma_with_all_that_the_paper_says(decided, office, nora):
    make_plan(decided.round)
    assert _issue(decided.round, nora) == 1

    diploma = Diploma.objects.get()
    expected = {
        "number": f"{decided.round.prefix}-D001",
        "issue": 1,
        "office": "Powiatowy Urząd Pracy w Gołdapi",
        "city": "Gołdap",
        "prize": {"en": "Statuette"},
        "kind": "statuette",
        "ladder": [{"en": "Statuette"}],
        "rung": 0,
        "applied": 2,
        "category": decided.titles,
        "round": decided.round.titles,
        "year": 2027,
        "programme": decided.round.programme.titles,
        "organiser": "The ministry",
        "place": "Olsztyn",
        "given_on": "2027-05-21",
        "signatories": [{"name": "Maria Nowak", "role": "Chair of the jury"}],
    }
    assert diploma.content == expected
    assert (diploma.issued_by, diploma.decision.application.office) == (nora, office)


def test_second_click_issues_nothing_twice(decided, nora):
    make_plan(decided.round)
    _issue(decided.round, nora)

    with pytest.raises(Refused, match="already"):
        _issue(decided.round, nora)
    assert Diploma.objects.count() == 1


def test_later_list_goes_on_with_the_numbers(decided, other_office, nora):
    make_plan(decided.round)
    _issue(decided.round, nora)
    second = make_judged_category(decided.round)
    application = make_received(other_office, second)
    decide(make_decision_list(second), application, make_prize(second))

    assert _issue(decided.round, nora) == 1
    assert list(Diploma.objects.order_by("pk").values_list("number", flat=True)) == [
        f"{decided.round.prefix}-D001",
        f"{decided.round.prefix}-D002",
    ]


def test_nothing_is_issued_while_the_list_is_open_or_nobody_wrote_who_signs(office, nora):
    category = make_decided_category({office: 71}, closed=False)
    with pytest.raises(Refused, match="who signs"):
        _issue(category.round, nora)
    make_plan(category.round)
    with pytest.raises(Refused, match="No prize stands"):
        _issue(category.round, nora)


def test_withdrawn_application_is_no_laureate_any_more(decided):
    decision = laurels_of(decided.round).get()
    decision.application.state = "withdrawn"
    decision.application.save()

    assert not laurels_of(decided.round).exists()


def test_list_of_laurels_is_one_query(decided, django_assert_num_queries):
    with django_assert_num_queries(1):
        [(one.application.office.name, getattr(one, "diploma", None)) for one in laurels_of(decided.round)]


def test_reissued_diploma_keeps_number_and_code_and_says_what_holds_today(decided, office, nora):
    diploma = make_diploma(laurels_of(decided.round).get())
    plan = PlanDraft("Ełk", diploma.decision.application.category.round.diploma_plan.given_on)
    services.save_plan(decided.round, draft=plan, by=nora)
    office.name = "Urząd Pracy w Gołdapi"
    office.save()
    anew = services.reissue_diploma(diploma, reason="The name was wrong.", by=nora, at=timezone.now())

    assert (anew.number, anew.code) == (diploma.number, diploma.code)
    assert {name: anew.content[name] for name in ("issue", "office", "place", "signatories")} == {
        "issue": 2,
        "office": "Urząd Pracy w Gołdapi",
        "place": "Ełk",
        "signatories": [],
    }


def test_saving_the_text_changes_no_issued_diploma(decided, nora):
    diploma = make_diploma(laurels_of(decided.round).get())
    services.save_plan(decided.round, draft=PlanDraft("Ełk", diploma.issued_at.date()), by=nora)

    assert Diploma.objects.get().content == diploma.content


def test_diploma_is_withdrawn_once_with_a_reason_and_can_be_issued_anew(decided, nora):
    diploma = make_diploma(laurels_of(decided.round).get())
    with pytest.raises(Refused, match="reason"):
        services.revoke_diploma(diploma, reason=" ", by=nora, at=timezone.now())
    services.revoke_diploma(diploma, reason="The office gave the prize back.", by=nora, at=timezone.now())
    with pytest.raises(Refused, match="withdrawn already"):
        services.revoke_diploma(diploma, reason="Again.", by=nora, at=timezone.now())
    anew = services.reissue_diploma(diploma, reason="A mistake.", by=nora, at=timezone.now())

    assert (anew.revoked_at, anew.revoked_reason) == (None, "")


def test_job_sets_all_diplomas_in_one_file_and_each_one(office, other_office, nora):
    category = make_decided_category({office: 71, other_office: 60}, of=make_closed_round())
    loser = category.applications.get(office=other_office)
    loser.decisions.all().delete()
    decide(category.decision_lists.get(), loser, make_prize(category, titles={"en": "Distinction"}, position=2))
    make_plan(category.round)
    _issue(category.round, nora)
    job = printing.order_diplomas(category.round, language="en", by=nora)
    run_job(job.pk)

    assert (Job.objects.get(pk=job.pk).state, job.office_id) == (Job.State.DONE, None)
    rendering = printing.diplomas_that_stand(category.round, "en")
    assert (rendering.pages, rendering.office_id, rendering.created_by) == (2, None, None)
    first = Diploma.objects.order_by("number").first()
    single = printing.diploma_that_stands(first, "en")
    assert (single.pages, single.name) == (1, f"Diploma {first.number}")
    services.revoke_diploma(first, reason="A mistake.", by=nora, at=timezone.now())
    assert printing.diplomas_that_stand(category.round, "en") is None
    first.refresh_from_db()
    assert printing.diploma_that_stands(first, "en") is None


def test_diploma_is_set_anew_when_its_style_has_changed(decided, monkeypatch, tmp_path):
    diploma = make_diploma(laurels_of(decided.round).get())
    first = printing.set_diploma(diploma, language="en")
    assert printing.diploma_that_stands(diploma, "en") == first

    style = tmp_path / "diploma-paper.css"
    style.write_text(".dip { color: red }")
    real = finders.find
    monkeypatch.setattr(finders, "find", lambda path: str(style) if path.endswith(style.name) else real(path))

    assert printing.diploma_that_stands(diploma, "en") is None
    assert printing.set_diploma(diploma, language="en") != first
