"""A piece of evidence as it is typed or chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.assessments.models import Evidence
from qms.core.uploads import DOCUMENTS, KINDS, check_upload
from qms.lifecycle import Refused
from qms.ui.forms import DayField, Form
from qms.ui.words import sentence


class EvidenceForm(Form):
    """A file, a link or a note, with its title, date and keeper."""

    marks_optional = False

    kind = forms.ChoiceField(
        choices=Evidence.Kind.choices,
        initial=Evidence.Kind.FILE,
        label=gettext_lazy("What do you add?"),
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        max_length=200,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy(
            "As others will recognise it, with the page if it matters: “Strategy 2024–2027, p. 12”."
        ),
    )
    file = forms.FileField(required=False, label=gettext_lazy("File"))
    url = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Address of the link"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    note = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What one can see or ask when there is no document: who said it, where, how many."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dated_on = DayField(required=False, label=gettext_lazy("Date of the evidence, if it has one"))
    owner = forms.CharField(required=False, max_length=200, label=gettext_lazy("Who keeps it, if you know"))

    def __init__(self, *args: Any, evidence: Evidence | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.evidence = evidence
        names = ", ".join(KINDS[kind].name for kind in DOCUMENTS)
        self.fields["file"].help_text = _("%(kinds)s, at most 20 MB.") % {"kinds": names}
        self.fields["file"].widget.attrs["accept"] = ",".join(
            f".{e}" for kind in DOCUMENTS for e in KINDS[kind].endings
        )
        if evidence is not None:
            self._keep_kind(evidence.kind)

    def _keep_kind(self, kind: str) -> None:
        for name in {"kind", "file", "url"} - ({"url"} if kind == Evidence.Kind.LINK else set()):
            del self.fields[name]

    def clean_file(self) -> Any:
        """The file, judged by what is in it."""
        file = self.cleaned_data["file"]
        if file and self._wanted() == Evidence.Kind.FILE:
            try:
                check_upload(file)
            except Refused as refusal:
                raise ValidationError(sentence(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        missing: dict[str, tuple[str, str]] = {
            Evidence.Kind.FILE: ("file", _("Choose a file.")),
            Evidence.Kind.LINK: ("url", _("Write the whole address, beginning with https://.")),
            Evidence.Kind.NOTE: ("note", _("Write what the note says.")),
        }
        name, words = missing.get(self._wanted(), ("", ""))
        value = cleaned.get(name)
        wrong_link = name == "url" and not str(value or "").lower().startswith(("https://", "http://"))
        if name in self.fields and name not in self.errors and (not value or wrong_link):
            self.add_error(name, words)
        return cleaned

    def _wanted(self) -> str:
        return self.evidence.kind if self.evidence else self.cleaned_data.get("kind", "")
