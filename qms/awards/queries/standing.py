"""What stands now at the places from which an application was filled."""

from __future__ import annotations

from collections.abc import Iterable

from qms.offices.models import Office


def now_of(source_keys: Iterable[str], office: Office) -> dict[str, str]:
    """The present text by source key; a source that is gone, or is not this office's, is missing."""
    return {}
