"""The words of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import text
from qms.laureates.domain.texts import ReportTexts
from qms.laureates.models import FeedbackReport
from qms.ui.forms import Form

MOST, MOST_OF_SECTION = 4000, 6000


def words_of(report: FeedbackReport) -> dict[str, str]:
    """What stands in a report, by the names of the form's fields."""
    words = {"opening": report.opening, "closing": report.closing}
    for row in report.sections:
        words |= {f"strengths_{row['pk']}": row["strengths"], f"areas_{row['pk']}": row["areas"]}
    return words


class WordsField(forms.CharField):
    """A longer text with plain line ends, as it is kept and counted."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class FeedbackForm(Form):
    """First words, strengths and areas of each section, last words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opening = WordsField(
        required=False,
        max_length=MOST,
        label=gettext_lazy("First words"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    closing = WordsField(
        required=False,
        max_length=MOST,
        label=gettext_lazy("Last words"),
        help_text=gettext_lazy("What comes next, for example a talk about this report."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, report: FeedbackReport) -> None:
        super().__init__(data, initial=words_of(report) | {"version": report.version})
        self.sections = [(row["pk"], text(row["titles"], get_language() or "pl")) for row in report.sections]
        for row, (pk, title) in zip(report.sections, self.sections, strict=True):
            self.fields[f"strengths_{pk}"] = _area(_("Strengths"), title, row["strengths"])
            self.fields[f"areas_{pk}"] = _area(_("Areas for improvement"), title, row["areas"])

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by field; asked after `is_valid()`."""
        return {name: str(words) for name, words in self.cleaned_data.items()}

    @property
    def texts(self) -> ReportTexts:
        """The same as the service takes it."""
        typed = self.typed
        sections = {pk: (typed[f"strengths_{pk}"], typed[f"areas_{pk}"]) for pk, _title in self.sections}
        return ReportTexts(typed["opening"], typed["closing"], sections)

    def label_of(self, name: str) -> str:
        """What a field is called, with its section."""
        pk = name.rpartition("_")[2]
        title = next((title for one, title in self.sections if str(one) == pk), "")
        return ", ".join(filter(None, [title, str(self.fields[name].label)]))


def _area(label: str, section: str, laid_down: str) -> WordsField:
    # What several jurors wrote may come to more; what stands can always be saved again.
    field = WordsField(required=False, max_length=max(MOST_OF_SECTION, len(laid_down)), label=label)
    field.widget = forms.Textarea(attrs={"rows": 5, "aria-label": f"{section}, {label}"})
    return field
