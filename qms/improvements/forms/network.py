"""How the coordinators' page is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.offices.models import Office, Region
from qms.ui.forms import Form


class NetworkFilter(Form):
    """By words, region and kind of office; everything may stay empty, and nonsense narrows nothing."""

    q = forms.CharField(label=_("Name or city"), required=False, max_length=200)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of office"), required=False, choices=[("", _("every kind")), *Office.Kind.choices]
    )
    marks_optional = False

    def __init__(self, *args: Any, regions: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(regions) > 1:
            names = sorted((region.name, region.code) for region in regions)
            self.fields["region"].choices = [("", _("every region")), *((code, name) for name, code in names)]
        else:
            del self.fields["region"]

    def asked(self, name: str) -> str:
        """What was asked for under this name; nothing where it makes no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
