"""What every test may lean on."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test remembers another one's visits."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language():
    """A page that one test opened in Polish does not make the next one speak Polish."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()
