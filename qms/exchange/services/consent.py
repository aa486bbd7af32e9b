"""What an office shares of its self-assessments: decided, and carried out everywhere at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qms.accounts.models import User
from qms.assessments.models import Assessment
from qms.assessments.services import change_consent
from qms.core.audit import record
from qms.exchange.models import Release
from qms.exchange.queries.consent import releases_with
from qms.goodpractices.services.keeping import release_practices, withhold_practices
from qms.lifecycle import Refused, gettext_noop

Consent = Assessment.Consent
REASON = gettext_noop("The office no longer shares the self-assessment from which this practice was drafted.")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: how many distributions it took away, how many practices left the library or came back."""

    assessment: Assessment
    distributions: int = 0
    practices: int = 0


@transaction.atomic
def decide_consent(assessment: Assessment, *, consent: str, seen: str, by: User, at: datetime) -> Decided:
    """Share nothing, anonymous figures, or figures by name; `seen` is the choice that the page showed."""
    held = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    was = held.benchmark_consent
    if seen != was:
        raise Refused(
            gettext_noop("Somebody in your office has changed this since you opened the page. Look again and decide.")
        )
    changed = change_consent(held, consent=consent, by=by, at=at)
    if consent == Consent.NOTHING:
        done = Decided(changed, _withdraw_distributions(changed, at=at), _withhold(changed, by=by, at=at))
        facts = {"distributions": done.distributions, "practices": done.practices}
        record(changed, "exchange.withdraw", by=by, office_id=changed.office_id, **facts)
        return done
    if was == Consent.NOTHING:
        return Decided(changed, practices=release_practices(origin_of(changed), by=by, at=at))
    return Decided(changed)


def origin_of(assessment: Assessment) -> str:
    """How the keys of practices begin that were drafted from strengths of this self-assessment."""
    return f"strength:{assessment.pk}:"


def _withdraw_distributions(assessment: Assessment, *, at: datetime) -> int:
    """No page shows a distribution any more to which the self-assessment contributed."""
    keys = [release.pk for release in releases_with(assessment)]
    return Release.objects.filter(pk__in=keys).update(withdrawn_at=at)


def _withhold(assessment: Assessment, *, by: User, at: datetime) -> int:
    """Practices drafted from its strengths leave the library, with their translations."""
    return withhold_practices(origin_of(assessment), reason=REASON, by=by, at=at)
