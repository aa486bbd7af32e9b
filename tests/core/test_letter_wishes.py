"""Letters go as their readers want them: each, one a day, or none; some always go."""

import datetime as dt
import logging
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from qms.core import jobs, letters, services, tasks
from qms.core.models import Job, Letter

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
REMINDER = (
    "{% extends 'mail/base.txt' %}{% block content %}Good day, {{ name }},\n\n"
    "Your sheet is out.\n\nOpen it:\n{{ site_url }}{{ path }}{% endblock %}"
)


@pytest.fixture(autouse=True)
def _example_letters(tmp_path, settings, monkeypatch):
    """Letters of an example app: a reminder that one may decline, a notice that always comes."""
    folder = tmp_path / "mail" / "example"
    folder.mkdir(parents=True)
    for name in ("reminder", "notice", "invitation"):
        (folder / f"{name}.subject.txt").write_text("{{ office }}: a " + name)
        (folder / f"{name}.txt").write_text(REMINDER)
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [tmp_path, *options["DIRS"]]}]
    letters.kinds()
    monkeypatch.setattr(letters, "_kinds", dict(letters._kinds))
    letters.register_kind("example.reminder", "Reminders")
    letters.register_kind("example.notice", "Notices", always_goes=True)


def posted(user, kind="example.reminder", office="Gołdap", **changes):
    context = {"name": user.name if user else "you", "office": office, "path": "/pl/sheet/1/"}
    fields = {"kind": kind, "to": "x@pup.example", "language": "pl", "template": kind.replace(".", "/")}
    return services.post_letter(user=user, context=context, **{**fields, **changes})


def wishes(user, rhythm, *muted):
    user.mail_rhythm, user.muted_kinds = rhythm, list(muted)
    user.save()
    return user


def test_anna_who_wants_each_letter_gets_each(anna):
    assert posted(wishes(anna, "each")).state == "waiting"


def test_dora_who_wants_none_gets_none_and_the_outbox_knows(client, dora, admin, settings):
    letter = posted(wishes(dora, "none"))
    client.force_login(admin)

    tasks.send_letters()
    page = client.get(reverse("core:outbox"), {"state": "muted"}).content.decode()

    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == ("muted", [])
    assert "Gołdap: a reminder" in page
    assert "will not be sent" in client.get(letter.get_absolute_url()).content.decode()


def test_anna_declines_one_kind_and_keeps_the_others(anna):
    wishes(anna, "each", "example.reminder")

    assert [posted(anna).state, posted(anna, "example.unnamed", template="example/notice").state] == [
        "muted",
        "waiting",
    ]


@pytest.mark.parametrize(
    ("kind", "personal"), [("example.notice", False), ("example.invitation", False), ("example.reminder", True)]
)
def test_some_letters_always_go_even_to_dora(dora, kind, personal):
    wishes(dora, "none", kind)

    assert posted(dora, kind, is_personal=personal).state == "waiting"


def test_who_has_no_account_gets_each_letter():
    assert posted(None).state == "waiting"


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        (dt.datetime(2026, 11, 18, 6, 59, tzinfo=WARSAW), dt.datetime(2026, 11, 18, 7, tzinfo=WARSAW)),
        (dt.datetime(2026, 11, 18, 7, 0, tzinfo=WARSAW), dt.datetime(2026, 11, 19, 7, tzinfo=WARSAW)),
        (dt.datetime(2026, 10, 24, 12, 0, tzinfo=WARSAW), dt.datetime(2026, 10, 25, 7, tzinfo=WARSAW)),
    ],
)
def test_daily_letter_goes_at_seven_in_warsaw_in_summer_and_in_winter(written, goes):
    assert letters.next_digest(written.astimezone(dt.UTC)).astimezone(dt.UTC) == goes.astimezone(dt.UTC)


def test_anna_gets_one_letter_a_day_with_subject_first_lines_and_link_of_each(anna):
    wishes(anna, "digest").language = "en"
    anna.save()
    first, second = posted(anna), posted(anna, office="Łęczna")
    early, late = first.due_at - dt.timedelta(minutes=1), first.due_at + dt.timedelta(seconds=20)

    assert services.send_letters(at=early) == 0
    assert mail.outbox == []
    assert services.send_letters(at=late) == 1
    assert services.send_letters(at=late + dt.timedelta(seconds=30)) == 0

    letter = Letter.objects.get(kind="core.digest")
    assert {one.digest for one in (again(first), again(second))} == {letter}
    assert {again(first).state, again(second).state} == {"gathered"}
    assert (letter.to, letter.language, letter.state) == (anna.email, "en", "sent")
    assert mail.outbox[0].subject == "Today: 2 letters from the quality platform"
    text = mail.outbox[0].body.replace("\xa0", " ")
    assert "* Gołdap: a reminder\n  Your sheet is out.\n  http://127.0.0.1:8000/pl/sheet/1/" in text
    assert "* Łęczna: a reminder" in text
    assert "because you chose one letter a day" in text
    assert "Letters of this kind always come" not in text


@pytest.mark.parametrize("greeting", ["Good day, Anna Nowak,", "Здравствуйте, Anna Nowak."])
def test_first_lines_leave_out_greeting_links_and_footer(greeting):
    text = f"{greeting}\n\nYour sheet\nis out.\n\nOpen it:\nhttp://x.example/1/\n\n--\nWhy you get it."

    assert letters.excerpt_of(text, reader="Anna Nowak") == "Your sheet is out."


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_daily_letters_of_two_people_are_two(anna, dora):
    letter = posted(wishes(anna, "digest"))
    posted(wishes(dora, "digest"))

    written = services.write_digests(at=letter.due_at + dt.timedelta(minutes=1))

    assert {one.user for one in written} == {anna, dora}


