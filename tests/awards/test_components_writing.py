"""What stands beside a paragraph, and how its source is reached."""

import pytest
from django.utils.translation import override

from qms.awards.components.pieces import in_own_language, row_words


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("/pl/plans/actions/3/", "/en/plans/actions/3/"),
        ("/en/plans/actions/3/", "/en/plans/actions/3/"),
        ("/pl/dobre-praktyki/telefon/", "/pl/dobre-praktyki/telefon/"),
        ("https://example.org/pl/", "https://example.org/pl/"),
        ("", ""),
    ],
)
def test_source_is_opened_in_the_readers_language(stored, shown):
    with override("en"):
        assert in_own_language(stored) == shown


def test_row_of_results_is_told_in_lines():
    cells = {
        "title": "Satisfied",
        "unit": "%",
        "year": 2026,
        "before_last": None,
        "before": "87",
        "last": "89",
        "target": "88",
        "comparison": "85",
        "comparison_note": "median",
        "evidence": "E21",
    }
    with override("en"):
        assert row_words(cells) == "Satisfied (%)\n2024–2026: –, 87, 89\nTarget: 88\nComparison: 85 median\nE21"
