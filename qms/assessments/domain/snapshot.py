"""One text and one fingerprint for the same content, wherever and whenever it is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal


def plain(value: object) -> object:
    """The value in JSON's own types: decimals and dates as text, so that nothing depends on a machine's floats."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    message = f"{type(value).__name__} has no exact form in a snapshot."
    raise ValueError(message)


def figure(value: Decimal) -> str:
    """A decimal as text without trailing zeros: 58.75, 60, 0."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical(content: Mapping[str, object]) -> str:
    """The content as one line of JSON with sorted keys."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
