"""The only file that knows WeasyPrint: HTML becomes a tagged PDF, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import mimetypes
import posixpath
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext
from fontTools.ttLib import woff2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"
STYLES = ("pdf/print.css", "pdf/paper-files.css")
ADDRESSES = {"static": "files of the platform", "media": "files that were handed in"}
MOST_BYTES = 30 * 1024 * 1024
Finish = Callable[[pydyf.PDF, int], None]

logger = logging.getLogger(__name__)
for _noisy in ("fontTools", "fontTools.subset", "fontTools.ttLib"):
    logging.getLogger(_noisy).setLevel(logging.ERROR)


class Forbidden(ValueError):  # noqa: N818  says what it is
    """The address is not one of ours."""


class OwnFiles(URLFetcher):
    """Answers static: and media: and nothing else: no network, no disk, no data in addresses."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=tuple(ADDRESSES), allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file behind one of our addresses; Forbidden for any other."""
        scheme, path = _split(url)
        content = _static(path) if scheme == "static" else _media(path)
        content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": content_type})


class UnpackedFiles(OwnFiles):
    """The same with fonts unpacked, as WeasyPrint does it for every document anew: once is enough for a worker."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file behind one of our addresses; a packed font as it is when it is unpacked."""
        answer = super().fetch(url, headers)
        if not url.endswith(".woff2"):
            return answer
        return URLFetcherResponse(url, _unpacked(answer.read()), {"Content-Type": "font/ttf"})


@lru_cache(maxsize=16)
def _unpacked(font: bytes) -> bytes:
    made = io.BytesIO()
    woff2.decompress(io.BytesIO(font), made)
    return made.getvalue()


def _split(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.scheme not in ADDRESSES or parts.netloc or parts.query:
        _forbid(url)
    clean = posixpath.normpath(path)
    if clean != path or path.startswith(("/", "..")) or "\\" in path or "\0" in path or path in ("", "."):
        _forbid(url)
    return parts.scheme, path


def _forbid(url: str) -> NoReturn:
    logger.warning("A document asked for %.200r, which is not one of our files.", url)
    raise Forbidden(url)


def _static(path: str) -> bytes:
    try:
        found = finders.find(path)
    except SuspiciousFileOperation:
        found = None
    if not isinstance(found, str) or not Path(found).is_file():
        _forbid(f"static:{path}")
    return Path(found).read_bytes()


def _media(path: str) -> bytes:
    try:
        with default_storage.open(path) as file:
            content = file.read(MOST_BYTES + 1)
    except (SuspiciousFileOperation, OSError):
        _forbid(f"media:{path}")
    if len(content) > MOST_BYTES:
        _forbid(f"media:{path}")
    return bytes(content)


def html_to_pdf(html: str, *, moment: dt.datetime, language: str) -> bytes:
    """A tagged PDF with that moment as its date."""
    return typeset(html, moment=moment, language=language)[0]


def typeset(html: str, *, moment: dt.datetime, language: str, finish: Finish | None = None) -> tuple[bytes, int]:
    """The same with the number of its pages; `finish` is given the file and that number before it is written."""
    fetcher, fonts = UnpackedFiles(), FontConfiguration()
    styles = [
        *(weasyprint.CSS(url=f"static:{name}", url_fetcher=fetcher, font_config=fonts) for name in STYLES),
        weasyprint.CSS(string=_page_words(language), url_fetcher=fetcher, font_config=fonts),
    ]
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=styles, font_config=fonts, presentational_hints=False, pdf_variant=VARIANT
    )
    stamp = moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.created = document.metadata.modified = stamp
    document.metadata.generator = "QMS"
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    pages = len(document.pages)
    finisher = (lambda _document, pdf: finish(pdf, pages)) if finish else None
    return bytes(document.write_pdf(finisher=finisher, pdf_variant=VARIANT, pdf_identifier=identifier)), pages


def _page_words(language: str) -> str:
    """The foot of each page in the language of the document."""
    with translation.override(language):
        words = gettext("page %(page)s of %(pages)s") % {"page": "\0page\0", "pages": "\0pages\0"}
    pieces = [
        f"counter({piece})" if piece in ("page", "pages") else _quoted(piece) for piece in words.split("\0") if piece
    ]
    return f"@page {{ @bottom-right {{ content: {' '.join(pieces)} }} }}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def fingerprint() -> str:
    """What else the bytes depend on: the engine's version, the style and the fonts."""
    digest = hashlib.sha256(f"{weasyprint.__version__} {VARIANT}".encode())
    for name in STYLES:
        digest.update(_static(name))
    return digest.hexdigest()
