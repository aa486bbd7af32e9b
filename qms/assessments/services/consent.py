"""Consent: what other offices learn of an approved self-assessment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.core.audit import record
from qms.lifecycle import Refused, gettext_noop

from .locking import locked

Consent = Assessment.Consent


@transaction.atomic
def change_consent(assessment: Assessment, *, consent: str, by: User, at: datetime) -> Assessment:
    """Share more or less of the approved assessment; sharing nothing after something is a withdrawal."""
    assessment = locked(assessment)
    if assessment.is_open:
        raise Refused(
            gettext_noop("The self-assessment is not approved yet. Until then its settings say what will be shared.")
        )
    if consent not in Consent.values:
        raise Refused(gettext_noop("Choose one of the three: nothing, without a name, or by name."))
    was = assessment.benchmark_consent
    if consent == was:
        raise Refused(gettext_noop("This is what you share already; nothing has changed."))
    assessment.benchmark_consent = consent
    assessment.consent_withdrawn_at = at if consent == Consent.NOTHING else None
    assessment.save(update_fields=["benchmark_consent", "consent_withdrawn_at", "updated_at"])
    record(assessment, "assessments.consent", by=by, office_id=assessment.office_id, was=was, now=consent)
    return assessment
