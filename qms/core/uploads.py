"""Files that people hand in, judged by what is in them and not by their names."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from qms.lifecycle import Refused, gettext_noop

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
MOST_ENTRIES = 5_000
HEAD = 4096
CONTROL = bytes(code for code in range(32) if code not in (9, 10, 12, 13))

DOCUMENTS = ("pdf", "png", "jpeg", "docx", "xlsx", "odt", "csv", "txt")


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, by which endings, and as what it is sent back."""

    name: str
    endings: tuple[str, ...]
    content_type: str


KINDS = {
    "pdf": Kind("PDF", ("pdf",), "application/pdf"),
    "png": Kind("PNG", ("png",), "image/png"),
    "jpeg": Kind("JPEG", ("jpg", "jpeg"), "image/jpeg"),
    "docx": Kind("DOCX", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": Kind("XLSX", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "odt": Kind("ODT", ("odt",), "application/vnd.oasis.opendocument.text"),
    "csv": Kind("CSV", ("csv",), "text/csv; charset=utf-8"),
    "txt": Kind("TXT", ("txt",), "text/plain; charset=utf-8"),
}


def check_upload(file: Any, *, kinds: Collection[str] = DOCUMENTS, max_bytes: int = MOST_BYTES) -> str:
    """The kind of the file, such as "pdf"; a refusal that says why it cannot be taken."""
    if file.size == 0:
        raise Refused(gettext_noop("The file is empty."))
    if file.size > max_bytes:
        megabytes = round(max_bytes / MEGABYTE)
        raise Refused(gettext_noop("The file is larger than %(megabytes)s MB."), megabytes=megabytes)
    promised = promised_kind(file.name)
    if promised not in kinds:
        names = ", ".join(KINDS[kind].name for kind in kinds)
        raise Refused(gettext_noop("Files of this kind cannot be taken. You can add: %(kinds)s."), kinds=names)
    if not _LOOKS_LIKE[promised](file):
        name = KINDS[promised].name
        raise Refused(gettext_noop("This file says that it is %(kind)s, but something else is in it."), kind=name)
    file.seek(0)
    return promised


def promised_kind(name: str) -> str:
    """The kind that the file's ending promises; empty where we know none."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    return next((kind for kind, known in KINDS.items() if ending in known.endings), "")


def content_type_of(kind: str) -> str:
    """What the browser is told when the file is sent back."""
    return KINDS[kind].content_type


def _head(file: Any) -> bytes:
    file.seek(0)
    return bytes(file.read(HEAD))


def _begins(*marks: bytes) -> Callable[[Any], bool]:
    return lambda file: _head(file).startswith(marks)


def _is_pdf(file: Any) -> bool:
    return b"%PDF-" in _head(file)[:1024]


def _is_text(file: Any) -> bool:
    file.seek(0)
    head = _head(file)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    file.seek(0)
    return not any(chunk.translate(None, CONTROL) != chunk for chunk in iter(lambda: file.read(MEGABYTE), b""))


def _holds(entry: str, *, mimetype: bytes = b"") -> Callable[[Any], bool]:
    def looks(file: Any) -> bool:
        file.seek(0)
        try:
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
                if len(infos) > MOST_ENTRIES or sum(info.file_size for info in infos) > MOST_UNPACKED:
                    raise Refused(gettext_noop("The file unpacks to far more than its size. Please save it anew."))
                names = set(archive.namelist())
                if any(PurePath(name).name == "vbaProject.bin" for name in names):
                    raise Refused(gettext_noop("The file contains macros. Please save it without them."))
                return entry in names and (not mimetype or archive.read("mimetype").strip() == mimetype)
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError):
            return False

    return looks


_LOOKS_LIKE: dict[str, Callable[[Any], bool]] = {
    "pdf": _is_pdf,
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "docx": _holds("word/document.xml"),
    "xlsx": _holds("xl/workbook.xml"),
    "odt": _holds("content.xml", mimetype=b"application/vnd.oasis.opendocument.text"),
    "csv": _is_text,
    "txt": _is_text,
}
