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

    late_reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("Why one more juror"),
        help_text=gettext_lazy(
            "The numbers of this application were open already. The protocol says so, with this reason."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why a juror is added now.")},
    )

    def __init__(self, *args: Any, free: Sequence[Juror], is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"]
        self.free = {seat.pk: seat for seat in free}
        named = [(seat.pk, f"{seat.sign} {seat.user.name}") for seat in free]
        self.fields["juror"].choices = [("", _("Choose a juror")), *named]

    def clean_juror(self) -> Juror:
        """The chosen seat."""
        return self.free[self.cleaned_data["juror"]]


class ShortageForm(Form):
    """Why there are not more jurors; `seen` is how many the page told of."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=2000,
        label=gettext_lazy("Why there are not more jurors"),
        help_text=gettext_lazy("It stands in the protocol of the jury."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write why there are not more jurors.")},
    )

    def __init__(self, *args: Any, jurors: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = jurors
        if not jurors:
            self.fields["reason"].help_text = _(
                "It stands in the protocol of the jury, and the office reads it when the embargo has ended."
            )


class EndForm(Form):
    """Why a ballot is taken away."""

    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the protocol of the jury."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )
