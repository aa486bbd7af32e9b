"""Reading annexes before they are set in: how many pages, or why not."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Mapping
from typing import Any

import pydyf
from django.core.files.storage import default_storage
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from qms.awards.domain import binding
from qms.awards.domain.binding import BoundAnnex, Outcome, Page
from qms.awards.models import Annex, Submission
from qms.awards.services.annex_looks import looks_on
from qms.pdf.guests import Guest, TooMuch

logger = logging.getLogger(__name__)
logging.getLogger("pypdf").setLevel(logging.ERROR)

MOST_PIXELS = 80_000_000
Read = tuple[Outcome, str, tuple[Page, ...]]


def read_annexes(submission: Submission) -> tuple[BoundAnnex, ...]:
    """Every annex of the submission, none left out: its pages, or the reason why they are not set in."""
    listed: list[dict[str, Any]] = submission.content["annexes"]
    rows = Annex.objects.filter(application=submission.application_id).in_bulk([one["pk"] for one in listed])
    return tuple(_bound(one, rows.get(one["pk"])) for one in listed)


def hindrance_of(annex: Annex) -> str:
    """Why its pages will not be set in, told by a first look while the file can still be changed; else nothing."""
    with annex.file.open("rb") as file:
        content = bytes(file.read())
    if annex.kind == "pdf":
        return _read_pdf(content, whole=False)[1]
    return _read_picture(content)[1] if annex.kind in ("png", "jpeg") else ""


def _bound(said: Mapping[str, Any], row: Annex | None) -> BoundAnnex:
    path = str(row.file.name) if row is not None else ""
    outcome, reason, pages = _read(path, said)
    return BoundAnnex(
        title=said["title"],
        file_name=said["file_name"],
        kind=said["kind"],
        size=said["size"],
        sha256=said["sha256"],
        scan=said.get("scan") or "",
        question=said.get("question") or "",
        path=path,
        outcome=outcome,
        reason=reason,
        pages=pages,
    )


def _read(path: str, said: Mapping[str, Any]) -> Read:
    if not path or not default_storage.exists(path):
        return "broken", binding.MISSING, ()
    with default_storage.open(path) as file:
        content = bytes(file.read())
    if hashlib.sha256(content).hexdigest() != said["sha256"]:
        return "broken", binding.CHANGED, ()
    if said["kind"] == "pdf":
        return _read_pdf(content)
    if said["kind"] in ("png", "jpeg"):
        return _read_picture(content)
    return "listed", binding.OFFICE_FILE, ()


def _read_pdf(content: bytes, *, whole: bool = True) -> Read:
    try:
        reader = opened(content)
        if reader is None:
            return "encrypted", binding.ENCRYPTED, ()
        if len(reader.pages) > binding.MOST_PAGES:
            return "listed", binding.TOO_MANY, ()
        pages = tuple(page_of(page) for page in reader.pages)
        if whole:
            _try_out(reader)
    except TooMuch:
        return "listed", binding.TOO_HEAVY, ()
    except (DependencyError, FileNotDecryptedError):
        return "encrypted", binding.ENCRYPTED, ()
    except Exception as error:  # noqa: BLE001  broken files speak with many voices
        logger.info("An annex cannot be read: %r", error)
        return "broken", binding.BROKEN, ()
    return ("merged", "", pages) if pages else ("broken", binding.BROKEN, ())


def _try_out(reader: PdfReader) -> None:
    """Take every page over into a file that nobody keeps: what fails there would fail the whole dossier."""
    guest = Guest(pydyf.PDF())
    for page in reader.pages:
        guest.page(page)
        for look, _matrix in looks_on(page):
            guest.drawing(look)


def opened(content: bytes) -> PdfReader | None:
    """The file, if it opens without a password."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        return None
    return reader


def page_of(page: Any) -> Page:
    """The size of a page as it is seen."""
    box, turned = page.cropbox, page.rotation % 180 == 90
    width, height = abs(float(box.width)), abs(float(box.height))
    if not (width and height):
        raise ValueError("The page has no size.")
    return Page(height, width) if turned else Page(width, height)


def _read_picture(content: bytes) -> Read:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return "listed", binding.TOO_MANY, ()
            picture.load()
            width, height = ImageOps.exif_transpose(picture).size
    except Exception as error:  # noqa: BLE001  as above
        logger.info("A picture cannot be read: %r", error)
        return "broken", binding.BROKEN, ()
    return "merged", "", (Page(width, height),)
