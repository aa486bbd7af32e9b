"""Pages of other files in a file that is being made: each object of theirs is taken over once, packed as it is.

pypdf reads the other file, pydyf writes ours. Reading our own file again to add pages would cost more than
typesetting their heads: its structure tree has tens of thousands of objects.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, StreamObject

from qms.pdf.names import written

PACKING = ("/Filter", "/DecodeParms")
# Keys of a stream that lead out of it: other files, what stands outside the drawing.
LEADING_OUT = frozenset(
    (
        "/Length",
        "/F",
        "/FFilter",
        "/FDecodeParms",
        "/Ref",
        "/OPI",
        "/AF",
        "/PieceInfo",
        "/StructParent",
        "/StructParents",
    )
)
FOREIGN = ("/Catalog", "/Pages", "/Page", "/Action", "/Annot", "/Filespec")
MOST_DRAWN = 64 * 1024 * 1024  # bytes that draw one page, unpacked
MOST_PACKED = 64 * 1024 * 1024  # bytes that all its pages bring, packed: three times the largest file that is taken
MOST_STEPS = 20  # from a reference to what it means


class TooMuch(ValueError):  # noqa: N818  says what it is
    """The file unpacks to more than its size allows to expect."""


class _Taken(pydyf.Object):
    """An object whose bytes are known."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = b"null"
        self.is_stream = False

    @property
    def data(self) -> bytes:
        """The bytes between its head and its end."""
        return self.bytes

    @property
    def compressible(self) -> bool:
        """Whether it may lie in a stream of objects: everything that is no stream itself."""
        return not self.is_stream


class Guest:
    """One other file, while its pages are taken over; TooMuch where they are far larger than a file can be."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self._taken: dict[tuple[int, int], _Taken] = {}
        self._waiting: deque[tuple[_Taken, Any]] = deque()
        self._packed = 0

    def page(self, source: Any) -> bytes:
        """The reference of a page as one drawing with its own resources; links, scripts and files stay outside."""
        contents = _contents(source)
        edges = (*source.cropbox.lower_left, *source.cropbox.upper_right)
        box = " ".join(f"{float(edge):.4f}" for edge in edges).encode()
        facts = {b"/Type": b"/XObject", b"/Subtype": b"/Form", b"/BBox": b"[" + box + b"]"}
        facts[b"/Resources"] = self._value(source.get("/Resources") or DictionaryObject())
        if "/Group" in source:
            facts[b"/Group"] = self._value(source["/Group"])
        made = self._new()
        self._fill_stream(made, facts | self._pairs(contents, PACKING), _packed(contents))
        self._settle()
        return made.reference

    def drawing(self, stream: StreamObject) -> bytes:
        """The reference of a drawing that stands by itself, such as the look of a filled field."""
        known = stream.indirect_reference
        reference = self._reference(known) if known is not None else self._value(stream)
        self._settle()
        return reference

    def _new(self) -> _Taken:
        made = _Taken()
        self.pdf.add_object(made)
        return made

    def _reference(self, pointer: IndirectObject) -> bytes:
        key = (pointer.idnum, pointer.generation)
        if key not in self._taken:
            self._taken[key] = self._new()
            self._waiting.append((self._taken[key], _meant(pointer)))
        return self._taken[key].reference

    def _settle(self) -> None:
        """Take over what was only pointed at; by a list, for files whose objects point at one another for long."""
        while self._waiting:
            made, value = self._waiting.popleft()
            if isinstance(value, StreamObject):
                self._fill_stream(
                    made, self._pairs(value, [key for key in value if key not in LEADING_OUT]), _packed(value)
                )
            else:
                made.bytes = self._value(value)

    def _fill_stream(self, made: _Taken, facts: Mapping[bytes, bytes], packed: bytes) -> None:
        self._packed += len(packed)
        if self._packed > MOST_PACKED:
            raise TooMuch
        whole = {**facts, b"/Length": str(len(packed)).encode()}
        made.bytes = b"\n".join((_dictionary(whole), b"stream", packed, b"endstream"))
        made.is_stream = True

    def _pairs(self, values: DictionaryObject, names: Iterable[str]) -> dict[bytes, bytes]:
        return {written(name): self._value(values.raw_get(name)) for name in names if name in values}

    def _value(self, value: Any) -> bytes:
        if value is None or _is_foreign(value):
            return b"null"
        match value:
            case IndirectObject():
                return self._reference(value)
            case StreamObject():
                made = self._new()
                self._waiting.append((made, value))
                return made.reference
            case DictionaryObject():
                return _dictionary(self._pairs(value, value))
            case ArrayObject():
                return b"[" + b" ".join(self._value(one) for one in list.__iter__(value)) + b"]"
        return _written(value)


def _is_foreign(value: object) -> bool:
    """Whether it is a part of the other file, or an act, and nothing that draws."""
    return isinstance(value, DictionaryObject) and (value.get("/Type") in FOREIGN or "/JS" in value)


def _meant(value: Any) -> Any:
    """What a reference leads to; nothing where it leads round in a circle."""
    for _step in range(MOST_STEPS):
        if not isinstance(value, IndirectObject):
            return value
        value = value.get_object()
    return None


def _contents(source: Any) -> StreamObject:
    """What draws the page, as one stream; what is no stream draws nothing."""
    contents = _meant(source.raw_get("/Contents")) if "/Contents" in source else None
    if isinstance(contents, StreamObject):
        return contents
    parts = list.__iter__(contents) if isinstance(contents, ArrayObject) else iter(())
    drawn, length = [], 0
    for part in map(_meant, parts):
        if isinstance(part, StreamObject):
            drawn.append(part.get_data())
            length += len(drawn[-1])
        if length > MOST_DRAWN:
            raise TooMuch
    joined = DecodedStreamObject()
    joined.set_data(b"\n".join(drawn))
    return joined.flate_encode()


def _packed(stream: StreamObject) -> bytes:
    """The bytes of a stream as they lie in the file."""
    return stream._data  # noqa: SLF001  pypdf has no public name for them


def _written(value: Any) -> bytes:
    made = io.BytesIO()
    value.write_to_stream(made)
    return made.getvalue()


def _dictionary(pairs: Mapping[bytes, bytes]) -> bytes:
    return b"<<" + b" ".join(key + b" " + value for key, value in pairs.items()) + b">>"
