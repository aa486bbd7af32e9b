"""What readers type: questions, answers, reasons, a message to the office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.ui.forms import Form


class QuestionForm(Form):
    """A question that everybody will read."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Everybody will read it, with the kind of your office and its region, without your name."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question.")},
    )


class AnswerForm(Form):
    """The office's answer."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Everybody will read it under the name of your office. Whoever asked gets it by e-mail."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer.")},
    )


class HideForm(Form):
    """Why a question is hidden."""

    reason = forms.CharField(
        label=_("Why is the question hidden?"),
        help_text=_("Whoever asked gets this by e-mail; nobody else reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the question is hidden.")},
    )


class ContactForm(Form):
    """A message that the platform carries to the office."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("It goes to the office's contact by e-mail; it is not shown on the platform."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write your message.")},
    )
    shows_address = forms.BooleanField(
        label=_("Give the office my e-mail address, so that it can answer me directly"),
        required=False,
        help_text=_("Without it the office sees your name and your office only."),
    )
    marks_optional = False
