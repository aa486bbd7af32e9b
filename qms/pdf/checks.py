"""What `check --deploy` asks about typesetting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Tags, register

from qms.pdf import engine

FONTS = ("pdf/fonts/paper-400-normal.woff2", "pdf/fonts/paper-600-normal.woff2", "pdf/fonts/paper-700-normal.woff2")
PROBE = "<html lang='en'><head><title>A</title></head><body><p>A</p></body></html>"


@register(Tags.compatibility, deploy=True)
def typesetting_works(**_: Any) -> Sequence[CheckMessage]:
    """The engine's libraries are there, and so are our fonts."""
    missing = [name for name in FONTS if not finders.find(name)]
    if missing:
        return [Error(f"Fonts are missing: {', '.join(missing)}", id="qms.E003")]
    try:
        engine.html_to_pdf(PROBE, moment=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), language="en")
    except Exception as error:  # noqa: BLE001  a missing library speaks with many voices
        return [Error(f"Typesetting does not work: {error}", hint="Install the libraries of Pango.", id="qms.E004")]
    return []
