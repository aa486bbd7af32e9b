"""The board, the assignment and single ballots, on their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.core.models import Letter
from qms.jury.components.board import table_of
from qms.jury.models import Agreed, Ballot, DecisionList, Exclusion
from qms.jury.queries.board import board_of, judging_of, scope_of
from qms.jury.services.assigning import end_ballot
from qms.jury.services.pool import leave
from qms.jury.services.standing import restand
from tests.factories.jury import (
    declare_all,
    hand_in,
    make_ballot,
    make_closed_round,
    make_judged_category,
    make_juror,
    make_phase,
    make_received,
)
from tests.factories.offices import make_office, make_person


@pytest.fixture
def category(db):
    return make_judged_category()


@pytest.fixture
def scored(category, region, judy):
    """Three applications and jurors: all agree on the first, one is far off on the second, one waits on the third."""
    jurors = [make_juror(category, judy, number=1), *(make_juror(category, number=number) for number in (2, 3))]
    rows = {}
    for number, scores in enumerate(((80, 82, 78), (66, 41, 70), (50, None, None)), 1):
        office = make_office(short_name=f"Office {number}", slug=f"office-{number}", region=region)
        application = make_received(office, category, number=f"W-{number}")
        for juror, score in zip(jurors, scores, strict=True):
            ballot = make_ballot(juror, application)
            if score is not None:
                hand_in(ballot, dict.fromkeys(category.sections.order_by("position"), score))
        restand(application, timezone.now())
        rows[number] = application
    return rows


def board_for(user, category, at=None, *, show="", page=None, runs=True):
    at = at or timezone.now()
    return board_of(scope_of(category, user, at, runs=runs), category, show=show, page=page)


def rows_for(user, category, **more):
    board = board_for(user, category, **more)
    table = table_of(board, judging_of(category), runs=True, names=True)
    return {row.number: row for row in table.rows}


def text_of(answer):
    """What is on the page; words that are kept on one line count as words."""
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def kinds(row):
    return [(cell.kind, cell.shown) for cell in row.cells]


# --- What stands there -----------------------------------------------------------------------------------------------


def test_revealed_applications_come_first_with_numbers_and_others_with_states_only(category, scored, nora):
    rows = rows_for(nora, category)

    assert list(rows) == ["W-1", "W-2", "W-3"]
    assert kinds(rows["W-1"]) == [("open", "80"), ("open", "82"), ("open", "78")]
    assert (rows["W-1"].total, rows["W-1"].range, rows["W-1"].dots) == ("80.0", "4", ("78.0", "80.0", "82.0"))
    assert kinds(rows["W-3"]) == [("shut", "✓"), ("none", "–"), ("none", "–")]
    assert (rows["W-3"].total, rows["W-3"].range, rows["W-3"].dots) == ("–", "–", ())


def test_a_score_far_from_the_median_is_marked_and_asks_for_a_talk(category, scored, nora):
    row = rows_for(nora, category)["W-2"]

    assert kinds(row) == [("open", "66"), ("open far", "41"), ("open", "70")]
    assert (row.range, row.talk, row.talk_url) == ("29", "talk", reverse("jury:talk", args=[scored[2].pk]))


def test_what_was_agreed_counts_and_the_first_scores_stay(category, scored, nora):
    for section in category.sections.all():
        Agreed.objects.create(
            application=scored[2], section=section, score=60, agreed_by=nora, agreed_at=timezone.now()
        )
    restand(scored[2], timezone.now())

    row = rows_for(nora, category)["W-2"]
    assert (row.total, row.agreed, row.talk, row.range) == ("60.0", "agreed", "", "29")


def test_work_on_a_ballot_shows_that_it_has_begun_and_a_conflict_covers_it(category, scored, nora):
    ballots = Ballot.objects.filter(application=scored[3]).order_by("juror__number")
    ballots[1].marks.create(section=category.sections.first(), marks={"score": 20}, score=20)
    now = timezone.now()
    Exclusion.objects.create(
        juror=ballots[2].juror, application=scored[3], kind="declared", reason="A friend.", made_at=now
    )

    assert kinds(rows_for(nora, category)["W-3"]) == [("shut", "✓"), ("going", "…"), ("ban", "⊘")]


def test_hidden_totals_do_not_leave_the_database(category, scored, nora):
    hidden = [one for one in board_for(nora, category).given if one.application == scored[3].pk]

    assert sorted((one.is_in, one.total) for one in hidden) == [(False, None), (False, None), (True, None)]


def test_severity_is_reckoned_over_revealed_applications_only(category, scored, nora):
    found = board_for(nora, category).severity

    assert {one.n for one in found.values()} == {2}
    # 80 against 80 and 66 against 55.5; 82 against 79 and 41 against 68; 78 against 81 and 70 against 53.5.
    assert [found[pk].mean for pk in sorted(found)] == [Decimal("5.25"), Decimal(-12), Decimal("6.75")]


def test_who_leaves_after_the_decision_stays_on_the_board_with_the_scores_that_counted(category, scored, nora):
    at = timezone.now()
    DecisionList.objects.create(category=category, stage="prize", closed_at=at, closed_by=nora)
    before = board_for(nora, category)

    leave(before.seats[0], reason="Moved abroad.", by=nora, at=at)

    after = board_for(nora, category)
    assert (after.seats, after.given, after.severity) == (before.seats, before.given, before.severity)


def test_many_jurors_stand_as_signed_marks(category, scored, nora):
    for _ in range(7):
        make_juror(category)

    table = table_of(board_for(nora, category), judging_of(category), runs=True, names=True)
    assert table.is_wide is True
    assert [cell.juror for cell in table.rows[0].cells] == ["E1", "E2", "E3"]


def test_filters_and_pages(category, scored, nora):
    assert list(rows_for(nora, category, show="talk")) == ["W-2"]
    assert list(rows_for(nora, category, show="open")) == ["W-3"]
    assert list(rows_for(nora, category, page="nonsense")) == ["W-1", "W-2", "W-3"]


# --- Who sees it -----------------------------------------------------------------------------------------------------


def test_the_organiser_sees_the_whole_board(client, category, scored, nora):
    Exclusion.objects.create(
        juror=make_juror(category, number=4),
        application=scored[1],
        kind="declared",
        reason="A cousin.",
        made_at=timezone.now(),
    )
    client.force_login(nora)

    page = text_of(client.get(reverse("jury:board", args=[category.pk])))

    assert "2 of 3 applications have all their scores. 1 needs a talk." in page
    assert "7 of 9" in page
    assert "1 conflict of interest" in page
    assert "A cousin." in page
    assert "more than 10 from the median" in page
    assert "Office 3" in page


def test_a_juror_sees_it_only_while_the_phase_shows_scores(client, category, scored, judy):
    address = reverse("jury:board", args=[category.pk])
    client.force_login(judy)
    assert client.get(address).status_code == 403

    phase = make_phase(category.round, shows_scores=False)
    assert client.get(address).status_code == 403

    phase.shows_scores = True
    phase.save()
    assert client.get(address).status_code == 200


def test_a_juror_does_not_see_what_excludes_them_nor_reasons_nor_hidden_names(client, category, scored, judy):
    seat, other = category.jurors.get(user=judy), category.jurors.get(number=2)
    declare_all(seat)
    make_phase(category.round, shows_names=False)
    now = timezone.now()
    for juror, application, reason in ((seat, scored[1], "Mine."), (other, scored[2], "Theirs.")):
        Exclusion.objects.create(juror=juror, application=application, kind="declared", reason=reason, made_at=now)
    client.force_login(judy)

    page = text_of(client.get(reverse("jury:board", args=[category.pk])))

    assert re.findall(r'"num">(W-\d)<', page) == ["W-2", "W-3"]
    assert "Theirs." not in page
    assert "Mine." not in page
    assert other.user.name not in page
    assert "Assign" not in page


def test_names_stand_where_the_phase_shows_them(client, category, scored, judy):
    declare_all(category.jurors.get(user=judy))
    make_phase(category.round, shows_names=True)
    client.force_login(judy)

    page = text_of(client.get(reverse("jury:board", args=[category.pk])))
    assert category.jurors.get(number=2).user.name in page


def test_others_see_no_board(client, category, scored, ana, rob):
    stranger = make_person("Jill", "juror")
    make_phase(category.round)
    for user, status in ((ana, 403), (rob, 403), (stranger, 403)):
        client.force_login(user)
        assert client.get(reverse("jury:board", args=[category.pk])).status_code == status


def test_before_the_closing_the_board_is_sealed(client, region, nora):
    soon = timezone.now() + timedelta(days=3)
    category = make_judged_category(make_closed_round(closes_at=soon))
    make_received(make_office(short_name="Secret office", slug="secret", region=region), category)
    make_juror(category)
    client.force_login(nora)

    for name in ("board", "assign"):
        page = text_of(client.get(reverse(f"jury:{name}", args=[category.pk])))
        assert "Sealed" in page
        assert "Secret office" not in page
    assert client.post(reverse("jury:assign", args=[category.pk])).status_code == 422
    assert Ballot.objects.count() == 0


# --- What the organiser does -----------------------------------------------------------------------------------------


def test_the_organiser_reads_the_proposal_and_assigns_it(client, category, region, nora):
    for number in (1, 2):
        make_received(make_office(slug=f"office-{number}", region=region), category)
    for _ in range(2):
        make_juror(category)
    client.force_login(nora)
    address = reverse("jury:assign", args=[category.pk])

    page = client.get(address)
    assert page.context["summary"] == "4 ballots will be made. The rule asks for 3 jurors for each application."
    assert "1 juror is missing" in text_of(page)

    assert client.post(address, {"seen": "old"}).status_code == 422
    assert Ballot.objects.count() == 0
    assert client.post(address, {"seen": page.context["seen"]}).status_code == 302
    assert Ballot.objects.count() == 4


def test_the_organiser_asks_one_more_and_takes_one_away(client, category, region, nora):
    application = make_received(make_office(slug="office-1", region=region), category)
    juror = make_juror(category)
    client.force_login(nora)
    address = reverse("jury:ballot-add", args=[application.pk])

    assert client.post(address, {"juror": "77777"}).status_code == 422
    assert client.post(address, {"juror": juror.pk}).status_code == 302
    ballot = Ballot.objects.get(juror=juror, application=application)

    end = reverse("jury:ballot-end", args=[ballot.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": " "}).status_code == 422
    assert client.post(end, {"reason": "Ill for a month."}).status_code == 302
    assert client.post(end, {"reason": "Again."}).status_code == 404
    assert "Ill for a month." in text_of(client.get(address))


def test_the_organiser_states_that_one_juror_judges_and_takes_it_back(client, category, region, nora):
    application = make_received(make_office(slug="office-1", region=region), category)
    hand_in(make_ballot(make_juror(category), application), dict.fromkeys(category.sections.all(), 64))
    client.force_login(nora)
    panel, address = (reverse(f"jury:{name}", args=[application.pk]) for name in ("ballot-add", "shortage"))

    assert address in text_of(client.get(panel))
    assert "judged by 1 juror." in text_of(client.get(address))
    assert client.post(address, {"seen": "1", "reason": " "}).status_code == 422
    stale = client.post(address, {"seen": "0", "reason": "All others work there."})
    assert (stale.status_code, "All others work there." in text_of(stale)) == (422, True)
    assert 'name="seen" value="1"' in text_of(stale)
    client.post(address, {"seen": "1", "reason": "All others work there."})

    assert "All others work there." in text_of(client.get(panel))
    board = text_of(client.get(reverse("jury:board", args=[category.pk])))
    assert "one juror, as stated; interval unknown" in board
    assert "interval unknown" in text_of(client.get(reverse("jury:prizes-decide", args=[category.pk])))
    client.post(reverse("jury:shortage-withdraw", args=[application.pk]))
    assert "one juror only: a second one is needed" in text_of(client.get(reverse("jury:board", args=[category.pk])))


def test_what_was_stated_is_stated_again_when_a_juror_drops_out(client, category, region, nora):
    application = make_received(make_office(slug="office-1", region=region), category)
    ballots = [make_ballot(make_juror(category), application) for _number in range(2)]
    for ballot in ballots:
        hand_in(ballot, dict.fromkeys(category.sections.all(), 64))
    client.force_login(nora)
    panel, address = (reverse(f"jury:{name}", args=[application.pk]) for name in ("ballot-add", "shortage"))
    board = reverse("jury:board", args=[category.pk])
    client.post(address, {"seen": "2", "reason": "All others work there."})
    assert f'href="{address}"' not in text_of(client.get(panel))
    end_ballot(ballots[0], reason="Ill.", by=nora, at=timezone.now())

    assert "fewer jurors than stated: state it again or add one" in text_of(client.get(board))
    page = text_of(client.get(panel))
    assert ("the number of jurors changed from 2 to 1. State it again." in page, f'href="{address}"' in page) == (
        True,
        True,
    )
    client.post(address, {"seen": "1", "reason": "One fell ill."})
    assert "one juror, as stated; interval unknown" in text_of(client.get(board))


def test_what_nobody_judges_is_told_on_the_board_and_the_list(client, category, region, nora):
    application = make_received(make_office(slug="office-1", region=region), category, number="W-7")
    client.force_login(nora)
    client.post(reverse("jury:shortage", args=[application.pk]), {"seen": "0", "reason": "The pool left."})

    assert "not judged, out of competition" in text_of(client.get(reverse("jury:board", args=[category.pk])))
    page = client.get(reverse("jury:prizes-decide", args=[category.pk]))
    assert page.context["out"] == "Not judged, out of competition: W-7."
    assert page.context["hindrances"] == ()


def test_a_juror_added_to_open_numbers_is_asked_for_and_starred(client, category, scored, nora):
    juror = make_juror(category)
    client.force_login(nora)
    address = reverse("jury:ballot-add", args=[scored[1].pk])

    assert client.post(address, {"juror": juror.pk}).status_code == 422
    assert client.post(address, {"juror": juror.pk, "late_reason": "A fourth view."}).status_code == 302

    assert "added after the numbers were open: A fourth view." in text_of(client.get(address))
    (late,) = (cell for cell in rows_for(nora, category)["W-1"].cells if cell.late)
    assert (late.juror, late.late) == (juror.sign, "added after the numbers were open")


def test_reminders_are_told_in_numbers(client, category, scored, nora):
    make_phase(category.round)
    client.force_login(nora)
    address = reverse("jury:remind", args=[category.pk])

    answers = [client.post(address, follow=True) for _turn in range(2)]

    told = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert told == [
        ["2 jurors get a letter."],
        ["0 jurors get a letter.", "2 jurors were reminded less than a day ago."],
    ]
    assert Letter.objects.filter(kind="jury.ballots_open").count() == 2


def test_jurors_may_neither_assign_nor_remind(client, category, scored, judy):
    make_phase(category.round)
    declare_all(category.jurors.get(user=judy))
    client.force_login(judy)
    ballot = Ballot.objects.get(juror__user=judy, application=scored[1])

    assert client.get(reverse("jury:assign", args=[category.pk])).status_code == 403
    assert client.post(reverse("jury:remind", args=[category.pk])).status_code == 403
    assert client.get(reverse("jury:ballot-add", args=[scored[1].pk])).status_code == 404
    assert client.get(reverse("jury:ballot-end", args=[ballot.pk])).status_code == 403


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_as_much_for_three_rows_as_for_one(
    client, category, region, nora, count, django_assert_num_queries
):
    jurors = [make_juror(category) for _ in range(count)]
    for number in range(count):
        application = make_received(make_office(slug=f"office-{number}", region=region), category)
        for juror in jurors:
            hand_in(make_ballot(juror, application), {category.sections.first(): 50})
        Exclusion.objects.create(juror=jurors[0], application=application, kind="region", made_at=timezone.now())
        restand(application, timezone.now())
    client.force_login(nora)
    address = reverse("jury:board", args=[category.pk])
    client.get(address)

    with django_assert_num_queries(12):
        assert client.get(address).status_code == 200
