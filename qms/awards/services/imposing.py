"""Setting the pages of annexes on the sheets that wait for them."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.storage import default_storage
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from qms.awards.domain.binding import BoundAnnex, Page, first_pages, placed
from qms.awards.services.annex_reading import opened, page_of

INVISIBLE = 2 | 32  # hidden, not to be viewed
LINE = "0.5 w 0.867 0.847 0.8 RG"


def impose(typeset: bytes, annexes: tuple[BoundAnnex, ...], *, total: int) -> bytes:
    """The typeset file with the pages of PDF annexes on their sheets; the same bytes for the same input."""
    merged = [
        (annex, first)
        for annex, first in zip(annexes, first_pages(annexes, total), strict=True)
        if annex.pages and not annex.is_picture
    ]
    if not merged:
        return typeset
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typeset)), keep_initial_header=True)
    sheets = writer.pages
    for annex, first in merged:
        with default_storage.open(annex.path) as file:
            reader = opened(bytes(file.read()))
        if reader is None:
            raise ValueError("An annex that was readable is not any more.")
        for number, source in enumerate(reader.pages):
            _lay(writer, sheets[first + number], source)
    _promise_less(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _lay(writer: PdfWriter, sheet: Any, source: Any) -> None:
    """One page on its sheet, turned as it is seen, cut to what is seen, with a fine line around it."""
    page = page_of(source)
    scale, frame = placed(page)
    drawings = _drawings_of(sheet)
    drawings[NameObject("/Annex")] = _form_of(writer, source)
    drawn = ["/Annex Do"]
    for number, (look, matrix) in enumerate(_looks(writer, source)):
        drawings[NameObject(f"/Look{number}")] = look
        drawn.append(f"q {_numbers(matrix)} cm /Look{number} Do Q")
    upright = _upright(source, page).scale(scale).translate(frame.x, frame.y)
    body = f"q {_numbers(upright.ctm)} cm {_cut(source)} {' '.join(drawn)} Q\n"
    line = f"q {LINE} {_numbers((frame.x, frame.y, frame.width, frame.height))} re S Q"
    _append(writer, sheet, f"q\n{body}{line}\nQ")


def _form_of(writer: PdfWriter, source: Any) -> Any:
    """The page as one drawing with its own resources; what could act (links, scripts, files) stays outside."""
    contents = source.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    form: Any
    if isinstance(contents, StreamObject):
        form = contents.clone(writer, force_duplicate=True)
    else:
        joined = DecodedStreamObject()
        parts: Any = contents if contents is not None else []
        joined.set_data(b"\n".join(part.get_object().get_data() for part in parts))
        form = writer._add_object(joined.flate_encode()).get_object()  # noqa: SLF001  pypdf has no public name for it
    left, bottom, right, top = (float(edge) for edge in _box(source))
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(edge) for edge in (left, bottom, right, top)])
    resources: Any = source.get("/Resources") or DictionaryObject()
    copy = resources.get_object().clone(writer)
    form[NameObject("/Resources")] = copy.indirect_reference or copy
    if group := source.get("/Group"):
        form[NameObject("/Group")] = group.get_object().clone(writer)
    return form.indirect_reference


def _looks(writer: PdfWriter, source: Any) -> list[tuple[Any, tuple[float, ...]]]:
    """How filled fields, stamps and signatures look on the page: they are no part of its own drawing."""
    found = []
    for reference in source.get("/Annots", ArrayObject()).get_object() or ():
        note = reference.get_object()
        look = _look_of(note)
        if look is None or int(note.get("/F", 0)) & INVISIBLE or note.get("/Subtype") == "/Popup":
            continue
        matrix = _matrix_of(note, look)
        if matrix:
            copy = look.clone(writer)
            found.append((copy.indirect_reference or writer._add_object(copy), matrix))  # noqa: SLF001  as above
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


def _box(source: Any) -> tuple[Any, ...]:
    box = source.cropbox
    return (box.left, box.bottom, box.right, box.top)


def _cut(source: Any) -> str:
    left, bottom, right, top = (float(edge) for edge in _box(source))
    return f"{_numbers((left, bottom, right - left, top - bottom))} re W n"


def _upright(source: Any, page: Page) -> Transformation:
    """What turns the page as its reader sees it, with its lower left corner at nothing."""
    left, bottom, _right, _top = (float(edge) for edge in _box(source))
    moved = Transformation().translate(-left, -bottom)
    turns = {
        90: moved.rotate(-90).translate(0, page.height),
        180: moved.rotate(180).translate(page.width, page.height),
        270: moved.rotate(90).translate(page.width, 0),
    }
    return turns.get(source.rotation % 360, moved)


def _drawings_of(sheet: Any) -> DictionaryObject:
    """Where the sheet's own drawings are named; all pages of a typeset file share one list of resources."""
    resources = DictionaryObject(sheet["/Resources"].get_object())
    drawings = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    resources[NameObject("/XObject")] = drawings
    sheet[NameObject("/Resources")] = resources
    return drawings


def _append(writer: PdfWriter, sheet: Any, drawing: str) -> None:
    """The drawing after all that stands on the sheet, whatever state that leaves behind."""
    contents = sheet["/Contents"].get_object()
    streams = list(contents) if isinstance(contents, ArrayObject) else [sheet.raw_get("/Contents")]
    parts = []
    for text in ("q\n", f"\nQ\n{drawing}"):
        part = DecodedStreamObject()
        part.set_data(text.encode())
        parts.append(writer._add_object(part))  # noqa: SLF001  as above
    sheet[NameObject("/Contents")] = ArrayObject([parts[0], *streams, parts[1]])


def _promise_less(writer: PdfWriter) -> None:
    """Strange pages cannot be promised to be accessible: the file keeps its tags but not that claim."""
    metadata = writer.root_object.get("/Metadata")
    if metadata is None:
        return
    stream = metadata.get_object()
    stream.set_data(stream.get_data().replace(b' pdfuaid:part="1"', b""))


def _numbers(values: Any) -> str:
    return " ".join(f"{float(value):.4f}".rstrip("0").rstrip(".") for value in values)
