"""Named people, and addresses for letters while the pages are being built."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.people import (  # noqa: F401
    ana,
    boris,
    clara,
    dora,
    eva,
    judy,
    lena,
    nora,
    office,
    other_office,
    other_region,
    pat,
    region,
    rob,
)


@pytest.fixture(autouse=True)
def _addresses(settings):
    try:
        reverse("assessments:assessment-detail", args=[1])
    except (NoReverseMatch, ImportError):
        settings.ROOT_URLCONF = "tests.assessments.addresses"
