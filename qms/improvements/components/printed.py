"""Parts of the printed plan that other documents do not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qms.ui.components import Part


@dataclass(frozen=True)
class Blank(Part):
    """Room to sign by hand."""

    template_name: ClassVar[str] = "documents/improvements/blank.html"
