"""What a reviewer says, and why a practice leaves the library."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.goodpractices.models import Review
from qms.goodpractices.models.review import RUBRIC
from qms.ui.forms import Form

WORDS: Final = {
    "relevance": (
        _("Relevance"),
        _("Does it answer a trouble that other offices have too?"),
        _("1: a matter of this office alone"),
        _("5: nearly every office has this trouble"),
    ),
    "evidence": (
        _("Evidence"),
        _("Can one see where the figures come from?"),
        _("1: assertions only"),
        _("5: figures before and after, with source and number of cases"),
    ),
    "effect": (
        _("Effect"),
        _("Did it change something for clients or for the work?"),
        _("1: no change is shown"),
        _("5: a clear change, larger than chance"),
    ),
    "transferability": (
        _("Transferability"),
        _("Could another office do it by this description?"),
        _("1: it hangs on circumstances that others do not have"),
        _("5: another office could begin tomorrow"),
    ),
    "clarity": (
        _("Clarity"),
        _("Is it plain, complete and understandable without asking?"),
        _("1: one has to guess what was done"),
        _("5: each step, cost and failure is told plainly"),
    ),
}
MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


class ReviewForm(Form):
    """The rubric, remarks and the decision."""

    marks_optional = False

    comment = forms.CharField(
        label=_("Remarks for the office"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The office gets them by e-mail. When you return the practice, write what to mend and how."),
    )
    outcome = forms.ChoiceField(choices=Review.Outcome.choices, widget=forms.HiddenInput())

    field_order = [*RUBRIC, "comment", "outcome"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in RUBRIC:
            label, asks, lowest, highest = WORDS[name]
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                help_text=f"{asks} {lowest}; {highest}.",
                choices=MARKS,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": gettext("Choose a mark from 1 to 5.")},
            )
        self.order_fields(self.field_order)

    @property
    def marks(self) -> dict[str, int]:
        """The five marks."""
        return {name: self.cleaned_data[name] for name in RUBRIC}

    def clean(self) -> dict[str, Any]:
        """Whoever returns a practice says why."""
        cleaned = super().clean() or {}
        returns = cleaned.get("outcome") == Review.Outcome.RETURNED
        if returns and not (cleaned.get("comment") or "").strip() and "comment" not in self.errors:
            self.add_error("comment", gettext("Write what the office should mend."))
        return cleaned


class ArchiveForm(Form):
    """Why the practice leaves the library."""

    reason = forms.CharField(
        label=_("Why does it go into the archive?"),
        help_text=_("Readers who come by an old link read this: what replaced it, or why it was given up."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why the practice goes into the archive.")},
    )
