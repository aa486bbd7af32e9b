"""A feedback report on paper: the decision, the bands, what the jury found, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qms import charts
from qms.awards.components.dossiers import Facts
from qms.awards.components.hours import moment_in
from qms.awards.models import Application
from qms.frameworks.domain.framework import Framework
from qms.laureates.components.bands import Told, band_picture, told_of
from qms.laureates.components.findings import decision_words
from qms.laureates.models import FeedbackReport
from qms.laureates.queries.feedback import framework_of, submitted_at
from qms.pdf.components import BandMark, Bar, Bars, Box, Entries, Entry, Passage, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

COVER_INK = "#f6f3ec"
MANY = 12  # more dials than that do not stand beside one another


def feedback_of(report: FeedbackReport, *, language: str) -> Document:
    """The report in one of the platform's languages."""
    application = report.application
    found = application.category.round
    with translation.override(language), timezone.override(found.timezone):
        framework = framework_of(application.category)
        told = tuple(told_of(row, framework) for row in report.sections)
        return Document(
            title=_("Feedback\nreport"),
            subtitle=f"{found.title}. {application.category.title}",
            subject=_("Feedback of the jury on application %(number)s") % {"number": application.number},
            language=language,
            sections=(_brief(report, told), _found(report, told), _next(report)),
            cover=_cover(application, report.decision, told, framework),
            moment=report.approved_at or report.updated_at,
            running=f"{application.number}, {application.office.short_name}",
            version_line=_version_line(report),
            imprint=_imprint(found.embargo_until, found.zone),
            author=found.programme.organiser,
            has_contents=False,
        )


def _version_line(report: FeedbackReport) -> str:
    if report.approved_at is None:
        return _("Draft, not approved")
    return _("Approved %(day)s") % {"day": numbers.day(report.approved_at)}


def _imprint(embargo_until: Any, zone: str) -> tuple[str, ...]:
    return (
        _("Confidential until %(moment)s.") % {"moment": moment_in(zone, embargo_until)},
        _("For the office that applied. The jury's single scores stay with the jury."),
    )


def _cover(
    application: Application, decision: Mapping[str, Any], told: tuple[Told, ...], framework: Framework | None
) -> Cover:
    facts = (
        (_("Application"), application.number),
        (_("Submitted"), numbers.day(submitted_at(application))),
        (_("Organiser"), application.category.round.programme.organiser),
        (_("Decision of the jury"), decision_words(decision)),
    )
    has_dials = framework is not None and 0 < len(told) <= MANY
    notes = (
        (_("Each dial on the cover is the band of one section: the fuller it is, the higher the band."),)
        if has_dials
        else ()
    )
    return Cover(application.office.name, facts, art=_art(told) if has_dials else "", notes=notes)


def _art(told: tuple[Told, ...]) -> str:
    return charts.dial_rows(
        [(str(place), [one.index]) for place, one in enumerate(told, start=1)],
        ident="cover-bands",
        title=_("Bands of the sections as dials"),
        description=_("The bands in words stand in the first chapter."),
        color=COVER_INK,
    )


def _brief(report: FeedbackReport, told: tuple[Told, ...]) -> Section:
    parts: list[Part] = [Text((report.opening,))] if report.opening else []
    reason = report.decision.get("reason", "")
    decided = f"{_('Decision of the jury')}: {decision_words(report.decision)}"
    parts.append(Box(decided, (reason,) if reason else ()))
    if told:
        parts.append(_bars(told))
        parts.append(Text((_how(told),)))
    return Section(_("In brief"), tuple(parts), ident="brief")


def _bars(told: tuple[Told, ...]) -> Bars:
    has_median = any(one.median is not None for one in told)
    bars = tuple(
        Bar(
            f"{place}  {one.title}",
            band_picture(one, ident=f"bar-{place}"),
            one.short,
            BandMark(one.index, one.name) if one.name else None,
        )
        for place, one in enumerate(told, start=1)
    )
    unit = (
        _("Points from 0 to 100; the stroke is the median of the category") if has_median else _("Points from 0 to 100")
    )
    has_names = any(one.name for one in told)
    heads = (_("Section"), "", _("Points"), _("Band") if has_names else "")
    return Bars(_("Bands of the jury's scores"), bars, heads, unit=unit, ident="bands")


def _how(told: tuple[Told, ...]) -> str:
    said = _("A band says where the score that the jury agreed on lies.")
    if any(one.median is not None for one in told):
        return said + " " + _("The median is told where five or more applications of the category have a score.")
    return said + " " + _("A median is not told, as fewer than five applications of the category have a score.")


def _found(report: FeedbackReport, told: tuple[Told, ...]) -> Section:
    passages = tuple(
        _passage(place, row, one) for place, (row, one) in enumerate(zip(report.sections, told, strict=True), start=1)
    )
    lead = _("What is strong, and what can be better, as the jury wrote it together.")
    return Section(_("What the jury found"), passages, lead=lead, kind="chapter", ident="found")


def _passage(place: int, row: Mapping[str, Any], told: Told) -> Passage:
    return Passage(
        told.title,
        number=str(place),
        picture=band_picture(told, ident=f"passage-{place}"),
        band=BandMark(told.index, "") if told.name else None,
        remark="; ".join(filter(None, [told.words, told.median_words])),
        columns=(
            Entries(_("Strengths"), tuple(_entries(row["strengths"])), "strength", _("none noted")),
            Entries(_("Areas for improvement"), tuple(_entries(row["areas"])), "area", _("none noted")),
        ),
        ident=f"section-{place}",
    )


def _entries(words: str) -> Iterator[Entry]:
    for line in words.splitlines():
        if line.strip():
            yield Entry(line.strip())


def _next(report: FeedbackReport) -> Section:
    found = report.application.category.round
    parts: list[Part] = [Text((report.closing,))] if report.closing else []
    facts: list[tuple[str, object]] = []
    if found.gala_at is not None:
        place = f", {found.gala_place}" if found.gala_place else ""
        facts.append((_("Gala"), numbers.moment(found.gala_at) + place))
    if found.contact_email:
        facts.append((_("Questions to"), found.contact_email))
    if found.programme.website:
        facts.append((_("Page of the award"), found.programme.website))
    facts.append((_("On the platform"), _("Areas for improvement can become actions of your plan.")))
    return Section(_("What comes next"), (*parts, Facts(tuple(facts))), kind="flow", ident="next")
