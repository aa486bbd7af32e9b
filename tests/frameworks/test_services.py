"""Import takes a whole file or nothing; publishing fixes it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from qms.frameworks import services
from qms.frameworks.domain.document import DocumentRefused
from qms.frameworks.models import Edition, EditionFile, Framework, Node
from qms.lifecycle import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_an_import_makes_a_draft_with_its_nodes_in_order(sample, coordinator):
    edition = services.import_edition(sample, by=coordinator)

    assert (edition.code, edition.state, edition.title) == ("small-2020", "draft", "Small framework")
    rows = list(edition.nodes.order_by("position").values_list("identifier", "parent__identifier", "is_scored"))
    assert rows[:3] == [("1", None, False), ("1.1", "1", True), ("1.2", "1", True)]
    assert len(rows) == 8


def test_the_file_comes_out_as_it_went_in(sample, coordinator):
    text = "\ufeff" + sample.replace("\n", "\r\n")

    edition = services.import_edition(text, by=coordinator)

    assert EditionFile.objects.get(edition=edition).text == text


def test_a_file_with_faults_changes_nothing(draft, sample, coordinator):
    with pytest.raises(DocumentRefused):
        services.import_edition(sample.replace("mode: half-up", "mode: up"), by=coordinator)

    assert Edition.objects.get().sha256 == draft.sha256
    assert Node.objects.count() == 8


def test_a_draft_is_replaced_by_a_new_file_of_its_code(draft, sample, coordinator):
    shorter = sample[: sample.index('      - {id: "6.2"')]

    again = services.import_edition(shorter, by=coordinator)

    assert again.pk == draft.pk
    assert again.nodes.count() == 7
    assert "6.2" not in {node.identifier for node in again.tree().scored}


def test_the_same_file_twice_is_one_edition_and_one_act(draft, sample, coordinator):
    assert services.import_edition(sample, by=coordinator).pk == draft.pk
    assert ModelLogEntry.objects.filter(action="frameworks.import").count() == 1


def test_another_text_under_a_published_code_is_refused(published, sample, coordinator):
    with pytest.raises(Refused, match="small-2020"):
        services.import_edition(sample.replace("Leadership", "Leaders"), by=coordinator)

    assert published.file.text == sample
    assert services.import_edition(sample, by=coordinator).pk == published.pk


def test_a_second_edition_joins_its_framework(published, sample, coordinator):
    later = services.import_edition(sample.replace("code: small-2020", "code: small-2026"), by=coordinator)

    assert later.framework == published.framework
    assert Framework.objects.count() == 1


def test_publishing_fixes_and_is_written_down(draft, coordinator):
    edition = services.publish_edition(draft, by=coordinator, at=AT)

    assert (edition.state, edition.published_at, edition.published_by) == ("published", AT, coordinator)
    entry = ModelLogEntry.objects.get(action="frameworks.publish")
    assert (entry.user, entry.data["sha256"]) == (coordinator, edition.sha256)
    with pytest.raises(Refused):
        services.publish_edition(edition, by=coordinator, at=AT)


def test_the_library_loads_once(capsys):
    call_command("load_frameworks")
    first = capsys.readouterr().out.splitlines()
    call_command("load_frameworks")
    second = capsys.readouterr().out.splitlines()

    assert first[0] == "caf-2020: imported and published"
    assert set(second) == {line.replace("imported and published", "already here") for line in first}
    assert Edition.objects.get(code="caf-2020").nodes.filter(is_scored=True).count() == 28


def test_the_library_never_overwrites_what_is_published(sample, monkeypatch):
    monkeypatch.setattr("qms.frameworks.services.importing.library", lambda: {"small-2020": sample})
    services.load_library(by=None, at=AT)
    changed = sample.replace("Leadership", "Leaders")
    monkeypatch.setattr("qms.frameworks.services.importing.library", lambda: {"small-2020": changed})

    assert [loaded.outcome for loaded in services.load_library(by=None, at=AT)] == ["kept"]
    assert EditionFile.objects.get().text == sample
