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
    """The sheet as it stands now with its assessment's stage, held until the transaction ends.

    Office and edition never change under an assessment, so they are taken from the sheet that was given.
    """
    before = sheet.member.assessment
    held = Sheet.objects.select_for_update(of=("self",)).select_related("member__assessment").get(pk=sheet.pk)
    held.member.assessment.office, held.member.assessment.edition = before.office, before.edition
    return held


def locked_for_writing(sheet: Sheet) -> Sheet:
    """The same lock, reading no more than decides whether its owner may write now: this is done at every autosave.

    The edition never changes under an assessment, so it is taken from the sheet that was given.
    """
    held = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("member__assessment")
        .only(
            "state",
            "member__user",
            "member__left_at",
            "member__assessment__stage",
            "member__assessment__panel",
            "member__assessment__office",
            "member__assessment__edition",
        )
        .get(pk=sheet.pk)
    )
    held.member.assessment.edition = sheet.member.assessment.edition
    return held
