"""What is typed about a visit: the plan with its agenda, the report, and why it is called off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from qms.awards.models import Section
from qms.jury.domain.visiting import Plan, Point, Report, Seen
from qms.jury.models import AgendaItem, Juror, Visit, VisitNote
from qms.ui.forms import Form, MomentField

FEWEST_POINTS, SPARE_POINTS = 5, 3
LONGEST_TITLE = 300


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class PlanForm(Form):
    """When, where, who visits, what is shown; moments by the clock of the round."""

    marks_optional = False
    starts_at = MomentField(label=_("Begins"), error_messages={"required": _("Choose when the visit begins.")})
    ends_at = MomentField(label=_("Ends"), error_messages={"required": _("Choose when the visit ends.")})
    place = forms.CharField(
        label=_("Place"), max_length=300, error_messages={"required": _("Write where the visit is.")}
    )
    team = forms.TypedMultipleChoiceField(
        label=_("Who visits"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one juror.")},
    )
    message = forms.CharField(
        label=_("Message to the office"),
        help_text=_("What it should prepare, whom the jury wants to meet. The office reads this and the agenda."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        zone: ZoneInfo,
        jurors: Iterable[Juror],
        sections: Sequence[Section],
        many: int,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.zone, self.many = zone, many
        self.fields["starts_at"].help_text = gettext("By the clock of the round: %(zone)s.") % {"zone": zone.key}
        self.fields["team"].choices = [(one.pk, f"{one.user.name} ({one.sign})") for one in jurors]
        chapters = [("", pgettext("agenda", "no section")), *((one.pk, one.title) for one in sections)]
        for place in range(many):
            self.fields[f"at_{place}"] = forms.TimeField(label=gettext("From"), required=False, widget=TimeInput())
            self.fields[f"what_{place}"] = forms.CharField(
                label=gettext("What is shown or talked about"), max_length=LONGEST_TITLE, required=False
            )
            self.fields[f"section_{place}"] = forms.TypedChoiceField(
                label=gettext("Section"), choices=chapters, coerce=int, empty_value=None, required=False
            )

    def full_clean(self) -> None:
        """Moments are read by the clock of the round."""
        with timezone.override(self.zone):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning; a point of the agenda has an hour and a title."""
        found = super().clean() or {}
        starts_at, ends_at = found.get("starts_at"), found.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", gettext("The visit ends before it begins."))
        for place in range(self.many):
            hour, what = found.get(f"at_{place}"), found.get(f"what_{place}", "")
            if what and not hour and f"at_{place}" not in self.errors:
                self.add_error(f"at_{place}", gettext("Write the hour of this point."))
            if hour and not what:
                self.add_error(f"what_{place}", gettext("Write what is shown or talked about."))
        return found

    def plan(self) -> Plan:
        """What was typed."""
        found = self.cleaned_data
        points = (
            Point(found[f"at_{place}"], found[f"what_{place}"], found.get(f"section_{place}"))
            for place in range(self.many)
            if found.get(f"what_{place}")
        )
        return Plan(
            starts_at=found["starts_at"],
            ends_at=found["ends_at"],
            place=found["place"],
            team=tuple(found["team"]),
            message=found["message"],
            agenda=tuple(points),
        )

    @property
    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """The three fields of each point of the agenda."""
        for place in range(self.many):
            yield self[f"at_{place}"], self[f"what_{place}"], self[f"section_{place}"]


def many_points(agenda: Sequence[AgendaItem], sent: Iterable[str] = ()) -> int:
    """How many points the form offers: all that are there and some more, and never fewer than were sent."""
    return max(FEWEST_POINTS, len(agenda) + SPARE_POINTS, sum(name.startswith("what_") for name in sent))


def plan_initial(visit: Visit, team: Iterable[Juror], agenda: Sequence[AgendaItem], zone: ZoneInfo) -> dict[str, Any]:
    """A plan as its fields show it."""
    initial: dict[str, Any] = {
        "starts_at": _typed(visit.starts_at, zone),
        "ends_at": _typed(visit.ends_at, zone),
        "place": visit.place,
        "message": visit.message,
        "team": [one.pk for one in team],
    }
    for place, one in enumerate(agenda):
        initial |= {f"at_{place}": one.starts, f"what_{place}": one.title, f"section_{place}": one.section_id}
    return initial


def _typed(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


class ReportForm(Form):
    """What was seen on the whole, and by scored section."""

    marks_optional = False
    report = forms.CharField(
        label=_("On the whole"),
        help_text=_("What the visit confirmed, what it did not, what was new. The office never reads the report."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sections = sections
        verdicts = [*VisitNote.Verdict.choices, ("", pgettext("visit", "not looked at"))]
        for one in sections:
            self.fields[f"verdict_{one.pk}"] = forms.ChoiceField(
                label=one.title, choices=verdicts, required=False, widget=forms.RadioSelect
            )
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=gettext("What was seen"),
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def said(self) -> Report:
        """What was typed."""
        found = self.cleaned_data
        seen = (Seen(one.pk, found[f"verdict_{one.pk}"], found[f"note_{one.pk}"]) for one in self.sections)
        return Report(found["report"], tuple(seen))

    @property
    def rows(self) -> Iterator[tuple[Section, BoundField, BoundField]]:
        """The two fields of each section."""
        for one in self.sections:
            yield one, self[f"verdict_{one.pk}"], self[f"note_{one.pk}"]


def report_initial(visit: Visit, notes: dict[int, VisitNote]) -> dict[str, Any]:
    """A report as its fields show it."""
    initial: dict[str, Any] = {"report": visit.report}
    for pk, one in notes.items():
        initial |= {f"verdict_{pk}": one.verdict, f"note_{pk}": one.text}
    return initial


def typed_report(sent: Mapping[str, str]) -> str:
    """All that was typed into a report, as one text to copy."""
    said = (sent[name].strip() for name in sent if name == "report" or name.startswith("note_"))
    return "\n\n".join(filter(None, said))


class CancelForm(Form):
    """Why the visit does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The office and the team get it in a letter."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason.")},
    )
