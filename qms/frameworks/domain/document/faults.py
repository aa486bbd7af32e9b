"""What is wrong in a framework file, and on which line."""

from __future__ import annotations

from collections.abc import Sequence

from qms.lifecycle import Refused, gettext_noop


class Fault(Refused):
    """One thing wrong in a file: a sentence, the line and the place within the tree."""

    def __init__(self, text: str, *, line: int, place: str = "", **values: object) -> None:
        super().__init__(text, **values)
        self.line = line
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        return _fault, (self.text, self.line, self.place, self.values)


def _fault(text: str, line: int, place: str, values: dict[str, object]) -> Fault:
    return Fault(text, line=line, place=place, **values)


class DocumentRefused(Refused):
    """A file that was not taken over, with every fault in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(
            gettext_noop("The file was not imported. First fault: line %(line)s. Faults: %(count)s."),
            line=self.faults[0].line,
            count=len(self.faults),
        )

    def __str__(self) -> str:
        return "\n".join(f"line {fault.line}: {fault}" for fault in self.faults)

    def __reduce__(self) -> tuple[object, ...]:
        return DocumentRefused, (self.faults,)
