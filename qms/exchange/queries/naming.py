"""Which self-assessments may be shown with the name of their office at this moment."""

from __future__ import annotations

from collections.abc import Iterable

from qms.assessments.models import Assessment


def named_now(assessments: Iterable[int]) -> frozenset[int]:
    """Those of these assessments, by their keys, whose office works and shares their figures by name now.

    Asked each time a page is read, because what was built in the morning may have been withdrawn since.
    """
    asked = frozenset(assessments)
    if not asked:
        return frozenset()
    named = Assessment.objects.approved().filter(pk__in=asked, benchmark_consent=Assessment.Consent.NAMED)
    named = named.filter(office__is_active=True)
    return frozenset(named.values_list("pk", flat=True))
