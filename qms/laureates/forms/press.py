"""What the public will read, and what the laureate says to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.laureates.models import PressSummary
from qms.ui.forms import Form

LONGEST, REMARK = 1500, 2000
APPROVE, RETURN = "approve", "return"


class VersionForm(Form):
    """A form that is meant for one version of the text."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """What is sent next is meant for this version."""
        self.data = {name: self.data[name] for name in self.data} | {"version": str(version)}


class PressForm(VersionForm):
    """A text in each language; one is enough."""

    def __init__(self, *args: Any, summary: PressSummary, **options: Any) -> None:
        initial: dict[str, Any] = {f"text_{code}": text for code, text in summary.texts.items()}
        super().__init__(*args, **{"initial": initial | {"version": summary.version}} | options)
        for code, name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": name},
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        """A text in one language at least."""
        cleaned = super().clean() or {}
        names = [f"text_{code}" for code, _name in settings.LANGUAGES]
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error(names[0], _("Write the text in one language at least."))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {code: self.cleaned_data.get(f"text_{code}", "") for code, _name in settings.LANGUAGES}


class AnswerForm(VersionForm):
    """The laureate approves the text, or says what should be changed."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=(
            (APPROVE, gettext_lazy("We approve the text; it may be published when the results are told")),
            (RETURN, gettext_lazy("We ask for changes")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose your answer.")},
    )
    remark = forms.CharField(
        label=gettext_lazy("What should be changed"),
        max_length=REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, version: int, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"version": version}} | options)

    def clean(self) -> dict[str, Any]:
        """Whoever asks for changes says which, and nobody else does."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == APPROVE and cleaned.get("remark"):
            words = _("Who approves the text asks for no changes. Choose the other answer, or take these words out.")
            self.add_error("remark", words)
        if cleaned.get("answer") == RETURN and not cleaned.get("remark"):
            self.add_error("remark", _("Write what should be changed."))
        return cleaned

    @property
    def approves(self) -> bool:
        """Whether the laureate approves the text."""
        return bool(self.cleaned_data["answer"] == APPROVE)
