"""Asking ClamAV whether a file is infected, before it is kept."""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from qms.awards.models import Annex
from qms.lifecycle import Refused, gettext_noop

logger = logging.getLogger(__name__)

PORT = 3310
CHUNK = 64 * 1024
SECONDS = 30
INFECTED = gettext_noop("The virus scanner found %(virus)s in this file, so it was not taken. Check your computer.")
NO_ANSWER = gettext_noop("The virus scanner does not answer, so the file was not taken. Please try again later.")


def scan(file: Any) -> Annex.Scan:
    """Clean, or not scanned where no scanner is set up; a refusal where it finds something or does not answer."""
    where = settings.QMS_CLAMAV
    if not where:
        return Annex.Scan.NONE
    try:
        verdict = _verdict(where, file)
    except (OSError, ValueError) as error:
        logger.warning("ClamAV at %s does not answer: %s", where, error)
        raise Refused(NO_ANSWER) from error
    if verdict.endswith(" FOUND"):
        raise Refused(INFECTED, virus=verdict.removeprefix("stream: ").removesuffix(" FOUND"))
    if verdict != "stream: OK":
        logger.warning("ClamAV at %s could not scan a file: %s", where, verdict)
        raise Refused(NO_ANSWER)
    return Annex.Scan.CLEAN


def _verdict(where: str, file: Any) -> str:
    """What clamd says of the file: INSTREAM, each chunk after its length, an empty one at the end."""
    with _connected(where) as line:
        line.sendall(b"zINSTREAM\0")
        for chunk in _chunks(file):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        return _answer(line)


def _connected(where: str) -> socket.socket:
    if where.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(where.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, colon, port = where.rpartition(":")
    address = (host, int(port)) if colon else (port, PORT)
    return socket.create_connection(address, timeout=SECONDS)


def _chunks(file: Any) -> Iterable[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(CHUNK), b"")
    file.seek(0)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (more := line.recv(4096)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
