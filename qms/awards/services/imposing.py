"""Setting the pages of annexes on the sheets that wait for them, while the file is being made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydyf
from django.core.files.storage import default_storage
from pypdf import Transformation

from qms.awards.domain.binding import BoundAnnex, Page, first_pages, placed
from qms.awards.services.annex_looks import looks_on
from qms.awards.services.annex_reading import opened, page_of
from qms.pdf.guests import Guest

LINE = "0.5 w 0.867 0.847 0.8 RG"


def imposing(annexes: tuple[BoundAnnex, ...]) -> Callable[[pydyf.PDF, int], None]:
    """What lays the pages of PDF annexes on their sheets, given the file and the number of its pages."""

    def impose(pdf: pydyf.PDF, total: int) -> None:
        merged = [
            (annex, first)
            for annex, first in zip(annexes, first_pages(annexes, total), strict=True)
            if annex.pages and not annex.is_picture
        ]
        for annex, first in merged:
            _set_in(pdf, annex, first)
        if merged:
            _promise_less(pdf)

    return impose


def _set_in(pdf: pydyf.PDF, annex: BoundAnnex, first: int) -> None:
    """The pages of one annex, on the sheets after its title sheet."""
    with default_storage.open(annex.path) as file:
        reader = opened(bytes(file.read()))
    if reader is None:
        raise ValueError("An annex that was readable is not any more.")
    guest, sheets = Guest(pdf), pdf.page_references[first : first + len(annex.pages)]
    for sheet, source in zip(sheets, reader.pages, strict=True):
        _lay(guest, _at(pdf, sheet), source)


def _lay(guest: Guest, sheet: pydyf.Dictionary, source: Any) -> None:
    """One page on its sheet, turned as it is seen, cut to what is seen, with a fine line around it."""
    page = page_of(source)
    scale, frame = placed(page)
    drawings = _drawings_of(guest.pdf, sheet)
    drawings["Annex"] = guest.page(source)
    drawn = ["/Annex Do"]
    for number, (look, matrix) in enumerate(looks_on(source)):
        drawings[f"Look{number}"] = guest.drawing(look)
        drawn.append(f"q {_numbers(matrix)} cm /Look{number} Do Q")
    upright = _upright(source, page).scale(scale).translate(frame.x, frame.y)
    body = f"q {_numbers(upright.ctm)} cm {_cut(source)} {' '.join(drawn)} Q"
    line = f"q {LINE} {_numbers((frame.x, frame.y, frame.width, frame.height))} re S Q"
    # After all that stands on the sheet, whatever state that leaves behind.
    own = _at(guest.pdf, sheet["Contents"])
    own.stream = [b"q", *own.stream, b"Q", body.encode(), line.encode()]


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


def _drawings_of(pdf: pydyf.PDF, sheet: pydyf.Dictionary) -> pydyf.Dictionary:
    """Where the sheet's own drawings are named; all pages of a typeset file share one list of resources."""
    shared = _at(pdf, sheet["Resources"])
    drawings = pydyf.Dictionary(shared["XObject"])
    resources = pydyf.Dictionary({**shared, "XObject": drawings})
    pdf.add_object(resources)
    sheet["Resources"] = resources.reference
    return drawings


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object that a reference names."""
    return pdf.objects[int(reference.split()[0])]


def _promise_less(pdf: pydyf.PDF) -> None:
    """Strange pages cannot be promised to be accessible: the file keeps its tags but not that claim."""
    metadata = _at(pdf, pdf.catalog["Metadata"])
    metadata.stream = [part.replace(b' pdfuaid:part="1"', b"") for part in metadata.stream]


def _numbers(values: Any) -> str:
    return " ".join(f"{float(value):.4f}".rstrip("0").rstrip(".") for value in values)
