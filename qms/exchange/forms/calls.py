"""What is asked about a call for help."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.exchange.domain.naming import named_in
from qms.goodpractices.models import PracticePage
from qms.offices.models import Office
from qms.ui.forms import Form

NAME, KIND = "name", "kind"
Choices = list[tuple[str, Any]]


class HelpForm(Form):
    """What the office looks for, and whether others see who asks."""

    node = forms.ChoiceField(
        label=_("Subcriterion"),
        help_text=_("Offices that are strong there see your call on their own pages."),
        error_messages={"required": _("Choose the subcriterion in which you look for help.")},
    )
    text = forms.CharField(
        label=_("What you look for"),
        help_text=_("Say what you tried, and what you would like to see or to be told, in at most 1,500 characters."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you look for.")},
    )
    shown_as = forms.ChoiceField(
        label=_("What others see of your office"),
        widget=forms.RadioSelect,
        help_text=_("Answers reach you either way. Nobody's own name is shown."),
    )

    def __init__(self, *args: Any, office: Office, stands_for: str, nodes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["node"].choices = [("", gettext("choose")), *nodes]
        nameless = gettext("without the name: “%(words)s”") % {"words": stands_for}
        self.fields["shown_as"].choices = [(NAME, office.short_name or office.name), (KIND, nameless)]

    def clean(self) -> dict[str, Any]:
        """The text must not say what the choice takes away."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("shown_as") == KIND:
            names = (self.office.name, self.office.short_name, self.office.city)
            if name := named_in(told.get("text", ""), names):
                said = gettext("Your text says “%(name)s”, so others would know who asks. Put it in other words.")
                self.add_error("text", said % {"name": name})
        return told

    @property
    def asked(self) -> dict[str, Any]:
        """The call in the words of the service."""
        framework, _colon, node = self.cleaned_data["node"].partition(":")
        by_name = self.cleaned_data["shown_as"] == NAME
        return {"framework": framework, "node": node, "text": self.cleaned_data["text"], "by_name": by_name}


class AnswerForm(Form):
    """What one's own office knows about it."""

    office = forms.ModelChoiceField(
        label=_("In the name of which office do you answer?"),
        queryset=Office.objects.none(),
        error_messages={"required": _("Choose the office in whose name you answer.")},
    )
    text = forms.CharField(
        label=_("What your office knows about it"),
        help_text=_("Only the people of the office that asks and of your office read it, with your name and office."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer.")},
    )
    practice = forms.ModelChoiceField(
        label=_("A practice of ours that shows it"),
        queryset=PracticePage.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, offices: Any, practices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["practice"].queryset = practices
        self.fields["practice"].label_from_instance = _title
        if len(own := list(offices)) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].required = False
            self.only = own[0]
        if not practices:
            del self.fields["practice"]

    only: Office | None = None

    def clean_office(self) -> Office:
        """The office chosen, or the only one there is."""
        return self.only or self.cleaned_data["office"]  # type: ignore[no-any-return]

    @property
    def given(self) -> dict[str, Any]:
        """The answer in the words of the service."""
        return {"practice": None, **self.cleaned_data}


def _title(practice: PracticePage) -> str:
    return str(practice.title)


class CloseForm(Form):
    """How it went."""

    helped = forms.TypedChoiceField(
        label=_("Did the answers help?"),
        choices=[("yes", _("Yes, they helped us")), ("no", _("No, or we no longer need it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the answers helped.")},
    )
