"""Words at the head of every page of a PDF."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, StreamObject

from qms.pdf import engine, names  # noqa: F401  names of strange pages keep their bytes

WIDTH, HEIGHT, TOP = 400.0, 18.0, 10.0  # points
PAGE = (
    "<!doctype html><html lang='{}'><head><title>{}</title><style>"
    "@page {{ size: 400pt 18pt; margin: 0; @bottom-right {{ content: none !important }} }}"
    "body {{ margin: 0 }} p {{ margin: 0; max-width: none; text-align: center; hyphens: none;"
    " font: 700 9pt/18pt 'QMS Paper'; color: #a3262a }}"
    # On its own ground: covers are dark.
    "span {{ background: #fff; padding: 1pt 8pt; border: .75pt solid #a3262a }}</style></head>"
    "<body><p><span>{}</span></p></body></html>"
)


def stamped(content: bytes, words: str, *, moment: datetime, language: str) -> bytes:
    """The same file with these words at the head of every page; the same bytes for the same input."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)), keep_initial_header=True)
    stamp = _form_of(writer, _page_of(words, moment=moment, language=language))
    for page in writer.pages:
        _lay(writer, page, stamp)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _page_of(words: str, *, moment: datetime, language: str) -> Any:
    html = format_html(PAGE, language, words, words)
    return PdfReader(io.BytesIO(engine.html_to_pdf(html, moment=moment, language=language))).pages[0]


def _form_of(writer: PdfWriter, source: Any) -> Any:
    """The words as one drawing that all pages share."""
    contents = source["/Contents"].get_object()
    parts = list(contents) if isinstance(contents, ArrayObject) else [contents]
    form: Any = DecodedStreamObject()
    # It is no part of what a screen reader reads: marks of content would point to nothing here.
    form.set_data(b"\n".join(_unmarked(part.get_object()) for part in parts))
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(edge) for edge in (0, 0, WIDTH, HEIGHT)])
    form[NameObject("/Resources")] = source["/Resources"].get_object().clone(writer)
    return writer._add_object(form)  # noqa: SLF001  pypdf has no public name for it


def _unmarked(part: StreamObject) -> bytes:
    lines = part.get_data().splitlines()
    return b"\n".join(line for line in lines if not line.rstrip().endswith((b"BDC", b"EMC", b"BMC")))


def _lay(writer: PdfWriter, page: Any, stamp: Any) -> None:
    """The drawing in the middle of the head, upright also where the page is turned."""
    resources = DictionaryObject(page["/Resources"].get_object())
    drawings = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    drawings[NameObject("/Copy")] = stamp
    resources[NameObject("/XObject")] = drawings
    page[NameObject("/Resources")] = resources
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    matrix = {
        90: f"0 1 -1 0 {left + TOP + HEIGHT:.2f} {(bottom + top - WIDTH) / 2:.2f}",
        180: f"-1 0 0 -1 {(left + right + WIDTH) / 2:.2f} {bottom + TOP + HEIGHT:.2f}",
        270: f"0 -1 1 0 {right - TOP - HEIGHT:.2f} {(bottom + top + WIDTH) / 2:.2f}",
    }.get(page.rotation % 360, f"1 0 0 1 {(left + right - WIDTH) / 2:.2f} {top - TOP - HEIGHT:.2f}")
    contents = page["/Contents"].get_object()
    streams = list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
    before, after = (_stream(writer, text) for text in ("q\n", f"\nQ\n/Artifact BMC q {matrix} cm /Copy Do Q EMC\n"))
    page[NameObject("/Contents")] = ArrayObject([before, *streams, after])


def _stream(writer: PdfWriter, text: str) -> Any:
    part = DecodedStreamObject()
    part.set_data(text.encode())
    return writer._add_object(part)  # noqa: SLF001  as above
