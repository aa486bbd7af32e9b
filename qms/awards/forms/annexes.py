"""An annex as it is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.awards.models import Question
from qms.core.uploads import DOCUMENTS, MEGABYTE, MOST_BYTES, check_upload
from qms.lifecycle import Refused
from qms.ui.forms import Form
from qms.ui.words import sentence

MOST = {"megabytes": MOST_BYTES // MEGABYTE}


class AnnexForm(Form):
    """A title, a file, and which of the annexes asked for it is."""

    marks_optional = False

    question = forms.ChoiceField(required=False, label=gettext_lazy("Which annex is it?"))
    title = forms.CharField(
        max_length=200,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("As it will stand in the list of annexes."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF is best: it becomes part of the dossier. At most 20 MB."),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )

    def __init__(self, *args: Any, asked: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {str(question.pk): question for question in asked}
        named = [(key, question.title) for key, question in self.asked.items()]
        self.fields["question"].choices = [*named, ("", _("Another annex"))]
        limits = {
            "data-most-bytes": MOST_BYTES,
            "data-too-large": _("The file is larger than %(megabytes)s MB.") % MOST,
        }
        self.fields["file"].widget.attrs |= limits
        if not named:
            del self.fields["question"]

    def clean_file(self) -> Any:
        """The file, if what is in it is what its name says."""
        file = self.cleaned_data["file"]
        try:
            check_upload(file, kinds=DOCUMENTS)
        except Refused as refusal:
            raise ValidationError(sentence(refusal)) from refusal
        return file

    def clean_question(self) -> Question | None:
        """The question that it answers; none for another annex."""
        return self.asked.get(self.cleaned_data["question"])
