from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from qms.improvements.models import Task
from qms.improvements.queries.calendar import calendar_token
from tests.factories.improvements import make_action, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(office, lena, boris):
    today = timezone.localdate()
    plan = make_plan(office, by=lena, stage="under_way", review_on=date(2030, 9, 1))
    return make_action(
        plan,
        by=lena,
        title="Words; plain, and \\ long " + "ź" * 90,
        owner=boris,
        status="in_progress",
        start_on=today - timedelta(days=60),
        due_on=today - timedelta(days=2),
    )


def feed(client, user):
    return client.get(reverse("improvements:calendar-feed", args=[calendar_token(user)]))


def test_my_actions_show_what_is_late_first(client, action, boris, lena):
    make_action(action.plan, by=lena, title="Next", owner=boris, status="approved", due_on=date(2031, 1, 1))
    client.force_login(boris)

    page = client.get(reverse("improvements:my-actions")).content.decode()

    assert "2 actions are open. 1 of them is late." in page
    assert page.index("Late") < page.index("D-1") < page.index("Later") < page.index("D-2")
    assert reverse("improvements:action-detail", args=[action.pk]) in page


def test_my_actions_can_be_narrowed_to_what_i_help_with(client, action, boris, clara):
    action.helpers.add(clara)
    for person, part, shown in ((clara, "help", True), (clara, "own", False), (boris, "own", True), (boris, "x", True)):
        client.force_login(person)
        page = client.get(reverse("improvements:my-actions"), {"part": part}).content.decode()
        assert (action.code in page) is shown


def test_person_without_actions_reads_what_will_stand_here(client, eva):
    client.force_login(eva)

    assert "No action is yours yet" in client.get(reverse("improvements:my-actions")).content.decode()


def test_calendar_page_shows_the_private_address(client, action, boris):
    client.force_login(boris)

    page = client.get(reverse("improvements:calendar")).content.decode()

    assert f"http://127.0.0.1:8000{reverse('improvements:calendar-feed', args=[calendar_token(boris)])}" in page or (
        calendar_token(boris) in page
    )
    assert "webcal://" in page


def test_feed_is_a_calendar_that_programs_can_read(client, action, boris, lena):
    Task.objects.create(action=action, title="Ask clients", person=boris, due_on=date(2030, 1, 31))

    answer = feed(client, boris)
    calendar = Calendar.from_ical(answer.content)
    events = {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.errors == []
    assert {"VERSION": "2.0", "METHOD": "PUBLISH"}.items() <= calendar.items()
    assert set(events) == {f"action-{action.pk}", f"task-{action.tasks.get().pk}", f"review-{action.plan_id}"}
    due = events[f"action-{action.pk}"]
    assert due.decoded("dtstart") == action.due_on
    assert due.decoded("dtend") == action.due_on + timedelta(days=1)
    assert action.title in due["summary"]
    assert str(due["url"]).endswith(f"/plans/actions/{action.pk}/")
    assert int(due["sequence"]) == action.version
    assert events[f"task-{action.tasks.get().pk}"].decoded("dtstart") == date(2030, 1, 31)


def test_lines_of_the_feed_are_folded_and_end_as_the_standard_says(client, action, boris):
    content = feed(client, boris).content

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(("language", "path"), [("pl", "/pl/"), ("ru", "/ru/"), ("en", "/en/")])
def test_feed_speaks_the_persons_language(client, action, boris, language, path):
    boris.language = language
    boris.save(update_fields=["language"])

    calendar = Calendar.from_ical(feed(client, boris).content)

    assert path in str(calendar.walk("VEVENT")[0]["url"])


def test_feed_needs_no_sign_in_and_nobody_keeps_a_copy(client, action, boris):
    answer = feed(client, boris)

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_void_and_made_up_addresses_answer_404(client, action, boris):
    old = reverse("improvements:calendar-feed", args=[calendar_token(boris)])
    client.force_login(boris)
    answer = client.post(reverse("improvements:calendar-renew"))

    assert answer.url == reverse("improvements:calendar")
    assert client.get(old).status_code == 404
    assert client.get(reverse("improvements:calendar-feed", args=["made-up"])).status_code == 404
    assert feed(client, boris).status_code == 200


def test_feed_of_a_person_who_is_no_longer_active_answers_404(client, action, boris):
    boris.is_active = False
    boris.save(update_fields=["is_active"])

    assert feed(client, boris).status_code == 404


def test_feed_tells_nothing_about_plans_that_the_person_may_not_read(client, action, dora):
    assert list(Calendar.from_ical(feed(client, dora).content).walk("VEVENT")) == []
