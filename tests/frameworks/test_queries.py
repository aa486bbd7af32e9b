"""Reading editions costs the same for one and for many."""

import pytest
from django.utils import timezone

from qms.frameworks import queries, services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_counts_criteria_and_scored_parts_in_one_query(sample, coordinator, many, django_assert_num_queries):
    for number in range(many):
        text = sample.replace("code: small-2020", f"code: small-{number}")
        services.publish_edition(services.import_edition(text, by=coordinator), by=coordinator, at=timezone.now())
    coordinator.has_perm("frameworks.manage_editions")

    with django_assert_num_queries(1):
        lines = queries.editions_for(coordinator)

    expected = [(f"small-{number}", 2, 6, ("en", "pl")) for number in range(many)]
    assert [(line.edition.code, line.criteria, line.scored, line.languages) for line in lines] == expected


def test_warnings_name_lines(draft):
    assert "Not in %(languages)s; readers see the fallback language." in {
        warning.text for warning in queries.warnings_of(draft)
    }
