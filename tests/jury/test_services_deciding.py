"""Lists are saved by version, closed once, and what counted is frozen."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from qms.assessments.domain.snapshot import digest
from qms.awards.models import Judging
from qms.core.models import Letter
from qms.jury.documents.protocol import TEMPLATE, protocol_of
from qms.jury.domain.deciding import Meeting, Verdict
from qms.jury.models import Decision, DecisionList, Exclusion, Juror, Protocol
from qms.jury.queries.closing import is_decided
from qms.jury.queries.readers import told_of_closing
from qms.jury.services.deciding import CLOSED, FOREIGN, HINDERED, NOT_SAVED, STALE, close_list, save_list
from qms.jury.services.exclusions import EXCLUDED
from qms.lifecycle import Refused
from qms.pdf.services import html_of
from tests.factories.assessments import make_edition
from tests.factories.jury import (
    make_ballot,
    make_judged_category,
    make_juror,
    make_organiser,
    make_prize,
    make_visit,
)
from tests.factories.laureates import end_embargo
from tests.jury.deciding import scored_category, three_offices

pytestmark = pytest.mark.django_db
VISIT, PRIZE = DecisionList.Stage.VISIT, DecisionList.Stage.PRIZE


@pytest.fixture
def organiser(db):
    return make_organiser()


@pytest.fixture
def judged(region):
    return scored_category(three_offices(region))


def save(category, stage, verdicts, by, version=0, meeting=None):
    return save_list(category, stage, version=version, verdicts=verdicts, meeting=meeting or Meeting(), by=by)


def close(category, stage, by, version=1):
    return close_list(category, stage, version=version, by=by, at=timezone.now())


def visits(applications):
    first, second, third = applications
    return [Verdict(first.pk, "visit"), Verdict(second.pk, "visit"), Verdict(third.pk, "no_visit", reason="Too early.")]


def test_what_was_decided_is_kept_and_can_be_taken_back(judged, organiser):
    category, (first, second, _third), jurors = judged
    met = timezone.now()
    save(category, VISIT, [Verdict(first.pk, "visit"), Verdict(second.pk, "talk")], organiser)
    meeting = Meeting(met, (jurors[0].pk,), "We met in Olsztyn.")
    held = save(category, VISIT, [Verdict(first.pk), Verdict(second.pk, "visit")], organiser, 1, meeting)

    assert list(held.decisions.values_list("application", "outcome")) == [(second.pk, "visit")]
    assert (held.version, held.met_at, held.note) == (2, met, "We met in Olsztyn.")
    assert list(held.present.all()) == [jurors[0]]


def test_a_page_that_was_read_before_another_save_is_refused(judged, organiser):
    category, (first, *_others), _jurors = judged
    save(category, VISIT, [Verdict(first.pk, "visit")], organiser)
    with pytest.raises(Refused, match=STALE):
        save(category, VISIT, [Verdict(first.pk, "talk")], organiser)

    assert Decision.objects.get().outcome == "visit"


def test_applications_and_prizes_of_other_categories_are_not_decided_on(judged, organiser, region):
    category, (first, *_others), _jurors = judged
    with pytest.raises(Refused, match=FOREIGN):
        save(category, VISIT, [Verdict(first.pk + 1000, "visit")], organiser)
    foreign = make_prize(make_judged_category())
    with pytest.raises(Refused, match=FOREIGN):
        save(category, PRIZE, [Verdict(first.pk, "prize", foreign.pk)], organiser)


def test_a_list_that_lacks_something_is_not_closed(judged, organiser):
    category, (first, *_others), _jurors = judged
    with pytest.raises(Refused, match=NOT_SAVED):
        close(category, VISIT, organiser, 0)
    save(category, VISIT, [Verdict(first.pk, "visit")], organiser)
    with pytest.raises(Refused, match=HINDERED):
        close(category, VISIT, organiser)

    assert not Protocol.objects.exists()


def test_closing_freezes_totals_places_and_everything_that_counted(judged, organiser):
    category, applications, jurors = judged
    save(category, VISIT, visits(applications), organiser, meeting=Meeting(None, (jurors[1].pk,), ""))
    protocol = close(category, VISIT, organiser)

    rows = Decision.objects.order_by("place_from").values_list("application", "total", "place_from", "place_to")
    totals = [Decimal(82), Decimal(71), Decimal(52)]
    assert list(rows) == [(one.pk, totals[n], n + 1, n + 1) for n, one in enumerate(applications)]
    content = protocol.content
    assert digest(content) == protocol.sha256
    assert [one["total"] for one in content["decisions"]] == ["82", "71", "52"]
    assert [len(one["marks"]) for one in content["ballots"]] == [2] * 6
    assert content["meeting"]["present"] == [{"juror": jurors[1].sign, "name": jurors[1].user.name}]
    assert [one["sign"] for one in content["jurors"]] == [one.sign for one in jurors]
    assert len(content["declarations"]) == 6
    assert (content["stage"], content["closed"]["by"], is_decided(category)) == ("visit", organiser.name, False)


def test_jurors_and_organiser_are_told_of_the_closing_without_an_office(judged, organiser):
    category, applications, jurors = judged
    Juror.objects.filter(pk=jurors[0].pk).update(is_chair=True)
    make_juror(category, accepted_at=None)
    make_juror(category, left_at=timezone.now())
    save(category, VISIT, visits(applications), organiser)
    protocol = close(category, VISIT, organiser)

    letters = list(Letter.objects.filter(kind="jury.closed"))
    told = {one.to: reverse("jury:protocol", args=[protocol.pk]) in one.text for one in letters}
    assert told == {organiser.email: True, jurors[0].user.email: True, jurors[1].user.email: False}
    words = "".join(one.text + one.html + one.subject for one in letters)
    named = [*(one.office.name for one in applications), *(one.number for one in applications)]
    assert [one for one in named if one in words] == []


def test_letter_of_a_late_jury_asks_for_no_secrecy(judged, organiser):
    category, applications, _jurors = judged
    end_embargo(category.round)
    save(category, VISIT, visits(applications), organiser)
    close(category, VISIT, organiser)
    letters = Letter.objects.filter(kind="jury.closed")

    assert {"Its protocol is written." in one.text for one in letters} == {True}
    assert [one for one in letters if "embargo" in one.text + one.html] == []


def test_a_chair_who_may_not_read_the_protocol_is_not_led_to_it(judged, organiser):
    category, applications, jurors = judged
    Juror.objects.filter(pk__in=[one.pk for one in jurors]).update(is_chair=True)
    Exclusion.objects.create(
        juror=jurors[1], application=applications[0], kind="declared", reason="A cousin.", made_at=timezone.now()
    )

    reads = told_of_closing(category, timezone.now())
    assert reads == {jurors[0].user: True, jurors[1].user: False, organiser: True}


def test_a_closed_list_takes_nothing_more(judged, organiser):
    category, applications, _jurors = judged
    save(category, VISIT, visits(applications), organiser)
    close(category, VISIT, organiser)
    with pytest.raises(Refused, match=CLOSED):
        save(category, VISIT, visits(applications), organiser, 2)
    with pytest.raises(Refused, match=CLOSED):
        close(category, VISIT, organiser, 2)


def test_prizes_are_closed_after_the_visits_that_were_decided(judged, organiser):
    category, applications, _jurors = judged
    statuette = make_prize(category)
    save(category, VISIT, visits(applications), organiser)
    close(category, VISIT, organiser)
    first, second, third = applications
    held = make_visit(first, state="held")
    verdicts = [Verdict(first.pk, "prize", statuette.pk), Verdict(second.pk, "no_prize"), Verdict(third.pk, "no_prize")]
    save(category, PRIZE, verdicts, organiser)
    with pytest.raises(Refused, match=HINDERED):
        close(category, PRIZE, organiser)
    make_visit(second, state="cancelled", cancelled_reason="Flood.")
    protocol = close(category, PRIZE, organiser)

    assert is_decided(category)
    assert list(Decision.objects.laurels().values_list("application", "prize")) == [(first.pk, statuette.pk)]
    assert [one["state"] for one in protocol.content["visits"]] == [held.state, "cancelled"]


def test_an_application_withdrawn_meanwhile_is_not_decided_on_but_stays_in_the_file(judged, organiser):
    category, applications, _jurors = judged
    save(category, VISIT, visits(applications), organiser)
    applications[0].state = "withdrawn"
    applications[0].save()
    protocol = close(category, VISIT, organiser)

    assert [one["application"] for one in protocol.content["decisions"]] == [one.pk for one in applications[1:]]
    assert [one["state"] for one in protocol.content["applications"]] == ["withdrawn", "submitted", "submitted"]
    assert [one["place_from"] for one in protocol.content["decisions"]] == [1, 2]
    assert [(one["n"], one["mean"]) for one in protocol.content["severity"]] == [(2, "-3"), (2, "3")]


def test_a_protocol_is_written_once(judged, organiser):
    category, applications, _jurors = judged
    save(category, VISIT, visits(applications), organiser)
    protocol = close(category, VISIT, organiser)
    protocol.sha256 = "0" * 64
    with pytest.raises(Refused):
        protocol.save()
    with pytest.raises(Refused):
        protocol.delete()
    with pytest.raises(Refused):
        Protocol.objects.filter(pk=protocol.pk).update(sha256="0" * 64)


def test_people_follow_the_rules_on_paper_so_that_no_table_stands_alone(judged, organiser):
    category, applications, _jurors = judged
    save(category, VISIT, visits(applications), organiser)
    paper = protocol_of(close(category, VISIT, organiser), address="https://qms.example/verify", language="en")

    assert {one.ident: one.kind for one in paper.sections}["people"] == "flow"


def test_why_the_platform_ended_a_ballot_stands_on_paper_in_its_language(judged, organiser):
    category, applications, _jurors = judged
    ended = {"ended_at": timezone.now(), "ended_reason": EXCLUDED}
    make_ballot(make_juror(category), applications[0], **ended)
    save(category, VISIT, visits(applications), organiser)
    protocol = close(category, VISIT, organiser)

    with override("pl"):
        in_polish = gettext(EXCLUDED)
        paper = html_of(protocol_of(protocol, address="https://qms.example/verify", language="pl"), template=TEMPLATE)
    assert in_polish in paper.replace("\xa0", " ")
    assert EXCLUDED not in paper


def test_panel_is_named_on_paper_by_its_title(judged, organiser):
    category, applications, _jurors = judged
    category.framework = make_edition()
    category.save()
    panel = category.framework.tree().panels[0]
    Judging.objects.filter(category=category).update(panel=panel.code)
    save(category, VISIT, visits(applications), organiser)
    protocol = close(category, VISIT, organiser)

    paper = html_of(protocol_of(protocol, address="https://qms.example/verify", language="pl"), template=TEMPLATE)
    assert panel.titles["pl"] in paper.replace("\xa0", " ")
    assert f">{panel.code}<" not in paper
