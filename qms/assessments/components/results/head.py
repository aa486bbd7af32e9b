"""What stands above the results: the way here, two sentences, four numbers."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.components.telling import Teller, no_benchmark, part_before, summary
from qms.assessments.models import Assessment
from qms.assessments.queries import Results
from qms.ui import numbers
from qms.ui.components import (
    Crumbs,
    Delta,
    Link,
    PageHead,
    Part,
    Stat,
    State,
    Stats,
)

Stage = Assessment.Stage
KINDS = {Stage.CONSENSUS: "going", Stage.APPROVAL: "wait", Stage.APPROVED: "done"}
FEW = 3


def crumbs_of(assessment: Assessment, here: str) -> Crumbs:
    """The way here."""
    return Crumbs(
        (
            Link(_("Self-assessments"), reverse("assessments:assessment-list")),
            Link(assessment.title, reverse("assessments:assessment-detail", args=[assessment.pk])),
            Link(here, ""),
        )
    )


def head_of(results: Results, *, action: Part | None) -> PageHead:
    """What it is, how far it is, in two sentences what came out."""
    teller, assessment = Teller(results.framework), results.assessment
    people = sum(len(group.members) for group in results.groups)
    meta: list[tuple[str, object]] = []
    if results.approved_at is not None:
        meta.append((_("Approved"), numbers.day(results.approved_at)))
    elif assessment.consensus_on is not None:
        meta.append((_("Consensus"), numbers.day(assessment.consensus_on)))
    meta += [
        (_("Self-assessment group"), ngettext("%(count)s person", "%(count)s people", people) % {"count": people}),
        (
            _("Scored"),
            ngettext("%(scored)s of %(of)s subcriterion", "%(scored)s of %(of)s subcriteria", results.coverage.of)
            % {"scored": results.coverage.scored, "of": results.coverage.of},
        ),
        (_("Scoring"), teller.said(results.framework.panel(assessment.panel).titles)),
    ]
    over = f"{teller.framework_name}, {assessment.unit or results.office_name}"
    return PageHead(
        _("Results: %(title)s") % {"title": assessment.title},
        over=over,
        state=State(str(Stage(assessment.stage).label), KINDS[Stage(assessment.stage)]),  # type: ignore[arg-type]
        lead=" ".join(summary(results)),
        meta=tuple(meta),
        action=action,
    )


def stats_of(results: Results) -> Stats:
    """Total, its parts, and other offices: four numbers with what they are of."""
    teller = Teller(results.framework)
    total_of = _("of %(maximum)s") % {"maximum": teller.total(results.total_of)}
    return Stats((_total(results, teller, total_of), *_parts(results, teller), _benchmark(results, teller, total_of)))


def since(results: Results) -> str:
    """Against which cycle the changes are told."""
    return _("since %(year)s") % {"year": results.previous_year}


def _total(results: Results, teller: Teller, of: str) -> Stat:
    if results.total.value is None:
        reason = _("no total while a criterion has no score")
        return Stat(_("Total of criteria"), "–", "", (reason,))
    digits = teller.framework.rounding.total
    notes = () if results.total.change is None else (Delta(results.total.change, digits=digits, note=since(results)),)
    return Stat(_("Total of criteria"), teller.total(results.total.value), of, notes)


def _parts(results: Results, teller: Teller) -> list[Stat]:
    of = _("of %(maximum)s") % {"maximum": teller.framework.highest}
    digits = teller.framework.rounding.criterion
    found = []
    for part in results.parts:
        before, value = part_before(results, part.code), part.figure.value
        notes = () if before is None or value is None else (Delta(value - before, digits=digits, note=since(results)),)
        title = _("%(part)s, mean") % {"part": teller.said(part.titles)}
        found.append(Stat(title, teller.criterion(value), of if value is not None else "", notes))
    return found


def _benchmark(results: Results, teller: Teller, of: str) -> Stat:
    title = _("Median of other offices")
    if results.benchmark_offices is None or results.total.benchmark is None:
        return Stat(title, "–", "", (no_benchmark(),))
    note = ngettext("%(count)s office, anonymous", "%(count)s offices, anonymous", results.benchmark_offices)
    return Stat(title, teller.total(results.total.benchmark), of, (note % {"count": results.benchmark_offices},))
