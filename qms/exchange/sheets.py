"""What a table of experiences contains, to work with elsewhere; nobody's own name."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from qms.exchange.models import Experience
from qms.exchange.queries.experiences import ExperienceRow


def experience_headers() -> tuple[str, ...]:
    """The columns: who tells as far as it may be told, what was told, whether it stands on the page."""
    return (
        _("Number"),
        _("Office"),
        _("Part in the programme"),
        _("What helped"),
        _("What hindered"),
        _("What to do otherwise"),
        _("Stands on the page"),
        _("Why it is left out"),
    )


def experience_lines(told: Iterable[tuple[Experience, ExperienceRow]]) -> Iterable[tuple[object, ...]]:
    """One line for each experience."""
    for number, (one, row) in enumerate(told, start=1):
        stands = _("no") if one.hidden_at else _("yes")
        words = (row.helped, row.hindered, row.advice)
        yield (number, row.speaker.words, row.role, *words, stands, one.hidden_reason)
