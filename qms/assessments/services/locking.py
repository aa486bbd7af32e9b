"""Taking an assessment for oneself, so that two acts follow one another."""

from __future__ import annotations

from django.db.models import QuerySet

from qms.assessments.models import Assessment, Sheet


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, held until the transaction ends."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("office", "edition", "previous")
        .get(pk=assessment.pk)
    )


def locked_sheet(sheet: Sheet) -> Sheet:
    """The sheet as it stands now with its assessment's stage, held until the transaction ends.

    Office and edition never change under an assessment, so they are taken from the sheet that was given.
    """
    before = sheet.member.assessment
    held = Sheet.objects.select_for_update(of=("self",)).select_related("member__assessment").get(pk=sheet.pk)
    held.member.assessment.office, held.member.assessment.edition = before.office, before.edition
    return held


def sheets_to_write() -> QuerySet[Sheet]:
    """Sheets held until the transaction ends, with no more than decides whether their owner may write now.

    Saving while one types reads its sheet by this alone: for the right, for the scale and for the save.
    """
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("member__assessment__edition")
        .only(
            "state",
            "member__user",
            "member__left_at",
            "member__assessment__stage",
            "member__assessment__panel",
            "member__assessment__office",
            "member__assessment__edition__sha256",
        )
    )
