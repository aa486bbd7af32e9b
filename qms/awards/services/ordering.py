"""Rows with an order of their own, moved one place at a time."""

from __future__ import annotations

from typing import Any

from qms.awards.models.round import in_order


def change_places(rows: Any, pk: int, *, up: bool) -> bool:
    """Whether the row changed places with its neighbour; all get their places anew."""
    ordered = list(in_order(rows.select_for_update()))
    here = next((place for place, one in enumerate(ordered) if one.pk == pk), None)
    there = -1 if here is None else here - 1 if up else here + 1
    if here is None or not 0 <= there < len(ordered):
        return False
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for place, one in enumerate(ordered, 1):
        one.position = place
    rows.model.objects.bulk_update(ordered, ["position"])
    return True
