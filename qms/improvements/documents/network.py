"""The offices of a network and their plans, as a table to take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qms.ui import numbers

if TYPE_CHECKING:
    from qms.improvements.queries.network import OfficeRow


def network_headers() -> tuple[str, ...]:
    """The headings of the table."""
    return (
        _("Office"),
        _("Kind"),
        _("Region"),
        _("Plans in preparation"),
        _("Open approved plans"),
        _("Closed plans"),
        _("Actions"),
        _("Approved or in progress"),
        _("Late"),
        _("Late, %"),
        _("Done"),
        _("Effects stated"),
        _("Improved"),
    )


def network_rows(rows: Iterable[OfficeRow]) -> Iterator[tuple[object, ...]]:
    """One line for each office."""
    for row in rows:
        share = row.lateness.share
        yield (
            row.office.name,
            row.office.get_kind_display(),
            row.office.region.name,
            row.in_preparation,
            row.open_plans,
            row.closed,
            row.actions,
            row.running,
            row.late,
            "" if share is None else numbers.rounded(share, 1),
            row.done,
            row.stated,
            row.improved,
        )
