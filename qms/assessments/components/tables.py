"""Tables of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qms.ui.components import DataTable


@dataclass(frozen=True)
class PlainTable(DataTable):
    """A table of words, figures and bands alone; scores stand still while many people open the same page."""

    keeps: ClassVar[bool] = True
