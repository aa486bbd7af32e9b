"""The report of an external feedback: what peers saw, what they advise, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qms import charts
from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import lines_of, offices_named, profile_words
from qms.improvements.domain.feedback import Pillar, Profile, Scheme
from qms.improvements.models import Feedback, FeedbackActor, FeedbackAgreed, FeedbackAnswer
from qms.improvements.queries import feedback as queries
from qms.lifecycle import Refused, gettext_noop
from qms.pdf.components import Box, Column, Entries, Entry, Number, Numbers, Passage, Row, Table, Text
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers
from qms.ui.components import Part

COVER_INK = "#f6f3ec"


@dataclass(frozen=True)
class Material:
    """Everything the report says, read once."""

    feedback: Feedback
    language: str

    @cached_property
    def scheme(self) -> Scheme:
        """The questionnaires that this feedback uses."""
        return queries.tree_of(self.feedback.scheme)

    @cached_property
    def agreed(self) -> Mapping[str, FeedbackAgreed]:
        """What the team agreed, by item."""
        return queries.agreed_levels_of(self.feedback)

    @cached_property
    def answers(self) -> Mapping[str, FeedbackAnswer]:
        """What the office said, by item."""
        return queries.answers_of(self.feedback)

    @cached_property
    def profile(self) -> Profile:
        """Whether the agreed levels are enough."""
        return queries.profile_of(self.feedback, self.agreed.values())

    @cached_property
    def team(self) -> list[FeedbackActor]:
        """Those who gave the feedback."""
        clear = FeedbackActor.Declaration.CLEAR
        return [
            actor for actor in queries.team_of(self.feedback) if actor.removed_at is None and actor.declaration == clear
        ]

    def said(self, texts: Mapping[str, str]) -> str:
        """The words in the language of the report."""
        return text(texts, self.language)


def feedback_report(feedback: Feedback, *, language: str) -> Document:
    """The report as data; it exists from the day on which the team handed it in."""
    if feedback.reported_at is None:
        raise Refused(gettext_noop("The report is made when the team has handed it in."))
    with translation.override(language):
        material = Material(feedback, language)
        title = _("Report of the\nexternal feedback")
        return Document(
            title=title,
            subtitle=material.said(material.scheme.titles),
            subject=_("External feedback for %(office)s") % {"office": feedback.office.name},
            language=language,
            sections=_sections(material),
            cover=_cover(material),
            moment=feedback.reported_at,
            running=_("%(office)s, report of the external feedback") % {"office": feedback.office.short_name},
            version_line=_("Handed in %(day)s") % {"day": numbers.day(feedback.reported_at)},
            imprint=tuple(filter(None, (material.said(material.scheme.attribution),))),
            author=feedback.office.name,
        )


def _sections(material: Material) -> tuple[Section, ...]:
    return (
        _brief(material),
        Section(_("Profile"), (_profile(material),), ident="profile-chapter"),
        _team(material),
        *(_pillar(material, pillar, number) for number, pillar in enumerate(material.scheme.pillars, start=1)),
        _method(material),
    )


def _cover(material: Material) -> Cover:
    feedback = material.feedback
    facts = [
        (_("Self-assessment"), f"{feedback.assessment.title}, {feedback.assessment.year}"),
        (_("Applied"), numbers.day(feedback.submitted_at)),
        (_("Visit"), numbers.day(feedback.visit_on)),
        (_("Decision"), _decision(material)),
    ]
    columns = [
        (step.identifier, [_level(material, item.identifier) for item in step.items])
        for _pillar_, step in material.scheme.steps()
    ]
    art = charts.dial_rows(
        columns,
        ident="cover-dials",
        title=_("Agreed levels as dials"),
        description=_("The agreed levels of all items as dials, one column a step; the numbers are in the chapters."),
        color=COVER_INK,
    )
    note = _("Each dial on the cover is one agreed level of this report: the fuller it is, the higher the level.")
    return Cover(organisation=feedback.office.name, facts=tuple(facts), art=art, notes=(note,))


def _level(material: Material, item: str) -> int | None:
    agreed = material.agreed.get(item)
    return None if agreed is None else agreed.level


def _decision(material: Material) -> str:
    feedback = material.feedback
    if feedback.stage != Feedback.Stage.DECIDED:
        return _("not taken yet")
    if not feedback.has_label:
        return _("no label, %(day)s") % {"day": numbers.day(feedback.decided_on)}
    return _("%(label)s until %(day)s") % {
        "label": material.said(material.scheme.label),
        "day": numbers.day(feedback.valid_until),
    }


# --- In brief -------------------------------------------------------------------------------------------------------


def _brief(material: Material) -> Section:
    feedback = material.feedback
    parts: list[Part] = [Text((profile_words(material.profile),)), Numbers(_means(material))]
    if feedback.stage == Feedback.Stage.DECIDED:
        words = (_decision(material), feedback.decision_reason)
        parts.append(Box(_("Decision"), tuple(filter(None, words))))
    passage = Passage(
        _("What the team tells the office"),
        columns=(
            Entries(_("Strengths"), _entries(feedback.strengths), "strength", _("None is written down.")),
            Entries(
                _("Areas for improvement and advice"), _entries(feedback.advice), "area", _("None is written down.")
            ),
        ),
        ident="advice",
    )
    return Section(_("In brief"), (*parts, passage), ident="brief")


def _entries(words: str) -> tuple[Entry, ...]:
    return tuple(Entry(line) for line in lines_of(words))


def _means(material: Material) -> tuple[Number, ...]:
    """The mean of each questionnaire; the steps stand in the table."""
    shown = []
    for pillar in material.scheme.pillars:
        given = [each.level for item in pillar.items if (each := material.agreed.get(item.identifier))]
        value = numbers.figure(sum(given) / len(given), 1) if given else "–"
        least = numbers.figure(pillar.steps[0].at_least, 1)
        note = _("mean of %(count)s items; each step at least %(least)s") % {"count": len(given), "least": least}
        shown.append(
            Number(
                _("Questionnaire %(number)s") % {"number": pillar.identifier},
                value,
                _("of %(most)s") % {"most": 5},
                note,
            )
        )
    return tuple(shown)


def _profile(material: Material) -> Table:
    met, not_met = pgettext("profile", "met"), pgettext("profile", "not met")
    rows = tuple(
        Row(
            (
                material.said(result.step.titles),
                numbers.figure(result.mean, 1) if result.mean is not None else "–",
                numbers.figure(result.step.at_least, 1),
                met if result.met else not_met,
            )
        )
        for result in material.profile.steps
    )
    columns = (
        Column(_("Step or principle")),
        Column(_("Mean"), is_number=True, is_main=True),
        Column(_("At least"), is_number=True),
        Column(_("Profile"), width="small"),
    )
    return Table(columns, rows, _("Means of the agreed levels against the profile"), ident="profile")


# --- The chapters ---------------------------------------------------------------------------------------------------


def _team(material: Material) -> Section:
    feedback = material.feedback
    rows = tuple(
        Row(
            (
                actor.user.name,
                offices_named(each.office.short_name for each in actor.user.works),  # type: ignore[attr-defined]
                _("leads the team") if actor.is_leader else "",
            )
        )
        for actor in material.team
    )
    columns = (Column(_("Person")), Column(_("Office")), Column(_("Part"), width="middle"))
    parts: list[Part] = [Table(columns, rows, _("The feedback team"), note=_("Each declared no conflict of interest."))]
    parts += [
        Section(title, (Text((words,)),), in_contents=False, kind="flow")
        for title, words in (
            (_("Why the office applied"), feedback.motivation),
            (_("Agenda of the visit"), feedback.visit_agenda),
            (_("Notes of the visit"), feedback.visit_notes),
        )
        if words
    ]
    parts.append(_scores(material))
    return Section(_("Application, team and visit"), tuple(parts), ident="team")


def _scores(material: Material) -> Table:
    figures = queries.figures_of(material.feedback, material.language)
    rows = [
        Row((f"{identifier}  {title}", numbers.figure(score, figures.places[0])))
        for identifier, title, score in figures.criteria
    ]
    total = Row((_("Total"), numbers.figure(figures.total, figures.places[1])), "head")
    note = _("The team does not check these scores: it looks at how they came about.")
    columns = (Column(_("Criterion")), Column(_("Score"), is_number=True))
    return Table(columns, (*rows, total), _("Approved scores of the self-assessment"), note=note)


def _pillar(material: Material, pillar: Pillar, number: int) -> Section:
    rows: list[Row] = []
    for step in pillar.steps:
        if not step.is_single:
            rows.append(Row((material.said(step.titles), "", "", ""), "head"))
        rows.extend(_item(material, item.identifier, material.said(item.titles)) for item in step.items)
    columns = (
        Column(_("Item"), width="large"),
        Column(_("Office"), is_number=True),
        Column(_("Team"), is_number=True, is_main=True),
        Column(_("Comment of the team")),
    )
    table = Table(
        columns,
        tuple(rows),
        _("Levels of the office and of the team"),
        note=_("The levels are described in the annex."),
    )
    about = Text((material.said(pillar.about),))
    return Section(
        material.said(pillar.titles), (about, table), number=str(number), ident=f"pillar-{pillar.identifier}"
    )


def _item(material: Material, item: str, title: str) -> Row:
    answer, agreed = material.answers.get(item), material.agreed.get(item)
    return Row(
        (
            f"{item}  {title}",
            numbers.figure(answer.level if answer else None),
            numbers.figure(agreed.level if agreed else None),
            agreed.comment if agreed else "",
        )
    )


def _method(material: Material) -> Section:
    """The scales with their descriptions, and where the questionnaires come from."""
    scales = {pillar.scale.code: pillar.scale for pillar in material.scheme.pillars}
    tables = tuple(
        Table(
            (Column(_("Level"), width="middle"), Column(_("Description"))),
            tuple(
                Row((f"{level.value} {material.said(level.titles)}", material.said(level.about)))
                for level in scale.levels
            ),
            material.said(scale.titles),
        )
        for scale in scales.values()
    )
    notes = Text(tuple(material.said(note.texts) for note in material.scheme.notes))
    read_on = _("Questionnaires: %(code)s, fingerprint %(hash)s.") % {
        "code": material.scheme.code,
        "hash": material.feedback.scheme.sha256[:12],
    }
    applied = material.feedback.submitted_at
    day = numbers.day(timezone.localdate(applied)) if applied else "–"
    filled = _("Levels of the office as of %(day)s.") % {"day": day}
    return Section(_("Scales and sources"), (*tables, notes, Text((filled, read_on))), label=_("Annex"), ident="method")
