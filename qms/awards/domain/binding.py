"""What becomes of each annex in a dossier, and where its pages are placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qms.lifecycle import gettext_noop

Outcome = Literal["merged", "listed", "encrypted", "broken"]

POINT = 72 / 25.4  # points in a millimetre
MOST_PAGES = 400

# Why an annex is not set in: shown on its sheet and in the list.
OFFICE_FILE = gettext_noop("A file of this kind has no pages to set in. It goes with the dossier as a file.")
TOO_MANY = gettext_noop("The file has too many pages to set in. It goes with the dossier as a file.")
TOO_HEAVY = gettext_noop("The file unpacks to too much to set in. It goes with the dossier as a file.")
ENCRYPTED = gettext_noop("The file is protected by a password, so its pages cannot be set in.")
BROKEN = gettext_noop("The file cannot be read, so its pages cannot be set in.")
MISSING = gettext_noop("The file is no longer in the store.")
CHANGED = gettext_noop("The stored file is not the one that was submitted: its fingerprint differs.")


@dataclass(frozen=True)
class Page:
    """The size of one page to set in, in points; a picture keeps only its proportions."""

    width: float
    height: float

    @property
    def is_wide(self) -> bool:
        """Whether it goes on a sheet turned on its side."""
        return self.width > self.height


@dataclass(frozen=True)
class BoundAnnex:
    """An annex as it was submitted, and what became of it."""

    title: str
    file_name: str
    kind: str
    size: int
    sha256: str
    scan: str
    question: str
    path: str
    outcome: Outcome
    reason: str = ""
    pages: tuple[Page, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Whether its one page is a picture."""
        return self.kind in ("png", "jpeg")

    @property
    def sheets(self) -> int:
        """How many pages of the dossier it takes: its title sheet and its own."""
        return 1 + len(self.pages)


@dataclass(frozen=True)
class Frame:
    """A part of a sheet, in points from its lower left corner."""

    x: float
    y: float
    width: float
    height: float


TALL = Frame(12 * POINT, 18 * POINT, 186 * POINT, 257 * POINT)
WIDE = Frame(12 * POINT, 18 * POINT, 273 * POINT, 170 * POINT)


def frame_of(page: Page) -> Frame:
    """The room on the sheet that carries it."""
    return WIDE if page.is_wide else TALL


def placed(page: Page) -> tuple[float, Frame]:
    """The scale, never above 1, and the place in the middle of the room from its top."""
    room = frame_of(page)
    scale = min(1.0, room.width / page.width, room.height / page.height)
    width, height = page.width * scale, page.height * scale
    return scale, Frame(room.x + (room.width - width) / 2, room.y + room.height - height, width, height)


def first_pages(annexes: tuple[BoundAnnex, ...], total: int) -> tuple[int, ...]:
    """On which page of the whole each title sheet stands: annexes come last, in order."""
    first = total - sum(annex.sheets for annex in annexes) + 1
    pages = []
    for annex in annexes:
        pages.append(first)
        first += annex.sheets
    return tuple(pages)


def grouped(fingerprint: str, size: int = 8) -> str:
    """A long row of signs in groups, to compare by eye."""
    return " ".join(fingerprint[place : place + size] for place in range(0, len(fingerprint), size))


def hyphened(code: str) -> str:
    """A code of twelve signs as it stands on paper."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """The code that was typed, without what people add to it."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:40]
