"""What a page showed, in one short text, so that a step taken on that page knows what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qms.assessments.domain.snapshot import digest

SIGNS: Final = 16  # of each part's fingerprint: 64 bits tell versions of one text apart

Parts = Mapping[str, Any]


def mark_of(parts: Parts) -> str:
    """Each part's name and fingerprint: "7:0f1e2d3c4b5a6978 annexes:…"; names without spaces and colons."""
    return " ".join(f"{name}:{_fingerprint(part)}" for name, part in parts.items())


def changed_since(mark: str, parts: Parts) -> tuple[str, ...]:
    """The names of the parts that are not what the mark was made of, in their order; none where there is no mark."""
    if not mark.strip():
        return ()
    shown = dict(one.partition(":")[::2] for one in mark.split())
    return tuple(name for name, part in parts.items() if shown.get(name) != _fingerprint(part))


def _fingerprint(part: object) -> str:
    return digest({"part": part})[:SIGNS]
