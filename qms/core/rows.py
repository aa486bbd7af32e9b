"""Numbers of rows, as addresses and forms name them."""

from __future__ import annotations

HIGHEST = 2**63 - 1
NONE = 0
"""No row has this number."""


def row_number(written: str) -> int:
    """The number that was sent, in the digits 0 to 9; NONE where it is none or no row can have it."""
    if not (written.isascii() and written.isdecimal()) or len(written) > len(str(HIGHEST)):
        return NONE
    number = int(written)
    return number if number <= HIGHEST else NONE
