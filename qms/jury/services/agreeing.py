"""What the jurors agreed on, written down by the organiser or the chair; ballots stay as they are."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from qms.awards.models import Application, Section
from qms.core.audit import record
from qms.frameworks.domain.panel import Scale
from qms.jury import permissions
from qms.jury.domain.ballot import AgreedDraft, Stale, is_outside
from qms.jury.models import Agreed
from qms.jury.queries.access import WITH, open_to, phase_of
from qms.jury.queries.closing import is_decided
from qms.jury.queries.scales import POINTS, WHOLE
from qms.jury.queries.talks import Talk, TalkLine, stage_of, talk_of, words_of
from qms.lifecycle import Refused, gettext_noop

from .standing import restand

if TYPE_CHECKING:
    from qms.accounts.models import User

SIX_PLACES = Decimal(1).scaleb(-6)
BLIND = gettext_noop("Nothing is agreed before every ballot is handed in.")
DECIDED = gettext_noop("The jury has decided. What counted stays as it is.")
LATE = gettext_noop("The chair writes down agreements only while a phase lets them. None does now.")


@transaction.atomic
def agree_section(
    application: Application, section: Section, *, draft: AgreedDraft, version: int, by: User, at: datetime
) -> Agreed:
    """Write down what was agreed on a section; `version` is the one that the page was made from, 0 for none.

    Raises Stale where somebody saved since, or Refused.
    """
    talk = _talk(application, by=by, at=at)
    line = talk.line(section.pk)
    if line is None:
        raise Refused(gettext_noop("The jury gives this section no score."))
    draft = draft.tidied()
    marks, score = _agreed_score(line.scale, draft)
    if is_outside(score, line.figures.given) and not draft.reason:
        raise Refused(gettext_noop("Write the reason: what was agreed lies outside the jurors' scores."))
    if version != line.version:
        raise Stale
    agreed = line.agreed or line.earlier or Agreed(application=talk.application, section=section, version=0)
    agreed.marks, agreed.score, agreed.is_na = marks, score, draft.is_na
    agreed.reason, agreed.strengths, agreed.areas = draft.reason, draft.strengths, draft.areas
    agreed.stage, agreed.version = draft.stage, agreed.version + 1
    agreed.agreed_by, agreed.agreed_at = by, at
    agreed.save()
    record(talk.application, "jury.agree", by=by, section=section.code, stage=draft.stage, version=agreed.version)
    restand(talk.application, at)
    return agreed


@transaction.atomic
def agree_close(application: Application, *, by: User, at: datetime) -> int:
    """Agree every section in which scores lie close at their mean, comments laid together; how many."""
    talk = _talk(application, by=by, at=at)
    lines = [one for one in talk.lines if one.is_close]
    stage = stage_of(talk.application)
    for line in lines:
        earlier = line.earlier
        Agreed.objects.update_or_create(
            application=talk.application,
            section=line.section,
            defaults={
                "marks": {},
                "score": _mean(line),
                "is_na": False,
                "reason": "",
                "strengths": earlier.strengths if earlier else words_of(line, "strengths"),
                "areas": earlier.areas if earlier else words_of(line, "areas"),
                "stage": stage,
                "version": line.version + 1,
                "agreed_by": by,
                "agreed_at": at,
            },
        )
    if lines:
        codes = [one.section.code for one in lines]
        record(talk.application, "jury.agree_close", by=by, sections=codes)
        restand(talk.application, at)
    return len(lines)


def _talk(application: Application, *, by: User, at: datetime) -> Talk:
    """The application as its ballots stand, under a lock; or the reason why nothing may be agreed."""
    rows = Application.objects.select_for_update(of=("self",)).select_related(*WITH, "category__framework")
    held = rows.get(pk=application.pk)
    if not permissions.may_run(by, held):
        phase = phase_of(held.category.round, at)
        may_agree = phase is not None and phase.may_agree and permissions.chairs(by, held)
        if not may_agree or not open_to(by, at).filter(pk=held.pk).exists():
            raise Refused(LATE)
    if is_decided(held.category):
        raise Refused(DECIDED)
    talk = talk_of(held)
    if not talk.is_revealed:
        raise Refused(BLIND)
    return talk


def _agreed_score(scale: Scale, draft: AgreedDraft) -> tuple[dict[str, int], Decimal | None]:
    """The agreed marks as they are kept, and the score that they make; nothing where it cannot be judged."""
    if draft.is_na:
        return {}, None
    if WHOLE in draft.marks and len(scale.dimensions) > 1:
        whole = POINTS.check(draft.marks[WHOLE])
        marks, score = ({}, None) if whole is None else ({WHOLE: whole}, Decimal(whole))
    else:
        marks = scale.check(draft.marks)
        score = scale.score(marks)
    if score is None:
        raise Refused(gettext_noop("Write the agreed score, or tick that the section cannot be judged."))
    return marks, score.quantize(SIX_PLACES)


def _mean(line: TalkLine) -> Decimal:
    spread = line.spread
    if spread is None:
        raise Refused(gettext_noop("Nobody gave this section a score."))
    return spread.mean.quantize(SIX_PLACES)
