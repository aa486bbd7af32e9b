"""Where a new practice is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.accounts.models import Language
from qms.offices.models import Office
from qms.ui.forms import Form


class PlaceForm(Form):
    """For which office and in which language a new practice is written."""

    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none(), empty_label=None)
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("The library in which it will stand; translations can be made later.")
    )

    def __init__(self, *args: Any, offices: Sequence[Office], languages: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].queryset = Office.objects.filter(pk__in=[office.pk for office in offices])
        self.fields["office"].label_from_instance = lambda office: office.name
        names = dict(Language.choices)
        self.fields["language"].choices = [(code, names.get(code, code)) for code in languages]
