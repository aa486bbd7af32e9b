"""What is shared of a self-assessment, decided in the name of the office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.assessments.models import Assessment
from qms.ui.forms import Form

Consent = Assessment.Consent


class ConsentForm(Form):
    """The new choice, the one that the page showed, and the box that says it is meant."""

    marks_optional = False

    consent = forms.ChoiceField(choices=Consent.choices, widget=forms.HiddenInput)
    seen = forms.ChoiceField(choices=Consent.choices, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I have read what changes, and I decide this in the name of the office."),
        error_messages={"required": _("Tick the box when you have read what changes. Nothing is changed yet.")},
    )
