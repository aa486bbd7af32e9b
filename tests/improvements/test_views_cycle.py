"""The pages of the ten steps and of the hand-over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qms.improvements.models import CycleMark
from tests.factories.assessments import make_assessment
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db
QUERIES = 9


def page(client, user, url):
    client.force_login(user)
    return client.get(url)


def cycle(office, **query):
    pairs = {"office": office.pk} | query
    return reverse("improvements:cycle") + "?" + "&".join(f"{name}={value}" for name, value in pairs.items())


def mark(office, step, assessment=None):
    url = reverse("improvements:cycle-mark", args=[office.pk, step])
    return url if assessment is None else f"{url}?cycle={assessment.pk}"


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_everyone_who_works_in_the_office_sees_the_track_and_only_the_lead_notes(client, office, boris, lena, dora):
    shown = text_of(page(client, boris, cycle(office)))
    assert "Decide how to organise and plan the self-assessment" in shown
    assert "Note days or words" not in shown

    assert "Note days or words" in text_of(page(client, lena, cycle(office)))
    assert page(client, dora, cycle(office)).status_code == 404
    assert page(client, boris, mark(office, 2)).status_code == 403


def test_track_says_its_states_in_words_and_that_no_scheme_is_set(client, office, lena):
    make_assessment(office, by=lena)

    shown = text_of(page(client, lena, cycle(office)))

    assert "1 of 10 steps are done. Next: Communicate the self-assessment project." in shown
    assert 'aria-current="step"' in shown
    assert "No scheme of external feedback is set" in shown


def test_member_is_led_to_no_page_that_is_closed_to_him(client, office, boris, lena):
    assessment = make_assessment(office, by=lena)
    address = reverse("assessments:assessment-detail", args=[assessment.pk])

    assert address in text_of(page(client, lena, cycle(office)))
    assert address not in text_of(page(client, boris, cycle(office)))


def test_lead_notes_a_step(client, office, lena):
    assessment = make_assessment(office, by=lena)
    today = timezone.localdate()
    client.force_login(lena)

    answer = client.post(mark(office, 2, assessment), {"done_on": today.isoformat(), "note": "Staff meeting"})

    assert (answer.status_code, answer["Location"]) == (302, cycle(office, cycle=assessment.pk))
    noted = CycleMark.objects.get()
    assert (noted.assessment, noted.step, noted.done_on, noted.note) == (assessment, 2, today, "Staff meeting")
    assert "Staff meeting" in text_of(client.get(cycle(office)))


@pytest.mark.parametrize(
    ("field", "days", "sentence"),
    [
        ("done_on", 1, "What lies in the future is not done yet."),
        ("planned_on", -1, "This day has passed. Plan for a day to come."),
    ],
)
def test_wrong_day_gets_a_sentence_and_nothing_typed_is_lost(client, office, lena, field, days, sentence):
    client.force_login(lena)
    day = timezone.localdate() + timedelta(days=days)

    shown = text_of(client.post(mark(office, 2), {field: day.isoformat(), "note": "Half a page"}))

    assert sentence in shown
    assert "Half a page" in shown
    assert not CycleMark.objects.exists()


def test_two_people_who_note_one_step_do_not_overwrite_each_other(client, office, lena):
    client.force_login(lena)
    first = {"note": "Mine\r\ntwo lines", "before_note": ""}
    client.post(mark(office, 2), first)

    shown = text_of(client.post(mark(office, 2), {"note": "Yours", "before_note": ""}))

    assert "Somebody else noted this step meanwhile: Mine" in shown
    assert CycleMark.objects.get().note == "Mine\ntwo lines"
    client.post(mark(office, 2), {"note": "Both", "before_note": "Mine\r\ntwo lines"})
    assert CycleMark.objects.get().note == "Both"


def test_step_that_the_platform_knows_asks_for_no_day_of_its_deed(client, office, lena):
    assert 'name="done_on"' not in text_of(page(client, lena, mark(office, 5)))
    assert 'name="done_on"' in text_of(page(client, lena, mark(office, 4)))
    assert page(client, lena, mark(office, 11)).status_code == 404


def test_cycle_of_another_office_is_not_found(client, office, other_office, lena, dora):
    foreign = make_assessment(other_office, by=dora)

    assert page(client, lena, cycle(office, cycle=foreign.pk)).status_code == 404
    assert page(client, lena, cycle(office, cycle="x")).status_code == 404


def test_lead_gives_all_to_one_and_one_to_another(client, office, lena, boris, clara, eva):
    plan = make_plan(office, by=lena, stage="under_way")
    one, two = make_action(plan, by=lena, left_by=boris), make_action(plan, by=lena, left_by=boris)
    url = reverse("improvements:hand-over", args=[plan.pk])
    shown = text_of(page(client, lena, url))
    assert "Boris Example" in shown

    answer = client.post(url, {"everything": clara.pk, f"to-{two.pk}": eva.pk})

    one.refresh_from_db()
    two.refresh_from_db()
    assert (answer.status_code, one.owner, two.owner) == (302, clara, eva)
    assert "Every open action has an owner" in text_of(client.get(url))


def test_lead_hands_over_from_one_owner_to_another_on_purpose(client, office, lena, boris, clara):
    plan = make_plan(office, by=lena, stage="under_way")
    action = make_action(plan, by=lena, owner=boris)
    url = reverse("improvements:hand-over", args=[plan.pk]) + f"?from={boris.pk}"
    shown = text_of(page(client, lena, url))
    assert f'<option value="{clara.pk}">' in shown
    assert f'<option value="{boris.pk}">' not in shown

    client.post(url, {f"to-{action.pk}": clara.pk})

    action.refresh_from_db()
    assert action.owner == clara


def test_nothing_chosen_and_somebody_else_quicker_get_a_sentence(client, office, lena, boris, clara):
    plan = make_plan(office, by=lena, stage="under_way")
    action = make_action(plan, by=lena)
    url = reverse("improvements:hand-over", args=[plan.pk])
    client.force_login(lena)

    assert "Choose at least one new owner." in text_of(client.post(url, {}))
    assert client.get(f"{url}?from=x").status_code == 404
    action.owner = boris
    action.save()
    assert client.post(url, {f"to-{action.pk}": clara.pk}).status_code == 200
    action.refresh_from_db()
    assert action.owner == boris


def test_only_the_lead_hands_over(client, office, ana, boris, lena, dora):
    plan = make_plan(office, by=lena, stage="under_way")
    make_action(plan, by=lena, owner=boris)
    url = reverse("improvements:hand-over", args=[plan.pk])

    assert [page(client, user, url).status_code for user in (lena, ana, boris, dora)] == [200, 403, 403, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_hand_over_asks_no_more_for_many_actions(client, office, lena, boris, count, django_assert_num_queries):
    plan = make_plan(office, by=lena, stage="under_way")
    for _ in range(count):
        make_action(plan, by=lena, left_by=boris)
    client.force_login(lena)
    url = reverse("improvements:hand-over", args=[plan.pk])
    client.get(url)

    with django_assert_num_queries(QUERIES):
        client.get(url)
