"""The settings of a round in groups."""

from __future__ import annotations

from collections import Counter

import pytest

from qms.awards.components.settings import groups_of
from qms.awards.forms.rounds import RoundForm

pytestmark = pytest.mark.django_db


def test_each_field_of_the_form_stands_in_one_group():
    form = RoundForm()

    shown = Counter(name for group in groups_of(form) for column in group.columns for name in column.names)

    assert shown == Counter(dict.fromkeys(form.fields, 1))


def test_each_language_has_its_column():
    texts = groups_of(RoundForm())[0]

    assert [column.names for column in texts.columns] == [
        (f"title_{code}", f"lead_{code}") for code in ("pl", "en", "ru")
    ]
