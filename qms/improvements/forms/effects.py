"""What is asked about an indicator, a measured value and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.improvements.components.effects import outcome_line
from qms.improvements.domain.measuring import IndicatorFacts, ReadingFacts
from qms.improvements.models import Action, Indicator
from qms.improvements.queries import IndicatorView
from qms.ui.forms import DayField, Form

TYPED, ASSESSMENT = Indicator.Source.TYPED, Indicator.Source.ASSESSMENT
FIRST: Final = ("baseline_on", "baseline_error", "baseline_count")
ONLY_ADDED: Final = ("source", "node", *FIRST)


def number(label: Any, **more: Any) -> forms.DecimalField:
    """A figure with up to four decimal places, or none."""
    return forms.DecimalField(label=label, required=False, max_digits=14, decimal_places=4, **more)


def error_field() -> forms.DecimalField:
    """A standard error, or none."""
    return forms.DecimalField(
        label=_("Standard error"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=6,
        help_text=_("Of a survey or another sample. Leave it empty for a complete record, such as a register."),
    )


def count_field() -> forms.IntegerField:
    """How many stand behind a value, or nothing."""
    return forms.IntegerField(label=_("Number of answers or cases"), required=False, min_value=1)


class IndicatorForm(Form):
    """What an action is measured by; where the values come from is settled when it is added."""

    title = forms.CharField(
        label=_("What is measured?"),
        max_length=200,
        help_text=_("A figure that the action is to move, as in “Days until a vacancy outside the town is filled”."),
        error_messages={"required": _("Write what is measured.")},
    )
    source = forms.ChoiceField(
        label=_("Where do the values come from?"),
        choices=Indicator.Source.choices,
        initial=TYPED,
        widget=forms.RadioSelect,
    )
    node = forms.ChoiceField(
        label=_("Subcriterion"),
        required=False,
        help_text=_("Only when values come from self-assessments: its agreed score is taken by itself."),
    )
    better = forms.ChoiceField(
        label=_("Which way is better?"), choices=Indicator.Better.choices, initial="higher", widget=forms.RadioSelect
    )
    unit = forms.CharField(
        label=_("Unit of measure"), max_length=60, required=False, help_text=_("As in “days”, “%”, “cases a month”.")
    )
    baseline = number(_("Baseline"), help_text=_("The last value from before the action begins."))
    baseline_on = DayField(label=_("Baseline measured on"), required=False)
    baseline_error = error_field()
    baseline_count = count_field()
    target = number(_("Target"))
    least_change = number(
        _("Smallest change that matters"),
        min_value=0,
        help_text=_(
            "From which size on would you call a change a change? Without a standard error the verdict rests on this"
            " alone. Settle it before you measure."
        ),
    )

    def __init__(
        self,
        *args: Any,
        action: Action,
        nodes: Sequence[tuple[str, str]],
        indicator: Indicator | None = None,
        **kw: Any,
    ) -> None:
        if indicator is not None:
            kw.setdefault("initial", initial_of(indicator))
        super().__init__(*args, **kw)
        self.action, self.indicator = action, indicator
        self.fields["baseline_error"].label = _("Standard error of the baseline")
        self.fields["baseline_count"].label = _("Number of answers or cases behind the baseline")
        self.fields["node"].choices = [("", _("none")), *nodes]
        if indicator is None:
            return
        for name in ONLY_ADDED:
            del self.fields[name]
        if indicator.source == ASSESSMENT:
            del self.fields["baseline"], self.fields["unit"]
        else:
            self.fields["baseline"].help_text = _(
                "As it stands in the plan. Only values that are entered with their day are compared."
            )

    def clean_baseline_on(self) -> Any:
        day = self.cleaned_data["baseline_on"]
        if day and day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come. Write the day on which it was measured."))
        if day and self.action.start_on and day > self.action.start_on:
            raise ValidationError(
                gettext("The baseline is measured before the action begins. Later values are entered as values.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.indicator is not None:
            return cleaned
        if cleaned.get("source") == ASSESSMENT:
            if not cleaned.get("node"):
                self.add_error("node", gettext("Choose the subcriterion whose score is taken."))
            return cleaned
        known = cleaned.get("baseline") is not None
        if known and not cleaned.get("baseline_on") and "baseline_on" not in self.errors:
            self.add_error(
                "baseline_on", gettext("Write when the baseline was measured: only then it can be compared.")
            )
        if not known and any(cleaned.get(name) is not None for name in FIRST) and "baseline" not in self.errors:
            self.add_error("baseline", gettext("Write the value that was measured."))
        return cleaned

    @property
    def facts(self) -> IndicatorFacts:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        if self.indicator is not None:
            return self._changed(self.indicator)
        framework, _colon, node = (typed["node"] or "").partition(":")
        taken = typed["source"] == ASSESSMENT
        return IndicatorFacts(
            title=typed["title"],
            unit="" if taken else typed["unit"],
            better=typed["better"],
            source=typed["source"],
            framework=framework if taken else "",
            node=node if taken else "",
            baseline=None if taken else typed["baseline"],
            target=typed["target"],
            least_change=typed["least_change"],
            first=None if taken else self._first(),
        )

    def _first(self) -> ReadingFacts | None:
        """The baseline as the first value."""
        typed = self.cleaned_data
        if typed["baseline"] is None or typed["baseline_on"] is None:
            return None
        error, count = typed["baseline_error"], typed["baseline_count"]
        return ReadingFacts(typed["baseline_on"], typed["baseline"], error, count, gettext("baseline"))

    def _changed(self, indicator: Indicator) -> IndicatorFacts:
        typed = self.cleaned_data
        return IndicatorFacts(
            title=typed["title"],
            unit=typed.get("unit", indicator.unit),
            better=typed["better"],
            source=indicator.source,
            framework=indicator.framework,
            node=indicator.node,
            baseline=typed.get("baseline", indicator.baseline),
            target=typed["target"],
            least_change=typed["least_change"],
        )


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """What stands now."""
    return {
        "title": indicator.title,
        "better": indicator.better,
        "unit": indicator.unit,
        "baseline": plain(indicator.baseline),
        "target": plain(indicator.target),
        "least_change": plain(indicator.least_change),
    }


def plain(value: Any) -> Any:
    """A figure without the empty decimal places of its column."""
    return None if value is None else f"{value.normalize():f}"


class ReadingForm(Form):
    """One measured value."""

    on = DayField(label=_("Measured on"), error_messages={"required": _("Write the day of the measurement.")})
    value = forms.DecimalField(
        label=_("Value"), max_digits=14, decimal_places=4, error_messages={"required": _("Write the measured value.")}
    )
    standard_error = error_field()
    count = count_field()
    label = forms.CharField(
        label=_("What was measured"), max_length=200, required=False, help_text=_("As in “client survey, autumn 2027”.")
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come. Write the day on which it was measured."))
        if self.indicator.readings.filter(on=day).exists():
            raise ValidationError(
                gettext("There is a value of this day already. Delete it first if it is wrong, then enter it anew.")
            )
        return day

    @property
    def facts(self) -> ReadingFacts:
        """What was typed, as the service takes it."""
        return ReadingFacts(**self.cleaned_data)


class EffectForm(Form):
    """On which indicator the verdict rests, and what is to be said about it; the verdict itself is reckoned."""

    indicator = forms.ChoiceField(
        label=_("On which indicator does the verdict rest?"),
        widget=forms.RadioSelect,
        help_text=_("The verdict is reckoned from the values; nobody types it. What the others say stands beside it."),
        error_messages={"required": _("Choose the indicator that the verdict rests on.")},
    )
    comment = forms.CharField(
        label=_("What would you say to a colleague about this result?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What else happened in this time, what you would do otherwise. It stands beside the verdict."),
    )
    confirmed = forms.BooleanField(
        label=_("Confirmation"), error_messages={"required": _("Tick the box under what becomes fixed.")}
    )

    def __init__(self, *args: Any, views: Sequence[IndicatorView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not views:
            del self.fields["indicator"]
            return
        self.fields["indicator"].choices = [
            (str(view.indicator.pk), f"{view.indicator.title}: {outcome_line(view.measured)}") for view in views
        ]
        if len(views) == 1:
            self.fields["indicator"].initial = str(views[0].indicator.pk)

    @property
    def chosen(self) -> str:
        """The key of the chosen indicator; nothing where there is none to choose."""
        return str(self.cleaned_data.get("indicator", ""))
