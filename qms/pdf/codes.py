"""The address that verifies a paper, as a QR code."""

from __future__ import annotations

from functools import lru_cache

import qrcode

from qms.charts import PAPER
from qms.charts.svg import element, picture

QUIET = 4  # squares of white around the code, as ISO/IEC 18004 asks


def code_picture(address: str, *, title: str, description: str, ident: str = "verify-code") -> str:
    """The address as a QR code with its quiet zone."""
    side, path = _squares(address)
    return picture(
        element("rect", x=0, y=0, width=side, height=side, fill="#ffffff"),
        element("path", d=path, fill=PAPER.ink),
        ident=ident,
        title=title,
        description=description,
        color=PAPER.ink,
        width="100%",
        height=None,
        view_box=f"0 0 {side} {side}",
    )


@lru_cache(maxsize=1024)
def _squares(address: str) -> tuple[int, str]:
    """How many squares a side has, and the dark ones as a path; reckoned once, as lists ask for all files at once."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), path
