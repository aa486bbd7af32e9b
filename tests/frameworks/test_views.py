"""Pages about frameworks, as the one who may and as the one who may not."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from qms.frameworks.models import Edition
from qms.frameworks.wagtail_hooks import register_menu_item

pytestmark = pytest.mark.django_db


def address(name, *args, language="en"):
    with override(language):
        return reverse(f"frameworks:{name}", args=args)


def upload(text, name="small.yaml"):
    return {"file": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)}


@pytest.mark.parametrize("name", ["edition-list", "schema", "edition-import"])
def test_strangers_are_asked_to_sign_in(client, name):
    assert client.get(address(name)).status_code == 302


def test_the_list_shows_published_editions(client, ana, published):
    client.force_login(ana)

    page = client.get(address("edition-list", language="pl"))

    assert page.status_code == 200
    assert "Mały model" in page.content.decode()
    assert address("edition-detail", published.pk, language="pl") in page.content.decode()


def test_an_empty_list_says_who_fills_it(client, ana, draft):
    client.force_login(ana)

    assert "No framework is published yet" in client.get(address("edition-list")).content.decode()


@pytest.mark.parametrize(
    ("language", "seen"),
    [
        ("en", ["Provide direction", "mission", "Some weak evidence"]),
        ("pl", ["Wyznaczanie kierunku", "misja", "Inspire people"]),
    ],
)
def test_an_edition_is_shown_in_the_readers_language(client, ana, published, language, seen):
    client.force_login(ana)

    content = client.get(address("edition-detail", published.pk, language=language)).content.decode()

    assert [each for each in seen if each not in content] == []
    assert 'name="confirmed"' not in content


def test_a_draft_does_not_exist_for_others(client, ana, draft):
    client.force_login(ana)

    for name in ("edition-detail", "edition-file"):
        assert client.get(address(name, draft.pk)).status_code == 404
    assert client.post(address("edition-publish", draft.pk)).status_code == 404


def test_the_file_downloads_as_it_was_imported(client, ana, published, sample):
    client.force_login(ana)

    answer = client.get(address("edition-file", published.pk))

    assert answer.content.decode() == sample
    assert answer["Content-Disposition"] == 'attachment; filename="small-2020.yaml"'


def test_the_schema_is_published(client, ana):
    client.force_login(ana)

    assert json.loads(client.get(address("schema")).content)["$id"] == "urn:qms:framework-file:1"


def test_a_coordinator_imports_looks_and_publishes(client, coordinator, sample):
    client.force_login(coordinator)
    assert client.get(address("edition-import")).status_code == 200

    answer = client.post(address("edition-import"), upload(sample))
    edition = Edition.objects.get()
    assert answer["Location"] == address("edition-detail", edition.pk)
    content = client.get(answer["Location"]).content.decode()
    assert 'name="confirmed"' in content
    assert "Not in pl; readers see the fallback language." in content

    client.post(address("edition-publish", edition.pk))
    assert not Edition.objects.published().exists()
    client.post(address("edition-publish", edition.pk), {"confirmed": "1"})
    assert Edition.objects.published().exists()
    assert client.post(address("edition-publish", edition.pk), {"confirmed": "1"}).status_code == 403


def test_faults_are_shown_with_their_lines_and_nothing_is_imported(client, coordinator, sample):
    client.force_login(coordinator)

    answer = client.post(address("edition-import"), upload(sample.replace("mode: half-up", "mode: up")))

    assert answer.status_code == 422
    line = sample[: sample.index("mode: half-up")].count("\n") + 1
    assert f"Line {line}: “up” is not one of: half-up." in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "łąka: [".encode("cp1250"), b"PK\x03\x04" + b"\x00" * 100])
def test_anything_but_a_framework_file_gets_a_clear_answer(client, coordinator, content):
    client.force_login(coordinator)

    answer = client.post(address("edition-import"), upload(content))

    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()
    assert not Edition.objects.exists()


def test_others_may_not_import(client, ana, sample):
    client.force_login(ana)

    assert client.get(address("edition-import")).status_code == 403
    assert client.post(address("edition-import"), upload(sample)).status_code == 403
    assert not Edition.objects.exists()


def test_many_faults_are_cut_with_their_number(client, coordinator, sample):
    client.force_login(coordinator)
    many = sample.replace("nodes:\n", "nodes:\n" + "".join(f"  - {{id: {number}}}\n" for number in range(60)), 1)

    content = client.post(address("edition-import"), upload(many)).content.decode()

    assert "more." in content
    assert content.count("<li>Line ") == 50


def test_a_published_code_cannot_be_imported_anew(client, coordinator, published, sample):
    client.force_login(coordinator)

    answer = client.post(address("edition-import"), upload(sample.replace("Leadership", "Leaders")))

    assert "small-2020 is published and never changes." in answer.content.decode()


def test_shipped_frameworks_show_their_own_rules(client, ana):
    call_command("load_frameworks", verbosity=0)
    client.force_login(ana)

    pages = {
        code: client.get(address("edition-detail", Edition.objects.get(code=code).pk)).content.decode()
        for code in ("caf-2020", "efqm-2020", "pes-benchlearning")
    }

    assert "The total is the sum of the criteria, at most 900." in pages["caf-2020"]
    assert "The total is the sum of the criteria, at most 1000." in pages["efqm-2020"]
    assert "but never above" in pages["efqm-2020"]
    assert "The total is the mean of the criteria." in pages["pes-benchlearning"]


def test_the_menu_of_the_cms_leads_here_for_those_who_keep_the_frameworks(rf, ana, coordinator):
    item, request = register_menu_item(), rf.get("/cms/")

    assert [item.is_shown(_as(request, person)) for person in (ana, coordinator)] == [False, True]


def _as(request, person):
    request.user = person
    return request
