"""An application as a juror reads it: as it was submitted, with annexes that open for jurors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.awards.components.hours import exact_in
from qms.awards.components.received import FrozenAnswer, FrozenSection, annexes_of, sections_of
from qms.awards.components.submitting import over_of
from qms.awards.models import Application, Submission
from qms.ui.components import Crumbs, Facts, FileRow, Link
from qms.ui.numbers import figure

Content = Mapping[str, Any]


def sections_for_juror(content: Content) -> tuple[FrozenSection, ...]:
    """All sections as they were submitted; each has the ident "s-<pk>"."""
    ways = _ways(content)
    return tuple(
        replace(section, answers=tuple(_answer(one, ways) for one in section.answers))
        for section in sections_of(content)
    )


def annexes_for_juror(content: Content) -> tuple[FileRow, ...]:
    """All annexes in their order."""
    ways = _ways(content)
    return tuple(_row(one, ways) for one in annexes_of(content))


def facts_for_juror(application: Application, submission: Submission) -> Facts:
    """Who applied and when it came."""
    content = submission.content
    office = content["office"]
    return Facts(
        (
            (_("Number"), content["number"]),
            (_("Round and category"), over_of(application)),
            (_("Place"), ", ".join(part for part in (office["city"], office["region"]) if part)),
            (_("Number of staff"), figure(office["staff_count"])),
            (_("Received"), exact_in(content["round"]["zone"], submission.submitted_at)),
        )
    )


def crumbs_of_juror(*links: Link) -> Crumbs:
    """The way from the juror's home."""
    return Crumbs((Link(_("Work as a juror"), reverse("jury:home")), *links))


def _ways(content: Content) -> dict[str, str]:
    """Where organisers open an annex, and where jurors do."""
    pks = [one["pk"] for one in content["annexes"]]
    return {reverse("awards:annex-file", args=[pk]): reverse("jury:annex", args=[pk]) for pk in pks}


def _answer(answer: FrozenAnswer, ways: Mapping[str, str]) -> FrozenAnswer:
    return replace(answer, files=tuple(_row(one, ways) for one in answer.files)) if answer.files else answer


def _row(row: FileRow, ways: Mapping[str, str]) -> FileRow:
    return replace(row, url=ways[row.url])
