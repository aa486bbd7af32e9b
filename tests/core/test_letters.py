import datetime as dt
import logging

import pytest
from django.core import mail
from django.utils import timezone

from qms.core import services, tasks
from qms.core.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def templates(tmp_path, settings):
    """One letter with three templates, one without HTML."""
    folder = tmp_path / "mail" / "example"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("{% load i18n %}{% translate 'Yes' %},\n {{ name }}\n")
    (folder / "hello.txt").write_text(
        "{% extends 'mail/base.txt' %}{% block content %}{{ name }}: {{ site_url }}/x{% endblock %}"
    )
    (folder / "hello.html").write_text(
        "{% extends 'mail/base.html' %}{% block content %}<h1>{{ name }}</h1>{% endblock %}"
    )
    (folder / "plain.subject.txt").write_text("Plain")
    (folder / "plain.txt").write_text("Only text")
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [tmp_path, *options["DIRS"]]}]


def posted(template="example/hello", **changes):
    fields = {"kind": "hello", "to": "jan@pup.example", "language": "pl", "context": {"name": "Ań & <b>"}}
    return services.post_letter(template=template, **{**fields, **changes})


def test_letter_is_written_in_its_readers_language(templates):
    letter = posted()

    assert letter.subject == "Tak, Ań & <b>"
    assert letter.text.startswith("Ań & <b>: http://127.0.0.1:8000/x")
    assert "<h1>Ań &amp; &lt;b&gt;</h1>" in letter.html
    assert '<html lang="pl">' in letter.html


def test_letter_without_html_is_sent_as_text(templates):
    posted("example/plain")

    tasks.send_letters()

    assert mail.outbox[0].alternatives == []


def test_outbox_is_emptied_once(templates):
    letter = posted()

    tasks.send_letters()
    tasks.send_letters()

    letter.refresh_from_db()
    assert (letter.state, letter.attempt, len(mail.outbox)) == ("sent", 1, 1)
    assert letter.sent_at is not None
    assert mail.outbox[0].to == ["jan@pup.example"]
    assert mail.outbox[0].alternatives[0][1] == "text/html"
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_letter_that_cannot_go_out_is_tried_again_later_and_then_given_up(templates, monkeypatch, caplog):
    def refuse(self):
        raise ConnectionRefusedError("mail server is down")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    letter, now = posted(), timezone.now()
    states = []

    with caplog.at_level(logging.CRITICAL):
        for hour in range(0, 70, 10):
            services.send_letters(at=now + dt.timedelta(hours=hour))
            letter.refresh_from_db()
            states.append(letter.state)

    assert states == ["waiting"] * 4 + ["failed"] * 3
    assert letter.attempt == 5
    assert letter.reason == "ConnectionRefusedError: mail server is down"


def test_letter_that_another_worker_has_is_left_to_it(templates):
    letter = posted()
    seen = letter.due_at
    Letter.objects.update(due_at=timezone.now() + dt.timedelta(minutes=5))

    assert services.letters._send_one(letter.pk, seen, at=timezone.now()) is False
    assert mail.outbox == []


def test_line_breaks_in_a_subject_cannot_add_headers(templates):
    letter = posted(context={"name": "x\nBcc: all@pup.example"})

    assert "\n" not in letter.subject


def test_letters_are_seen_by_addressee_office_and_coordinators(templates, anna_leads_office_7, dora, admin, settings):
    settings.QMS_DEMO = False
    to_dora = posted(user=dora)
    of_seven = posted(office_id=7)
    platform = posted()

    seen = {user.first_name: set(Letter.objects.visible_to(user)) for user in (anna_leads_office_7, dora, admin)}

    assert seen == {"Anna": {of_seven}, "Dora": {to_dora}, "Ada": {to_dora, of_seven, platform}}
