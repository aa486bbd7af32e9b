"""What is asked about a finding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qms.frameworks.domain.framework import Framework, text
from qms.ui.forms import DayField, Form


class FindingForm(Form):
    """An observation of one's own."""

    title = forms.CharField(
        label=_("What was found?"),
        max_length=300,
        help_text=_("One sentence that a colleague understands, as in “Clients do not find the registration desk”."),
        error_messages={"required": _("Write what was found.")},
    )
    detail = forms.CharField(
        label=_("In more words"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    instrument = forms.CharField(
        label=_("Where does it come from?"),
        required=False,
        max_length=200,
        help_text=_("A complaint, an audit, a staff meeting: what others can look up."),
    )
    node = forms.ChoiceField(label=_("Subcriterion"), required=False)
    found_on = DayField(label=_("Found on"), required=False)

    def __init__(self, *args: Any, framework: Framework | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.fields["node"].choices = [("", _("none")), *node_choices(framework)]

    def clean_found_on(self) -> Any:
        day = self.cleaned_data["found_on"]
        if day and day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come. Write the day on which it was found."))
        return day


class DismissForm(Form):
    """Why nothing is done about it."""

    reason = forms.CharField(
        label=_("Why does the office set it aside?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason stays beside the finding. It can be brought back at any time."),
        error_messages={"required": _("Write why the office does nothing about it.")},
    )


def node_choices(framework: Framework | None) -> list[tuple[str, str]]:
    """The framework's scored nodes with their titles in the reader's language."""
    if framework is None:
        return []
    language = get_language() or "pl"
    return [(node.identifier, f"{node.identifier} {text(node.titles, language)}") for node in framework.scored]
