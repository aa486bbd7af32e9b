"""What a coordinator says in a letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.core.letters import Kind, check_body, check_subject
from qms.lifecycle import Refused


class LetterTextForm(forms.Form):
    """Subject and text of a kind of letter, with placeholders."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=10_000,
        help_text=_(
            "An empty line begins a paragraph. A line is left out where a placeholder in it has nothing to tell. "
            "Why one gets the letter, and where one chooses letters, is added below by itself."
        ),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self) -> str:
        return self._checked("subject", check_subject)

    def clean_body(self) -> str:
        return self._checked("body", check_body)

    def _checked(self, name: str, check: Callable[[Kind, str], None]) -> str:
        text: str = self.cleaned_data[name]
        try:
            check(self.kind, text)
        except Refused as refusal:
            raise ValidationError(gettext(refusal.text) % refusal.values) from refusal
        return text
