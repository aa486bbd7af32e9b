"""What ballots gave the sections of an application, and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qms.awards.models import Application, Section
from qms.awards.models.round import in_order
from qms.jury.domain.scoring import SectionScore
from qms.jury.models import Agreed, Ballot, Mark


def section_scores(application: Application, ballots: Sequence[Ballot]) -> tuple[SectionScore, ...]:
    """What these ballots gave each scored section, and what was agreed; in three queries."""
    given: dict[int, list[Decimal]] = {}
    rows = Mark.objects.filter(ballot__in=ballots, score__isnull=False).order_by("ballot__juror__number")
    for mark in rows:
        if mark.score is not None:
            given.setdefault(mark.section_id, []).append(mark.score)
    agreed = {one.section_id: one for one in Agreed.objects.holding().filter(application=application)}
    scored = in_order(Section.objects.filter(category=application.category_id, is_scored=True))
    return tuple(section_score(one, given.get(one.pk, ()), agreed.get(one.pk)) for one in scored)


def section_score(section: Section, given: Sequence[Decimal], agreed: Agreed | None) -> SectionScore:
    """One section as the arithmetic takes it."""
    return SectionScore(
        section=section.pk,
        weight=section.weight,
        given=tuple(given),
        agreed=agreed.score if agreed else None,
        agreed_na=agreed is not None and agreed.is_na,
    )