def test_whoever_wants_no_letters_any_more_or_left_gets_no_daily_letter(anna, dora):
    kept, other = posted(wishes(anna, "digest")), posted(wishes(dora, "digest"))
    wishes(anna, "none")
    dora.is_active = False
    dora.save()

    assert services.write_digests(at=kept.due_at + dt.timedelta(minutes=1)) == []
    assert [again(kept).state, again(other).state] == ["muted", "muted"]


def test_daily_letter_tells_of_several_offices_so_only_its_reader_may_read_it(client, anna, admin, settings):
    letter = posted(wishes(anna, "digest"), office_id=7)
    services.write_digests(at=letter.due_at + dt.timedelta(minutes=1))
    settings.QMS_DEMO = False
    client.force_login(admin)

    page = client.get(Letter.objects.get(kind="core.digest").get_absolute_url()).content.decode()

    assert "Your sheet is out." not in page


def test_letter_that_waits_for_the_daily_one_can_be_read_before_it_goes(client, anna, admin):
    letter = posted(wishes(anna, "digest"))
    client.force_login(admin)

    page = client.get(reverse("core:outbox"), {"state": "held"}).content.decode()

    assert "waiting for the daily letter" in page
    assert "one letter a day" in client.get(letter.get_absolute_url()).content.decode()


def test_footer_says_why_and_leads_to_the_preferences(anna):
    may_decline = posted(anna, language="en").text.replace("\xa0", " ")
    always = posted(anna, "example.notice", language="en").text.replace("\xa0", " ")
    stranger = posted(None, language="en").text

    assert "You get this letter because you work with the quality platform" in may_decline
    assert "Which letters you get, and how often, you choose here:" in may_decline
    assert "http://127.0.0.1:8000/en/people/me/#letters" in may_decline
    assert "Letters of this kind always come." in always
    assert "/people/me/" not in stranger


# --- Long work ---


@pytest.fixture
def slow(handlers):
    """Two kinds of job that seem to take as long as one says."""

    def began_before(job, seconds):
        Job.objects.filter(pk=job.pk).update(started_at=timezone.now() - dt.timedelta(seconds=seconds))

    @jobs.handler("example.report")
    def report(job, report_progress):
        began_before(job, job.arguments["seconds"])
        return "/pl/documents/5/"

    @jobs.handler("example.breaks")
    def breaks(job, report_progress):
        began_before(job, job.arguments["seconds"])
        raise jobs_refusal()

    def run(by, seconds, kind="example.report"):
        job = services.open_job(
            kind, title="Report of Gołdap", subject=None, by=by, office_id=7, arguments={"seconds": seconds}
        )
        return services.run_job(job.pk)

    return run


def jobs_refusal():
    from qms.lifecycle import Refused  # noqa: PLC0415

    return Refused("Only %(count)s of 5 offices agreed.", count=3)


def test_anna_is_told_of_a_report_that_took_longer_than_a_minute(anna, slow):
    anna.language = "en"
    anna.save()

    slow(anna, seconds=61)

    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.office_id) == ("core.job_done", anna.email, 7)
    assert letter.subject == "Report of Gołdap: done"
    assert "http://127.0.0.1:8000/pl/documents/5/" in letter.text


def test_a_failed_one_says_why_and_leads_to_the_job(anna, slow):
    anna.language = "en"
    anna.save()

    job = slow(anna, seconds=61, kind="example.breaks")

    letter = Letter.objects.get()
    assert letter.subject == "Report of Gołdap: failed"
    assert "Only 3 of 5 offices agreed." in letter.text
    assert f"http://127.0.0.1:8000/en/work/jobs/{job.pk}/" in letter.text


def test_nobody_is_told_of_quick_work_or_of_work_that_nobody_asked_for(anna, slow):
    slow(anna, seconds=58)
    slow(None, seconds=61)

    assert not Letter.objects.exists()


def test_dora_declines_letters_about_long_work(dora, slow):
    wishes(dora, "each", "core.job_done")

    slow(dora, seconds=61)

    assert Letter.objects.get().state == "muted"


def test_job_whose_workers_died_is_told_too(anna, slow):
    job = services.open_job("example.report", title="x", subject=None, by=anna)
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Job.objects.update(state="running", attempt=3, started_at=long_ago, lease_until=long_ago)

    services.sweep_jobs(at=timezone.now())

    assert (again(job).state, Letter.objects.get().kind) == ("failed", "core.job_done")


def test_second_attempt_makes_the_wait_no_shorter(anna, slow):
    job = services.open_job("example.report", title="x", subject=None, by=anna)
    now = timezone.now()
    services.jobs._take(job.pk, carrier="one", at=now)
    services.jobs._take(job.pk, carrier="two", at=now + dt.timedelta(hours=1))

    assert again(job).started_at == now


def test_work_is_done_even_if_its_letter_cannot_be_written(anna, slow, monkeypatch, caplog):
    def break_down(**_):
        raise RuntimeError("no template")

    monkeypatch.setattr(services.jobs, "post_letter", break_down)
    with caplog.at_level(logging.CRITICAL):
        job = slow(anna, seconds=61)

    assert (job.state, Letter.objects.count()) == ("done", 0)
