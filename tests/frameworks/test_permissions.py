"""Who may do what with frameworks."""

import pytest

from qms.frameworks.permissions import may_edit_frameworks, may_publish_edition, may_read_edition

pytestmark = pytest.mark.django_db


def test_everyone_signed_in_reads_what_is_published(published, ana, coordinator, anonymous):
    assert [may_read_edition(person, published) for person in (ana, coordinator, anonymous)] == [True, True, False]


def test_only_keepers_read_import_and_publish_drafts(draft, ana, coordinator, anonymous):
    for predicate in (may_read_edition, may_edit_frameworks, may_publish_edition):
        assert [predicate(person, draft) for person in (ana, coordinator, anonymous)] == [False, True, False]


def test_nobody_publishes_twice(published, coordinator):
    assert not may_publish_edition(coordinator, published)
