"""The anonymous table of a round's scores."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import rounded
from qms.laureates.queries.statistics import Mask

EXPORT_DIGITS = 2


def score_headers() -> tuple[str, ...]:
    """The headings of the table."""
    return (
        _("Application"),
        _("Category"),
        _("Juror"),
        _("Section"),
        _("Weight"),
        _("Score of the juror"),
        _("Cannot be judged"),
        _("Score that counts"),
    )


def score_lines(masks: Iterable[Mask]) -> list[tuple[object, ...]]:
    """A line for each mark."""
    return [
        (
            one.application,
            one.category,
            one.juror,
            one.section,
            one.weight,
            None if one.score is None else rounded(one.score, EXPORT_DIGITS),
            1 if one.is_na else 0,
            None if one.counts is None else rounded(one.counts, EXPORT_DIGITS),
        )
        for one in masks
    ]
