"""What is wrong in a framework file, and on which line; in a workbook, on which sheet, row and column."""

from __future__ import annotations

from collections.abc import Sequence

from qms.lifecycle import Refused, gettext_noop


class Fault(Refused):
    """One thing wrong in a file: a sentence, the line (of a workbook: sheet, row, column) and the place in the tree."""

    def __init__(
        self, text: str, *, line: int, place: str = "", sheet: str = "", column: str = "", **values: object
    ) -> None:
        super().__init__(text, **values)
        self.line = line
        self.place = place
        self.sheet = sheet
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        return _fault, (self.text, self.line, self.place, self.sheet, self.column, self.values)


def _fault(text: str, line: int, place: str, sheet: str, column: str, values: dict[str, object]) -> Fault:
    return Fault(text, line=line, place=place, sheet=sheet, column=column, **values)


class DocumentRefused(Refused):
    """A file that was not taken over, with every fault in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.sheet, fault.line)))
        first = self.faults[0]
        super().__init__(
            gettext_noop(
                "The file was not imported. First fault: sheet %(sheet)s, row %(line)s, column %(column)s."
                " Faults: %(count)s."
            )
            if first.sheet
            else gettext_noop("The file was not imported. First fault: line %(line)s. Faults: %(count)s."),
            sheet=first.sheet,
            line=first.line,
            column=first.column,
            count=len(self.faults),
        )

    def __str__(self) -> str:
        return "\n".join(f"{_where(fault)}: {fault}" for fault in self.faults)

    def __reduce__(self) -> tuple[object, ...]:
        return DocumentRefused, (self.faults,)


def _where(fault: Fault) -> str:
    return f"{fault.sheet}!{fault.column}{fault.line}" if fault.sheet else f"line {fault.line}"
