"""What coordinators write between the parts of a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.ui.forms import Form

LONGEST = 3000


class WordsForm(Form):
    """Words of the editors; new ones with the place where they go."""

    text = forms.CharField(
        label=_("Words of the editors"),
        help_text=_("Readers see them with your role and today's day, without your name."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the words, or take them off the page.")},
    )
    after = forms.ChoiceField(
        label=_("Where they go"),
        error_messages={
            "required": _("Choose where the words go."),
            "invalid_choice": _("The page has changed meanwhile. Choose the place again."),
        },
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if places is None:
            del self.fields["after"]
        else:
            self.fields["after"].choices = places  # type: ignore[attr-defined]
