"""The pages of external feedback, walked through without scripts."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qms.improvements.documents.feedback import feedback_report
from qms.improvements.models import Feedback, FeedbackActor
from qms.improvements.queries import feedback as queries
from qms.improvements.services import feedback_team
from tests.factories.feedback import finish, load_schemes, make_feedback, make_peers, score_all, seat

pytestmark = pytest.mark.django_db


def page(name, *arguments):
    return reverse(f"improvements:feedback-{name}", args=arguments)


def open_as(client, person, name, *arguments, **data):
    client.force_login(person)
    return client.get(page(name, *arguments), data)


def test_lead_opens_an_application_and_saves_half_an_answer(client, office, lena, ana):
    feedback = make_feedback(office, lead=lena, director=ana)
    client.force_login(lena)
    address = page("answers", feedback.pk, 1)
    data = {"level-1.1": "4", "text-1.1": "The director decided in May.", "text-1.2": "Scope", "do": "next"}
    answered = client.post(address, data)
    stored = queries.answers_of(feedback)

    assert (answered.status_code, answered.url) == (302, page("answers", feedback.pk, 2))
    assert ((stored["1.1"].level, stored["1.1"].text), stored["1.2"].level) == (
        (4, "The director decided in May."),
        None,
    )
    for name, arguments in (("detail", ()), ("answers", (3,)), ("edit", ()), ("list", None), ("start", None)):
        target = page(name) if arguments is None else page(name, feedback.pk, *arguments)
        assert client.get(target).status_code == 200


def test_wrong_level_keeps_what_was_typed(client, office, lena, ana):
    feedback = make_feedback(office, lead=lena, director=ana)
    client.force_login(lena)
    answered = client.post(page("answers", feedback.pk, 1), {"level-1.1": "9", "text-1.1": "Typed with care"})

    assert (answered.status_code, "Typed with care" in answered.content.decode()) == (422, True)


def test_team_is_found_declares_scores_and_agrees(client, office, lena, ana, rob, dora):
    feedback = make_feedback(office, lead=lena, director=ana, stage="submitted")
    found = open_as(client, rob, "team", feedback.pk, q="dora")
    assert [peer["user"] for peer in found.context["peers"]] == [dora]
    client.post(page("team", feedback.pk), {"email": dora.email})
    refused = client.post(page("team", feedback.pk), {"email": lena.email})
    assert (refused.status_code, "works in the office that applied" in refused.content.decode()) == (422, True)

    client.force_login(dora)
    assert client.get(page("detail", feedback.pk)).status_code == 403
    wrong = client.post(page("declare", feedback.pk), {"declaration": "conflict"})
    assert wrong.status_code == 422
    client.post(page("declare", feedback.pk), {"declaration": "clear"})
    assert client.get(page("detail", feedback.pk)).status_code == 200

    peers = seat(feedback, make_peers()[:1], by=rob)
    feedback_team.begin_feedback(feedback, by=rob)
    assert client.get(page("score", feedback.pk, 3)).status_code == 200
    client.post(page("score", feedback.pk, 1), {"level-1.1": "2", "comment-1.1": "Seen", "do": "save"})
    actor = FeedbackActor.objects.get(feedback=feedback, user=dora)
    assert queries.scores_of(actor)["1.1"].comment == "Seen"
    assert client.get(page("agree", feedback.pk, 1)).status_code == 403

    finish(feedback)
    assert len(peers) == 1
    client.force_login(rob)
    assert client.get(page("decide", feedback.pk)).status_code == 200
    kept = client.post(page("decide", feedback.pk), {"has_label": "no", "reason": "", "confirmed": "1"})
    assert kept.status_code == 422
    client.post(page("decide", feedback.pk), {"has_label": "yes", "reason": "", "confirmed": "1"})
    assert Feedback.objects.get(pk=feedback.pk).has_label
    shown = open_as(client, lena, "detail", feedback.pk).content.decode()
    assert ("Effective CAF User" in shown, "Clear goals" in shown) == (True, True)
    for language in ("en", "pl", "ru"):
        document = feedback_report(Feedback.objects.get(pk=feedback.pk), language=language)
        assert len(document.sections) == 7


def test_leader_writes_agreed_levels_and_report(client, office, lena, ana, rob):
    feedback = make_feedback(office, lead=lena, director=ana, stage="scoring", by=rob)
    leader, other = FeedbackActor.objects.filter(feedback=feedback).order_by("pk").select_related("user")
    score_all(leader, 3)
    waiting = open_as(client, leader.user, "agree", feedback.pk, 1)
    assert (waiting.status_code, waiting.context["form"]) == (200, None)
    score_all(other, 5)
    shown = open_as(client, leader.user, "agree", feedback.pk, 1).content.decode()
    assert "from 3 to 5" in shown
    wrong = client.post(page("agree", feedback.pk, 1), {"comment-1.1": "Words alone"})
    assert (wrong.status_code, "Words alone" in wrong.content.decode()) == (422, True)
    client.post(page("agree", feedback.pk, 1), {"level-1.1": "4", "comment-1.1": "Agreed"})
    assert queries.agreed_levels_of(feedback)["1.1"].level == 4
    early = client.post(page("report-edit", feedback.pk), {"visit_on": "2020-01-01", "strengths": "Kept words"})
    assert (early.status_code, "Kept words" in early.content.decode()) == (422, True)
    day = timezone.localdate().isoformat()
    open_items = client.post(
        page("report-edit", feedback.pk), {"visit_on": day, "strengths": "A", "advice": "B", "do": "hand-in"}
    )
    assert (open_items.status_code, "Not agreed yet" in open_items.content.decode()) == (422, True)


def test_coordinator_uploads_an_edition_and_is_told_of_faults(client, nora, lena):
    text = load_schemes().content["text"]
    client.force_login(nora)

    def upload(content):
        file = SimpleUploadedFile("pef.yaml", content.encode())
        return client.post(page("schemes"), {"file": file, "use": "on"})

    wrong = upload(text.replace("code: pef-2013", "code: pef-2024").replace("scale: maturity", "scale: other"))
    assert (wrong.status_code, "There is no scale “other”." in wrong.content.decode()) == (422, True)
    assert upload(text.replace("code: pef-2013", "code: pef-2024")).status_code == 302
    assert queries.current_scheme().code == "pef-2024"
    client.force_login(lena)
    assert (client.get(page("schemes")).status_code, client.post(page("schemes")).status_code) == (200, 403)
    file = client.get(page("scheme-file", queries.current_scheme().pk))
    assert file.content.decode().splitlines()[5] == "code: pef-2024"
