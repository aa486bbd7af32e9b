"""The report that a director approves: from the frozen content alone, the same bytes whenever it is set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms import charts
from qms.assessments.components.report import Glance, Words
from qms.assessments.components.telling import benchmark_name, summary
from qms.assessments.models import Snapshot
from qms.assessments.queries import ReportText, Results, results_of
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.components import Number, Numbers, Pair, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

from .annexes import annexes
from .chapters import how_it_was_done, part_numbers, what_came_out
from .material import Material
from .passages import criterion_chapter

COVER_INK = "#f6f3ec"
SHOWN = 2


def report_of(snapshot: Snapshot, *, language: str) -> Document:
    """The report of an approved assessment in one of the platform's languages."""
    return assessment_report(results_of(snapshot.assessment), snapshot.content, language=language)


def assessment_report(results: Results, content: Mapping[str, Any], *, language: str) -> Document:
    """The report as data: cover, chapters, annexes."""
    moment = results.approved_at
    if moment is None:
        raise Refused(gettext_noop("The report is made when the director has approved the results."))
    with translation.override(language):
        material = Material(results, content)
        return Document(
            title=_("Self-assessment\nreport %(year)s") % {"year": material.year},
            subtitle=_subtitle(material),
            subject=_("Self-assessment of %(office)s by %(framework)s, %(year)s")
            % {
                "office": material.office["name"],
                "framework": material.teller.framework_name,
                "year": material.year,
            },
            language=language,
            sections=_sections(material),
            cover=_cover(material),
            moment=moment,
            running=_("%(office)s, self-assessment report %(framework)s")
            % {"office": material.office["short_name"], "framework": material.teller.framework_name},
            version_line=_("Approved %(day)s, fingerprint %(hash)s")
            % {"day": numbers.day(results.approved_at), "hash": material.short_hash},
            imprint=_imprint(material),
            author=material.office["name"],
        )


def _subtitle(material: Material) -> str:
    title = material.teller.said(material.framework.titles)
    return f"{title}. {material.head['unit']}" if material.head["unit"] else title


def _sections(material: Material) -> tuple[Section, ...]:
    criteria = material.results.criteria
    return (
        _brief(material),
        how_it_was_done(material),
        what_came_out(material),
        *(criterion_chapter(material, criterion, chapter) for chapter, criterion in enumerate(criteria, start=3)),
        *annexes(material),
    )


def _brief(material: Material) -> Section:
    parts: tuple[Part, ...] = (
        Text((" ".join(summary(material.results)),)),
        Numbers(_numbers(material)),
        _glance(material),
    )
    return Section(_("In brief"), (*parts, _best_and_worst(material)), ident="brief")


def _glance(material: Material) -> Glance:
    teller = material.teller
    rows = tuple(
        (
            f"{each.node.identifier}  {teller.short(each.node)}",
            tuple(material.mark_named(node.figure, teller.score(node.figure.value)) for node in each.nodes),
        )
        for each in material.results.criteria
    )
    return Glance(
        _("All scores at a glance"),
        _("Dials show the band; names and numbers stand in annex A"),
        _("Criterion"),
        _("Subcriteria in their order"),
        rows,
        number=_("Table %(number)s") % {"number": 1},
    )


def _best_and_worst(material: Material) -> Pair:
    results, tongue = material.results, material.tongue
    return Pair(
        Words(_("From the strengths"), _cited(results.strengths), "strength", tongue),
        Words(_("From the areas for improvement"), _cited(results.areas), "area", tongue),
    )


