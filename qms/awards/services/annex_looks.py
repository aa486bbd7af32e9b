"""Filled fields, stamps and signatures of an annex: they lie on its pages and are no part of their drawing."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, StreamObject

INVISIBLE = 2 | 32  # hidden, not to be viewed


def looks_on(source: Any) -> list[tuple[Any, tuple[float, ...]]]:
    """How filled fields, stamps and signatures look on the page: they are no part of its own drawing."""
    found = []
    for reference in source.get("/Annots", ArrayObject()).get_object() or ():
        note = reference.get_object()
        look = _look_of(note)
        if look is None or int(note.get("/F", 0)) & INVISIBLE or note.get("/Subtype") == "/Popup":
            continue
        matrix = _matrix_of(note, look)
        if matrix:
            found.append((look, matrix))
    return found


def _look_of(note: Any) -> Any:
    looks = note.get("/AP")
    look = looks.get_object().get("/N") if looks is not None else None
    look = look.get_object() if look is not None else None
    if look is not None and not isinstance(look, StreamObject):  # one look for each state of a box to tick
        look = look.get(note.get("/AS", "/Off"))
        look = look.get_object() if look is not None else None
    return look if isinstance(look, StreamObject) else None


def _matrix_of(note: Any, look: Any) -> tuple[float, ...] | None:
    """What brings the look's box onto the note's rectangle (ISO 32000-1, 12.5.5)."""
    a, b, c, d, e, f = (float(part) for part in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    left, bottom, right, top = (float(edge) for edge in look["/BBox"])
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    low = [min(corner[axis] for corner in corners) for axis in (0, 1)]
    high = [max(corner[axis] for corner in corners) for axis in (0, 1)]
    place = [float(edge) for edge in note["/Rect"]]
    start = (min(place[0], place[2]), min(place[1], place[3]))
    size = (abs(place[2] - place[0]), abs(place[3] - place[1]))
    if high[0] == low[0] or high[1] == low[1] or not all(size):
        return None
    across, up = size[0] / (high[0] - low[0]), size[1] / (high[1] - low[1])
    return (across, 0, 0, up, start[0] - low[0] * across, start[1] - low[1] * up)
