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


WITHOUT_PAGES = {"test_services.py", "test_queries.py", "test_permissions.py", "test_blindness.py", "test_score_sheet.py"}


@pytest.fixture(autouse=True)
def _addresses(request, settings):
    if request.path.name not in WITHOUT_PAGES:
        return
    try:
        for name in ("assessment-detail", "sheet", "consensus", "results"):
            reverse(f"assessments:{name}", args=[1])
    except (NoReverseMatch, ImportError):
        settings.ROOT_URLCONF = "tests.assessments.addresses"
