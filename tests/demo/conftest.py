"""The whole demonstration network, loaded once for all tests of this package."""

import datetime as dt

import pytest
from django.db import transaction

from qms.demo.services import build_network

AT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="package")
def _network(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        build_network(at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def network(_network, db):
    """Offices, role accounts, assessments and pages as of the 20th of November 2026."""
    return AT
