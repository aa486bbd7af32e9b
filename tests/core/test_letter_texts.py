"""A coordinator puts letters into other words, and cannot break them."""

import pytest
from django.conf import settings as chosen
from django.urls import reverse

from qms.core import audit, letters, services
from qms.core.models import Letter, LetterText
from qms.lifecycle import Refused

pytestmark = pytest.mark.django_db
CODES = [code for code, _name in chosen.LANGUAGES]


def kind():
    return letters.kind_of("accounts.invitation")


def invited(language="en", **changes):
    context = {"name": "Nina", "inviter": "", "purpose": "", "address": "http://x.example/t0ken/", **changes}
    return services.post_letter(
        kind="accounts.invitation",
        to="nina@example.org",
        language=language,
        template="accounts/invitation",
        context=context,
        is_personal=True,
    )


def changed(subject="Come, {name}", body="Dear {name},\n\nabout {purpose}\n\nClick:\n{link}", language="en", by=None):
    return services.change_text(kind(), language=language, subject=subject, body=body, by=by)


def test_own_words_are_used_in_their_language_alone(admin):
    changed(by=admin)
    english, polish = invited(), invited("pl")

    assert english.subject == "Come, Nina"
    assert english.text.startswith("Dear Nina,\n\nClick:\nhttp://x.example/t0ken/\n\n--\n")
    assert '<a href="http://x.example/t0ken/"' in english.html
    assert "Come" not in polish.subject


def test_own_words_keep_the_footer_that_says_why(admin):
    changed(by=admin)

    assert "somebody wrote your address into an invitation" in invited().text.replace("\xa0", " ")
    assert "somebody wrote your address into an invitation" in invited().html.replace("\xa0", " ")


def test_line_with_nothing_to_tell_is_left_out_but_never_the_needed_one(admin):
    changed(body="About {purpose}.\n\n{purpose}: {link}", by=admin)

    assert invited().text.startswith(": http://x.example/t0ken/")
    assert invited(purpose="CAF").text.startswith("About CAF.\n\nCAF: http://x.example/t0ken/")


def test_what_a_letter_tells_cannot_act_in_its_page(admin):
    changed(by=admin)

    assert "<script>" not in invited(name="<script>alert(1)</script> {link}").html


@pytest.mark.parametrize(
    ("subject", "body", "sentence"),
    [
        ("Come", "{link} {secret}", "There is no placeholder {secret} in this letter."),
        ("Come {office}", "{link}", "There is no placeholder {office} in this letter."),
        ("Come", "Dear {name}", "This letter needs {link} in its text"),
        ("Come {link}", "{link}", "The link cannot stand in the subject"),
        ("Come", "{link} {name", "A curly bracket stands alone"),
        ("Come", "{link} {{ settings.SECRET_KEY }}", "There is no placeholder {settings.SECRET_KEY}"),
    ],
)
def test_words_that_would_break_a_letter_are_refused_with_a_sentence(admin, subject, body, sentence):
    with pytest.raises(Refused) as refusal:
        changed(subject, body, by=admin)

    assert (refusal.value.text % refusal.value.values).startswith(sentence)
    assert not LetterText.objects.exists()


@pytest.mark.parametrize("language", CODES)
def test_the_original_of_every_kind_is_itself_a_good_text(admin, language):
    editable = [one for one in letters.kinds() if services.is_editable(one)]

    for one in editable:
        subject, body = services.original_of(one, language=language)
        assert set(letters.PLACEHOLDER.findall(subject + body)) >= set(one.placeholders) - {"email"}
        services.change_text(one, language=language, subject=subject, body=body, by=admin)

    assert {"accounts.invitation", "accounts.password_reset", "core.job_done"} <= {one.code for one in editable}


@pytest.mark.parametrize("address", ["texts", "text", "restore"])
def test_texts_are_for_those_who_keep_the_platform(client, anna_leads_office_7, address):
    client.force_login(anna_leads_office_7)
    args = ["accounts.invitation", "pl"]
    answers = {
        "texts": lambda: client.get(reverse("core:letter-texts")),
        "text": lambda: client.get(reverse("core:letter-text", args=args)),
        "restore": lambda: client.post(reverse("core:letter-text-restore", args=args)),
    }

    assert answers[address]().status_code == 403


def test_ada_changes_a_text_and_goes_back_to_the_original(client, admin):
    client.force_login(admin)
    listed = client.get(reverse("core:letter-texts")).content.decode()
    page = reverse("core:letter-text", args=["accounts.invitation", "pl"])
    before = client.get(page).context["form"].initial

    answer = client.post(page, {"subject": "Zapraszamy", "body": "Otwórz: {link}"})
    after = client.get(page).content.decode()
    client.post(reverse("core:letter-text-restore", args=["accounts.invitation", "pl"]))

    assert page in listed
    assert before["subject"].endswith("{purpose}")
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "Otwórz: {link}" in after
    assert "Use the original text" in after
    assert client.get(page).context["form"].initial == before
    assert [entry.action for entry in audit.entries_visible_to(admin).order_by("pk")] == [
        "core.change_letter_text",
        "core.restore_letter_text",
    ]


def test_what_ada_typed_is_not_lost_when_it_is_refused(client, admin):
    client.force_login(admin)
    page = reverse("core:letter-text", args=["accounts.invitation", "pl"])

    shown = client.post(page, {"subject": "Zapraszamy", "body": "Bez odnośnika {nazwa}"}).content.decode()

    assert "Bez odnośnika {nazwa}" in shown
    assert "There is no placeholder {nazwa} in this letter." in shown.replace("\xa0", " ")


@pytest.mark.parametrize("args", [["accounts.nothing", "pl"], ["accounts.invitation", "de"], ["core.digest", "pl"]])
def test_a_text_that_is_none_does_not_exist(client, admin, args):
    client.force_login(admin)

    assert client.get(reverse("core:letter-text", args=args)).status_code == 404


def test_letters_that_were_written_before_stay_as_they_are(admin):
    letter = invited()
    changed(by=admin)

    assert Letter.objects.get(pk=letter.pk).subject == letter.subject
