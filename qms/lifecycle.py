"""Which state may follow which, and how a rule says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """The same text, marked for the translators; the edge translates it."""
    return text


class Refused(Exception):  # noqa: N818 -- it is an answer to the reader, not an error
    """A sentence fit for the reader: why this cannot be done, with its named values."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text

    def __reduce__(self) -> tuple[object, ...]:
        # Celery pickles what a task raises; without this the named values would be lost.
        return _refuse, (self.text, self.values)


def _refuse(text: str, values: Mapping[str, object]) -> Refused:
    return Refused(text, **values)


@dataclass(frozen=True)
class Lifecycle:
    """Which state may follow which."""

    moves: Mapping[str, frozenset[str]]

    def allows(self, here: str, there: str) -> bool:
        """Whether the step from here to there is open."""
        return there in self.moves[here]

    def require(self, here: str, there: str) -> None:
        """Nothing, or a refusal when the step from here to there is not open."""
        if not self.allows(here, there):
            raise Refused(gettext_noop("This step is not open at the moment."))
