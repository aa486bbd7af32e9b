"""What organisers see: counts while it is sealed, the list afterwards, and what was frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qms.awards.models import Annex, Application, Submission
from qms.awards.queries.received import Counted
from qms.frameworks.domain.framework import text
from qms.ui.components import DataTable, Facts, FileRow, Link, Part, Row
from qms.ui.numbers import figure

from .hours import exact_in, moment_in, second_in
from .submitting import state_of

Content = Mapping[str, Any]


@dataclass(frozen=True)
class FrozenParagraph:
    """One paragraph, and where it comes from."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class FrozenAnswer(Part):
    """One question with its answer as it was submitted."""

    title: str
    paragraphs: tuple[FrozenParagraph, ...] = ()
    table: DataTable | None = None
    files: tuple[FileRow, ...] = ()
    line: str = ""
    template_name: ClassVar[str] = "awards/_frozen_answer.html"


@dataclass(frozen=True)
class FrozenSection(Part):
    """One section as it was submitted."""

    ident: str
    title: str
    answers: tuple[FrozenAnswer, ...]
    template_name: ClassVar[str] = "awards/_frozen_section.html"


def counts_table(counts: Iterable[Counted]) -> DataTable:
    """How many there are by category; no office is named."""
    rows = tuple((one.category.title, str(one.drafts), str(one.submitted), str(one.withdrawn)) for one in counts)
    heads = (
        _("Category"),
        _("In preparation"),
        pgettext("applications", "Submitted"),
        pgettext("applications", "Withdrawn"),
    )
    return DataTable(_("Applications by category"), heads, rows, (1, 2, 3), stack=True)


def received_table(rows: Iterable[Any], zone: str) -> DataTable:
    """Every application that stands submitted, by number."""
    return DataTable(
        _("Received applications"),
        (_("Number"), _("Office"), _("Category"), f"{_('Received')} ({zone})", _("State")),
        tuple(Row(_cells(one, zone)) for one in rows),
        stack=True,
    )


def _cells(one: Any, zone: str) -> tuple[object, ...]:
    number = Link(one.number, reverse("awards:received-detail", args=[one.pk]))
    return (number, one.office.name, one.category.title, second_in(zone, one.came_at), state_of(one))


def facts_of(application: Application, submission: Submission) -> Facts:
    """Who applied, when it came, and what proves that it is unchanged."""
    content = submission.content
    office, report = content["office"], content["assessment"]
    told: list[tuple[str, object]] = [
        (_("Number"), content["number"]),
        (_("Received"), exact_in(content["round"]["zone"], submission.submitted_at)),
        (_("Office"), office["name"]),
        (_("Place"), ", ".join(part for part in (office["city"], office["region"]) if part)),
        (_("Number of staff"), figure(office["staff_count"])),
        (_("Submitted by"), submission.submitted_by.name),
        (_("Submission"), str(submission.ordinal)),
    ]
    if report:
        told.append((_("Self-assessment"), report["title"]))
    if application.correction_until is not None:
        told.append((_("Correct until"), moment_in(content["round"]["zone"], application.correction_until)))
    return Facts((*told, (_("SHA-256 of the content"), submission.sha256)))


def conditions_table(content: Content) -> DataTable | None:
    """The conditions as they were met at the submission."""
    if not content["eligibility"]:
        return None
    yes, no = pgettext("condition", "met"), pgettext("condition", "not met")
    rows = tuple((_in_language(one["titles"]), yes if one["met"] else no) for one in content["eligibility"])
    return DataTable(_("Conditions"), (_("Condition"), _("Standing")), rows, stack=True)


def sections_of(content: Content) -> tuple[FrozenSection, ...]:
    """All sections as they were submitted."""
    files = {one["pk"]: _file(one) for one in content["annexes"]}
    return tuple(
        FrozenSection(
            f"s-{section['pk']}",
            _in_language(section["titles"]),
            tuple(_answer(question, files) for question in section["questions"]),
        )
        for section in content["sections"]
    )


def annexes_of(content: Content) -> tuple[FileRow, ...]:
    """All annexes in their order."""
    return tuple(_file(one) for one in content["annexes"])


def _file(one: Content) -> FileRow:
    scan = Annex.Scan(one["scan"]).label
    note = f"{one['file_name']}, {filesizeformat(one['size'])}, {scan}"
    return FileRow(one["title"], one["kind"].upper(), reverse("awards:annex-file", args=[one["pk"]]), note)


def _answer(question: Content, files: Mapping[int, FileRow]) -> FrozenAnswer:
    title = _in_language(question["titles"])
    match question["kind"]:
        case "text":
            return FrozenAnswer(title, paragraphs=tuple(_paragraph(one) for one in question["paragraphs"]))
        case "results":
            table = _results(title, question["rows"]) if question["rows"] else None
            return FrozenAnswer(title, table=table)
        case "file":
            return FrozenAnswer(title, files=tuple(files[pk] for pk in question["annexes"] if pk in files))
    return FrozenAnswer(title, line=_line(question))


def _line(question: Content) -> str:
    if question["kind"] == "number":
        number = question["number"]
        return f"{_number(number)} {question['unit']}".strip() if number not in (None, "") else ""
    if question["kind"] == "consent":
        return _("We agree.") if question["agreed"] else ""
    chosen = [one for one in question["options"] if one["code"] in question["chosen"]]
    return ", ".join(_in_language(one["titles"]) for one in chosen)


def _paragraph(one: Content) -> FrozenParagraph:
    return FrozenParagraph(one["text"], one["source_title"] if one["source"] else "")


def _results(title: str, rows: list[Content]) -> DataTable:
    last = max(row["year"] for row in rows)
    years = (str(last - 2), str(last - 1), str(last))
    heads = (_("Indicator"), *years, _("Target"), _("Comparison"), _("Evidence"))
    return DataTable(title, heads, tuple(_result(row, last) for row in rows), (1, 2, 3, 4, 5), stack=True)


def _result(row: Content, last: int) -> tuple[object, ...]:
    unit = f", {row['unit']}" if row["unit"] else ""
    # A row whose last year is another says so, so that no figure stands under a wrong year.
    own = f" ({row['year'] - 2}\u2013{row['year']})" if row["year"] != last else ""
    values = tuple(_number(value) for value in row["values"])
    comparison = f"{_number(row['comparison'])} {row['comparison_note']}".strip()
    return (f"{row['title']}{unit}{own}", *values, _number(row["target"]), comparison, row["evidence"])


def _number(value: str | None) -> str:
    if value in (None, ""):
        return figure(None)
    number = Decimal(str(value))
    return figure(number, max(0, -int(number.as_tuple().exponent)))


def _in_language(titles: Mapping[str, str]) -> str:
    return text(titles, get_language() or "pl")


def sealed_words(closes_at: datetime, zone: str) -> str:
    """Why there are only counts before the closing."""
    words = _("Until %(moment)s you see only how many there are: no offices and no contents.")
    return words % {"moment": moment_in(zone, closes_at)}
