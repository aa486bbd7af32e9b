"""What is printed of a plan, and in which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qms.improvements.models import Plan
from qms.improvements.queries.printing import APPROVED, TODAY
from qms.ui.forms import Form


class PrintForm(Form):
    """Which content, in which language; what is not approved can only be printed as it stands."""

    content = forms.ChoiceField(label=_("Content"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the document"),
        choices=settings.LANGUAGES,
        help_text=_("Texts of the office stay in the language in which they were written."),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(TODAY, _("as it stands today, with what has been done"))]
        if plan.is_approved:
            choices.insert(0, (APPROVED, _("as the director approved it")))
        self.fields["content"].choices = choices
        self.initial.setdefault("content", choices[0][0])
