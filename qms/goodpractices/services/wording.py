"""The words by which the search finds a practice."""

from __future__ import annotations

from qms.offices.models import folded


def forms_of(text: str, language: str) -> str:
    """The words of the text without diacritics and capitals, once each."""
    return " ".join(dict.fromkeys(folded(text).split()))
