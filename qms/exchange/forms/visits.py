"""What both sides write about one study visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.exchange.domain.visiting import Appointment, Wish
from qms.offices.models import Office
from qms.ui.forms import DayField, Form
from qms.ui.numbers import weekday


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class AskForm(Form):
    """A request to come, in the name of an office."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Which office comes?"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of the offices that you lead.")},
    )
    wish = forms.CharField(
        label=_("What do you want to see?"),
        help_text=_("What you are working on, and what you would like to ask. It helps the host to prepare."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you want to see.")},
    )
    people = forms.IntegerField(label=_("How many of you come?"), min_value=1, initial=2)
    wished_on = DayField(
        label=_("Day you would like"), help_text=_("The host confirms it or proposes another one."), required=False
    )
    online = forms.BooleanField(label=_("We would like to come by video"), required=False)

    def __init__(
        self, *args: Any, offices: Any, most: int, days: Sequence[date], by_video: bool, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.most, self.today = most, today
        self.fields["office"].queryset = offices
        self.fields["office"].label_from_instance = lambda office: office.name
        if len(offices) == 1:
            self.fields["office"].initial = offices[0].pk
            self.fields["office"].widget = forms.HiddenInput()
        self.fields["people"].help_text = gettext("Places for guests at a time: %(most)s.") % {"most": most}
        if not by_video:
            del self.fields["online"]
        if days:
            self.fields["wished_on"] = _day_of(days)

    def clean_people(self) -> int:
        people: int = self.cleaned_data["people"]
        if people > self.most:
            said = gettext("Places for guests at a time: %(most)s. Write a smaller number.")
            raise ValidationError(said % {"most": self.most})
        return people

    def clean_wished_on(self) -> date | None:
        day: date | None = self.cleaned_data["wished_on"]
        if day is not None and day < self.today:
            raise ValidationError(gettext("This day has passed. Choose a day that is still to come."))
        return day

    def wish_written(self) -> Wish:
        """What was written."""
        found = self.cleaned_data
        return Wish(found["wish"], found["people"], found["wished_on"], found.get("online", False))


def _day_of(days: Sequence[date]) -> forms.TypedChoiceField:
    choices = [(day.isoformat(), weekday(day)) for day in days]
    return forms.TypedChoiceField(
        label=gettext("Which day suits you?"),
        choices=[*choices, ("", gettext("another day, by arrangement"))],
        coerce=date.fromisoformat,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext("The host does not propose this day any more. Choose another one.")},
    )


class ConfirmForm(Form):
    """When and where the guests are awaited."""

    held_on = DayField(label=_("Day of the visit"), error_messages={"required": _("Choose the day of the visit.")})
    held_at = forms.TimeField(label=_("Begins at"), required=False, widget=TimeInput)
    place = forms.CharField(
        label=_("Place, or address of the video meeting"),
        max_length=300,
        error_messages={"required": _("Write where the guests are awaited, or the address of the video meeting.")},
    )
    answer = forms.CharField(
        label=_("Words to the guests"),
        help_text=_("Whom they ask for, where one parks, what they should bring."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day < self.today:
            raise ValidationError(gettext("This day has passed. Choose a day that is still to come."))
        return day

    def appointment(self) -> Appointment:
        """What was written."""
        found = self.cleaned_data
        return Appointment(found["held_on"], found["place"], found["held_at"], found["answer"])


class ReasonForm(Form):
    """Why a visit does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The other office gets it by e-mail."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason, so that the other office can make other plans.")},
    )


class ReportForm(Form):
    """The guests' short report."""

    learned = forms.CharField(
        label=_("What did you see and learn?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what you saw and learned.")},
    )
    intends = forms.CharField(
        label=_("What will you do with it?"),
        help_text=_("What you take over, what you try out, what does not fit your office."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RateForm(Form):
    """How useful the visit was for one side."""

    side = forms.CharField(widget=forms.HiddenInput)
    rating = forms.TypedChoiceField(
        label=_("How useful was the visit for your office?"),
        choices=[
            (5, _("5 – very useful")),
            (4, _("4 – useful")),
            (3, _("3 – partly useful")),
            (2, _("2 – hardly useful")),
            (1, _("1 – not useful")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how useful the visit was.")},
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("What was good, and what the other side could do differently."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