def _cited(texts: Iterable[ReportText]) -> tuple[tuple[str, str], ...]:
    """The first text of each of the first three subcriteria."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.node.identifier, text.text)
    return tuple(first.items())[:SHOWN]


def _numbers(material: Material) -> tuple[Number, ...]:
    results, teller = material.results, material.teller
    of = _("of %(maximum)s") % {"maximum": teller.total(results.total_of)}
    total = Number(_("Total of criteria"), teller.total(results.total.value), of, _since_total(material))
    if results.total.value is None:
        total = Number(_("Total of criteria"), "–", "", _("no total while a criterion has no score"))
    return (total, *part_numbers(material), _benchmark_number(material, of))


def _since_total(material: Material) -> str:
    change = material.results.total.change
    if change is None:
        return ""
    return _("%(change)s since %(year)s") % {
        "change": material.teller.change(change, material.framework.rounding.total),
        "year": material.results.previous_year,
    }


def _benchmark_number(material: Material, of: str) -> Number:
    results = material.results
    title = _("Median of other offices")
    if results.benchmark_offices is None or results.total.benchmark is None:
        return Number(title, "–", "", _("not shown: fewer than five offices share figures"))
    note = ngettext("%(count)s office, anonymous", "%(count)s offices, anonymous", results.benchmark_offices)
    return Number(
        title, material.teller.total(results.total.benchmark), of, note % {"count": results.benchmark_offices}
    )


def _cover(material: Material) -> Cover:
    notes = (
        _(
            "Each dial on the cover is one score of this report: the fuller it is, the stronger the evidence"
            " (explained in chapter 1)."
        ),
        _("Fingerprint of the approved content (SHA-256): %(hash)s.") % {"hash": _grouped(material.results.sha256)},
    )
    return Cover(organisation=material.office["name"], facts=_facts(material), art=_art(material), notes=notes)


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    return (
        (_("Approved"), _("director of the office, %(day)s") % {"day": numbers.day(material.approved_at)}),
        (_("Self-assessment group"), _group_fact(material)),
        (_("Total of criteria"), _total_fact(material)),
        (_("Evidence"), _evidence_fact(material)),
    )


def _group_fact(material: Material) -> str:
    people = ngettext("%(count)s person", "%(count)s people", material.members) % {"count": material.members}
    agreed_on = material.day("consensus_on") or material.day("consensus_started_at")
    if agreed_on is None:
        return people
    return _("%(people)s, scores agreed %(day)s") % {"people": people, "day": numbers.day(agreed_on)}


def _total_fact(material: Material) -> str:
    results, teller = material.results, material.teller
    if results.total.value is None:
        return _("none: %(scored)s of %(of)s subcriteria have a score") % {
            "scored": results.coverage.scored,
            "of": results.coverage.of,
        }
    total = _("%(total)s of %(maximum)s") % {
        "total": teller.total(results.total.value),
        "maximum": teller.total(results.total_of),
    }
    if results.total.previous is None:
        return total
    before = _("in %(year)s: %(total)s") % {
        "year": results.previous_year,
        "total": teller.total(results.total.previous),
    }
    return f"{total} ({before})"


def _evidence_fact(material: Material) -> str:
    count = len(material.results.evidence)
    if not count:
        return _("none cited")
    return ngettext("%(count)s piece, listed in annex B", "%(count)s pieces, listed in annex B", count) % {
        "count": count
    }


def _art(material: Material) -> str:
    """The dials of the scores, one column a criterion."""
    columns = [
        (each.node.identifier, [node.figure.band.index if node.figure.band else None for node in each.nodes])
        for each in material.results.criteria
    ]
    return charts.dial_rows(
        columns,
        ident="cover-dials",
        title=_("Agreed scores as dials"),
        description=_("The scores of all subcriteria as dials, one column a criterion; the numbers are in annex A."),
        color=COVER_INK,
    )


def _grouped(fingerprint: str) -> str:
    return " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8))


def _imprint(material: Material) -> tuple[str, ...]:
    lines = [
        _("Typeset by QMS from the content that the director approved; later changes make a new report."),
        material.teller.said(material.framework.attribution),
    ]
    if material.results.benchmark_offices is not None:
        lines.insert(
            1,
            _("Other offices: %(benchmark)s, anonymous, as of the day of approval.")
            % {"benchmark": benchmark_name(material.results.benchmark_offices)},
        )
    return tuple(line for line in lines if line)
