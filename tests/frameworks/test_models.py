"""A published edition is fixed, by whichever way one tries to change it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qms.frameworks import services
from qms.frameworks.models import Edition, EditionFile, Framework, Node
from qms.lifecycle import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.save(),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.filter(pk=edition.pk).update(title="x"),
        lambda edition: Edition.objects.all().delete(),
        lambda edition: Edition.objects.bulk_update([edition], ["title"]),
        lambda edition: edition.nodes.update(group="x"),
        lambda edition: edition.nodes.all().delete(),
        lambda edition: edition.nodes.first().save(),
        lambda edition: edition.nodes.first().delete(),
        lambda edition: Node.objects.create(edition=edition, identifier="x", position=99, group="x", is_scored=True),
        lambda edition: Node.objects.bulk_create(
            [Node(edition=edition, identifier="x", position=99, group="x", is_scored=True)]
        ),
        lambda edition: edition.file.save(),
        lambda edition: edition.file.delete(),
        lambda edition: EditionFile.objects.update(text="x"),
    ],
)
def test_a_published_edition_cannot_be_changed(published, change):
    before = published.file.text

    with pytest.raises(Refused), transaction.atomic():
        change(published)

    again = Edition.objects.select_related("file").get(pk=published.pk)
    assert (again.title, again.file.text, again.nodes.count()) == (published.title, before, 8)


def test_a_draft_can_be_changed_and_deleted(draft):
    Edition.objects.filter(pk=draft.pk).update(title="Draft")
    draft.refresh_from_db()
    assert draft.title == "Draft"

    draft.delete()
    assert not Node.objects.exists()


def test_the_database_keeps_that_published_has_a_moment(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(state="published")


def test_the_tree_is_read_from_the_file_once(published, small, django_assert_num_queries):
    assert published.tree() == small

    with django_assert_num_queries(0):
        assert published.tree() is Edition(sha256=published.sha256).tree()


def test_drafts_are_seen_only_by_those_who_keep_the_frameworks(draft, ana, coordinator, anonymous):
    def seen(person):
        return list(Edition.objects.visible_to(person))

    assert (seen(ana), seen(coordinator), seen(anonymous)) == ([], [draft], [])
    services.publish_edition(draft, by=coordinator, at=timezone.now())
    assert (len(seen(ana)), seen(anonymous)) == (1, [])


def test_rows_name_themselves(draft):
    assert [str(draft), str(draft.file), str(draft.nodes.get(identifier="1.1"))] == [
        "Small framework",
        f"{draft.pk}.yaml",
        "1.1 Provide direction",
    ]
    assert list(Edition.objects.drafts()) == [draft]
    draft.nodes.update(group="other")


def test_titles_fall_back(published):
    assert published.title_in("pl") == "Mały model"
    assert published.short_in("ru") == "Small 2020"
    assert published.nodes.get(identifier="1.3").title_in("pl") == "Inspire people"
    assert str(Framework.objects.get()) == "small"
