"""What people type about their searches."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.ui.forms import Form


class NameForm(Form):
    """What a kept search is called."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=120,
        error_messages={"required": _("Give the search a name."), "max_length": _("A name has at most 120 letters.")},
    )
