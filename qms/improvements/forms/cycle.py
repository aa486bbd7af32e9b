"""What is asked at a step of the cycle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.improvements.domain.cycle import LAST, Mark
from qms.ui.forms import DayField, Form

TYPED = frozenset({2, 4, 8})
"""Steps whose day only people know; of the others the platform knows it itself."""


class MarkForm(Form):
    """Planned day, done day and a note; the done day only where the platform does not know it."""

    planned_on = DayField(label=_("Planned for"), required=False)
    done_on = DayField(label=_("Done on"), required=False, help_text=_("Leave empty until it is done."))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who was told and how, who was trained, what was decided. Everyone in the office can read it."),
    )
    before_planned = DayField(required=False, widget=forms.HiddenInput)
    before_done = DayField(required=False, widget=forms.HiddenInput)
    before_note = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: int, mark: Mark, today: date, **kwargs: Any) -> None:
        self.mark, self.today = mark, today
        before = {"before_planned": mark.planned_on, "before_done": mark.done_on, "before_note": mark.note}
        now = {"planned_on": mark.planned_on, "done_on": mark.done_on, "note": mark.note}
        kwargs.setdefault("initial", now | before)
        super().__init__(*args, **kwargs)
        if step not in TYPED:
            del self.fields["done_on"], self.fields["before_done"]
        if step == LAST:
            self.fields["planned_on"].label = _("The next self-assessment begins")
            self.fields["planned_on"].help_text = _("Usually two years after the last one.")

    def clean_planned_on(self) -> date | None:
        planned = self.cleaned_data["planned_on"]
        if planned is not None and planned < self.today and planned != self.mark.planned_on:
            raise ValidationError(gettext("This day has passed. Plan for a day to come."))
        return planned

    def clean_done_on(self) -> date | None:
        done = self.cleaned_data["done_on"]
        if done is not None and done > self.today:
            raise ValidationError(gettext("What lies in the future is not done yet. Write it as planned."))
        return done

    @property
    def wanted(self) -> Mark:
        """What the person wants noted."""
        typed = self.cleaned_data
        return Mark(typed.get("done_on"), typed["planned_on"], _plain(typed["note"]))

    @property
    def before(self) -> Mark:
        """What stood there when the page was made."""
        typed = self.cleaned_data
        return Mark(typed.get("before_done"), typed["before_planned"], _plain(typed["before_note"]))


def _plain(text: str) -> str:
    """The text with one kind of line end, so that the same words are the same."""
    return "\n".join(text.strip().splitlines())
