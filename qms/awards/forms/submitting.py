"""What is typed around a submission: the statement, reasons, a deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.ui.forms import Form, MomentField


class StatementForm(Form):
    """The director's tick under the statement."""

    confirmed = forms.BooleanField(
        label=gettext_lazy("Statement"),
        error_messages={"required": gettext_lazy("Tick the statement to submit the application.")},
    )


class SeenForm(Form):
    """The mark of what the page showed, which travels with the statement."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(Form):
    """Why the application is taken back."""

    reason = forms.CharField(
        max_length=2000,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The heads of your office read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


class ReopenForm(Form):
    """What is to be corrected, and until when by the clock of the round."""

    reason = forms.CharField(
        max_length=2000,
        label=gettext_lazy("What is to be corrected"),
        help_text=gettext_lazy("The office gets these words in a letter."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what is to be corrected.")},
    )
    until = MomentField(label=gettext_lazy("Deadline"), error_messages={"required": gettext_lazy("Choose a deadline.")})

    def __init__(self, *args: Any, zone: ZoneInfo, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.at = zone, at
        self.fields["until"].help_text = _("By the clock of the round: %(zone)s.") % {"zone": zone.key}

    def full_clean(self) -> None:
        """Moments are read by the clock of the round."""
        with timezone.override(self.zone):
            super().full_clean()

    def clean_until(self) -> datetime:
        """A moment that is still to come."""
        until: datetime = self.cleaned_data["until"]
        if until <= self.at:
            raise forms.ValidationError(_("Choose a deadline that is still to come."))
        return until
