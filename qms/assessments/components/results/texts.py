"""Strengths and areas with their evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.assessments.components.telling import Teller
from qms.assessments.queries import EvidenceLine, ReportText, Results
from qms.ui.components import (
    Chip,
    Say,
)

from .head import FEW


def says_of(
    results: Results, texts: Sequence[ReportText], kind: str, *, opens: Collection[int], count: int = FEW
) -> tuple[Say, ...]:
    """The first texts of that kind, one a subcriterion, with their evidence; chips lead where the reader may go."""
    teller, pieces = Teller(results.framework), {piece.code: piece for piece in results.evidence}
    first: dict[str, ReportText] = {}
    for text in texts:
        first.setdefault(text.node.identifier, text)
    return tuple(
        Say(
            text.text,
            kind,  # type: ignore[arg-type]
            over=_over(teller, text),
            evidence=tuple(_chip(pieces, code, opens) for code in text.evidence),
            bare=True,
        )
        for text in list(first.values())[:count]
    )


def _over(teller: Teller, text: ReportText) -> str:
    if text.figure.value is None:
        return _("%(node)s, not scored") % {"node": teller.named(text.node)}
    return _("%(node)s, score %(score)s") % {"node": teller.named(text.node), "score": teller.score(text.figure.value)}


def _chip(pieces: Mapping[str, EvidenceLine], code: str, opens: Collection[int]) -> Chip:
    piece = pieces.get(code)
    if piece is None:
        return Chip("", code)
    url = reverse("assessments:evidence-detail", args=[piece.pk]) if piece.pk in opens else ""
    return Chip(piece.title, code, url)
