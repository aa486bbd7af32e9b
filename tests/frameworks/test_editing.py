"""A coordinator changes a draft in the browser, and makes a new edition from a published one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from qms.frameworks import services, sheets
from qms.frameworks.models import Edition
from qms.lifecycle import Refused
from tests.frameworks import workbooks
from tests.frameworks.test_sheets import changed, find

pytestmark = pytest.mark.django_db


def address(name, *args, language="en"):
    with override(language):
        return reverse(f"frameworks:{name}", args=args)


def fields_of(page):
    """What a browser would send back if nothing were changed."""
    form = page.context["form"]
    return {bound.html_name: bound.value() if bound.value() is not None else "" for bound in form}


@pytest.fixture
def at_work(client, coordinator):
    client.force_login(coordinator)
    return client


def tree(edition):
    return Edition.objects.get(pk=edition.pk).tree()


def test_texts_of_a_node_are_changed_in_every_language(at_work, draft):
    url = address("node-edit", draft.pk, "1.1")
    page = at_work.get(url)
    sent = fields_of(page) | {"title_en": "Lead the way", "guidance_pl": "", "examples_en": "a mission\n\n values "}

    answer = at_work.post(url, sent)

    assert answer["Location"] == address("edition-detail", draft.pk) + "#node-1-1"
    node = tree(draft).node("1.1")
    assert node.titles == {"en": "Lead the way", "pl": "Wyznaczanie kierunku"}
    assert list(node.guidance) == ["en"]
    assert node.examples["en"] == ("a mission", "values")
    assert draft.nodes.get(identifier="1.1").title_in("en") == "Lead the way"
    assert "Lead the way" in at_work.get(address("edition-detail", draft.pk)).content.decode()
    assert ModelLogEntry.objects.filter(action="frameworks.edit").count() == 1


def test_saving_what_stands_there_changes_nothing(at_work, draft):
    for name, args in (("edition-edit", ()), ("edition-weights", ()), ("node-edit", ("1.1",))):
        url = address(name, draft.pk, *args)
        assert at_work.post(url, fields_of(at_work.get(url))).status_code == 302

    assert Edition.objects.get(pk=draft.pk).sha256 == draft.sha256


def test_one_saves_and_goes_on_to_the_next(at_work, draft):
    url = address("node-edit", draft.pk, "1.4")

    answer = at_work.post(url, fields_of(at_work.get(url)) | {"next": "1"})

    assert answer["Location"] == address("node-edit", draft.pk, "6")
    assert 'name="next"' not in at_work.get(address("node-edit", draft.pk, "6.2")).content.decode()


def test_titles_of_the_edition_are_changed(at_work, draft):
    url = address("edition-edit", draft.pk)

    at_work.post(url, fields_of(at_work.get(url)) | {"title_en": "Little framework"})

    assert Edition.objects.get(pk=draft.pk).title == "Little framework"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"title_en": " "}, "title_en"),
        ({"short_en": "", "short_pl": "Kierunek"}, "This text is there in another language"),
    ],
)
def test_what_is_not_in_order_is_told_and_kept(at_work, draft, sent, told):
    url = address("node-edit", draft.pk, "1.1")

    answer = at_work.post(url, fields_of(at_work.get(url)) | {"about_en": "Typed with care."} | sent)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Typed with care." in answer.content.decode()
    assert Edition.objects.get(pk=draft.pk).sha256 == draft.sha256


def test_two_who_write_at_once_are_told_and_lose_nothing(at_work, draft):
    url = address("node-edit", draft.pk, "1.1")
    mine, other = fields_of(at_work.get(url)), fields_of(at_work.get(address("node-edit", draft.pk, "1.2")))
    at_work.post(address("node-edit", draft.pk, "1.2"), other | {"title_en": "Manage well"})

    answer = at_work.post(url, mine | {"title_en": "Mine"})

    assert answer.status_code == 422
    assert "Someone else changed this draft" in answer.content.decode()
    assert at_work.post(url, fields_of(answer)).status_code == 302
    assert [tree(draft).node(each).titles["en"] for each in ("1.1", "1.2")] == ["Mine", "Manage well"]


def test_weights_are_given_together(at_work, draft):
    url = address("edition-weights", draft.pk)
    before = fields_of(at_work.get(url))

    alone = at_work.post(url, before | {"weight_1": "2"})
    assert alone.status_code == 422
    assert "Criterion 6 has no weight" in alone.content.decode()
    assert at_work.post(url, before | {"weight_1": "2", "weight_6": "-1"}).status_code == 422

    assert at_work.post(url, before | {"weight_1": "2", "weight_6": "1.5"}).status_code == 302
    assert [float(node.weight) for node in tree(draft).criteria] == [2.0, 1.5]


def test_a_published_edition_cannot_be_edited(at_work, coordinator, published):
    for name, args in (("edition-edit", ()), ("edition-weights", ()), ("node-edit", ("1.1",))):
        assert at_work.get(address(name, published.pk, *args)).status_code == 403
    with pytest.raises(Refused):
        services.edit_weights(published, {}, seen=published.sha256, by=coordinator)


def test_a_node_that_is_not_there_is_not_found(at_work, draft):
    assert at_work.get(address("node-edit", draft.pk, "9.9")).status_code == 404


def test_the_way_from_the_list_leads_to_every_form(at_work, draft):
    assert address("edition-edit", draft.pk) in at_work.get(address("edition-list")).content.decode()
    detail = at_work.get(address("edition-detail", draft.pk)).content.decode()
    for name, args in (("edition-edit", ()), ("edition-weights", ()), ("node-edit", ("1.1",)), ("edition-renew", ())):
        assert address(name, draft.pk, *args) in detail


def test_a_new_edition_follows_the_old_one_node_by_node(at_work, published, sample):
    answer = at_work.post(address("edition-renew", published.pk), {"code": "small-2026", "name": "2026"})

    heir = Edition.objects.get(code="small-2026")
    assert answer["Location"] == address("edition-detail", heir.pk)
    assert (heir.is_published, heir.framework, heir.tree().follows) == (False, published.framework, "small-2020")
    assert heir.tree().node("1.1").was == "1.1"
    assert published.file.text == sample
    assert "In the edition before: small-2020 1.1" in at_work.get(answer["Location"]).content.decode()
    node = address("node-edit", heir.pk, "1.1")
    at_work.post(node, fields_of(at_work.get(node)) | {"was": ""})
    assert tree(heir).node("1.1").was == ""


@pytest.mark.parametrize("code", ["small-2020", "Small 26", ""])
def test_a_new_edition_needs_a_code_of_its_own(at_work, published, code):
    assert at_work.post(address("edition-renew", published.pk), {"code": code, "name": "2026"}).status_code == 422
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('edition: "2020"\n', 'edition: "2020"\nfollows: small-2010\n', "no published edition small-2010"),
        ('- {id: "1.2",', '- {id: "1.2", was: "8.8",', "no criterion 8.8"),
    ],
)
def test_what_an_edition_follows_must_be_there(published, coordinator, sample, old, new, told):
    text = sample.replace("code: small-2020", "code: small-2026").replace(old, new)
    if "follows" not in text:
        text = text.replace("framework: small\n", "framework: small\nfollows: small-2020\n")
    heir = services.import_edition(text, by=coordinator)

    with pytest.raises(Refused, match=told):
        services.publish_edition(heir, by=coordinator, at=published.published_at)


# --- Workbooks -------------------------------------------------------------------------------------------------------


def sent_file(content, name="framework.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


def test_template_filled_and_imported_becomes_a_draft(at_work):
    template = at_work.get(address("edition-template"))
    content = workbooks.filled(template.content, workbooks.FIRST, **workbooks.SHEETS)

    answer = at_work.post(address("edition-import"), sent_file(content))

    edition = Edition.objects.get()
    assert answer["Location"] == address("edition-detail", edition.pk)
    assert (edition.code, edition.nodes.count(), edition.is_published) == ("service-2026", 5, False)


def test_an_edition_downloads_as_a_workbook_and_comes_back_as_it_is(at_work, published):
    content = at_work.get(address("edition-file", published.pk) + "?as=xlsx").content

    from_book = services.import_workbook(io.BytesIO(changed(content, "framework", 2, "B", "small-2030")), by=None)

    assert from_book.tree().nodes == published.tree().nodes
    assert from_book.tree().panels == published.tree().panels


def test_faults_of_a_workbook_are_shown_and_nothing_changes(at_work):
    content = workbooks.filled(sheets.template(["en"]), workbooks.FIRST, **workbooks.SHEETS)
    column = find(content, "nodes", "parent")

    answer = at_work.post(address("edition-import"), sent_file(changed(content, "nodes", 3, column, "7")))

    assert answer.status_code == 422
    assert f"Sheet nodes, row 3, column {column}: No row above has the number 7." in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\x00" * 100, b"format: 1"])
def test_what_only_says_that_it_is_a_workbook_is_refused(at_work, content):
    assert at_work.post(address("edition-import"), sent_file(content)).status_code == 422
    assert not Edition.objects.exists()


def test_others_get_no_template(client, ana):
    client.force_login(ana)

    assert client.get(address("edition-template")).status_code == 403
