"""What a director says when approving or returning, and in which language a report is ordered."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qms.ui.forms import Form


class ConfirmForm(Form):
    """The one box of a step that cannot be undone."""

    confirmed = forms.BooleanField(
        label=_("Confirmation"), error_messages={"required": _("Tick the box under what becomes fixed.")}
    )


class ReturnForm(Form):
    """Why the results go back to the group."""

    reason = forms.CharField(
        label=_("What should the group look at again?"),
        help_text=_("The chair gets this by e-mail; it also stands on the page of the self-assessment."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what the group should look at again.")},
    )


class ReportForm(Form):
    """The language of the report."""

    language = forms.ChoiceField(
        label=_("Language of the report"),
        choices=settings.LANGUAGES,
        help_text=_("Texts of the office stay in the language in which they were written."),
    )
