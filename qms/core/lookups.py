"""A number that no row can have finds none: PostgreSQL says so itself, SQLite does not even take the question."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

from qms.core.rows import HIGHEST


def _fits(value: object) -> bool:
    return not isinstance(value, int) or -HIGHEST - 1 <= value <= HIGHEST


class _OnlyWhatFits:
    """Of a list that was given, what a column can hold."""

    def get_prep_lookup(self) -> Any:
        prepared = super().get_prep_lookup()  # type: ignore[misc]  # beside a lookup
        return [value for value in prepared if _fits(value)] if isinstance(prepared, list) else prepared


@IntegerField.register_lookup
class IntegerIn(_OnlyWhatFits, In):
    """One of these numbers."""


@ForeignObject.register_lookup
class BoundedIn(_OnlyWhatFits, RelatedIn):
    """One of these rows."""


@ForeignObject.register_lookup
class BoundedExact(RelatedExact):
    """Just this row; of a plain number Django asks the same itself."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if not _fits(self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)
