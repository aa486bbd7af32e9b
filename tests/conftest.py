"""What every test may lean on."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test remembers another one's visits."""
    cache.clear()
