"""What is asked when a plan is opened, changed, approved, returned and closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.assessments.models import Assessment
from qms.improvements.models import Plan
from qms.offices.models import Office
from qms.ui.forms import DayField, Form


class PlanForm(Form):
    """The frame of a plan; its actions are added on its own page."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), empty_label=None)
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("The name under which it stands in lists and letters.")
    )
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    assessment = forms.ModelChoiceField(
        Assessment.objects.none(),
        label=_("Self-assessment it answers"),
        required=False,
        empty_label=_("none"),
        help_text=_("An approved one. Its areas for improvement and low scores stand ready as findings."),
    )
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the plan is to change, in a few sentences. The director and the staff read it first."),
    )
    currency = forms.ChoiceField(label=_("Currency of budgets"), choices=Plan.Currency.choices)
    review_on = DayField(
        label=_("Next review"),
        required=False,
        help_text=_("The day on which the plan is looked at as a whole; half-yearly is usual."),
    )

    def __init__(self, *args: Any, offices: Iterable[Office] = (), plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        chosen = [plan.office] if plan else list(offices)
        self.fields["office"].queryset = Office.objects.filter(pk__in=[office.pk for office in chosen])
        self.fields["office"].label_from_instance = lambda office: office.name
        self.fields["assessment"].queryset = (
            Assessment.objects.approved().filter(office__in=chosen).select_related("office").order_by("-approved_at")
        )
        several = len(chosen) > 1
        self.fields["assessment"].label_from_instance = lambda one: assessment_label(one, with_office=several)
        if len(chosen) == 1:
            del self.fields["office"]
            self.only_office = chosen[0]
        if plan is not None and plan.is_approved:
            for name in [name for name in self.fields if name != "review_on"]:
                del self.fields[name]

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        before = self.plan.review_on if self.plan else None
        if day and day != before and day < timezone.localdate():
            raise ValidationError(gettext("This day is in the past. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        office, assessment = cleaned.get("office"), cleaned.get("assessment")
        if office and assessment and assessment.office_id != office.pk:
            self.add_error("assessment", gettext("Choose a self-assessment of the same office."))
        return cleaned


def assessment_label(assessment: Assessment, *, with_office: bool = False) -> str:
    """Title, unit and year; the office where there are several."""
    parts = [assessment.office.short_name if with_office else "", assessment.title, assessment.unit]
    return ", ".join(part for part in parts if part) + f" ({assessment.year})"


class ConfirmForm(Form):
    """The one box of a step that cannot be undone."""

    confirmed = forms.BooleanField(
        label=_("Confirmation"), error_messages={"required": _("Tick the box under what becomes fixed.")}
    )


class ReturnForm(Form):
    """Why the plan goes back to the quality lead."""

    reason = forms.CharField(
        label=_("What should be changed in the plan?"),
        help_text=_("The quality lead gets this by e-mail; it also stands on the plan's page."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what should be changed in the plan.")},
    )


class CloseForm(Form):
    """What the plan has brought."""

    conclusion = forms.CharField(
        label=_("What has the plan brought?"),
        help_text=_("What worked, what did not, what goes into the next plan. Staff and coordinators read it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what the plan has brought.")},
    )
    confirmed = forms.BooleanField(
        label=_("The plan is finished; nothing in it changes any more."),
        error_messages={"required": _("Tick the box: closing cannot be undone.")},
    )
