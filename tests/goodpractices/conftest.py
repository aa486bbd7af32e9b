"""The named people, and a library in two languages."""

import pytest
from wagtail.models import Locale, Page

from qms.goodpractices.services.founding import found_library
from qms.portal.models import HomePage
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


@pytest.fixture
def homes(db):
    """A home page in English and in Polish."""
    root = Page.objects.get(depth=1)
    made = []
    for language in ("en", "pl"):
        locale, _ = Locale.objects.get_or_create(language_code=language)
        made.append(root.add_child(instance=HomePage(title=f"Home {language}", slug=f"home-{language}", locale=locale)))
    return made


@pytest.fixture
def library(homes):
    """The English library; the Polish one is there too."""
    return next(one for one in found_library() if one.locale.language_code == "en")
