"""How a change of status is written into the log, so that each reader meets it in the own language."""

from __future__ import annotations

import re
from dataclasses import dataclass

ARROW = " \u2192 "
_LINE = re.compile(r"(?P<before>[a-z_]+) \u2192 (?P<after>[a-z_]+)(?:\n(?P<reason>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of status: from where, to where, and why."""

    before: str
    after: str
    reason: str = ""

    @property
    def line(self) -> str:
        """How the log keeps it."""
        moved = f"{self.before}{ARROW}{self.after}"
        return f"{moved}\n{self.reason}" if self.reason else moved


def read_move(line: str) -> Moved | None:
    """The change of status that a line of the log keeps; none where somebody wrote words."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    return Moved(found["before"], found["after"], found["reason"] or "")
