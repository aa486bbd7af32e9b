"""What is checked before a framework file is taken over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.ui.forms import Form

LARGEST = 4_000_000


class EditionFileForm(Form):
    """A framework file to be imported."""

    file = forms.FileField(
        label=_("Framework file"),
        help_text=_("YAML in UTF-8. Nothing changes unless the whole file is in order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> str:
        """The text of the file."""
        upload: Any = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        try:
            return bytes(upload.read()).decode("utf-8")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from error
