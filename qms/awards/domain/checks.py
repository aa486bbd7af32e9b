"""What still stands between an application and its submission."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is missing or doubtful: what it is, in words, and where it is mended.

    A fault keeps the application from being submitted; where `hinders` is false it only warns.
    """

    code: str
    words: str
    url: str = ""
    hinders: bool = True
    section: int | None = None


def hindering(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Those that keep the application from being submitted."""
    return tuple(fault for fault in faults if fault.hinders)


def warnings(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Those that only warn."""
    return tuple(fault for fault in faults if not fault.hinders)
