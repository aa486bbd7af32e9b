"""Taking an assessment for oneself, so that two acts follow one another."""

from __future__ import annotations

from qms.assessments.models import Assessment, Sheet


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, held until the transaction ends."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("office", "edition", "previous")
        .get(pk=assessment.pk)
    )


def locked_sheet(sheet: Sheet) -> Sheet:
    """The sheet as it stands now with its assessment, held until the transaction ends."""
    return Sheet.objects.select_for_update(of=("self",)).with_assessment().get(pk=sheet.pk)
