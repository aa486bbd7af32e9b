"""How an application stands, reckoned anew; every service that changes what counts calls this last."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from qms.awards.models import Application, Judging
from qms.jury.domain.scoring import SectionScore, is_revealed, to_talk_about, total_of
from qms.jury.models import Ballot, Standing
from qms.jury.queries.scores import section_scores
from qms.jury.queries.shortages import least_of
from qms.stats.agreement import spread_of


@transaction.atomic
def restand(application: Application, at: datetime) -> Standing:
    """The standing as it is now; numbers stay empty until every ballot that counts is in."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("shortage")
    held = rows.get(pk=application.pk)
    ballots = list(Ballot.objects.counting().filter(application=held))
    handed_in = [one for one in ballots if one.state == Ballot.State.HANDED_IN]
    facts: dict[str, Any] = {"ballots": len(ballots), "handed_in": len(handed_in), "reckoned_at": at}
    is_open = is_revealed(len(ballots), len(handed_in), least=least_of(held))
    facts |= _figures(held, handed_in) if is_open else EMPTY
    standing, _created = Standing.objects.update_or_create(application=held, defaults=facts)
    if is_open and standing.first_revealed_at is None:
        standing.first_revealed_at = at
        standing.save(update_fields=["first_revealed_at"])
    return standing


EMPTY: dict[str, Any] = {
    "is_revealed": False,
    "total": None,
    "lowest": None,
    "highest": None,
    "median": None,
    "needs_talk": False,
    "sections": {},
}


def _figures(application: Application, ballots: list[Ballot]) -> dict[str, Any]:
    sections = section_scores(application, ballots)
    totals = [one.total for one in ballots if one.total is not None]
    spread = spread_of(totals)
    judging = Judging.objects.filter(category=application.category_id).first()
    above = Decimal(judging.talk_above if judging else 100)
    return {
        "is_revealed": True,
        "total": total_of(sections),
        "lowest": spread.lowest if spread else None,
        "highest": spread.highest if spread else None,
        "median": spread.median if spread else None,
        "needs_talk": bool(to_talk_about(totals, sections, above)),
        "sections": {str(one.section): _section(one) for one in sections},
    }


def _section(one: SectionScore) -> dict[str, Any]:
    spread = one.spread
    return {
        "n": len(one.given),
        "mean": _said(spread.mean if spread else None),
        "low": _said(spread.lowest if spread else None),
        "high": _said(spread.highest if spread else None),
        "agreed": _said(one.agreed),
        "na": one.agreed_na,
        "counts": _said(one.counts),
    }


def _said(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
