"""The desk of an office asks the database as often for three practices as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.goodpractices.services.moderating import submit_practice
from qms.goodpractices.services.writing import draft_practice
from tests.factories.practices import make_draft


@pytest.fixture
def queries(client, library, lena):
    """How many queries the office's list takes, after a first opening."""
    client.force_login(lena)

    def count():
        address = reverse("goodpractices:mine")
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    return count


def test_office_s_list_takes_as_many_queries_for_three_practices_as_for_one(client, queries, office, lena, boris, rob):
    draft_practice(office, draft=make_draft(), language="en", by=lena)
    with_one = queries()

    draft_practice(office, draft=make_draft(title="Another"), language="en", by=boris)
    submit_practice(draft_practice(office, draft=make_draft(title="A third"), language="en", by=lena), by=lena)

    assert queries() == with_one
    shown = client.get(reverse("goodpractices:mine")).content.decode()
    assert (shown.count("Take it back"), shown.count("Hand in for review")) == (1, 2)
