"""Names in other files keep their bytes; whoever reads or writes such files with pypdf imports this first."""

from __future__ import annotations

from pypdf.generic import NameObject

# Bytes that stand in a name as they are; the others are told by their number.
PLAIN = {byte: bytes((byte,)) for byte in range(0x21, 0x7F) if byte not in b"#()<>[]{}/%"}


def written(name: str) -> bytes:
    """A name as it stands in a file, by the very bytes it was read from."""
    return b"/" + b"".join(PLAIN.get(byte) or b"#%02X" % byte for byte in _bytes_of(name[1:]))


def _bytes_of(name: str) -> bytes:
    try:
        return name.encode("latin-1")
    except UnicodeEncodeError:  # made here and read from nowhere
        return name.encode()


# A drawing calls its fonts and pictures by bytes. pypdf reads the bytes of a name as UTF-8, else as GBK, else as
# Latin-1, and always writes UTF-8: what was not UTF-8 was no longer found. As Latin-1 each byte is one letter.
NameObject.CHARSETS = ("latin-1",)  # type: ignore[assignment]
NameObject.renumber = written  # type: ignore[method-assign, assignment]
