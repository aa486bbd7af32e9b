"""What is typed to change the jurors of one application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.jury.models import Juror
from qms.ui.forms import Form


class BallotForm(Form):
    """Which of those who may score it is asked."""

    juror = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Juror"),
        error_messages={
            "required": gettext_lazy("Choose a juror."),
            "invalid_choice": gettext_lazy("This juror cannot score the application. Choose another one."),
        },
    )

    def __init__(self, *args: Any, free: Sequence[Juror], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {seat.pk: seat for seat in free}
        named = [(seat.pk, f"{seat.sign} {seat.user.name}") for seat in free]
        self.fields["juror"].choices = [("", _("Choose a juror")), *named]

    def clean_juror(self) -> Juror:
        """The chosen seat."""
        return self.free[self.cleaned_data["juror"]]


class EndForm(Form):
    """Why a ballot is taken away."""

    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the protocol of the jury."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
